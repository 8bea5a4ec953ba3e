/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an action's settings would mean for some instants, computed by the same arithmetic as the real thing. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-deadline-examples.h"

#include "wf-deadline.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

static void
example_free (gpointer data)
{
  WfDeadlineExample *example = data;

  g_free (example->when);
  g_free (example->result);
  g_free (example);
}

static char *
format_instant (WfInstant at, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (at, zone);

  /* Translators: day and time of a deadline, for g_date_time_format: "Mon 23 Nov, 09:20" */
  return g_date_time_format (local, _ ("%a %-d %b, %H:%M"));
}

static char *
make_result (const WfCreateActivity *action, WfWorkingHours *hours, WfInstant from)
{
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  const WfDeadlineRequest request = {
    .from = from,
    .now = WF_INSTANT_NONE,
    .within = action->complete_within,
    .before = action->before != NULL,
    .business_hours = action->business_hours,
    .business_time = action->business_time,
    .notify = action->notify,
  };
  WfDeadline deadline = wf_deadline_compute (&request, hours, NULL);

  if (deadline.outcome != WF_DEADLINE_OK)
    return g_strdup (_ ("Nothing would be created"));
  g_autofree char *due = format_instant (deadline.due, zone);
  if (deadline.remind == WF_INSTANT_NONE)
    return g_strdup_printf (_ ("Due %s, no reminder"), due);
  g_autofree char *remind = format_instant (deadline.remind, zone);
  return g_strdup_printf (_ ("Due %s, reminder %s"), due, remind);
}

/* The first instant after now that is on the weekday (1 = Monday) at that wall time. */
static WfInstant
next_weekday (WfInstant now, GTimeZone *zone, int weekday, int hour, int minute)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (now, zone);
  int days = (weekday - g_date_time_get_day_of_week (local) + 7) % 7;
  g_autoptr (GDateTime) day = g_date_time_add_days (local, days == 0 ? 7 : days);
  g_autoptr (GDateTime) at = g_date_time_new (zone, g_date_time_get_year (day),
                                              g_date_time_get_month (day),
                                              g_date_time_get_day_of_month (day), hour, minute, 0);

  return at != NULL ? g_date_time_to_unix_usec (at) : now;
}

static void
add_example (GPtrArray *examples, const char *format, const WfCreateActivity *action,
             WfWorkingHours *hours, WfInstant from)
{
  WfDeadlineExample *example = g_new0 (WfDeadlineExample, 1);
  g_autofree char *at = format_instant (from, wf_working_hours_get_zone (hours));

  example->when = g_strdup_printf ("%s (%s)", format, at);
  example->result = make_result (action, hours, from);
  g_ptr_array_add (examples, example);
}

/* organisation: nullable. Result: of WfDeadlineExample, empty while the settings cannot be computed. Owned by the caller. */
GPtrArray *
wf_deadline_examples_make (const WfCreateActivity *action, const WfOrganisation *organisation,
                           WfInstant now)
{
  GPtrArray *examples = g_ptr_array_new_with_free_func (example_free);
  WfWorkingHours *hours;
  GTimeZone *zone;

  if (organisation == NULL || !wf_duration_is_set (action->complete_within))
    return examples;
  hours = wf_organisation_get_hours (organisation);
  zone = wf_working_hours_get_zone (hours);
  if (action->before != NULL)
    {
      add_example (examples, _ ("A date on Monday"), action, hours,
                   next_weekday (now, zone, 1, 9, 30));
      add_example (examples, _ ("A date on Friday"), action, hours,
                   next_weekday (now, zone, 5, 17, 50));
      return examples;
    }
  add_example (examples, _ ("An event now"), action, hours, now);
  add_example (examples, _ ("An event on Friday"), action, hours,
               next_weekday (now, zone, 5, 17, 50));
  add_example (examples, _ ("An event on Saturday"), action, hours,
               next_weekday (now, zone, 6, 10, 0));
  return examples;
}
