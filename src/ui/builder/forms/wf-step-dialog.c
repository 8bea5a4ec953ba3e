/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog of a notify or a wait step. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-dialog.h"

#include "wf-condition-editor.h"
#include "wf-duration-row.h"
#include "wf-field-row.h"
#include "wf-run-rows.h"
#include "wf-step-dialog-problems.h"

#include <glib/gi18n-lib.h>

#define PERSON_PREFIX "person:"

struct _WfStepDialog
{
  AdwDialog parent_instance;

  GtkWidget *save;
  GtkWidget *notify_group;
  AdwComboRow *recipient;
  AdwEntryRow *text;
  AdwActionRow *text_problem;
  GtkWidget *wait_group;
  AdwComboRow *wait_kind;
  WfDurationRow *duration;
  AdwSwitchRow *business_hours;
  WfFieldRow *until;
  WfDurationRow *time_out;
  AdwActionRow *wait_problem;
  WfConditionEditor *condition;
  WfRunRows *run;

  WfWorkflowDocument *document;
  WfStep *step;
  char *branch; /* (nullable) of the place */
  WfStepPlace place;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (WfStepDialog, wf_step_dialog, ADW_TYPE_DIALOG)

/* ---- widgets to step ---- */

static void
read_notify (WfStepDialog *self, WfNotify *notify)
{
  gpointer recipient = adw_combo_row_get_selected_item (self->recipient);

  g_free (notify->recipient);
  notify->recipient = recipient != NULL ? g_strdup (gtk_string_object_get_string (recipient))
                                        : NULL;
  g_free (notify->text);
  notify->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
}

static void
read_wait (WfStepDialog *self, WfWait *wait)
{
  wait->kind = (WfWaitKind) adw_combo_row_get_selected (self->wait_kind);
  g_clear_pointer (&wait->until, g_free);
  g_clear_pointer (&wait->condition, wf_condition_unref);
  wait->duration = wait->kind == WF_WAIT_FOR ? wf_duration_row_get_duration (self->duration)
                                             : WF_DURATION_NONE;
  wait->business_hours = wait->kind == WF_WAIT_FOR &&
                         adw_switch_row_get_active (self->business_hours);
  if (wait->kind == WF_WAIT_UNTIL)
    wait->until = g_strdup (wf_field_row_get_field (self->until));
  wait->time_out = wait->kind == WF_WAIT_UNTIL_CONDITION
                       ? wf_duration_row_get_duration (self->time_out)
                       : WF_DURATION_NONE;
  if (wait->kind == WF_WAIT_UNTIL_CONDITION)
    wait->condition = wf_condition_editor_dup_condition (self->condition);
}

static void
show_problem (AdwActionRow *row, const char *text)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
}

static void
on_changed (WfStepDialog *self)
{
  g_autofree char *base = NULL;
  g_autoptr (WfProblems) problems = NULL;
  const char *any;

  if (self->setting)
    return;
  if (self->step->kind == WF_STEP_NOTIFY)
    read_notify (self, &self->step->notify);
  else
    read_wait (self, &self->step->wait);
  wf_run_rows_get_run (self->run, &self->step->run);
  problems = wf_workflow_document_try_step (self->document, &self->place, self->step, &base);
  any = wf_step_problem_find (problems, base, NULL, WF_PROBLEM_ERROR);
  show_problem (self->text_problem, any);
  show_problem (self->wait_problem, any);
  wf_run_rows_show_problems (self->run, problems, base);
  gtk_widget_set_sensitive (self->save, any == NULL);
}

static void
on_wait_kind_changed (WfStepDialog *self)
{
  WfWaitKind kind = (WfWaitKind) adw_combo_row_get_selected (self->wait_kind);
  gboolean wait = self->step != NULL && self->step->kind == WF_STEP_WAIT;

  gtk_widget_set_visible (GTK_WIDGET (self->duration), kind == WF_WAIT_FOR);
  gtk_widget_set_visible (GTK_WIDGET (self->business_hours), kind == WF_WAIT_FOR);
  gtk_widget_set_visible (GTK_WIDGET (self->until), kind == WF_WAIT_UNTIL);
  gtk_widget_set_visible (GTK_WIDGET (self->time_out), kind == WF_WAIT_UNTIL_CONDITION);
  gtk_widget_set_visible (GTK_WIDGET (self->condition), wait && kind == WF_WAIT_UNTIL_CONDITION);
  on_changed (self);
}

static void
on_cancel_clicked (WfStepDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked (WfStepDialog *self)
{
  wf_workflow_document_put_step (self->document, &self->place, self->step);
  adw_dialog_close (ADW_DIALOG (self));
}

/* ---- step to widgets ---- */

static char *
get_recipient_name (GtkStringObject *object, WfStepDialog *self)
{
  const char *id = gtk_string_object_get_string (object);
  WfOrganisation *organisation = wf_workflow_document_get_organisation (self->document);
  const WfPerson *person;

  if (g_str_equal (id, "responsible"))
    return g_strdup (_ ("The lead’s responsible"));
  if (g_str_equal (id, "manager"))
    return g_strdup (_ ("The responsible’s manager"));
  if (organisation == NULL || !g_str_has_prefix (id, PERSON_PREFIX))
    return g_strdup (id);
  person = wf_organisation_get_person (organisation, id + strlen (PERSON_PREFIX));
  return g_strdup (person != NULL ? person->name : id);
}

static void
fill_recipients (WfStepDialog *self, const char *chosen)
{
  WfOrganisation *organisation = wf_workflow_document_get_organisation (self->document);
  g_autoptr (GtkStringList) ids = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 1, (GtkExpression *[]) { gtk_object_expression_new (G_OBJECT (self)) },
      G_CALLBACK (get_recipient_name), NULL, NULL);

  gtk_string_list_append (ids, "responsible");
  gtk_string_list_append (ids, "manager");
  for (guint i = 0; organisation != NULL && i < wf_organisation_get_n_people (organisation); i++)
    gtk_string_list_take (
        ids,
        g_strconcat (PERSON_PREFIX, wf_organisation_get_person_at (organisation, i)->id, NULL));
  if (chosen != NULL && gtk_string_list_find (ids, chosen) == G_MAXUINT)
    gtk_string_list_append (ids, chosen);
  adw_combo_row_set_expression (self->recipient, name);
  adw_combo_row_set_model (self->recipient, G_LIST_MODEL (ids));
  if (chosen != NULL)
    adw_combo_row_set_selected (self->recipient, gtk_string_list_find (ids, chosen));
}

static void
fill_notify (WfStepDialog *self)
{
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Notification"));
  gtk_widget_set_visible (self->wait_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->condition), FALSE);
  fill_recipients (self, self->step->notify.recipient);
  gtk_editable_set_text (GTK_EDITABLE (self->text),
                         self->step->notify.text != NULL ? self->step->notify.text : "");
}

static void
fill_wait (WfStepDialog *self, const char *event_type)
{
  const WfWait *wait = &self->step->wait;
  const WfDuration one_day = { 1, WF_TIME_UNIT_DAYS };

  adw_dialog_set_title (ADW_DIALOG (self), _ ("Wait"));
  gtk_widget_set_visible (self->notify_group, FALSE);
  wf_duration_row_set_duration (self->duration,
                                wf_duration_is_set (wait->duration) ? wait->duration : one_day);
  wf_duration_row_set_duration (self->time_out,
                                wf_duration_is_set (wait->time_out) ? wait->time_out : one_day);
  adw_switch_row_set_active (self->business_hours, wait->business_hours);
  wf_field_row_set_event (self->until, event_type, TRUE);
  wf_field_row_set_field (self->until, wait->until);
  wf_condition_editor_set_event (self->condition, event_type);
  wf_condition_editor_set_condition (self->condition, wait->condition,
                                     wf_workflow_document_get_organisation (self->document));
  adw_combo_row_set_selected (self->wait_kind, wait->kind);
}

static void
fill_widgets (WfStepDialog *self)
{
  const char *event_type = wf_workflow_document_get_workflow (self->document)->event;

  self->setting = TRUE;
  if (self->step->kind == WF_STEP_NOTIFY)
    fill_notify (self);
  else
    fill_wait (self, event_type);
  wf_run_rows_set_event (self->run, event_type);
  wf_run_rows_set_run (self->run, &self->step->run);
  self->setting = FALSE;
  on_wait_kind_changed (self);
}

static void
wf_step_dialog_dispose (GObject *object)
{
  WfStepDialog *self = WF_STEP_DIALOG (object);

  self->setting = TRUE;
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_STEP_DIALOG);
  G_OBJECT_CLASS (wf_step_dialog_parent_class)->dispose (object);
}

static void
wf_step_dialog_finalize (GObject *object)
{
  WfStepDialog *self = WF_STEP_DIALOG (object);

  g_clear_pointer (&self->step, wf_step_free);
  g_clear_pointer (&self->branch, g_free);
  G_OBJECT_CLASS (wf_step_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, notify_group);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, recipient);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, text);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, text_problem);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, wait_group);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, wait_kind);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, duration);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, business_hours);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, until);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, time_out);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, wait_problem);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, condition);
  gtk_widget_class_bind_template_child (widget_class, WfStepDialog, run);
}

static void
wf_step_dialog_class_init (WfStepDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_step_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_step_dialog_finalize;
  g_type_ensure (WF_TYPE_CONDITION_EDITOR);
  g_type_ensure (WF_TYPE_DURATION_ROW);
  g_type_ensure (WF_TYPE_FIELD_ROW);
  g_type_ensure (WF_TYPE_RUN_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-step-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_kind_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
wf_step_dialog_init (WfStepDialog *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->setting = FALSE;
}

/* step: a notify or wait step, copied; without an id it is a new one, put at place. Saving changes the document. */
WfStepDialog *
wf_step_dialog_new (WfWorkflowDocument *document, const WfStepPlace *place, const WfStep *step)
{
  WfStepDialog *self = g_object_new (WF_TYPE_STEP_DIALOG, NULL);

  self->document = g_object_ref (document);
  self->branch = g_strdup (place->branch);
  self->place = *place;
  self->place.branch = self->branch;
  self->step = wf_step_copy (step);
  fill_widgets (self);
  return self;
}
