/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of step kinds that give effects. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-step-kind.h"

#include "wf-cause.h"

static const struct
{
  WfDecideFunc decide;
  gboolean done_by_person;
} kinds[] = {
  [WF_STEP_CREATE_ACTIVITY] = { wf_decide_activity, TRUE },
  [WF_STEP_NOTIFY] = { wf_decide_notify, FALSE },
  [WF_STEP_OTHER] = { NULL, FALSE },
};

WfEffect *
wf_step_decide (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  WfDecideFunc decide = kinds[step->kind].decide;
  WfEffect *effect;

  *reason = "unknown-kind";
  effect = decide != NULL ? decide (decision, reason) : NULL;
  if (effect == NULL)
    return NULL;
  wf_effect_make_key (decision->workflow->id, wf_event_get_source (decision->event),
                      wf_event_get_id (decision->event), step->id, effect->iteration, effect->key);
  effect->workflow = wf_workflow_ref (decision->workflow);
  effect->step = g_strdup (step->id);
  effect->lead = g_strdup (wf_event_get_lead (decision->event));
  effect->time = decision->base;
  effect->cause = wf_cause_append (wf_event_get_cause (decision->event), decision->workflow->id,
                                   step->id, wf_event_get_id (decision->event));
  if (effect->activity != NULL)
    {
      effect->activity->id = g_strdup (effect->key);
      effect->activity->cause = g_strdup (effect->cause);
    }
  return effect;
}

gboolean
wf_step_kind_is_done_by_person (WfStepKind kind)
{
  return kinds[kind].done_by_person;
}
