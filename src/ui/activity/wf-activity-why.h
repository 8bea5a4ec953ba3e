/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why an activity is there (B2), as a row that opens. */
#pragma once

#include "wf-activity.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_ACTIVITY_WHY (wf_activity_why_get_type ())
G_DECLARE_FINAL_TYPE (WfActivityWhy, wf_activity_why, WF, ACTIVITY_WHY, AdwExpanderRow)

/* Hides itself when nothing explains the activity. zone: the viewer's. */
void wf_activity_why_show (WfActivityWhy *self, const WfActivity *activity, GTimeZone *zone);

G_END_DECLS
