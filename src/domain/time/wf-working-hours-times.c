/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What working hours answer about an instant and a stretch of time (S3). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-working-hours.h"

#include "wf-civil-date.h"
#include "wf-open-days.h"
#include "wf-open-time.h"

#define DAY (WF_SECONDS_A_DAY * WF_MICROSECONDS)

/**
 * wf_working_hours_is_open:
 * @self: a calendar
 * @at: an instant
 *
 * Returns: whether it is open; at the closing instant it is not
 */
gboolean
wf_working_hours_is_open (const WfWorkingHours *self, WfInstant at)
{
  WfDayWalk walk;
  gint64 day, last;

  if (wf_working_hours_is_always_open (self))
    return TRUE;
  wf_day_walk_init (&walk, wf_working_hours_get_open_days (self));
  day = wf_day_walk_get_first_day (&walk, at, FALSE);
  last = wf_day_walk_get_first_day (&walk, at, TRUE);
  for (; day <= last; day++)
    {
      wf_day_walk_load (&walk, day);
      for (guint i = 0; i < walk.n; i++)
        {
          if (at >= walk.spans[i].open && at < walk.spans[i].close)
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * wf_working_hours_next_open:
 * @self: a calendar
 * @at: an instant
 *
 * Returns: itself when open, else the next opening; WF_INSTANT_NONE when there is none within ten
 * years
 */
WfInstant
wf_working_hours_next_open (const WfWorkingHours *self, WfInstant at)
{
  WfInstant result = WF_INSTANT_NONE;

  wf_open_time_find_next_open (self, at, &result);
  return result;
}

/**
 * wf_working_hours_previous_close:
 * @self: a calendar
 * @at: an instant
 *
 * Returns: itself when open or a closing instant, else the last closing before it; WF_INSTANT_NONE
 * when there is none within ten years
 */
WfInstant
wf_working_hours_previous_close (const WfWorkingHours *self, WfInstant at)
{
  WfInstant result = WF_INSTANT_NONE;

  wf_open_time_find_previous_close (self, at, &result);
  return result;
}

/**
 * wf_working_hours_get_holiday:
 * @self: a calendar
 * @at: an instant
 *
 * Returns: (transfer none) (nullable): the name of the holiday on its local day
 */
const char *
wf_working_hours_get_holiday (const WfWorkingHours *self, WfInstant at)
{
  const WfOpenDays *days = wf_working_hours_get_open_days (self);

  return wf_open_days_get_holiday (days,
                                   wf_floor_divide (wf_zone_table_to_local (days->zone, at), DAY));
}

/* Spans that meet at midnight are one. */
static void
append_span (GArray *spans, WfOpenSpan span)
{
  WfOpenSpan *last = spans->len > 0 ? &g_array_index (spans, WfOpenSpan, spans->len - 1) : NULL;

  if (last != NULL && last->close == span.open)
    last->close = span.close;
  else
    g_array_append_val (spans, span);
}

typedef void (*SpanFunc) (WfOpenSpan span, gpointer user_data);

/* Calls for each span that touches [from, until), cut to it. */
static void
walk_spans (const WfWorkingHours *self, WfInstant from, WfInstant until, SpanFunc func,
            gpointer user_data)
{
  WfDayWalk walk;
  gint64 day, last;

  if (from >= until)
    return;
  wf_day_walk_init (&walk, wf_working_hours_get_open_days (self));
  last = wf_day_walk_get_first_day (&walk, until, TRUE);
  day = wf_day_walk_get_first_day (&walk, from, FALSE);
  for (; day <= last; day++)
    {
      wf_day_walk_load (&walk, day);
      for (guint i = 0; i < walk.n; i++)
        {
          WfOpenSpan span = { MAX (walk.spans[i].open, from), MIN (walk.spans[i].close, until) };

          if (span.open < span.close)
            func (span, user_data);
        }
    }
}

static void
collect_span (WfOpenSpan span, gpointer user_data)
{
  append_span (user_data, span);
}

static void
add_span_length (WfOpenSpan span, gpointer user_data)
{
  *(gint64 *) user_data += span.close - span.open;
}

/**
 * wf_working_hours_get_spans:
 * @self: a calendar
 * @from: the first instant
 * @until: the instant after the last
 *
 * Returns: (transfer full) (element-type WfOpenSpan): the open spans in between, in order, cut to
 * the range
 */
GArray *
wf_working_hours_get_spans (const WfWorkingHours *self, WfInstant from, WfInstant until)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (WfOpenSpan));

  walk_spans (self, from, until, collect_span, spans);
  return spans;
}

/**
 * wf_working_hours_open_time_between:
 * @self: a calendar
 * @from: the first instant
 * @until: the instant after the last
 *
 * Returns: the open time in between, in microseconds; 0 when @until is not after @from
 */
gint64
wf_working_hours_open_time_between (const WfWorkingHours *self, WfInstant from, WfInstant until)
{
  gint64 sum = 0;

  if (wf_working_hours_is_always_open (self))
    return MAX (until - from, 0);
  walk_spans (self, from, until, add_span_length, &sum);
  return sum;
}
