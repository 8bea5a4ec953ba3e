/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with a canvas alone. */
#include "wf-builder-window.h"
#include "wf-canvas-sample.h"

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
  WfBuilderWindowOptions options = { .width = 900, .height = 700 };
  double zoom = 1;
  gboolean has_marks = FALSE, fits = FALSE;
  const GOptionEntry entries[] = {
    { "zoom", 0, 0, G_OPTION_ARG_DOUBLE, &zoom, NULL, NULL },
    { "marks", 0, 0, G_OPTION_ARG_NONE, &has_marks, NULL, NULL },
    { "fit", 0, 0, G_OPTION_ARG_NONE, &fits, NULL, NULL },
    { NULL },
  };
  g_autoptr (WfBuilderContext) context = NULL;
  WfCanvasSampleWindow window;

  if (!wf_builder_window_begin (&options, entries, &argc, &argv))
    return 2;
  context = wf_builder_window_new_context (
      &options, options.n_steps > 0 ? wf_canvas_sample_new_large ((guint) options.n_steps)
                                    : wf_canvas_sample_new ());
  wf_canvas_sample_window_init (&window, context, options.width, options.height);
  wf_builder_window_connect (GTK_WINDOW (window.window), GTK_WIDGET (window.canvas), context);
  if (has_marks)
    add_marks (window.canvas);
  gtk_window_present (GTK_WINDOW (window.window));
  while (gtk_widget_get_width (GTK_WIDGET (window.canvas)) == 0)
    g_main_context_iteration (NULL, TRUE);
  if (fits)
    wf_canvas_zoom_to_fit (window.canvas);
  else if (zoom != 1)
    wf_canvas_zoom_to (window.canvas, zoom, (double) NAN, (double) NAN);
  wf_builder_window_run ();
  return 0;
}
