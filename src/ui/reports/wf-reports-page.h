/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports: figures and charts of a period, and what is behind each of them. */
#pragma once

#include "wf-page.h"
#include "wf-report-schedule-runner.h"

G_BEGIN_DECLS

/* Property: period (string, of wf_period_to_text()). */
#define WF_TYPE_REPORTS_PAGE (wf_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (WfReportsPage, wf_reports_page, WF, REPORTS_PAGE, WfPage)

/* schedules: nullable: of its account; the window's application has them otherwise. */
void wf_reports_page_set_schedules (WfReportsPage *self, WfReportScheduleRunner *schedules);

G_END_DECLS
