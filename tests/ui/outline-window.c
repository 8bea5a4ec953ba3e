/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with an outline alone. */
#include "wf-builder-sample.h"
#include "wf-builder-window.h"
#include "wf-outline-view.h"

static WfWorkflow *
make_workflow (const WfBuilderWindowOptions *options, gboolean is_damaged)
{
  if (options->n_steps > 0)
    return wf_builder_sample_new_large ((guint) options->n_steps);
  return is_damaged ? wf_builder_sample_new_damaged () : wf_builder_sample_new ();
}

int
main (int argc, char **argv)
{
  WfBuilderWindowOptions options = { .width = 700, .height = 700 };
  gboolean is_damaged = FALSE;
  const GOptionEntry entries[] = {
    { "damaged", 0, 0, G_OPTION_ARG_NONE, &is_damaged, NULL, NULL },
    { NULL },
  };
  g_autoptr (WfBuilderContext) context = NULL;
  GtkWidget *window, *view;

  if (!wf_builder_window_begin (&options, entries, &argc, &argv))
    return 2;
  context = wf_builder_window_new_context (&options, make_workflow (&options, is_damaged));
  view = g_object_new (WF_TYPE_OUTLINE_VIEW, NULL);
  wf_outline_view_set_context (WF_OUTLINE_VIEW (view), context);
  window = adw_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Outline");
  gtk_window_set_default_size (GTK_WINDOW (window), options.width, options.height);
  adw_window_set_content (ADW_WINDOW (window), view);
  wf_builder_window_connect (GTK_WINDOW (window), view, context);
  gtk_window_present (GTK_WINDOW (window));
  wf_builder_window_run ();
  return 0;
}
