/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else can be set for an activity, a call or a meeting: who gets it (R126), how long it lasts,
 * what makes it pointless (B9), joining (B8). */
#pragma once

#include "wf-workflow.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (). */
#define WF_TYPE_ACTIVITY_OPTIONS (wf_activity_options_get_type ())
G_DECLARE_FINAL_TYPE (WfActivityOptions, wf_activity_options, WF, ACTIVITY_OPTIONS,
                      AdwPreferencesGroup)

/* Once, before the others. organisation: nullable. */
void wf_activity_options_set_up (WfActivityOptions *self, WfStepKind kind,
                                 WfOrganisation *organisation, const char *event_type);
void wf_activity_options_show (WfActivityOptions *self, const WfCreateActivity *activity);
void wf_activity_options_read (WfActivityOptions *self, WfCreateActivity *activity);
/* problems of a validated step; base: the step's path. */
void wf_activity_options_show_problems (WfActivityOptions *self, const WfProblems *problems,
                                        const char *base);

G_END_DECLS
