/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits in the outbox, as JSON text: changes with the state they were made on, messages,
 * activities of others. */
#pragma once

#include "wf-crm.h"

G_BEGIN_DECLS

typedef struct
{
  WfActivityChange change;
  char *etag; /* (owned) (nullable) of the state that was changed */
  /* What the changed members were before: to tell somebody else's change from our own. */
  char *base_status, *base_person; /* (owned) (nullable) */
  WfInstant base_due, base_ends;
  gboolean automatic;       /* followed from an event: nobody is told when it is overrun */
  WfJsonDocument *document; /* (owned) holds the change's texts */
} WfChangePayload;

char *wf_change_payload_write (const WfActivity *before, const WfActivityChange *change,
                               gboolean automatic);
WfChangePayload *wf_change_payload_read (const char *text, GError **error);
void wf_change_payload_free (WfChangePayload *self);

typedef enum
{
  WF_CHANGE_APPLY,   /* still meaningful: do it on the present state */
  WF_CHANGE_DONE,    /* the present state already is so */
  WF_CHANGE_OVERRUN, /* somebody else changed the same: theirs stays, the person is told */
} WfChangeVerdict;
/* What to do with a change after the activity moved on in the CRM. */
WfChangeVerdict wf_change_payload_judge (const WfChangePayload *self, const WfActivity *present);

char *wf_message_payload_write (const WfCrmMessage *message);
typedef struct
{
  WfCrmMessage message;
  const char **people;      /* (owned) (nullable) of the message; the texts are the document's */
  WfJsonDocument *document; /* (owned) */
} WfMessagePayload;
WfMessagePayload *wf_message_payload_read (const char *text, GError **error);
void wf_message_payload_free (WfMessagePayload *self);

/* What wf_action_to_text wrote with its key. */
WfAction *wf_action_payload_read (const char *text, GError **error);

char *wf_activity_payload_write (const WfActivity *activity);
WfActivity *wf_activity_payload_read (const char *text, GError **error);
/* From an object in the open form, as events carry it in data.activity. NULL unless it has all
 * that an activity needs. */
WfActivity *wf_activity_payload_read_object (const WfJson *object);

char *wf_workflow_payload_write (const WfWorkflow *workflow, const char *etag);
/* etag: nullable, owned by the caller. */
WfWorkflow *wf_workflow_payload_read (const char *text, char **etag, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfChangePayload, wf_change_payload_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfMessagePayload, wf_message_payload_free)

G_END_DECLS
