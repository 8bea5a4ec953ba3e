/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activities behind a number of a report. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-report-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Its title says what they are; an activity that is activated is shown by win.show-activity. */
#define WF_TYPE_REPORT_PART_PAGE (wf_report_part_page_get_type ())
G_DECLARE_FINAL_TYPE (WfReportPartPage, wf_report_part_page, WF, REPORT_PART_PAGE,
                      AdwNavigationPage)

/* part: copied; title: what they are, in words. */
AdwNavigationPage *wf_report_part_page_new (WfReportModel *model, WfMinuteClock *minutes,
                                            const WfReportPart *part, const char *title);
guint wf_report_part_page_get_n_activities (WfReportPartPage *self); /* 0 until they were read */

G_END_DECLS
