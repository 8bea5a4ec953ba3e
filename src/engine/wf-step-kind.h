/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of steps that give effects: one "decide" function each, in a file of its own. A new
 * kind is a file and a line in the table of wf-step-kind.c; the flow (wf-run-flow) knows only
 * run modes, waits and branches. */
#pragma once

#include "wf-engine-private.h"
#include "wf-run.h"

G_BEGIN_DECLS

/* A step that is due, and all that its decision may depend on. */
typedef struct
{
  const WfEngine *engine;
  const WfOrganisation *organisation; /* nullable */
  const WfRun *run;
  guint index; /* of the step in the run */
  WfWorkflow *workflow;
  const WfStep *step;
  WfEvent *event;
  const WfJson *lead; /* as cached; nullable */
  const WfConditionContext
      *context;   /* conditions and merge fields; knows the lead as of the base time */
  WfInstant base; /* S18 */
  WfInstant now;
} WfDecision;

/* The effect (owned by the caller) with everything but what wf_step_decide fills; or NULL with
 * *reason, a machine word or text that stays: the step is skipped. */
typedef WfEffect *(*WfDecideFunc) (const WfDecision *decision, const char **reason);

WfEffect *wf_decide_activity (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_notify (const WfDecision *decision, const char **reason);

/* Calls the kind's function and adds key, cause, workflow, step, lead and time. */
WfEffect *wf_step_decide (const WfDecision *decision, const char **reason);
/* TRUE: the step succeeds when a person has done it, and not when the CRM has accepted it. */
gboolean wf_step_kind_is_done_by_person (WfStepKind kind);

G_END_DECLS
