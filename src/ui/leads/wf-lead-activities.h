/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is still to be done for a lead, the next first (R4). */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_LEAD_ACTIVITIES (wf_lead_activities_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadActivities, wf_lead_activities, WF, LEAD_ACTIVITIES, AdwBin)

/* Once. */
void wf_lead_activities_set_up (WfLeadActivities *self, WfRuntime *runtime, WfMinuteClock *minutes);
/* lead: nullable. Reads again for the same one. */
void wf_lead_activities_set_lead (WfLeadActivities *self, const char *lead);

G_END_DECLS
