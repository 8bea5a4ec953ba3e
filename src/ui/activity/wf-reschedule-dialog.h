/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a new deadline and the reason (S7). */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: rescheduled (int64 due, const char *reason); the dialog closes itself. */
#define WF_TYPE_RESCHEDULE_DIALOG (wf_reschedule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfRescheduleDialog, wf_reschedule_dialog, WF, RESCHEDULE_DIALOG, AdwDialog)

/* activities: of WfActivity, at least one; all get the same deadline. */
AdwDialog *wf_reschedule_dialog_new (WfRuntime *runtime, WfMinuteClock *minutes,
                                     GPtrArray *activities);

G_END_DECLS
