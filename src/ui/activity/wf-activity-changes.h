/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The changes that the CRM has not confirmed (B18), of one activity or of all. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime-day.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Visible when there are some. Property: "n-changes" (uint). */
#define WF_TYPE_ACTIVITY_CHANGES (wf_activity_changes_get_type ())
G_DECLARE_FINAL_TYPE (WfActivityChanges, wf_activity_changes, WF, ACTIVITY_CHANGES, AdwBin)

void wf_activity_changes_set_up (WfActivityChanges *self, WfRuntime *runtime,
                                 WfMinuteClock *minutes);
/* Reads, and again whenever something changed. subject: an activity's id; NULL: all that were refused. */
void wf_activity_changes_show (WfActivityChanges *self, const char *subject);

G_END_DECLS
