/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with activities: durable here first, then told to the CRM (B18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-activity-command.h"
#include "wf-command.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WfActivityCommand command;
  char *activity; /* (owned) */
} Single;

static void
single_free (Single *self)
{
  wf_activity_command_clear (&self->command);
  g_free (self->activity);
  g_free (self);
}

static gpointer
run_single (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Single *single = self->arguments;

  self->store = store;
  g_autoptr (WfDone) done =
      wf_activity_command_run (self, &single->command, single->activity, error);
  return done != NULL ? wf_commit_finish (self, error) : NULL;
}

/* -- entry points ------------------------------------------------------------------------------ */

void
wf_command_return (WfRuntime *self, GTask *task, const WfChanges *changes, const GError *error)
{
  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  wf_scheduler_kick (self);
  WfInstant *at = g_new (WfInstant, 1);
  *at = changes->instant;
  g_task_return_pointer (task, at, g_free);
}

static void
on_command_done (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  wf_command_return (self, task, result, error);
}

GTask *
wf_command_begin (WfRuntime *self, gpointer tag, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (self->started && !self->stopped && self->engine != NULL)
    return g_steal_pointer (&task);
  g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_READY,
                                   _ ("The account is not open yet."));
  return NULL;
}

gboolean
wf_command_require (WfRuntime *self, GTask **task, WfRight right, const char *text)
{
  if (*task == NULL)
    return FALSE;
  if (wf_runtime_may (self, right))
    return TRUE;
  g_task_return_new_error_literal (*task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED, text);
  g_clear_object (task);
  return FALSE;
}

void
wf_command_run (WfRuntime *self, GTask *task, WfStoreJob job, gpointer arguments,
                GDestroyNotify arguments_free)
{
  WfCommit *commit = wf_runtime_new_commit (self);

  commit->arguments = arguments;
  commit->arguments_free = arguments_free;
  wf_runtime_commit (self, job, commit, on_command_done, task);
}

static Single *
single_new (WfCommandKind kind, const char *activity, const char *text)
{
  Single *single = g_new0 (Single, 1);

  single->activity = g_strdup (activity);
  single->command.kind = kind;
  single->command.text = g_strdup (text);
  single->command.due = WF_INSTANT_NONE;
  return single;
}

static void
run (WfRuntime *self, GTask *task, Single *single)
{
  GError *error = NULL;

  if (task == NULL || !wf_activity_command_check (&single->command, &error))
    {
      if (task != NULL)
        g_task_return_error (task, error);
      g_clear_object (&task);
      single_free (single);
      return;
    }
  single->command.may_work = wf_runtime_may (self, WF_RIGHT_WORK_ACTIVITIES);
  single->command.may_claim = wf_runtime_may (self, WF_RIGHT_CLAIM_UNASSIGNED);
  wf_command_run (self, task, run_single, single, (GDestroyNotify) single_free);
}

/**
 * wf_runtime_complete_async:
 * @self: a runtime
 * @activity: id of an open activity
 * @outcome: (nullable): what came out of it: the id of one of its type's outcomes; where the type
 *   has none, a text of the person; of an approval one of WF_OUTCOME_APPROVED and
 *   WF_OUTCOME_REJECTED
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 *
 * Without the outcome that the type wants the error is WF_RUNTIME_ERROR_OUTCOME_NEEDED: ask for it.
 */
void
wf_runtime_complete_async (WfRuntime *self, const char *activity, const char *outcome,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  run (self, wf_command_begin (self, wf_runtime_complete_async, cancellable, callback, user_data),
       single_new (WF_COMMAND_COMPLETE, activity, outcome));
}

void
wf_runtime_reopen_async (WfRuntime *self, const char *activity, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, wf_command_begin (self, wf_runtime_reopen_async, cancellable, callback, user_data),
       single_new (WF_COMMAND_REOPEN, activity, NULL));
}

void
wf_runtime_dismiss_async (WfRuntime *self, const char *activity, const char *reason,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  run (self, wf_command_begin (self, wf_runtime_dismiss_async, cancellable, callback, user_data),
       single_new (WF_COMMAND_DISMISS, activity, reason));
}

void
wf_runtime_snooze_async (WfRuntime *self, const char *activity, WfSnooze snooze_for,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Single *single = single_new (WF_COMMAND_SNOOZE, activity, NULL);

  single->command.snooze = snooze_for;
  run (self, wf_command_begin (self, wf_runtime_snooze_async, cancellable, callback, user_data),
       single);
}

WfInstant
wf_runtime_snooze_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), WF_INSTANT_NONE);

  g_autofree WfInstant *at = g_task_propagate_pointer (G_TASK (result), error);
  return at != NULL ? *at : WF_INSTANT_NONE;
}

void
wf_runtime_reschedule_async (WfRuntime *self, const char *activity, WfInstant due,
                             const char *reason, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  Single *single = single_new (WF_COMMAND_RESCHEDULE, activity, reason);

  single->command.due = due;
  run (self, wf_command_begin (self, wf_runtime_reschedule_async, cancellable, callback, user_data),
       single);
}

void
wf_runtime_reassign_async (WfRuntime *self, const char *activity, const char *person,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Single *single = single_new (WF_COMMAND_REASSIGN, activity, NULL);

  single->command.person = g_strdup (person);
  run (self, wf_command_begin (self, wf_runtime_reassign_async, cancellable, callback, user_data),
       single);
}

void
wf_runtime_comment_async (WfRuntime *self, const char *activity, const char *text,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  run (self, wf_command_begin (self, wf_runtime_comment_async, cancellable, callback, user_data),
       single_new (WF_COMMAND_COMMENT, activity, text));
}

gboolean
wf_runtime_command_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_autofree WfInstant *at = g_task_propagate_pointer (G_TASK (result), error);
  return at != NULL;
}
