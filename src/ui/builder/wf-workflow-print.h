/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print and PDF of a workflow (R134, B24): the picture of the flow, and the handbook: objective,
 * trigger, every step as a sentence, with paths indented, people and groups named. */
#pragma once

#include "wf-workflow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The print dialog of the desktop, with preview. Errors are told through the callback of the
 * parent's toast. */
void wf_workflow_print (GtkWindow *parent, WfWorkflow *workflow, WfOrganisation *organisation,
                        void (*failed) (const char *text, gpointer user_data), gpointer user_data);
/* page: from 1; 0 while the pages are being made, n_pages is 0 then. */
typedef void (*WfPrintProgress) (guint page, guint n_pages, gpointer user_data);
/* The same pages as a PDF file, in pieces of the main loop, which goes on meanwhile; the file
 * itself is written by a thread. Needs no display. progress: nullable. */
void wf_workflow_print_to_pdf_async (WfWorkflow *workflow, WfOrganisation *organisation,
                                     const char *path, WfPrintProgress progress,
                                     gpointer progress_data, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean wf_workflow_print_to_pdf_finish (GAsyncResult *result, GError **error);

G_END_DECLS
