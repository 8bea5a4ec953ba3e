/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up that configures an action: type, time limit, reminder, permission, notes, business hours. What is wrong is said in
 * the row that it is about, and nothing wrong can be saved (R25). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-action-dialog.h"

#include "wf-activity-options.h"
#include "wf-deadline-examples.h"
#include "wf-duration-row.h"
#include "wf-event-catalogue.h"
#include "wf-field-row.h"
#include "wf-run-rows.h"
#include "wf-step-catalogue.h"
#include "wf-step-dialog-problems.h"

#include <glib/gi18n-lib.h>

struct _WfActionDialog
{
  AdwDialog parent_instance;

  GtkWidget *save;
  AdwComboRow *activity_type;
  AdwComboRow *direction;
  WfFieldRow *before;
  WfDurationRow *complete_within;
  WfDurationRow *notify;
  AdwSwitchRow *business_hours;
  AdwSwitchRow *business_time;
  AdwComboRow *permission;
  AdwExpanderRow *groups;
  GtkMenuButton *insert_field;
  GtkTextView *notes;
  AdwActionRow *notes_problem;
  WfActivityOptions *options;
  WfRunRows *run;
  AdwPreferencesGroup *examples;

  WfWorkflowDocument *document;
  WfStep *step; /* what the widgets do not show stays in it */
  char *branch; /* (nullable) of the place */
  WfStepPlace place;
  WfClock *clock;
  GtkStringList *types;    /* ids */
  GPtrArray *group_checks; /* of GtkCheckButton, unowned; the group's id is its data "group" */
  GPtrArray *example_rows; /* of AdwActionRow, unowned */
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (WfActionDialog, wf_action_dialog, ADW_TYPE_DIALOG)

/* ---- widgets to step ---- */

static char *
dup_notes (WfActionDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static char **
dup_groups (WfActionDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->group_checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->group_checks, i);

      if (gtk_check_button_get_active (check))
        g_strv_builder_add (builder, g_object_get_data (G_OBJECT (check), "group"));
    }
  return g_strv_builder_end (builder);
}

static gboolean
counts_back (WfActionDialog *self)
{
  return adw_combo_row_get_selected (self->direction) == 1;
}

static void
read_widgets (WfActionDialog *self)
{
  WfCreateActivity *action = &self->step->create_activity;
  gpointer type = adw_combo_row_get_selected_item (self->activity_type);

  g_free (action->activity_type);
  action->activity_type = g_strdup (type != NULL ? gtk_string_object_get_string (type) : "");
  g_free (action->before);
  action->before = counts_back (self) ? g_strdup (wf_field_row_get_field (self->before)) : NULL;
  action->complete_within = wf_duration_row_get_duration (self->complete_within);
  action->notify = wf_duration_row_get_duration (self->notify);
  action->business_hours = adw_switch_row_get_active (self->business_hours);
  action->business_time = counts_back (self) && adw_switch_row_get_active (self->business_time);
  action->scope = (WfPermissionScope) adw_combo_row_get_selected (self->permission);
  g_strfreev (action->groups);
  action->groups = action->scope == WF_PERMISSION_GROUPS ? dup_groups (self) : NULL;
  g_free (action->notes);
  action->notes = dup_notes (self);
  wf_activity_options_read (self->options, action);
  wf_run_rows_get_run (self->run, &self->step->run);
}

/* ---- problems and examples ---- */

static void
show_examples (WfActionDialog *self)
{
  g_autoptr (GPtrArray) examples = wf_deadline_examples_make (
      &self->step->create_activity, wf_workflow_document_get_organisation (self->document),
      wf_clock_now (self->clock));

  for (guint i = 0; i < self->example_rows->len; i++)
    adw_preferences_group_remove (self->examples, g_ptr_array_index (self->example_rows, i));
  g_ptr_array_set_size (self->example_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->examples), examples->len > 0);
  for (guint i = 0; i < examples->len; i++)
    {
      const WfDeadlineExample *example = g_ptr_array_index (examples, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), example->when);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), example->result);
      gtk_widget_add_css_class (row, "property");
      adw_preferences_group_add (self->examples, row);
      g_ptr_array_add (self->example_rows, row);
    }
}

static void
show_row_problem (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
show_problems (WfActionDialog *self)
{
  g_autofree char *base = NULL;
  g_autoptr (WfProblems) problems =
      wf_workflow_document_try_step (self->document, &self->place, self->step, &base);
  const char *notes = wf_step_problem_find (problems, base, "notes", WF_PROBLEM_WARNING);
  const char *groups = wf_step_problem_find (problems, base, "permission", WF_PROBLEM_WARNING);

  show_row_problem (ADW_ACTION_ROW (self->activity_type),
                    wf_step_problem_find (problems, base, "activity-type", WF_PROBLEM_WARNING));
  wf_duration_row_set_problem (
      self->complete_within,
      wf_step_problem_find (problems, base, "complete-within", WF_PROBLEM_WARNING));
  wf_duration_row_set_problem (self->notify,
                               wf_step_problem_find (problems, base, "notify", WF_PROBLEM_WARNING));
  adw_expander_row_set_subtitle (self->groups, groups != NULL ? groups : "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notes_problem),
                                 notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_problem), notes != NULL);
  wf_activity_options_show_problems (self->options, problems, base);
  wf_run_rows_show_problems (self->run, problems, base);
  gtk_widget_set_sensitive (self->save, !wf_step_problem_any_error (problems, base));
}

static void
on_changed (WfActionDialog *self)
{
  if (self->setting)
    return;
  read_widgets (self);
  show_problems (self);
  show_examples (self);
}

/* ---- callbacks ---- */

static void
on_direction_changed (WfActionDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->before), counts_back (self));
  gtk_widget_set_visible (GTK_WIDGET (self->business_time), counts_back (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->complete_within),
                                 counts_back (self) ? _ ("How long before")
                                                    : _ ("Complete within"));
  on_changed (self);
}

static void
on_permission_changed (WfActionDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->groups),
                          adw_combo_row_get_selected (self->permission) == WF_PERMISSION_GROUPS);
  on_changed (self);
}

static void
on_cancel_clicked (WfActionDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked (WfActionDialog *self)
{
  read_widgets (self);
  wf_workflow_document_put_step (self->document, &self->place, self->step);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_insert_field (GtkWidget *widget, const char *action, GVariant *target)
{
  WfActionDialog *self = WF_ACTION_DIALOG (widget);
  g_autofree char *text = g_strdup_printf ("{%s}", g_variant_get_string (target, NULL));

  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (self->notes), text, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->notes));
}

/* ---- step to widgets ---- */

static char *
get_type_name (GtkStringObject *object, WfActionDialog *self)
{
  const char *id = gtk_string_object_get_string (object);
  WfOrganisation *organisation = wf_workflow_document_get_organisation (self->document);
  const WfEntry *entry = organisation != NULL && *id != '\0'
                             ? wf_organisation_get_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, id)
                             : NULL;

  if (*id == '\0')
    return g_strdup (self->step->kind == WF_STEP_SCHEDULE_CALL ? _ ("Call") : _ ("Meeting"));
  return g_strdup (entry != NULL ? entry->name : id);
}

static void
fill_types (WfActionDialog *self)
{
  WfOrganisation *organisation = wf_workflow_document_get_organisation (self->document);
  const char *chosen = self->step->create_activity.activity_type;
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 1, (GtkExpression *[]) { gtk_object_expression_new (G_OBJECT (self)) },
      G_CALLBACK (get_type_name), NULL, NULL);
  guint n = 0;
  const WfEntry *entries =
      organisation != NULL ? wf_organisation_get_entries (organisation, WF_ENTRY_ACTIVITY_TYPE, &n)
                           : NULL;

  self->types = gtk_string_list_new (NULL);
  if (self->step->kind != WF_STEP_CREATE_ACTIVITY)
    gtk_string_list_append (self->types, ""); /* calls and meetings have a type of their own */
  else if (chosen != NULL && *chosen == '\0')
    chosen = NULL;
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (self->types, entries[i].id);
  if (chosen != NULL && gtk_string_list_find (self->types, chosen) == G_MAXUINT)
    gtk_string_list_append (self->types, chosen);
  adw_combo_row_set_expression (self->activity_type, name);
  adw_combo_row_set_model (self->activity_type, G_LIST_MODEL (self->types));
  if (chosen != NULL)
    adw_combo_row_set_selected (self->activity_type, gtk_string_list_find (self->types, chosen));
}

static void
add_group (WfActionDialog *self, const char *id, const char *name, gboolean active)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (check), "group", g_strdup (id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (self->groups, row);
  g_ptr_array_add (self->group_checks, check);
}

/* Groups that the organisation no longer has are shown too: unchecking them is the mend. */
static void
fill_groups (WfActionDialog *self)
{
  WfOrganisation *organisation = wf_workflow_document_get_organisation (self->document);
  const char *const *chosen = (const char *const *) self->step->create_activity.groups;
  guint n = 0;
  const WfEntry *entries =
      organisation != NULL ? wf_organisation_get_entries (organisation, WF_ENTRY_GROUP, &n) : NULL;

  for (guint i = 0; i < n; i++)
    add_group (self, entries[i].id, entries[i].name,
               chosen != NULL && g_strv_contains (chosen, entries[i].id));
  for (guint i = 0; chosen != NULL && chosen[i] != NULL; i++)
    if (organisation == NULL ||
        wf_organisation_get_entry (organisation, WF_ENTRY_GROUP, chosen[i]) == NULL)
      add_group (self, chosen[i], chosen[i], TRUE);
}

static void
fill_insert_menu (WfActionDialog *self, const char *event_type)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  guint n;
  const WfFieldInfo *fields = wf_event_catalogue_get_fields (event_type, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (wf_field_to_text (fields[i].id), NULL);

      g_menu_item_set_action_and_target (item, "action.insert-field", "s", fields[i].id);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->insert_field, G_MENU_MODEL (menu));
}

static void
fill_widgets (WfActionDialog *self)
{
  const WfCreateActivity *action = &self->step->create_activity;
  const char *event_type = wf_workflow_document_get_workflow (self->document)->event;

  self->setting = TRUE;
  adw_dialog_set_title (ADW_DIALOG (self), wf_step_kind_to_text (self->step->kind));
  fill_types (self);
  fill_groups (self);
  fill_insert_menu (self, event_type);
  wf_field_row_set_event (self->before, event_type, TRUE);
  wf_field_row_set_field (self->before, action->before);
  adw_combo_row_set_selected (self->direction, action->before != NULL ? 1 : 0);
  wf_duration_row_set_duration (self->complete_within, action->complete_within);
  wf_duration_row_set_duration (self->notify, action->notify);
  adw_switch_row_set_active (self->business_hours, action->business_hours);
  adw_switch_row_set_active (self->business_time, action->business_time);
  adw_combo_row_set_selected (self->permission, action->scope);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes),
                            action->notes != NULL ? action->notes : "", -1);
  wf_activity_options_set_up (self->options, self->step->kind,
                              wf_workflow_document_get_organisation (self->document), event_type);
  wf_activity_options_show (self->options, action);
  wf_run_rows_set_event (self->run, event_type);
  wf_run_rows_set_run (self->run, &self->step->run);
  self->setting = FALSE;
  on_direction_changed (self);
  on_permission_changed (self);
}

static void
wf_action_dialog_dispose (GObject *object)
{
  WfActionDialog *self = WF_ACTION_DIALOG (object);

  self->setting = TRUE;
  g_clear_object (&self->document);
  g_clear_object (&self->clock);
  g_clear_object (&self->types);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_ACTION_DIALOG);
  G_OBJECT_CLASS (wf_action_dialog_parent_class)->dispose (object);
}

static void
wf_action_dialog_finalize (GObject *object)
{
  WfActionDialog *self = WF_ACTION_DIALOG (object);

  g_clear_pointer (&self->step, wf_step_free);
  g_clear_pointer (&self->branch, g_free);
  g_clear_pointer (&self->group_checks, g_ptr_array_unref);
  g_clear_pointer (&self->example_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wf_action_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, activity_type);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, direction);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, before);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, complete_within);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, notify);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, business_hours);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, business_time);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, permission);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, groups);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, insert_field);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, notes);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, notes_problem);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, options);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, run);
  gtk_widget_class_bind_template_child (widget_class, WfActionDialog, examples);
}

static void
wf_action_dialog_class_init (WfActionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_action_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_action_dialog_finalize;
  g_type_ensure (WF_TYPE_ACTIVITY_OPTIONS);
  g_type_ensure (WF_TYPE_DURATION_ROW);
  g_type_ensure (WF_TYPE_FIELD_ROW);
  g_type_ensure (WF_TYPE_RUN_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/forms/wf-action-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_direction_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_permission_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_install_action (widget_class, "action.insert-field", "s", on_insert_field);
}

static void
wf_action_dialog_init (WfActionDialog *self)
{
  self->group_checks = g_ptr_array_new ();
  self->example_rows = g_ptr_array_new ();
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->notes), "changed",
                           G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  self->setting = FALSE;
}

/* What most people set first, so that a new action is complete but for its type. */
static void
set_usual (WfCreateActivity *activity)
{
  activity->complete_within = (WfDuration) { 30, WF_TIME_UNIT_MINUTES };
  activity->notify = (WfDuration) { 10, WF_TIME_UNIT_MINUTES };
  activity->business_hours = TRUE;
}

/* step: the action to edit, copied; without an id it is a new one, put at place. clock: for the examples. Saving changes the document. */
WfActionDialog *
wf_action_dialog_new (WfWorkflowDocument *document, const WfStepPlace *place, const WfStep *step,
                      WfClock *clock)
{
  WfActionDialog *self = g_object_new (WF_TYPE_ACTION_DIALOG, NULL);

  self->document = g_object_ref (document);
  self->clock = g_object_ref (clock);
  self->branch = g_strdup (place->branch);
  self->place = *place;
  self->place.branch = self->branch;
  self->step = wf_step_copy (step);
  if (!wf_workflow_edit_has_id (step))
    set_usual (&self->step->create_activity);
  fill_widgets (self);
  return self;
}
