/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of step kinds that give effects. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-step-kind.h"

#include "wf-cause.h"

static const struct
{
  WfDecideFunc decide; /* NULL: the flow's own */
  gboolean done_by_person;
  const char *activity_type; /* when the step names none */
} kinds[] = {
  [WF_STEP_CREATE_ACTIVITY] = { wf_decide_activity, TRUE },
  [WF_STEP_SCHEDULE_CALL] = { wf_decide_activity, TRUE, "call" },
  [WF_STEP_SCHEDULE_MEETING] = { wf_decide_activity, TRUE, "meeting" },
  [WF_STEP_NOTIFY] = { wf_decide_notify },
  [WF_STEP_WAIT] = { NULL },
  [WF_STEP_BRANCH] = { NULL },
  [WF_STEP_POST_TO_STREAM] = { wf_decide_post_to_stream },
  [WF_STEP_CHANGE_STAGE] = { wf_decide_change_stage },
  [WF_STEP_CHANGE_RESPONSIBLE] = { wf_decide_change_responsible },
  [WF_STEP_SET_FIELD] = { wf_decide_set_field },
  [WF_STEP_ADD_SCORE] = { wf_decide_add_score },
  [WF_STEP_SEND_EMAIL] = { wf_decide_send_email },
  [WF_STEP_SEND_MESSAGE] = { wf_decide_send_message },
  [WF_STEP_ADD_TO_AUDIENCE] = { wf_decide_add_to_audience },
  [WF_STEP_WEBHOOK] = { wf_decide_webhook },
  [WF_STEP_DELETE_RECORD] = { wf_decide_delete_record },
  [WF_STEP_CONTROL] = { wf_decide_control },
  [WF_STEP_CLOSE_ACTIVITIES] = { wf_decide_close_activities },
  [WF_STEP_REQUEST_APPROVAL] = { wf_decide_approval, TRUE, "approval" },
  [WF_STEP_OTHER] = { NULL },
};

WfEffect *
wf_step_decide (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  WfDecideFunc decide = kinds[step->kind].decide;
  char key[WF_UUID_LENGTH + 1];
  WfDecision complete = *decision;
  WfEffect *effect;

  *reason = "unknown-kind";
  if (decide == NULL)
    return NULL;
  wf_effect_make_key (decision->workflow->id, wf_event_get_source (decision->event),
                      wf_event_get_id (decision->event), step->id, decision->iteration, key);
  complete.key = key;
  effect = decide (&complete, reason);
  if (effect == NULL)
    return NULL;
  g_strlcpy (effect->key, key, sizeof effect->key);
  effect->workflow = wf_workflow_ref (decision->workflow);
  effect->step = g_strdup (step->id);
  effect->step_kind = step->kind;
  effect->iteration = decision->iteration;
  effect->lead = g_strdup (wf_event_get_lead (decision->event));
  effect->time = decision->base;
  effect->cause = wf_cause_append (wf_event_get_cause (decision->event), decision->workflow->id,
                                   step->id, wf_event_get_id (decision->event));
  if (effect->activity != NULL)
    {
      effect->activity->id = g_strdup (effect->key);
      effect->activity->cause = g_strdup (effect->cause);
    }
  if (effect->action != NULL)
    effect->action->cause = g_strdup (effect->cause);
  return effect;
}

gboolean
wf_step_kind_is_done_by_person (WfStepKind kind)
{
  return kinds[kind].done_by_person;
}

const char *
wf_step_get_activity_type (const WfStep *step)
{
  const char *fallback = kinds[step->kind].activity_type;

  if (wf_step_kind_is_activity (step->kind) && step->create_activity.activity_type != NULL &&
      *step->create_activity.activity_type != '\0')
    return step->create_activity.activity_type;
  return fallback != NULL ? fallback : "";
}
