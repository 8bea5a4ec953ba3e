/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with activities, with a message and a way back. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-commands.h"

#include "wf-activity-batch.h"
#include "wf-approval-question.h"
#include "wf-outcome-dialog.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

static GPtrArray *
list_one (WfActivity *activity)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);

  g_ptr_array_add (list, wf_activity_ref (activity));
  return list;
}

void
wf_activities_command_change (GtkWidget *widget, WfRuntime *runtime, GPtrArray *activities,
                              const WfBulkChange *change, WfCommandCallback failed)
{
  WfActivityBatch *batch = wf_activity_batch_new (widget, runtime);

  wf_activity_batch_set_callbacks (batch, NULL, failed);
  wf_activity_batch_add (batch, activities, change, NULL);
  wf_activity_batch_run (batch);
}

static void
change_one (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity, const WfBulkChange *change,
            WfCommandCallback failed)
{
  g_autoptr (GPtrArray) one = list_one (activity);

  wf_activities_command_change (widget, runtime, one, change, failed);
}

/* ---- complete ---------------------------------------------------------------------------------- */

/* What is asked before anything is done: an outcome for each type that has some. Without one of the answers nothing is done. */
typedef struct
{
  GtkWidget *widget;      /* (owned) */
  WfRuntime *runtime;     /* (owned) */
  WfActivityBatch *batch; /* (owned) (nullable) once it runs */
  GPtrArray *asked; /* (owned) of GPtrArray of WfActivity of one type each, the next one last */
} Completion;

static void ask_next (Completion *self);

static void
completion_free (gpointer data)
{
  Completion *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->runtime);
  g_clear_pointer (&self->batch, wf_activity_batch_free);
  g_ptr_array_unref (self->asked);
  g_free (self);
}

static void
on_outcome_chosen (const char *outcome, const char *note, gpointer user_data)
{
  Completion *self = user_data;
  const WfBulkChange change = { .kind = WF_BULK_COMPLETE, .text = outcome };

  if (outcome == NULL)
    {
      wf_activity_batch_give_up (g_steal_pointer (&self->batch));
      completion_free (self);
      return;
    }
  g_autoptr (GPtrArray) answered = g_ptr_array_steal_index (self->asked, self->asked->len - 1);
  wf_activity_batch_add (self->batch, answered, &change, note);
  ask_next (self);
}

static char *
describe (GPtrArray *activities)
{
  const WfActivity *first = activities->pdata[0];

  if (activities->len > 1)
    /* Translators: an activity's title, or that of the first of several, and how many there are */
    return g_strdup_printf ("%s · %u", first->title, activities->len);
  return first->lead_name != NULL ? g_strdup_printf ("%s · %s", first->title, first->lead_name)
                                  : g_strdup (first->title);
}

static void
ask_next (Completion *self)
{
  if (self->asked->len == 0)
    {
      wf_activity_batch_run (g_steal_pointer (&self->batch));
      completion_free (self);
      return;
    }
  GPtrArray *next = self->asked->pdata[self->asked->len - 1];
  g_autofree char *about = describe (next);
  wf_outcome_ask (self->widget, wf_runtime_get_organisation (self->runtime),
                  ((const WfActivity *) next->pdata[0])->type, about, on_outcome_chosen, self,
                  NULL);
}

/* Divides them: those that are done at once, those of each type that is asked about, and approvals. */
static void
sort_out (Completion *self, GPtrArray *activities)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const WfBulkChange plain = { .kind = WF_BULK_COMPLETE };
  g_autoptr (GPtrArray) at_once = g_ptr_array_new ();
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < activities->len; i++)
    {
      WfActivity *activity = activities->pdata[i];
      if (activity->kind == WF_ACTIVITY_APPROVAL)
        wf_activity_batch_leave (self->batch, activity, _ ("Approvals are answered one by one."));
      else if (!wf_outcome_is_asked (organisation, activity->type))
        g_ptr_array_add (at_once, activity);
      else
        {
          GPtrArray *same = g_hash_table_lookup (types, activity->type);
          if (same == NULL)
            {
              same = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
              g_hash_table_insert (types, activity->type, same);
              g_ptr_array_insert (self->asked, 0, same);
            }
          g_ptr_array_add (same, wf_activity_ref (activity));
        }
    }
  if (at_once->len > 0)
    wf_activity_batch_add (self->batch, at_once, &plain, NULL);
}

void
wf_activities_command_complete (GtkWidget *widget, WfRuntime *runtime, GPtrArray *activities,
                                WfCommandBegun begun, WfCommandCallback failed)
{
  Completion *self = g_new0 (Completion, 1);

  self->widget = g_object_ref (widget);
  self->runtime = g_object_ref (runtime);
  self->asked = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->batch = wf_activity_batch_new (widget, runtime);
  wf_activity_batch_set_callbacks (self->batch, begun, failed);
  sort_out (self, activities);
  ask_next (self);
}

/* An approval that waits for its answer. */
typedef struct
{
  WfActivityBatch *batch; /* (owned) (nullable) once it runs */
  WfActivity *activity;   /* (owned) */
} Approval;

static void
approval_free (gpointer data)
{
  Approval *self = data;

  g_clear_pointer (&self->batch, wf_activity_batch_free);
  wf_activity_unref (self->activity);
  g_free (self);
}

static void
on_approval_answered (const char *outcome, gpointer data)
{
  Approval *self = data;
  const WfBulkChange change = { .kind = WF_BULK_COMPLETE, .text = outcome };
  g_autoptr (GPtrArray) one = list_one (self->activity);

  if (outcome == NULL)
    {
      wf_activity_batch_give_up (g_steal_pointer (&self->batch));
      return;
    }
  wf_activity_batch_add (self->batch, one, &change, NULL);
  wf_activity_batch_set_final (self->batch);
  wf_activity_batch_run (g_steal_pointer (&self->batch));
}

static void
ask_for_approval (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity, WfCommandBegun begun,
                  WfCommandCallback failed)
{
  Approval *self = g_new0 (Approval, 1);

  self->activity = wf_activity_ref (activity);
  self->batch = wf_activity_batch_new (widget, runtime);
  wf_activity_batch_set_callbacks (self->batch, begun, failed);
  wf_approval_ask (widget, activity, on_approval_answered, self, approval_free);
}

void
wf_activity_command_complete (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                              WfCommandBegun begun, WfCommandCallback failed)
{
  g_autoptr (GPtrArray) one = list_one (activity);

  if (activity->kind == WF_ACTIVITY_APPROVAL)
    ask_for_approval (widget, runtime, activity, begun, failed);
  else
    wf_activities_command_complete (widget, runtime, one, begun, failed);
}

/* ---- the others -------------------------------------------------------------------------------- */

void
wf_activity_command_dismiss (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                             WfCommandCallback failed)
{
  change_one (widget, runtime, activity, &(WfBulkChange) { .kind = WF_BULK_DISMISS }, failed);
}

void
wf_activity_command_snooze (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                            WfSnooze snooze)
{
  change_one (widget, runtime, activity,
              &(WfBulkChange) { .kind = WF_BULK_SNOOZE, .snooze = snooze }, NULL);
}

void
wf_activity_command_reschedule (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                WfInstant due, const char *reason)
{
  change_one (widget, runtime, activity,
              &(WfBulkChange) { .kind = WF_BULK_RESCHEDULE, .due = due, .text = reason }, NULL);
}

void
wf_activity_command_reassign (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                              const char *person)
{
  change_one (widget, runtime, activity,
              &(WfBulkChange) { .kind = WF_BULK_REASSIGN, .person = person }, NULL);
}

void
wf_activity_command_reopen (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                            WfCommandCallback failed)
{
  change_one (widget, runtime, activity, &(WfBulkChange) { .kind = WF_BULK_REOPEN }, failed);
}

/* ---- without a way back ------------------------------------------------------------------------ */

/* A command that adds something, and what is said about it. */
typedef struct
{
  GtkWidget *widget;    /* (owned) */
  WfActivity *activity; /* (owned) */
  char *text;           /* (owned) */
  WfCommandBegun done;  /* (nullable) */
} Addition;

static void
addition_free (Addition *self)
{
  g_object_unref (self->widget);
  wf_activity_unref (self->activity);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Addition, addition_free)

static void
on_added (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Addition) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = wf_runtime_command_finish (WF_RUNTIME (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      gtk_widget_get_root (self->widget) == NULL)
    return;
  if (done && self->done != NULL)
    self->done (self->widget, self->activity);
  wf_toast_show (self->widget, done ? self->text : error->message);
}

static Addition *
addition_new (GtkWidget *widget, WfActivity *activity, char *text)
{
  Addition *self = g_new0 (Addition, 1);

  self->widget = g_object_ref (widget);
  self->activity = wf_activity_ref (activity);
  self->text = text;
  return self;
}

void
wf_activity_command_start_workflow (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                                    const char *workflow, const char *name)
{
  char *text = activity->lead_name != NULL
                   /* Translators: a workflow and a lead */
                   ? g_strdup_printf (_ ("Started “%1$s” for %2$s"), name, activity->lead_name)
                   : g_strdup_printf (_ ("Started “%s”"), name);

  wf_runtime_start_workflow_async (runtime, workflow, activity->lead, NULL, on_added,
                                   addition_new (widget, activity, text));
}

void
wf_activity_command_comment (GtkWidget *widget, WfRuntime *runtime, WfActivity *activity,
                             const char *text, WfCommandBegun done)
{
  Addition *addition = addition_new (widget, activity, g_strdup (_ ("Comment added")));

  addition->done = done;
  wf_runtime_comment_async (runtime, activity->id, text, NULL, on_added, addition);
}
