/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back what a command did to activities. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-activity-command.h"
#include "wf-command.h"
#include "wf-reminder-plan.h"

#include <glib/gi18n-lib.h>

#define USUAL_LENGTH (30 * G_TIME_SPAN_MINUTE)

/* Undo policy. An activity is put back only while it is as the command left it: what anybody
 * changed meanwhile, here or in the CRM, is newer than the wish to have it as before, and stays.
 * Compared is what people mean by "changed": state, outcome, person, deadline; the end where the
 * length was changed; and the reminder where it was snoozed. The CRM is told the opposite as a change of its own, behind the first one
 * in the line of its lead: it sees both in their order, also when neither was sent yet. What the
 * completion set going in a workflow has happened and stays. */

static gboolean
has_other_outcome (const WfActivity *current, const WfActivity *after)
{
  /* A CRM need not keep it. */
  return current->outcome != NULL && g_strcmp0 (current->outcome, after->outcome) != 0;
}

/* An end that moved along with its beginning is no change of the length. */
static gboolean
is_of_length (const WfDone *done)
{
  return done->before->due == done->after->due && done->before->ends != done->after->ends;
}

static gboolean
has_changed (WfCommit *self, const WfActivity *current, const WfDone *done)
{
  const WfActivity *after = done->after;

  if (current->status != after->status || current->due != after->due ||
      g_strcmp0 (current->person, after->person) != 0 ||
      (current->status != WF_ACTIVITY_OPEN && has_other_outcome (current, after)))
    return TRUE;
  if (is_of_length (done))
    return current->ends != after->ends;
  return done->before->status == after->status && done->before->due == after->due &&
         g_strcmp0 (done->before->person, after->person) == 0 &&
         wf_store_get_reminder (self->store, current->id) != done->reminder_after;
}

static gboolean
may_undo (WfCommit *self, const WfDone *done, gboolean may_work)
{
  const char *before = done->before->person;

  if (self->everyone)
    return TRUE;
  return may_work && (wf_commit_is_own (self, before) ||
                      (before == NULL && wf_commit_is_own (self, done->after->person)));
}

static void
put_back_due (const WfActivity *before, WfActivity *activity, WfActivityChange *change)
{
  activity->due = change->due = before->due;
  activity->remind = change->remind = before->remind;
  activity->ends = change->ends = before->ends;
  activity->visible_from = before->visible_from;
  activity->pinned = before->pinned;
  change->pin = before->pinned ? WF_PIN_SET : WF_PIN_CLEAR;
}

/* What had no end gets the one that every calendar showed for it: a CRM cannot be told of none. */
static WfInstant
find_end (const WfActivity *before)
{
  return before->ends != WF_INSTANT_NONE ? before->ends : before->due + USUAL_LENGTH;
}

/* FALSE: there is nothing of it that the CRM keeps. */
static gboolean
put_back (WfCommit *self, const WfDone *done, WfActivity *activity, WfActivityChange *change)
{
  const WfActivity *before = done->before;
  gboolean status = activity->status != before->status, due = activity->due != before->due;
  gboolean person = g_strcmp0 (activity->person, before->person) != 0;

  if (status)
    {
      wf_activity_set_status (self, activity, change, before->status, before->outcome);
      activity->completed = before->completed;
      change->completed = before->completed;
    }
  if (due)
    put_back_due (before, activity, change);
  else if (is_of_length (done))
    wf_activity_set_ends (activity, change, find_end (before));
  if (person)
    wf_activity_set_person (activity, change, before->person);
  return status || due || person || is_of_length (done);
}

/* A reminder that was still ahead comes when it was to come. */
static gboolean
put_back_reminder (WfCommit *self, const WfDone *done, const WfActivity *activity, GError **error)
{
  if (activity->status != WF_ACTIVITY_OPEN || !self->reminds ||
      !wf_commit_is_own (self, activity->person) || is_of_length (done))
    return TRUE;
  if (done->reminder_before == WF_INSTANT_NONE &&
      (done->before->status != done->after->status || done->before->due != done->after->due))
    return TRUE; /* shown or closed: what is planned now is right */
  return wf_store_get_reminder (self->store, activity->id) == done->reminder_before ||
         wf_reminder_set (self, activity->id, done->reminder_before, error);
}

gboolean
wf_undo_one (WfCommit *self, const WfDone *done, gboolean may_work, gboolean *left, GError **error)
{
  g_autoptr (WfActivity) current = wf_store_get_activity (self->store, done->before->id);
  g_autoptr (WfActivity) activity = NULL;
  WfActivityChange change;
  WfInstant reminder;

  *left = current == NULL || has_changed (self, current, done) || !may_undo (self, done, may_work);
  if (*left)
    return TRUE;
  activity = wf_activity_copy (current);
  wf_activity_change_init (&change);
  if (put_back (self, done, activity, &change))
    return wf_commit_change_activity (self, current, activity, &change, error) &&
           put_back_reminder (self, done, activity, error) &&
           wf_activity_log_change (self, _ ("Change undone"), current, activity, NULL, error);

  reminder = wf_store_get_reminder (self->store, activity->id);
  return put_back_reminder (self, done, activity, error) &&
         wf_activity_log_reminder (self, _ ("Change undone"), activity, reminder,
                                   wf_store_get_reminder (self->store, activity->id), error);
}

/* -- the command ------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *done; /* (owned) of WfDone */
  gboolean may_work;
  guint n_left;
} Undo;

static void
undo_clear (gpointer data)
{
  Undo *self = data;

  g_ptr_array_unref (self->done);
}

static void
undo_unref (Undo *self)
{
  g_atomic_rc_box_release_full (self, undo_clear);
}

static WfDone *
done_copy (const WfDone *self)
{
  WfDone *copy = g_new (WfDone, 1);

  *copy = *self;
  wf_activity_ref (copy->before);
  wf_activity_ref (copy->after);
  return copy;
}

/* Backwards: what one command did twice to an activity is taken back in the right order. */
static gpointer
run_undo (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  Undo *undo = self->arguments;

  self->store = store;
  undo->n_left = 0;
  self->changes->activities = TRUE;
  for (guint i = undo->done->len; i > 0; i--)
    {
      gboolean left;

      if (!wf_undo_one (self, g_ptr_array_index (undo->done, i - 1), undo->may_work, &left, error))
        return NULL;
      undo->n_left += left;
    }
  return wf_commit_finish (self, error);
}

static void
on_undone (WfRuntime *self, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  wf_scheduler_kick (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * wf_runtime_undo_async:
 * @self: a runtime
 * @result: of wf_runtime_change_many_finish()
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_undo_async (WfRuntime *self, const WfBulkResult *result, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = wf_command_begin (self, wf_runtime_undo_async, cancellable, callback, user_data);
  WfCommit *commit;
  Undo *undo;

  if (task == NULL)
    return;
  undo = g_atomic_rc_box_new0 (Undo);
  undo->may_work = wf_runtime_may (self, WF_RIGHT_WORK_ACTIVITIES);
  undo->done = g_ptr_array_new_full (result->done->len, (GDestroyNotify) wf_done_free);
  for (guint i = 0; i < result->done->len; i++)
    g_ptr_array_add (undo->done, done_copy (g_ptr_array_index (result->done, i)));
  g_task_set_task_data (task, undo, (GDestroyNotify) undo_unref);
  commit = wf_runtime_new_commit (self);
  commit->arguments = g_atomic_rc_box_acquire (undo);
  commit->arguments_free = (GDestroyNotify) undo_unref;
  wf_runtime_commit (self, run_undo, commit, on_undone, task);
}

/**
 * wf_runtime_undo_finish:
 * @self: a runtime
 * @result: of the callback
 * @n_left: (out) (nullable): how many changed meanwhile and were left as they are
 * @error: return location
 */
gboolean
wf_runtime_undo_finish (WfRuntime *self, GAsyncResult *result, guint *n_left, GError **error)
{
  Undo *undo;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  undo = g_task_get_task_data (G_TASK (result));
  if (n_left != NULL)
    *n_left = undo != NULL ? undo->n_left : 0;
  return g_task_propagate_boolean (G_TASK (result), error);
}
