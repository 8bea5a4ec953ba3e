/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of activities, notifications and waits (R14-R24, R79, R86, R87, S6, S27). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-validate-private.h"

#include <glib/gi18n-lib.h>

/* ---- amounts of time ---- */

/* A duration of an editor's workflow can be out of range; that of a document was read already. */
void
wf_check_duration (const WfJsonCursor *place, WfDuration duration, gboolean required)
{
  WfJsonCursor amount = wf_json_cursor_member (place, "amount");

  if (duration.amount == 0 && required)
    wf_check_missing (place, _ ("An amount of time is missing here."));
  else if ((duration.amount < 0 || duration.amount > WF_DURATION_MOST_AMOUNT) &&
           wf_check_is_new (&amount))
    wf_json_cursor_problem (&amount, "amount-out-of-range",
                            _ ("The amount must be between 1 and %d."), WF_DURATION_MOST_AMOUNT);
}

void
wf_check_minimum (const WfJsonCursor *within_place, WfDuration within)
{
  WfJsonCursor amount = wf_json_cursor_member (within_place, "amount");
  g_autofree char *text = NULL;

  if (!wf_duration_is_below_minimum (within) || !wf_check_is_new (&amount))
    return;
  text = wf_duration_to_text (within);
  wf_json_cursor_problem (&amount, "duration-too-short",
                          _ ("Complete within must be at least 30 minutes; this is %s."), text);
}

/* In minutes, only to compare two durations for a warning. */
static gint64
get_rough_minutes (WfDuration duration)
{
  static const gint64 minutes[] = { 1, 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60 };

  return duration.amount * minutes[duration.unit];
}

void
wf_check_notify (const WfJsonCursor *notify_place, WfDuration within, WfDuration notify)
{
  if (get_rough_minutes (notify) >= get_rough_minutes (within))
    wf_json_cursor_warning (
        notify_place, "notify-too-long", "%s",
        _ ("The notification is as long before the deadline as the deadline itself: it comes at once."));
}

/* ---- activities ---- */

static void
check_complete_within (const WfCheck *self, const WfCreateActivity *activity,
                       const WfJsonCursor *cursor)
{
  WfJsonCursor within = wf_json_cursor_member (cursor, "complete-within");
  WfJsonCursor before = wf_json_cursor_member (&within, "before");
  WfJsonCursor notify = wf_json_cursor_member (cursor, "notify");

  wf_check_duration (&within, activity->complete_within, TRUE);
  wf_check_duration (&notify, activity->notify, FALSE);
  if (activity->before != NULL)
    {
      wf_check_date_field (self, &before, activity->before);
      return; /* the minimum is about time after an event (A1) */
    }
  if (!wf_duration_is_set (activity->complete_within))
    return;
  wf_check_minimum (&within, activity->complete_within);
  wf_check_notify (&notify, activity->complete_within, activity->notify);
}

static void
check_permission (const WfCheck *self, const WfCreateActivity *activity, const WfJsonCursor *cursor)
{
  WfJsonCursor permission = wf_json_cursor_member (cursor, "permission");
  WfJsonCursor groups = wf_json_cursor_member (&permission, "groups");

  if (activity->scope != WF_PERMISSION_GROUPS)
    return;
  if ((activity->groups == NULL || activity->groups[0] == NULL) && wf_check_is_new (&groups))
    wf_json_cursor_problem (&groups, "groups-missing", "%s",
                            _ ("Choose at least one group, or permit it for all."));
  for (guint i = 0; activity->groups != NULL && activity->groups[i] != NULL; i++)
    {
      WfJsonCursor group = wf_json_cursor_element (&groups, i);

      if (activity->groups[i][0] == '\0')
        wf_check_missing (&group, _ ("This is empty."));
      else
        wf_check_group (self, &group, activity->groups[i]);
    }
}

/* A call and a meeting have a type of their own when none is chosen. */
static void
check_type (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  WfJsonCursor type = wf_json_cursor_member (cursor, "activity-type");

  if (!wf_check_is_blank (step->create_activity.activity_type))
    wf_check_activity_type (self, &type, step->create_activity.activity_type);
  else if (step->kind == WF_STEP_CREATE_ACTIVITY)
    wf_check_missing (&type, _ ("The type of the activity is missing."));
}

static void
check_retire_on (const WfCheck *self, const WfCreateActivity *activity, const WfJsonCursor *cursor)
{
  WfJsonCursor list = wf_json_cursor_member (cursor, "retire-on");

  for (guint i = 0; activity->retire_on != NULL && activity->retire_on[i] != NULL; i++)
    {
      WfJsonCursor type = wf_json_cursor_element (&list, i);

      wf_check_event_type (self, &type, activity->retire_on[i]);
    }
}

/* What an editor may have left behind when it changed the kind. */
static void
check_kinds_own (const WfStep *step, const WfJsonCursor *place, const char *name, gboolean set)
{
  if (set && wf_step_kind_info_get_setting (wf_step_catalogue_get (step->kind), name) == NULL)
    wf_json_cursor_problem (place, "not-of-kind", "%s",
                            _ ("Steps of this kind do not have this setting."));
}

/* How long it lasts, and where. */
static void
check_appointment (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  const WfCreateActivity *activity = &step->create_activity;
  WfJsonCursor lasts = wf_json_cursor_member (cursor, "lasts");
  WfJsonCursor place = wf_json_cursor_member (cursor, "place");

  check_kinds_own (step, &lasts, "lasts", activity->lasts.amount != 0);
  check_kinds_own (step, &place, "place", activity->place != NULL);
  wf_check_duration (&lasts, activity->lasts, FALSE);
  wf_check_length (&place, activity->place, WF_CHECK_MOST_LINE);
  wf_check_merge_text (self, &place, activity->place);
}

void
wf_check_activity_step (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  const WfCreateActivity *activity = &step->create_activity;
  WfJsonCursor notes = wf_json_cursor_member (cursor, "notes");
  WfJsonCursor assignee = wf_json_cursor_member (cursor, "assignee");

  check_type (self, step, cursor);
  check_complete_within (self, activity, cursor);
  check_permission (self, activity, cursor);
  wf_check_length (&notes, activity->notes, WF_CHECK_MOST_TEXT);
  wf_check_merge_text (self, &notes, activity->notes);
  wf_check_assignee (self, &assignee, activity->assignee);
  check_retire_on (self, activity, cursor);
  check_appointment (self, step, cursor);
}

/* ---- notifications and waits ---- */

void
wf_check_notify_step (const WfCheck *self, const WfNotify *step, const WfJsonCursor *cursor)
{
  WfJsonCursor text = wf_json_cursor_member (cursor, "text");
  WfJsonCursor recipient = wf_json_cursor_member (cursor, "recipient");
  WfJsonCursor sender = wf_json_cursor_member (cursor, "sender");

  if (wf_check_is_blank (step->text))
    wf_check_missing (&text, _ ("The text of the notification is missing."));
  wf_check_length (&text, step->text, WF_CHECK_MOST_TEXT);
  wf_check_merge_text (self, &text, step->text);
  wf_check_recipient (self, &recipient, step->recipient);
  if (step->sender != NULL)
    wf_check_person (self, &sender, step->sender);
}

void
wf_check_wait_step (const WfCheck *self, const WfStep *step, const WfJsonCursor *cursor)
{
  const WfWait *wait = &step->wait;
  WfJsonCursor duration = wf_json_cursor_member (cursor, "for");
  WfJsonCursor until = wf_json_cursor_member (cursor, "until");
  WfJsonCursor condition = wf_json_cursor_member (cursor, "until-condition");
  WfJsonCursor time_out = wf_json_cursor_member (cursor, "time-out");

  wf_check_duration (&duration, wait->duration, FALSE);
  wf_check_duration (&time_out, wait->time_out, wait->kind == WF_WAIT_UNTIL_CONDITION);
  wf_check_condition (self, wait->condition, step->extra, &condition);
  if (wait->kind == WF_WAIT_UNTIL)
    wf_check_date_field (self, &until, wait->until);
  else if (wait->kind == WF_WAIT_UNTIL_CONDITION && wait->condition == NULL)
    wf_check_missing (&condition, _ ("It is not said what the step waits for."));
  else if (wait->kind == WF_WAIT_FOR && wait->duration.amount == 0 && wf_check_is_new (cursor))
    wf_check_duration (&duration, wait->duration, TRUE);
}
