/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schedules of reports: list, new, change, now, remove with undo. */
#pragma once

#include "wf-report-schedule-runner.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_REPORT_SCHEDULE_DIALOG (wf_report_schedule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfReportScheduleDialog, wf_report_schedule_dialog, WF, REPORT_SCHEDULE_DIALOG,
                      AdwDialog)

/* present: what is looked at; copied. */
AdwDialog *wf_report_schedule_dialog_new (WfReportScheduleRunner *runner,
                                          const WfReportFilter *present);

G_END_DECLS
