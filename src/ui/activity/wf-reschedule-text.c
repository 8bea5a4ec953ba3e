/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new deadline as a person enters it, checked (S7). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reschedule-text.h"

#include "wf-civil-date.h"
#include "wf-time-text.h"
#include "wf-zone-table.h"

#include <glib/gi18n-lib.h>

static gboolean
is_blank (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

/* A deadline may be the closing instant; what begins then does not. */
static gboolean
is_open_for (const WfActivity *activity, const WfWorkingHours *hours, WfInstant due)
{
  gboolean begins = activity->kind == WF_ACTIVITY_CALL || activity->kind == WF_ACTIVITY_MEETING;

  return wf_working_hours_is_open (hours, due) ||
         (!begins && wf_working_hours_previous_close (hours, due) == due);
}

char *
wf_reschedule_find_concern (const WfOrganisation *organisation, const WfActivity *activity,
                            WfInstant due)
{
  const WfPerson *person = organisation != NULL && activity->person != NULL
                               ? wf_organisation_get_person (organisation, activity->person)
                               : NULL;
  const WfWorkingHours *hours =
      organisation != NULL ? wf_organisation_get_hours_for (organisation, person) : NULL;
  const char *holiday = hours != NULL ? wf_working_hours_get_holiday (hours, due) : NULL;

  if (person != NULL && wf_person_get_absence (person, due) != NULL)
    {
      /* Translators: %s is a person */
      return g_strdup_printf (_ ("%s is away then."), person->name);
    }
  if (hours == NULL || is_open_for (activity, hours, due))
    return NULL;
  if (holiday != NULL)
    {
      /* Translators: %s is the name of a holiday */
      return g_strdup_printf (_ ("This is a holiday: %s."), holiday);
    }
  return g_strdup (_ ("This is outside of the working hours."));
}

/* By the wall clock and its minutes, since nothing finer is shown or entered: also the second one of an hour that comes twice. */
static gboolean
is_same (const WfRescheduleSubject *subject, const WfZoneTable *table, gint64 local)
{
  gint64 minute = wf_floor_divide (local, G_TIME_SPAN_MINUTE);

  for (guint i = 0; i < subject->n_activities; i++)
    {
      WfInstant due = subject->activities[i]->due;
      if (due == WF_INSTANT_NONE ||
          wf_floor_divide (wf_zone_table_to_local (table, due), G_TIME_SPAN_MINUTE) != minute)
        return FALSE;
    }
  return TRUE;
}

static char *
find_first_concern (const WfRescheduleSubject *subject, WfInstant due)
{
  char *concern = NULL;

  for (guint i = 0; concern == NULL && i < subject->n_activities; i++)
    concern = wf_reschedule_find_concern (subject->organisation, subject->activities[i], due);
  return concern;
}

/* Microseconds of wall time since 1970-01-01T00:00. */
static gint64
make_local (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) wall = g_date_time_new_utc (year, month, day, hour, minute, 0);

  return wall != NULL ? g_date_time_to_unix (wall) * G_TIME_SPAN_SECOND : WF_INSTANT_NONE;
}

/**
 * wf_reschedule_check:
 * @subject: what is to be rescheduled
 * @year: of the viewer's calendar
 * @month: 1-12
 * @day: of the month
 * @time: as it was written
 * @reason: likewise
 *
 * A wall time that does not exist is shifted by the gap, of one that comes twice it is the earlier (S21). The unchanged deadline
 * and what has passed are refused, as the runtime does (S7).
 *
 * Returns: what it means, and what is wrong with it
 */
WfRescheduleCheck
wf_reschedule_check (const WfRescheduleSubject *subject, int year, int month, int day,
                     const char *time, const char *reason)
{
  WfRescheduleCheck check = { .due = WF_INSTANT_NONE };
  int hour, minute;

  if (is_blank (reason))
    check.reason_problem = _ ("Say why; your team sees the reason.");
  if (!wf_time_text_parse_clock (time, &hour, &minute))
    {
      check.time_problem = _ ("Write the time as 14:30.");
      return check;
    }
  gint64 local = make_local (year, month, day, hour, minute);
  if (local == WF_INSTANT_NONE)
    {
      check.time_problem = _ ("There is no such day and time.");
      return check;
    }
  g_autoptr (WfZoneTable) table = wf_zone_table_new (subject->zone);
  check.due = wf_zone_table_to_instant (table, local);
  check.same = is_same (subject, table, local);
  if (check.due <= subject->now)
    check.time_problem = _ ("This time has passed.");
  else if (check.same)
    check.time_problem = _ ("This is the present deadline. Choose another time.");
  else
    check.note = find_first_concern (subject, check.due);
  return check;
}

void
wf_reschedule_check_clear (WfRescheduleCheck *self)
{
  g_clear_pointer (&self->note, g_free);
}
