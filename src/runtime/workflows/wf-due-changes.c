/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The working hours changed: which open deadlines would be others now, and moving them once
 * somebody says so (S25). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-command.h"

#include <glib/gi18n-lib.h>

#define LEAST_TIME (30 * G_TIME_SPAN_MINUTE)

/* Policy (S25). Reckoned again is what counts in open time, from the same instant and with the
 * same settings as when it was made; what a person set by hand stays (S7), and so does what comes
 * from elsewhere. Nothing becomes late retroactively: a new deadline that has passed already gives
 * half an hour from now, or the old one where that is nearer. What is late already and would be
 * late by the new hours too stays as it is. */

void
wf_due_change_free (WfDueChange *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->activity, wf_activity_unref);
  g_free (self);
}

/* The new deadline, never in the past. FALSE when it stays. */
static gboolean
soften (WfCommit *self, const WfActivity *activity, const WfDeadlineRequest *request,
        const WfWorkingHours *hours, WfDeadline *deadline)
{
  if (deadline->due <= self->now)
    {
      if (activity->due <= self->now)
        return FALSE;
      deadline->due = MIN (activity->due, self->now + LEAST_TIME);
      if (wf_duration_is_set (request->notify))
        deadline->remind = MAX (self->now, wf_deadline_subtract (deadline->due, request->notify,
                                                                 request->business_hours,
                                                                 request->business_hours, hours));
    }
  return deadline->due != activity->due;
}

static gboolean
reckon (WfCommit *self, const WfActivity *activity, WfDeadlineRequest *request,
        WfDeadline *deadline)
{
  g_autofree char *person = NULL;

  if (activity->pinned || activity->status != WF_ACTIVITY_OPEN ||
      !wf_commit_read_deadline (activity, request, &person) ||
      (!request->business_hours && !request->business_time))
    return FALSE;

  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, person);
  *deadline = wf_deadline_compute (request, hours, NULL);
  return deadline->outcome == WF_DEADLINE_OK && soften (self, activity, request, hours, deadline);
}

static GPtrArray *
list_open (WfCommit *self)
{
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_OPEN,
    .person = self->everyone ? NULL : self->person,
    .now = G_MAXINT64, /* also those that are not shown yet */
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };

  return wf_store_list_activities (self->store, &query);
}

/* -- the list ---------------------------------------------------------------------------------- */

static gpointer
list_changes (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_due_change_free);

  self->store = store; /* read only: nothing is finished */
  g_autoptr (GPtrArray) open = list_open (self);
  for (guint i = 0; i < open->len; i++)
    {
      WfActivity *activity = g_ptr_array_index (open, i);
      WfDeadlineRequest request;
      WfDeadline deadline;

      if (!reckon (self, activity, &request, &deadline))
        continue;
      WfDueChange *change = g_new0 (WfDueChange, 1);
      change->activity = wf_activity_ref (activity);
      change->due = deadline.due;
      change->remind = deadline.remind;
      g_ptr_array_add (changes, change);
    }
  return changes;
}

static void
on_changes_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer changes = wf_store_thread_finish (WF_STORE_THREAD (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, changes, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * wf_runtime_list_due_changes_async:
 * @self: a runtime
 * @cancellable: (nullable): for a list that is not wanted any more
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Of everybody for those who see everyone, else of the own activities. Nothing changes.
 */
void
wf_runtime_list_due_changes_async (WfRuntime *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_list_due_changes_async, cancellable, callback, user_data);

  if (task != NULL)
    wf_store_thread_read_async (self->store, list_changes, wf_runtime_new_commit (self),
                                (GDestroyNotify) wf_commit_free, (GDestroyNotify) g_ptr_array_unref,
                                cancellable, on_changes_listed, task);
}

GPtrArray *
wf_runtime_list_due_changes_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- moving them ------------------------------------------------------------------------------- */

static gpointer
apply_changes (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;

  self->store = store;
  g_autoptr (GPtrArray) open = list_open (self);
  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      WfDeadlineRequest request;
      WfDeadline deadline;

      if (reckon (self, activity, &request, &deadline) &&
          !wf_commit_move_deadline (self, activity, &request, &deadline,
                                    _ ("Deadline moved with the working hours"), error))
        return NULL;
    }
  return wf_commit_finish (self, error);
}

/**
 * wf_runtime_apply_due_changes_async:
 * @self: a runtime
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 *
 * What the list shows at that moment. Only who may edit the organisation. Audited (R117).
 */
void
wf_runtime_apply_due_changes_async (WfRuntime *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_apply_due_changes_async, cancellable, callback, user_data);

  if (wf_command_require (self, &task, WF_RIGHT_EDIT_ORGANISATION,
                          _ ("Your role does not allow you to edit the organisation.")))
    wf_command_run (self, task, apply_changes, NULL, NULL);
}
