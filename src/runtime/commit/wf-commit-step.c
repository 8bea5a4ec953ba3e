/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the step that made an activity says about it, in the version that made it (S12). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-step-settings.h"

void
wf_activity_step_clear (WfActivityStep *self)
{
  g_clear_pointer (&self->workflow, wf_workflow_unref);
}

static void
read_activity (WfActivityStep *self, const WfCreateActivity *settings)
{
  self->within = settings->complete_within;
  self->notify = settings->notify;
  self->before = settings->before;
  self->assignee = settings->assignee;
  self->retire_on = (const char *const *) settings->retire_on;
  self->business_hours = settings->business_hours;
  self->business_time = settings->business_time;
  self->keep_when_closed = settings->keep_when_closed;
}

static void
read_approval (WfActivityStep *self, const WfStep *step)
{
  const WfJson *within = wf_step_get_setting (step, "complete-within");

  self->within = wf_step_get_duration (step, "complete-within");
  self->notify = wf_step_get_duration (step, "notify");
  self->before = wf_json_get_member_string (within, "before");
  self->assignee = wf_step_get_text (step, "approver");
  self->business_hours = wf_step_get_flag (step, "business-hours");
  self->business_time = wf_json_get_boolean (wf_json_get_member (within, "business-time"), FALSE);
}

gboolean
wf_commit_find_step (WfCommit *self, const WfActivity *activity, WfActivityStep *found)
{
  const WfStep *step;

  *found = (WfActivityStep) { NULL };
  if (activity->workflow == NULL || activity->step == NULL)
    return FALSE;
  found->workflow = wf_commit_dup_version (self, activity->workflow, activity->workflow_version);
  step = found->workflow != NULL ? wf_workflow_find_step (found->workflow, activity->step) : NULL;
  if (step == NULL)
    return FALSE;
  if (wf_step_kind_is_activity (step->kind))
    read_activity (found, &step->create_activity);
  else if (step->kind == WF_STEP_REQUEST_APPROVAL)
    read_approval (found, step);
  else
    return FALSE;
  return TRUE;
}
