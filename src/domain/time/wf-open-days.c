/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which spans of a local day are open: the week, the holidays, and the zone that turns wall times
 * into instants (S3). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-open-days.h"

#include "wf-civil-date.h"

#include <stdlib.h>

/* Opening and closing are wall times, open time is what really passes between them (S21). On most
 * days the clocks do not change, and the spans are the week's plus one number. Around a change they
 * are mapped one by one: a span that lies in a gap is shifted by it and may then meet its
 * neighbours, so they are joined, and each instant belongs to one day only. */

#define MINUTE (60 * WF_MICROSECONDS)
#define DAY (WF_SECONDS_A_DAY * WF_MICROSECONDS)

static const char *
find_dated_holiday (const GArray *dated, gint64 day)
{
  guint low = 0, high = dated->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const WfDatedHoliday *holiday = &g_array_index (dated, WfDatedHoliday, middle);

      if (holiday->day == day)
        return holiday->name;
      if (holiday->day < day)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/**
 * wf_open_days_get_holiday:
 * @self: the open days
 * @day: a local day's number
 *
 * Returns: (transfer none) (nullable): the name of the holiday on that day
 */
const char *
wf_open_days_get_holiday (const WfOpenDays *self, gint64 day)
{
  const char *name = self->dated->len > 0 ? find_dated_holiday (self->dated, day) : NULL;

  if (name == NULL && self->has_yearly)
    {
      WfCivilDate date = wf_civil_date_from_day (day);

      name = self->yearly[date.month - 1][date.day - 1];
    }
  return name;
}

/* Nothing on holidays. */
static const WfWeekdaySpans *
get_weekday_spans (const WfOpenDays *self, gint64 day)
{
  static const WfWeekdaySpans closed = { 0 };
  const WfWeekdaySpans *spans = &self->week[wf_civil_date_get_weekday (day)];

  if (spans->n > 0 && wf_open_days_get_holiday (self, day) != NULL)
    return &closed;
  return spans;
}

/**
 * wf_day_walk_init:
 * @self: a walk on the stack
 * @days: the open days; must outlive the walk
 */
void
wf_day_walk_init (WfDayWalk *self, const WfOpenDays *days)
{
  self->days = days;
  self->steady = (WfSteadyDays) { 1, 0, 0 };
  self->n = 0;
}

static gboolean
is_steady (WfDayWalk *self, gint64 day)
{
  if (day < self->steady.first || day > self->steady.last)
    self->steady = wf_zone_table_get_steady_days (self->days->zone, day);
  return day >= self->steady.first && day <= self->steady.last;
}

static int
compare_spans (const void *a, const void *b)
{
  const WfOpenSpan *first = a, *second = b;

  return first->open < second->open ? -1 : first->open > second->open;
}

/* Appends the day's spans as instants, in whatever order. */
static void
map_spans (WfDayWalk *self, gint64 day)
{
  const WfWeekdaySpans *local = get_weekday_spans (self->days, day);
  const WfZoneTable *zone = self->days->zone;

  for (guint i = 0; i < local->n; i++)
    {
      WfOpenSpan span = {
        wf_zone_table_to_instant (zone, day * DAY + local->spans[i].open * MINUTE),
        wf_zone_table_to_instant (zone, day * DAY + local->spans[i].close * MINUTE)
      };

      if (span.open < span.close)
        self->spans[self->n++] = span;
    }
}

/* Joins spans that meet, and keeps what lies in [from, until). */
static void
join_spans (WfDayWalk *self, WfInstant from, WfInstant until)
{
  WfInstant end = from; /* of what is open so far */
  guint n = 0;

  qsort (self->spans, self->n, sizeof (WfOpenSpan), compare_spans);
  for (guint i = 0; i < self->n; i++)
    {
      WfInstant open = MAX (self->spans[i].open, end);
      WfInstant close = MIN (self->spans[i].close, until);

      if (open >= close)
        continue;
      if (n > 0 && self->spans[n - 1].close == open)
        self->spans[n - 1].close = close;
      else
        self->spans[n++] = (WfOpenSpan) { open, close };
      end = close;
    }
  self->n = n;
}

/**
 * wf_day_walk_load:
 * @self: a walk
 * @day: a local day's number
 *
 * Fills the spans of this day.
 */
void
wf_day_walk_load (WfDayWalk *self, gint64 day)
{
  self->n = 0;
  if (is_steady (self, day))
    {
      const WfWeekdaySpans *local = get_weekday_spans (self->days, day);
      WfInstant midnight = day * DAY - self->steady.offset;

      for (guint i = 0; i < local->n; i++)
        self->spans[i] = (WfOpenSpan) { midnight + local->spans[i].open * MINUTE,
                                        midnight + local->spans[i].close * MINUTE };
      self->n = local->n;
      return;
    }
  map_spans (self, day - 1);
  map_spans (self, day);
  map_spans (self, day + 1);
  join_spans (self, wf_zone_table_to_instant (self->days->zone, day * DAY),
              wf_zone_table_to_instant (self->days->zone, (day + 1) * DAY));
}

/**
 * wf_day_walk_get_first_day:
 * @self: a walk
 * @at: where the walk starts
 * @back: whether it goes backward
 *
 * Around a change of the clocks an instant may belong to the day before or after that of its wall
 * time; the walk then starts one day early, which costs nothing but a look.
 *
 * Returns: the number of the day to load first
 */
gint64
wf_day_walk_get_first_day (WfDayWalk *self, WfInstant at, gboolean back)
{
  gint64 day = wf_floor_divide (wf_zone_table_to_local (self->days->zone, at), DAY);

  if (is_steady (self, day))
    return day;
  return back ? day + 1 : day - 1;
}
