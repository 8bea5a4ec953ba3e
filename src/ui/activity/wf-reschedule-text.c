/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new deadline as a person enters it, checked (S7). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reschedule-text.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

static gboolean
is_blank (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

/* At the closing instant the office is closed for starting, but a deadline may be then. */
static gboolean
is_in_working_hours (const WfWorkingHours *hours, WfInstant due)
{
  return wf_working_hours_is_open (hours, due) ||
         wf_working_hours_previous_close (hours, due) == due;
}

WfRescheduleCheck
wf_reschedule_check (int year, int month, int day, const char *time, const char *reason,
                     WfInstant now, GTimeZone *zone, const WfWorkingHours *hours)
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
  g_autoptr (GDateTime) local = g_date_time_new (zone, year, month, day, hour, minute, 0);
  if (local == NULL)
    {
      check.time_problem = _ ("There is no such day and time.");
      return check;
    }
  check.due = g_date_time_to_unix (local) * G_TIME_SPAN_SECOND;
  if (check.due <= now)
    check.time_problem = _ ("This time has passed.");
  else if (hours != NULL && !is_in_working_hours (hours, check.due))
    check.note = _ ("This is outside of the working hours.");
  return check;
}
