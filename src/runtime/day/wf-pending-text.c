/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In words: what a person changed, and what the CRM has instead. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-pending-text.h"

#include "wf-absence.h"
#include "wf-instant.h"
#include "wf-outcome.h"
#include "wf-step-catalogue.h"

#include <glib/gi18n-lib.h>

/* "14:02" of today, else the date too, where the person works. */
static char *
format_time (WfCommit *self, WfInstant at)
{
  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, self->person);
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  g_autoptr (GDateTime) time = wf_instant_to_date_time (at, zone);
  g_autoptr (GDateTime) now = wf_instant_to_date_time (self->now, zone);
  gboolean today = time != NULL && now != NULL &&
                   g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now) &&
                   g_date_time_get_year (time) == g_date_time_get_year (now);
  /* Translators: a date with its time; see the manual of strftime */
  char *text = time != NULL ? g_date_time_format (time, today ? "%H:%M" : _ ("%a %-d %b, %H:%M"))
                            : NULL;

  return text != NULL ? text : g_strdup ("");
}

static const char *
get_name (WfCommit *self, const char *person)
{
  return person != NULL && *person != '\0'
             ? wf_organisation_get_person_name (wf_commit_get_organisation (self), person)
             : _ ("nobody");
}

static const char *
get_outcome (WfCommit *self, const WfActivity *activity, const char *outcome)
{
  if (outcome == NULL || *outcome == '\0')
    return NULL;
  if (activity == NULL)
    return outcome;
  if (activity->kind == WF_ACTIVITY_APPROVAL && g_str_equal (outcome, WF_OUTCOME_APPROVED))
    return C_ ("outcome", "approved");
  if (activity->kind == WF_ACTIVITY_APPROVAL && g_str_equal (outcome, WF_OUTCOME_REJECTED))
    return C_ ("outcome", "rejected");
  return wf_organisation_get_outcome_name (wf_commit_get_organisation (self), activity->type,
                                           outcome);
}

/* -- what was wanted --------------------------------------------------------------------------- */

static char *
describe_status (const char *status, const char *outcome)
{
  if (g_str_equal (status, wf_activity_status_names[WF_ACTIVITY_OPEN]))
    return g_strdup (_ ("Opened again"));
  if (g_str_equal (status, wf_activity_status_names[WF_ACTIVITY_DONE]))
    return outcome != NULL ? g_strdup_printf (_ ("Completed with “%s”"), outcome)
                           : g_strdup (_ ("Completed"));
  return outcome != NULL ? g_strdup_printf (_ ("No longer needed: “%s”"), outcome)
                         : g_strdup (_ ("No longer needed"));
}

char *
wf_pending_describe_change (WfCommit *self, const WfActivityChange *change,
                            const WfActivity *activity)
{
  if (change->status != NULL)
    return describe_status (change->status, get_outcome (self, activity, change->outcome));
  if (change->due != WF_INSTANT_NONE)
    {
      g_autofree char *due = format_time (self, change->due);

      return change->reason != NULL ? g_strdup_printf (_ ("Moved to %s: “%s”"), due, change->reason)
                                    : g_strdup_printf (_ ("Moved to %s"), due);
    }
  if (change->person != NULL)
    return g_strdup_printf (_ ("Given to %s"), get_name (self, change->person));
  if (change->ends != WF_INSTANT_NONE && change->ends != 0)
    {
      g_autofree char *ends = format_time (self, change->ends);

      /* Translators: how long a call or a meeting lasts was changed; %s is a time */
      return g_strdup_printf (_ ("Ends at %s"), ends);
    }
  if (change->comment != NULL)
    return g_strdup_printf (_ ("Comment: “%s”"), change->comment);
  return g_strdup (_ ("Changed"));
}

static char *
describe_absence (WfCommit *self, const WfAction *action)
{
  const char *person = get_name (self, wf_action_get_text (action, "person"));
  g_autoptr (WfAbsence) absence = wf_absence_read (wf_action_get_member (action, "absence"), NULL);
  g_autofree char *from = NULL, *until = NULL;

  if (absence == NULL)
    return g_strdup_printf (_ ("Absence of %s ended"), person);
  from = format_time (self, absence->from);
  until = format_time (self, absence->until);
  return g_strdup_printf (_ ("%s is away from %s to %s"), person, from, until);
}

char *
wf_pending_describe_action (WfCommit *self, const WfAction *action)
{
  const WfStepKindInfo *info = wf_step_catalogue_find (wf_action_kind_names[action->kind]);

  switch (action->kind)
    {
    case WF_ACTION_POST_TO_STREAM:
      return g_strdup_printf (_ ("Comment: “%s”"), wf_action_get_text (action, "text"));
    case WF_ACTION_CHANGE_STAGE:
      return g_strdup_printf (
          _ ("Moved to the stage “%s”"),
          wf_organisation_get_stage_name (wf_commit_get_organisation (self),
                                          wf_action_get_text (action, "stage")));
    case WF_ACTION_CHANGE_RESPONSIBLE:
      return g_strdup_printf (_ ("Given to %s"),
                              get_name (self, wf_action_get_text (action, "owner")));
    case WF_ACTION_CREATE_LEAD:
      return g_strdup_printf (_ ("Registered “%s”"), wf_action_get_text (action, "name"));
    case WF_ACTION_SET_ABSENCE:
    case WF_ACTION_END_ABSENCE:
      return describe_absence (self, action);
    case WF_ACTION_SET_FIELD:
    case WF_ACTION_ADD_SCORE:
    case WF_ACTION_SEND_EMAIL:
    case WF_ACTION_SEND_MESSAGE:
    case WF_ACTION_ADD_TO_AUDIENCE:
    case WF_ACTION_WEBHOOK:
    case WF_ACTION_DELETE_RECORD:
    case WF_ACTION_CLOSE_ACTIVITIES:
    case WF_ACTION_START_WORKFLOW:
    default:
      return g_strdup (info != NULL ? wf_step_kind_to_text (info->kind)
                                    : wf_action_kind_names[action->kind]);
    }
}

/* -- what is instead --------------------------------------------------------------------------- */

static char *
describe_done (WfCommit *self, const WfActivity *present)
{
  const char *outcome = get_outcome (self, present, present->outcome);
  g_autofree char *at = present->completed != WF_INSTANT_NONE
                            ? format_time (self, present->completed)
                            : g_strdup (_ ("some time"));
  gboolean other = present->person != NULL && !wf_commit_is_own (self, present->person);

  if (other && outcome != NULL)
    return g_strdup_printf (_ ("%s completed it at %s with “%s”."),
                            get_name (self, present->person), at, outcome);
  if (other)
    return g_strdup_printf (_ ("%s completed it at %s."), get_name (self, present->person), at);
  return outcome != NULL
             ? g_strdup_printf (_ ("It was completed already at %s with “%s”."), at, outcome)
             : g_strdup_printf (_ ("It was completed already at %s."), at);
}

static char *
describe_closed (WfCommit *self, const WfActivity *present)
{
  const char *outcome = get_outcome (self, present, present->outcome);

  switch (present->status)
    {
    case WF_ACTIVITY_DONE:
      return describe_done (self, present);
    case WF_ACTIVITY_CANCELLED:
      return outcome != NULL ? g_strdup_printf (_ ("It was cancelled meanwhile: “%s”."), outcome)
                             : g_strdup (_ ("It was cancelled meanwhile."));
    case WF_ACTIVITY_NO_LONGER_NEEDED:
      return outcome != NULL
                 ? g_strdup_printf (_ ("It was closed meanwhile as no longer needed: “%s”."),
                                    outcome)
                 : g_strdup (_ ("It was closed meanwhile as no longer needed."));
    case WF_ACTIVITY_OPEN:
    default:
      return g_strdup (_ ("It was opened again meanwhile."));
    }
}

char *
wf_pending_describe_conflict (WfCommit *self, const WfChangePayload *change,
                              const WfActivity *present)
{
  const char *status = wf_activity_status_names[present->status];
  g_autofree char *due = NULL;

  if (present->status != WF_ACTIVITY_OPEN || g_strcmp0 (change->base_status, status) != 0)
    return describe_closed (self, present);
  if (change->change.person != NULL && g_strcmp0 (change->base_person, present->person) != 0)
    return g_strdup_printf (_ ("It was given to %s meanwhile."), get_name (self, present->person));
  if (change->change.due == WF_INSTANT_NONE && change->base_ends != present->ends &&
      present->ends != WF_INSTANT_NONE)
    {
      g_autofree char *ends = format_time (self, present->ends);

      return g_strdup_printf (_ ("Its end was moved to %s meanwhile."), ends);
    }
  due = format_time (self, present->due);
  return g_strdup_printf (_ ("Its deadline was moved to %s meanwhile."), due);
}
