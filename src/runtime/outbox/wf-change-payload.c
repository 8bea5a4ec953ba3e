/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits in the outbox, as JSON text: changes with the state they were made on, messages,
 * activities of others. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-change-payload.h"

#include "wf-activity-members.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

static WfInstant
get_instant (const WfJson *object, const char *name)
{
  const char *text = wf_json_get_member_string (object, name);
  WfInstant instant = WF_INSTANT_NONE;

  if (text != NULL)
    wf_instant_parse (text, &instant);
  return instant;
}

/* What is taken away is empty. */
static const char *
get_text (const WfJson *object, const char *name)
{
  const WfJson *value = wf_json_get_member (object, name);

  return wf_json_is (value, WF_JSON_NULL) ? "" : wf_json_get_string (value);
}

static WfPin
get_pin (const WfJson *object)
{
  const WfJson *value = wf_json_get_member (object, "pinned");

  if (!wf_json_is (value, WF_JSON_BOOLEAN))
    return WF_PIN_LEAVE;
  return wf_json_get_boolean (value, FALSE) ? WF_PIN_SET : WF_PIN_CLEAR;
}

static WfJsonDocument *
parse (const char *text, GError **error)
{
  if (text == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("The change that waits here is damaged."));
      return NULL;
    }
  return wf_json_document_parse (text, -1, 0, error);
}

/* -- changes of activities --------------------------------------------------------------------- */

char *
wf_change_payload_write (const WfActivity *before, const WfActivityChange *change,
                         gboolean automatic)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_activity_change_write_members (change, writer);
  if (change->comment != NULL)
    {
      /* Chosen before the first attempt, so that a repetition is known as one (S16). */
      g_autofree char *key = change->comment_key != NULL ? g_strdup (change->comment_key)
                                                         : wf_uuid_new ();

      wf_json_writer_add_string (writer, "comment-key", key);
    }
  if (automatic)
    wf_json_writer_add_boolean (writer, "automatic", TRUE);
  wf_json_writer_begin_object (writer, "base");
  wf_json_writer_add_string (writer, "etag", before->etag);
  wf_json_writer_add_string (writer, "status", wf_activity_status_names[before->status]);
  wf_json_writer_add_string (writer, "person", before->person);
  wf_activity_write_instant (writer, "due", before->due);
  wf_activity_write_instant (writer, "ends", before->ends);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

WfChangePayload *
wf_change_payload_read (const char *text, GError **error)
{
  g_autoptr (WfJsonDocument) document = parse (text, error);

  if (document == NULL)
    return NULL;

  const WfJson *root = wf_json_document_get_root (document);
  const WfJson *base = wf_json_get_member (root, "base");
  WfChangePayload *self = g_new0 (WfChangePayload, 1);

  self->change.status = wf_json_get_member_string (root, "status");
  self->change.outcome = get_text (root, "outcome");
  self->change.person = get_text (root, "person");
  self->change.pin = get_pin (root);
  self->change.due = get_instant (root, "due");
  self->change.ends = get_instant (root, "ends");
  self->change.remind = get_instant (root, "remind");
  self->change.reason = wf_json_get_member_string (root, "reason");
  self->change.comment = wf_json_get_member_string (root, "comment");
  self->change.comment_key = wf_json_get_member_string (root, "comment-key");
  self->change.completed = get_instant (root, "completed");
  self->etag = g_strdup (wf_json_get_member_string (base, "etag"));
  self->base_status = g_strdup (wf_json_get_member_string (base, "status"));
  self->base_person = g_strdup (wf_json_get_member_string (base, "person"));
  self->base_due = get_instant (base, "due");
  self->base_ends = get_instant (base, "ends");
  self->automatic = wf_json_get_boolean (wf_json_get_member (root, "automatic"), FALSE);
  self->document = g_steal_pointer (&document);
  return self;
}

void
wf_change_payload_free (WfChangePayload *self)
{
  if (self == NULL)
    return;
  g_free (self->etag);
  g_free (self->base_status);
  g_free (self->base_person);
  wf_json_document_unref (self->document);
  g_free (self);
}

/* An outcome that the CRM does not keep says nothing. */
static gboolean
has_other_outcome (const WfActivityChange *change, const WfActivity *present)
{
  return change->outcome != NULL && *change->outcome != '\0' && present->outcome != NULL &&
         !g_str_equal (change->outcome, present->outcome);
}

static WfChangeVerdict
judge_status (const WfChangePayload *self, const WfActivity *present)
{
  const char *wanted = self->change.status, *status = wf_activity_status_names[present->status];
  gboolean moved = g_strcmp0 (self->base_status, status) != 0;

  if (wanted == NULL)
    return self->change.comment == NULL && present->status != WF_ACTIVITY_OPEN ? WF_CHANGE_OVERRUN
                                                                               : WF_CHANGE_DONE;
  if (g_str_equal (wanted, status))
    return moved && has_other_outcome (&self->change, present) ? WF_CHANGE_OVERRUN : WF_CHANGE_DONE;
  if (present->status == WF_ACTIVITY_CANCELLED && moved)
    return WF_CHANGE_OVERRUN;
  return moved && !g_str_equal (wanted, wf_activity_status_names[WF_ACTIVITY_DONE])
             ? WF_CHANGE_OVERRUN
             : WF_CHANGE_APPLY;
}

static WfChangeVerdict
judge_due (const WfChangePayload *self, const WfActivity *present)
{
  if (self->change.due == WF_INSTANT_NONE || self->change.due == present->due)
    return WF_CHANGE_DONE;
  return self->base_due == present->due ? WF_CHANGE_APPLY : WF_CHANGE_OVERRUN;
}

/* An end that goes along with its beginning is judged with that. What the CRM does not keep cannot be
 * another's. */
static WfChangeVerdict
judge_ends (const WfChangePayload *self, const WfActivity *present)
{
  if (self->change.due != WF_INSTANT_NONE || self->change.ends == WF_INSTANT_NONE ||
      self->change.ends == present->ends)
    return WF_CHANGE_DONE;
  return present->ends == WF_INSTANT_NONE || self->base_ends == present->ends ? WF_CHANGE_APPLY
                                                                              : WF_CHANGE_OVERRUN;
}

static WfChangeVerdict
judge_person (const WfChangePayload *self, const WfActivity *present)
{
  const char *wanted = self->change.person;

  if (wanted != NULL && *wanted == '\0')
    wanted = NULL;
  if (self->change.person == NULL || g_strcmp0 (wanted, present->person) == 0)
    return WF_CHANGE_DONE;
  return g_strcmp0 (self->base_person, present->person) == 0 ? WF_CHANGE_APPLY : WF_CHANGE_OVERRUN;
}

/* Conflict policy. A change that the present state already shows is done: our own answer was
 * lost, or somebody did the same. Work that a person did wins over a retirement by the machine,
 * but not over a cancellation, and not over the same work done by somebody else with another
 * outcome; otherwise what somebody else changed meanwhile in the very same member stays, and our
 * person is told. Comments never conflict. */
WfChangeVerdict
wf_change_payload_judge (const WfChangePayload *self, const WfActivity *present)
{
  const WfActivityChange *change = &self->change;
  const WfChangeVerdict verdicts[] = { judge_status (self, present), judge_due (self, present),
                                       judge_ends (self, present), judge_person (self, present) };
  gboolean done = change->comment == NULL &&
                  (change->remind == WF_INSTANT_NONE || change->remind == present->remind);

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      if (verdicts[i] == WF_CHANGE_OVERRUN)
        return WF_CHANGE_OVERRUN;
      done &= verdicts[i] == WF_CHANGE_DONE;
    }
  return done ? WF_CHANGE_DONE : WF_CHANGE_APPLY;
}

/* -- messages ---------------------------------------------------------------------------------- */

char *
wf_message_payload_write (const WfCrmMessage *message)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "key", message->key);
  wf_json_writer_add_string (writer, "person", message->person);
  if (message->people != NULL)
    {
      wf_json_writer_begin_array (writer, "people");
      for (guint i = 0; message->people[i] != NULL; i++)
        wf_json_writer_add_string (writer, NULL, message->people[i]);
      wf_json_writer_end (writer);
    }
  wf_json_writer_add_string (writer, "sender", message->sender);
  wf_json_writer_add_string (writer, "title", message->title);
  wf_json_writer_add_string (writer, "text", message->text);
  wf_json_writer_add_string (writer, "lead", message->lead);
  wf_json_writer_add_string (writer, "cause", message->cause);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

/* The texts stay the document's. Owned by the caller; NULL without a list. */
static const char **
read_people (const WfJson *list)
{
  guint n = wf_json_get_size (list), n_read = 0;

  if (!wf_json_is (list, WF_JSON_ARRAY) || n == 0)
    return NULL;

  const char **people = g_new0 (const char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const char *person = wf_json_get_string (wf_json_get_element (list, i));

      if (person != NULL)
        people[n_read++] = person;
    }
  return people;
}

WfMessagePayload *
wf_message_payload_read (const char *text, GError **error)
{
  g_autoptr (WfJsonDocument) document = parse (text, error);

  if (document == NULL)
    return NULL;

  const WfJson *root = wf_json_document_get_root (document);
  WfMessagePayload *self = g_new0 (WfMessagePayload, 1);

  self->people = read_people (wf_json_get_member (root, "people"));
  self->message = (WfCrmMessage) {
    .key = wf_json_get_member_string (root, "key"),
    .person = wf_json_get_member_string (root, "person"),
    .people = self->people,
    .sender = wf_json_get_member_string (root, "sender"),
    .title = wf_json_get_member_string (root, "title"),
    .text = wf_json_get_member_string (root, "text"),
    .lead = wf_json_get_member_string (root, "lead"),
    .cause = wf_json_get_member_string (root, "cause"),
  };
  self->document = g_steal_pointer (&document);
  return self;
}

void
wf_message_payload_free (WfMessagePayload *self)
{
  if (self == NULL)
    return;
  g_free (self->people);
  wf_json_document_unref (self->document);
  g_free (self);
}

/* -- actions ----------------------------------------------------------------------------------- */

WfAction *
wf_action_payload_read (const char *text, GError **error)
{
  g_autoptr (WfJsonDocument) document = parse (text, error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  if (document == NULL)
    return NULL;

  WfAction *action = wf_action_read (wf_json_document_get_root (document), NULL, problems);
  if (action == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("The change that waits here is damaged."));
  return action;
}

/* -- activities that are made for others and not kept here ------------------------------------- */

char *
wf_activity_payload_write (const WfActivity *activity)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", activity->id);
  if (activity->kind != WF_ACTIVITY_TASK)
    wf_json_writer_add_string (writer, "kind", wf_activity_kind_names[activity->kind]);
  wf_activity_write_members (activity, writer);
  wf_json_writer_add_string (writer, "etag", activity->etag);
  wf_json_writer_add_string (writer, "explanation", activity->explanation);
  wf_json_writer_add_int (writer, "workflow-version", activity->workflow_version);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

static gboolean
get_boolean (const WfJson *object, const char *name)
{
  return wf_json_get_boolean (wf_json_get_member (object, name), FALSE);
}

/* The place of a member's text among names; 0 when it is missing or unknown. */
static guint
get_choice (const WfJson *object, const char *member, const char *const *names)
{
  const char *name = wf_json_get_member_string (object, member);

  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    if (g_str_equal (name, names[i]))
      return i;
  return 0;
}

WfActivity *
wf_activity_payload_read_object (const WfJson *object)
{
  const char *id = wf_json_get_member_string (object, "id");
  const WfJson *explanation = wf_json_get_member (object, "explanation");

  if (id == NULL || wf_json_get_member_string (object, "type") == NULL ||
      wf_json_get_member_string (object, "title") == NULL ||
      get_instant (object, "due") == WF_INSTANT_NONE)
    return NULL;

  WfActivity *activity = wf_activity_new (id);
  for (guint i = 0; i < WF_N_ACTIVITY_TEXTS; i++)
    g_set_str (&G_STRUCT_MEMBER (char *, activity, wf_activity_texts[i].offset),
               wf_json_get_member_string (object, wf_activity_texts[i].name));
  for (guint i = 0; i < WF_N_ACTIVITY_INSTANTS; i++)
    G_STRUCT_MEMBER (WfInstant, activity, wf_activity_instants[i].offset) =
        get_instant (object, wf_activity_instants[i].name);
  activity->etag = g_strdup (wf_json_get_member_string (object, "etag"));
  if (wf_json_is (explanation, WF_JSON_OBJECT))
    activity->explanation = wf_json_to_text (explanation, FALSE);
  else
    activity->explanation = g_strdup (wf_json_get_string (explanation));
  activity->status = (WfActivityStatus) get_choice (object, "status", wf_activity_status_names);
  activity->kind = (WfActivityKind) get_choice (object, "kind", wf_activity_kind_names);
  activity->business_hours = get_boolean (object, "business-hours");
  activity->arrived_late = get_boolean (object, "arrived-late");
  activity->pinned = get_boolean (object, "pinned");
  wf_json_get_int64 (wf_json_get_member (object, "workflow-version"), &activity->workflow_version);
  return activity;
}

WfActivity *
wf_activity_payload_read (const char *text, GError **error)
{
  g_autoptr (WfJsonDocument) document = parse (text, error);

  if (document == NULL)
    return NULL;

  WfActivity *activity = wf_activity_payload_read_object (wf_json_document_get_root (document));
  if (activity == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("The change that waits here is damaged."));
  return activity;
}

/* -- workflows --------------------------------------------------------------------------------- */

char *
wf_workflow_payload_write (const WfWorkflow *workflow, const char *etag)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = wf_workflow_to_text (workflow, FALSE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "etag", etag);
  if (document != NULL)
    wf_json_writer_add_value (writer, "workflow", wf_json_document_get_root (document));
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

WfWorkflow *
wf_workflow_payload_read (const char *text, char **etag, GError **error)
{
  g_autoptr (WfJsonDocument) document = parse (text, error);

  if (document == NULL)
    return NULL;

  const WfJson *root = wf_json_document_get_root (document);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfWorkflow *workflow = wf_workflow_read (wf_json_get_member (root, "workflow"), problems);

  if (workflow == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("The change that waits here is damaged."));
  else
    *etag = g_strdup (wf_json_get_member_string (root, "etag"));
  return workflow;
}
