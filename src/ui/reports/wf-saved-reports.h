/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of saved reports: filters under names, for this account on this computer. */
#pragma once

#include "wf-report-filter.h"
#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page under which saved filters of reports are kept. */
#define WF_SAVED_REPORTS_PAGE "reports"

/* Signal: applied (const char *name, const char *text): of wf_report_filter_to_text(). */
#define WF_TYPE_SAVED_REPORTS (wf_saved_reports_get_type ())
G_DECLARE_FINAL_TYPE (WfSavedReports, wf_saved_reports, WF, SAVED_REPORTS, GtkPopover)

void wf_saved_reports_set_runtime (WfSavedReports *self, WfRuntime *runtime);
/* What would be saved; copied. */
void wf_saved_reports_set_filter (WfSavedReports *self, const WfReportFilter *filter);

G_END_DECLS
