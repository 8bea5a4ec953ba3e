/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a workflow starts by itself: the schedule of its trigger (R127). */
#pragma once

#include "wf-clock.h"
#include "wf-workflow-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_SCHEDULE_DIALOG (wf_schedule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfScheduleDialog, wf_schedule_dialog, WF, SCHEDULE_DIALOG, AdwDialog)

/* Saving changes the document. clock: for the next times. */
WfScheduleDialog *wf_schedule_dialog_new (WfWorkflowDocument *document, WfClock *clock);

G_END_DECLS
