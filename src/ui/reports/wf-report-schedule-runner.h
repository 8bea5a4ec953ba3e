/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carries out the schedules of reports of one account, with or without a window. Lives in the main context that made it; nothing
 * blocks. */
#pragma once

#include "wf-notifier.h"
#include "wf-report-schedule.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* Signals: changed (): a schedule, or what became of one, is another. problem (const char *text): a schedule could not be kept;
 * for whoever asked for it. */
#define WF_TYPE_REPORT_SCHEDULE_RUNNER (wf_report_schedule_runner_get_type ())
G_DECLARE_FINAL_TYPE (WfReportScheduleRunner, wf_report_schedule_runner, WF, REPORT_SCHEDULE_RUNNER,
                      GObject)

/* notifier: nullable: where failures are told. Begins at once. */
WfReportScheduleRunner *wf_report_schedule_runner_new (WfRuntime *runtime, WfNotifier *notifier);
/* Ends it; what is being written is not cut. */
void wf_report_schedule_runner_stop (WfReportScheduleRunner *self);
/* The computer woke up, or its zone is another: looks again. */
void wf_report_schedule_runner_look (WfReportScheduleRunner *self);

WfRuntime *wf_report_schedule_runner_get_runtime (WfReportScheduleRunner *self);
/* By name. */
guint wf_report_schedule_runner_get_n (WfReportScheduleRunner *self);
const WfReportSchedule *wf_report_schedule_runner_get (WfReportScheduleRunner *self, guint index);
/* Never NULL. */
const WfReportScheduleRun *wf_report_schedule_runner_get_run (WfReportScheduleRunner *self,
                                                              guint index);
/* It is being made or waits for that. */
gboolean wf_report_schedule_runner_is_running (WfReportScheduleRunner *self, guint index);
WfInstant wf_report_schedule_runner_get_next (WfReportScheduleRunner *self, guint index);
/* Those whose last time went wrong. */
guint wf_report_schedule_runner_get_n_failed (WfReportScheduleRunner *self);

/* Adds it or replaces that with its id. run: nullable: what became of it stays as it is (undo of remove). */
void wf_report_schedule_runner_save (WfReportScheduleRunner *self, const WfReportSchedule *schedule,
                                     const WfReportScheduleRun *run);
void wf_report_schedule_runner_remove (WfReportScheduleRunner *self, const char *id);
/* Besides its times. */
void wf_report_schedule_runner_run_now (WfReportScheduleRunner *self, const char *id);

G_END_DECLS
