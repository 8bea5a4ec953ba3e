/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An event that a person writes for a test: the fields that the event catalogue names for its type,
 * those that the workflow looks at first, each with a value to begin with. Needs no display. */
#pragma once

#include "wf-event-catalogue.h"
#include "wf-workflow.h"

G_BEGIN_DECLS

typedef enum
{
  WF_DRAFT_GROUP_LOOKED_AT, /* what conditions and texts of the workflow use */
  WF_DRAFT_GROUP_EVENT,
  WF_DRAFT_GROUP_LEAD,
} WfDraftGroup;
#define WF_N_DRAFT_GROUPS 3

typedef struct
{
  char *id; /* (owned) "lead.score" */
  WfFieldType type;
  WfDraftGroup group;
  char *value; /* (owned) (nullable) JSON text; NULL: empty */
} WfDraftField;

typedef struct _WfEventDraft WfEventDraft;

/* base: nullable, an event of the past: of the workflow's type all of it is taken over, of another
 * type only its lead. lead: as cached, nullable. Without them the values are samples that fit the
 * trigger's conditions where that is plain. person: nullable, whose leads the samples are. */
WfEventDraft *wf_event_draft_new (const WfWorkflow *workflow, const WfOrganisation *organisation,
                                  const char *person, const WfEvent *base, const WfJson *lead,
                                  WfInstant now);
void wf_event_draft_free (WfEventDraft *self);

guint wf_event_draft_get_n (const WfEventDraft *self);
/* By group, within it in the order of the catalogue. Borrowed. */
const WfDraftField *wf_event_draft_get (const WfEventDraft *self, guint index);
/* json: nullable: the event will not have the field. */
void wf_event_draft_set (WfEventDraft *self, const char *id, const char *json);
/* Owned by the caller; NULL with an error for people when it cannot be an event, for instance
 * without a time. */
WfEvent *wf_event_draft_make (const WfEventDraft *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfEventDraft, wf_event_draft_free)

G_END_DECLS
