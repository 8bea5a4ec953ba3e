/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting open time and working days forward and backward (S1, S2, S5). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-open-time.h"

#include "wf-civil-date.h"
#include "wf-open-days.h"

#define DAY (WF_SECONDS_A_DAY * WF_MICROSECONDS)

/* A walk must end: at the edge of the calendar, or after ten years without anything open. */
typedef struct
{
  WfDayWalk walk;
  gint64 day;
  gint64 last_open_day;
  WfOpenTimeResult result;
} Search;

static void
start_search (Search *self, const WfWorkingHours *hours, WfInstant at, gboolean back)
{
  wf_day_walk_init (&self->walk, wf_working_hours_get_open_days (hours));
  self->day = wf_day_walk_get_first_day (&self->walk, at, back);
  self->last_open_day = self->day;
  self->result = WF_OPEN_TIME_OK;
  wf_day_walk_load (&self->walk, self->day);
}

/* step: 1 or -1 days. FALSE when the search is over. */
static gboolean
go_on (Search *self, int step)
{
  if (self->walk.n > 0)
    self->last_open_day = self->day;
  self->day += step;
  if (self->day < WF_CIVIL_FIRST_DAY || self->day > WF_CIVIL_LAST_DAY)
    self->result = WF_OPEN_TIME_OUT_OF_RANGE;
  else if (ABS (self->day - self->last_open_day) > WF_DAYS_WITHOUT_OPENING_MOST)
    self->result = WF_OPEN_TIME_NONE;
  if (self->result != WF_OPEN_TIME_OK)
    return FALSE;
  wf_day_walk_load (&self->walk, self->day);
  return TRUE;
}

static gboolean
is_in_range (WfInstant at)
{
  return at >= WF_CIVIL_FIRST_DAY * DAY && at < (WF_CIVIL_LAST_DAY + 1) * DAY;
}

/* Without a closing the sum is plain. */
static WfOpenTimeResult
finish_plain (WfInstant sum, WfInstant *result)
{
  if (!is_in_range (sum))
    return WF_OPEN_TIME_OUT_OF_RANGE;
  *result = sum;
  return WF_OPEN_TIME_OK;
}

/**
 * wf_open_time_add:
 * @hours: a calendar
 * @from: the start; in closed time the count starts at the next opening (S1)
 * @amount: microseconds of open time, more than 0
 * @result: (out): when they have passed; may be a closing instant
 *
 * Returns: whether there is such an instant
 */
WfOpenTimeResult
wf_open_time_add (const WfWorkingHours *hours, WfInstant from, gint64 amount, WfInstant *result)
{
  Search search;

  if (wf_working_hours_is_always_open (hours))
    return finish_plain (from + amount, result);
  start_search (&search, hours, from, FALSE);
  do
    {
      for (guint i = 0; i < search.walk.n; i++)
        {
          const WfOpenSpan *span = &search.walk.spans[i];
          WfInstant start = MAX (span->open, from);

          if (span->close <= from)
            continue;
          if (amount <= span->close - start)
            {
              *result = start + amount;
              return WF_OPEN_TIME_OK;
            }
          amount -= span->close - start;
        }
    }
  while (go_on (&search, 1));
  return search.result;
}

/**
 * wf_open_time_subtract:
 * @hours: a calendar
 * @from: the end; in closed time the count starts at the last closing before it
 * @amount: microseconds of open time, more than 0
 * @result: (out): where they begin; may be an opening instant
 *
 * Returns: whether there is such an instant
 */
WfOpenTimeResult
wf_open_time_subtract (const WfWorkingHours *hours, WfInstant from, gint64 amount,
                       WfInstant *result)
{
  Search search;

  if (wf_working_hours_is_always_open (hours))
    return finish_plain (from - amount, result);
  start_search (&search, hours, from, TRUE);
  do
    {
      for (guint i = search.walk.n; i > 0; i--)
        {
          const WfOpenSpan *span = &search.walk.spans[i - 1];
          WfInstant end = MIN (span->close, from);

          if (span->open >= from)
            continue;
          if (amount <= end - span->open)
            {
              *result = end - amount;
              return WF_OPEN_TIME_OK;
            }
          amount -= end - span->open;
        }
    }
  while (go_on (&search, -1));
  return search.result;
}

/**
 * wf_open_time_find_next_open:
 * @hours: a calendar
 * @at: an instant
 * @result: (out): itself when it is open, else the next opening
 *
 * Returns: whether there is such an instant
 */
WfOpenTimeResult
wf_open_time_find_next_open (const WfWorkingHours *hours, WfInstant at, WfInstant *result)
{
  Search search;

  if (wf_working_hours_is_always_open (hours))
    return finish_plain (at, result);
  start_search (&search, hours, at, FALSE);
  do
    {
      for (guint i = 0; i < search.walk.n; i++)
        {
          if (search.walk.spans[i].close > at)
            {
              *result = MAX (search.walk.spans[i].open, at);
              return WF_OPEN_TIME_OK;
            }
        }
    }
  while (go_on (&search, 1));
  return search.result;
}

/**
 * wf_open_time_find_previous_close:
 * @hours: a calendar
 * @at: an instant
 * @result: (out): itself when it is open or a closing instant (S5), else the last closing before it
 *
 * Returns: whether there is such an instant
 */
WfOpenTimeResult
wf_open_time_find_previous_close (const WfWorkingHours *hours, WfInstant at, WfInstant *result)
{
  Search search;

  if (wf_working_hours_is_always_open (hours))
    return finish_plain (at, result);
  start_search (&search, hours, at, TRUE);
  do
    {
      for (guint i = search.walk.n; i > 0; i--)
        {
          if (search.walk.spans[i - 1].open <= at)
            {
              *result = MIN (search.walk.spans[i - 1].close, at);
              return WF_OPEN_TIME_OK;
            }
        }
    }
  while (go_on (&search, -1));
  return search.result;
}

/* Before opening: the opening; in a break: its end; after closing: the closing. A closing instant
 * itself may be due. */
static WfInstant
clamp_into_day (const WfDayWalk *day, WfInstant at)
{
  for (guint i = 0; i < day->n; i++)
    {
      if (at <= day->spans[i].close)
        return MAX (day->spans[i].open, at);
    }
  return day->spans[day->n - 1].close;
}

/**
 * wf_open_time_add_working_days:
 * @hours: a calendar
 * @from: the start; must be open
 * @days: how many working days on, more than 0
 * @result: (out): the instant
 *
 * S2: a day is a working day, never 24 hours: the same wall time on the Nth following one, put into
 * that day's hours.
 *
 * Returns: whether there is such an instant
 */
WfOpenTimeResult
wf_open_time_add_working_days (const WfWorkingHours *hours, WfInstant from, gint64 days,
                               WfInstant *result)
{
  const WfOpenDays *open_days = wf_working_hours_get_open_days (hours);
  gint64 local = wf_zone_table_to_local (open_days->zone, from);
  Search search;

  start_search (&search, hours, from, FALSE);
  search.day = wf_floor_divide (local, DAY);
  while (days > 0)
    {
      if (!go_on (&search, 1))
        return search.result;
      if (search.walk.n > 0)
        days--;
    }
  local += (search.day - wf_floor_divide (local, DAY)) * DAY;
  *result = clamp_into_day (&search.walk, wf_zone_table_to_instant (open_days->zone, local));
  return WF_OPEN_TIME_OK;
}
