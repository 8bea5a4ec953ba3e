/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of steps that give effects: a "decide" function for each, by family in files of their
 * own. A new kind is such a function and a line in the table of wf-step-kind.c; the flow
 * (wf-run-flow) knows only run modes, waits, branches and controls. */
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
  guint iteration;  /* of the step in the run, from 0 */
  const char *key;  /* of the effect (S15); wf_step_decide sets it */
  const char *text; /* CONTROL: what is told when the step itself has no text; nullable */
} WfDecision;

/* The effect (owned by the caller) with everything but what wf_step_decide fills; or NULL with
 * *reason, a machine word or text that stays: the step is skipped. */
typedef WfEffect *(*WfDecideFunc) (const WfDecision *decision, const char **reason);

WfEffect *wf_decide_activity (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_approval (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_notify (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_control (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_change_stage (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_set_field (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_add_score (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_delete_record (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_close_activities (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_change_responsible (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_post_to_stream (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_send_email (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_send_message (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_add_to_audience (const WfDecision *decision, const char **reason);
WfEffect *wf_decide_webhook (const WfDecision *decision, const char **reason);

/* Calls the kind's function and adds key, cause, workflow, step, lead and time. */
WfEffect *wf_step_decide (const WfDecision *decision, const char **reason);
/* TRUE: the step succeeds when a person has done it, and not when the CRM has accepted it. */
gboolean wf_step_kind_is_done_by_person (WfStepKind kind);
/* The type of the activity that the step creates, or what counts when it names none; "" for
 * other kinds. Borrowed. */
const char *wf_step_get_activity_type (const WfStep *step);

G_END_DECLS
