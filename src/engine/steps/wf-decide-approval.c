/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step "request-approval": an activity that is completed with "approved" or "rejected". */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-activity-plan.h"
#include "wf-assignee.h"
#include "wf-decision.h"
#include "wf-step-settings.h"

#include <string.h>

/* A group approves through its coordinator, else through one of its members. */
static gboolean
find_approver (const WfDecision *decision, WfActivityPlan *plan, const char **reason)
{
  const char *approver = wf_step_get_text (decision->step, "approver");
  const char *owner = wf_decision_find_owner (decision);
  WfResponsible *responsible = &plan->responsible;
  g_autofree char *by_turns = NULL;

  if (approver == NULL || !g_str_has_prefix (approver, "group:"))
    return wf_assignee_resolve (decision->organisation, decision->workflow, owner, approver,
                                decision->key, responsible, reason);
  approver += strlen ("group:");
  by_turns = g_strconcat ("round-robin:", approver, NULL);
  *responsible = wf_responsible_resolve (decision->organisation, decision->workflow, owner);
  if ((!wf_responsible_find_group_stand_in (decision->organisation, decision->workflow, approver,
                                            responsible) ||
       responsible->how != WF_RESPONSIBLE_COORDINATOR) &&
      !wf_assignee_resolve (decision->organisation, decision->workflow, owner, by_turns,
                            decision->key, responsible, reason))
    return FALSE;
  responsible->group = approver; /* not a part of what is freed here */
  responsible->assignee = wf_step_get_text (decision->step, "approver");
  return TRUE;
}

/* The first line names it in lists; what is longer is below. */
static void
fill_text (const WfDecision *decision, WfActivityPlan *plan)
{
  g_autofree char *text = wf_decision_expand (decision, "text");
  char *end = text != NULL ? strchr (text, '\n') : NULL;

  plan->notes = end != NULL ? g_strdup (text) : NULL;
  if (end != NULL)
    *end = '\0';
  plan->title = g_strstrip (g_strdup (text != NULL ? text : ""));
  if (*plan->title == '\0')
    g_set_str (&plan->title, wf_activity_plan_get_type_name (decision, plan->type, NULL));
}

WfEffect *
wf_decide_approval (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  const WfJson *within = wf_step_get_setting (step, "complete-within");
  g_auto (WfActivityPlan) plan = {
    .kind = WF_ACTIVITY_APPROVAL,
    .type = wf_step_get_activity_type (step),
    .within = wf_step_get_duration (step, "complete-within"),
    .before = wf_json_get_member_string (within, "before"),
    .business_time = wf_json_get_boolean (wf_json_get_member (within, "business-time"), FALSE),
    .business_hours = wf_step_get_flag (step, "business-hours"),
    .notify = wf_step_get_duration (step, "notify"),
  };

  /* Nobody may claim it from a queue: it must be the approver who decides. */
  if (!find_approver (decision, &plan, reason))
    return NULL;
  fill_text (decision, &plan);
  return wf_activity_plan_make_effect (&plan, decision, reason);
}
