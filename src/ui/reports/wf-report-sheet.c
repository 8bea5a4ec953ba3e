/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print and PDF of a report.
 *
 * Policy: the main loop is never kept longer than a slice. Breaking into pages and painting are done in slices, GTK's own idle
 * calls or ours; a PDF file is painted onto recordings of the pages, and a thread turns these into the file with its fonts. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-sheet-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define MARGIN 42.5 /* 15 mm */
#define SLICE 5000  /* microseconds */

static gint64
get_deadline (void)
{
  return g_get_monotonic_time () + SLICE;
}

/* ---- printer ---- */

typedef struct
{
  GWeakRef over;
  WfReportSayFunc say;
  WfSheetContent *content; /* (owned) */
  WfSheetPages *pages;     /* (owned) (nullable) until the paper is known */
} PrintJob;

static void
print_job_free (gpointer data)
{
  PrintJob *job = data;

  g_weak_ref_clear (&job->over);
  wf_sheet_content_unref (job->content);
  g_clear_pointer (&job->pages, wf_sheet_pages_free);
  g_free (job);
}

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *paper, PrintJob *job)
{
  PangoContext *context = gtk_print_context_create_pango_context (paper);

  wf_sheet_text_prepare (context);
  g_clear_pointer (&job->pages, wf_sheet_pages_free); /* a preview was shown before */
  job->pages = wf_sheet_pages_new (job->content, context, gtk_print_context_get_width (paper),
                                   gtk_print_context_get_height (paper));
  g_object_unref (context);
}

static gboolean
on_paginate (GtkPrintOperation *operation, GtkPrintContext *paper, PrintJob *job)
{
  if (!wf_sheet_pages_make (job->pages, get_deadline ()))
    return FALSE;
  gtk_print_operation_set_n_pages (operation, (int) wf_sheet_pages_get_n (job->pages));
  return TRUE;
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *paper, int page, PrintJob *job)
{
  guint next = 0;

  wf_sheet_pages_draw (job->pages, gtk_print_context_get_cairo_context (paper), (guint) page, &next,
                       G_MAXINT64);
}

static void
on_print_done (GtkPrintOperation *operation, GtkPrintOperationResult result, PrintJob *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) over = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  g_warning ("A report could not be printed: %s", error != NULL ? error->message : "unknown");
  over = g_weak_ref_get (&job->over);
  if (job->say != NULL && over != NULL)
    job->say (over, error != NULL ? error->message : _ ("The report could not be printed."));
}

static GtkPageSetup *
make_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_top_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, MARGIN, GTK_UNIT_POINTS);
  return setup;
}

/**
 * wf_sheet_print_new:
 * @over: a widget of the window that is told about
 * @content: what is printed
 * @say: (nullable): called with what went wrong, unless @over is gone
 *
 * Returns: (transfer full): ready to run, to the desktop's dialog, a preview or a file
 */
GtkPrintOperation *
wf_sheet_print_new (GtkWidget *over, WfSheetContent *content, WfReportSayFunc say)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = make_page_setup ();
  PrintJob *job = g_new0 (PrintJob, 1);

  g_weak_ref_init (&job->over, over);
  job->say = say;
  job->content = wf_sheet_content_ref (content);
  gtk_print_operation_set_job_name (operation, job->content->title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), job);
  g_signal_connect (operation, "paginate", G_CALLBACK (on_paginate), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), job);
  g_signal_connect (operation, "done", G_CALLBACK (on_print_done), job);
  g_object_set_data_full (G_OBJECT (operation), "wf-job", job, print_job_free);
  return operation;
}

/**
 * wf_report_sheet_print:
 * @over: a widget of the window that the dialog belongs to
 * @model: whose report is printed, as it is now
 * @title: (nullable): the name of a saved report
 * @say: (nullable): called with what went wrong, unless @over is gone
 *
 * Shows the print dialog of the desktop and returns.
 */
void
wf_report_sheet_print (GtkWidget *over, WfReportModel *model, const char *title,
                       WfReportSayFunc say)
{
  const WfReport *report = wf_report_model_get_report (model);
  GtkRoot *root = gtk_widget_get_root (over);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (WfSheetContent) content = NULL;

  if (report == NULL)
    {
      if (say != NULL)
        say (over, _ ("The report is not there yet."));
      return;
    }
  content = wf_sheet_content_new (report, wf_report_model_get_query (model), title);
  operation = wf_sheet_print_new (over, content, say);
  /* What goes wrong is told by "done" in any case. */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}

/* ---- file ---- */

typedef struct
{
  WfSheetPages *pages; /* (owned) until all is painted */
  char *title, *subject;
  double width, height;  /* of the paper */
  GPtrArray *recordings; /* (owned) of cairo_surface_t, a page each */
  cairo_t *cr;           /* (owned) (nullable) of the page that is being painted */
  guint next;
} FileJob;

static void
file_job_free (gpointer data)
{
  FileJob *job = data;

  g_clear_pointer (&job->cr, cairo_destroy);
  g_clear_pointer (&job->pages, wf_sheet_pages_free);
  g_ptr_array_unref (job->recordings);
  g_free (job->title);
  g_free (job->subject);
  g_free (job);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The recordings are of nobody else any more. */
static void
write_pdf (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FileJob *job = data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_bytes, bytes, job->width, job->height);
  cairo_status_t status;
  cairo_t *cr;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4); /* read by everything */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, job->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, job->subject);
  cr = cairo_create (surface);
  for (guint i = 0; i < job->recordings->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      cairo_set_source_surface (cr, job->recordings->pdata[i], MARGIN, MARGIN);
      cairo_paint (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _ ("The PDF file could not be made: %s"),
                             cairo_status_to_string (status));
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&bytes)),
                           (GDestroyNotify) g_bytes_unref);
}

static void
begin_recording (FileJob *job)
{
  const cairo_rectangle_t area = { 0, 0, job->width - 2 * MARGIN, job->height - 2 * MARGIN };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &area);

  g_ptr_array_add (job->recordings, surface);
  job->cr = cairo_create (surface);
  job->next = 0;
}

/* TRUE: all pages are there. */
static gboolean
paint_slice (FileJob *job, gint64 deadline)
{
  if (!wf_sheet_pages_make (job->pages, deadline))
    return FALSE;
  while (g_get_monotonic_time () < deadline)
    {
      if (job->cr == NULL && job->recordings->len == wf_sheet_pages_get_n (job->pages))
        return TRUE;
      if (job->cr == NULL)
        begin_recording (job);
      if (wf_sheet_pages_draw (job->pages, job->cr, job->recordings->len - 1, &job->next, deadline))
        g_clear_pointer (&job->cr, cairo_destroy);
    }
  return FALSE;
}

static gboolean
on_idle (gpointer user_data)
{
  GTask *task = user_data;
  FileJob *job = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (!paint_slice (job, get_deadline ()))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&job->pages, wf_sheet_pages_free); /* its widgets belong to this thread */
  g_task_run_in_thread (task, write_pdf);
  return G_SOURCE_REMOVE;
}

static FileJob *
file_job_new (WfSheetContent *content, const char *paper)
{
  FileJob *job = g_new0 (FileJob, 1);
  GtkPaperSize *size = gtk_paper_size_new (paper);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  job->width = gtk_paper_size_get_width (size, GTK_UNIT_POINTS);
  job->height = gtk_paper_size_get_height (size, GTK_UNIT_POINTS);
  gtk_paper_size_free (size);
  wf_sheet_text_prepare (context);
  job->pages =
      wf_sheet_pages_new (content, context, job->width - 2 * MARGIN, job->height - 2 * MARGIN);
  g_object_unref (context);
  job->title = g_strdup (content->title);
  job->subject = g_strdup (content->period);
  job->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  return job;
}

/**
 * wf_report_sheet_make_async:
 * @report: what is shown; not needed any more when this returns
 * @query: what it was computed with; the same
 * @title: (nullable): the name of a saved report
 * @paper: (nullable): a name as of gtk_paper_size_new(); %NULL: the paper of the person's country
 * @cancellable: (nullable): ends it
 * @callback: called when the file's bytes are there; ends with wf_report_sheet_make_finish()
 * @user_data: for @callback
 */
void
wf_report_sheet_make_async (const WfReport *report, const WfReportQuery *query, const char *title,
                            const char *paper, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (WfSheetContent) content = NULL;

  g_task_set_source_tag (task, wf_report_sheet_make_async);
  if (gdk_display_get_default () == NULL)
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                       _ ("PDF files can be made on a desktop only."));
      return;
    }
  content = wf_sheet_content_new (report, query, title);
  g_task_set_task_data (task, file_job_new (content, paper), file_job_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_idle, g_steal_pointer (&task), g_object_unref);
}

GBytes *
wf_report_sheet_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_written (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = wf_report_sheet_make_finish (result, &error);

  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    g_file_replace_contents_bytes_async (g_task_get_task_data (task), bytes, NULL, FALSE,
                                         G_FILE_CREATE_NONE, g_task_get_cancellable (task),
                                         on_written, g_object_ref (task));
}

/**
 * wf_report_sheet_export_async:
 * @model: whose report is written, as it is now
 * @title: (nullable): the name of a saved report
 * @file: which the person chose
 * @cancellable: (nullable): ends it
 * @callback: called at the end, with wf_report_sheet_export_finish()
 * @user_data: for @callback
 */
void
wf_report_sheet_export_async (WfReportModel *model, const char *title, GFile *file,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  const WfReport *report = wf_report_model_get_report (model);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, wf_report_sheet_export_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  if (report != NULL)
    wf_report_sheet_make_async (report, wf_report_model_get_query (model), title, NULL, cancellable,
                                on_made, task);
  else
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                       _ ("The report is not there yet."));
      g_object_unref (task);
    }
}

gboolean
wf_report_sheet_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
