/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this person may do with activities, for buttons and menus (R7); the runtime checks every command itself. Needs no display. */
#pragma once

#include "wf-runtime-day.h"

G_BEGIN_DECLS

/* Complete it, move it, give it to somebody else: one's own with the right to work, everybody's with the right to see everyone. */
gboolean wf_activity_may_change (WfRuntime *runtime, const WfActivity *activity);
/* Why it may not be changed, in words; NULL: it may. Borrowed. */
const char *wf_activity_explain_refusal (WfRuntime *runtime, const WfActivity *activity);

/* What several allow, or one: what it is about, by their states, is allowed for each of these. */
typedef struct
{
  gboolean change;    /* there are open ones */
  gboolean reopen;    /* there are closed ones */
  gboolean snooze;    /* all open ones are one's own */
  gboolean until_due; /* the same, and none of them is late */
  gboolean claim;     /* nobody is responsible for the open ones (S11) */
} WfActivityRights;

/* activities: of WfActivity. */
WfActivityRights wf_activity_rights_of (WfRuntime *runtime, GPtrArray *activities, WfInstant now);
/* activity: nullable. */
WfActivityRights wf_activity_rights_of_one (WfRuntime *runtime, const WfActivity *activity,
                                            WfInstant now);

G_END_DECLS
