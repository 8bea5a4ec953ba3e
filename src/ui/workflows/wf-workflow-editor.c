/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of a workflow as an outline: trigger, conditions, steps. Every change goes through the document, which knows how to
 * undo it; the widgets only show the document. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor.h"

#include "wf-action-dialog.h"
#include "wf-compare-dialog.h"
#include "wf-condition-editor.h"
#include "wf-event-catalogue.h"
#include "wf-outline-row.h"
#include "wf-path-dialog.h"
#include "wf-publish-question.h"
#include "wf-schedule-dialog.h"
#include "wf-settings-dialog.h"
#include "wf-step-dialog.h"
#include "wf-step-menu.h"
#include "wf-step-settings.h"
#include "wf-take-back-dialog.h"

#include <glib/gi18n-lib.h>

struct _WfWorkflowEditor
{
  AdwNavigationPage parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkWidget *publish;
  GtkWidget *save_draft;
  GtkWidget *more;
  AdwBanner *banner;
  AdwPreferencesPage *page;
  AdwEntryRow *name;
  AdwEntryRow *objective;
  AdwComboRow *event;
  AdwActionRow *schedule;
  AdwComboRow *reentry;
  WfConditionEditor *conditions;
  GtkMenuButton *add_other;
  GtkListBox *outline;
  GtkWidget *steps_group;
  GtkWidget *add_group;

  WfRuntime *runtime;
  WfWorkflow *published; /* (owned) (nullable) the version that people work with now */
  WfWorkflowDocument *document;
  GListStore *items;
  GtkStringList *events; /* ids */
  GCancellable *cancellable;
  gboolean editable;
  gboolean setting; /* while the widgets are filled from the document */
  gboolean
      from_widgets; /* while the document is changed by a widget that shows its own text already */
};

G_DEFINE_FINAL_TYPE (WfWorkflowEditor, wf_workflow_editor, ADW_TYPE_NAVIGATION_PAGE)

static WfWorkflow *
get_workflow (WfWorkflowEditor *self)
{
  return wf_workflow_document_get_workflow (self->document);
}

static WfWorkflow *
copy_workflow (WfWorkflowEditor *self)
{
  return wf_workflow_copy (get_workflow (self));
}

static void
say (WfWorkflowEditor *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* ---- document to widgets ---- */

static char *
get_event_name (GtkStringObject *object)
{
  const char *id = gtk_string_object_get_string (object);

  return g_strdup (*id != '\0' ? wf_event_type_to_text (id) : _ ("Choose an event"));
}

static void
show_event (WfWorkflowEditor *self)
{
  const char *event = get_workflow (self)->event;

  if (event == NULL)
    event = "";
  if (gtk_string_list_find (self->events, event) == G_MAXUINT)
    gtk_string_list_append (self->events, event);
  adw_combo_row_set_selected (self->event, gtk_string_list_find (self->events, event));
}

static void
show_schedule (WfWorkflowEditor *self)
{
  const WfWorkflow *workflow = get_workflow (self);
  g_autofree char *text = workflow->schedule != NULL ? wf_schedule_to_text (workflow->schedule)
                                                     : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->schedule),
                          g_strcmp0 (workflow->event, "schedule.tick") == 0);
  adw_action_row_set_subtitle (self->schedule,
                               text != NULL ? text : _ ("Choose when the workflow starts"));
}

static void
show_entry (AdwEntryRow *row, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row)), text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
show_state (WfWorkflowEditor *self)
{
  const WfWorkflow *workflow = get_workflow (self);
  gboolean modified = wf_workflow_document_is_modified (self->document);
  g_autofree char *subtitle = NULL;

  if (workflow->version <= 1 && workflow->state == WF_WORKFLOW_DRAFT)
    subtitle = g_strdup (_ ("New draft"));
  else if (modified || workflow->state == WF_WORKFLOW_DRAFT)
    subtitle = g_strdup_printf (_ ("Draft of version %d"), (int) workflow->version);
  else
    subtitle = g_strdup_printf (_ ("Version %d"), (int) workflow->version);
  adw_window_title_set_title (self->window_title, workflow->name != NULL && *workflow->name != '\0'
                                                      ? workflow->name
                                                      : _ ("New Workflow"));
  adw_window_title_set_subtitle (self->window_title, subtitle);
}

static guint
count_errors (const WfProblems *problems, const char **first)
{
  guint n = 0;

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      if (problem->severity != WF_PROBLEM_ERROR)
        continue;
      if (n++ == 0)
        *first = problem->text;
    }
  return n;
}

static void
show_problems (WfWorkflowEditor *self)
{
  const char *first = NULL;
  guint n = count_errors (wf_workflow_document_get_problems (self->document), &first);
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *text = NULL;

  if (n == 1)
    text = g_strdup_printf (_ ("Before it can be published: %s"), first);
  else if (n > 1)
    text = g_strdup_printf (ngettext ("%u problem before it can be published, first: %s",
                                      "%u problems before it can be published, first: %s", n),
                            n, first);
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_title (self->banner, text != NULL ? text : "");
  adw_banner_set_revealed (self->banner, n > 0 && self->editable &&
                                             wf_workflow_document_is_modified (self->document));
  gtk_widget_action_set_enabled (widget, "editor.publish", self->editable && n == 0);
  gtk_widget_action_set_enabled (widget, "editor.compare", n == 0);
  gtk_widget_action_set_enabled (widget, "editor.trial", n == 0);
  gtk_widget_action_set_enabled (widget, "editor.take-back", self->published != NULL);
  gtk_widget_action_set_enabled (widget, "editor.save-draft",
                                 self->editable &&
                                     wf_workflow_document_is_modified (self->document));
}

static void
show_undo (WfWorkflowEditor *self)
{
  gboolean can_undo, can_redo;

  g_object_get (self->document, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo", self->editable && can_undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo", self->editable && can_redo);
}

static void
show_document (WfWorkflowEditor *self)
{
  const WfWorkflow *workflow = get_workflow (self);

  self->setting = TRUE;
  show_entry (self->name, workflow->name);
  show_entry (self->objective, workflow->objective);
  show_event (self);
  show_schedule (self);
  adw_combo_row_set_selected (self->reentry, workflow->reentry);
  if (!self->from_widgets)
    {
      wf_condition_editor_set_event (self->conditions, workflow->event);
      wf_condition_editor_set_condition (self->conditions, workflow->conditions,
                                         wf_workflow_document_get_organisation (self->document));
    }
  wf_outline_fill (self->items, self->document);
  gtk_widget_set_visible (GTK_WIDGET (self->outline), workflow->steps->len > 0);
  show_state (self);
  show_problems (self);
  show_undo (self);
  self->setting = FALSE;
}

/* ---- widgets to document ---- */

/* The widget shows the person's text already: filling it again would move the cursor. */
static void
change_from_widget (WfWorkflowEditor *self, WfWorkflow *next, const char *merge)
{
  self->from_widgets = TRUE;
  wf_workflow_document_change (self->document, next, merge);
  self->from_widgets = FALSE;
}

static void
on_name_changed (WfWorkflowEditor *self)
{
  WfWorkflow *next;

  if (self->setting)
    return;
  next = copy_workflow (self);
  g_free (next->name);
  next->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  change_from_widget (self, next, "name");
}

static void
on_objective_changed (WfWorkflowEditor *self)
{
  WfWorkflow *next;

  if (self->setting)
    return;
  next = copy_workflow (self);
  g_free (next->objective);
  next->objective = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->objective)));
  change_from_widget (self, next, "objective");
}

static void
on_event_changed (WfWorkflowEditor *self)
{
  gpointer item = adw_combo_row_get_selected_item (self->event);
  WfWorkflow *next;

  if (self->setting || item == NULL)
    return;
  next = copy_workflow (self);
  g_free (next->event);
  next->event = g_strdup (gtk_string_object_get_string (item));
  if (g_strcmp0 (next->event, "schedule.tick") != 0)
    {
      g_clear_pointer (&next->schedule, wf_schedule_unref);
      next->for_each_lead = FALSE;
    }
  wf_condition_editor_set_event (self->conditions, next->event);
  change_from_widget (self, next, NULL);
}

static void
on_reentry_changed (WfWorkflowEditor *self)
{
  WfWorkflow *next;

  if (self->setting)
    return;
  next = copy_workflow (self);
  next->reentry = (WfReentry) adw_combo_row_get_selected (self->reentry);
  change_from_widget (self, next, NULL);
}

static void
on_conditions_changed (WfWorkflowEditor *self)
{
  WfWorkflow *next;

  if (self->setting)
    return;
  next = copy_workflow (self);
  g_clear_pointer (&next->conditions, wf_condition_unref);
  next->conditions = wf_condition_editor_dup_condition (self->conditions);
  change_from_widget (self, next, "conditions");
}

/* ---- steps ---- */

static void
present_step_dialog (WfWorkflowEditor *self, const WfStepPlace *place, const WfStep *step)
{
  AdwDialog *dialog;

  if (wf_step_kind_is_activity (step->kind))
    dialog = ADW_DIALOG (
        wf_action_dialog_new (self->document, place, step, wf_runtime_get_clock (self->runtime)));
  else if (wf_step_kind_has_settings (step->kind))
    dialog = ADW_DIALOG (wf_settings_dialog_new (self->document, place, step));
  else
    dialog = ADW_DIALOG (wf_step_dialog_new (self->document, place, step));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_row_activated (GtkListBox *box, GtkListBoxRow *row, WfWorkflowEditor *self)
{
  WfOutlineItem *item = wf_outline_row_get_item (WF_OUTLINE_ROW (row));

  if (!self->editable)
    return;
  if (wf_outline_item_is_path (item))
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.edit-path", "(su)",
                                wf_outline_item_get_step (item), wf_outline_item_get_path (item));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.edit-step", "s",
                                wf_outline_item_get_step (item));
}

static WfStep *
make_branch (WfWorkflow *workflow)
{
  WfStep *step = wf_step_new (WF_STEP_BRANCH);
  const char *const names[] = { _ ("Path 1"), _ ("Otherwise") };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (step->paths, wf_path_new (names[i]));
  return step;
}

static void
add_step (WfWorkflowEditor *self, const char *kind, const WfStepPlace *place)
{
  g_autoptr (WfStep) step = NULL;
  const WfStepKindInfo *info;

  if (g_str_equal (kind, "branch"))
    {
      WfWorkflow *next = copy_workflow (self);

      if (wf_workflow_edit_insert (next, place, make_branch (next)))
        wf_workflow_document_change (self->document, next, NULL);
      else
        wf_workflow_unref (next);
      return;
    }
  info = wf_step_catalogue_find (kind);
  g_return_if_fail (info != NULL);
  step = wf_step_new (info->kind);
  present_step_dialog (self, place, step);
}

static void
on_add_step (GtkWidget *widget, const char *action, GVariant *target)
{
  const char *kind, *branch;
  WfStepPlace place = { .position = G_MAXUINT };

  g_variant_get (target, "(&s&su)", &kind, &branch, &place.path);
  place.branch = *branch != '\0' ? branch : NULL;
  add_step (WF_WORKFLOW_EDITOR (widget), kind, &place);
}

static void
on_add_action (GtkWidget *widget, const char *action, GVariant *target)
{
  const WfStepPlace place = { .position = G_MAXUINT };

  add_step (WF_WORKFLOW_EDITOR (widget), "create-activity", &place);
}

static void
on_edit_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  const WfStepPlace place = { .position = G_MAXUINT };
  const WfStep *step =
      wf_workflow_find_step (get_workflow (self), g_variant_get_string (target, NULL));

  if (step != NULL && step->kind != WF_STEP_BRANCH && step->kind != WF_STEP_OTHER)
    present_step_dialog (self, &place, step);
}

static void
change_or_drop (WfWorkflowEditor *self, WfWorkflow *next, gboolean changed)
{
  if (changed)
    wf_workflow_document_change (self->document, next, NULL);
  else
    wf_workflow_unref (next);
}

static void
on_remove_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);
  AdwToast *toast;

  change_or_drop (self, next, wf_workflow_edit_remove (next, g_variant_get_string (target, NULL)));
  toast = adw_toast_new (_ ("Step deleted"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "editor.undo");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_move_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);
  int by = g_str_equal (action, "editor.move-up") ? -1 : 1;

  change_or_drop (self, next,
                  wf_workflow_edit_move (next, g_variant_get_string (target, NULL), by));
}

static void
on_duplicate_step (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);

  change_or_drop (self, next,
                  wf_workflow_edit_duplicate (next, g_variant_get_string (target, NULL)));
}

/* ---- paths of a branch ---- */

static void
on_add_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);
  WfStep *branch = wf_workflow_find_step (next, g_variant_get_string (target, NULL));
  gboolean found = branch != NULL && branch->kind == WF_STEP_BRANCH;

  if (found)
    {
      /* Before the last one, which usually is "otherwise". */
      g_autofree char *name = g_strdup_printf (_ ("Path %u"), branch->paths->len);

      g_ptr_array_insert (branch->paths, branch->paths->len > 0 ? (int) branch->paths->len - 1 : 0,
                          wf_path_new (name));
    }
  change_or_drop (self, next, found);
}

static void
on_edit_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  const char *branch;
  guint path;

  g_variant_get (target, "(&su)", &branch, &path);
  adw_dialog_present (ADW_DIALOG (wf_path_dialog_new (self->document, branch, path)), widget);
}

static void
on_remove_path (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  WfWorkflow *next = copy_workflow (self);
  const char *id;
  guint path;

  g_variant_get (target, "(&su)", &id, &path);
  WfStep *branch = wf_workflow_find_step (next, id);
  gboolean found = branch != NULL && branch->kind == WF_STEP_BRANCH && path < branch->paths->len;

  if (found)
    g_ptr_array_remove_index (branch->paths, path);
  change_or_drop (self, next, found);
}

/* ---- undo, save, publish ---- */

static void
on_undo (GtkWidget *widget, const char *action, GVariant *target)
{
  wf_workflow_document_undo (WF_WORKFLOW_EDITOR (widget)->document);
}

static void
on_redo (GtkWidget *widget, const char *action, GVariant *target)
{
  wf_workflow_document_redo (WF_WORKFLOW_EDITOR (widget)->document);
}

typedef struct
{
  WfWorkflowEditor *editor; /* (owned) */
  WfWorkflow *workflow;     /* (owned) what was saved */
  gboolean publish;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->editor);
  wf_workflow_unref (save->workflow);
  g_free (save);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
go_back_with_toast (WfWorkflowEditor *self)
{
  GtkWidget *overlay =
      gtk_widget_get_ancestor (gtk_widget_get_parent (GTK_WIDGET (self)), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *text = g_strdup_printf (_ ("“%s” is live"), get_workflow (self)->name);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (overlay != NULL ? ADW_TOAST_OVERLAY (overlay) : self->toasts, toast);
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  WfWorkflowEditor *self = save->editor;
  g_autoptr (GError) error = NULL;

  if (wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    {
      wf_workflow_document_mark_saved (self->document, save->workflow);
      if (save->publish)
        go_back_with_toast (self);
      else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        say (self, _ ("Kept as a draft"));
      show_document (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = g_strdup_printf (_ ("Not saved: %s"), error->message);

      say (self, text);
    }
}

static Save *
new_save (WfWorkflowEditor *self, gboolean publish)
{
  Save *request = g_new0 (Save, 1);

  request->editor = g_object_ref (self);
  request->workflow = wf_workflow_ref (get_workflow (self));
  request->publish = publish;
  return request;
}

static void
save_draft (WfWorkflowEditor *self)
{
  Save *request = new_save (self, FALSE);

  wf_runtime_save_workflow_async (self->runtime, request->workflow, FALSE, NULL, on_saved, request);
}

static void
publish (WfInFlight in_flight, gpointer user_data)
{
  WfWorkflowEditor *self = user_data;
  Save *request = new_save (self, TRUE);

  wf_runtime_publish_workflow_async (self->runtime, request->workflow, in_flight, NULL, on_saved,
                                     request);
}

static void
on_publish (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  wf_publish_ask (widget, self->runtime, get_workflow (self), self->published, publish,
                  g_object_ref (self), g_object_unref);
}

static void
on_schedule (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  if (self->editable)
    adw_dialog_present (
        ADW_DIALOG (wf_schedule_dialog_new (self->document, wf_runtime_get_clock (self->runtime))),
        widget);
}

static void
on_compare (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  adw_dialog_present (ADW_DIALOG (wf_compare_dialog_new (self->runtime, get_workflow (self))),
                      widget);
}

static void
on_trial (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  adw_dialog_present (
      ADW_DIALOG (wf_compare_dialog_new_for_trial (self->runtime, get_workflow (self))), widget);
}

static void
on_take_back (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  if (self->published != NULL)
    adw_dialog_present (ADW_DIALOG (wf_take_back_dialog_new (self->runtime, self->published)),
                        widget);
}

static void
on_save_draft (GtkWidget *widget, const char *action, GVariant *target)
{
  save_draft (WF_WORKFLOW_EDITOR (widget));
}

/* Going back loses nothing: what was changed is kept as a draft. */
static void
wf_workflow_editor_hidden (AdwNavigationPage *page)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (page);

  if (self->editable && wf_workflow_document_is_modified (self->document))
    save_draft (self);
  ADW_NAVIGATION_PAGE_CLASS (wf_workflow_editor_parent_class)->hidden (page);
}

/* ---- object ---- */

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return GTK_WIDGET (
      wf_outline_row_new (WF_OUTLINE_ITEM (item), WF_WORKFLOW_EDITOR (user_data)->editable));
}

static void
fill_events (WfWorkflowEditor *self)
{
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_event_name), NULL, NULL);
  guint n;
  const WfEventTypeInfo *types = wf_event_catalogue_get_types (&n);

  self->events = gtk_string_list_new (NULL);
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (self->events, types[i].id);
  adw_combo_row_set_expression (self->event, name);
  adw_combo_row_set_model (self->event, G_LIST_MODEL (self->events));
}

static void
wf_workflow_editor_dispose (GObject *object)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (object);

  self->setting = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->published, wf_workflow_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->items);
  g_clear_object (&self->events);
  G_OBJECT_CLASS (wf_workflow_editor_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, toasts);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, window_title);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, undo);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, redo);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, publish);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, save_draft);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, more);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, banner);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, page);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, name);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, objective);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, event);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, schedule);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, reentry);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, conditions);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, add_other);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, outline);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, steps_group);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, add_group);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_objective_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_event_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_reentry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_conditions_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, on_redo);
  gtk_widget_class_install_action (widget_class, "editor.publish", NULL, on_publish);
  gtk_widget_class_install_action (widget_class, "editor.save-draft", NULL, on_save_draft);
  gtk_widget_class_install_action (widget_class, "editor.compare", NULL, on_compare);
  gtk_widget_class_install_action (widget_class, "editor.trial", NULL, on_trial);
  gtk_widget_class_install_action (widget_class, "editor.take-back", NULL, on_take_back);
  gtk_widget_class_install_action (widget_class, "editor.schedule", NULL, on_schedule);
  gtk_widget_class_install_action (widget_class, "editor.add-action", NULL, on_add_action);
  gtk_widget_class_install_action (widget_class, "editor.add-step", "(ssu)", on_add_step);
  gtk_widget_class_install_action (widget_class, "editor.edit-step", "s", on_edit_step);
  gtk_widget_class_install_action (widget_class, "editor.remove-step", "s", on_remove_step);
  gtk_widget_class_install_action (widget_class, "editor.move-up", "s", on_move_step);
  gtk_widget_class_install_action (widget_class, "editor.move-down", "s", on_move_step);
  gtk_widget_class_install_action (widget_class, "editor.duplicate", "s", on_duplicate_step);
  gtk_widget_class_install_action (widget_class, "editor.add-path", "s", on_add_path);
  gtk_widget_class_install_action (widget_class, "editor.edit-path", "(su)", on_edit_path);
  gtk_widget_class_install_action (widget_class, "editor.remove-path", "(su)", on_remove_path);
}

static void
wf_workflow_editor_class_init (WfWorkflowEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_workflow_editor_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = wf_workflow_editor_hidden;
  g_type_ensure (WF_TYPE_CONDITION_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "workflows/wf-workflow-editor.ui");
  bind_children (widget_class);
  install_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "editor.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "editor.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK,
                                       "editor.save-draft", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "editor.publish", NULL);
}

static void
wf_workflow_editor_init (WfWorkflowEditor *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->items = g_list_store_new (WF_TYPE_OUTLINE_ITEM);
}

/* What a role may see but not change is shown read-only (R7). */
static void
show_rights (WfWorkflowEditor *self)
{
  GtkWidget *const changing[] = { GTK_WIDGET (self->name), GTK_WIDGET (self->objective),
                                  GTK_WIDGET (self->event), GTK_WIDGET (self->reentry),
                                  GTK_WIDGET (self->conditions) };

  for (guint i = 0; i < G_N_ELEMENTS (changing); i++)
    gtk_widget_set_sensitive (changing[i], self->editable);
  gtk_widget_set_visible (self->add_group, self->editable);
  gtk_widget_set_visible (GTK_WIDGET (self->add_other), self->editable);
  gtk_widget_set_visible (self->publish, self->editable);
  gtk_widget_set_visible (self->save_draft, self->editable);
  gtk_widget_set_visible (self->more, self->editable);
  gtk_widget_set_visible (self->undo, self->editable);
  gtk_widget_set_visible (self->redo, self->editable);
}

/* workflow, published: referenced; never changed in place. published: NULL before the first publication. */
WfWorkflowEditor *
wf_workflow_editor_new (WfRuntime *runtime, WfWorkflow *workflow, WfWorkflow *published)
{
  WfWorkflowEditor *self = g_object_new (WF_TYPE_WORKFLOW_EDITOR, NULL);
  g_autoptr (GMenuModel) add = wf_step_menu_new_for_adding (NULL, 0);

  self->runtime = g_object_ref (runtime);
  self->published = published != NULL ? wf_workflow_ref (published) : NULL;
  self->editable = wf_runtime_may (runtime, WF_RIGHT_EDIT_WORKFLOWS);
  self->document = wf_workflow_document_new (workflow, wf_runtime_get_organisation (runtime));
  g_signal_connect_object (self->document, "changed", G_CALLBACK (show_document), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_menu_model (self->add_other, add);
  fill_events (self);
  gtk_list_box_bind_model (self->outline, G_LIST_MODEL (self->items), create_row, self, NULL);
  show_rights (self);
  show_document (self);
  return self;
}
