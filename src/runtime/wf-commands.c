/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with activities: durable here first, then told to the CRM (B18). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-runtime-private.h"

#include "wf-command.h"
#include "wf-deadline.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  COMPLETE,
  REOPEN,
  DISMISS,
  SNOOZE,
  RESCHEDULE,
  REASSIGN,
  COMMENT,
} CommandKind;

typedef struct
{
  CommandKind kind;
  char *activity; /* (owned) */
  char *text;     /* (owned) (nullable) outcome, reason or comment */
  char *person;   /* (owned) (nullable) */
  WfInstant due;
  WfSnooze snooze;
  gboolean may_claim, may_work;
} Command;

static void
command_free (Command *self)
{
  g_free (self->activity);
  g_free (self->text);
  g_free (self->person);
  g_free (self);
}

static const char *
get_title (CommandKind kind)
{
  switch (kind)
    {
    case COMPLETE:
      return _ ("Activity completed");
    case REOPEN:
      return _ ("Activity opened again");
    case DISMISS:
      return _ ("Activity no longer needed");
    case SNOOZE:
      return _ ("Reminder snoozed");
    case RESCHEDULE:
      return _ ("Activity rescheduled");
    case REASSIGN:
      return _ ("Activity given to somebody else");
    case COMMENT:
      return _ ("Comment added");
    default:
      g_return_val_if_reached ("");
    }
}

/* -- what may be done -------------------------------------------------------------------------- */

/* One's own; everybody's for those who see everyone; nobody's for those who may claim it (S11). */
static gboolean
check_rights (WfCommit *self, const Command *command, const WfActivity *activity, GError **error)
{
  gboolean own = wf_commit_is_own (self, activity->person);
  gboolean claim = activity->person == NULL && command->kind == REASSIGN && command->may_claim &&
                   wf_commit_is_own (self, command->person);

  if ((own && command->may_work) || (!own && self->everyone) || claim)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                       own ? _ ("Your role does not allow you to work on activities.")
                           : _ ("Somebody else is responsible for this activity."));
  return FALSE;
}

static gboolean
check_status (const Command *command, const WfActivity *activity, GError **error)
{
  if (command->kind == COMMENT)
    return TRUE;
  if (command->kind == REOPEN)
    {
      if (activity->status != WF_ACTIVITY_OPEN)
        return TRUE;
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("The activity is open already."));
      return FALSE;
    }
  if (activity->status == WF_ACTIVITY_OPEN)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                       _ ("The activity is closed already."));
  return FALSE;
}

/* A question that is asked wants one of its two answers. */
static gboolean
check_outcome (const Command *command, const WfActivity *activity, GError **error)
{
  if (command->kind != COMPLETE || activity->kind != WF_ACTIVITY_APPROVAL ||
      g_strcmp0 (command->text, WF_OUTCOME_APPROVED) == 0 ||
      g_strcmp0 (command->text, WF_OUTCOME_REJECTED) == 0)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                       _ ("An approval is either approved or rejected."));
  return FALSE;
}

/* -- reminders that move ----------------------------------------------------------------------- */

/* S7: the reminder keeps its distance from the deadline, counted as it was made (S6); without
 * the step that made it, in elapsed time. */
static WfInstant
move_reminder (WfCommit *self, const WfActivity *activity, WfInstant due)
{
  g_auto (WfActivityStep) step = { NULL };

  if (activity->remind == WF_INSTANT_NONE)
    return WF_INSTANT_NONE;
  if (!wf_commit_find_step (self, activity, &step) || !wf_duration_is_set (step.notify))
    return due - MAX (activity->due - activity->remind, 0);

  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, activity->person);
  return wf_deadline_subtract (due, step.notify, step.business_hours, step.business_hours, hours);
}

static WfInstant
find_next_morning (WfCommit *self, const WfActivity *activity)
{
  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, activity->person);
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  g_autoptr (GDateTime) local = wf_instant_to_date_time (self->now, zone);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (local, 1);
  int morning = wf_working_hours_is_always_open (hours) ? 9 : 0;
  g_autoptr (GDateTime) start =
      g_date_time_new (zone, g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                       g_date_time_get_day_of_month (tomorrow), morning, 0, 0);
  WfInstant opening = start != NULL
                          ? wf_working_hours_next_open (hours, g_date_time_to_unix_usec (start))
                          : WF_INSTANT_NONE;

  return opening != WF_INSTANT_NONE ? opening : self->now + G_TIME_SPAN_DAY;
}

/* S8: never silently past the deadline: what would be later reminds at the deadline, and the
 * caller is told when. */
static WfInstant
find_snooze (WfCommit *self, const Command *command, const WfActivity *activity)
{
  WfInstant at;

  switch (command->snooze)
    {
    case WF_SNOOZE_5_MINUTES:
      at = self->now + 5 * G_TIME_SPAN_MINUTE;
      break;
    case WF_SNOOZE_15_MINUTES:
      at = self->now + 15 * G_TIME_SPAN_MINUTE;
      break;
    case WF_SNOOZE_1_HOUR:
      at = self->now + G_TIME_SPAN_HOUR;
      break;
    case WF_SNOOZE_UNTIL_DUE:
      return activity->due > self->now ? activity->due : WF_INSTANT_NONE;
    case WF_SNOOZE_NEXT_MORNING:
      at = find_next_morning (self, activity);
      break;
    default:
      g_return_val_if_reached (WF_INSTANT_NONE);
    }
  return activity->due > self->now ? MIN (at, activity->due) : at;
}

static gboolean
snooze (WfCommit *self, const Command *command, const WfActivity *activity, GError **error)
{
  WfInstant at = find_snooze (self, command, activity);

  if (at == WF_INSTANT_NONE)
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES,
                           _ ("The deadline has passed."));
      return FALSE;
    }
  if (!wf_commit_is_own (self, activity->person))
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED,
                           _ ("Only the person responsible is reminded of this activity."));
      return FALSE;
    }
  self->changes->instant = at;
  g_ptr_array_add (self->changes->withdrawn, g_strdup (activity->id));
  return wf_store_set_reminder (self->store, activity->id, at, error);
}

/* -- changes ----------------------------------------------------------------------------------- */

static gboolean
check_person (WfCommit *self, const char *id, GError **error)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *person =
      organisation != NULL && id != NULL ? wf_organisation_get_person (organisation, id) : NULL;

  if (person != NULL && person->active)
    return TRUE;
  g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                       _ ("There is no such active person."));
  return FALSE;
}

static void
set_status (WfCommit *self, WfActivity *after, WfActivityChange *change, WfActivityStatus status,
            const char *outcome)
{
  after->status = status;
  after->completed = status == WF_ACTIVITY_OPEN ? WF_INSTANT_NONE : self->now;
  g_set_str (&after->outcome, outcome);
  change->status = wf_activity_status_names[status];
  change->outcome = outcome;
  change->completed = after->completed;
}

static void
set_due (WfCommit *self, WfActivity *after, WfActivityChange *change, const Command *command)
{
  after->remind = move_reminder (self, after, command->due);
  if (after->original_due == WF_INSTANT_NONE)
    after->original_due = after->due;
  if (after->ends != WF_INSTANT_NONE)
    after->ends += command->due - after->due;
  after->due = command->due;
  after->pinned = TRUE;
  if (after->visible_from != WF_INSTANT_NONE && after->visible_from > self->now)
    after->visible_from = MIN (after->visible_from, command->due);
  change->due = after->due;
  change->remind = after->remind;
  change->reason = command->text;
}

static gboolean
change (WfCommit *self, const Command *command, const WfActivity *before, GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (before);
  WfActivityChange wanted = { .due = WF_INSTANT_NONE,
                              .remind = WF_INSTANT_NONE,
                              .completed = WF_INSTANT_NONE };

  switch (command->kind)
    {
    case COMPLETE:
      set_status (self, after, &wanted, WF_ACTIVITY_DONE, command->text);
      break;
    case REOPEN:
      set_status (self, after, &wanted, WF_ACTIVITY_OPEN, NULL);
      break;
    case DISMISS:
      set_status (self, after, &wanted, WF_ACTIVITY_NO_LONGER_NEEDED, command->text);
      break;
    case RESCHEDULE:
      set_due (self, after, &wanted, command);
      break;
    case REASSIGN:
      if (!check_person (self, command->person, error))
        return FALSE;
      g_set_str (&after->person, command->person);
      wanted.person = command->person;
      break;
    case COMMENT:
      wanted.comment = command->text;
      break;
    case SNOOZE:
    default:
      g_return_val_if_reached (FALSE);
    }
  return wf_commit_change_activity (self, before, after, &wanted, error);
}

/* The audit trail names what and when, and the reason that was given (R117, S7). */
static gboolean
log_command (WfCommit *self, const Command *command, const WfActivity *activity, GError **error)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *due = command->due != WF_INSTANT_NONE ? wf_instant_format_utc (command->due)
                                                         : NULL;
  g_autofree char *due_before =
      command->due != WF_INSTANT_NONE ? wf_instant_format_utc (activity->due) : NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "activity", activity->id);
  wf_json_writer_add_string (writer, "by", self->person);
  wf_json_writer_add_string (writer, "text", command->text);
  wf_json_writer_add_string (writer, "person", command->person);
  wf_json_writer_add_string (writer, "due-before", due_before);
  wf_json_writer_add_string (writer, "due", due);
  wf_json_writer_end (writer);
  g_autofree char *details = wf_json_writer_finish (writer, FALSE);
  return wf_commit_log (self, "change", get_title (command->kind), activity->lead, details, error);
}

static gpointer
run_command (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  const Command *command = self->arguments;
  g_autoptr (WfActivity) activity = wf_store_get_activity (store, command->activity);

  self->store = store;
  if (activity == NULL || !(wf_commit_keeps (self, activity->person)))
    {
      g_set_error_literal (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND,
                           _ ("There is no such activity."));
      return NULL;
    }
  if (!check_status (command, activity, error) || !check_rights (self, command, activity, error) ||
      !check_outcome (command, activity, error))
    return NULL;
  if (command->kind == SNOOZE ? !snooze (self, command, activity, error)
                              : !change (self, command, activity, error))
    return NULL;
  if (!log_command (self, command, activity, error))
    return NULL;
  return wf_commit_finish (self, error);
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

static Command *
command_new (CommandKind kind, const char *activity)
{
  Command *command = g_new0 (Command, 1);

  command->kind = kind;
  command->activity = g_strdup (activity);
  command->due = WF_INSTANT_NONE;
  return command;
}

static void
run (WfRuntime *self, GTask *task, Command *command)
{
  if (task == NULL)
    {
      command_free (command);
      return;
    }
  command->may_work = wf_runtime_may (self, WF_RIGHT_WORK_ACTIVITIES);
  command->may_claim = wf_runtime_may (self, WF_RIGHT_CLAIM_UNASSIGNED);
  wf_command_run (self, task, run_command, command, (GDestroyNotify) command_free);
}

/**
 * wf_runtime_complete_async:
 * @self: a runtime
 * @activity: id of an open activity
 * @outcome: (nullable): what came out of it, in the person's words; of an approval one of
 * WF_OUTCOME_APPROVED and WF_OUTCOME_REJECTED
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_complete_async (WfRuntime *self, const char *activity, const char *outcome,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_complete_async, cancellable, callback, user_data);
  Command *command = command_new (COMPLETE, activity);

  command->text = g_strdup (outcome);
  run (self, task, command);
}

void
wf_runtime_reopen_async (WfRuntime *self, const char *activity, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = wf_command_begin (self, wf_runtime_reopen_async, cancellable, callback, user_data);

  run (self, task, command_new (REOPEN, activity));
}

void
wf_runtime_dismiss_async (WfRuntime *self, const char *activity, const char *reason,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = wf_command_begin (self, wf_runtime_dismiss_async, cancellable, callback, user_data);
  Command *command = command_new (DISMISS, activity);

  command->text = g_strdup (reason);
  run (self, task, command);
}

void
wf_runtime_snooze_async (WfRuntime *self, const char *activity, WfSnooze snooze_for,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = wf_command_begin (self, wf_runtime_snooze_async, cancellable, callback, user_data);
  Command *command = command_new (SNOOZE, activity);

  command->snooze = snooze_for;
  run (self, task, command);
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
  GTask *task =
      wf_command_begin (self, wf_runtime_reschedule_async, cancellable, callback, user_data);
  Command *command = command_new (RESCHEDULE, activity);

  command->due = due;
  command->text = reason != NULL ? g_strstrip (g_strdup (reason)) : NULL;
  if (task != NULL && (due == WF_INSTANT_NONE || command->text == NULL || *command->text == '\0'))
    {
      g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                                       _ ("A new deadline needs a reason."));
      g_clear_object (&task);
    }
  run (self, task, command);
}

void
wf_runtime_reassign_async (WfRuntime *self, const char *activity, const char *person,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_reassign_async, cancellable, callback, user_data);
  Command *command = command_new (REASSIGN, activity);

  command->person = g_strdup (person);
  run (self, task, command);
}

void
wf_runtime_comment_async (WfRuntime *self, const char *activity, const char *text,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = wf_command_begin (self, wf_runtime_comment_async, cancellable, callback, user_data);
  Command *command = command_new (COMMENT, activity);

  command->text = g_strdup (text);
  if (task != NULL && (text == NULL || *text == '\0'))
    {
      g_task_return_new_error_literal (task, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_INVALID,
                                       _ ("The comment is empty."));
      g_clear_object (&task);
    }
  run (self, task, command);
}

gboolean
wf_runtime_command_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_autofree WfInstant *at = g_task_propagate_pointer (G_TASK (result), error);
  return at != NULL;
}
