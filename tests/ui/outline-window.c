/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with an outline alone, for tests that look at it over the accessibility bus and drive it with real keys and a real
 * pointer: tells on stdout what is opened, what is selected and how the steps are ordered. */
#include "wf-builder-sample.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-outline-view.h"
#include "wf-ui-gresource.h"

#include <stdio.h>

static int width = 700, height = 700, large;
static gboolean is_dark, is_mirrored, is_read_only, is_damaged, is_large_text;
static const GOptionEntry entries[] = {
  { "width", 0, 0, G_OPTION_ARG_INT, &width, NULL, NULL },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, NULL, NULL },
  { "steps", 0, 0, G_OPTION_ARG_INT, &large, NULL, NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, NULL, NULL },
  { "mirrored", 0, 0, G_OPTION_ARG_NONE, &is_mirrored, NULL, NULL },
  { "read-only", 0, 0, G_OPTION_ARG_NONE, &is_read_only, NULL, NULL },
  { "damaged", 0, 0, G_OPTION_ARG_NONE, &is_damaged, NULL, NULL },
  { "large-text", 0, 0, G_OPTION_ARG_NONE, &is_large_text, NULL, NULL },
  { NULL },
};

static void
say (const char *what, const char *more)
{
  printf ("%s %s\n", what, more);
  fflush (stdout);
}

static void
on_open (WfOutlineView *view, const WfTarget *target, gpointer data)
{
  g_autofree char *text = wf_builder_sample_target (target);

  say ("open", text);
}

static void
on_menu (WfOutlineView *view, const WfTarget *target, double x, double y, gpointer data)
{
  g_autofree char *text = wf_builder_sample_target (target);

  say ("menu", text);
}

static void
on_changed (WfWorkflowDocument *document, gpointer data)
{
  g_autofree char *text = wf_builder_sample_outline (wf_workflow_document_get_workflow (document));

  say ("steps", text);
}

static void
on_selected (WfStepSelection *selection, gpointer data)
{
  g_autofree char *text = wf_builder_sample_selected (selection);

  say ("selected", text);
}

static void
on_focus (WfStepSelection *selection, gpointer data)
{
  g_autofree char *text = wf_builder_sample_target (wf_step_selection_get_focus (selection));

  say ("focus", text);
}

static WfWorkflow *
make_workflow (void)
{
  if (large > 0)
    return wf_builder_sample_new_large ((guint) large);
  return is_damaged ? wf_builder_sample_new_damaged () : wf_builder_sample_new ();
}

static WfBuilderContext *
make_context (void)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  g_autoptr (WfRuntime) runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "carla");
  g_autoptr (WfWorkflow) workflow = make_workflow ();
  g_autoptr (WfWorkflowDocument) document = wf_workflow_document_new (workflow, organisation);

  return wf_builder_context_new (runtime, document, !is_read_only);
}

static void
set_style (void)
{
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
  if (is_large_text)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 2, NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfBuilderContext) context = NULL;
  WfStepSelection *selection;
  GtkWidget *window, *view;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  adw_init ();
  wf_ui_register_resource ();
  set_style ();
  context = make_context ();
  selection = wf_builder_context_get_selection (context);
  view = g_object_new (WF_TYPE_OUTLINE_VIEW, NULL);
  wf_outline_view_set_context (WF_OUTLINE_VIEW (view), context);
  g_signal_connect (view, "open", G_CALLBACK (on_open), NULL);
  g_signal_connect (view, "menu", G_CALLBACK (on_menu), NULL);
  g_signal_connect (selection, "changed", G_CALLBACK (on_selected), NULL);
  g_signal_connect (selection, "focus-changed", G_CALLBACK (on_focus), NULL);
  g_signal_connect (wf_builder_context_get_document (context), "changed", G_CALLBACK (on_changed),
                    NULL);
  window = adw_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Outline");
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
