/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One view of the builder alone in a window. */
#include "wf-builder-window.h"

#include "wf-builder-commands.h"
#include "wf-builder-sample.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-ui-gresource.h"

#include <stdio.h>

/* ---- what it tells ---- */

static void
tell (const char *what, char *text)
{
  printf ("%s %s\n", what, text);
  fflush (stdout);
  g_free (text);
}

static void
on_open (GtkWidget *view, const WfTarget *target, gpointer data)
{
  tell ("open", wf_builder_sample_target (target));
}

static void
on_menu (GtkWidget *view, const WfTarget *target, double x, double y, gpointer data)
{
  tell ("menu", wf_builder_sample_target (target));
}

static void
on_changed (WfWorkflowDocument *document, gpointer data)
{
  tell ("steps", wf_builder_sample_outline (wf_workflow_document_get_workflow (document)));
}

static void
on_selected (WfStepSelection *selection, gpointer data)
{
  tell ("selected", wf_builder_sample_selected (selection));
}

static void
on_focus (WfStepSelection *selection, gpointer data)
{
  tell ("focus", wf_builder_sample_target (wf_step_selection_get_focus (selection)));
}

/* ---- keys of the editor ---- */

static void
add_note (WfStepSelection *selection)
{
  g_autoptr (WfWorkflow) source = wf_builder_sample_read (
      "{\"id\":\"note\",\"kind\":\"post-to-stream\",\"text\":\"A new note\"}");
  const WfStepPlace place = { NULL, 0, 0 };

  wf_builder_add (selection, &place, wf_step_copy (wf_workflow_find_step (source, "note")));
}

static gboolean
on_key (GtkWidget *widget, GVariant *command, gpointer data)
{
  WfBuilderContext *context = data;
  WfStepSelection *selection = wf_builder_context_get_selection (context);
  WfWorkflowDocument *document = wf_builder_context_get_document (context);
  const char *name = g_variant_get_string (command, NULL);

  if (g_str_equal (name, "add"))
    add_note (selection);
  else if (g_str_equal (name, "delete"))
    wf_builder_delete (selection);
  else if (g_str_equal (name, "up"))
    wf_builder_move (selection, -1);
  else if (g_str_equal (name, "down"))
    wf_builder_move (selection, 1);
  else if (g_str_equal (name, "undo"))
    wf_workflow_document_undo (document);
  else
    wf_workflow_document_redo (document);
  return TRUE;
}

static void
add_keys (GtkWidget *window, WfBuilderContext *context)
{
  static const char *const keys[][2] = {
    { "Insert", "add" },     { "Delete", "delete" }, { "<Alt>Up", "up" },
    { "<Alt>Down", "down" }, { "<Ctrl>z", "undo" },  { "<Ctrl><Shift>z", "redo" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i][0]),
                                                gtk_callback_action_new (on_key, context, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i][1]));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (window, controller);
}

/* ---- program ---- */

static void
set_style (const WfBuilderWindowOptions *options)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  if (options->is_dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  if (options->is_mirrored)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (options->is_large_text)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 2, NULL);
}

gboolean
wf_builder_window_begin (WfBuilderWindowOptions *options, const GOptionEntry *more, int *argc,
                         char ***argv)
{
  const GOptionEntry entries[] = {
    { "width", 0, 0, G_OPTION_ARG_INT, &options->width, NULL, NULL },
    { "height", 0, 0, G_OPTION_ARG_INT, &options->height, NULL, NULL },
    { "steps", 0, 0, G_OPTION_ARG_INT, &options->n_steps, NULL, NULL },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &options->is_dark, NULL, NULL },
    { "mirrored", 0, 0, G_OPTION_ARG_NONE, &options->is_mirrored, NULL, NULL },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &options->is_read_only, NULL, NULL },
    { "large-text", 0, 0, G_OPTION_ARG_NONE, &options->is_large_text, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, more, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  adw_init ();
  wf_ui_register_resource ();
  set_style (options);
  return TRUE;
}

WfBuilderContext *
wf_builder_window_new_context (const WfBuilderWindowOptions *options, WfWorkflow *workflow)
{
  g_autoptr (WfFakeClock) clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  g_autoptr (WfRuntime) runtime = wf_fake_runtime_new (WF_CLOCK (clock), organisation, "carla");
  g_autoptr (WfWorkflow) taken = workflow;
  g_autoptr (WfWorkflowDocument) document = wf_workflow_document_new (taken, organisation);

  return wf_builder_context_new (runtime, document, !options->is_read_only);
}

void
wf_builder_window_connect (GtkWindow *window, GtkWidget *view, WfBuilderContext *context)
{
  WfStepSelection *selection = wf_builder_context_get_selection (context);

  g_signal_connect (view, "open", G_CALLBACK (on_open), NULL);
  g_signal_connect (view, "menu", G_CALLBACK (on_menu), NULL);
  g_signal_connect (selection, "changed", G_CALLBACK (on_selected), NULL);
  g_signal_connect (selection, "focus-changed", G_CALLBACK (on_focus), NULL);
  g_signal_connect (wf_builder_context_get_document (context), "changed", G_CALLBACK (on_changed),
                    NULL);
  if (wf_builder_context_is_editable (context))
    add_keys (GTK_WIDGET (window), context);
}

void
wf_builder_window_run (void)
{
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
}
