/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An activity behind a number: what, for whom, by whom, and how it ended. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-paged-list.h"
#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_REPORT_ACTIVITY_ROW (wf_report_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (WfReportActivityRow, wf_report_activity_row, WF, REPORT_ACTIVITY_ROW, GtkBox)

GtkWidget *wf_report_activity_row_new (WfRuntime *runtime, WfMinuteClock *minutes);
/* list_item: gets the row's text for screen readers. */
void wf_report_activity_row_bind (WfReportActivityRow *self, GtkListItem *list_item);
void wf_report_activity_row_unbind (WfReportActivityRow *self);

G_END_DECLS
