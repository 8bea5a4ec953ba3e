/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One command for many activities: each by the same rules as alone, all in one transaction. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-activity-command.h"
#include "wf-command.h"

/* What the task and the transaction share. */
typedef struct
{
  WfActivityCommand command;
  WfBulkKind kind;
  char **activities;    /* (owned) */
  WfBulkResult *result; /* (owned) (nullable) */
} Bulk;

static void
bulk_clear (gpointer data)
{
  Bulk *self = data;

  wf_activity_command_clear (&self->command);
  g_strfreev (self->activities);
  g_clear_pointer (&self->result, wf_bulk_result_free);
}

static void
bulk_unref (Bulk *self)
{
  g_atomic_rc_box_release_full (self, bulk_clear);
}

void
wf_bulk_result_free (WfBulkResult *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->refused);
  g_free (self);
}

static WfBulkResult *
result_new (WfBulkKind kind)
{
  WfBulkResult *self = g_new0 (WfBulkResult, 1);

  self->kind = kind;
  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_done_free);
  self->refused = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static WfCommandKind
get_command_kind (WfBulkKind kind)
{
  switch (kind)
    {
    case WF_BULK_COMPLETE:
      return WF_COMMAND_COMPLETE;
    case WF_BULK_DISMISS:
      return WF_COMMAND_DISMISS;
    case WF_BULK_RESCHEDULE:
      return WF_COMMAND_RESCHEDULE;
    case WF_BULK_REASSIGN:
      return WF_COMMAND_REASSIGN;
    case WF_BULK_SNOOZE:
      return WF_COMMAND_SNOOZE;
    case WF_BULK_REOPEN:
      return WF_COMMAND_REOPEN;
    case WF_BULK_SET_LENGTH:
      return WF_COMMAND_SET_LENGTH;
    default:
      g_return_val_if_reached (WF_COMMAND_COMPLETE);
    }
}

/* What a person may not do, or what does not apply any more, leaves that one out; what the store
 * cannot do ends it all. */
static gpointer
run_bulk (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  Bulk *bulk = self->arguments;

  self->store = store;
  bulk->result = result_new (bulk->kind);
  for (guint i = 0; bulk->activities[i] != NULL; i++)
    {
      g_autoptr (GError) refusal = NULL;
      WfDone *done = wf_activity_command_run (self, &bulk->command, bulk->activities[i], &refusal);

      if (done != NULL)
        g_ptr_array_add (bulk->result->done, done);
      else if (refusal->domain == WF_RUNTIME_ERROR)
        g_ptr_array_add (bulk->result->refused, g_strdup (refusal->message));
      else
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return NULL;
        }
    }
  return wf_commit_finish (self, error);
}

static void
on_bulk_done (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Bulk *bulk = g_task_get_task_data (task);

  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  wf_scheduler_kick (self);
  g_task_return_pointer (task, g_steal_pointer (&bulk->result),
                         (GDestroyNotify) wf_bulk_result_free);
}

/**
 * wf_runtime_change_many_async:
 * @self: a runtime
 * @activities: (array zero-terminated): ids
 * @change: what is done to each
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_change_many_async (WfRuntime *self, const char *const *activities,
                              const WfBulkChange *change, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_change_many_async, cancellable, callback, user_data);
  GError *error = NULL;
  WfCommit *commit;
  Bulk *bulk;

  if (task == NULL)
    return;
  bulk = g_atomic_rc_box_new0 (Bulk);
  bulk->kind = change->kind;
  bulk->activities = g_strdupv ((char **) activities);
  bulk->command =
      (WfActivityCommand) { .kind = get_command_kind (change->kind),
                            .text = g_strdup (change->text),
                            .person = g_strdup (change->person),
                            .due = change->due,
                            .snooze = change->snooze,
                            .length = change->length,
                            .may_work = wf_runtime_may (self, WF_RIGHT_WORK_ACTIVITIES),
                            .may_claim = wf_runtime_may (self, WF_RIGHT_CLAIM_UNASSIGNED) };
  g_task_set_task_data (task, bulk, (GDestroyNotify) bulk_unref);
  if (!wf_activity_command_check (&bulk->command, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  commit = wf_runtime_new_commit (self);
  commit->arguments = g_atomic_rc_box_acquire (bulk);
  commit->arguments_free = (GDestroyNotify) bulk_unref;
  wf_runtime_commit (self, run_bulk, commit, on_bulk_done, task);
}

WfBulkResult *
wf_runtime_change_many_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
