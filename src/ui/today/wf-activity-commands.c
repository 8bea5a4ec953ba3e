/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with an activity, with a message and a way back. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-commands.h"

#include "wf-approval-question.h"
#include "wf-time-text.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

/* A command under way, and after it what its Undo needs. */
typedef struct _Command Command;
struct _Command
{
  GtkWidget *widget;              /* (owned) */
  WfRuntime *runtime;             /* (owned) */
  WfActivity *activity;           /* (owned) as it was before */
  char *done_text;                /* (owned) (nullable) */
  WfUndoFunc undo;                /* (nullable) gets the command */
  WfCommandCallback failed, done; /* (nullable) */
  WfCommandBegun begun;           /* (nullable) */
};

static Command *
command_new (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity)
{
  Command *command = g_new0 (Command, 1);

  command->widget = g_object_ref (widget);
  command->runtime = g_object_ref (runtime);
  command->activity = wf_activity_ref (activity);
  return command;
}

static void
command_free (gpointer data)
{
  Command *command = data;

  g_object_unref (command->widget);
  g_object_unref (command->runtime);
  wf_activity_unref (command->activity);
  g_free (command->done_text);
  g_free (command);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Command, command_free)

static gboolean
is_alive (const Command *command)
{
  return gtk_widget_get_root (command->widget) != NULL;
}

static void
say_failure (const Command *command, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !is_alive (command))
    return;
  wf_toast_show (command->widget, error->message);
  if (command->failed != NULL)
    command->failed (command->widget);
}

static void
on_command_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    {
      say_failure (command, error);
      return;
    }
  if (command->done != NULL && is_alive (command))
    command->done (command->widget);
  if (command->undo != NULL)
    {
      WfUndoFunc undo = command->undo;
      g_autofree char *text = g_strdup (command->done_text);
      GtkWidget *widget = command->widget;
      wf_toast_show_undo (widget, text, undo, g_steal_pointer (&command), command_free);
    }
  else if (command->done_text != NULL)
    wf_toast_show (command->widget, command->done_text);
}

/* Undo of complete and of no longer needed. */
static void
undo_by_reopening (gpointer data)
{
  const Command *done = data;
  Command *command = command_new (done->widget, done->runtime, done->activity);

  wf_runtime_reopen_async (command->runtime, command->activity->id, NULL, on_command_done, command);
}

static void
undo_reschedule (gpointer data)
{
  const Command *done = data;
  Command *command = command_new (done->widget, done->runtime, done->activity);

  wf_runtime_reschedule_async (command->runtime, command->activity->id, command->activity->due,
                               _ ("Undone"), NULL, on_command_done, command);
}

static void
undo_reassign (gpointer data)
{
  const Command *done = data;
  Command *command = command_new (done->widget, done->runtime, done->activity);

  wf_runtime_reassign_async (command->runtime, command->activity->id, command->activity->person,
                             NULL, on_command_done, command);
}

/* Takes the command over. */
static void
complete (Command *command, const char *outcome)
{
  g_autoptr (WfActivity) activity = wf_activity_ref (command->activity);
  g_autoptr (GtkWidget) widget = g_object_ref (command->widget);
  WfCommandBegun begun = is_alive (command) ? command->begun : NULL;

  wf_runtime_complete_async (command->runtime, activity->id, outcome, NULL, on_command_done,
                             command);
  if (begun != NULL)
    begun (widget, activity);
}

static void
on_approval_answered (const char *outcome, gpointer data)
{
  const Command *asked = data;
  gboolean approved = g_strcmp0 (outcome, WF_OUTCOME_APPROVED) == 0;

  if (outcome == NULL)
    {
      if (asked->failed != NULL && is_alive (asked))
        asked->failed (asked->widget);
      return;
    }
  Command *command = command_new (asked->widget, asked->runtime, asked->activity);
  command->done_text = g_strdup_printf (approved ? _ ("Approved “%s”") : _ ("Rejected “%s”"),
                                        asked->activity->title);
  command->begun = asked->begun;
  command->failed = asked->failed;
  complete (command, outcome);
}

void
wf_activity_command_complete (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                              WfCommandBegun begun, WfCommandCallback failed)
{
  Command *command = command_new (widget, runtime, activity);

  command->begun = begun;
  command->failed = failed;
  if (activity->kind == WF_ACTIVITY_APPROVAL)
    {
      wf_approval_ask (widget, activity, on_approval_answered, command, command_free);
      return;
    }
  command->done_text = g_strdup_printf (_ ("Completed “%s”"), activity->title);
  command->undo = undo_by_reopening;
  complete (command, NULL);
}

void
wf_activity_command_dismiss (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                             WfCommandCallback failed)
{
  Command *command = command_new (widget, runtime, activity);

  command->done_text = g_strdup_printf (_ ("“%s” is no longer needed"), activity->title);
  command->undo = undo_by_reopening;
  command->failed = failed;
  wf_runtime_dismiss_async (runtime, activity->id, NULL, NULL, on_command_done, command);
}

static void
on_snoozed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  WfInstant at = wf_runtime_snooze_finish (WF_RUNTIME (object), result, &error);

  if (error != NULL)
    {
      say_failure (command, error);
      return;
    }
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when =
      wf_time_text_day_and_time (at, wf_clock_now (wf_runtime_get_clock (command->runtime)), zone);
  /* Translators: %s is a day and time: "Today, 15:30" */
  g_autofree char *text = g_strdup_printf (_ ("Reminds you again: %s"), when);
  wf_toast_show (command->widget, text);
}

void
wf_activity_command_snooze (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                            WfSnooze snooze)
{
  wf_runtime_snooze_async (runtime, activity->id, snooze, NULL, on_snoozed,
                           command_new (widget, runtime, activity));
}

void
wf_activity_command_reschedule (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                WfInstant due, const char *reason)
{
  Command *command = command_new (widget, runtime, activity);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when =
      wf_time_text_day_and_time (due, wf_clock_now (wf_runtime_get_clock (runtime)), zone);

  /* Translators: %s is a day and time: "Tomorrow, 09:20" */
  command->done_text = g_strdup_printf (_ ("New deadline: %s"), when);
  command->undo = undo_reschedule;
  wf_runtime_reschedule_async (runtime, activity->id, due, reason, NULL, on_command_done, command);
}

void
wf_activity_command_reassign (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                              const char *person)
{
  Command *command = command_new (widget, runtime, activity);
  const WfOrganisation *organisation = wf_runtime_get_organisation (runtime);

  if (g_strcmp0 (person, wf_runtime_get_person (runtime)) == 0)
    command->done_text = g_strdup (_ ("The activity is yours now"));
  else
    command->done_text =
        g_strdup_printf (_ ("Given to %s"), wf_organisation_get_person_name (organisation, person));
  command->undo = activity->person != NULL ? undo_reassign
                                           : NULL; /* nobody can give it back to the queue */
  wf_runtime_reassign_async (runtime, activity->id, person, NULL, on_command_done, command);
}

void
wf_activity_command_start_workflow (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                    const char *workflow, const char *name)
{
  Command *command = command_new (widget, runtime, activity);

  command->done_text =
      activity->lead_name != NULL
          /* Translators: a workflow and a lead */
          ? g_strdup_printf (_ ("Started “%1$s” for %2$s"), name, activity->lead_name)
          : g_strdup_printf (_ ("Started “%s”"), name);
  wf_runtime_start_workflow_async (runtime, workflow, activity->lead, NULL, on_command_done,
                                   command);
}

void
wf_activity_command_comment (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                             const char *text, WfCommandCallback done)
{
  Command *command = command_new (widget, runtime, activity);

  command->done_text = g_strdup (_ ("Comment added"));
  command->done = done;
  wf_runtime_comment_async (runtime, activity->id, text, NULL, on_command_done, command);
}
