/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which days a period means, the ones before it, and its text. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-period.h"

#include "wf-civil-date.h"
#include "wf-instant.h"
#include "wf-time-range-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Local days, both included. */
typedef struct
{
  gint64 first, last;
} Days;

static const struct
{
  const char *word, *title;
} kinds[] = {
  [WF_PERIOD_TODAY] = { "today", N_ ("Today") },
  [WF_PERIOD_YESTERDAY] = { "yesterday", N_ ("Yesterday") },
  [WF_PERIOD_LAST_7_DAYS] = { "last-7-days", N_ ("Last 7 Days") },
  [WF_PERIOD_LAST_15_DAYS] = { "last-15-days", N_ ("Last 15 Days") },
  [WF_PERIOD_LAST_30_DAYS] = { "last-30-days", N_ ("Last 30 Days") },
  [WF_PERIOD_THIS_WEEK] = { "this-week", N_ ("This Week") },
  [WF_PERIOD_LAST_WEEK] = { "last-week", N_ ("Last Week") },
  [WF_PERIOD_THIS_MONTH] = { "this-month", N_ ("This Month") },
  [WF_PERIOD_LAST_MONTH] = { "last-month", N_ ("Last Month") },
  [WF_PERIOD_THIS_QUARTER] = { "this-quarter", N_ ("This Quarter") },
  [WF_PERIOD_LAST_QUARTER] = { "last-quarter", N_ ("Last Quarter") },
  [WF_PERIOD_THIS_YEAR] = { "this-year", N_ ("This Year") },
  [WF_PERIOD_LAST_YEAR] = { "last-year", N_ ("Last Year") },
  [WF_PERIOD_FIXED] = { NULL, N_ ("Fixed Dates") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == WF_N_PERIODS);

/* -- days -------------------------------------------------------------------------------------- */

static gint64
date_to_day (const GDate *date)
{
  return (gint64) g_date_get_julian (date) - 1 + WF_CIVIL_FIRST_DAY;
}

static Days
last_days (gint64 today, int n)
{
  return (Days) { today - n + 1, today };
}

/* offset: weeks from the one in which the day is. */
static Days
week_of (gint64 today, GDateWeekday first_weekday, int offset)
{
  int begin = first_weekday == G_DATE_BAD_WEEKDAY ? 0 : (int) first_weekday - 1;
  gint64 first = today - (wf_civil_date_get_weekday (today) - begin + 7) % 7 + offset * 7;

  return (Days) { first, first + 6 };
}

/* Months come in groups of 1 (months), 3 (quarters) or 12 (years). */
static Days
months_of (gint64 today, int group, int offset)
{
  WfCivilDate date = wf_civil_date_from_day (today);
  gint64 first;

  date.month -= (date.month - 1) % group;
  date.day = 1;
  first = wf_civil_date_add_months (wf_civil_date_to_day (date), (gint64) offset * group);
  return (Days) { first, wf_civil_date_add_months (first, group) - 1 };
}

static Days
get_days (const WfPeriod *self, gint64 today, GDateWeekday first_weekday)
{
  switch (self->kind)
    {
    case WF_PERIOD_TODAY:
      return (Days) { today, today };
    case WF_PERIOD_YESTERDAY:
      return (Days) { today - 1, today - 1 };
    case WF_PERIOD_LAST_7_DAYS:
      return last_days (today, 7);
    case WF_PERIOD_LAST_15_DAYS:
      return last_days (today, 15);
    case WF_PERIOD_LAST_30_DAYS:
      return last_days (today, 30);
    case WF_PERIOD_THIS_WEEK:
      return week_of (today, first_weekday, 0);
    case WF_PERIOD_LAST_WEEK:
      return week_of (today, first_weekday, -1);
    case WF_PERIOD_THIS_MONTH:
      return months_of (today, 1, 0);
    case WF_PERIOD_LAST_MONTH:
      return months_of (today, 1, -1);
    case WF_PERIOD_THIS_QUARTER:
      return months_of (today, 3, 0);
    case WF_PERIOD_LAST_QUARTER:
      return months_of (today, 3, -1);
    case WF_PERIOD_THIS_YEAR:
      return months_of (today, 12, 0);
    case WF_PERIOD_LAST_YEAR:
      return months_of (today, 12, -1);
    case WF_PERIOD_FIXED:
      if (g_date_valid (&self->first) && g_date_valid (&self->last) &&
          g_date_compare (&self->first, &self->last) <= 0)
        return (Days) { date_to_day (&self->first), date_to_day (&self->last) };
      return (Days) { today, today };
    }
  g_assert_not_reached ();
}

static Days
get_days_before (const WfPeriod *self, Days days)
{
  gint64 n = days.last - days.first + 1;

  switch (self->kind)
    {
    case WF_PERIOD_THIS_MONTH:
    case WF_PERIOD_LAST_MONTH:
      return months_of (days.first, 1, -1);
    case WF_PERIOD_THIS_QUARTER:
    case WF_PERIOD_LAST_QUARTER:
      return months_of (days.first, 3, -1);
    case WF_PERIOD_THIS_YEAR:
    case WF_PERIOD_LAST_YEAR:
      return months_of (days.first, 12, -1);
    case WF_PERIOD_TODAY:
    case WF_PERIOD_YESTERDAY:
    case WF_PERIOD_LAST_7_DAYS:
    case WF_PERIOD_LAST_15_DAYS:
    case WF_PERIOD_LAST_30_DAYS:
    case WF_PERIOD_THIS_WEEK:
    case WF_PERIOD_LAST_WEEK:
    case WF_PERIOD_FIXED:
      return (Days) { days.first - n, days.first - 1 };
    }
  g_assert_not_reached ();
}

static gint64
get_local_day (const WfZoneTable *zone, WfInstant at)
{
  return wf_floor_divide (wf_zone_table_to_local (zone, at), WF_DAY_SPAN);
}

/**
 * wf_period_resolve:
 * @self: a period; FIXED without usable dates is today
 * @now: the present
 * @zone: in which days begin
 * @first_weekday: where weeks begin
 *
 * Returns: (transfer full): the time that is meant, cut into points: a single day into hours, up to
 *   62 days into days, up to 190 into weeks, more into months
 */
WfTimeRange *
wf_period_resolve (const WfPeriod *self, WfInstant now, GTimeZone *zone, GDateWeekday first_weekday)
{
  g_autoptr (WfZoneTable) table = wf_zone_table_new (zone);
  Days days = get_days (self, get_local_day (table, now), first_weekday);

  return wf_time_range_new (table, days.first, days.last,
                            wf_time_step_of_days (days.last - days.first + 1), first_weekday);
}

/**
 * wf_period_resolve_previous:
 * @self: a period
 * @now: the present
 * @zone: in which days begin
 * @first_weekday: where weeks begin
 *
 * Its points are as long as those of the period itself. A period that is not over is compared fairly:
 * the one before ends at the same wall time of the day that corresponds to today, at its own end at
 * the latest.
 *
 * Returns: (transfer full): the time before
 */
WfTimeRange *
wf_period_resolve_previous (const WfPeriod *self, WfInstant now, GTimeZone *zone,
                            GDateWeekday first_weekday)
{
  g_autoptr (WfZoneTable) table = wf_zone_table_new (zone);
  gint64 local = wf_zone_table_to_local (table, now), today = wf_floor_divide (local, WF_DAY_SPAN);
  Days days = get_days (self, today, first_weekday), before = get_days_before (self, days);
  WfTimeStep step = wf_time_step_of_days (days.last - days.first + 1);
  gint64 same_day = before.first + (today - days.first);
  WfTimeRange *range;

  if (today < days.first || today > days.last || same_day > before.last)
    return wf_time_range_new (table, before.first, before.last, step, first_weekday);
  range = wf_time_range_new (table, before.first, same_day, step, first_weekday);
  wf_time_range_cut (range, wf_zone_table_to_instant (table, same_day * WF_DAY_SPAN + local -
                                                                 today * WF_DAY_SPAN));
  return range;
}

/* -- text -------------------------------------------------------------------------------------- */

const char *
wf_period_kind_get_title (WfPeriodKind kind)
{
  return _ (kinds[kind].title);
}

static char *
date_to_text (const GDate *date)
{
  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (date), (guint) g_date_get_month (date),
                          g_date_get_day (date));
}

/**
 * wf_period_to_text:
 * @self: a period
 *
 * Returns: (transfer full): its word, or its days as an ISO 8601 interval
 */
char *
wf_period_to_text (const WfPeriod *self)
{
  g_autofree char *first = NULL, *last = NULL;

  if (kinds[self->kind].word != NULL)
    return g_strdup (kinds[self->kind].word);
  if (!g_date_valid (&self->first) || !g_date_valid (&self->last))
    return g_strdup (kinds[WF_PERIOD_TODAY].word);
  first = date_to_text (&self->first);
  last = date_to_text (&self->last);
  return g_strconcat (first, "/", last, NULL);
}

static gboolean
read_date (const char *text, GDate *date)
{
  WfCivilDate civil;

  if (!wf_civil_date_parse (text, TRUE, &civil) ||
      !g_date_valid_dmy ((GDateDay) civil.day, (GDateMonth) civil.month, (GDateYear) civil.year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) civil.day, (GDateMonth) civil.month, (GDateYear) civil.year);
  return TRUE;
}

/**
 * wf_period_from_text:
 * @text: (nullable): as of wf_period_to_text()
 * @period: (out): untouched when it is none
 *
 * Returns: whether it is a period: %FALSE also when the last day is before the first
 */
gboolean
wf_period_from_text (const char *text, WfPeriod *period)
{
  WfPeriod fixed = { .kind = WF_PERIOD_FIXED };
  g_auto (GStrv) parts = NULL;

  for (int kind = 0; text != NULL && kind < WF_PERIOD_FIXED; kind++)
    if (strcmp (text, kinds[kind].word) == 0)
      {
        *period = (WfPeriod) { .kind = (WfPeriodKind) kind };
        return TRUE;
      }
  parts = g_strsplit (text != NULL ? text : "", "/", 3);
  if (g_strv_length (parts) != 2 || !read_date (parts[0], &fixed.first) ||
      !read_date (parts[1], &fixed.last) || g_date_compare (&fixed.first, &fixed.last) > 0)
    return FALSE;
  *period = fixed;
  return TRUE;
}
