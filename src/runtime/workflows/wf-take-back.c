/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back what a workflow created: what nobody touched is withdrawn, the rest is listed
 * (B13). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-backlog.h"
#include "wf-command.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define MOST_LOG_ENTRIES 200

/* Policy. An activity was touched when it is done, when its deadline is not the original one or
 * was set by hand, when somebody else has it than the workflow gave it to, or when this computer's
 * audit trail knows of a command about it (a comment, a snooze). What is not touched is cancelled
 * with a reason, as any change: durable here first, then told to the CRM, where a change that
 * somebody else made meanwhile wins. What is on its way to the CRM is withdrawn too: the outbox
 * keeps the order of each lead. What the CRM refused exists nowhere else, and is left as it is. */

/* -- touched? ---------------------------------------------------------------------------------- */

/* Somebody else has it than the engine gave it to, by the explanation that it carries. */
static gboolean
changed_hands (WfCommit *self, const WfActivity *activity)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  g_autoptr (WfJsonDocument) explanation =
      activity->explanation != NULL ? wf_json_document_parse (activity->explanation, -1, 0, NULL)
                                    : NULL;
  const WfJson *responsible =
      explanation != NULL
          ? wf_json_get_member (wf_json_document_get_root (explanation), "responsible")
          : NULL;
  const char *name = wf_json_get_member_string (responsible, "person");

  if (responsible == NULL)
    return FALSE;
  return g_strcmp0 (name, wf_organisation_get_person_name (organisation, activity->person)) != 0 &&
         g_strcmp0 (name, activity->person) != 0;
}

/* A person's command about it, as the audit trail tells. */
static gboolean
had_command (WfCommit *self, const WfActivity *activity)
{
  g_autoptr (GPtrArray) entries =
      activity->lead != NULL
          ? wf_store_list_log (self->store, "change", activity->lead, 0, MOST_LOG_ENTRIES)
          : NULL;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const WfLogEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (WfJsonDocument) details =
          entry->details != NULL ? wf_json_document_parse (entry->details, -1, 0, NULL) : NULL;
      const WfJson *root = details != NULL ? wf_json_document_get_root (details) : NULL;

      if (wf_json_get_member_string (root, "by") != NULL &&
          g_strcmp0 (wf_json_get_member_string (root, "activity"), activity->id) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_touched (WfCommit *self, const WfActivity *activity)
{
  return activity->status == WF_ACTIVITY_DONE || activity->pinned ||
         (activity->original_due != WF_INSTANT_NONE && activity->original_due != activity->due) ||
         changed_hands (self, activity) || had_command (self, activity);
}

static gboolean
can_be_withdrawn (const WfActivity *activity)
{
  return activity->status == WF_ACTIVITY_OPEN && activity->sync != WF_SYNC_REFUSED;
}

/* -- withdrawing, in portions ------------------------------------------------------------------ */

gboolean
wf_take_back_run_portion (WfCommit *self, WfWork *work, gboolean *finished, GError **error)
{
  g_autoptr (GPtrArray) created = wf_store_list_created_by (
      self->store, work->workflow, work->version, work->from, work->until, work->after, WF_PORTION);

  for (guint i = 0; i < created->len; i++)
    {
      WfActivity *activity = g_ptr_array_index (created, i);

      if (can_be_withdrawn (activity) && !is_touched (self, activity) &&
          !wf_commit_close_activity (self, activity, WF_ACTIVITY_CANCELLED,
                                     _ ("Taken back: the workflow should not have created it"),
                                     error))
        return FALSE;
      g_set_str (&work->after, activity->id);
    }
  *finished = created->len < WF_PORTION;
  return TRUE;
}

/* -- the command ------------------------------------------------------------------------------- */

void
wf_take_back_free (WfTakeBack *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->withdrawn, g_ptr_array_unref);
  g_clear_pointer (&self->touched, g_ptr_array_unref);
  g_free (self);
}

typedef struct
{
  char *workflow; /* (owned) */
  gint64 version;
  WfInstant from, until;
  guint n_withdrawn, n_touched;
} Arguments;

static void
arguments_free (Arguments *self)
{
  g_free (self->workflow);
  g_free (self);
}

static Arguments *
arguments_copy (const Arguments *self)
{
  Arguments *copy = g_memdup2 (self, sizeof *self);

  copy->workflow = g_strdup (self->workflow);
  return copy;
}

/* What a task knows on its way. */
typedef struct
{
  Arguments *arguments; /* (owned) */
  WfTakeBack *found;    /* (owned) (nullable) */
  gboolean preview;
} Request;

static void
request_free (Request *self)
{
  g_clear_pointer (&self->arguments, arguments_free);
  g_clear_pointer (&self->found, wf_take_back_free);
  g_free (self);
}

static void
classify (WfCommit *self, WfActivity *activity, WfTakeBack *found)
{
  if (is_touched (self, activity))
    g_ptr_array_add (found->touched, wf_activity_ref (activity));
  else if (can_be_withdrawn (activity))
    g_ptr_array_add (found->withdrawn, wf_activity_ref (activity));
}

/* The transaction is only read with. */
static gpointer
look (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  WfTakeBack *found = g_new0 (WfTakeBack, 1);
  g_autofree char *after = NULL;
  guint n;

  self->store = store;
  found->withdrawn = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  found->touched = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  do
    {
      g_autoptr (GPtrArray) created =
          wf_store_list_created_by (store, arguments->workflow, arguments->version, arguments->from,
                                    arguments->until, after, WF_PORTION);

      n = created->len;
      for (guint i = 0; i < n; i++)
        classify (self, g_ptr_array_index (created, i), found);
      if (n > 0)
        g_set_str (&after, ((const WfActivity *) g_ptr_array_index (created, n - 1))->id);
    }
  while (n == WF_PORTION);
  return found;
}

static gboolean
log_decision (WfCommit *self, const Arguments *arguments, GError **error)
{
  const WfWorkflow *workflow = wf_engine_get_workflow (self->engine, arguments->workflow);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *from = wf_instant_format_utc (arguments->from);
  g_autofree char *until = wf_instant_format_utc (arguments->until);

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "workflow", arguments->workflow);
  wf_json_writer_add_string (writer, "name", workflow != NULL ? workflow->name : NULL);
  if (arguments->version != 0)
    wf_json_writer_add_int (writer, "version", arguments->version);
  wf_json_writer_add_string (writer, "from", from);
  wf_json_writer_add_string (writer, "until", until);
  wf_json_writer_add_int (writer, "withdrawn", arguments->n_withdrawn);
  wf_json_writer_add_int (writer, "touched", arguments->n_touched);
  wf_json_writer_add_string (writer, "by", self->person);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", _ ("Created activities taken back"), NULL, details, error);
}

static gpointer
decide (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Arguments *arguments = self->arguments;
  WfWork *work = wf_work_new (WF_WORK_TAKE_BACK, arguments->workflow);

  self->store = store;
  work->version = arguments->version;
  work->from = arguments->from;
  work->until = arguments->until;
  work->by = g_strdup (self->person);
  if (!wf_backlog_add (store, work, error) || !log_decision (self, arguments, error))
    return NULL;
  return wf_commit_finish (self, error);
}

static void
on_decided (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);

  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  wf_scheduler_kick (self);
  g_task_return_pointer (task, g_steal_pointer (&request->found),
                         (GDestroyNotify) wf_take_back_free);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WfRuntime *self = WF_RUNTIME (source);
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  request->found = g_task_propagate_pointer (G_TASK (result), &error);
  if (request->found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (request->preview || request->found->withdrawn->len == 0)
    {
      g_task_return_pointer (task, g_steal_pointer (&request->found),
                             (GDestroyNotify) wf_take_back_free);
      return;
    }

  WfCommit *commit = wf_runtime_new_commit (self);
  request->arguments->n_withdrawn = request->found->withdrawn->len;
  request->arguments->n_touched = request->found->touched->len;
  commit->arguments = g_steal_pointer (&request->arguments);
  commit->arguments_free = (GDestroyNotify) arguments_free;
  wf_runtime_commit (self, decide, commit, on_decided, g_steal_pointer (&task));
}

/**
 * wf_runtime_take_back_async:
 * @self: a runtime
 * @workflow: which created them
 * @version: its version; 0: any
 * @from: activities created from here
 * @until: until here; WF_INSTANT_NONE: now
 * @preview: nothing is changed
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called with what is (or would be) withdrawn and what was touched, once it is durable
 *   here that it will be
 * @user_data: for @callback
 */
void
wf_runtime_take_back_async (WfRuntime *self, const char *workflow, gint64 version, WfInstant from,
                            WfInstant until, gboolean preview, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_take_back_async, cancellable, callback, user_data);
  Request *request;

  if (!wf_workflow_check_right (self, &task))
    return;
  request = g_new0 (Request, 1);
  request->preview = preview;
  request->arguments = g_new0 (Arguments, 1);
  request->arguments->workflow = g_strdup (workflow);
  request->arguments->version = version;
  request->arguments->from = from;
  /* What is created while it is taken back is another matter. */
  request->arguments->until = wf_clock_now (self->clock) + 1;
  if (until != WF_INSTANT_NONE)
    request->arguments->until = MIN (until, request->arguments->until);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  wf_query_run (self, wf_runtime_take_back_async, look, arguments_copy (request->arguments),
                (GDestroyNotify) arguments_free, (GDestroyNotify) wf_take_back_free, cancellable,
                on_looked, task);
}

WfTakeBack *
wf_runtime_take_back_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
