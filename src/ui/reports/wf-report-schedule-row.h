/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule of reports in its list: when, what, where, and what became of it the last time. */
#pragma once

#include "wf-report-schedule.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: edit (), run (), remove (). */
#define WF_TYPE_REPORT_SCHEDULE_ROW (wf_report_schedule_row_get_type ())
G_DECLARE_FINAL_TYPE (WfReportScheduleRow, wf_report_schedule_row, WF, REPORT_SCHEDULE_ROW,
                      AdwActionRow)

GtkWidget *wf_report_schedule_row_new (void);
void wf_report_schedule_row_set (WfReportScheduleRow *self, const WfReportSchedule *schedule,
                                 const WfReportScheduleRun *run, gboolean running, WfInstant next,
                                 WfInstant now);
const char *wf_report_schedule_row_get_id (WfReportScheduleRow *self); /* borrowed */
/* The folder as people know it. Owned by the caller. */
char *wf_report_schedule_get_folder_name (const char *uri);

G_END_DECLS
