/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CRM in memory that does what a test tells it: several people may be connected, and each kind
 * of request may fail. */
#pragma once

#include "wf-crm.h"

G_BEGIN_DECLS

#define WF_TYPE_SCRIPTED_CRM (wf_scripted_crm_get_type ())
G_DECLARE_FINAL_TYPE (WfScriptedCrm, wf_scripted_crm, WF, SCRIPTED_CRM, GObject)

typedef enum
{
  WF_SCRIPTED_OPEN,
  WF_SCRIPTED_ORGANISATION,
  WF_SCRIPTED_POLL,
  WF_SCRIPTED_LIST,
  WF_SCRIPTED_CREATE,
  WF_SCRIPTED_CHANGE,
  WF_SCRIPTED_GET,
  WF_SCRIPTED_MESSAGE,
  WF_SCRIPTED_WORKFLOWS,
  WF_SCRIPTED_SAVE,
  WF_SCRIPTED_PERFORM,
  WF_SCRIPTED_LEADS,
  WF_SCRIPTED_COMMENTS,
  WF_SCRIPTED_PAST, /* a list that reaches back for months, closed ones too; no WF_SCRIPTED_LIST */
  WF_SCRIPTED_ANY,  /* also the number of the kinds */
} WfScriptedCall;

/* person: who signs in; NULL = a machine account that sees everyone. The company is a small one
 * with carla (coordinator), ana and bruno (attendants of the group "inbound"). */
WfScriptedCrm *wf_scripted_crm_new (WfClock *clock, const char *person);
/* Another connection to the same CRM. */
WfScriptedCrm *wf_scripted_crm_new_peer (WfScriptedCrm *self, const char *person);

/* What is in the CRM. Wrong JSON ends the test. */
void wf_scripted_crm_set_organisation (WfScriptedCrm *self, const char *json);
/* As if somebody had saved it in the CRM; the event workflow.changed follows. */
void wf_scripted_crm_put_workflow (WfScriptedCrm *self, const char *json);
const char *wf_scripted_crm_get_workflow_etag (WfScriptedCrm *self, const char *id);
WfWorkflow *wf_scripted_crm_get_workflow (WfScriptedCrm *self, const char *id); /* borrowed; NULL */
void wf_scripted_crm_add_event (WfScriptedCrm *self, const char *json);
/* An entry of the log that cannot be read. */
void wf_scripted_crm_add_malformed_event (WfScriptedCrm *self);
/* As if somebody had done it in the CRM; the events activity.created or activity.updated,
 * .completed, .reassigned follow. */
void wf_scripted_crm_put_activity (WfScriptedCrm *self, WfActivity *activity);
WfActivity *wf_scripted_crm_get_activity (WfScriptedCrm *self, const char *id); /* borrowed; NULL */
guint wf_scripted_crm_get_n_activities (WfScriptedCrm *self);
WfActivity *wf_scripted_crm_get_activity_at (WfScriptedCrm *self,
                                             guint index); /* borrowed, in order of creation */
guint wf_scripted_crm_get_n_messages (WfScriptedCrm *self);
/* Those with the same key count once. */
guint wf_scripted_crm_get_n_comments (WfScriptedCrm *self);
/* The actions that were carried out, each once for its key, in order. Borrowed; NULL when there
 * is none with this key. */
guint wf_scripted_crm_get_n_actions (WfScriptedCrm *self);
WfAction *wf_scripted_crm_get_action_at (WfScriptedCrm *self, guint index);
WfAction *wf_scripted_crm_get_action (WfScriptedCrm *self, const char *key);
/* What actions of this kind are answered from now on: the lead as it is then (JSON) and the note;
 * both nullable. Without one both are NULL. A repetition has the answer of the first time. */
void wf_scripted_crm_answer_action (WfScriptedCrm *self, WfActionKind kind, const char *lead,
                                    const char *note);
/* Adds the event that follows from an action, with its lead and its cause: its echo (S14).
 * data: further members of data, a JSON object; nullable. */
void wf_scripted_crm_echo_action (WfScriptedCrm *self, WfAction *action, const char *type,
                                  const char *data);
/* A lead as GET /leads would tell it: "id" and, to be left out by a later reading, "updated". One with
 * the same id is replaced. Pages have three. No event follows. */
void wf_scripted_crm_put_lead (WfScriptedCrm *self, const char *json);
/* {"id","lead","author","text","at"}; oldest first, told newest first, in pages of three. */
void wf_scripted_crm_put_comment (WfScriptedCrm *self, const char *json);
/* Forgets the log so far: older cursors expire. */
void wf_scripted_crm_expire_events (WfScriptedCrm *self);

/* What goes wrong. Each failure is used up by one request of the kind, in the order in which
 * they were added. */
void wf_scripted_crm_fail (WfScriptedCrm *self, WfScriptedCall call, guint times, WfCrmError code,
                           guint retry_after);
/* Does the request and answers WF_CRM_ERROR_UNCERTAIN all the same. */
void wf_scripted_crm_lose_answer (WfScriptedCrm *self, WfScriptedCall call, guint times);
/* Activities of this type are refused, each for itself; NULL ends that. */
void wf_scripted_crm_refuse_type (WfScriptedCrm *self, const char *type, WfCrmError code);
/* A whole batch with an activity of this type is refused; NULL ends that. */
void wf_scripted_crm_choke_on_type (WfScriptedCrm *self, const char *type);
/* Actions of this kind are refused, each time; wf_scripted_crm_accept_actions ends that. */
void wf_scripted_crm_refuse_action (WfScriptedCrm *self, WfActionKind kind, WfCrmError code);
void wf_scripted_crm_accept_actions (WfScriptedCrm *self);
/* What the person of this connection may not do: actions that nobody has carried out yet. */
void wf_scripted_crm_set_may_perform (WfScriptedCrm *self, gboolean may_perform);
void wf_scripted_crm_set_offline (WfScriptedCrm *self, gboolean offline);
/* At most so many events in one answer (1000 unless told). */
void wf_scripted_crm_set_most_events (WfScriptedCrm *self, guint most);
/* Answers of poll ignore the limit that was asked for. */
void wf_scripted_crm_set_ignores_limit (WfScriptedCrm *self, gboolean ignores);

/* Called for each request of any connection before it is carried out and before its answer is
 * given. FALSE: the connection breaks there. */
typedef gboolean (*WfScriptedHook) (WfScriptedCall call, gboolean carried_out, gpointer user_data);
void wf_scripted_crm_set_hook (WfScriptedCrm *self, WfScriptedHook hook, gpointer user_data);

/* What happened. */
guint wf_scripted_crm_count_calls (WfScriptedCrm *self, WfScriptedCall call);
/* Lines in order: "create ID", "exists ID", "change ID status person due ...", "message KEY",
 * "save ID", "perform KEY KIND", "performed KEY" (a repetition). Borrowed. */
GPtrArray *wf_scripted_crm_get_journal (WfScriptedCrm *self);
/* A poll is being held: nothing is on its way. */
gboolean wf_scripted_crm_is_waiting (WfScriptedCrm *self);

G_END_DECLS
