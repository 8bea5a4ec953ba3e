/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as it is printed: pages of cards, charts and tables with the look of the window. */
#pragma once

#include "wf-report-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens the desktop's print dialog (PDF among its printers) and returns at once. over: a widget of the window. title: nullable:
 * the name of a saved report. say: nullable, called with what went wrong in words. */
typedef void (*WfReportSayFunc) (GtkWidget *over, const char *text);
void wf_report_sheet_print (GtkWidget *over, WfReportModel *model, const char *title,
                            WfReportSayFunc say);

/* Straight into a PDF file, on the paper of the person's country (A4, Letter), no dialog. The report is what it is now, also if
 * the model moves on. Painted in slices, written in a thread; the file is replaced as a whole or not at all. */
void wf_report_sheet_export_async (WfReportModel *model, const char *title, GFile *file,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean wf_report_sheet_export_finish (GAsyncResult *result, GError **error);

/* The same without a model. paper: nullable: of the country; "iso_a4", "na_letter". report and query are not needed any more
 * when this returns. Needs a display: fails with G_IO_ERROR_NOT_SUPPORTED without one. */
void wf_report_sheet_make_async (const WfReport *report, const WfReportQuery *query,
                                 const char *title, const char *paper, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GBytes *wf_report_sheet_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
