/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a walk. */
#pragma once

#include "wf-action-apply.h"
#include "wf-run-private.h"
#include "wf-walk.h"

G_BEGIN_DECLS

/* What the texts are made with. */
typedef struct
{
  const WfOrganisation *organisation; /* nullable */
  GTimeZone *zone;                    /* borrowed */
} WfWalkWords;

/* The tests of a condition (nullable) in reading order, with what they see: of WfWalkTest. Owned by
 * the caller. */
GPtrArray *wf_walk_list_tests (const WfWalkWords *words, const WfCondition *condition,
                               const WfConditionContext *context);

/* Each owned by the caller. */
char *wf_walk_describe_verdict (const WfVerdict *verdict, const WfEvent *event);
/* What was decided; context: what its merge fields see. */
char *wf_walk_describe_effect (const WfWalkWords *words, const WfEffect *effect, const WfStep *step,
                               const WfConditionContext *context);
char *wf_walk_describe_outcome (const char *text, WfApplyOutcome outcome);
char *wf_walk_describe_joined (const char *title);
/* A wait that has ended. */
char *wf_walk_describe_wait (const WfWalkWords *words, const WfRunStep *wait);
char *wf_walk_describe_choice (const WfRunStep *branch);
char *wf_walk_describe_path (const WfRunStep *branch, guint path);
/* Why a step that has not run at the end of the walk still waits. */
char *wf_walk_describe_pending (const WfWalkWords *words, const WfRunStep *step);

G_END_DECLS
