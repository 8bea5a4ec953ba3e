/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the demo CRM's model, shared by its parts. */
#pragma once

#include "wf-demo-crm.h"

G_BEGIN_DECLS

struct _WfDemoCrm
{
  WfDemoDatabase *database; /* (owned) */
  WfClock *clock;           /* (owned) */
  WfInstant now;            /* WF_INSTANT_NONE: the clock's */
  char *log_id; /* (owned) part of cursors and of the ids of events: another log, other ids */
  char *source; /* (owned) */
  WfOrganisation *organisation; /* (owned) (nullable) until the sample is written */
  gint64 revision;              /* the last given out */
  gboolean changed;             /* in the open transaction */
  gboolean organisation_changed;
  void (*changed_func) (gpointer user_data);
  gpointer changed_data;
};

#define WF_DEMO_KIND_ORGANISATION "organisation"
#define WF_DEMO_KIND_WORKFLOW "workflow"

/* Reads the organisation again from its document. */
void wf_demo_crm_load_organisation (WfDemoCrm *self);

/* The lead that the caller sees, or a problem. */
WfJsonDocument *wf_demo_crm_load_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                                       gint64 *revision, WfDemoOutcome *outcome);
/* Problems with paths of a lead's members. FALSE when there are any. */
gboolean wf_demo_crm_check_lead (WfDemoCrm *self, const WfJson *lead, WfProblems *problems);
/* Stores the lead and tells what changed; who may has been asked before. */
void wf_demo_crm_apply_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                             const WfJson *old, const WfJson *new, const char *reason,
                             WfDemoOutcome *outcome);
/* A new lead with these events (NULL-terminated); who may has been asked before. Owned by the
 * caller: the lead as it is stored. */
char *wf_demo_crm_add_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                            const WfJson *body, const char *const *types, gint64 *revision);
gboolean wf_demo_crm_may_delete_lead (const WfDemoCaller *caller);
void wf_demo_crm_remove_lead (WfDemoCrm *self, const WfDemoCaller *caller, const char *id);

/* Makes an open activity no longer needed (B9). */
void wf_demo_crm_retire_activity (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                                  const char *reason);

typedef struct
{
  const char *id; /* a UUID */
  const char *lead;
  const char *author; /* who is shown to have said it */
  const char *text;
  const char *const *mentions; /* (nullable) */
} WfDemoComment;
/* FALSE when there is one with this id: nothing is done. tell: with the event comment.added. */
gboolean wf_demo_crm_add_comment (WfDemoCrm *self, const WfDemoCaller *caller,
                                  const WfDemoComment *comment, gboolean tell);

/* Stores a message with the server's own members and makes its event. body: its other members.
 * Owned by the caller: the message as JSON. */
char *wf_demo_crm_store_message (WfDemoCrm *self, const WfDemoCaller *caller, const char *id,
                                 const WfJson *body);

/* An event of the lead: when it is a contact, it is the first or the last one perhaps. lead, data:
 * nullable. */
void wf_demo_crm_note_contact (WfDemoCrm *self, const char *lead, const char *type,
                               const WfJson *data, WfInstant at);
/* The stored lead with "first-contact" and "last-contact"; WF_INSTANT_NONE: there was none. Owned by
 * the caller. */
char *wf_demo_crm_write_contacts (const char *body, WfInstant first, WfInstant last);

/* An event that carries data.deal keeps the deal up to date. */
void wf_demo_crm_learn_deal (WfDemoCrm *self, const char *lead, const WfJson *deal);

/* wf-demo-crm-documents.c: takes the organisation as the one that counts from now; everyone is told. */
void wf_demo_crm_change_organisation (WfDemoCrm *self, const WfDemoCaller *caller,
                                      WfOrganisation *organisation);

G_END_DECLS
