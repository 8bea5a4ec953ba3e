/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One scheduled report, once: computed, made into files, written. */
#pragma once

#include "wf-commission.h"
#include "wf-report-schedule.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* filter, rule: copied; rule: nullable. run: as it was the last time. */
void wf_report_schedule_job_async (WfRuntime *runtime, const WfReportSchedule *schedule,
                                   const WfReportFilter *filter, const WfCommissionRule *rule,
                                   const WfReportScheduleRun *run, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/* Of WfReportMade: the files that are there now, also when a further one failed: then error is set as well. Never NULL. */
GPtrArray *wf_report_schedule_job_finish (GAsyncResult *result, GError **error);

G_END_DECLS
