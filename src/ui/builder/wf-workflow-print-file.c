/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The PDF file of a workflow.
 *
 * Policy. A long workflow takes a second, so its pages are made and drawn one after another between
 * the other work of the main loop (icons and fonts belong to its thread); only what does not touch
 * them, the end of the document and the file, is done by a thread. A file is replaced as a whole or
 * not at all: who cancels keeps the old one. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-print-private.h"

#include <cairo-pdf.h>

typedef struct
{
  WfWorkflow *workflow;         /* (owned) */
  WfOrganisation *organisation; /* (owned) (nullable) */
  char *path;                   /* (owned) */
  GByteArray *bytes;            /* (owned) */
  double width, height;         /* of the paper */
  cairo_surface_t *surface;     /* (owned) */
  cairo_t *cr;                  /* (owned) */
  WfPrintPages *pages;          /* (owned) */
  gboolean is_prepared;         /* all pages are known */
  guint page;                   /* the next one that is drawn */
  WfPrintProgress progress;     /* (nullable) */
  gpointer progress_data;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_clear_pointer (&self->pages, wf_print_pages_free);
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface); /* writes, when it was not finished */
  g_byte_array_unref (self->bytes);
  wf_workflow_unref (self->workflow);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  g_free (self->path);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* The default paper of the person's country. */
static void
get_paper (double *width, double *height)
{
  GtkPaperSize *paper = gtk_paper_size_new (NULL);

  *width = gtk_paper_size_get_width (paper, GTK_UNIT_POINTS);
  *height = gtk_paper_size_get_height (paper, GTK_UNIT_POINTS);
  gtk_paper_size_free (paper);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
open_document (Work *self)
{
  cairo_surface_t *surface;

  get_paper (&self->width, &self->height);
  surface =
      cairo_pdf_surface_create_for_stream (append_bytes, self->bytes, self->width, self->height);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4); /* read by everything */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->workflow->name);
  if (self->workflow->objective != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->workflow->objective);
  self->surface = surface;
  self->cr = cairo_create (surface);
}

static Work *
work_new (WfWorkflow *workflow, WfOrganisation *organisation, const char *path)
{
  Work *self = g_new0 (Work, 1);
  g_autofree char *date = wf_print_make_date ();
  g_autoptr (GObject) context = NULL;

  self->workflow = wf_workflow_ref (workflow);
  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  self->path = g_strdup (path);
  self->bytes = g_byte_array_new ();
  open_document (self);
  context = G_OBJECT (pango_cairo_create_context (self->cr));
  wf_print_prepare_context (PANGO_CONTEXT (context));
  self->pages = wf_print_pages_begin (
      workflow, organisation, PANGO_CONTEXT (context), self->width - 2 * WF_PRINT_MARGIN,
      self->height - 2 * WF_PRINT_MARGIN, date, wf_print_get_icons ());
  return self;
}

/* Some paragraphs, or a page. TRUE when all of them are drawn. */
static gboolean
work_step (Work *self)
{
  if (!self->is_prepared)
    {
      self->is_prepared = wf_print_pages_prepare (self->pages);
      return FALSE;
    }
  cairo_save (self->cr);
  cairo_translate (self->cr, WF_PRINT_MARGIN, WF_PRINT_MARGIN);
  wf_print_pages_draw (self->pages, self->cr, self->page++);
  cairo_restore (self->cr);
  cairo_show_page (self->cr);
  return self->page == wf_print_pages_get_n (self->pages);
}

/* May run in a thread: nothing else uses the document any more. */
static gboolean
work_write (Work *self, GError **error)
{
  cairo_status_t status;

  cairo_surface_finish (self->surface);
  status = cairo_surface_status (self->surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", self->path,
                   cairo_status_to_string (status));
      return FALSE;
    }
  return g_file_set_contents (self->path, (const char *) self->bytes->data,
                              (gssize) self->bytes->len, error);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (work_write (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
tell_progress (const Work *self)
{
  if (self->progress != NULL)
    self->progress (self->page, self->is_prepared ? wf_print_pages_get_n (self->pages) : 0,
                    self->progress_data);
}

static gboolean
on_idle (gpointer user_data)
{
  GTask *task = user_data;
  Work *self = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (!work_step (self))
    {
      tell_progress (self);
      return G_SOURCE_CONTINUE;
    }
  tell_progress (self);
  g_task_run_in_thread (task, write_in_thread);
  return G_SOURCE_REMOVE;
}

/**
 * wf_workflow_print_to_pdf_async:
 * @workflow: what is printed
 * @organisation: (nullable): for names
 * @path: of the file; replaced as a whole or not at all
 * @progress: (nullable): called in the main loop, last with the last page
 * @progress_data: for it
 * @cancellable: (nullable): to give up; the file is left as it was
 * @callback: called in the thread's main context
 * @user_data: for it
 *
 * Needs no display.
 */
void
wf_workflow_print_to_pdf_async (WfWorkflow *workflow, WfOrganisation *organisation,
                                const char *path, WfPrintProgress progress, gpointer progress_data,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSource) idle = g_idle_source_new ();
  Work *work = work_new (workflow, organisation, path);

  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_source_tag (task, wf_workflow_print_to_pdf_async);
  g_task_set_task_data (task, work, work_free);
  g_source_set_static_name (idle, "[workflow] pages of a PDF");
  g_source_set_callback (idle, on_idle, task, g_object_unref);
  g_source_attach (idle, g_main_context_get_thread_default ());
}

/**
 * wf_workflow_print_to_pdf_finish:
 * @result: of the above
 * @error: (out) (optional): %G_IO_ERROR_FAILED or a #GFileError, with the file's name, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the file is there
 */
gboolean
wf_workflow_print_to_pdf_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
