/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page Workflows: the list with live/paused switches, and the editor. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflows-page-private.h"

#include "wf-actions.h"
#include "wf-plain-text.h"
#include "wf-resume-question.h"
#include "wf-template-gallery.h"
#include "wf-workflow-editor.h"
#include "wf-workflow-row.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  PROP_RUNTIME = 1,
  PROP_ORDER,    /* string: of the list, one of the names below */
  PROP_ARCHIVED, /* boolean: the archive is shown instead */
} WfWorkflowsPageProperty;
static GParamSpec *properties[PROP_ARCHIVED + 1];

/* In the order of WfWorkflowOrder. */
static const char *const order_names[] = { "name", "last-run", "activities", "problems", NULL };

G_DEFINE_FINAL_TYPE (WfWorkflowsPage, wf_workflows_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
may_edit (WfWorkflowsPage *self)
{
  return self->runtime != NULL && wf_runtime_may (self->runtime, WF_RIGHT_EDIT_WORKFLOWS);
}

static void
show_state (WfWorkflowsPage *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  gtk_widget_set_visible (self->add_button, may_edit (self));
  gtk_widget_set_visible (self->templates_button, may_edit (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workflows.templates", may_edit (self));
  gtk_widget_set_visible (self->empty_add, may_edit (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workflows.add", may_edit (self));
  gtk_stack_set_visible_child_name (
      self->stack, n_shown == 0 && self->archived && self->searched == NULL ? "no-archive"
                   : n_shown == 0 && self->searched == NULL                 ? "empty"
                   : n_shown == 0                                           ? "no-match"
                                                                            : "list");
}

/* ---- reading ---- */

static gboolean
is_shown (gpointer item, gpointer user_data)
{
  WfWorkflowsPage *self = user_data;

  return wf_workflow_item_is_archived (item) == self->archived &&
         (self->searched == NULL || wf_workflow_item_matches (item, self->searched));
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return wf_workflow_item_compare ((gpointer) a, (gpointer) b,
                                   ((const WfWorkflowsPage *) user_data)->order);
}

/* The editor of a workflow has the workflow's own tag, so that none gets two. Owned by the caller. */
static char *
make_tag (const char *workflow)
{
  return g_strconcat ("workflow-", workflow, NULL);
}

static void
open_wanted (WfWorkflowsPage *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);
  WfWorkflowItem *item = wanted != NULL ? wf_workflows_page_find_item (self, wanted) : NULL;

  if (item != NULL)
    wf_workflows_page_open_item (self, item, NULL);
  else if (wanted != NULL)
    wf_workflows_page_say (self, _ ("There is no such workflow any more."));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WfWorkflowsPage *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
      wf_runtime_list_workflows_finish (WF_RUNTIME (source), result, &error);
  g_autoptr (GPtrArray) items = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (entries == NULL)
    {
      wf_plain_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      WfRuntimeWorkflow *entry = g_ptr_array_index (entries, i);

      g_ptr_array_add (items,
                       wf_workflow_item_new (entry, wf_runtime_get_organisation (self->runtime)));
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  show_state (self);
  open_wanted (self);
  wf_workflows_page_look_for_unsaved (self);
}

static void
reload (WfWorkflowsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->runtime == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wf_runtime_list_workflows_async (self->runtime, self->cancellable, on_listed, self);
}

/* ---- callbacks ---- */

static void
on_retry_clicked (WfWorkflowsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  reload (self);
}

static void
on_search_changed (WfWorkflowsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->searched, g_free);
  if (*text != '\0')
    self->searched = g_strdup (text);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
}

void
wf_workflows_page_say (WfWorkflowsPage *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

WfWorkflowItem *
wf_workflows_page_find_item (WfWorkflowsPage *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (WfWorkflowItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_strcmp0 (wf_workflow_item_get_workflow (item)->id, id) == 0)
        return item; /* the list keeps it */
    }
  return NULL;
}

static void
on_state_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (wf_runtime_command_finish (WF_RUNTIME (source), result, &error))
    return;
  wf_workflows_page_say (self, error->message);
  reload (self); /* the switch goes back to what holds */
}

typedef struct
{
  WfWorkflowsPage *page; /* (owned) */
  WfWorkflow *workflow;  /* (owned) */
} Resume;

static void
resume_free (gpointer data)
{
  Resume *resume = data;

  g_object_unref (resume->page);
  wf_workflow_unref (resume->workflow);
  g_free (resume);
}

static void
on_resume_answered (gboolean wanted, WfResume how, gpointer user_data)
{
  const Resume *resume = user_data;

  if (wanted && resume->page->runtime != NULL)
    wf_runtime_resume_workflow_async (resume->page->runtime, resume->workflow->id, how, NULL,
                                      on_state_saved, g_object_ref (resume->page));
  else
    reload (resume->page); /* the switch goes back to what holds */
}

static void
on_state_wanted (WfWorkflowRow *row, int state, WfWorkflowsPage *self)
{
  WfWorkflow *workflow = wf_workflow_item_get_workflow (wf_workflow_row_get_item (row));

  if (state == WF_WORKFLOW_LIVE && workflow->state == WF_WORKFLOW_PAUSED)
    {
      Resume *resume = g_new (Resume, 1);

      *resume = (Resume) { g_object_ref (self), wf_workflow_ref (workflow) };
      wf_resume_ask (GTK_WIDGET (self), self->runtime, workflow, on_resume_answered, resume,
                     resume_free);
      return;
    }
  wf_runtime_set_workflow_state_async (self->runtime, workflow->id, (WfWorkflowState) state, NULL,
                                       on_state_saved, g_object_ref (self));
}

/* edited: nullable, unsaved work to go on with. */
void
wf_workflows_page_open_item (WfWorkflowsPage *self, WfWorkflowItem *item, WfWorkflow *edited)
{
  WfWorkflowEditor *editor = wf_workflow_editor_new (
      self->runtime, wf_workflow_item_get_latest (item),
      wf_workflow_item_was_published (item) ? wf_workflow_item_get_workflow (item) : NULL);

  g_autofree char *tag = make_tag (wf_workflow_item_get_workflow (item)->id);

  if (adw_navigation_view_find_page (self->view, tag) == NULL)
    adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (editor), tag);
  if (edited != NULL)
    wf_workflow_editor_bring_back (editor, edited);
  adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (editor));
}

static void
on_row_activated (WfWorkflowsPage *self, GtkListBoxRow *row)
{
  wf_workflows_page_open_item (self, wf_workflow_row_get_item (WF_WORKFLOW_ROW (row)), NULL);
}

static void
on_bring_back_clicked (WfWorkflowsPage *self)
{
  wf_workflows_page_bring_back (self);
}

static void
on_add (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowsPage *self = WF_WORKFLOWS_PAGE (widget);
  g_autoptr (WfWorkflow) workflow = NULL;

  if (!may_edit (self))
    return;
  workflow = wf_workflow_new ("");
  wf_workflows_page_edit (self, workflow);
}

static void
on_search (GtkWidget *widget, const char *action, GVariant *target)
{
  gtk_search_bar_set_search_mode (WF_WORKFLOWS_PAGE (widget)->search_bar, TRUE);
}

static void
on_template_chosen (WfWorkflowsPage *self, WfWorkflow *draft)
{
  if (self->runtime != NULL)
    wf_workflows_page_edit (self, draft);
}

static void
on_templates (GtkWidget *widget, const char *action, GVariant *target)
{
  WfTemplateGallery *gallery = wf_template_gallery_new ();

  g_signal_connect_object (gallery, "chosen", G_CALLBACK (on_template_chosen), widget,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (gallery), widget);
}

static gboolean
transform_to_narrow (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_boolean (to, g_value_get_object (from) != NULL);
  return TRUE;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  WfWorkflowsPage *self = user_data;
  WfWorkflowRow *row = wf_workflow_row_new (WF_WORKFLOW_ITEM (item), may_edit (self),
                                            wf_clock_now (wf_runtime_get_clock (self->runtime)));

  g_signal_connect_object (row, "state-wanted", G_CALLBACK (on_state_wanted), self,
                           G_CONNECT_DEFAULT);
  g_object_bind_property_full (self->widths, "current-breakpoint", row, "narrow",
                               G_BINDING_SYNC_CREATE, transform_to_narrow, NULL, NULL, NULL);
  return GTK_WIDGET (row);
}

/* ---- object ---- */

static void
set_runtime (WfWorkflowsPage *self, WfRuntime *runtime)
{
  if (self->runtime == runtime)
    return;
  if (self->runtime != NULL)
    g_signal_handlers_disconnect_by_data (self->runtime, self);
  g_set_object (&self->runtime, runtime);
  wf_workflows_page_forget_unsaved (self);
  adw_navigation_view_pop_to_tag (self->view, "list");
  g_list_store_remove_all (self->items);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  if (runtime != NULL)
    {
      g_signal_connect_object (runtime, "workflows-changed", G_CALLBACK (reload), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (runtime, "notify::organisation", G_CALLBACK (reload), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (runtime, "notify::person", G_CALLBACK (reload), self,
                               G_CONNECT_SWAPPED);
    }
  reload (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNTIME]);
}

static void
set_order (WfWorkflowsPage *self, const char *name)
{
  guint order = 0;

  while (order_names[order] != NULL && g_strcmp0 (order_names[order], name) != 0)
    order++;
  g_return_if_fail (order_names[order] != NULL);
  if (self->order == (WfWorkflowOrder) order)
    return;
  self->order = (WfWorkflowOrder) order;
  gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

static void
set_archived (WfWorkflowsPage *self, gboolean archived)
{
  if (self->archived == archived)
    return;
  self->archived = archived;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARCHIVED]);
}

static void
wf_workflows_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((WfWorkflowsPageProperty) id)
    {
    case PROP_RUNTIME:
      g_value_set_object (value, WF_WORKFLOWS_PAGE (object)->runtime);
      break;
    case PROP_ORDER:
      g_value_set_string (value, order_names[WF_WORKFLOWS_PAGE (object)->order]);
      break;
    case PROP_ARCHIVED:
      g_value_set_boolean (value, WF_WORKFLOWS_PAGE (object)->archived);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_workflows_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((WfWorkflowsPageProperty) id)
    {
    case PROP_RUNTIME:
      set_runtime (WF_WORKFLOWS_PAGE (object), g_value_get_object (value));
      break;
    case PROP_ORDER:
      set_order (WF_WORKFLOWS_PAGE (object), g_value_get_string (value));
      break;
    case PROP_ARCHIVED:
      set_archived (WF_WORKFLOWS_PAGE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_workflows_page_dispose (GObject *object)
{
  WfWorkflowsPage *self = WF_WORKFLOWS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->looking_for_unsaved);
  g_clear_object (&self->looking_for_unsaved);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->runtime);
  g_clear_object (&self->shown);
  g_clear_object (&self->items);
  g_clear_pointer (&self->searched, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->left_behind, g_ptr_array_unref);
  G_OBJECT_CLASS (wf_workflows_page_parent_class)->dispose (object);
}

static void
wf_workflows_page_class_init (WfWorkflowsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_workflows_page_get_property;
  object_class->set_property = wf_workflows_page_set_property;
  object_class->dispose = wf_workflows_page_dispose;
  properties[PROP_RUNTIME] =
      g_param_spec_object ("runtime", NULL, NULL, WF_TYPE_RUNTIME,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ORDER] =
      g_param_spec_string ("order", NULL, NULL, order_names[0],
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ARCHIVED] =
      g_param_spec_boolean ("archived", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "workflows/wf-workflows-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, view);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, widths);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, search);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, recovered);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, templates_button);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, empty_add);
  gtk_widget_class_bind_template_child (widget_class, WfWorkflowsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_bring_back_clicked);
  gtk_widget_class_install_action (widget_class, "workflows.add", NULL, on_add);
  gtk_widget_class_install_action (widget_class, "workflows.templates", NULL, on_templates);
  gtk_widget_class_install_action (widget_class, "workflows.search", NULL, on_search);
  gtk_widget_class_install_property_action (widget_class, "workflows.order", "order");
  gtk_widget_class_install_property_action (widget_class, "workflows.archived", "archived");
  wf_workflows_page_install_commands (widget_class);
}

static void
wf_workflows_page_init (WfWorkflowsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (WF_TYPE_WORKFLOW_ITEM);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->sorter = gtk_custom_sorter_new (compare_items, self, NULL);
  self->shown = gtk_filter_list_model_new (
      G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->items)),
                                             GTK_SORTER (self->sorter))),
      GTK_FILTER (self->filter));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row, self, NULL);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->stack));
  adw_banner_set_use_markup (self->recovered, FALSE);
  /* Not on the page itself: the editor, a page beside the list, has shortcuts of its own. */
  wf_actions_add_shortcuts (GTK_WIDGET (adw_navigation_view_find_page (self->view, "list")),
                            WF_SHORTCUT_WORKFLOWS);
}

void
wf_workflows_page_show (WfWorkflowsPage *self, const char *workflow)
{
  g_return_if_fail (WF_IS_WORKFLOWS_PAGE (self) && workflow != NULL);
  g_autofree char *tag = make_tag (workflow);

  if (adw_navigation_view_find_page (self->view, tag) != NULL)
    {
      adw_navigation_view_pop_to_tag (self->view, tag);
      return;
    }
  adw_navigation_view_pop_to_tag (self->view, "list");
  g_set_str (&self->wanted, workflow);
  /* What was read before may be older than what was found. */
  reload (self);
}

void
wf_workflows_page_find (WfWorkflowsPage *self, const char *text)
{
  g_return_if_fail (WF_IS_WORKFLOWS_PAGE (self));
  adw_navigation_view_pop_to_tag (self->view, "list");
  set_archived (self, FALSE);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  on_search_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
wf_workflows_page_edit (WfWorkflowsPage *self, WfWorkflow *workflow)
{
  WfWorkflowEditor *editor;

  g_return_if_fail (self->runtime != NULL);

  editor = wf_workflow_editor_new (self->runtime, workflow, NULL);
  if (workflow->steps->len > 0) /* a copy or a template: it is kept also when nobody changes it */
    wf_workflow_editor_mark_new (editor);
  adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (editor));
}
