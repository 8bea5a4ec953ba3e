/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the editor shows the workflow: canvas or outline, zoom, traffic, the
 * inspector and the panel at the foot. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-editor-private.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define TRAFFIC_DAYS 30
#define ZOOM_STEP 1.25

static gboolean
shows_canvas (WfWorkflowEditor *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "canvas") == 0;
}

/* ---- where the focus is ---- */

void
wf_workflow_editor_reveal (WfWorkflowEditor *self, const WfTarget *target)
{
  wf_step_selection_focus (self->selection, target, WF_SELECT_REPLACE);
  if (shows_canvas (self))
    wf_canvas_reveal (self->canvas, target);
  else
    wf_outline_view_reveal (self->outline, target);
}

gboolean
wf_workflow_editor_focus_view (WfWorkflowEditor *self)
{
  return gtk_widget_grab_focus (shows_canvas (self) ? GTK_WIDGET (self->canvas)
                                                    : GTK_WIDGET (self->outline));
}

void
wf_workflow_editor_focus_inspector (WfWorkflowEditor *self)
{
  adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
  wf_inspector_focus_first (self->inspector);
}

static void
on_inspector (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  /* F4 goes there and back. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->inspector)))
    wf_workflow_editor_focus_view (self);
  else
    wf_workflow_editor_focus_inspector (self);
}

static void
on_view (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  /* The stack would give the focus to the first line of the outline, and so take it from the
   * step. */
  gtk_root_set_focus (gtk_widget_get_root (widget), NULL);
  gtk_stack_set_visible_child_name (self->stack, g_variant_get_string (target, NULL));
  wf_workflow_editor_focus_view (self);
}

/* ---- zoom ---- */

void
wf_workflow_editor_show_zoom (WfWorkflowEditor *self)
{
  static const char *const actions[] = { "editor.zoom-in", "editor.zoom-out", "editor.zoom-100",
                                         "editor.zoom-fit" };
  /* Translators: the zoom of the canvas */
  g_autofree char *text =
      g_strdup_printf (_ ("%d %%"), (int) lround (100 * wf_canvas_get_zoom (self->canvas)));

  gtk_menu_button_set_label (self->zoom, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->zoom), shows_canvas (self));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], shows_canvas (self));
}

static void
on_zoom (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  double zoom = wf_canvas_get_zoom (self->canvas);

  if (g_str_equal (action, "editor.zoom-in"))
    wf_canvas_zoom_to (self->canvas, zoom * ZOOM_STEP, NAN, NAN);
  else if (g_str_equal (action, "editor.zoom-out"))
    wf_canvas_zoom_to (self->canvas, zoom / ZOOM_STEP, NAN, NAN);
  else if (g_str_equal (action, "editor.zoom-100"))
    wf_canvas_zoom_to_focus (self->canvas, 1.0);
  else
    wf_canvas_zoom_to_fit (self->canvas);
}

/* ---- what is drawn over the workflow ---- */

/* A test is looked at while it is there; then the traffic again. */
void
wf_workflow_editor_show_marks (WfWorkflowEditor *self)
{
  WfFlowMarks *test = wf_try_panel_get_marks (self->panel);

  wf_canvas_set_marks (self->canvas, test != NULL ? test : self->traffic);
}

static WfFlowMarks *
make_traffic (GPtrArray *counts)
{
  WfFlowMarks *marks = wf_flow_marks_new ();

  for (guint i = 0; i < counts->len; i++)
    {
      const WfTrafficCount *count = g_ptr_array_index (counts, i);
      g_autoptr (WfTarget) target = count->step == NULL ? wf_target_new_trigger ()
                                    : count->path >= 0
                                        ? wf_target_new_path (count->step, (guint) count->path)
                                        : wf_target_new_step (count->step);

      wf_flow_marks_set_count (marks, target, count->count);
    }
  return marks;
}

static void
on_traffic_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWorkflowEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts =
      wf_runtime_count_traffic_finish (WF_RUNTIME (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->traffic_wanted)
    return;
  if (counts == NULL)
    {
      wf_workflow_editor_say (self, error->message);
      wf_workflow_editor_set_traffic (self, FALSE); /* nothing is shown */
      return;
    }
  g_clear_pointer (&self->traffic, wf_flow_marks_unref); /* it may have been asked for twice */
  self->traffic = make_traffic (counts);
  wf_workflow_editor_show_marks (self);
  if (counts->len == 0)
    wf_workflow_editor_say (self, _ ("No lead passed here in the last 30 days"));
}

/* The property "traffic", which the toggle button's action sets. */
void
wf_workflow_editor_set_traffic (WfWorkflowEditor *self, gboolean wanted)
{
  WfInstant now = wf_clock_now (wf_runtime_get_clock (self->runtime));

  if (self->traffic_wanted == wanted)
    return;
  self->traffic_wanted = wanted;
  g_clear_pointer (&self->traffic, wf_flow_marks_unref);
  if (wanted)
    wf_runtime_count_traffic_async (self->runtime, wf_workflow_editor_get_workflow (self)->id,
                                    now - TRAFFIC_DAYS * G_TIME_SPAN_DAY, self->cancellable,
                                    on_traffic_counted, g_object_ref (self));
  else
    wf_workflow_editor_show_marks (self);
  g_object_notify (G_OBJECT (self), "traffic");
}

/* ---- the panel at the foot ---- */

static void
on_panel (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);
  gboolean test = g_str_equal (action, "editor.test");

  if (test)
    wf_try_panel_show_test (self->panel);
  else
    wf_try_panel_show_problems (self->panel);
  gtk_revealer_set_reveal_child (self->panel_revealer, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->panel), GTK_DIR_TAB_FORWARD);
}

static void
on_close_panel (GtkWidget *widget, const char *action, GVariant *target)
{
  WfWorkflowEditor *self = WF_WORKFLOW_EDITOR (widget);

  /* On a narrow window the settings lie over everything: they go first. */
  if (adw_overlay_split_view_get_collapsed (self->split) &&
      adw_overlay_split_view_get_show_sidebar (self->split))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  else
    gtk_revealer_set_reveal_child (self->panel_revealer, FALSE);
  wf_workflow_editor_focus_view (self);
}

void
wf_workflow_editor_install_view_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.inspector", NULL, on_inspector);
  gtk_widget_class_install_property_action (widget_class, "editor.traffic", "traffic");
  gtk_widget_class_install_action (widget_class, "editor.view", "s", on_view);
  gtk_widget_class_install_action (widget_class, "editor.zoom-in", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "editor.zoom-out", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "editor.zoom-100", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "editor.zoom-fit", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "editor.test", NULL, on_panel);
  gtk_widget_class_install_action (widget_class, "editor.show-problems", NULL, on_panel);
  gtk_widget_class_install_action (widget_class, "editor.close-panel", NULL, on_close_panel);
}
