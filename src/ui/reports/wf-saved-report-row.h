/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved report in its menu: its name applies it, two buttons rename and delete it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: applied (), renamed (), removed (). */
#define WF_TYPE_SAVED_REPORT_ROW (wf_saved_report_row_get_type ())
G_DECLARE_FINAL_TYPE (WfSavedReportRow, wf_saved_report_row, WF, SAVED_REPORT_ROW, GtkBox)

GtkWidget *wf_saved_report_row_new (void);
void wf_saved_report_row_set_name (WfSavedReportRow *self, const char *name);
const char *wf_saved_report_row_get_name (WfSavedReportRow *self); /* borrowed */

G_END_DECLS
