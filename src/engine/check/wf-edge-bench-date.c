/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dates on which others fail (B19), chosen from the company's calendar. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-edge-bench-private.h"

#include "wf-civil-date.h"
#include "wf-instant.h"

#include <string.h>

#define SEARCHED_DAYS 400
#define SEARCHED_HOURS (2 * 366 * 24)

static WfInstant
make_local (const WfBench *self, gint64 day, int hour, int minute)
{
  WfCivilDate date = wf_civil_date_from_day (day);
  g_autoptr (GDateTime) time =
      g_date_time_new (self->zone, (int) date.year, date.month, date.day, hour, minute, 0);

  return time != NULL ? g_date_time_to_unix_usec (time) : WF_INSTANT_NONE;
}

static gint64
get_day (const WfBench *self, WfInstant at)
{
  g_autoptr (GDateTime) time = wf_instant_to_date_time (at, self->zone);

  return wf_civil_date_to_day ((WfCivilDate) { g_date_time_get_year (time),
                                               g_date_time_get_month (time),
                                               g_date_time_get_day_of_month (time) });
}

/* The next day with this weekday (0 is Monday) that is not today. */
static gint64
find_weekday (const WfBench *self, int weekday)
{
  gint64 day = get_day (self, self->now) + 1;

  while (wf_civil_date_get_weekday (day) != weekday)
    day++;
  return day;
}

/* The first closing after which it stays closed for long; friday: only on that day. */
static WfInstant
find_long_closing (const WfBench *self, GArray *spans, gboolean friday)
{
  for (guint i = 0; i + 1 < spans->len; i++)
    {
      const WfOpenSpan *span = &g_array_index (spans, WfOpenSpan, i);

      if (span->open > self->now && span[1].open - span->close >= 36 * WF_BENCH_HOUR &&
          (!friday || wf_civil_date_get_weekday (get_day (self, span->open)) == 4))
        return span->close;
    }
  return WF_INSTANT_NONE;
}

WfInstant
wf_bench_find_week_end (const WfBench *self)
{
  g_autoptr (GArray) spans =
      wf_working_hours_get_spans (self->hours, self->now, self->now + 21 * WF_BENCH_DAY);
  WfInstant close = find_long_closing (self, spans, TRUE);

  if (close == WF_INSTANT_NONE)
    close = find_long_closing (self, spans, FALSE);
  return close != WF_INSTANT_NONE ? close : make_local (self, find_weekday (self, 4), 18, 0);
}

WfInstant
wf_bench_find_saturday (const WfBench *self)
{
  return make_local (self, find_weekday (self, 5), 10, 0);
}

WfInstant
wf_bench_find_break (const WfBench *self)
{
  g_autoptr (GArray) spans =
      wf_working_hours_get_spans (self->hours, self->now, self->now + 14 * WF_BENCH_DAY);

  for (guint i = 0; i + 1 < spans->len; i++)
    {
      const WfOpenSpan *span = &g_array_index (spans, WfOpenSpan, i);
      WfInstant next = span[1].open;

      if (span->open > self->now && get_day (self, span->close) == get_day (self, next))
        return span->close + (next - span->close) / 2;
    }
  return WF_INSTANT_NONE;
}

/* The last working minute before it; the evening when the company never closes. */
WfInstant
wf_bench_find_holiday_eve (const WfBench *self, const char **name)
{
  gint64 today = get_day (self, self->now);

  for (gint64 day = today + 2; day < today + SEARCHED_DAYS; day++)
    {
      WfInstant noon = make_local (self, day, 12, 0), close;

      *name = wf_working_hours_get_holiday (self->hours, noon);
      if (*name == NULL)
        continue;
      if (wf_working_hours_is_always_open (self->hours))
        return make_local (self, day - 1, 17, 59);
      close = wf_working_hours_previous_close (self->hours, make_local (self, day, 0, 0));
      return close != WF_INSTANT_NONE ? close - WF_BENCH_MINUTE : WF_INSTANT_NONE;
    }
  return WF_INSTANT_NONE;
}

static WfInstant
find_date (const WfBench *self, int month, int day)
{
  WfCivilDate date = wf_civil_date_from_day (get_day (self, self->now) + 1);

  for (gint64 year = date.year; year < date.year + 9; year++)
    {
      WfInstant at;

      if (wf_civil_date_get_month_length (year, month) < day)
        continue;
      at = make_local (self, wf_civil_date_to_day ((WfCivilDate) { year, month, day }), 10, 0);
      if (at != WF_INSTANT_NONE && at > self->now)
        return at;
    }
  return WF_INSTANT_NONE;
}

WfInstant
wf_bench_find_month_end (const WfBench *self)
{
  return find_date (self, 1, 31);
}

WfInstant
wf_bench_find_leap_day (const WfBench *self)
{
  return find_date (self, 2, 29);
}

WfInstant
wf_bench_find_open (const WfBench *self)
{
  WfInstant tuesday = make_local (self, find_weekday (self, 1), 10, 0);
  WfInstant open = wf_working_hours_next_open (self->hours, tuesday);

  return open != WF_INSTANT_NONE ? open : tuesday;
}

static gint64
get_offset (const WfBench *self, WfInstant at)
{
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, at / G_USEC_PER_SEC);

  return (gint64) g_time_zone_get_offset (self->zone, interval) * G_USEC_PER_SEC;
}

WfInstant
wf_bench_find_transition (const WfBench *self, gboolean forward, gint64 *by)
{
  WfInstant hour = self->now / WF_BENCH_HOUR * WF_BENCH_HOUR;

  for (guint i = 0; i < SEARCHED_HOURS; i++, hour += WF_BENCH_HOUR)
    {
      gint64 offset = get_offset (self, hour);
      WfInstant low = hour, high = hour + WF_BENCH_HOUR;

      *by = get_offset (self, high) - offset;
      if (forward ? *by <= 0 : *by >= 0)
        continue;
      while (high - low > G_USEC_PER_SEC)
        {
          WfInstant middle = low + (high - low) / 2;

          if (get_offset (self, middle) == offset)
            low = middle;
          else
            high = middle;
        }
      return high / G_USEC_PER_SEC * G_USEC_PER_SEC;
    }
  return WF_INSTANT_NONE;
}

char *
wf_bench_format (const WfBench *self, WfInstant at)
{
  char *text = wf_instant_format_zone (at, self->zone);

  if (text == NULL)
    return g_strdup ("");
  text[strlen ("2026-11-20")] = ' ';
  text[strlen ("2026-11-20 17:59")] = '\0';
  return text;
}
