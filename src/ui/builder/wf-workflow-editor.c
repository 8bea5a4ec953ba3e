/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of a workflow as an outline: trigger, conditions, steps. Every change goes through the document, which knows how to
 * undo it; the widgets only show the document. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include "wf-event-catalogue.h"
#include "wf-outline-row.h"
#include "wf-schedule-dialog.h"
#include "wf-step-menu.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WfWorkflowEditor, wf_workflow_editor, ADW_TYPE_NAVIGATION_PAGE)

WfWorkflow *
wf_workflow_editor_get_workflow (WfWorkflowEditor *self)
{
  return wf_workflow_document_get_workflow (self->document);
}

static WfWorkflow *
copy_workflow (WfWorkflowEditor *self)
{
  return wf_workflow_copy (wf_workflow_editor_get_workflow (self));
}

void
wf_workflow_editor_say (WfWorkflowEditor *self, const char *text)
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
  const char *event = wf_workflow_editor_get_workflow (self)->event;

  if (event == NULL)
    event = "";
  if (gtk_string_list_find (self->events, event) == G_MAXUINT)
    gtk_string_list_append (self->events, event);
  adw_combo_row_set_selected (self->event, gtk_string_list_find (self->events, event));
}

static void
show_schedule (WfWorkflowEditor *self)
{
  const WfWorkflow *workflow = wf_workflow_editor_get_workflow (self);
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
  const WfWorkflow *workflow = wf_workflow_editor_get_workflow (self);
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

void
wf_workflow_editor_show_document (WfWorkflowEditor *self)
{
  const WfWorkflow *workflow = wf_workflow_editor_get_workflow (self);

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

static void
on_row_activated (GtkListBox *box, GtkListBoxRow *row, WfWorkflowEditor *self)
{
  wf_workflow_editor_open_item (self, wf_outline_row_get_item (WF_OUTLINE_ROW (row)));
}

/* ---- undo, schedule, leaving ---- */

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

static void
on_schedule (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  if (self->editable)
    adw_dialog_present (
        ADW_DIALOG (wf_schedule_dialog_new (self->document, wf_runtime_get_clock (self->runtime))),
        widget);
}

/* Going back loses nothing: what was changed is kept as a draft. */
static void
wf_workflow_editor_hidden (AdwNavigationPage *page)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (page);

  if (self->editable && wf_workflow_document_is_modified (self->document))
    wf_workflow_editor_save_draft (self);
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
  wf_workflow_editor_install_step_actions (widget_class);
  wf_workflow_editor_install_publish_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, on_redo);
  gtk_widget_class_install_action (widget_class, "editor.schedule", NULL, on_schedule);
}

static void
wf_workflow_editor_class_init (WfWorkflowEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_workflow_editor_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = wf_workflow_editor_hidden;
  g_type_ensure (WF_TYPE_CONDITION_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/wf-workflow-editor.ui");
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
  g_signal_connect_object (self->document, "changed", G_CALLBACK (wf_workflow_editor_show_document),
                           self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_menu_model (self->add_other, add);
  fill_events (self);
  gtk_list_box_bind_model (self->outline, G_LIST_MODEL (self->items), create_row, self, NULL);
  show_rights (self);
  wf_workflow_editor_show_document (self);
  return self;
}
