/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edited workflow would change for whom: a period is chosen, and the difference is shown by
 * person, type and day. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-compare-dialog.h"

#include "wf-compare-text.h"
#include "wf-date-time-row.h"
#include "wf-difference-chart.h"
#include "wf-plain-text.h"
#include "wf-problem-row.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

/* The chart shows no more than these; the list has all of them. */
#define MOST_BARS 24

struct _WfCompareDialog
{
  AdwDialog parent_instance;

  GtkWidget *period_group;
  AdwComboRow *period;
  WfDateTimeRow *from;
  WfDateTimeRow *until;
  WfProblemRow *period_problem;
  GtkWidget *trial_group;
  AdwActionRow *trial_row;
  GtkStack *stack;
  AdwStatusPage *error;
  GtkWidget *cancel;
  GtkWidget *again;
  AdwActionRow *sentence;
  AdwPreferencesGroup *changes;
  AdwToggleGroup *by;
  GtkLabel *chart_note;
  WfDifferenceChart *chart;
  AdwPreferencesGroup *figures;
  AdwPreferencesGroup *effects;
  GtkWidget *publish;

  WfRuntime *runtime;        /* (owned) */
  WfWorkflow *edited;        /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of the replay under way */
  GPtrArray *rows;           /* (owned) of GtkWidget, unowned: of changes and effects */
  GPtrArray *figure_rows;    /* (owned) of GtkWidget, unowned: of figures */
  WfCompareResult *result;   /* (owned) (nullable) */
};

enum
{
  PUBLISH,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfCompareDialog, wf_compare_dialog, ADW_TYPE_DIALOG)

/* In the order of the combo row; the last is chosen by the person. */
static const int period_days[] = { 7, 30, 91 };

/* -- result ------------------------------------------------------------------------------------ */

static GtkWidget *
add_row (GPtrArray *rows, AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = wf_plain_row_new (title, subtitle);

  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
  return row;
}

static void
add_figure (GPtrArray *rows, AdwPreferencesGroup *group, const WfCompareFigure *figure,
            WfCompareBy by)
{
  gint64 difference = (gint64) figure->after - figure->before;
  g_autofree char *name = wf_compare_text_name (figure, by);
  /* Translators: numbers of activities before and after a change */
  g_autofree char *numbers =
      g_strdup_printf (_ ("%1$u before, %2$u after"), figure->before, figure->after);
  g_autofree char *text =
      g_strdup_printf ("%s%" G_GINT64_FORMAT, difference > 0 ? "+" : "−", ABS (difference));
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = add_row (rows, group, name, numbers);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static void
add_figures (WfCompareDialog *self, GPtrArray *rows, AdwPreferencesGroup *group, WfCompareBy by)
{
  const GPtrArray *all = wf_compare_text_get_figures (self->result, by);
  g_autoptr (GPtrArray) figures = wf_compare_text_choose (all, G_MAXUINT);

  for (guint i = 0; i < figures->len; i++)
    add_figure (rows, group, g_ptr_array_index (figures, i), by);
  gtk_widget_set_visible (GTK_WIDGET (group), figures->len > 0);
}

static void
fill_chart (WfCompareDialog *self, const GPtrArray *figures, WfCompareBy by)
{
  g_autofree WfDifferenceEntry *entries = g_new0 (WfDifferenceEntry, figures->len + 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < figures->len; i++)
    {
      const WfCompareFigure *figure = g_ptr_array_index (figures, i);
      char *name = wf_compare_text_name (figure, by);

      g_ptr_array_add (names, name);
      entries[i] = (WfDifferenceEntry) { name, figure->before, figure->after };
    }
  wf_difference_chart_set_entries (self->chart, entries, figures->len,
                                   _ ("Activities before and after"));
  gtk_widget_set_visible (GTK_WIDGET (self->chart), figures->len > 0);
}

static void
note_chart (WfCompareDialog *self, guint n_shown, guint n_all)
{
  g_autofree char *text = NULL;

  if (n_all == 0)
    gtk_label_set_text (self->chart_note, _ ("As many as before."));
  else if (n_shown < n_all)
    {
      text =
          g_strdup_printf (ngettext ("The %u that differs most; the list has all of them.",
                                     "The %u that differ most; the list has all of them.", n_shown),
                           n_shown);
      gtk_label_set_text (self->chart_note, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chart_note), n_all == 0 || n_shown < n_all);
}

static void
on_by_changed (WfCompareDialog *self)
{
  WfCompareBy by = (WfCompareBy) adw_toggle_group_get_active (self->by);
  g_autoptr (GPtrArray) shown = NULL, all = NULL;

  if (self->result == NULL || by > WF_COMPARE_BY_TYPE)
    return;
  all = wf_compare_text_choose (wf_compare_text_get_figures (self->result, by), G_MAXUINT);
  shown = wf_compare_text_choose (all, MOST_BARS);
  fill_chart (self, shown, by);
  note_chart (self, shown->len, all->len);
  wf_plain_rows_remove (self->figure_rows);
  add_figures (self, self->figure_rows, self->figures, by);
}

/* result: taken. */
static void
show_result (WfCompareDialog *self, WfCompareResult *result)
{
  g_autofree char *text = wf_compare_result_to_sentence (result);
  g_autofree char *events = g_strdup_printf (
      ngettext ("%u event was replayed.", "%u events were replayed.", result->n_events),
      result->n_events);

  g_clear_pointer (&self->result, wf_compare_result_free);
  self->result = result;
  wf_plain_rows_remove (self->rows);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sentence), text);
  adw_action_row_set_subtitle (self->sentence, events);
  for (guint i = 0; i < result->sentences->len; i++)
    add_row (self->rows, self->changes, g_ptr_array_index (result->sentences, i), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->changes), result->sentences->len > 0);
  on_by_changed (self);
  add_figures (self, self->rows, self->effects, WF_COMPARE_BY_EFFECT);
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
show_error (WfCompareDialog *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  wf_plain_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* -- past events ------------------------------------------------------------------------------- */

static void
on_compared (GObject *source, GAsyncResult *answer, gpointer user_data)
{
  g_autoptr (WfCompareDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  WfCompareResult *result = wf_runtime_compare_finish (WF_RUNTIME (source), answer, &error);

  if (result != NULL)
    show_result (self, result);
  else
    show_error (self, error);
}

static WfInstant
get_now (WfCompareDialog *self)
{
  return wf_clock_now (wf_runtime_get_clock (self->runtime));
}

static void
forget_replay (WfCompareDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
compare (WfCompareDialog *self, WfInstant from, WfInstant until)
{
  forget_replay (self);
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "working");
  wf_runtime_compare_async (self->runtime, self->edited, from, until, self->cancellable,
                            on_compared, g_object_ref (self));
}

static gboolean
is_custom (WfCompareDialog *self)
{
  return adw_combo_row_get_selected (self->period) == G_N_ELEMENTS (period_days);
}

static const char *
find_period_problem (WfCompareDialog *self, WfInstant *from, WfInstant *until)
{
  if (!wf_date_time_row_get_instant (self->from, from) ||
      !wf_date_time_row_get_instant (self->until, until) || *from == WF_INSTANT_NONE ||
      *until == WF_INSTANT_NONE)
    return _ ("Write both dates as 2026-11-20 17:50.");
  return *from < *until ? NULL : _ ("The period must end after it begins.");
}

static void
on_custom_chosen (WfCompareDialog *self)
{
  WfInstant from, until;
  const char *problem = find_period_problem (self, &from, &until);

  wf_problem_row_set_text (self->period_problem, problem, GTK_WIDGET (self->until));
  if (problem == NULL)
    compare (self, from, until);
}

/* What is shown is no longer what is asked for. */
static void
on_custom_changed (WfCompareDialog *self)
{
  if (self->runtime == NULL || !is_custom (self))
    return;
  forget_replay (self);
  wf_problem_row_set_text (self->period_problem, NULL, GTK_WIDGET (self->until));
  gtk_stack_set_visible_child_name (self->stack, "choose");
}

static void
offer_custom (WfCompareDialog *self)
{
  WfInstant now = get_now (self), at;

  forget_replay (self);
  wf_date_time_row_get_instant (self->until, &at);
  if (at == WF_INSTANT_NONE)
    {
      wf_date_time_row_set_instant (self->from, now - period_days[0] * G_TIME_SPAN_DAY);
      wf_date_time_row_set_instant (self->until, now);
    }
  gtk_stack_set_visible_child_name (self->stack, "choose");
}

static void
on_period_changed (WfCompareDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->period);
  WfInstant now;

  if (self->runtime == NULL || selected > G_N_ELEMENTS (period_days))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->from), is_custom (self));
  gtk_widget_set_visible (GTK_WIDGET (self->until), is_custom (self));
  wf_problem_row_set_text (self->period_problem, NULL, GTK_WIDGET (self->until));
  if (is_custom (self))
    {
      offer_custom (self);
      return;
    }
  now = get_now (self);
  compare (self, now - period_days[selected] * G_TIME_SPAN_DAY, now);
}

static void
on_cancel_clicked (WfCompareDialog *self)
{
  forget_replay (self);
  gtk_stack_set_visible_child_name (self->stack, "cancelled");
  gtk_widget_grab_focus (self->again);
}

static void
on_again_clicked (WfCompareDialog *self)
{
  if (is_custom (self))
    on_custom_chosen (self);
  else
    on_period_changed (self);
}

/* -- publishing -------------------------------------------------------------------------------- */

static void
on_publish_clicked (WfCompareDialog *self)
{
  g_autoptr (WfCompareDialog) alive = g_object_ref (self);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[PUBLISH], 0);
}

/* Offered where somebody listens: who may not publish sees the difference all the same. */
static void
wf_compare_dialog_map (GtkWidget *widget)
{
  WfCompareDialog *self = WF_COMPARE_DIALOG (widget);

  gtk_widget_set_visible (self->publish,
                          g_signal_has_handler_pending (self, signals[PUBLISH], 0, FALSE));
  GTK_WIDGET_CLASS (wf_compare_dialog_parent_class)->map (widget);
}

/* -- a trial ----------------------------------------------------------------------------------- */

static void
show_trial (WfCompareDialog *self, WfTrial *trial)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *began = wf_time_text_full (trial->began, zone);
  g_autofree char *until = wf_time_text_full (trial->until, zone);
  g_autofree char *title = g_strdup_printf (_ ("Since %s"), began);
  g_autofree char *subtitle = g_strdup_printf (_ ("Until %s"), until);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trial_row), title);
  adw_action_row_set_subtitle (self->trial_row, subtitle);
  gtk_widget_set_visible (self->trial_group, TRUE);
  show_result (self, g_steal_pointer (&trial->result));
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
  gtk_widget_set_visible (self->cancel, FALSE);
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

  forget_replay (self);
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
  g_ptr_array_unref (self->figure_rows);
  g_clear_pointer (&self->result, wf_compare_result_free);
  G_OBJECT_CLASS (wf_compare_dialog_parent_class)->finalize (object);
}

static void
wf_compare_dialog_class_init (WfCompareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_compare_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_compare_dialog_finalize;
  widget_class->map = wf_compare_dialog_map;
  signals[PUBLISH] = g_signal_new ("publish", WF_TYPE_COMPARE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WF_TYPE_DATE_TIME_ROW);
  g_type_ensure (WF_TYPE_DIFFERENCE_CHART);
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/try/wf-compare-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, period_group);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, period);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, from);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, until);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, period_problem);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, trial_group);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, trial_row);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, error);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, again);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, sentence);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, changes);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, by);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, chart_note);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, chart);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, figures);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, effects);
  gtk_widget_class_bind_template_child (widget_class, WfCompareDialog, publish);
  gtk_widget_class_bind_template_callback (widget_class, on_period_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_custom_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_custom_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_by_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_publish_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
}

static void
wf_compare_dialog_init (WfCompareDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->figure_rows = g_ptr_array_new ();
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
