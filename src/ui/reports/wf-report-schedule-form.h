/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page on which a schedule of reports is filled in. */
#pragma once

#include "wf-report-schedule.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: saved (): see wf_report_schedule_form_make(). */
#define WF_TYPE_REPORT_SCHEDULE_FORM (wf_report_schedule_form_get_type ())
G_DECLARE_FINAL_TYPE (WfReportScheduleForm, wf_report_schedule_form, WF, REPORT_SCHEDULE_FORM,
                      AdwNavigationPage)

/* schedule: how it is at first; copied. saved: names of saved reports. present: what "as it is now" means; copied; nullable:
 * the schedule's own. */
AdwNavigationPage *wf_report_schedule_form_new (const WfReportSchedule *schedule,
                                                const char *const *saved,
                                                const WfReportFilter *present);
/* With what was filled in. since: the present time. Owned by the caller. */
WfReportSchedule *wf_report_schedule_form_make (WfReportScheduleForm *self, WfInstant since);
/* As if the person had chosen it. */
void wf_report_schedule_form_set_folder (WfReportScheduleForm *self, GFile *folder);

G_END_DECLS
