/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps "create-activity", "schedule-call" and "schedule-meeting" (R14-R25, R86, R87, R126):
 * for whom, and what. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-activity-plan.h"
#include "wf-assignee.h"
#include "wf-decision.h"
#include "wf-merge-text.h"

#include <glib/gi18n-lib.h>

#define CALL_LASTS ((WfDuration) { 30, WF_TIME_UNIT_MINUTES })
#define MEETING_LASTS ((WfDuration) { 1, WF_TIME_UNIT_HOURS })

/* R20-R22, A5, S11: FALSE with *reason when the step gives nothing for this lead. The permission
 * asks for the lead's owner, whoever gets the activity in the end. Nobody to give it to is no
 * reason to lose it: then it waits in the queue. */
static gboolean
find_responsible (const WfDecision *decision, WfActivityPlan *plan, const char **reason)
{
  const WfCreateActivity *settings = &decision->step->create_activity;
  const char *owner = wf_decision_find_owner (decision), *group, *unresolved;
  WfResponsible *responsible = &plan->responsible;

  wf_assignee_resolve (decision->organisation, decision->workflow, owner, settings->assignee,
                       decision->key, responsible, &unresolved);
  if (settings->scope == WF_PERMISSION_ALL)
    return TRUE;
  *reason = owner == NULL ? "no-owner" : "not-in-groups";
  if (!wf_responsible_is_permitted (responsible->known_owner, settings->groups, &group))
    return FALSE;
  plan->permitted = TRUE;
  if (responsible->group == NULL)
    responsible->group = group;
  return TRUE;
}

static WfActivityKind
get_kind (const WfStep *step)
{
  switch (step->kind)
    {
    case WF_STEP_SCHEDULE_CALL:
      return WF_ACTIVITY_CALL;
    case WF_STEP_SCHEDULE_MEETING:
      return WF_ACTIVITY_MEETING;
    default:
      return WF_ACTIVITY_TASK;
    }
}

static const char *
get_kind_name (WfActivityKind kind)
{
  switch (kind)
    {
    case WF_ACTIVITY_CALL:
      return C_ ("activity", "Call");
    case WF_ACTIVITY_MEETING:
      return C_ ("activity", "Meeting");
    case WF_ACTIVITY_TASK:
    case WF_ACTIVITY_APPROVAL:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}

static WfDuration
get_length (const WfActivityPlan *plan, const WfCreateActivity *settings)
{
  switch (plan->kind)
    {
    case WF_ACTIVITY_CALL:
      return wf_duration_is_set (settings->lasts) ? settings->lasts : CALL_LASTS;
    case WF_ACTIVITY_MEETING:
      return wf_duration_is_set (settings->lasts) ? settings->lasts : MEETING_LASTS;
    case WF_ACTIVITY_TASK:
    case WF_ACTIVITY_APPROVAL:
      return WF_DURATION_NONE;
    }
  g_return_val_if_reached (WF_DURATION_NONE);
}

static char *
expand (const WfDecision *decision, const char *text)
{
  return text != NULL ? wf_merge_text_expand (text, decision->context) : NULL;
}

WfEffect *
wf_decide_activity (const WfDecision *decision, const char **reason)
{
  const WfCreateActivity *settings = &decision->step->create_activity;
  g_auto (WfActivityPlan) plan = {
    .kind = get_kind (decision->step),
    .type = wf_step_get_activity_type (decision->step),
    .within = settings->complete_within,
    .before = settings->before,
    .business_time = settings->business_time,
    .business_hours = settings->business_hours,
    .notify = settings->notify,
  };

  if (!find_responsible (decision, &plan, reason))
    return NULL;
  plan.title =
      g_strdup (wf_activity_plan_get_type_name (decision, plan.type, get_kind_name (plan.kind)));
  plan.notes = expand (decision, settings->notes);
  plan.place = plan.kind == WF_ACTIVITY_MEETING ? expand (decision, settings->place) : NULL;
  plan.lasts = get_length (&plan, settings);
  return wf_activity_plan_make_effect (&plan, decision, reason);
}
