/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with a lead: stage, responsible, comment, and a client served in the store. Durable
 * here first, then told to the CRM (B18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"
#include "wf-lead-command.h"

#include "wf-instant.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_COMMENT 10000

typedef struct
{
  char *lead;      /* (owned) */
  char *stage;     /* (owned) (nullable) */
  char *person;    /* (owned) (nullable) NULL: the queue */
  char *text;      /* (owned) (nullable) reason or comment */
  char **mentions; /* (owned) (nullable) */
} Command;

static void
command_free (Command *self)
{
  g_free (self->lead);
  g_free (self->stage);
  g_free (self->person);
  g_free (self->text);
  g_strfreev (self->mentions);
  g_free (self);
}

/* Without the space around it; NULL when nothing is left. */
static char *
dup_stripped (const char *text)
{
  g_autofree char *copy = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return copy != NULL && copy[0] != '\0' ? g_steal_pointer (&copy) : NULL;
}

static Command *
command_new (const char *lead, const char *text)
{
  Command *self = g_new0 (Command, 1);

  self->lead = g_strdup (lead);
  self->text = dup_stripped (text);
  return self;
}

static void
run (WfRuntime *self, GTask *task, WfStoreJob job, Command *command)
{
  if (task != NULL)
    wf_command_run (self, task, job, command, (GDestroyNotify) command_free);
  else
    command_free (command);
}

/* -- stage ------------------------------------------------------------------------------------- */

static gpointer
change_stage (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Command *command = self->arguments;
  g_autoptr (WfLead) lead = NULL;

  self->store = store;
  lead = wf_lead_find_seen (self, command->lead, error);
  if (lead == NULL ||
      !wf_lead_move (self, lead, command->stage, command->text, WF_LEAD_ASKED, error))
    return NULL;
  return wf_commit_finish (self, error);
}

/**
 * wf_runtime_change_stage_async:
 * @self: a runtime
 * @lead: id of a lead that the person sees
 * @stage: where it is to be
 * @reason: (nullable): why; needed to move it back (S17)
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_change_stage_async (WfRuntime *self, const char *lead, const char *stage,
                               const char *reason, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_change_stage_async, cancellable, callback, user_data);
  Command *command = command_new (lead, reason);

  command->stage = g_strdup (stage);
  run (self, task, change_stage, command);
}

/* -- responsible ------------------------------------------------------------------------------- */

static gpointer
direct_lead (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Command *command = self->arguments;
  g_autoptr (WfLead) lead = NULL;

  self->store = store;
  lead = wf_lead_find_seen (self, command->lead, error);
  if (lead == NULL || !wf_lead_direct (self, lead, command->person, NULL, WF_LEAD_ASKED, error))
    return NULL;
  return wf_commit_finish (self, error);
}

/**
 * wf_runtime_direct_lead_async:
 * @self: a runtime
 * @lead: id of a lead that the person sees
 * @person: (nullable): who is to be responsible; %NULL: the queue
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 *
 * R66. The open activities of the previous owner follow once the CRM has it so (S9).
 */
void
wf_runtime_direct_lead_async (WfRuntime *self, const char *lead, const char *person,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_direct_lead_async, cancellable, callback, user_data);
  Command *command = command_new (lead, NULL);

  command->person = dup_stripped (person);
  run (self, task, direct_lead, command);
}

/**
 * wf_runtime_explain_direction:
 * @self: a runtime
 * @lead: a lead as it is shown
 * @person: (nullable): who would be responsible; %NULL: the queue
 *
 * Returns: (transfer full) (nullable): why the signed-in person may not direct it there, in the user's
 *   language; %NULL when it is allowed
 */
char *
wf_runtime_explain_direction (WfRuntime *self, const WfLead *lead, const char *person)
{
  const WfPerson *actor = NULL;

  g_return_val_if_fail (WF_IS_RUNTIME (self), NULL);
  if (self->organisation != NULL && self->person != NULL)
    actor = wf_organisation_get_person (self->organisation, self->person);
  return wf_lead_explain_direction (lead, self->organisation, actor, person);
}

/* -- comments ---------------------------------------------------------------------------------- */

static WfAction *
make_comment (WfCommit *self, const Command *command)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "text", command->text);
  if (command->mentions != NULL && command->mentions[0] != NULL)
    {
      wf_json_writer_begin_array (writer, "mentions");
      for (guint i = 0; command->mentions[i] != NULL; i++)
        wf_json_writer_add_string (writer, NULL, command->mentions[i]);
      wf_json_writer_end (writer);
    }
  wf_json_writer_add_string (writer, "sender", self->person);
  wf_json_writer_end (writer);
  return wf_action_new (WF_ACTION_POST_TO_STREAM, key, command->lead,
                        wf_json_writer_finish_document (writer));
}

static gboolean
check_comment (WfCommit *self, const Command *command, GError **error)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *actor = wf_lead_get_actor (self, error);
  g_autofree char *refusal = NULL;

  if (actor == NULL)
    return FALSE;
  refusal = wf_organisation_explain_right (organisation, actor, WF_RIGHT_WORK_ACTIVITIES);
  if (refusal != NULL)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED, refusal);
      return FALSE;
    }
  for (guint i = 0; command->mentions != NULL && command->mentions[i] != NULL; i++)
    if (wf_organisation_get_person (organisation, command->mentions[i]) == NULL)
      {
        g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                             _ ("There is no such person."));
        return FALSE;
      }
  return TRUE;
}

/* What was said is in the comment; the log says that and by whom (R117). */
static gboolean
log_by (WfCommit *self, const char *title, const char *lead, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *details = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "by", self->person);
  wf_json_writer_end (writer);
  details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", title, lead, details, error);
}

static gpointer
comment_lead (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Command *command = self->arguments;
  g_autoptr (WfLead) lead = NULL;
  g_autoptr (WfAction) action = NULL;

  self->store = store;
  lead = wf_lead_find_seen (self, command->lead, error);
  if (lead == NULL || !check_comment (self, command, error))
    return NULL;
  action = make_comment (self, command);
  if (!wf_lead_changes_add_comment (self, action, action->key, command->text, error) ||
      !log_by (self, _ ("Comment added"), lead->id, error))
    return NULL;
  return wf_commit_finish (self, error);
}

static gboolean
check_text (GTask **task, const char *text)
{
  if (*task == NULL || (text != NULL && strlen (text) <= MOST_COMMENT))
    return *task != NULL;
  g_task_return_new_error_literal (*task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                                   text == NULL ? _ ("The comment is empty.")
                                                : _ ("The comment is too long."));
  g_clear_object (task);
  return FALSE;
}

/**
 * wf_runtime_comment_lead_async:
 * @self: a runtime
 * @lead: id of a lead that the person sees
 * @text: what is said
 * @mentions: (nullable): ids of people whom the CRM tells, %NULL-terminated
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_comment_lead_async (WfRuntime *self, const char *lead, const char *text,
                               const char *const *mentions, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_comment_lead_async, cancellable, callback, user_data);
  Command *command = command_new (lead, text);

  command->mentions = g_strdupv ((char **) mentions);
  check_text (&task, command->text);
  run (self, task, comment_lead, command);
}

/* -- a new lead -------------------------------------------------------------------------------- */

typedef struct
{
  char *id;                                             /* (owned) */
  char *name, *phone, *email, *interest, *notes, *unit; /* (owned) (nullable) */
} Creation;

static void
creation_free (Creation *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->interest);
  g_free (self->notes);
  g_free (self->unit);
  g_free (self);
}

static void
write_client (const Creation *creation, const char *unit, WfJsonWriter *writer)
{
  wf_json_writer_add_string (writer, "name", creation->name);
  wf_json_writer_add_string (writer, "phone", creation->phone);
  wf_json_writer_add_string (writer, "email", creation->email);
  wf_json_writer_add_string (writer, "interest", creation->interest);
  wf_json_writer_add_string (writer, "unit", unit);
  wf_json_writer_add_string (writer, "origin", "flow");
}

static WfAction *
make_creation (const Creation *creation, const char *unit)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  write_client (creation, unit, writer);
  wf_json_writer_add_string (writer, "notes", creation->notes);
  wf_json_writer_end (writer);
  return wf_action_new (WF_ACTION_CREATE_LEAD, key, creation->id,
                        wf_json_writer_finish_document (writer));
}

/* As the CRM will make it: until then it is shown so. */
static WfJsonDocument *
make_members (WfCommit *self, const Creation *creation, const WfPerson *actor, const char *unit)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *now = wf_instant_format_utc (self->now);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", creation->id);
  write_client (creation, unit, writer);
  wf_json_writer_add_string (writer, "stage",
                             wf_organisation_get_first_stage (wf_commit_get_organisation (self)));
  if (wf_person_owns_new_leads (actor))
    wf_json_writer_add_string (writer, "owner", actor->id);
  wf_json_writer_add_string (writer, "created", now);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

static gboolean
add_notes (WfCommit *self, const Creation *creation, const WfAction *action, GError **error)
{
  char id[WF_UUID_LENGTH + 1];

  if (creation->notes == NULL)
    return TRUE;
  wf_uuid_v5 (action->key, WF_ACTION_NOTES, -1, id);
  return wf_lead_changes_add_comment (self, action, id, creation->notes, error);
}

static gpointer
create_lead (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Creation *creation = self->arguments;
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *actor = wf_lead_get_actor (self, error);
  const char *unit = creation->unit;
  g_autofree char *refusal = NULL;

  self->store = store;
  if (actor == NULL)
    return NULL;
  refusal = wf_organisation_explain_new_lead (organisation, actor, &unit);
  if (refusal != NULL)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED, refusal);
      return NULL;
    }

  g_autoptr (WfAction) action = make_creation (creation, unit);
  g_autoptr (WfJsonDocument) members = make_members (self, creation, actor, unit);
  if (!wf_lead_changes_add (self, action, wf_json_document_get_root (members), error) ||
      !add_notes (self, creation, action, error) ||
      !log_by (self, _ ("Lead registered in the store"), creation->id, error))
    return NULL;
  return wf_commit_finish (self, error);
}

typedef struct
{
  GTask *task; /* (owned) */
  char *id;    /* (owned) */
} Created;

static void
on_created (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autofree Created *created = user_data;
  g_autoptr (GTask) task = created->task;
  g_autofree char *id = created->id;

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

/**
 * wf_runtime_create_lead_async:
 * @self: a runtime
 * @lead: the client, copied
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 *
 * R58: a client served in the store. The lead is there at once.
 */
void
wf_runtime_create_lead_async (WfRuntime *self, const WfNewLead *lead, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_create_lead_async, cancellable, callback, user_data);
  g_autofree char *name = dup_stripped (lead->name);

  if (task == NULL)
    return;
  if (name == NULL)
    {
      g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                                       _ ("The client needs a name."));
      g_object_unref (task);
      return;
    }

  WfCommit *commit = wf_runtime_new_commit (self);
  Creation *creation = g_new0 (Creation, 1);
  Created *created = g_new0 (Created, 1);
  creation->id = g_uuid_string_random ();
  creation->name = g_steal_pointer (&name);
  creation->phone = dup_stripped (lead->phone);
  creation->email = dup_stripped (lead->email);
  creation->interest = dup_stripped (lead->interest);
  creation->notes = dup_stripped (lead->notes);
  creation->unit = dup_stripped (lead->unit);
  created->task = task;
  created->id = g_strdup (creation->id);
  commit->arguments = creation;
  commit->arguments_free = (GDestroyNotify) creation_free;
  wf_runtime_commit (self, create_lead, commit, on_created, created);
}

char *
wf_runtime_create_lead_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
