/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open time out of a table is what the calendar itself says; and what is usual among many. */
#include "wf-report-private.h"

#include <string.h>

#define DAY G_TIME_SPAN_DAY
#define BASE G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */

static const char *const calendars[] = {
  "{\"time-zone\":\"America/Sao_Paulo\",\"week\":{\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
  "\"tue\":[[\"09:00\",\"18:00\"]],\"fri\":[[\"00:00\",\"24:00\"]],\"sat\":[[\"00:00\",\"02:00\"]]},"
  "\"holidays\":[{\"date\":\"2026-10-12\",\"name\":\"A\"},{\"every\":\"12-25\",\"name\":\"B\"}]}",
  "{\"time-zone\":\"Europe/Berlin\",\"week\":{\"sun\":[[\"01:00\",\"04:00\"],[\"22:00\",\"24:00\"]],"
  "\"mon\":[[\"00:00\",\"06:00\"]],\"wed\":[[\"08:15\",\"16:45\"]]}}",
  "{\"time-zone\":\"Africa/Cairo\",\"week\":{\"fri\":[[\"00:00\",\"01:30\"],[\"20:00\",\"24:00\"]],"
  "\"thu\":[[\"22:00\",\"24:00\"]]}}",
  "{\"time-zone\":\"Australia/Lord_Howe\",\"week\":{\"sun\":[[\"01:00\",\"03:00\"]],"
  "\"tue\":[[\"07:00\",\"19:00\"]]}}",
  "{\"time-zone\":\"Asia/Kathmandu\",\"week\":{\"mon\":[[\"00:00\",\"24:00\"]],\"tue\":[[\"00:00\",\"24:00\"]],"
  "\"wed\":[[\"00:00\",\"24:00\"]],\"thu\":[[\"00:00\",\"24:00\"]],\"fri\":[[\"00:00\",\"24:00\"]],"
  "\"sat\":[[\"00:00\",\"24:00\"]],\"sun\":[[\"00:00\",\"24:00\"]]}}",
};

static WfWorkingHours *
read_hours (const char *text)
{
  g_autofree char *whole = g_strconcat ("{\"working-hours\":", text, "}", NULL);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (whole, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfJsonCursor root, cursor;
  WfWorkingHours *hours;

  g_assert_nonnull (document);
  root = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  cursor = wf_json_cursor_member (&root, "working-hours");
  hours = wf_working_hours_read (&cursor);
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    g_test_message ("%s: %s", wf_problems_get (problems, i)->path,
                    wf_problems_get (problems, i)->text);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_nonnull (hours);
  return hours;
}

static WfInstant
random_instant (GRand *random, WfInstant from, WfInstant until)
{
  WfInstant at = from + (WfInstant) (g_rand_double (random) * (double) (until - from));

  /* Every other one on a full quarter of an hour, where spans begin and end. */
  return g_rand_boolean (random) ? at - at % (15 * G_TIME_SPAN_MINUTE) : at;
}

static void
check_calendar (const char *text, GRand *random)
{
  g_autoptr (WfWorkingHours) hours = read_hours (text);

  for (guint round = 0; round < 20; round++)
    {
      WfInstant from = random_instant (random, BASE - 800 * DAY, BASE + 300 * DAY);
      WfInstant until = random_instant (random, from, from + 900 * DAY);
      g_autoptr (WfOpenTable) table = wf_open_table_new (hours, from, until);

      for (guint i = 0; i < 500; i++)
        {
          WfInstant a = random_instant (random, from - 20 * DAY, until + 20 * DAY);
          WfInstant b = random_instant (random, a - DAY, a + 12 * DAY);

          if (i % 10 == 0)
            b = random_instant (random, from - 20 * DAY, until + 20 * DAY);
          g_assert_cmpint (wf_open_table_get_time_between (table, a, b), ==,
                           wf_working_hours_open_time_between (hours, a, b));
        }
    }
}

static void
test_open_time (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < G_N_ELEMENTS (calendars); i++)
    check_calendar (calendars[i], random);
}

/* The changes of clocks, minute by minute. */
static void
test_clock_changes (void)
{
  static const WfInstant changes[] = { G_GINT64_CONSTANT (1774746000000000),   /* Berlin, March */
                                       G_GINT64_CONSTANT (1792890000000000),   /* Berlin, October */
                                       G_GINT64_CONSTANT (1777068000000000) }; /* around Cairo's */

  for (guint c = 0; c < G_N_ELEMENTS (calendars); c++)
    for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
      {
        g_autoptr (WfWorkingHours) hours = read_hours (calendars[c]);
        g_autoptr (WfOpenTable) table =
            wf_open_table_new (hours, changes[i] - 3 * DAY, changes[i] + 3 * DAY);

        for (WfInstant at = changes[i] - 2 * DAY; at < changes[i] + 2 * DAY;
             at += 7 * G_TIME_SPAN_MINUTE)
          g_assert_cmpint (
              wf_open_table_get_time_between (table, at, at + 5 * G_TIME_SPAN_HOUR), ==,
              wf_working_hours_open_time_between (hours, at, at + 5 * G_TIME_SPAN_HOUR));
      }
}

static void
test_always_open (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (WfWorkingHours) hours = wf_working_hours_new_always_open (utc);
  g_autoptr (WfOpenTable) table = wf_open_table_new (hours, BASE, BASE + DAY);

  g_assert_cmpint (wf_open_table_get_time_between (table, BASE - 9, BASE + 9 * DAY), ==,
                   9 * DAY + 9);
  g_assert_cmpint (wf_open_table_get_time_between (table, BASE + 1, BASE), ==, 0);
}

/* -- what is usual ----------------------------------------------------------------------------- */

static void
check_percentiles (const gint64 *values, guint n, gint64 median, gint64 percentile)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 found_median, found_percentile;

  g_array_append_vals (samples, values, n);
  wf_report_get_percentiles (samples, &found_median, &found_percentile);
  g_assert_cmpint (found_median, ==, median);
  g_assert_cmpint (found_percentile, ==, percentile);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
test_percentiles (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  check_percentiles (NULL, 0, 0, 0);
  check_percentiles ((const gint64[]) { 7 }, 1, 7, 7);
  check_percentiles ((const gint64[]) { 9, 3 }, 2, 3, 9);
  check_percentiles ((const gint64[]) { 5, 1, 3 }, 3, 3, 5);
  check_percentiles ((const gint64[]) { 4, 1, 3, 2 }, 4, 2, 4);
  for (guint round = 0; round < 300; round++)
    {
      guint n = 1 + (guint) g_rand_int_range (random, 0, 700), spread = 1u << (round % 20);
      g_autofree gint64 *values = g_new (gint64, n), *sorted = NULL;

      for (guint i = 0; i < n; i++)
        values[i] = round % 3 == 0 ? i : g_rand_int (random) % spread;
      sorted = g_memdup2 (values, n * sizeof *values);
      qsort (sorted, n, sizeof *sorted, compare_numbers);
      /* Nearest rank: the least one that 95 of 100 do not exceed. */
      guint rank = 0;
      while ((rank + 1) * 100 < n * 95)
        rank++;
      check_percentiles (values, n, sorted[(n - 1) / 2], sorted[rank]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/lateness/open-time", test_open_time);
  g_test_add_func ("/report/lateness/clock-changes", test_clock_changes);
  g_test_add_func ("/report/lateness/always-open", test_always_open);
  g_test_add_func ("/report/lateness/percentiles", test_percentiles);
  return g_test_run ();
}
