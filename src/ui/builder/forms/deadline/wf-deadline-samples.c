/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an action's settings give for some instants, computed by the same arithmetic as the real
 * thing. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-deadline-samples.h"

#include "wf-event-catalogue.h"
#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define HOLIDAY_DAYS_MOST 366 /* one further away tells nothing */
#define FRIDAY 5
#define SATURDAY 6

typedef struct
{
  const WfCreateActivity *action;
  const WfWorkingHours *hours;
  GTimeZone *zone;
  WfInstant now;
  GPtrArray *samples;
} Making;

static void
sample_free (gpointer data)
{
  WfDeadlineSample *sample = data;

  g_free (sample->name);
  g_free (sample->when);
  g_free (sample->result);
  g_free (sample);
}

WfWorkingHours *
wf_deadline_samples_dup_hours (const WfOrganisation *organisation)
{
  g_autoptr (GTimeZone) local = NULL;

  if (organisation != NULL)
    return wf_working_hours_ref (wf_organisation_get_hours (organisation));
  local = g_time_zone_new_local ();
  return wf_working_hours_new_always_open (local);
}

/* ---- words ---- */

char *
wf_deadline_samples_format (WfInstant at, GTimeZone *zone, WfInstant near)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (at, zone);
  g_autoptr (GDateTime) other = wf_instant_to_date_time (near, zone);

  if (local == NULL)
    return g_strdup ("");
  if (other != NULL && g_date_time_get_year (local) != g_date_time_get_year (other))
    /* Translators: day and time of a deadline in another year: "Mon 4 Jan 2027, 09:20" */
    return g_date_time_format (local, _ ("%a %-d %b %Y, %H:%M"));
  /* Translators: day and time of a deadline, for g_date_time_format: "Mon 23 Nov, 09:20" */
  return g_date_time_format (local, _ ("%a %-d %b, %H:%M"));
}

static gboolean
is_same_day (WfInstant a, WfInstant b, GTimeZone *zone)
{
  g_autoptr (GDateTime) first = wf_instant_to_date_time (a, zone);
  g_autoptr (GDateTime) second = wf_instant_to_date_time (b, zone);

  return g_date_time_get_day_of_year (first) == g_date_time_get_day_of_year (second) &&
         g_date_time_get_year (first) == g_date_time_get_year (second);
}

/* The reminder's day is said when it is another one. */
static char *
format_reminder (const Making *self, const WfDeadline *deadline)
{
  g_autoptr (GDateTime) local = NULL;

  if (!is_same_day (deadline->remind, deadline->due, self->zone))
    return wf_deadline_samples_format (deadline->remind, self->zone, deadline->due);
  local = wf_instant_to_date_time (deadline->remind, self->zone);
  return g_date_time_format (local, "%H:%M");
}

static char *
make_due (const Making *self, const WfDeadline *deadline)
{
  g_autofree char *due = wf_deadline_samples_format (deadline->due, self->zone, self->now);
  g_autofree char *remind = NULL;

  if (deadline->remind == WF_INSTANT_NONE)
    return g_strdup_printf (_ ("Due %s"), due);
  if (deadline->remind_at_once)
    return g_strdup_printf (_ ("Due %s · reminder at once"), due);
  remind = format_reminder (self, deadline);
  /* Translators: a deadline and its reminder: "Due Mon 23 Nov, 09:20 · reminder 09:10" */
  return g_strdup_printf (_ ("Due %1$s · reminder %2$s"), due, remind);
}

static char *
make_result (const Making *self, const WfDeadline *deadline)
{
  g_autofree char *due = NULL;

  switch (deadline->outcome)
    {
    case WF_DEADLINE_OK:
      due = make_due (self, deadline);
      /* Translators: what comes before is a deadline */
      return deadline->shortened ? g_strdup_printf (_ ("%s (less time is left)"), due)
                                 : g_steal_pointer (&due);
    case WF_DEADLINE_ANCHOR_PAST:
      return g_strdup (_ ("Nothing is created: the date has passed"));
    case WF_DEADLINE_NO_OPEN_TIME:
      return g_strdup (_ ("Nothing is created: there are no open hours within ten years"));
    case WF_DEADLINE_OUT_OF_RANGE:
      return g_strdup (_ ("Nothing is created: that is too far away"));
    }
  g_assert_not_reached ();
}

/* ---- samples ---- */

/* created: when the activity would be; WF_INSTANT_NONE: long before. */
static void
add_sample (Making *self, char *name, WfInstant from, WfInstant created)
{
  WfDeadlineSample *sample;
  const WfDeadlineRequest request = {
    .from = from,
    .now = created,
    .within = self->action->complete_within,
    .before = self->action->before != NULL,
    .business_hours = self->action->business_hours,
    .business_time = self->action->business_time,
    .notify = self->action->notify,
  };

  sample = g_new0 (WfDeadlineSample, 1);
  sample->name = name;
  sample->from = from;
  sample->when = wf_deadline_samples_format (from, self->zone, self->now);
  sample->deadline = wf_deadline_compute (&request, self->hours, NULL);
  sample->result = make_result (self, &sample->deadline);
  g_ptr_array_add (self->samples, sample);
}

/* That wall time so many days after today. A wall time that the clocks leave out is shifted
 * (S21). */
static WfInstant
get_instant (const Making *self, int days, int hour, int minute)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (self->now, self->zone);
  g_autoptr (GDateTime) day = g_date_time_add_days (local, days);
  g_autoptr (GDateTime) at = NULL;

  at = g_date_time_new (self->zone, g_date_time_get_year (day), g_date_time_get_month (day),
                        g_date_time_get_day_of_month (day), hour, minute, 0);
  return at != NULL ? g_date_time_to_unix_usec (at) : self->now;
}

/* Days until the next such weekday (1 = Monday), never today. */
static int
get_days_until (const Making *self, int weekday)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (self->now, self->zone);
  int days = (weekday - g_date_time_get_day_of_week (local) + 7) % 7;

  return days == 0 ? 7 : days;
}

/* 0: none that is near. */
static int
find_next_holiday (const Making *self, const char **name)
{
  for (int days = 1; days <= HOLIDAY_DAYS_MOST; days++)
    {
      *name = wf_working_hours_get_holiday (self->hours, get_instant (self, days, 12, 0));
      if (*name != NULL)
        return days;
    }
  return 0;
}

/* Today when it is the last day. */
static int
get_days_until_month_end (const Making *self)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (self->now, self->zone);

  return g_date_get_days_in_month ((GDateMonth) g_date_time_get_month (local),
                                   (GDateYear) g_date_time_get_year (local)) -
         g_date_time_get_day_of_month (local);
}

static void
add_after (Making *self)
{
  const char *holiday;
  int days = find_next_holiday (self, &holiday);
  const WfInstant instants[] = {
    self->now,
    get_instant (self, get_days_until (self, FRIDAY), 17, 50),
    get_instant (self, get_days_until (self, SATURDAY), 10, 0),
    get_instant (self, days - 1, 17, 0),
    get_instant (self, get_days_until_month_end (self), 16, 0),
  };

  add_sample (self, g_strdup (_ ("An event now")), instants[0], instants[0]);
  add_sample (self, g_strdup (_ ("An event on Friday")), instants[1], instants[1]);
  add_sample (self, g_strdup (_ ("An event on Saturday")), instants[2], instants[2]);
  if (days > 0)
    /* Translators: %s is a holiday's name */
    add_sample (self, g_strdup_printf (_ ("An event on the eve of “%s”"), holiday), instants[3],
                instants[3]);
  add_sample (self, g_strdup (_ ("An event at the end of the month")), instants[4], instants[4]);
}

/* The first is about a date that is near, when the whole time is not left any more. */
static void
add_before (Making *self)
{
  const char *holiday, *field = wf_field_to_text (self->action->before);
  int days = find_next_holiday (self, &holiday);

  /* Translators: %s is a date that a lead has, such as “Meeting’s start” */
  add_sample (self, g_strdup_printf (_ ("%s in an hour"), field), self->now + G_TIME_SPAN_HOUR,
              self->now);
  add_sample (self, g_strdup_printf (_ ("%s on Monday"), field),
              get_instant (self, get_days_until (self, 1), 9, 30), WF_INSTANT_NONE);
  add_sample (self, g_strdup_printf (_ ("%s on Friday"), field),
              get_instant (self, get_days_until (self, FRIDAY), 14, 0), WF_INSTANT_NONE);
  if (days > 0)
    /* Translators: the first is a date that a lead has, the second a holiday’s name */
    add_sample (self, g_strdup_printf (_ ("%1$s on the day after “%2$s”"), field, holiday),
                get_instant (self, days + 1, 9, 30), WF_INSTANT_NONE);
  add_sample (self, g_strdup_printf (_ ("%s on the first of the month"), field),
              get_instant (self, get_days_until_month_end (self) + 1, 9, 30), WF_INSTANT_NONE);
}

GPtrArray *
wf_deadline_samples_make (const WfCreateActivity *action, const WfOrganisation *organisation,
                          WfInstant now)
{
  g_autoptr (WfWorkingHours) hours = wf_deadline_samples_dup_hours (organisation);
  Making self = {
    .action = action,
    .hours = hours,
    .zone = wf_working_hours_get_zone (hours),
    .now = now - now % G_TIME_SPAN_MINUTE,
    .samples = g_ptr_array_new_with_free_func (sample_free),
  };

  if (!wf_duration_is_set (action->complete_within))
    return self.samples;
  if (action->before != NULL)
    add_before (&self);
  else
    add_after (&self);
  return self.samples;
}
