/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an activity is to be, before its deadline is known: tasks, calls, meetings and approvals
 * become effects in the same way. */
#pragma once

#include "wf-deadline.h"
#include "wf-responsible.h"
#include "wf-step-kind.h"

G_BEGIN_DECLS

typedef struct
{
  WfActivityKind kind;
  const char *type;    /* borrowed */
  char *title, *notes; /* (owned) notes: nullable */
  char *place;         /* (owned) (nullable) */
  WfDuration within;   /* R15-R17 */
  const char *before;  /* (nullable) borrowed: the date from which it counts back (A1) */
  gboolean business_time, business_hours;
  WfDuration notify;  /* amount 0: none */
  WfDuration lasts;   /* of calls and meetings, in clock time; amount 0: not said */
  gboolean permitted; /* only because a group permits it (R22) */
  WfResponsible responsible;
} WfActivityPlan;

void wf_activity_plan_clear (WfActivityPlan *self);
/* The name of an activity type: the organisation's, else the fallback (nullable), else the id.
 * Borrowed. */
const char *wf_activity_plan_get_type_name (const WfDecision *decision, const char *type,
                                            const char *fallback);
/* The effect, complete with explanation; NULL with *reason when it has no deadline. Takes the
 * plan's texts. */
WfEffect *wf_activity_plan_make_effect (WfActivityPlan *self, const WfDecision *decision,
                                        const char **reason);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfActivityPlan, wf_activity_plan_clear)

G_END_DECLS
