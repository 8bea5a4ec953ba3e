/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: one account's runtime, its window and its life as a background service. */
#pragma once

#include "wf-accounts.h"
#include "wf-calendar-store.h"
#include "wf-report-schedule-runner.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_APPLICATION (wf_application_get_type ())
G_DECLARE_FINAL_TYPE (WfApplication, wf_application, WF, APPLICATION, AdwApplication)

/* Made by main.c, which wires the rooms. */
WfApplication *wf_application_new (WfClock *clock, WfAccounts *accounts);
/* Before it runs: the calendars that activities may be published to. */
void wf_application_set_calendars (WfApplication *self, WfCalendars *calendars);

WfRuntime *wf_application_get_runtime (
    WfApplication *self); /* NULL until an account is connected; property "runtime" */
WfReportScheduleRunner *wf_application_get_report_runner (
    WfApplication *self); /* borrowed; NULL until an account is connected */
WfAccounts *wf_application_get_accounts (WfApplication *self);

G_END_DECLS
