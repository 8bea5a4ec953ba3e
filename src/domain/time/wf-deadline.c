/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadline and reminder arithmetic: S1-S6, S21, S24, S26. Pure. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-deadline.h"

#include "wf-civil-date.h"
#include "wf-deadline-steps.h"
#include "wf-open-days.h"
#include "wf-open-time.h"

/* The rules, by direction and unit. "Flag" is "consider the company's business hours" (R24).
 *
 *                   after, no flag    after, flag                      before
 * minutes, hours    elapsed (S21)     open time (S1)                   elapsed; open time if asked
 * (S5) days              wall time (S21)   working days, same time (S2)     wall time (S5) weeks
 * wall time         7 days each, then next opening   wall time months            wall time (S4)
 * clamped, then next opening (S4)  wall time, clamped
 *
 * With the flag a result of "before" in closed time goes back to the last closing. Reminders count
 * back from the deadline: minutes and hours in open time when the deadline is kept in it,
 * everything else like "before" (S6). */

#define MINUTE (60 * WF_MICROSECONDS)
#define HOUR (60 * MINUTE)
#define DAY (WF_SECONDS_A_DAY * WF_MICROSECONDS)
#define GRACE_MINUTES 30 /* S5, S26: time to act on what came late */

static WfOpenTimeResult
check_range (WfInstant at)
{
  return at >= WF_CIVIL_FIRST_DAY * DAY && at < (WF_CIVIL_LAST_DAY + 1) * DAY
             ? WF_OPEN_TIME_OK
             : WF_OPEN_TIME_OUT_OF_RANGE;
}

static gboolean
is_clock_unit (WfTimeUnit unit)
{
  return unit == WF_TIME_UNIT_MINUTES || unit == WF_TIME_UNIT_HOURS;
}

static gint64
get_length (WfDuration duration)
{
  return duration.amount * (duration.unit == WF_TIME_UNIT_HOURS ? HOUR : MINUTE);
}

/* Moves by elapsed minutes and hours, or by wall-time days, weeks and months (S4, S21). sign: 1 or
 * -1. */
static WfOpenTimeResult
move_plainly (const WfWorkingHours *hours, WfInstant from, WfDuration duration, int sign,
              WfInstant *result)
{
  const WfZoneTable *zone = wf_working_hours_get_open_days (hours)->zone;
  gint64 amount = sign * duration.amount;
  gint64 local, day, target;

  if (is_clock_unit (duration.unit))
    {
      *result = from + sign * get_length (duration);
      return check_range (*result);
    }
  local = wf_zone_table_to_local (zone, from);
  day = wf_floor_divide (local, DAY);
  if (duration.unit == WF_TIME_UNIT_MONTHS)
    target = wf_civil_date_add_months (day, amount);
  else
    target = day + amount * (duration.unit == WF_TIME_UNIT_WEEKS ? 7 : 1);
  if (target < WF_CIVIL_FIRST_DAY || target > WF_CIVIL_LAST_DAY)
    return WF_OPEN_TIME_OUT_OF_RANGE;
  *result = wf_zone_table_to_instant (zone, local + (target - day) * DAY);
  return check_range (*result);
}

static WfOpenTimeResult
add (const WfWorkingHours *hours, WfInstant from, WfDuration duration, gboolean business_hours,
     WfInstant *result)
{
  WfOpenTimeResult outcome;
  WfInstant start;

  if (!business_hours)
    return move_plainly (hours, from, duration, 1, result);
  switch (duration.unit)
    {
    case WF_TIME_UNIT_MINUTES:
    case WF_TIME_UNIT_HOURS:
      return wf_open_time_add (hours, from, get_length (duration), result);
    case WF_TIME_UNIT_DAYS:
      outcome = wf_open_time_find_next_open (hours, from, &start);
      if (outcome != WF_OPEN_TIME_OK)
        return outcome;
      return wf_open_time_add_working_days (hours, start, duration.amount, result);
    case WF_TIME_UNIT_WEEKS:
    case WF_TIME_UNIT_MONTHS:
      outcome = move_plainly (hours, from, duration, 1, result);
      if (outcome != WF_OPEN_TIME_OK)
        return outcome;
      return wf_open_time_find_next_open (hours, *result, result);
    }
  g_return_val_if_reached (WF_OPEN_TIME_OUT_OF_RANGE);
}

static WfOpenTimeResult
subtract (const WfWorkingHours *hours, WfInstant from, WfDuration duration, gboolean open_time,
          gboolean roll_back, WfInstant *result)
{
  WfOpenTimeResult outcome;

  if (open_time && is_clock_unit (duration.unit))
    return wf_open_time_subtract (hours, from, get_length (duration), result);
  outcome = move_plainly (hours, from, duration, -1, result);
  if (outcome != WF_OPEN_TIME_OK || !roll_back)
    return outcome;
  return wf_open_time_find_previous_close (hours, *result, result);
}

/* S24: whole minutes of the wall clock, rounded up. */
static WfInstant
round_up (const WfWorkingHours *hours, WfInstant at)
{
  gint64 local = wf_zone_table_to_local (wf_working_hours_get_open_days (hours)->zone, at);
  gint64 beyond = local - wf_floor_divide (local, MINUTE) * MINUTE;

  return beyond == 0 ? at : at + MINUTE - beyond;
}

static WfDeadlineOutcome
get_outcome (WfOpenTimeResult result)
{
  switch (result)
    {
    case WF_OPEN_TIME_OK:
      return WF_DEADLINE_OK;
    case WF_OPEN_TIME_NONE:
      return WF_DEADLINE_NO_OPEN_TIME;
    case WF_OPEN_TIME_OUT_OF_RANGE:
      return WF_DEADLINE_OUT_OF_RANGE;
    }
  g_return_val_if_reached (WF_DEADLINE_OUT_OF_RANGE);
}

/* S5. A deadline that has passed while its date is still ahead leaves half an hour, but not beyond
 * that date. */
static WfOpenTimeResult
count_back (const WfDeadlineRequest *request, const WfWorkingHours *hours, WfDeadline *deadline,
            WfInstant *uncut)
{
  WfOpenTimeResult result = subtract (hours, request->from, request->within, request->business_time,
                                      request->business_hours, uncut);

  if (result != WF_OPEN_TIME_OK)
    return result;
  deadline->due = round_up (hours, *uncut);
  if (request->now != WF_INSTANT_NONE && deadline->due < request->now)
    {
      deadline->due = round_up (hours, MIN (request->from, request->now + GRACE_MINUTES * MINUTE));
      deadline->shortened = TRUE;
    }
  return WF_OPEN_TIME_OK;
}

/* S26. What arrives after its own deadline gets half an hour from now, or its whole time when that
 * is less. */
static WfOpenTimeResult
count_on (const WfDeadlineRequest *request, const WfWorkingHours *hours, WfDeadline *deadline,
          WfInstant *uncut)
{
  WfDuration grace = { GRACE_MINUTES, WF_TIME_UNIT_MINUTES };
  WfOpenTimeResult result =
      add (hours, request->from, request->within, request->business_hours, uncut);
  WfInstant due;

  if (result != WF_OPEN_TIME_OK)
    return result;
  deadline->due = round_up (hours, *uncut);
  if (request->now == WF_INSTANT_NONE || deadline->due >= request->now)
    return WF_OPEN_TIME_OK;
  if (request->within.unit == WF_TIME_UNIT_MINUTES)
    grace.amount = MIN (grace.amount, request->within.amount);
  deadline->arrived_late = TRUE;
  result = add (hours, request->now, grace, request->business_hours, &due);
  if (result == WF_OPEN_TIME_OK)
    deadline->due = round_up (hours, due);
  return result;
}

/* S6. With the flag nothing reminds in closed time: what would be "at once" waits for the next
 * opening, as long as that is not after the deadline. */
static void
set_reminder (const WfDeadlineRequest *request, const WfWorkingHours *hours, WfDeadline *deadline)
{
  gboolean open_time = request->business_hours || (request->before && request->business_time);
  WfOpenTimeResult result;
  WfInstant open;

  if (!wf_duration_is_set (request->notify))
    return;
  result = subtract (hours, deadline->due, request->notify, open_time, request->business_hours,
                     &deadline->remind);
  if (result != WF_OPEN_TIME_OK)
    deadline->remind = WF_INSTANT_NONE; /* nothing was ever open before it */
  if (request->now == WF_INSTANT_NONE)
    return;
  if (result == WF_OPEN_TIME_OK && deadline->remind > request->now && !deadline->shortened)
    return;
  deadline->remind = request->now;
  deadline->remind_at_once = TRUE;
  if (request->business_hours && !deadline->shortened &&
      wf_open_time_find_next_open (hours, request->now, &open) == WF_OPEN_TIME_OK &&
      open <= deadline->due)
    deadline->remind = open;
}

/**
 * wf_deadline_compute:
 * @request: what to compute; its within must be set
 * @hours: the calendar that counts, also for the zone of wall times
 * @steps: (nullable) (element-type utf8): receives the sum line by line in the user's language,
 * owned by it
 *
 * Returns: the deadline; its instants are WF_INSTANT_NONE unless the outcome is WF_DEADLINE_OK
 */
WfDeadline
wf_deadline_compute (const WfDeadlineRequest *request, const WfWorkingHours *hours,
                     GPtrArray *steps)
{
  WfDeadline deadline = { WF_DEADLINE_OK, WF_INSTANT_NONE, WF_INSTANT_NONE, FALSE, FALSE, FALSE };
  WfInstant uncut = WF_INSTANT_NONE;
  WfOpenTimeResult result;

  if (request->before && request->now != WF_INSTANT_NONE && request->from <= request->now)
    {
      deadline.outcome = WF_DEADLINE_ANCHOR_PAST;
    }
  else
    {
      result = check_range (request->from);
      if (result == WF_OPEN_TIME_OK)
        result = request->before ? count_back (request, hours, &deadline, &uncut)
                                 : count_on (request, hours, &deadline, &uncut);
      if (result == WF_OPEN_TIME_OK)
        result = check_range (deadline.due);
      if (result == WF_OPEN_TIME_OK)
        set_reminder (request, hours, &deadline);
      deadline.outcome = get_outcome (result);
    }
  if (deadline.outcome != WF_DEADLINE_OK)
    deadline.due = deadline.remind = WF_INSTANT_NONE;
  if (steps != NULL)
    wf_deadline_steps_write (steps, request, hours, &deadline, uncut);
  return deadline;
}

/**
 * wf_deadline_add:
 * @from: the start
 * @duration: how long
 * @business_hours: the flag: open time, working days, results in open time; else elapsed and wall
 * time
 * @hours: the calendar
 *
 * Not rounded.
 *
 * Returns: the end, or WF_INSTANT_NONE when there is no open time within ten years or it is after
 * the year 9999
 */
WfInstant
wf_deadline_add (WfInstant from, WfDuration duration, gboolean business_hours,
                 const WfWorkingHours *hours)
{
  WfInstant result;

  if (check_range (from) != WF_OPEN_TIME_OK ||
      add (hours, from, duration, business_hours, &result) != WF_OPEN_TIME_OK)
    return WF_INSTANT_NONE;
  return result;
}

/**
 * wf_deadline_subtract:
 * @from: the end
 * @duration: how long
 * @open_time: minutes and hours count back in open time
 * @roll_back: a result in closed time goes to the last closing before it
 * @hours: the calendar
 *
 * Not rounded.
 *
 * Returns: the start, or WF_INSTANT_NONE when there is no open time within ten years or it is
 * before the year 1
 */
WfInstant
wf_deadline_subtract (WfInstant from, WfDuration duration, gboolean open_time, gboolean roll_back,
                      const WfWorkingHours *hours)
{
  WfInstant result;

  if (check_range (from) != WF_OPEN_TIME_OK ||
      subtract (hours, from, duration, open_time, roll_back, &result) != WF_OPEN_TIME_OK)
    return WF_INSTANT_NONE;
  return result;
}

/**
 * wf_deadline_visible_from:
 * @due: the deadline
 * @notify: how long before it somebody is reminded
 * @created: the creation
 *
 * A2: an activity that is due in months does not sit in the list until a week before, or before its
 * reminder. A month is taken as 31 days: the list may show it early, never late.
 *
 * Returns: when the activity starts to be visible; never before @created
 */
WfInstant
wf_deadline_visible_from (WfInstant due, WfDuration notify, WfInstant created)
{
  static const gint64 lengths[WF_N_TIME_UNITS] = { MINUTE, HOUR, DAY, 7 * DAY, 31 * DAY };
  gint64 ahead = MAX (7 * DAY, notify.amount * lengths[notify.unit]);

  return MAX (due - ahead, created);
}
