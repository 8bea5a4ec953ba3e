/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step "create-activity" (R14-R25): for whom, until when, with which reminder, and why. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-step-kind.h"

#include "wf-deadline.h"
#include "wf-explanation-private.h"
#include "wf-merge-text.h"
#include "wf-responsible.h"

/* R20-R22, A5, S11: FALSE with *reason when the step gives nothing for this lead. */
static gboolean
find_responsible (const WfDecision *decision, WfResponsible *responsible, const char **reason)
{
  const WfCreateActivity *settings = &decision->step->create_activity;
  const char *group;

  *responsible =
      wf_responsible_resolve (decision->organisation, decision->workflow,
                              wf_responsible_find_owner (decision->event, decision->lead));
  if (settings->scope == WF_PERMISSION_ALL)
    return TRUE;
  *reason = responsible->owner == NULL ? "no-owner" : "not-in-groups";
  if (!wf_responsible_is_permitted (responsible->known_owner, settings->groups, &group))
    return FALSE;
  if (responsible->group == NULL)
    responsible->group = group;
  return TRUE;
}

static const char *
get_outcome_reason (WfDeadlineOutcome outcome)
{
  switch (outcome)
    {
    case WF_DEADLINE_OK:
      return NULL;
    case WF_DEADLINE_ANCHOR_PAST:
      return "anchor-past";
    case WF_DEADLINE_NO_OPEN_TIME:
      return "no-open-time";
    case WF_DEADLINE_OUT_OF_RANGE:
      return "out-of-range";
    }
  g_return_val_if_reached (NULL);
}

/* The owner's own calendar counts where there is one (S3). */
static WfWorkingHours *
find_hours (const WfDecision *decision, const WfResponsible *responsible)
{
  if (decision->organisation == NULL || responsible->known_owner == NULL)
    return wf_engine_get_hours (decision->engine);
  return wf_organisation_get_hours_for (decision->organisation, responsible->known_owner);
}

static gboolean
find_deadline (const WfDecision *decision, WfWorkingHours *hours, WfDeadlineRequest *request,
               WfDeadline *deadline, const char **reason)
{
  const WfCreateActivity *settings = &decision->step->create_activity;

  *request = (WfDeadlineRequest) {
    .from = decision->base,
    .now = decision->now,
    .within = settings->complete_within,
    .before = settings->before != NULL,
    .business_hours = settings->business_hours,
    .business_time = settings->business_time,
    .notify = settings->notify,
  };
  *reason = "anchor-missing";
  if (request->before &&
      !wf_context_get_instant (decision->context, settings->before,
                               wf_working_hours_get_zone (hours), &request->from))
    return FALSE;
  *deadline = wf_deadline_compute (request, hours, NULL);
  *reason = get_outcome_reason (deadline->outcome);
  return deadline->outcome == WF_DEADLINE_OK;
}

static char *
dup_lead_field (const WfDecision *decision, const char *field)
{
  return g_strdup (wf_json_get_string (wf_condition_context_get_field (decision->context, field)));
}

static void
fill_lead (const WfDecision *decision, WfActivity *activity)
{
  activity->lead = g_strdup (wf_event_get_lead (decision->event));
  activity->lead_name = dup_lead_field (decision, "lead.name");
  activity->lead_phone = dup_lead_field (decision, "lead.phone");
  activity->lead_email = dup_lead_field (decision, "lead.email");
}

static void
fill_origin (const WfDecision *decision, WfActivity *activity)
{
  activity->workflow = g_strdup (decision->workflow->id);
  activity->workflow_name = g_strdup (decision->workflow->name);
  activity->workflow_version = decision->workflow->version;
  activity->step = g_strdup (decision->step->id);
  activity->event_source = g_strdup (wf_event_get_source (decision->event));
  activity->event_id = g_strdup (wf_event_get_id (decision->event));
  activity->event_type = g_strdup (wf_event_get_event_type (decision->event));
}

static void
fill_times (const WfDecision *decision, WfWorkingHours *hours, const WfDeadline *deadline,
            WfActivity *activity)
{
  const WfCreateActivity *settings = &decision->step->create_activity;

  activity->created = decision->now;
  activity->due = activity->original_due = deadline->due;
  activity->remind = deadline->remind;
  activity->visible_from =
      wf_deadline_visible_from (deadline->due, settings->notify, decision->now);
  activity->zone = g_strdup (g_time_zone_get_identifier (wf_working_hours_get_zone (hours)));
  activity->business_hours = settings->business_hours;
  activity->arrived_late = deadline->arrived_late;
}

static const char *
find_title (const WfDecision *decision, const char *type)
{
  const WfEntry *entry =
      decision->organisation != NULL
          ? wf_organisation_get_entry (decision->organisation, WF_ENTRY_ACTIVITY_TYPE, type)
          : NULL;

  return entry != NULL ? entry->name : type;
}

WfEffect *
wf_decide_activity (const WfDecision *decision, const char **reason)
{
  const WfCreateActivity *settings = &decision->step->create_activity;
  WfResponsible responsible;
  WfDeadlineRequest request;
  WfDeadline deadline;
  WfWorkingHours *hours;
  WfActivity *activity;
  WfEffect *effect;

  if (!find_responsible (decision, &responsible, reason))
    return NULL;
  hours = find_hours (decision, &responsible);
  if (!find_deadline (decision, hours, &request, &deadline, reason))
    return NULL;
  effect = wf_effect_new (WF_EFFECT_CREATE_ACTIVITY);
  effect->person = g_strdup (responsible.person);
  effect->activity = activity = wf_activity_new (NULL);
  g_set_str (&activity->type, settings->activity_type);
  g_set_str (&activity->title, find_title (decision, settings->activity_type));
  activity->notes =
      settings->notes != NULL ? wf_merge_text_expand (settings->notes, decision->context) : NULL;
  activity->person = g_strdup (responsible.person);
  fill_lead (decision, activity);
  fill_origin (decision, activity);
  fill_times (decision, hours, &deadline, activity);
  if (!wf_engine_get_settings (decision->engine)->no_explanations)
    activity->explanation =
        wf_explanation_make (decision, &responsible, &request, &deadline, activity->zone);
  return effect;
}
