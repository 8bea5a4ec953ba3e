/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up that configures a step of a kind that the catalogue describes. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-settings-dialog.h"

#include "wf-problem-row.h"
#include "wf-run-rows.h"
#include "wf-settings-form.h"
#include "wf-step-dialog-problems.h"

struct _WfSettingsDialog
{
  AdwDialog parent_instance;

  GtkWidget *save;
  GtkWidget *problem_group;
  WfProblemRow *problem;
  WfSettingsForm *form;
  WfRunRows *run;

  WfWorkflowDocument *document; /* (owned) */
  WfStep *step;                 /* (owned) */
  char *branch;                 /* (owned) (nullable) of the place */
  WfStepPlace place;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (WfSettingsDialog, wf_settings_dialog, ADW_TYPE_DIALOG)

static void
on_changed (WfSettingsDialog *self)
{
  g_autofree char *base = NULL;
  g_autoptr (WfProblems) problems = NULL;
  const char *whole;

  if (self->setting)
    return;
  wf_settings_form_read_step (self->form, self->step);
  wf_run_rows_get_run (self->run, &self->step->run);
  problems = wf_workflow_document_try_step (self->document, &self->place, self->step, &base);
  wf_settings_form_show_problems (self->form, problems, base);
  wf_run_rows_show_problems (self->run, problems, base);
  whole = wf_step_problem_find_own (problems, base);
  gtk_widget_set_visible (self->problem_group, whole != NULL);
  wf_problem_row_set_text (self->problem, whole, GTK_WIDGET (self->form));
  gtk_widget_set_sensitive (self->save, !wf_step_problem_any_error (problems, base));
}

static void
on_cancel_clicked (WfSettingsDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked (WfSettingsDialog *self)
{
  wf_workflow_document_put_step (self->document, &self->place, self->step);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
fill_widgets (WfSettingsDialog *self)
{
  const char *event_type = wf_workflow_document_get_workflow (self->document)->event;

  self->setting = TRUE;
  adw_dialog_set_title (ADW_DIALOG (self), wf_step_kind_to_text (self->step->kind));
  wf_settings_form_set_up (self->form, self->step->kind,
                           wf_workflow_document_get_organisation (self->document), event_type);
  wf_settings_form_show_step (self->form, self->step);
  wf_run_rows_set_event (self->run, event_type);
  wf_run_rows_set_run (self->run, &self->step->run);
  self->setting = FALSE;
  on_changed (self);
}

static void
wf_settings_dialog_dispose (GObject *object)
{
  WfSettingsDialog *self = WF_SETTINGS_DIALOG (object);

  self->setting = TRUE;
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_SETTINGS_DIALOG);
  G_OBJECT_CLASS (wf_settings_dialog_parent_class)->dispose (object);
}

static void
wf_settings_dialog_finalize (GObject *object)
{
  WfSettingsDialog *self = WF_SETTINGS_DIALOG (object);

  g_clear_pointer (&self->step, wf_step_free);
  g_clear_pointer (&self->branch, g_free);
  G_OBJECT_CLASS (wf_settings_dialog_parent_class)->finalize (object);
}

static void
wf_settings_dialog_class_init (WfSettingsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_settings_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_settings_dialog_finalize;
  g_type_ensure (WF_TYPE_PROBLEM_ROW);
  g_type_ensure (WF_TYPE_RUN_ROWS);
  g_type_ensure (WF_TYPE_SETTINGS_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-settings-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WfSettingsDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WfSettingsDialog, form);
  gtk_widget_class_bind_template_child (widget_class, WfSettingsDialog, problem_group);
  gtk_widget_class_bind_template_child (widget_class, WfSettingsDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, WfSettingsDialog, run);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
wf_settings_dialog_init (WfSettingsDialog *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->setting = FALSE;
}

/**
 * wf_settings_dialog_new:
 * @document: what is edited
 * @place: where a new step goes
 * @step: copied; without an id it is a new one
 *
 * Returns: (transfer floating): the dialog; saving changes the document
 */
WfSettingsDialog *
wf_settings_dialog_new (WfWorkflowDocument *document, const WfStepPlace *place, const WfStep *step)
{
  WfSettingsDialog *self = g_object_new (WF_TYPE_SETTINGS_DIALOG, NULL);

  self->document = g_object_ref (document);
  self->branch = g_strdup (place->branch);
  self->place = *place;
  self->place.branch = self->branch;
  self->step = wf_step_copy (step);
  fill_widgets (self);
  return self;
}
