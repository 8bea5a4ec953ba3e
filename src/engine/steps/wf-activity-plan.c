/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a plan to an activity: until when, with which reminder, and why. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-activity-plan.h"

#include "wf-explanation-private.h"

void
wf_activity_plan_clear (WfActivityPlan *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->notes, g_free);
  g_clear_pointer (&self->place, g_free);
}

const char *
wf_activity_plan_get_type_name (const WfDecision *decision, const char *type, const char *fallback)
{
  const WfEntry *entry =
      decision->organisation != NULL
          ? wf_organisation_get_entry (decision->organisation, WF_ENTRY_ACTIVITY_TYPE, type)
          : NULL;

  if (entry != NULL)
    return entry->name;
  return fallback != NULL ? fallback : type;
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

/* The own calendar of whose time it is counts where there is one (S3): the owner's, also while
 * somebody stands in; of an activity that the step gives to somebody else, theirs. */
static WfWorkingHours *
find_hours (const WfActivityPlan *self, const WfDecision *decision)
{
  const WfPerson *person =
      wf_responsible_get_calendar_person (&self->responsible, decision->organisation);

  return person != NULL ? wf_organisation_get_hours_for (decision->organisation, person)
                        : wf_engine_get_hours (decision->engine);
}

static gboolean
find_deadline (const WfActivityPlan *self, const WfDecision *decision, WfInstant from,
               WfWorkingHours *hours, WfDeadlineRequest *request, WfDeadline *deadline,
               const char **reason)
{
  *request = (WfDeadlineRequest) {
    .from = from,
    .now = decision->now,
    .within = self->within,
    .before = self->before != NULL,
    .business_hours = self->business_hours,
    .business_time = self->business_time,
    .notify = self->notify,
  };
  *reason = "anchor-missing";
  if (request->before &&
      !wf_context_get_instant (decision->context, self->before, wf_working_hours_get_zone (hours),
                               &request->from))
    return FALSE;
  *deadline = wf_deadline_compute (request, hours, NULL);
  *reason = get_outcome_reason (deadline->outcome);
  return deadline->outcome == WF_DEADLINE_OK;
}

/* B10. Who is away when it is made, or when it is due, does not do it: the cover gets it, or its
 * time counts from the return. A date that others keep (a meeting, what counts back from a date)
 * does not move. */
static gboolean
follow_absence (WfActivityPlan *self, const WfDecision *decision, const WfDeadline *deadline,
                WfInstant *from)
{
  WfResponsible *responsible = &self->responsible;

  if (!wf_responsible_follow_absence (responsible, decision->organisation, decision->workflow,
                                      self->type, decision->now) &&
      !wf_responsible_follow_absence (responsible, decision->organisation, decision->workflow,
                                      self->type, deadline->due))
    return FALSE;
  if (responsible->treatment != WF_ABSENCE_SHIFT || self->before != NULL ||
      self->kind == WF_ACTIVITY_MEETING || deadline->due < responsible->absence->from ||
      deadline->due >= responsible->absence->until)
    {
      if (responsible->treatment == WF_ABSENCE_SHIFT)
        responsible->treatment = WF_ABSENCE_HOLD;
      return FALSE;
    }
  *from = responsible->absence->until;
  return TRUE;
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
fill_times (const WfActivityPlan *self, const WfDecision *decision, WfWorkingHours *hours,
            const WfDeadline *deadline, WfActivity *activity)
{
  activity->created = decision->now;
  activity->due = activity->original_due = deadline->due;
  activity->remind = deadline->remind;
  activity->visible_from = wf_deadline_visible_from (deadline->due, self->notify, decision->now);
  activity->zone = g_strdup (g_time_zone_get_identifier (wf_working_hours_get_zone (hours)));
  activity->business_hours = self->business_hours;
  activity->arrived_late = deadline->arrived_late;
  if (wf_duration_is_set (self->lasts))
    activity->ends = wf_deadline_add (deadline->due, self->lasts, FALSE, hours);
}

WfEffect *
wf_activity_plan_make_effect (WfActivityPlan *self, const WfDecision *decision, const char **reason)
{
  WfWorkingHours *hours = find_hours (self, decision);
  WfDeadlineRequest request;
  WfDeadline deadline;
  WfInstant from = decision->base;
  WfActivity *activity;
  WfEffect *effect;

  if (!find_deadline (self, decision, from, hours, &request, &deadline, reason) ||
      (follow_absence (self, decision, &deadline, &from) &&
       !find_deadline (self, decision, from, hours, &request, &deadline, reason)))
    return NULL;
  effect = wf_effect_new (WF_EFFECT_CREATE_ACTIVITY);
  effect->person = g_strdup (self->responsible.person);
  effect->activity = activity = wf_activity_new (NULL);
  activity->kind = self->kind;
  g_set_str (&activity->type, self->type);
  g_free (activity->title);
  activity->title = g_steal_pointer (&self->title);
  activity->notes = g_steal_pointer (&self->notes);
  activity->place = g_steal_pointer (&self->place);
  activity->person = g_strdup (self->responsible.person);
  fill_lead (decision, activity);
  fill_origin (decision, activity);
  fill_times (self, decision, hours, &deadline, activity);
  if (!wf_engine_get_settings (decision->engine)->no_explanations)
    activity->explanation =
        wf_explanation_make (decision, self, &request, &deadline, activity->zone);
  return effect;
}
