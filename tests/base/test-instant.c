/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as RFC 3339 text. */
#include "wf-instant.h"

#define S G_GINT64_CONSTANT (1000000)

static const struct
{
  const char *text;
  gint64 instant;
} readable[] = {
  { "1970-01-01T00:00:00Z", 0 },
  { "2026-11-20T17:50:00-03:00", 1795207800 * S },
  { "2026-11-20t20:50:00z", 1795207800 * S },
  { "2026-11-20T20:50:00+00:00", 1795207800 * S },
  { "2026-11-20T20:50:00-00:00", 1795207800 * S },
  { "2026-11-21T02:20:00+05:30", 1795207800 * S },
  { "2026-11-20T20:50:00.5Z", 1795207800 * S + 500000 },
  { "2026-11-20T20:50:00.000001Z", 1795207800 * S + 1 },
  { "2026-11-20T20:50:00.0000019Z", 1795207800 * S + 1 },
  { "1969-12-31T23:59:59Z", -1 * S },
  { "1969-12-31T23:59:59.25Z", -1 * S + 250000 },
  { "0001-01-01T00:00:00Z", G_GINT64_CONSTANT (-62135596800) * S },
  { "9999-12-31T23:59:59.999999Z", G_GINT64_CONSTANT (253402300799) * S + 999999 },
  { "2000-02-29T12:00:00Z", 951825600 * S },
  { "1900-03-01T00:00:00Z", G_GINT64_CONSTANT (-2203891200) * S },
  /* leap seconds: the second after */
  { "2016-12-31T23:59:60Z", 1483228800 * S },
  { "2017-01-01T05:29:60+05:30", 1483228800 * S },
  { "2016-12-31T23:59:60.5Z", 1483228800 * S + 500000 },
};

static const char *const unreadable[] = {
  "",
  "x",
  "2026-11-20",
  "2026-11-20T17:50:00",
  "2026-11-20T17:50Z",
  "2026-11-20 17:50:00Z",
  "2026-11-20T17:50:00-0300",
  "2026-11-20T17:50:00-03",
  "2026-11-20T17:50:00-03:60",
  "2026-11-20T17:50:00-24:00",
  "2026-11-20T17:50:00Z ",
  " 2026-11-20T17:50:00Z",
  "2026-11-20T17:50:00.Z",
  "2026-11-20T17:50:00,5Z",
  "2026-11-20T24:00:00Z",
  "2026-11-20T17:60:00Z",
  "2026-11-20T17:50:61Z",
  "2026-11-20T17:50:60Z", /* no leap second can be there */
  "2026-13-01T00:00:00Z",
  "2026-00-01T00:00:00Z",
  "2026-02-29T00:00:00Z",
  "1900-02-29T00:00:00Z",
  "2026-11-31T00:00:00Z",
  "2026-11-00T00:00:00Z",
  "0000-12-31T23:59:59Z",
  "0001-01-01T00:00:00+00:01",
  "9999-12-31T23:59:59-00:01",
  "+2026-11-20T17:50:00Z",
  "2026-1-20T17:50:00Z",
  "12026-11-20T17:50:00Z",
  "２026-11-20T17:50:00Z",
};

static void
test_readable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      WfInstant instant = 1;

      g_assert_true (wf_instant_parse (readable[i].text, &instant));
      g_assert_cmpint (instant, ==, readable[i].instant);
    }
}

static void
test_unreadable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unreadable); i++)
    {
      WfInstant instant = 42;

      g_test_message ("%s", unreadable[i]);
      g_assert_false (wf_instant_parse (unreadable[i], &instant));
      g_assert_cmpint (instant, ==, 42);
    }
  g_assert_false (wf_instant_parse (NULL, NULL));
}

static const struct
{
  gint64 instant;
  const char *zone, *text;
} written[] = {
  { 0, NULL, "1970-01-01T00:00:00Z" },
  { 1795207800 * S, NULL, "2026-11-20T20:50:00Z" },
  { 1795207800 * S + 500000, NULL, "2026-11-20T20:50:00.5Z" },
  { 1795207800 * S + 1, NULL, "2026-11-20T20:50:00.000001Z" },
  { -1, NULL, "1969-12-31T23:59:59.999999Z" },
  { G_GINT64_CONSTANT (-62135596800) * S, NULL, "0001-01-01T00:00:00Z" },
  { G_GINT64_CONSTANT (253402300799) * S + 999999, NULL, "9999-12-31T23:59:59.999999Z" },
  { 1795207800 * S, "America/Sao_Paulo", "2026-11-20T17:50:00-03:00" },
  { 1795207800 * S, "Asia/Kolkata", "2026-11-21T02:20:00+05:30" },
  { 1795207800 * S, "UTC", "2026-11-20T20:50:00+00:00" },
  /* on either side of the change to winter time */
  { 1792891799 * S, "Europe/Berlin", "2026-10-25T02:29:59+01:00" },
  { 1792889999 * S, "Europe/Berlin", "2026-10-25T02:59:59+02:00" },
  /* local mean time had seconds in its offset: whole minutes are written, and it is the same
   * instant */
  { G_GINT64_CONSTANT (-2203891200) * S, "America/Sao_Paulo", "1900-02-28T20:54:00-03:06" },
  /* the local year would be 0 or 10000 */
  { G_GINT64_CONSTANT (-62135596800) * S, "America/Sao_Paulo", "0001-01-01T00:00:00Z" },
};

static void
test_written (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr (GTimeZone) zone =
          written[i].zone != NULL ? g_time_zone_new_identifier (written[i].zone) : NULL;
      g_autofree char *text = zone != NULL ? wf_instant_format_zone (written[i].instant, zone)
                                           : wf_instant_format_utc (written[i].instant);
      WfInstant instant = 0;

      g_assert_cmpstr (text, ==, written[i].text);
      g_assert_true (wf_instant_parse (text, &instant));
      g_assert_cmpint (instant, ==, written[i].instant);
    }
}

static void
test_out_of_range (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_null (wf_instant_format_utc (WF_INSTANT_NONE));
  g_assert_null (wf_instant_format_utc (G_MAXINT64));
  g_assert_null (wf_instant_format_zone (WF_INSTANT_NONE, utc));
  g_assert_null (wf_instant_to_date_time (WF_INSTANT_NONE, utc));
  g_assert_null (wf_instant_to_date_time (G_MAXINT64, utc));
}

/* All days of 8 centuries against GLib's calendar. */
static void
test_calendar (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (gint64 day = -150000; day < 150000; day += 7)
    {
      gint64 instant = day * 86400 * S + 12345 * S;
      g_autoptr (GDateTime) expected = g_date_time_new_from_unix_utc (instant / S);
      g_autofree char *expected_text = g_date_time_format (expected, "%Y-%m-%dT%H:%M:%SZ");
      g_autofree char *text = wf_instant_format_utc (instant);
      WfInstant again = 0;

      g_assert_cmpstr (text, ==, expected_text);
      g_assert_true (wf_instant_parse (text, &again));
      g_assert_cmpint (again, ==, instant);
    }
}

static void
test_date (void)
{
  int year = 0, month = 0, day = 0;

  g_assert_true (wf_instant_parse_date ("2026-11-20", &year, &month, &day));
  g_assert_cmpint (year * 10000 + month * 100 + day, ==, 20261120);
  g_assert_false (wf_instant_parse_date ("2026-11-20T00:00:00Z", &year, &month, &day));
  g_assert_false (wf_instant_parse_date ("2026-02-30", &year, &month, &day));
  g_assert_false (wf_instant_parse_date (NULL, &year, &month, &day));
}

static void
test_date_time (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (GDateTime) local = wf_instant_to_date_time (1795207800 * S, zone);

  g_assert_cmpint (g_date_time_get_hour (local), ==, 17);
  g_assert_cmpint (g_date_time_get_minute (local), ==, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instant/readable", test_readable);
  g_test_add_func ("/instant/unreadable", test_unreadable);
  g_test_add_func ("/instant/written", test_written);
  g_test_add_func ("/instant/out-of-range", test_out_of_range);
  g_test_add_func ("/instant/calendar", test_calendar);
  g_test_add_func ("/instant/date", test_date);
  g_test_add_func ("/instant/date-time", test_date_time);
  return g_test_run ();
}
