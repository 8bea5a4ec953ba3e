/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person changed and the CRM has not taken: looking at it, trying again, giving up (B18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-activity-command.h"
#include "wf-command.h"
#include "wf-lead-changes.h"
#include "wf-pending-text.h"

#include <glib/gi18n-lib.h>

void
wf_pending_change_free (WfPendingChange *self)
{
  if (self == NULL)
    return;
  g_free (self->what);
  g_free (self->problem);
  g_free (self);
}

/* -- looking ----------------------------------------------------------------------------------- */

typedef struct
{
  char *subject; /* (owned) (nullable) */
  guint most;
} Question;

static void
question_free (Question *self)
{
  g_free (self->subject);
  g_free (self);
}

/* NULL: nobody here wanted it, it followed from an event; or it cannot be read. */
static char *
describe (WfCommit *self, const WfOutboxItem *item)
{
  if (item->kind == WF_OUTBOX_PERFORM)
    {
      g_autoptr (WfAction) action = wf_action_payload_read (item->payload, NULL);

      return action != NULL ? wf_pending_describe_action (self, action) : NULL;
    }

  g_autoptr (WfChangePayload) change = wf_change_payload_read (item->payload, NULL);
  g_autoptr (WfActivity) activity = wf_store_get_activity (self->store, item->subject);
  return change != NULL && !change->automatic
             ? wf_pending_describe_change (self, &change->change, activity)
             : NULL;
}

static gpointer
list_pending (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Question *question = self->arguments;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_pending_change_free);

  self->store = store;
  g_autoptr (GPtrArray) items = wf_store_list_changes (store, question->subject, question->most);
  for (guint i = 0; i < items->len; i++)
    {
      WfOutboxItem *item = g_ptr_array_index (items, i);
      char *what = describe (self, item);
      WfPendingChange *change;

      if (what == NULL)
        continue;
      change = g_new0 (WfPendingChange, 1);
      change->item = item->id;
      change->what = what;
      change->problem = g_steal_pointer (&item->error);
      change->state = item->state;
      change->at = item->at;
      g_ptr_array_add (list, change);
    }
  return list;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *list = g_task_propagate_pointer (G_TASK (result), &error);

  if (list == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * wf_runtime_list_pending_async:
 * @self: a runtime
 * @subject: (nullable): an activity's or a lead's id; NULL: all
 * @most: how many at most; 0: all
 * @cancellable: (nullable): cancels
 * @callback: called with the result
 * @user_data: for @callback
 */
void
wf_runtime_list_pending_async (WfRuntime *self, const char *subject, guint most,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      wf_query_begin (self, wf_runtime_list_pending_async, cancellable, callback, user_data);
  Question *question;

  if (task == NULL)
    return;
  question = g_new0 (Question, 1);
  question->subject = g_strdup (subject);
  question->most = most > 0 ? most : G_MAXINT32;
  wf_query_run (self, wf_runtime_list_pending_async, list_pending, question,
                (GDestroyNotify) question_free, (GDestroyNotify) g_ptr_array_unref, cancellable,
                on_listed, task);
}

GPtrArray *
wf_runtime_list_pending_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- deciding ---------------------------------------------------------------------------------- */

static WfOutboxItem *
find_refused (WfStore *store, gint64 id, GError **error)
{
  WfOutboxItem *item = wf_store_get_outbox_item (store, id);

  if (item != NULL && item->state == WF_OUTBOX_FAILED &&
      (item->kind == WF_OUTBOX_CHANGE_ACTIVITY || item->kind == WF_OUTBOX_PERFORM))
    return item;
  wf_outbox_item_free (item);
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                       _ ("This change is not refused any more."));
  return NULL;
}

/* R117: what was refused, in words, as the text; with the activity as it was and as it is now. before, after: nullable: it is
 * not about one, or the activity is no longer known. */
static gboolean
log_decision (WfCommit *self, const char *title, const WfOutboxItem *item, const WfActivity *before,
              const WfActivity *after, GError **error)
{
  g_autofree char *what = describe (self, item);
  g_autoptr (WfJsonWriter) writer = NULL;

  if (before != NULL && after != NULL)
    return wf_activity_log_change (self, title, before, after, what, error);
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "item", item->id);
  wf_json_writer_add_string (writer, "subject", item->subject);
  wf_json_writer_add_string (writer, "by", self->person);
  wf_json_writer_add_string (writer, "text", what);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", title, item->lead, details, error);
}

static gboolean
is_still_possible (const WfActivity *present, const WfActivityChange *change, GError **error)
{
  if (present == NULL)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                           _ ("There is no such activity."));
      return FALSE;
    }
  if (change->comment != NULL || present->status == WF_ACTIVITY_OPEN ||
      g_strcmp0 (change->status, wf_activity_status_names[WF_ACTIVITY_OPEN]) == 0)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                       _ ("The activity is closed already."));
  return FALSE;
}

static void
apply_again (WfCommit *self, WfActivity *activity, WfActivityChange *change)
{
  const char *reason = change->reason;

  for (guint i = 0; change->status != NULL && wf_activity_status_names[i] != NULL; i++)
    if (g_str_equal (change->status, wf_activity_status_names[i]))
      {
        WfInstant completed = change->completed;

        wf_activity_set_status (
            self, activity, change, (WfActivityStatus) i,
            change->outcome != NULL && *change->outcome != '\0' ? change->outcome : NULL);
        /* When the person did it, not when the CRM was asked again. */
        if (completed != WF_INSTANT_NONE)
          activity->completed = change->completed = completed;
        break;
      }
  if (change->due != WF_INSTANT_NONE)
    wf_activity_set_due (self, activity, change, change->due, reason);
  else if (change->ends != WF_INSTANT_NONE && change->ends != 0)
    wf_activity_set_ends (activity, change, change->ends);
  if (change->person != NULL)
    wf_activity_set_person (activity, change, *change->person != '\0' ? change->person : NULL);
}

/* The person insists: the same once more on what the CRM has now, as a change of its own. */
static gboolean
retry_change (WfCommit *self, const WfOutboxItem *item, GError **error)
{
  g_autoptr (WfChangePayload) payload = wf_change_payload_read (item->payload, error);
  g_autoptr (WfActivity) present = wf_store_get_activity (self->store, item->subject);
  g_autoptr (WfActivity) after = NULL;

  if (payload == NULL || !is_still_possible (present, &payload->change, error))
    return FALSE;
  after = wf_activity_copy (present);
  apply_again (self, after, &payload->change);
  return wf_store_set_outbox_state (self->store, item->id, WF_OUTBOX_DONE, WF_INSTANT_NONE,
                                    item->error, error) &&
         wf_commit_change_activity (self, present, after, &payload->change, error) &&
         log_decision (self, _ ("Refused change sent again"), item, present, after, error);
}

/* As it was: there is nothing to make again on what the CRM has now. */
static gboolean
retry_action (WfCommit *self, const WfOutboxItem *item, GError **error)
{
  return wf_store_set_outbox_state (self->store, item->id, WF_OUTBOX_PENDING, WF_INSTANT_NONE,
                                    item->error, error) &&
         log_decision (self, _ ("Refused change sent again"), item, NULL, NULL, error);
}

static gpointer
run_retry (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const gint64 *id = self->arguments;
  g_autoptr (WfOutboxItem) item = find_refused (store, *id, error);

  self->store = store;
  if (item == NULL)
    return NULL;
  self->changes->outbox = self->changes->activities = TRUE;
  if (!(item->kind == WF_OUTBOX_CHANGE_ACTIVITY ? retry_change (self, item, error)
                                                : retry_action (self, item, error)))
    return NULL;
  return wf_commit_finish (self, error);
}

static gpointer
run_drop (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const gint64 *id = self->arguments;
  g_autoptr (WfOutboxItem) item = find_refused (store, *id, error);
  g_autoptr (WfActivity) activity = NULL;

  self->store = store;
  if (item == NULL)
    return NULL;
  if (item->kind == WF_OUTBOX_CHANGE_ACTIVITY)
    activity = wf_store_get_activity (store, item->subject);
  self->changes->outbox = self->changes->activities = self->changes->leads = TRUE;
  if (!wf_store_set_outbox_state (store, item->id, WF_OUTBOX_DONE, WF_INSTANT_NONE, item->error,
                                  error) ||
      !wf_lead_changes_drop (store, item, error) ||
      !log_decision (self, _ ("Refused change dropped"), item, activity, activity, error))
    return NULL;
  return wf_commit_finish (self, error);
}

static void
decide (WfRuntime *self, gpointer tag, WfStoreJob job, gint64 item, GCancellable *cancellable,
        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = wf_command_begin (self, tag, cancellable, callback, user_data);
  gint64 *argument;

  if (task == NULL)
    return;
  argument = g_new (gint64, 1);
  *argument = item;
  wf_command_run (self, task, job, argument, g_free);
}

void
wf_runtime_retry_change_async (WfRuntime *self, gint64 item, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  decide (self, wf_runtime_retry_change_async, run_retry, item, cancellable, callback, user_data);
}

void
wf_runtime_drop_change_async (WfRuntime *self, gint64 item, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  decide (self, wf_runtime_drop_change_async, run_drop, item, cancellable, callback, user_data);
}
