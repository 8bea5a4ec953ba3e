/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print and PDF of a workflow: the same pages on a printer's paper and in a file. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-print-private.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

#define FONT "Sans 10"

/* Owned by the caller. */
char *
wf_print_make_date (void)
{
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return wf_time_text_full (wf_clock_now (clock), zone);
}

/* Glyphs stand where they are on paper, not on the pixels of a screen. */
void
wf_print_prepare_context (PangoContext *context)
{
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72); /* lengths are points */
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_font_description (context, font);
  pango_context_set_base_dir (context, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL
                                           ? PANGO_DIRECTION_RTL
                                           : PANGO_DIRECTION_LTR);
  pango_font_description_free (font);
}

/* The desktop's icons; NULL without a display. */
GtkIconTheme *
wf_print_get_icons (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  return display != NULL ? gtk_icon_theme_get_for_display (display) : NULL;
}

/* ---- printer ---- */

typedef struct
{
  WfWorkflow *workflow;
  WfOrganisation *organisation;
  WfPrintPages *pages; /* (nullable) until the paper is known */
} Job;

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *paper, gpointer user_data)
{
  Job *job = user_data;
  PangoContext *context = gtk_print_context_create_pango_context (paper);
  g_autofree char *date = wf_print_make_date ();

  wf_print_prepare_context (context);
  g_clear_pointer (&job->pages, wf_print_pages_free); /* a preview was shown before */
  job->pages = wf_print_pages_new (
      job->workflow, job->organisation, context, gtk_print_context_get_width (paper),
      gtk_print_context_get_height (paper), date, wf_print_get_icons ());
  g_object_unref (context);
  gtk_print_operation_set_n_pages (operation, (int) wf_print_pages_get_n (job->pages));
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *paper, int page, gpointer user_data)
{
  Job *job = user_data;

  wf_print_pages_draw (job->pages, gtk_print_context_get_cairo_context (paper), (guint) page);
}

static GtkPageSetup *
make_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_top_margin (setup, WF_PRINT_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, WF_PRINT_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, WF_PRINT_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, WF_PRINT_MARGIN, GTK_UNIT_POINTS);
  return setup;
}

/* Prints with an operation whose own settings, such as the name of an exported file, are the
 * caller's. */
GtkPrintOperationResult
wf_print_run (GtkPrintOperation *operation, GtkPrintOperationAction action, GtkWindow *parent,
              WfWorkflow *workflow, WfOrganisation *organisation, GError **error)
{
  g_autoptr (GtkPageSetup) setup = make_page_setup ();
  GtkPrintOperationResult result;
  Job job = { wf_workflow_ref (workflow),
              organisation != NULL ? wf_organisation_ref (organisation) : NULL, NULL };

  gtk_print_operation_set_job_name (operation, workflow->name);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_default_page_setup (operation, setup);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), &job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), &job);
  result = gtk_print_operation_run (operation, action, parent, error);
  g_signal_handlers_disconnect_by_data (operation, &job);
  g_clear_pointer (&job.pages, wf_print_pages_free);
  wf_workflow_unref (job.workflow);
  g_clear_pointer (&job.organisation, wf_organisation_unref);
  return result;
}

/**
 * wf_workflow_print:
 * @parent: (nullable): the window that the dialog belongs to
 * @workflow: what is printed
 * @organisation: (nullable): for names
 * @failed: (nullable): told before this returns when it could not be printed
 *
 * Shows the print dialog of the desktop and returns when it is closed.
 */
void
wf_workflow_print (GtkWindow *parent, WfWorkflow *workflow, WfOrganisation *organisation,
                   void (*failed) (const char *text, gpointer user_data), gpointer user_data)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;

  if (wf_print_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, workflow,
                    organisation, &error) != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  g_warning ("A workflow could not be printed: %s", error->message);
  if (failed != NULL)
    failed (error->message, user_data);
}
