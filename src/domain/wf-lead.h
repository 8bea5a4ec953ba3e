/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lead as it was last seen (R170): what lists and pages show of it. A value: change it before it
 * is shared. */
#pragma once

#include "wf-activity.h"
#include "wf-json.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;                                            /* (owned) */
  char *name;                                          /* (owned) the id when there is none */
  char *company, *phone, *email, *source, *city, *url; /* (owned) (nullable) */
  char *origin;        /* (owned) (nullable) "web" or "flow" (R53); none counts as "web" */
  char *stage, *owner; /* (owned) (nullable) ids */
  char *group, *unit;  /* (owned) (nullable) ids */
  gboolean has_score;
  double score;
  WfInstant created; /* WF_INSTANT_NONE: not known */
  /* The first and the last event that came from or went to the client; NONE: never. */
  WfInstant first_contact, last_contact;
  WfInstant seen; /* when the CRM told this state */
  /* The next open activity (R4); next WF_INSTANT_NONE: there is none. */
  WfInstant next;
  char *next_activity, *next_title; /* (owned) (nullable) */
  guint n_open;                     /* open activities */
  WfSyncState sync;                 /* of what was changed here (B18) */
  char *sync_error;                 /* (owned) (nullable) */
  WfJsonDocument *document;         /* (owned) (nullable) everything else that the CRM told */
  /*< private >*/
  gatomicrefcount ref_count;
} WfLead;

WfLead *wf_lead_new (const char *id);
/* From the CRM's object; id: used when the object has none. Unknown members stay in document. */
WfLead *wf_lead_read (const char *id, const WfJson *object);
WfLead *wf_lead_ref (WfLead *self);
void wf_lead_unref (WfLead *self);

/* A stage in which a lead is closed: of the sample, the open API and by a pipeline's own word. */
gboolean wf_stage_is_closing (const WfOrganisation *organisation, const char *stage);
/* "lead.finalized" or "lead.discarded": what is told beside lead.stage-changed; NULL: it stays
 * open. */
const char *wf_stage_get_closing_event (const WfOrganisation *organisation, const char *stage);
/* Why this person may not change the lead at all: a role that only reads, a lead of somebody else.
 * Owned by the caller. */
char *wf_lead_explain_work (const WfLead *self, const WfOrganisation *organisation,
                            const WfPerson *person);
/* R52, B25: why this person may not move the lead to this stage, in the user's language, or NULL
 * when the process allows it. Moving back is allowed to nobody but with a reason: needs_reason
 * (nullable). Owned by the caller. */
char *wf_lead_explain_stage (const WfLead *self, const WfOrganisation *organisation,
                             const WfPerson *person, const char *stage, gboolean *needs_reason);

/* The stage in which a new lead begins; NULL when no pipeline of leads has one. */
const char *wf_organisation_get_first_stage (const WfOrganisation *self);
/* R58, R60: the units for which this person may create leads of the store flow. Of WfEntry,
 * borrowed. */
GPtrArray *wf_person_list_store_units (const WfOrganisation *organisation, const WfPerson *person);
/* Why this person may not create a lead of the store flow for this unit, in the user's language, or
 * NULL: then *unit is the only one where it was NULL; it stays so where the company has no unit.
 * Owned by the caller. */
char *wf_organisation_explain_new_lead (const WfOrganisation *self, const WfPerson *person,
                                        const char **unit);
/* R58, R66: whoever serves the client is responsible; what others register waits in the queue. */
gboolean wf_person_owns_new_leads (const WfPerson *person);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfLead, wf_lead_unref)

G_END_DECLS
