/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a workflow starts by itself (R127): the next instant, and that of a lead's date. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-schedule-private.h"

#include "wf-civil-date.h"
#include "wf-instant.h"
#include "wf-open-days.h"

#define DAY (WF_SECONDS_A_DAY * WF_MICROSECONDS)
#define MINUTE (60 * WF_MICROSECONDS)
#define TEN_YEARS 3653 /* days: what is further away never comes */

/* Days are walked one by one: ten years of them take less than a millisecond, and each rule is a
 * plain question about one day. Of each day that counts, the wall times become instants (S21).
 *
 * A wall time in a gap is shifted by the gap, so it may come after wall times that are later: the
 * first instant found is only the first one when no later wall time up to its own is earlier. For
 * the same reason the walk begins a day early, where the clocks change. A wall time that comes
 * twice is the earlier instant; asked from there on, it is not later, and so comes once. */
typedef struct
{
  const WfSchedule *schedule;
  const WfOpenDays *days;
  const WfZoneTable *zone;
  gboolean always_open;
  WfInstant after;
  gint64 earliest;  /* wall time: what is before is not after `after` */
  gint64 start_day; /* from which intervals count */
  WfDayWalk walk;
  gint64 open_day; /* the last one found; every day between it and the one asked for is closed */
  WfInstant best;
} Search;

static gint64
get_month_number (WfCivilDate date)
{
  return date.year * 12 + date.month - 1;
}

static gboolean
is_turn (const Search *self, gint64 unit, gint64 start_unit)
{
  gint64 distance = unit - start_unit;
  gint64 interval = self->schedule->interval;

  return distance - wf_floor_divide (distance, interval) * interval == 0;
}

static gint64
get_week_number (gint64 day)
{
  return wf_floor_divide (day - wf_civil_date_get_weekday (day), 7);
}

/* S4: a day that the month does not have is its last one. */
static gboolean
is_day_of_month (WfCivilDate date, int day)
{
  return date.day == MIN (day, wf_civil_date_get_month_length (date.year, date.month));
}

static gboolean
has_day_every (const Search *self, gint64 day)
{
  const WfSchedule *schedule = self->schedule;
  WfCivilDate date, start;

  if (schedule->every == WF_EVERY_DAY)
    return is_turn (self, day, self->start_day);
  if (schedule->every == WF_EVERY_WEEK)
    return (schedule->weekdays >> wf_civil_date_get_weekday (day) & 1) != 0 &&
           is_turn (self, get_week_number (day), get_week_number (self->start_day));
  date = wf_civil_date_from_day (day);
  if (!is_day_of_month (date, schedule->day))
    return FALSE;
  start = wf_civil_date_from_day (self->start_day);
  if (schedule->every == WF_EVERY_MONTH)
    return is_turn (self, get_month_number (date), get_month_number (start));
  return date.month == schedule->month && is_turn (self, date.year, start.year);
}

static gboolean
is_open_day (Search *self, gint64 day)
{
  wf_day_walk_load (&self->walk, day);
  return self->walk.n > 0;
}

/* The day itself or the next open one; FALSE when there is none within ten years. */
static gboolean
move_to_open_day (Search *self, gint64 *day)
{
  if (!self->schedule->working_days || self->always_open)
    return TRUE;
  if (self->open_day < *day)
    {
      gint64 last = *day + WF_DAYS_WITHOUT_OPENING_MOST;

      for (self->open_day = *day; !is_open_day (self, self->open_day); self->open_day++)
        if (self->open_day == last)
          return FALSE;
    }
  *day = self->open_day;
  return TRUE;
}

static void
consider (Search *self, gint64 local)
{
  WfInstant at;

  if (local < self->earliest)
    return;
  at = wf_zone_table_to_instant (self->zone, local);
  if (at > self->after && (self->best == WF_INSTANT_NONE || at < self->best))
    self->best = at;
}

/* Whether a later wall time can be an earlier instant than the best. */
static gboolean
is_found (const Search *self, gint64 local)
{
  return self->best != WF_INSTANT_NONE && local > wf_zone_table_to_local (self->zone, self->best);
}

static void
consider_cron_day (Search *self, gint64 day)
{
  int minute = (int) CLAMP ((self->earliest - day * DAY) / MINUTE, 0, WF_SECONDS_A_DAY / 60);

  for (;;)
    {
      minute = wf_cron_next_minute (&self->schedule->cron, minute);
      if (minute < 0 || is_found (self, day * DAY + minute * MINUTE))
        return;
      consider (self, day * DAY + minute * MINUTE);
      minute++;
    }
}

/* FALSE: there is nothing to be found any more. */
static gboolean
consider_day (Search *self, gint64 day)
{
  if (self->schedule->kind == WF_SCHEDULE_CRON)
    {
      if (wf_cron_has_day (&self->schedule->cron, day))
        consider_cron_day (self, day);
      return TRUE;
    }
  if (!has_day_every (self, day))
    return TRUE;
  if (!move_to_open_day (self, &day))
    return FALSE;
  consider (self, day * DAY + self->schedule->at * MINUTE);
  return TRUE;
}

/* The first day that may be moved to the day given, or beyond it. */
static gint64
find_first_day (Search *self, gint64 day)
{
  gint64 least = day - WF_DAYS_WITHOUT_OPENING_MOST;

  if (!self->schedule->working_days || self->always_open)
    return day;
  while (day > least && !is_open_day (self, day - 1))
    day--;
  return day;
}

static gboolean
is_in_range (WfInstant at)
{
  return at >= (WF_CIVIL_FIRST_DAY + 2 * TEN_YEARS) * DAY &&
         at <= (WF_CIVIL_LAST_DAY - 2 * TEN_YEARS) * DAY;
}

static void
start_search (Search *self, WfInstant start)
{
  gint64 local = wf_zone_table_to_local (self->zone, self->after);
  gint64 day = wf_floor_divide (local, DAY);
  WfSteadyDays steady = wf_zone_table_get_steady_days (self->zone, day);

  self->earliest = day >= steady.first && day <= steady.last ? local : local - DAY;
  self->start_day =
      is_in_range (start) ? wf_floor_divide (wf_zone_table_to_local (self->zone, start), DAY) : 0;
  self->open_day = G_MININT64;
  self->best = WF_INSTANT_NONE;
  wf_day_walk_init (&self->walk, self->days);
}

/**
 * wf_schedule_next:
 * @self: a schedule of the kinds EVERY and CRON
 * @after: an instant
 * @start: from when intervals count: every other week is this one, the one after the next, and so
 *   on; WF_INSTANT_NONE: from 1970-01-01
 * @hours: for the zone, and for the working days
 *
 * Returns: the first instant later than @after; WF_INSTANT_NONE when there is none within ten
 *   years, and for the kind DATE
 */
WfInstant
wf_schedule_next (const WfSchedule *self, WfInstant after, WfInstant start,
                  const WfWorkingHours *hours)
{
  const WfOpenDays *days = wf_working_hours_get_open_days (hours);
  Search search = { .schedule = self,
                    .days = days,
                    .zone = days->zone,
                    .always_open = wf_working_hours_is_always_open (hours),
                    .after = after };
  gint64 today, first;

  if (self->kind == WF_SCHEDULE_DATE || !is_in_range (after))
    return WF_INSTANT_NONE;
  start_search (&search, start);
  today = wf_floor_divide (search.earliest, DAY);
  first = find_first_day (&search, today);
  for (gint64 day = first; day <= today + TEN_YEARS; day++)
    if (is_found (&search, day * DAY) || !consider_day (&search, day))
      break;
  return search.best;
}

/* Dates of leads */

/* A wall time; without a time of its own the date begins at midnight. */
static gboolean
parse_date (const WfSchedule *self, const char *text, const WfZoneTable *zone, gint64 *local)
{
  WfInstant at;
  int year, month, day;

  if (wf_instant_parse (text, &at))
    *local = wf_zone_table_to_local (zone, at);
  else if (wf_instant_parse_date (text, &year, &month, &day))
    *local = wf_civil_date_to_day ((WfCivilDate) { year, month, day }) * DAY;
  else
    return FALSE;
  if (self->at != WF_TIME_OF_DAY_NONE)
    *local = wf_floor_divide (*local, DAY) * DAY + self->at * MINUTE;
  return TRUE;
}

/* Days, weeks and months are wall time, minutes and hours elapsed time (S21). */
static WfInstant
add_offset (const WfSchedule *self, gint64 local, const WfZoneTable *zone)
{
  gint64 amount = self->after ? self->offset.amount : -self->offset.amount;
  gint64 day = wf_floor_divide (local, DAY), time = local - day * DAY;

  switch (self->offset.unit)
    {
    case WF_TIME_UNIT_MINUTES:
      return wf_zone_table_to_instant (zone, local) + amount * MINUTE;
    case WF_TIME_UNIT_HOURS:
      return wf_zone_table_to_instant (zone, local) + amount * 60 * MINUTE;
    case WF_TIME_UNIT_DAYS:
      day += amount;
      break;
    case WF_TIME_UNIT_WEEKS:
      day += 7 * amount;
      break;
    case WF_TIME_UNIT_MONTHS:
      day = wf_civil_date_add_months (day, amount);
      break;
    }
  return wf_zone_table_to_instant (zone, day * DAY + time);
}

/* The date in another year; 29 February is the 28th where there is none (S4). */
static WfInstant
get_anniversary (const WfSchedule *self, gint64 local, gint64 years, const WfZoneTable *zone)
{
  gint64 day = wf_floor_divide (local, DAY), time = local - day * DAY;

  return add_offset (self, wf_civil_date_add_months (day, 12 * years) * DAY + time, zone);
}

/* Anniversaries are in order, so halving finds the first one that is later. */
static WfInstant
find_anniversary (const WfSchedule *self, gint64 local, WfInstant after, const WfZoneTable *zone)
{
  gint64 low = 0;
  gint64 high = 9999 - wf_civil_date_from_day (wf_floor_divide (local, DAY)).year;

  if (get_anniversary (self, local, high, zone) <= after)
    return WF_INSTANT_NONE;
  while (low < high)
    {
      gint64 middle = low + (high - low) / 2;

      if (get_anniversary (self, local, middle, zone) > after)
        high = middle;
      else
        low = middle + 1;
    }
  return get_anniversary (self, local, low, zone);
}

/**
 * wf_schedule_next_for_date:
 * @self: a schedule of the kind DATE
 * @date: (nullable): what the lead's field has: "2026-12-24", or an RFC 3339 time
 * @after: an instant
 * @hours: for the zone
 *
 * The time of day is put on the date first, then the offset is counted. A yearly one comes on the
 * date itself for the first time.
 *
 * Returns: the first instant later than @after; WF_INSTANT_NONE when there is none, when @date is
 *   no date, and for other kinds
 */
WfInstant
wf_schedule_next_for_date (const WfSchedule *self, const char *date, WfInstant after,
                           const WfWorkingHours *hours)
{
  const WfZoneTable *zone = wf_working_hours_get_open_days (hours)->zone;
  WfInstant at;
  gint64 local;

  if (self->kind != WF_SCHEDULE_DATE || date == NULL || !parse_date (self, date, zone, &local))
    return WF_INSTANT_NONE;
  at = self->yearly ? find_anniversary (self, local, after, zone) : add_offset (self, local, zone);
  if (at == WF_INSTANT_NONE || at <= after || at < WF_CIVIL_FIRST_DAY * DAY ||
      at >= (WF_CIVIL_LAST_DAY + 1) * DAY)
    return WF_INSTANT_NONE;
  return at;
}
