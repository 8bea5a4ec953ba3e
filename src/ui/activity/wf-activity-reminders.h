/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an activity's reminders came, were snoozed, and will come (B11), as a row that opens. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime-day.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_ACTIVITY_REMINDERS (wf_activity_reminders_get_type ())
G_DECLARE_FINAL_TYPE (WfActivityReminders, wf_activity_reminders, WF, ACTIVITY_REMINDERS,
                      AdwExpanderRow)

void wf_activity_reminders_set_up (WfActivityReminders *self, WfRuntime *runtime,
                                   WfMinuteClock *minutes);
/* Reads again; hides itself when there was none and none will come. */
void wf_activity_reminders_show (WfActivityReminders *self, WfActivity *activity);

G_END_DECLS
