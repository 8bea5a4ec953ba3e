/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open activity on the page of its lead. */
#pragma once

#include "wf-activity.h"
#include "wf-minute-clock.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_LEAD_ACTIVITY_ROW (wf_lead_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadActivityRow, wf_lead_activity_row, WF, LEAD_ACTIVITY_ROW, AdwActionRow)

GtkWidget *wf_lead_activity_row_new (WfRuntime *runtime, WfMinuteClock *minutes,
                                     WfActivity *activity);
WfActivity *wf_lead_activity_row_get_activity (WfLeadActivityRow *self); /* borrowed */

G_END_DECLS
