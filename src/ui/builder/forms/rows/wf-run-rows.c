/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a step's dialog that say when it runs. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-run-rows.h"

#include "wf-duration-row.h"
#include "wf-field-row.h"
#include "wf-setting-row.h"
#include "wf-step-dialog-problems.h"

struct _WfRunRows
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *mode;
  WfDurationRow *delay;
  WfFieldRow *field;
  WfDurationRow *offset;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (WfRunRows, wf_run_rows, ADW_TYPE_PREFERENCES_GROUP)

static void
on_changed (WfRunRows *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
on_mode_changed (WfRunRows *self)
{
  WfRunMode mode = (WfRunMode) adw_combo_row_get_selected (self->mode);

  gtk_widget_set_visible (GTK_WIDGET (self->delay), mode == WF_RUN_DELAY);
  gtk_widget_set_visible (GTK_WIDGET (self->field), mode == WF_RUN_BEFORE);
  gtk_widget_set_visible (GTK_WIDGET (self->offset), mode == WF_RUN_BEFORE);
  on_changed (self);
}

static void
wf_run_rows_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_RUN_ROWS);
  G_OBJECT_CLASS (wf_run_rows_parent_class)->dispose (object);
}

static void
wf_run_rows_class_init (WfRunRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_run_rows_dispose;
  changed_signal = g_signal_new ("changed", WF_TYPE_RUN_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  g_type_ensure (WF_TYPE_DURATION_ROW);
  g_type_ensure (WF_TYPE_FIELD_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/rows/wf-run-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, WfRunRows, mode);
  gtk_widget_class_bind_template_child (widget_class, WfRunRows, delay);
  gtk_widget_class_bind_template_child (widget_class, WfRunRows, field);
  gtk_widget_class_bind_template_child (widget_class, WfRunRows, offset);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_changed);
}

static void
wf_run_rows_init (WfRunRows *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The event type tells which dates there are. */
void
wf_run_rows_set_event (WfRunRows *self, const char *event_type)
{
  wf_field_row_set_event (self->field, event_type, TRUE);
  wf_field_row_set_field (self->field, wf_setting_get_usual_date (event_type));
}

void
wf_run_rows_set_run (WfRunRows *self, const WfRunSettings *run)
{
  WfDuration one_hour = { 1, WF_TIME_UNIT_HOURS };

  wf_duration_row_set_duration (self->delay,
                                wf_duration_is_set (run->delay) ? run->delay : one_hour);
  wf_duration_row_set_duration (self->offset,
                                wf_duration_is_set (run->offset) ? run->offset : one_hour);
  wf_field_row_set_field (self->field, run->field);
  adw_combo_row_set_selected (self->mode, run->mode);
}

void
wf_run_rows_get_run (WfRunRows *self, WfRunSettings *run)
{
  g_clear_pointer (&run->field, g_free);
  run->mode = (WfRunMode) adw_combo_row_get_selected (self->mode);
  run->delay = run->mode == WF_RUN_DELAY ? wf_duration_row_get_duration (self->delay)
                                         : WF_DURATION_NONE;
  run->offset = run->mode == WF_RUN_BEFORE ? wf_duration_row_get_duration (self->offset)
                                           : WF_DURATION_NONE;
  if (run->mode == WF_RUN_BEFORE)
    run->field = g_strdup (wf_field_row_get_field (self->field));
}

static const char *
find_problem (const WfProblems *problems, const char *base, const char *member)
{
  g_autofree char *path = g_strconcat ("run/", member, NULL);

  return wf_step_problem_find (problems, base, path, WF_PROBLEM_ERROR);
}

void
wf_run_rows_show_problems (WfRunRows *self, const WfProblems *problems, const char *base)
{
  const char *mode = find_problem (problems, base, "mode");
  const char *field = find_problem (problems, base, "field");

  wf_duration_row_set_problem (self->delay, find_problem (problems, base, "delay"));
  wf_duration_row_set_problem (self->offset, find_problem (problems, base, "offset"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->mode), mode != NULL ? mode : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->field), field != NULL ? field : "");
}
