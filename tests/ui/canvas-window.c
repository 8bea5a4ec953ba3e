/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with a canvas alone, for tests that look at it over the accessibility bus and drive it with a real pointer: tells on
 * stdout what is opened and how the steps are ordered. */
#include "wf-canvas-sample.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-ui-gresource.h"

#include <stdio.h>

static int width = 900, height = 700, large;
static double zoom = 1;
static gboolean is_dark, is_mirrored, is_read_only, has_marks, fits;
static const GOptionEntry entries[] = {
  { "width", 0, 0, G_OPTION_ARG_INT, &width, NULL, NULL },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, NULL, NULL },
  { "steps", 0, 0, G_OPTION_ARG_INT, &large, NULL, NULL },
  { "zoom", 0, 0, G_OPTION_ARG_DOUBLE, &zoom, NULL, NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, NULL, NULL },
  { "mirrored", 0, 0, G_OPTION_ARG_NONE, &is_mirrored, NULL, NULL },
  { "read-only", 0, 0, G_OPTION_ARG_NONE, &is_read_only, NULL, NULL },
  { "marks", 0, 0, G_OPTION_ARG_NONE, &has_marks, NULL, NULL },
  { "fit", 0, 0, G_OPTION_ARG_NONE, &fits, NULL, NULL },
  { NULL },
};

static void
on_open (WfCanvas *canvas, const WfTarget *target, gpointer data)
{
  printf ("open %d %s %u %u\n", target->kind, target->step != NULL ? target->step : "-",
          target->path, target->position);
  fflush (stdout);
}

static void
on_menu (WfCanvas *canvas, const WfTarget *target, double x, double y, gpointer data)
{
  printf ("menu %d %s\n", target->kind, target->step != NULL ? target->step : "-");
  fflush (stdout);
}

static void
print_step (WfStep *step, gpointer data)
{
  printf (" %s", step->id);
}

static void
on_changed (WfWorkflowDocument *document, gpointer data)
{
  fputs ("steps", stdout);
  wf_workflow_foreach_step (wf_workflow_document_get_workflow (document), print_step, NULL);
  putchar ('\n');
  fflush (stdout);
}

static void
add_marks (WfCanvas *canvas)
{
  g_autoptr (WfFlowMarks) marks = wf_flow_marks_new ();
  g_autoptr (WfTarget) first = wf_target_new_step ("a"), hot = wf_target_new_path ("b", 0);
  g_autoptr (WfTarget) other = wf_target_new_path ("b", 1), last = wf_target_new_step ("g");

  wf_flow_marks_set (marks, first, WF_MARK_PASSED, "Mon 09:30");
  wf_flow_marks_set (marks, hot, WF_MARK_PASSED, NULL);
  wf_flow_marks_set (marks, other, WF_MARK_NOT_TAKEN, NULL);
  wf_flow_marks_set (marks, last, WF_MARK_WAITS, "Tue 10:00");
  wf_flow_marks_set_count (marks, first, 1234);
  wf_flow_marks_set_count (marks, hot, 31);
  wf_canvas_set_marks (canvas, marks);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfWorkflow) workflow = NULL;
  g_autoptr (WfWorkflowDocument) document = NULL;
  g_autoptr (WfBuilderContext) context = NULL;
  WfCanvasSampleWindow window;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  adw_init ();
  wf_ui_register_resource ();
  {
    g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
    g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
    g_autoptr (WfRuntime) runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "carla");
    g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

    gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
    gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                                GTK_STYLE_PROVIDER (style),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    if (is_dark)
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          ADW_COLOR_SCHEME_FORCE_DARK);
    if (is_mirrored)
      gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
    workflow = large > 0 ? wf_canvas_sample_new_large ((guint) large) : wf_canvas_sample_new ();
    document = wf_workflow_document_new (workflow, organisation);
    context = wf_builder_context_new (runtime, document, !is_read_only);
  }
  wf_canvas_sample_window_init (&window, context, width, height);
  g_signal_connect (window.canvas, "open", G_CALLBACK (on_open), NULL);
  g_signal_connect (window.canvas, "menu", G_CALLBACK (on_menu), NULL);
  g_signal_connect (document, "changed", G_CALLBACK (on_changed), NULL);
  if (has_marks)
    add_marks (window.canvas);
  gtk_window_present (GTK_WINDOW (window.window));
  while (gtk_widget_get_width (GTK_WIDGET (window.canvas)) == 0)
    g_main_context_iteration (NULL, TRUE);
  if (fits)
    wf_canvas_zoom_to_fit (window.canvas);
  else if (zoom != 1)
    wf_canvas_zoom_to (window.canvas, zoom, (double) NAN, (double) NAN);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
