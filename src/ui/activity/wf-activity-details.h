/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The details of one activity: lead, notes, deadline, why it is there (B2), and what can be done with it. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Its buttons activate the actions "today.…". Comments that were begun wait on their activities as long as it lives.
 * Signals: comment (const char *text); opened (const char *activity): another one of the lead is wanted. */
#define WF_TYPE_ACTIVITY_DETAILS (wf_activity_details_get_type ())
G_DECLARE_FINAL_TYPE (WfActivityDetails, wf_activity_details, WF, ACTIVITY_DETAILS, AdwBin)

void wf_activity_details_set_up (WfActivityDetails *self, WfRuntime *runtime,
                                 WfMinuteClock *minutes);
/* NULL clears it. The same activity in a newer state keeps what is open and typed. */
void wf_activity_details_set_activity (WfActivityDetails *self, WfActivity *activity);
WfActivity *wf_activity_details_get_activity (WfActivityDetails *self); /* borrowed; nullable */
GMenuModel *wf_activity_details_get_snooze_menu (WfActivityDetails *self);
void wf_activity_details_focus_comment (WfActivityDetails *self);
/* The comment on this activity was kept: its draft goes, whichever is shown by now. */
void wf_activity_details_clear_comment (WfActivityDetails *self, const char *activity);

G_END_DECLS
