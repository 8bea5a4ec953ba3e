/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder: canvas, outline and inspector show one document; every change
 * goes through it, so that all of them agree and every change can be undone. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include "wf-actions.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  PROP_TRAFFIC = 1, /* boolean: numbers of leads on the edges */
} WfWorkflowEditorProperty;
static GParamSpec *properties[PROP_TRAFFIC + 1];

G_DEFINE_FINAL_TYPE (WfWorkflowEditor, wf_workflow_editor, ADW_TYPE_NAVIGATION_PAGE)

WfWorkflow *
wf_workflow_editor_get_workflow (WfWorkflowEditor *self)
{
  return wf_workflow_document_get_workflow (self->document);
}

static void
add_toast (AdwToastOverlay *overlay, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (overlay, toast);
}

void
wf_workflow_editor_say (WfWorkflowEditor *self, const char *text)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    add_toast (self->toasts, text);
  else
    wf_workflow_editor_say_outside (self, text);
}

void
wf_workflow_editor_say_outside (WfWorkflowEditor *self, const char *text)
{
  add_toast (self->around != NULL ? self->around : self->toasts, text);
}

/* ---- document to widgets ---- */

static void
show_title (WfWorkflowEditor *self)
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
count_errors (const WfProblems *problems)
{
  guint n = 0;

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    if (wf_problems_get (problems, i)->severity == WF_PROBLEM_ERROR)
      n++;
  return n;
}

static void
show_problems (WfWorkflowEditor *self)
{
  const WfProblems *problems = wf_workflow_document_get_problems (self->document);
  guint n_errors = count_errors (problems);
  const char *icon = wf_problems_get_n (problems) > 0 ? "dialog-warning-symbolic"
                                                      : "object-select-symbolic";
  g_autofree char *text = wf_try_panel_dup_summary (self->panel);

  adw_button_content_set_icon_name (self->problems_content, icon);
  adw_button_content_set_label (self->problems_content, text);
  wf_workflow_editor_update_publish_actions (self, n_errors);
}

static void
show_undo_button (GtkWidget *button, const char *plain, const char *format, const char *name)
{
  g_autofree char *text = name != NULL ? g_strdup_printf (format, name) : g_strdup (plain);

  gtk_widget_set_tooltip_text (button, text);
}

static void
show_undo (WfWorkflowEditor *self)
{
  gboolean can_undo, can_redo;

  g_object_get (self->document, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo", self->editable && can_undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo", self->editable && can_redo);
  /* Translators: %s is the name of a command, such as “Delete Step” */
  show_undo_button (self->undo, _ ("Undo"), _ ("Undo: %s"),
                    can_undo ? wf_workflow_document_get_undo_name (self->document) : NULL);
  show_undo_button (self->redo, _ ("Redo"), _ ("Redo: %s"),
                    can_redo ? wf_workflow_document_get_redo_name (self->document) : NULL);
}

/* What stands beside the document: canvas, outline and inspector follow it by
 * themselves. */
void
wf_workflow_editor_show_document (WfWorkflowEditor *self)
{
  show_title (self);
  show_problems (self);
  show_undo (self);
  wf_workflow_editor_update_step_actions (self);
}

/* ---- callbacks ---- */

static void
on_open (WfWorkflowEditor *self, const WfTarget *target)
{
  wf_workflow_editor_open (self, target);
}

static void
on_menu (WfWorkflowEditor *self, const WfTarget *target, double x, double y, GtkWidget *widget)
{
  wf_workflow_editor_show_menu (self, widget, x, y);
}

static void
on_zoom_changed (WfWorkflowEditor *self)
{
  wf_workflow_editor_show_zoom (self);
}

static void
on_view_changed (WfWorkflowEditor *self)
{
  wf_workflow_editor_show_zoom (self);
}

static void
on_marks_changed (WfWorkflowEditor *self)
{
  wf_workflow_editor_show_marks (self);
}

static void
on_reveal (WfWorkflowEditor *self, const WfTarget *target)
{
  wf_workflow_editor_reveal (self, target);
}

static void
on_banner_clicked (WfWorkflowEditor *self)
{
  wf_workflow_editor_resolve_conflict (self);
}

static void
on_selection_changed (WfWorkflowEditor *self)
{
  wf_workflow_editor_update_step_actions (self);
}

static void
on_recovery_problem (WfWorkflowEditor *self, const char *text)
{
  wf_workflow_editor_say (self, text);
}

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

/* Going back loses nothing: what was changed is kept as a draft. */
static void
wf_workflow_editor_hidden (AdwNavigationPage *page)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (page);

  /* What is being published is no draft, unless that fails. */
  if (self->editable && self->n_publishing == 0 &&
      wf_workflow_document_is_modified (self->document))
    wf_workflow_editor_save_draft (self);
  ADW_NAVIGATION_PAGE_CLASS (wf_workflow_editor_parent_class)->hidden (page);
}

/* A new workflow begins with its event, an existing one with its steps. */
static void
wf_workflow_editor_shown (AdwNavigationPage *page)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (page);
  const char *event = wf_workflow_editor_get_workflow (self)->event;
  GtkWidget *around =
      gtk_widget_get_ancestor (gtk_widget_get_parent (GTK_WIDGET (self)), ADW_TYPE_TOAST_OVERLAY);

  ADW_NAVIGATION_PAGE_CLASS (wf_workflow_editor_parent_class)->shown (page);
  g_set_weak_pointer (&self->around, (AdwToastOverlay *) around);
  if (self->editable && (event == NULL || *event == '\0'))
    wf_workflow_editor_focus_inspector (self);
  else
    wf_workflow_editor_focus_view (self);
}

/* Also when a popover of the editor closes: the keyboard goes on where it was. */
static gboolean
wf_workflow_editor_grab_focus (GtkWidget *widget)
{
  return wf_workflow_editor_focus_view (WF_WORKFLOW_EDITOR (widget));
}

/* ---- object ---- */

static void
wf_workflow_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((WfWorkflowEditorProperty) id)
    {
    case PROP_TRAFFIC:
      g_value_set_boolean (value, WF_WORKFLOW_EDITOR (object)->traffic_wanted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_workflow_editor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((WfWorkflowEditorProperty) id)
    {
    case PROP_TRAFFIC:
      wf_workflow_editor_set_traffic (WF_WORKFLOW_EDITOR (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_workflow_editor_dispose (GObject *object)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->around);
  g_clear_pointer ((GtkWidget **) &self->chooser, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->chooser_place, wf_target_free);
  g_clear_pointer (&self->traffic, wf_flow_marks_unref);
  g_clear_pointer (&self->conflict, wf_workflow_conflict_free);
  if (self->recovery != NULL)
    wf_draft_recovery_flush (self->recovery);
  g_clear_object (&self->recovery);
  g_clear_object (&self->runtime);
  g_clear_pointer (&self->published, wf_workflow_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wf_workflow_editor_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, toasts);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, window_title);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, undo);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, redo);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, add);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, add_action);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, publish);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, zoom);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, banner);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, split);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, inspector);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, canvas);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, minimap);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, outline);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, panel_revealer);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, panel);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowEditor, problems_content);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_marks_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_reveal);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_clicked);
}

static void
wf_workflow_editor_class_init (WfWorkflowEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_workflow_editor_get_property;
  object_class->set_property = wf_workflow_editor_set_property;
  object_class->dispose = wf_workflow_editor_dispose;
  properties[PROP_TRAFFIC] =
      g_param_spec_boolean ("traffic", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  widget_class->grab_focus = wf_workflow_editor_grab_focus;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = wf_workflow_editor_hidden;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = wf_workflow_editor_shown;
  g_type_ensure (WF_TYPE_CANVAS);
  g_type_ensure (WF_TYPE_CANVAS_MINIMAP);
  g_type_ensure (WF_TYPE_OUTLINE_VIEW);
  g_type_ensure (WF_TYPE_INSPECTOR);
  g_type_ensure (WF_TYPE_TRY_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "builder/wf-workflow-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, on_redo);
  wf_workflow_editor_install_step_actions (widget_class);
  wf_workflow_editor_install_view_actions (widget_class);
  wf_workflow_editor_install_publish_actions (widget_class);
  wf_workflow_editor_install_file_actions (widget_class);
}

static void
wf_workflow_editor_init (WfWorkflowEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  adw_banner_set_use_markup (self->banner, FALSE);
  wf_actions_add_shortcuts (GTK_WIDGET (self), WF_SHORTCUT_BUILDER);
  wf_actions_add_shortcuts (GTK_WIDGET (self->stack), WF_SHORTCUT_STEPS);
}

static void
set_context (WfWorkflowEditor *self, WfWorkflow *workflow)
{
  self->document = wf_workflow_document_new (workflow, wf_runtime_get_organisation (self->runtime));
  self->context = wf_builder_context_new (self->runtime, self->document, self->editable);
  self->selection = g_object_ref (wf_builder_context_get_selection (self->context));
  wf_canvas_set_context (self->canvas, self->context);
  wf_canvas_minimap_set_canvas (self->minimap, self->canvas);
  wf_outline_view_set_context (self->outline, self->context);
  wf_inspector_set_context (self->inspector, self->context);
  wf_try_panel_set_context (self->panel, self->context);
  g_signal_connect_object (self->document, "changed", G_CALLBACK (wf_workflow_editor_show_document),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "focus-changed", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_SWAPPED);
}

/* What a role may see but not change is shown read-only (R7). */
static void
show_rights (WfWorkflowEditor *self)
{
  gtk_widget_set_visible (self->publish, self->editable);
  gtk_widget_set_visible (self->undo, self->editable);
  gtk_widget_set_visible (self->redo, self->editable);
  gtk_widget_set_visible (self->add, self->editable);
  gtk_widget_set_visible (self->add_action, self->editable);
}

/* workflow, published: referenced; never changed in place. published: NULL
 * before the first publication. */
WfWorkflowEditor *
wf_workflow_editor_new (WfRuntime *runtime, WfWorkflow *workflow, WfWorkflow *published)
{
  WfWorkflowEditor *self = g_object_new (WF_TYPE_WORKFLOW_EDITOR, NULL);

  self->runtime = g_object_ref (runtime);
  self->published = published != NULL ? wf_workflow_ref (published) : NULL;
  self->editable = wf_runtime_may (runtime, WF_RIGHT_EDIT_WORKFLOWS);
  set_context (self, workflow);
  if (self->editable)
    {
      self->recovery = wf_draft_recovery_new (wf_runtime_get_folder (runtime), self->document);
      g_signal_connect_object (self->recovery, "problem", G_CALLBACK (on_recovery_problem), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (runtime, "workflows-changed",
                           G_CALLBACK (wf_workflow_editor_look_for_conflict), self,
                           G_CONNECT_SWAPPED);
  show_rights (self);
  wf_workflow_editor_show_document (self);
  wf_workflow_editor_show_zoom (self);
  wf_workflow_editor_look_for_conflict (self);
  return self;
}

void
wf_workflow_editor_mark_new (WfWorkflowEditor *self)
{
  g_autoptr (WfWorkflow) nothing = wf_workflow_new ("");

  g_set_str (&nothing->id, wf_workflow_editor_get_workflow (self)->id);
  wf_workflow_document_mark_saved (self->document, nothing);
  wf_workflow_editor_show_document (self);
}

void
wf_workflow_editor_bring_back (WfWorkflowEditor *self, WfWorkflow *edited)
{
  wf_workflow_document_change_named (self->document, wf_workflow_ref (edited), NULL,
                                     _ ("Bring Back Unsaved Work"));
}
