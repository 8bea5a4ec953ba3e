/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The edge-case bench in the window.
 *
 * The bench is pure and works on immutable values, so it runs in a thread of its own. It cannot be
 * stopped in the middle: who cancels is answered at once, and what the thread finds later is
 * dropped. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-edge-bench-dialog.h"

#include "wf-edge-case-row.h"
#include "wf-plain-text.h"
#include "wf-replay-text.h"
#include "wf-save-file.h"

#include <glib/gi18n-lib.h>

struct _WfEdgeBenchDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  GtkWidget *again;
  AdwPreferencesGroup *cases;

  WfWorkflow *workflow;         /* (owned) */
  WfOrganisation *organisation; /* (owned) */
  WfClock *clock;               /* (owned) */
  GCancellable *cancellable;    /* (owned) (nullable) while it runs */
  GPtrArray *found;             /* (owned) (nullable) of WfEdgeCase */
  GPtrArray *rows;              /* (owned) of GtkWidget, unowned */
};

G_DEFINE_FINAL_TYPE (WfEdgeBenchDialog, wf_edge_bench_dialog, ADW_TYPE_DIALOG)

/* -- thread ------------------------------------------------------------------------------------ */

typedef struct
{
  WfWorkflow *workflow;         /* (owned) */
  WfOrganisation *organisation; /* (owned) */
  WfInstant now;
} Job;

static void
job_free (Job *self)
{
  wf_workflow_unref (self->workflow);
  wf_organisation_unref (self->organisation);
  g_free (self);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;

  g_task_return_pointer (task, wf_edge_bench_run (job->organisation, job->workflow, job->now),
                         (GDestroyNotify) g_ptr_array_unref);
}

/* -- cases ------------------------------------------------------------------------------------- */

static GTimeZone *
get_zone (WfEdgeBenchDialog *self)
{
  return wf_working_hours_get_zone (wf_organisation_get_hours (self->organisation));
}

/* Broken rules first, then what should be looked at. */
static int
get_rank (const WfEdgeCase *edge)
{
  if (edge->failed)
    return 0;
  return edge->remarks->len > 0 ? 1 : 2;
}

static int
compare_cases (gconstpointer a, gconstpointer b)
{
  return get_rank (a) - get_rank (b);
}

static void
show_cases (WfEdgeBenchDialog *self)
{
  wf_plain_rows_remove (self->rows);
  for (guint i = 0; i < self->found->len; i++)
    {
      WfEdgeCaseRow *row = wf_edge_case_row_new (g_ptr_array_index (self->found, i), self->workflow,
                                                 self->organisation, get_zone (self));

      adw_preferences_group_add (self->cases, GTK_WIDGET (row));
      g_ptr_array_add (self->rows, row);
    }
  gtk_stack_set_visible_child_name (self->stack, "cases");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.export", TRUE);
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WfEdgeBenchDialog *self = WF_EDGE_BENCH_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), &error);

  if (found == NULL)
    return; /* only a cancellation can be the reason, and whoever cancelled has shown it */
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_steal_pointer (&found);
  g_ptr_array_sort_values (self->found, compare_cases);
  show_cases (self);
}

static void
start (WfEdgeBenchDialog *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  self->cancellable = g_cancellable_new ();
  job->workflow = wf_workflow_ref (self->workflow);
  job->organisation = wf_organisation_ref (self->organisation);
  job->now = wf_clock_now (self->clock);
  gtk_stack_set_visible_child_name (self->stack, "working");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bench.export", FALSE);
  task = g_task_new (self, self->cancellable, on_worked, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, work);
}

static void
stop (WfEdgeBenchDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_cancel_clicked (WfEdgeBenchDialog *self)
{
  stop (self);
  gtk_stack_set_visible_child_name (self->stack, "cancelled");
  gtk_widget_grab_focus (self->again);
}

static void
on_again_clicked (WfEdgeBenchDialog *self)
{
  start (self);
}

/* -- export ------------------------------------------------------------------------------------ */

static void
append_case (WfEdgeBenchDialog *self, GString *text, const WfEdgeCase *edge)
{
  g_string_append_printf (text, "%s\n%s\n", edge->text, wf_edge_case_to_verdict (edge));
  for (guint i = 0; i < edge->remarks->len; i++)
    g_string_append_printf (text, "! %s\n", (const char *) g_ptr_array_index (edge->remarks, i));
  for (guint i = 0; i < edge->lines->len; i++)
    {
      g_autofree char *line = wf_replay_text_line (
          g_ptr_array_index (edge->lines, i), self->workflow, self->organisation, get_zone (self));

      g_string_append_printf (text, "  %s\n", line);
    }
  g_string_append_c (text, '\n');
}

static GBytes *
make_report (gpointer data)
{
  WfEdgeBenchDialog *self = data;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n\n", self->workflow->name);
  for (guint i = 0; i < self->found->len; i++)
    append_case (self, text, g_ptr_array_index (self->found, i));
  return g_string_free_to_bytes (text);
}

static void
say (gpointer data, const char *text)
{
  WfEdgeBenchDialog *self = data;
  GtkWidget *overlay = self->stack != NULL ? gtk_widget_get_ancestor (GTK_WIDGET (self->stack),
                                                                      ADW_TYPE_TOAST_OVERLAY)
                                           : NULL;
  AdwToast *toast;

  if (overlay == NULL)
    return; /* closed meanwhile */
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* Translators: name of a file */
  wf_save_file (widget, _ ("Save the Edge Cases"), _ ("edge-cases.txt"), _ ("Saved"), make_report,
                say, g_object_ref (widget), g_object_unref);
}

/* -- object ------------------------------------------------------------------------------------ */

static void
wf_edge_bench_dialog_dispose (GObject *object)
{
  stop (WF_EDGE_BENCH_DIALOG (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_EDGE_BENCH_DIALOG);
  G_OBJECT_CLASS (wf_edge_bench_dialog_parent_class)->dispose (object);
}

static void
wf_edge_bench_dialog_finalize (GObject *object)
{
  WfEdgeBenchDialog *self = WF_EDGE_BENCH_DIALOG (object);

  g_clear_pointer (&self->workflow, wf_workflow_unref);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wf_edge_bench_dialog_parent_class)->finalize (object);
}

static void
wf_edge_bench_dialog_class_init (WfEdgeBenchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_edge_bench_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_edge_bench_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "bench.export", NULL, export_action);
  gtk_widget_class_set_template_from_resource (widget_class, WF_UI_RESOURCES
                                               "builder/try/wf-edge-bench-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfEdgeBenchDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WfEdgeBenchDialog, again);
  gtk_widget_class_bind_template_child (widget_class, WfEdgeBenchDialog, cases);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
}

static void
wf_edge_bench_dialog_init (WfEdgeBenchDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "closed", G_CALLBACK (stop), NULL);
}

/**
 * wf_edge_bench_dialog_new:
 * @context: of the builder
 *
 * Returns: (transfer floating): the dialog; it begins at once with the workflow as it is now
 */
WfEdgeBenchDialog *
wf_edge_bench_dialog_new (WfBuilderContext *context)
{
  WfEdgeBenchDialog *self = g_object_new (WF_TYPE_EDGE_BENCH_DIALOG, NULL);
  WfOrganisation *organisation = wf_builder_context_get_organisation (context);

  self->workflow = wf_workflow_ref (wf_builder_context_get_workflow (context));
  self->organisation = organisation != NULL ? wf_organisation_ref (organisation)
                                            : wf_organisation_new_empty ();
  self->clock = g_object_ref (wf_builder_context_get_clock (context));
  start (self);
  return self;
}
