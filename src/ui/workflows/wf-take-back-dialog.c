/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back what a workflow created: the preview changes with the period, and says what stays. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-take-back-dialog.h"

#include "wf-plain-text.h"
#include "wf-problem-row.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

/* Of what stays; the rest is counted. */
#define MOST_ROWS 30

struct _WfTakeBackDialog
{
  AdwDialog parent_instance;

  AdwComboRow *period;
  AdwSwitchRow *this_version;
  WfProblemRow *problem;
  AdwActionRow *untouched;
  GtkWidget *take_back;
  AdwPreferencesGroup *touched;

  WfRuntime *runtime;        /* (owned) */
  WfWorkflow *workflow;      /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of the preview under way */
  GPtrArray *rows;           /* (owned) of GtkWidget, unowned: of touched */
  GtkWidget *window;         /* (nullable) weak: where the result is told */
};

G_DEFINE_FINAL_TYPE (WfTakeBackDialog, wf_take_back_dialog, ADW_TYPE_DIALOG)

/* In the order of the combo row. */
static const gint64 periods[] = { G_TIME_SPAN_HOUR, G_TIME_SPAN_DAY, 7 * G_TIME_SPAN_DAY,
                                  30 * G_TIME_SPAN_DAY };

static void
add_row (WfTakeBackDialog *self, const char *title, const char *subtitle)
{
  GtkWidget *row = wf_plain_row_new (title, subtitle);

  adw_preferences_group_add (self->touched, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_touched (WfTakeBackDialog *self, const GPtrArray *touched)
{
  wf_plain_rows_remove (self->rows);
  for (guint i = 0; i < MIN (touched->len, MOST_ROWS); i++)
    {
      const WfActivity *activity = g_ptr_array_index (touched, i);

      add_row (self, activity->title, activity->lead_name);
    }
  if (touched->len > MOST_ROWS)
    {
      guint more = touched->len - MOST_ROWS;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      add_row (self, text, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->touched), touched->len > 0);
}

static void
show_preview (WfTakeBackDialog *self, const WfTakeBack *preview)
{
  guint n = preview->withdrawn->len;
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u untouched activity", "%u untouched activities", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->untouched), text);
  gtk_widget_set_sensitive (self->take_back, n > 0);
  show_touched (self, preview->touched);
}

static void
show_problem (WfTakeBackDialog *self, const char *text)
{
  wf_problem_row_set_text (self->problem, text, GTK_WIDGET (self->period));
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfTakeBackDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfTakeBack) preview =
      wf_runtime_take_back_finish (WF_RUNTIME (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_problem (self, preview == NULL ? error->message : NULL);
  if (preview != NULL)
    show_preview (self, preview);
}

static void
ask (WfTakeBackDialog *self, gboolean preview, GAsyncReadyCallback callback)
{
  WfInstant now = wf_clock_now (wf_runtime_get_clock (self->runtime));
  guint selected = MIN (adw_combo_row_get_selected (self->period), G_N_ELEMENTS (periods) - 1);

  wf_runtime_take_back_async (
      self->runtime, self->workflow->id,
      adw_switch_row_get_active (self->this_version) ? self->workflow->version : 0,
      now - periods[selected], now + 1, preview, preview ? self->cancellable : NULL, callback,
      g_object_ref (self));
}

static void
on_period_changed (WfTakeBackDialog *self)
{
  if (self->runtime == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->take_back, FALSE);
  ask (self, TRUE, on_previewed);
}

/* The person may have closed the dialog meanwhile: the window tells what came of it all the same. */
static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfTakeBackDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfTakeBack) done = wf_runtime_take_back_finish (WF_RUNTIME (source), result, &error);
  gboolean is_open = gtk_widget_get_mapped (GTK_WIDGET (self));
  g_autofree char *text = NULL;

  if (done == NULL && is_open)
    {
      show_problem (self, error->message);
      gtk_widget_set_sensitive (self->take_back, TRUE);
      return;
    }
  text = done != NULL
             ? g_strdup_printf (ngettext ("%u activity was taken back",
                                          "%u activities were taken back", done->withdrawn->len),
                                done->withdrawn->len)
             : g_strdup_printf (_ ("Not taken back: %s"), error->message);
  if (self->window != NULL)
    wf_toast_show (self->window, text);
  if (is_open)
    adw_dialog_close (ADW_DIALOG (self));
}

static void
on_take_back_clicked (WfTakeBackDialog *self)
{
  gtk_widget_set_sensitive (self->take_back, FALSE);
  g_set_weak_pointer (&self->window, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  ask (self, FALSE, on_taken_back);
}

static void
wf_take_back_dialog_dispose (GObject *object)
{
  WfTakeBackDialog *self = WF_TAKE_BACK_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->runtime);
  g_clear_weak_pointer (&self->window);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_TAKE_BACK_DIALOG);
  G_OBJECT_CLASS (wf_take_back_dialog_parent_class)->dispose (object);
}

static void
wf_take_back_dialog_finalize (GObject *object)
{
  WfTakeBackDialog *self = WF_TAKE_BACK_DIALOG (object);

  wf_workflow_unref (self->workflow);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wf_take_back_dialog_parent_class)->finalize (object);
}

static void
wf_take_back_dialog_class_init (WfTakeBackDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_take_back_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_take_back_dialog_finalize;
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "workflows/wf-take-back-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfTakeBackDialog, period);
  gtk_widget_class_bind_template_child (widget_class, WfTakeBackDialog, this_version);
  gtk_widget_class_bind_template_child (widget_class, WfTakeBackDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, WfTakeBackDialog, untouched);
  gtk_widget_class_bind_template_child (widget_class, WfTakeBackDialog, take_back);
  gtk_widget_class_bind_template_child (widget_class, WfTakeBackDialog, touched);
  gtk_widget_class_bind_template_callback (widget_class, on_period_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_take_back_clicked);
}

static void
wf_take_back_dialog_init (WfTakeBackDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* workflow: the published version. */
WfTakeBackDialog *
wf_take_back_dialog_new (WfRuntime *runtime, WfWorkflow *workflow)
{
  WfTakeBackDialog *self = g_object_new (WF_TYPE_TAKE_BACK_DIALOG, NULL);

  self->workflow = wf_workflow_ref (workflow);
  self->runtime = g_object_ref (runtime);
  on_period_changed (self);
  return self;
}
