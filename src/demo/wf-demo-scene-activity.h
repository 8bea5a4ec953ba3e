/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activities of the sample's past: made by its own workflows for its own events, with the
 * engine's keys (S15). */
#pragma once

#include "wf-demo-crm.h"

G_BEGIN_DECLS

/* The stored workflow documents, of WfWorkflow. */
GPtrArray *wf_demo_load_workflows (WfDemoCrm *crm);
/* The first step of the live workflow that the last event starts, when it creates an activity.
 * arrived_late: it is marked so (S26). Result: its id, owned; NULL when there is none. */
char *wf_demo_make_activity (WfDemoCrm *crm, GPtrArray *workflows, gboolean arrived_late);
/* Done by its person, if it is still open. */
void wf_demo_complete_activity (WfDemoCrm *crm, const char *activity, const char *outcome_text);
/* The open ones that were due before are no longer needed. */
void wf_demo_retire_activities (WfDemoCrm *crm, WfInstant before);

G_END_DECLS
