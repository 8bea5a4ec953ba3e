/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor in a window. */
#include "wf-editor-window.h"

#include "wf-builder-sample.h"
#include "wf-canvas-private.h"
#include "wf-outline-selection.h"
#include "wf-window-check.h"

void
wf_editor_window_init (WfEditorWindow *self, const char *person)
{
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *behind = gtk_button_new_with_label ("Behind");

  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->folder = wf_test_folder_new ();
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), organisation, person);
  wf_fake_runtime_set_folder (self->runtime, wf_test_folder_get_path (self->folder));
  self->view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_navigation_view_push (self->view, adw_navigation_page_new (behind, "Behind"));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (self->view));
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 800);
  adw_window_set_content (ADW_WINDOW (self->window), toasts);
  gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
is_drawn (gpointer data)
{
  WfEditorWindow *self = data;

  return gtk_widget_get_mapped (GTK_WIDGET (self->editor)) &&
         gtk_widget_get_width (GTK_WIDGET (self->editor->canvas)) > 0 &&
         wf_canvas_get_frame_time (self->editor->canvas) > 0;
}

void
wf_editor_window_open (WfEditorWindow *self, WfWorkflow *workflow, WfWorkflow *published)
{
  self->editor = wf_workflow_editor_new (self->runtime, workflow, published);
  wf_workflow_unref (workflow);
  adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (self->editor));
  g_assert_true (wf_window_check_wait (is_drawn, self));
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* end: closes what the editor is in. */
static void
expect_end_of_editor (WfEditorWindow *self, void (*end) (WfEditorWindow *self))
{
  gpointer editor = self->editor;
  gpointer context = self->editor->context;
  gpointer document = self->editor->document;

  g_object_add_weak_pointer (editor, &editor);
  g_object_add_weak_pointer (context, &context);
  g_object_add_weak_pointer (document, &document);
  end (self);
  g_assert_true (wf_window_check_wait (is_null, &editor));
  g_assert_true (wf_window_check_wait (is_null, &context));
  g_assert_true (wf_window_check_wait (is_null, &document));
  self->editor = NULL;
}

static void
pop (WfEditorWindow *self)
{
  adw_navigation_view_pop (self->view);
}

void
wf_editor_window_leave (WfEditorWindow *self)
{
  expect_end_of_editor (self, pop);
}

static void
destroy (WfEditorWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  self->window = NULL;
}

void
wf_editor_window_clear (WfEditorWindow *self)
{
  if (self->editor != NULL)
    expect_end_of_editor (self, destroy);
  else
    destroy (self);
  wf_fake_clock_run_idle ();
  g_assert_finalize_object (self->runtime);
  wf_test_folder_free (self->folder);
  g_object_unref (self->clock);
}

void
wf_editor_window_activate (WfEditorWindow *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->editor), action, NULL));
}

gboolean
wf_editor_window_can (WfEditorWindow *self, const char *action)
{
  GtkWidget *probe = gtk_button_new ();
  gboolean can;

  /* Name and target are compared with the action when both are there. */
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (probe), action);
  gtk_widget_set_parent (probe, GTK_WIDGET (self->editor));
  can = gtk_widget_get_sensitive (probe);
  gtk_widget_unparent (probe);
  return can;
}

void
wf_editor_window_point_at (WfEditorWindow *self, const char *what)
{
  g_autoptr (WfTarget) target = NULL;
  g_auto (GStrv) words = g_strsplit (what, " ", 3);

  if (g_str_equal (what, "trigger"))
    target = wf_target_new_trigger ();
  else if (g_strcmp0 (words[0], "path") == 0)
    target = wf_target_new_path (words[1], (guint) g_ascii_strtoull (words[2], NULL, 10));
  if (target != NULL)
    wf_step_selection_focus (self->editor->selection, target, WF_SELECT_REPLACE);
  else
    wf_builder_sample_select (self->editor->selection, what);
}

/* ---- what is shown ---- */

static void
append_target (GString *text, const WfTarget *target)
{
  g_autofree char *name = wf_builder_sample_target (target);

  g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", name);
}

static void
append_steps (GString *text, const GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);
      g_autoptr (WfTarget) target = wf_target_new_step (step->id);

      append_target (text, target);
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        {
          g_autoptr (WfTarget) path = wf_target_new_path (step->id, j);

          append_target (text, path);
          append_steps (text, ((WfPath *) g_ptr_array_index (step->paths, j))->steps);
        }
    }
}

static char *
list_document (WfEditorWindow *self)
{
  GString *text = g_string_new ("trigger");

  append_steps (text, wf_workflow_editor_get_workflow (self->editor)->steps);
  return g_string_free_and_steal (text);
}

static char *
list_canvas (WfEditorWindow *self)
{
  const WfFlowLayout *layout = wf_canvas_get_layout (self->editor->canvas);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < wf_flow_layout_get_n_cards (layout); i++)
    if (wf_flow_layout_get_card (layout, i)->kind != WF_FLOW_END)
      append_target (text, &wf_flow_layout_get_card (layout, i)->target);
  return g_string_free_and_steal (text);
}

static char *
list_outline (WfEditorWindow *self)
{
  GtkListView *list = GTK_LIST_VIEW (
      wf_editor_window_find (GTK_WIDGET (self->editor->outline), GTK_TYPE_LIST_VIEW));
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (list));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (WfOutlineItem) item = g_list_model_get_item (model, i);

      append_target (text, wf_outline_item_get_target (item));
    }
  return g_string_free_and_steal (text);
}

static gboolean
shows_document (gpointer data)
{
  g_autofree char *document = list_document (data);
  g_autofree char *canvas = list_canvas (data);
  g_autofree char *outline = list_outline (data);

  return g_str_equal (document, canvas) && g_str_equal (document, outline);
}

char *
wf_editor_window_describe (WfEditorWindow *self)
{
  if (!wf_window_check_wait (shows_document, self))
    {
      g_autofree char *document = list_document (self);
      g_autofree char *canvas = list_canvas (self);
      g_autofree char *outline = list_outline (self);

      g_assert_cmpstr (canvas, ==, document);
      g_assert_cmpstr (outline, ==, document);
    }
  return wf_builder_sample_outline (wf_workflow_editor_get_workflow (self->editor));
}

typedef struct
{
  WfEditorWindow *window;
  const char *text;
} Shown;

static gboolean
shows_text (gpointer data)
{
  const Shown *shown = data;

  return wf_window_check_has_text (shown->window->window, shown->text);
}

void
wf_editor_window_assert_shows (WfEditorWindow *self, const char *text)
{
  if (!wf_window_check_wait (shows_text, &(Shown) { self, text }))
    g_error ("“%s” is not shown", text);
}

GtkWidget *
wf_editor_window_find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = wf_editor_window_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  WfEditorWindow *window;
  GType type;
  const char *buildable_id;
} Wanted;

static gboolean
is_there (gpointer data)
{
  const Wanted *wanted = data;

  return wf_window_check_find (wanted->window->window, wanted->type, wanted->buildable_id) != NULL;
}

GtkWidget *
wf_editor_window_wait_for (WfEditorWindow *self, GType type, const char *buildable_id)
{
  if (!wf_window_check_wait (is_there, &(Wanted) { self, type, buildable_id }))
    g_error ("there is no %s %s", g_type_name (type), buildable_id != NULL ? buildable_id : "");
  return wf_window_check_find (self->window, type, buildable_id);
}
