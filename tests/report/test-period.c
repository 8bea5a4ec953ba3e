/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which days a period means, the ones before it, its points, and its text. */
#include "wf-instant.h"
#include "wf-period.h"

static const struct
{
  const char *zone, *now;
  const char *period; /* as text */
  GDateWeekday first_weekday;
  const char *days, *from, *until; /* UTC */
  const char *before_from, *before_until;
  WfTimeStep step;
  guint n;
} cases[] = {
  /* America/Sao_Paulo is three hours behind all year */
  { "America/Sao_Paulo", "2026-11-20T12:00:00Z", "today", G_DATE_MONDAY, "2026-11-20/2026-11-20",
    "2026-11-20T03:00:00Z", "2026-11-21T03:00:00Z", "2026-11-19T03:00:00Z", "2026-11-19T12:00:00Z",
    WF_TIME_STEP_HOUR, 24 },
  /* the evening is already the next day in UTC */
  { "America/Sao_Paulo", "2026-11-21T02:59:59Z", "today", G_DATE_MONDAY, "2026-11-20/2026-11-20",
    "2026-11-20T03:00:00Z", "2026-11-21T03:00:00Z", "2026-11-19T03:00:00Z", "2026-11-20T02:59:59Z",
    WF_TIME_STEP_HOUR, 24 },
  { "America/Sao_Paulo", "2026-11-20T12:00:00Z", "yesterday", G_DATE_MONDAY,
    "2026-11-19/2026-11-19", "2026-11-19T03:00:00Z", "2026-11-20T03:00:00Z", "2026-11-18T03:00:00Z",
    "2026-11-19T03:00:00Z", WF_TIME_STEP_HOUR, 24 },
  { "UTC", "2026-11-20T12:00:00Z", "last-7-days", G_DATE_MONDAY, "2026-11-14/2026-11-20",
    "2026-11-14T00:00:00Z", "2026-11-21T00:00:00Z", "2026-11-07T00:00:00Z", "2026-11-13T12:00:00Z",
    WF_TIME_STEP_DAY, 7 },
  { "UTC", "2026-03-05T06:00:00Z", "last-15-days", G_DATE_MONDAY, "2026-02-19/2026-03-05",
    "2026-02-19T00:00:00Z", "2026-03-06T00:00:00Z", "2026-02-04T00:00:00Z", "2026-02-18T06:00:00Z",
    WF_TIME_STEP_DAY, 15 },
  { "UTC", "2028-03-01T06:00:00Z", "last-30-days", G_DATE_MONDAY, "2028-02-01/2028-03-01",
    "2028-02-01T00:00:00Z", "2028-03-02T00:00:00Z", "2028-01-02T00:00:00Z", "2028-01-31T06:00:00Z",
    WF_TIME_STEP_DAY, 30 },
  /* Friday 20 November 2026 */
  { "UTC", "2026-11-20T12:00:00Z", "this-week", G_DATE_MONDAY, "2026-11-16/2026-11-22",
    "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-09T00:00:00Z", "2026-11-13T12:00:00Z",
    WF_TIME_STEP_DAY, 7 },
  { "UTC", "2026-11-20T12:00:00Z", "this-week", G_DATE_SUNDAY, "2026-11-15/2026-11-21",
    "2026-11-15T00:00:00Z", "2026-11-22T00:00:00Z", "2026-11-08T00:00:00Z", "2026-11-13T12:00:00Z",
    WF_TIME_STEP_DAY, 7 },
  { "UTC", "2026-11-22T12:00:00Z", "this-week", G_DATE_SUNDAY, "2026-11-22/2026-11-28",
    "2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z", "2026-11-15T00:00:00Z", "2026-11-15T12:00:00Z",
    WF_TIME_STEP_DAY, 7 },
  { "UTC", "2026-11-22T12:00:00Z", "this-week", G_DATE_MONDAY, "2026-11-16/2026-11-22",
    "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-09T00:00:00Z", "2026-11-15T12:00:00Z",
    WF_TIME_STEP_DAY, 7 },
  { "UTC", "2027-01-01T12:00:00Z", "last-week", G_DATE_MONDAY, "2026-12-21/2026-12-27",
    "2026-12-21T00:00:00Z", "2026-12-28T00:00:00Z", "2026-12-14T00:00:00Z", "2026-12-21T00:00:00Z",
    WF_TIME_STEP_DAY, 7 },
  { "UTC", "2026-11-20T12:00:00Z", "last-week", G_DATE_SATURDAY, "2026-11-07/2026-11-13",
    "2026-11-07T00:00:00Z", "2026-11-14T00:00:00Z", "2026-10-31T00:00:00Z", "2026-11-07T00:00:00Z",
    WF_TIME_STEP_DAY, 7 },
  { "UTC", "2026-11-20T12:00:00Z", "this-month", G_DATE_MONDAY, "2026-11-01/2026-11-30",
    "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-10-20T12:00:00Z",
    WF_TIME_STEP_DAY, 30 },
  /* no 31 February: all of it */
  { "UTC", "2027-03-31T12:00:00Z", "this-month", G_DATE_MONDAY, "2027-03-01/2027-03-31",
    "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z", "2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z",
    WF_TIME_STEP_DAY, 31 },
  { "UTC", "2028-02-29T18:00:00Z", "this-month", G_DATE_MONDAY, "2028-02-01/2028-02-29",
    "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z", "2028-01-01T00:00:00Z", "2028-01-29T18:00:00Z",
    WF_TIME_STEP_DAY, 29 },
  { "UTC", "2027-01-31T12:00:00Z", "last-month", G_DATE_MONDAY, "2026-12-01/2026-12-31",
    "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z",
    WF_TIME_STEP_DAY, 31 },
  { "UTC", "2028-03-31T12:00:00Z", "last-month", G_DATE_MONDAY, "2028-02-01/2028-02-29",
    "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z", "2028-01-01T00:00:00Z", "2028-02-01T00:00:00Z",
    WF_TIME_STEP_DAY, 29 },
  /* weeks from Thursday 1 October: the first is short, and so is the last */
  { "UTC", "2026-12-31T23:00:00Z", "this-quarter", G_DATE_MONDAY, "2026-10-01/2026-12-31",
    "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-07-01T00:00:00Z", "2026-09-30T23:00:00Z",
    WF_TIME_STEP_WEEK, 14 },
  { "UTC", "2026-12-31T23:00:00Z", "this-quarter", G_DATE_THURSDAY, "2026-10-01/2026-12-31",
    "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-07-01T00:00:00Z", "2026-09-30T23:00:00Z",
    WF_TIME_STEP_WEEK, 14 },
  { "UTC", "2027-01-01T00:00:00Z", "last-quarter", G_DATE_MONDAY, "2026-10-01/2026-12-31",
    "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-07-01T00:00:00Z", "2026-10-01T00:00:00Z",
    WF_TIME_STEP_WEEK, 14 },
  { "UTC", "2026-11-20T12:00:00Z", "this-year", G_DATE_MONDAY, "2026-01-01/2026-12-31",
    "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "2025-11-20T12:00:00Z",
    WF_TIME_STEP_MONTH, 12 },
  { "UTC", "2028-12-31T12:00:00Z", "this-year", G_DATE_MONDAY, "2028-01-01/2028-12-31",
    "2028-01-01T00:00:00Z", "2029-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z",
    WF_TIME_STEP_MONTH, 12 },
  { "UTC", "2026-01-01T00:00:00Z", "last-year", G_DATE_MONDAY, "2025-01-01/2025-12-31",
    "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z",
    WF_TIME_STEP_MONTH, 12 },
  { "UTC", "2026-11-20T12:00:00Z", "2026-02-10/2026-02-19", G_DATE_MONDAY, "2026-02-10/2026-02-19",
    "2026-02-10T00:00:00Z", "2026-02-20T00:00:00Z", "2026-01-31T00:00:00Z", "2026-02-10T00:00:00Z",
    WF_TIME_STEP_DAY, 10 },
  { "UTC", "2026-11-20T12:00:00Z", "2026-11-19/2026-11-22", G_DATE_MONDAY, "2026-11-19/2026-11-22",
    "2026-11-19T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-15T00:00:00Z", "2026-11-16T12:00:00Z",
    WF_TIME_STEP_DAY, 4 },
  /* ahead: nothing to be fair about */
  { "UTC", "2026-11-20T12:00:00Z", "2026-12-01/2026-12-02", G_DATE_MONDAY, "2026-12-01/2026-12-02",
    "2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z", "2026-11-29T00:00:00Z", "2026-12-01T00:00:00Z",
    WF_TIME_STEP_DAY, 2 },
  { "UTC", "2026-11-20T12:00:00Z", "2026-01-01/2026-03-03", G_DATE_MONDAY, "2026-01-01/2026-03-03",
    "2026-01-01T00:00:00Z", "2026-03-04T00:00:00Z", "2025-10-31T00:00:00Z", "2026-01-01T00:00:00Z",
    WF_TIME_STEP_DAY, 62 },
  { "UTC", "2026-11-20T12:00:00Z", "2026-01-01/2026-03-04", G_DATE_MONDAY, "2026-01-01/2026-03-04",
    "2026-01-01T00:00:00Z", "2026-03-05T00:00:00Z", "2025-10-30T00:00:00Z", "2026-01-01T00:00:00Z",
    WF_TIME_STEP_WEEK, 10 },
  { "UTC", "2026-11-20T12:00:00Z", "2026-01-15/2026-07-23", G_DATE_MONDAY, "2026-01-15/2026-07-23",
    "2026-01-15T00:00:00Z", "2026-07-24T00:00:00Z", "2025-07-09T00:00:00Z", "2026-01-15T00:00:00Z",
    WF_TIME_STEP_WEEK, 28 },
  { "UTC", "2026-11-20T12:00:00Z", "2026-01-15/2026-07-24", G_DATE_MONDAY, "2026-01-15/2026-07-24",
    "2026-01-15T00:00:00Z", "2026-07-25T00:00:00Z", "2025-07-08T00:00:00Z", "2026-01-15T00:00:00Z",
    WF_TIME_STEP_MONTH, 7 },
  /* a day of 23 hours, and one of 25 */
  { "Europe/Berlin", "2026-03-29T12:00:00Z", "today", G_DATE_MONDAY, "2026-03-29/2026-03-29",
    "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-27T23:00:00Z", "2026-03-28T13:00:00Z",
    WF_TIME_STEP_HOUR, 23 },
  { "Europe/Berlin", "2026-10-26T12:00:00Z", "yesterday", G_DATE_MONDAY, "2026-10-25/2026-10-25",
    "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "2026-10-23T22:00:00Z", "2026-10-24T22:00:00Z",
    WF_TIME_STEP_HOUR, 25 },
  /* no midnight on 24 April 2026: clocks go from 00:00 to 01:00 */
  { "Africa/Cairo", "2026-04-24T12:00:00Z", "today", G_DATE_MONDAY, "2026-04-24/2026-04-24",
    "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z", "2026-04-22T22:00:00Z", "2026-04-23T13:00:00Z",
    WF_TIME_STEP_HOUR, 23 },
};

static void
assert_instant (WfInstant found, const char *expected)
{
  g_autofree char *text = wf_instant_format_utc (found);

  g_assert_cmpstr (text, ==, expected);
}

static void
check_points (const WfTimeRange *range)
{
  g_assert_cmpuint (range->n, >, 0);
  g_assert_cmpint (range->bounds[0], ==, range->from);
  g_assert_cmpint (range->bounds[range->n], ==, range->until);
  g_assert_cmpuint (wf_time_range_find (range, range->from - 1), ==, range->n);
  g_assert_cmpuint (wf_time_range_find (range, range->until), ==, range->n);
  for (guint i = 0; i < range->n && range->from < range->until; i++)
    {
      g_autofree char *label = wf_time_range_get_label (range, i);

      g_assert_cmpint (range->bounds[i], <, range->bounds[i + 1]);
      g_assert_cmpuint (wf_time_range_find (range, range->bounds[i]), ==, i);
      g_assert_cmpuint (wf_time_range_find (range, range->bounds[i + 1] - 1), ==, i);
      g_assert_cmpstr (label, !=, "");
    }
}

static void
test_resolve (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      g_autoptr (WfTimeRange) range = NULL, before = NULL;
      WfPeriod period, days = { WF_PERIOD_FIXED };
      g_autofree char *text = NULL;
      WfInstant now;

      g_test_message ("%s at %s in %s", cases[i].period, cases[i].now, cases[i].zone);
      g_assert_true (wf_instant_parse (cases[i].now, &now));
      g_assert_true (wf_period_from_text (cases[i].period, &period));
      range = wf_period_resolve (&period, now, zone, cases[i].first_weekday);
      before = wf_period_resolve_previous (&period, now, zone, cases[i].first_weekday);
      days.first = range->first;
      days.last = range->last;
      text = wf_period_to_text (&days);
      g_assert_cmpstr (text, ==, cases[i].days);
      assert_instant (range->from, cases[i].from);
      assert_instant (range->until, cases[i].until);
      g_assert_cmpint (range->step, ==, cases[i].step);
      g_assert_cmpuint (range->n, ==, cases[i].n);
      assert_instant (before->from, cases[i].before_from);
      assert_instant (before->until, cases[i].before_until);
      g_assert_cmpint (before->step, ==, range->step);
      check_points (range);
      check_points (before);
    }
}

/* Exactly at the beginning there is nothing yet to compare with. */
static void
test_beginning (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  WfPeriod period = { .kind = WF_PERIOD_THIS_YEAR };
  g_autoptr (WfTimeRange) before = NULL;
  WfInstant now;

  g_assert_true (wf_instant_parse ("2026-01-01T00:00:00Z", &now));
  before = wf_period_resolve_previous (&period, now, utc, G_DATE_MONDAY);
  g_assert_cmpint (before->from, ==, before->until);
  g_assert_cmpuint (before->n, ==, 1);
  g_assert_cmpuint (wf_time_range_find (before, before->from), ==, before->n);
}

static void
test_text (void)
{
  static const char *const wrong[] = { "",
                                       "todays",
                                       "2026-11-01",
                                       "2026-11-02/2026-11-01",
                                       "2026-02-29/2026-03-01",
                                       "2026-11-01/2026-11-02/2026-11-03",
                                       "2026-11-01/",
                                       "fixed" };
  WfPeriod period = { .kind = WF_PERIOD_LAST_YEAR };

  for (int kind = 0; kind < WF_PERIOD_FIXED; kind++)
    {
      g_autofree char *text = wf_period_to_text (&(WfPeriod) { .kind = (WfPeriodKind) kind });
      WfPeriod again;

      g_assert_true (wf_period_from_text (text, &again));
      g_assert_cmpint (again.kind, ==, kind);
      g_assert_cmpstr (wf_period_kind_get_title ((WfPeriodKind) kind), !=, "");
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (wf_period_from_text (wrong[i], &period));
  g_assert_false (wf_period_from_text (NULL, &period));
  g_assert_cmpint (period.kind, ==, WF_PERIOD_LAST_YEAR);
  g_assert_true (wf_period_from_text ("2024-02-29/2024-02-29", &period));
  g_autofree char *text = wf_period_to_text (&period);
  g_assert_cmpstr (text, ==, "2024-02-29/2024-02-29");
}

static const struct
{
  const char *period, *text, *first_label, *last_label;
} texts[] = {
  { "2026-11-01/2026-11-30", "1 – 30 November 2026", "1 Nov", "30 Nov" },
  { "2026-10-28/2026-11-03", "28 October – 3 November 2026", "28 Oct", "3 Nov" },
  { "2026-12-28/2027-01-03", "28 December 2026 – 3 January 2027", "28 Dec", "3 Jan" },
  { "2026-11-03/2026-11-03", "3 November 2026", "00:00", "23:00" },
  { "2026-01-01/2026-12-31", "1 January – 31 December 2026", "January", "December" },
  { "2025-11-01/2026-10-31", "1 November 2025 – 31 October 2026", "Nov 2025", "Oct 2026" },
};

static void
test_words (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL, *first = NULL, *last = NULL;
      g_autoptr (WfTimeRange) range = NULL;
      WfPeriod period;

      g_assert_true (wf_period_from_text (texts[i].period, &period));
      range = wf_period_resolve (&period, 0, zone, G_DATE_MONDAY);
      text = wf_time_range_to_text (range);
      first = wf_time_range_get_label (range, 0);
      last = wf_time_range_get_label (range, range->n - 1);
      g_assert_cmpstr (text, ==, texts[i].text);
      g_assert_cmpstr (first, ==, texts[i].first_label);
      g_assert_cmpstr (last, ==, texts[i].last_label);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/period/resolve", test_resolve);
  g_test_add_func ("/report/period/beginning", test_beginning);
  g_test_add_func ("/report/period/text", test_text);
  g_test_add_func ("/report/period/words", test_words);
  return g_test_run ();
}
