/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edited workflow would change for whom: a period is chosen, and the difference is shown by
 * person, type and day. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-compare-dialog.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

struct _WfCompareDialog
{
  AdwDialog parent_instance;

  GtkWidget *period_group;
  AdwComboRow *period;
  GtkWidget *trial_group;
  AdwActionRow *trial_row;
  GtkStack *stack;
  AdwStatusPage *error;
  AdwActionRow *sentence;
  AdwPreferencesGroup *changes;
  AdwPreferencesGroup *people;
  AdwPreferencesGroup *types;
  AdwPreferencesGroup *days;
  AdwPreferencesGroup *effects;

  WfRuntime *runtime;        /* (owned) */
  WfWorkflow *edited;        /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of the replay under way */
  GPtrArray *rows;           /* (owned) of GtkWidget, unowned */
};

G_DEFINE_FINAL_TYPE (WfCompareDialog, wf_compare_dialog, ADW_TYPE_DIALOG)

/* In the order of the combo row. */
static const int period_days[] = { 7, 30, 91 };

static GtkWidget *
add_row (WfCompareDialog *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_figure (WfCompareDialog *self, AdwPreferencesGroup *group, const WfCompareFigure *figure)
{
  gint64 difference = (gint64) figure->after - figure->before;
  /* Translators: numbers of activities before and after a change */
  g_autofree char *numbers =
      g_strdup_printf (_ ("%1$u before, %2$u after"), figure->before, figure->after);
  g_autofree char *by =
      g_strdup_printf (difference > 0 ? "+%" G_GINT64_FORMAT : "%" G_GINT64_FORMAT, difference);
  GtkWidget *label = gtk_label_new (by);
  GtkWidget *row = add_row (self, group, figure->name);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), numbers);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static void
add_figures (WfCompareDialog *self, AdwPreferencesGroup *group, const GPtrArray *figures)
{
  guint n = 0;

  for (guint i = 0; i < figures->len; i++)
    {
      const WfCompareFigure *figure = g_ptr_array_index (figures, i);

      if (figure->before == figure->after)
        continue;
      add_figure (self, group, figure);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (group), n > 0);
}

static void
remove_rows (WfCompareDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
show_result (WfCompareDialog *self, const WfCompareResult *result)
{
  g_autofree char *text = wf_compare_result_to_sentence (result);
  g_autofree char *events = g_strdup_printf (
      ngettext ("%u event was replayed.", "%u events were replayed.", result->n_events),
      result->n_events);

  remove_rows (self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sentence), text);
  adw_action_row_set_subtitle (self->sentence, events);
  for (guint i = 0; i < result->sentences->len; i++)
    add_row (self, self->changes, g_ptr_array_index (result->sentences, i));
  gtk_widget_set_visible (GTK_WIDGET (self->changes), result->sentences->len > 0);
  add_figures (self, self->people, result->people);
  add_figures (self, self->types, result->types);
  add_figures (self, self->days, result->days);
  add_figures (self, self->effects, result->effects);
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
show_error (WfCompareDialog *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  adw_status_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
on_compared (GObject *source, GAsyncResult *answer, gpointer user_data)
{
  g_autoptr (WfCompareDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCompareResult) result =
      wf_runtime_compare_finish (WF_RUNTIME (source), answer, &error);

  if (result != NULL)
    {
      show_result (self, result);
      return;
    }
  show_error (self, error);
}

static void
on_period_changed (WfCompareDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->period);
  WfInstant now;

  if (self->runtime == NULL || selected >= G_N_ELEMENTS (period_days))
    return;
  now = wf_clock_now (wf_runtime_get_clock (self->runtime));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "working");
  wf_runtime_compare_async (self->runtime, self->edited,
                            now - period_days[selected] * G_TIME_SPAN_DAY, now, self->cancellable,
                            on_compared, g_object_ref (self));
}

/* -- a trial ----------------------------------------------------------------------------------- */

static void
show_trial (WfCompareDialog *self, const WfTrial *trial)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *began = wf_time_text_full (trial->began, zone);
  g_autofree char *until = wf_time_text_full (trial->until, zone);
  g_autofree char *title = g_strdup_printf (_ ("Since %s"), began);
  g_autofree char *subtitle = g_strdup_printf (_ ("Until %s"), until);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trial_row), title);
  adw_action_row_set_subtitle (self->trial_row, subtitle);
  gtk_widget_set_visible (self->trial_group, TRUE);
  show_result (self, trial->result);
}

static void
on_trial_read (GObject *source, GAsyncResult *answer, gpointer user_data)
{
  g_autoptr (WfCompareDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfTrial) trial = wf_runtime_get_trial_finish (WF_RUNTIME (source), answer, &error);

  if (trial != NULL)
    show_trial (self, trial);
  else if (error != NULL)
    show_error (self, error);
  else
    gtk_stack_set_visible_child_name (self->stack, "no-trial");
}

static void
read_trial (WfCompareDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "working");
  wf_runtime_get_trial_async (self->runtime, self->edited->id, self->cancellable, on_trial_read,
                              g_object_ref (self));
}

static void
on_trial_changed (GObject *source, GAsyncResult *answer, gpointer user_data)
{
  g_autoptr (WfCompareDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (source), answer, &error))
    show_error (self, error);
  else if (self->runtime != NULL)
    read_trial (self);
}

static void
on_start_clicked (WfCompareDialog *self)
{
  wf_runtime_start_trial_async (self->runtime, self->edited, WF_INSTANT_NONE, NULL,
                                on_trial_changed, g_object_ref (self));
}

static void
on_stop_clicked (WfCompareDialog *self)
{
  gtk_widget_set_visible (self->trial_group, FALSE);
  wf_runtime_stop_trial_async (self->runtime, self->edited->id, NULL, on_trial_changed,
                               g_object_ref (self));
}

/* Nobody looks any more: the replay need not go on. */
static void
on_closed (WfCompareDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
wf_compare_dialog_dispose (GObject *object)
{
  WfCompareDialog *self = WF_COMPARE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->runtime);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_COMPARE_DIALOG);
  G_OBJECT_CLASS (wf_compare_dialog_parent_class)->dispose (object);
}

static void
wf_compare_dialog_finalize (GObject *object)
{
  WfCompareDialog *self = WF_COMPARE_DIALOG (object);

  wf_workflow_unref (self->edited);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wf_compare_dialog_parent_class)->finalize (object);
}

static void
wf_compare_dialog_class_init (WfCompareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_compare_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_compare_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/try/wf-compare-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, period_group);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, period);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, trial_group);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, trial_row);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, error);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, sentence);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, changes);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, people);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, types);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, days);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, effects);
  gtk_widget_class_bind_template_callback (widget_class, on_period_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
}

static void
wf_compare_dialog_init (WfCompareDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "closed", G_CALLBACK (on_closed), NULL);
}

/* edited: compared with the version that is live, or with nothing. */
WfCompareDialog *
wf_compare_dialog_new (WfRuntime *runtime, WfWorkflow *edited)
{
  WfCompareDialog *self = g_object_new (WF_TYPE_COMPARE_DIALOG, NULL);

  self->runtime = g_object_ref (runtime);
  self->edited = wf_workflow_ref (edited);
  on_period_changed (self);
  return self;
}

WfCompareDialog *
wf_compare_dialog_new_for_trial (WfRuntime *runtime, WfWorkflow *edited)
{
  WfCompareDialog *self = g_object_new (WF_TYPE_COMPARE_DIALOG, NULL);

  self->edited = wf_workflow_ref (edited);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->period_group, FALSE);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Try Beside Live"));
  self->runtime = g_object_ref (runtime);
  read_trial (self);
  return self;
}
