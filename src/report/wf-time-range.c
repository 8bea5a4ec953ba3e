/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stretch of days as instants, cut into the points of a line. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-civil-date.h"
#include "wf-instant.h"
#include "wf-time-range-private.h"

#include <glib/gi18n-lib.h>

#define MOST_DAYS_AS_DAYS 62
#define MOST_DAYS_AS_WEEKS 190

WfTimeStep
wf_time_step_of_days (gint64 n_days)
{
  return n_days == 1                    ? WF_TIME_STEP_HOUR
         : n_days <= MOST_DAYS_AS_DAYS  ? WF_TIME_STEP_DAY
         : n_days <= MOST_DAYS_AS_WEEKS ? WF_TIME_STEP_WEEK
                                        : WF_TIME_STEP_MONTH;
}

/* S21: where midnight does not exist the day begins after the gap, where there are two with the
 * first. */
static WfInstant
get_beginning (const WfZoneTable *zone, gint64 day)
{
  return wf_zone_table_to_instant (zone, day * WF_DAY_SPAN);
}

/* The first and the last point may be shorter than a whole week or month. */
static gint64
get_next_day (gint64 day, WfTimeStep step, GDateWeekday first_weekday)
{
  int begin = first_weekday == G_DATE_BAD_WEEKDAY ? 0 : (int) first_weekday - 1;
  WfCivilDate date;

  switch (step)
    {
    case WF_TIME_STEP_WEEK:
      return day + 7 - (wf_civil_date_get_weekday (day) - begin + 7) % 7;
    case WF_TIME_STEP_MONTH:
      date = wf_civil_date_from_day (day);
      date.day = 1;
      return wf_civil_date_add_months (wf_civil_date_to_day (date), 1);
    case WF_TIME_STEP_HOUR:
    case WF_TIME_STEP_DAY:
      return day + 1;
    }
  g_assert_not_reached ();
}

static GDate
day_to_date (gint64 day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (day - WF_CIVIL_FIRST_DAY + 1));
  return date;
}

static void
add_bounds (GArray *bounds, const WfZoneTable *zone, gint64 first, gint64 last, WfTimeStep step,
            GDateWeekday first_weekday)
{
  WfInstant until = get_beginning (zone, last + 1);

  if (step == WF_TIME_STEP_HOUR)
    {
      /* Elapsed hours, so that the day of a clock change has 23 or 25 of them. */
      for (WfInstant at = get_beginning (zone, first); at < until; at += G_TIME_SPAN_HOUR)
        g_array_append_val (bounds, at);
    }
  else
    {
      for (gint64 day = first; day <= last; day = get_next_day (day, step, first_weekday))
        {
          WfInstant at = get_beginning (zone, day);

          g_array_append_val (bounds, at);
        }
    }
  g_array_append_val (bounds, until);
}

WfTimeRange *
wf_time_range_new (const WfZoneTable *zone, gint64 first, gint64 last, WfTimeStep step,
                   GDateWeekday first_weekday)
{
  WfTimeRange *self = g_new0 (WfTimeRange, 1);
  GArray *bounds = g_array_new (FALSE, FALSE, sizeof (WfInstant));

  /* The edge of what can be written: the day after the last one is still an instant. */
  first = CLAMP (first, WF_CIVIL_FIRST_DAY, WF_CIVIL_LAST_DAY);
  last = CLAMP (last, first, WF_CIVIL_LAST_DAY);
  add_bounds (bounds, zone, first, last, step, first_weekday);
  self->zone = g_time_zone_ref (wf_zone_table_get_zone (zone));
  self->first = day_to_date (first);
  self->last = day_to_date (last);
  self->step = step;
  self->n = bounds->len - 1;
  self->bounds = (WfInstant *) (gpointer) g_array_free (bounds, FALSE);
  self->from = self->bounds[0];
  self->until = self->bounds[self->n];
  return self;
}

void
wf_time_range_cut (WfTimeRange *self, WfInstant until)
{
  if (until >= self->until)
    return;
  while (self->n > 1 && self->bounds[self->n - 1] >= until)
    self->n--;
  self->until = self->bounds[self->n] = MAX (until, self->from);
}

/**
 * wf_time_range_free:
 * @self: (transfer full) (nullable): a range
 */
void
wf_time_range_free (WfTimeRange *self)
{
  if (self == NULL)
    return;
  g_time_zone_unref (self->zone);
  g_free (self->bounds);
  g_free (self);
}

/**
 * wf_time_range_find:
 * @self: a range
 * @at: an instant
 *
 * Returns: the point in which it lies; n when it is outside
 */
guint
wf_time_range_find (const WfTimeRange *self, WfInstant at)
{
  guint low = 0, high = self->n;

  if (at < self->from || at >= self->until)
    return self->n;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->bounds[middle] <= at)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * wf_time_range_get_label:
 * @self: a range
 * @point: less than n
 *
 * Returns: (transfer full): its beginning, short, as the person's language writes it
 */
char *
wf_time_range_get_label (const WfTimeRange *self, guint point)
{
  g_autoptr (GDateTime) at = wf_instant_to_date_time (self->bounds[point], self->zone);
  gboolean one_year = g_date_get_year (&self->first) == g_date_get_year (&self->last);
  const char *format = NULL;
  char *text;

  switch (self->step)
    {
    case WF_TIME_STEP_HOUR:
      format = "%H:%M";
      break;
    case WF_TIME_STEP_DAY:
    case WF_TIME_STEP_WEEK:
      format = _ ("%-d %b");
      break;
    case WF_TIME_STEP_MONTH:
      format = one_year ? "%OB" : _ ("%b %Y");
      break;
    }
  text = at != NULL ? g_date_time_format (at, format) : NULL;
  return text != NULL ? text : g_strdup ("");
}

static char *
format_date (const GDate *date, const char *format)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (g_date_get_year (date), g_date_get_month (date),
                                                  g_date_get_day (date), 0, 0, 0);
  char *text = at != NULL ? g_date_time_format (at, format) : NULL;

  return text != NULL ? text : g_strdup ("");
}

/**
 * wf_time_range_to_text:
 * @self: a range
 *
 * Returns: (transfer full): its days, as the person's language writes them
 */
char *
wf_time_range_to_text (const WfTimeRange *self)
{
  gboolean one_year = g_date_get_year (&self->first) == g_date_get_year (&self->last);
  gboolean one_month = one_year &&
                       g_date_get_month (&self->first) == g_date_get_month (&self->last);
  g_autofree char *first = NULL, *last = format_date (&self->last, _ ("%-d %B %Y"));

  if (g_date_compare (&self->first, &self->last) == 0)
    return g_steal_pointer (&last);
  /* Translators: the first of two days in the same month, as in “1 – 30 November 2026” */
  first = format_date (&self->first, one_month  ? C_ ("first day of a range", "%-d")
                                     : one_year ? _ ("%-d %B")
                                                : _ ("%-d %B %Y"));
  /* Translators: from one day to another */
  return g_strdup_printf (C_ ("range of days", "%s – %s"), first, last);
}
