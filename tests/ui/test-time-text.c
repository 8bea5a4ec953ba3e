/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants in words. */
#include "wf-day-sections.h"
#include "wf-instant.h"
#include "wf-time-text.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

static WfInstant
at (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static void
test_day_and_time (void)
{
  static const struct
  {
    const char *at, *text;
  } vectors[] = {
    { "2026-11-20T18:30:00Z", "Today, 15:30" },
    { "2026-11-21T02:59:00Z", "Today, 23:59" }, /* the viewer's day, not that of UTC */
    { "2026-11-21T03:00:00Z", "Tomorrow, 00:00" },
    { "2026-11-19T12:00:00Z", "Yesterday, 09:00" },
    { "2026-11-23T12:20:00Z", "Monday, 09:20" },
    { "2026-11-26T12:20:00Z", "Thursday, 09:20" },
    { "2026-11-27T12:20:00Z",
      "27 Nov, 09:20" }, /* the same day of the week would be mistaken for today */
    { "2026-11-17T12:20:00Z", "17 Nov, 09:20" },
    { "2027-02-28T12:20:00Z", "28 Feb 2027, 09:20" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  WfInstant now = at ("2026-11-20T17:50:00-03:00");

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = wf_time_text_day_and_time (at (vectors[i].at), now, zone);
      g_assert_cmpstr (text, ==, vectors[i].text);
    }
}

static void
test_ago (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  WfInstant now = at ("2026-11-20T17:50:00-03:00");
  static const struct
  {
    gint64 ago;
    const char *text;
  } vectors[] = {
    { 0, "just now" },
    { 59 * G_TIME_SPAN_SECOND, "just now" },
    { 2 * MINUTE, "2 min ago" },
    { 90 * MINUTE, "1 h ago" },
    { 13 * HOUR, "Today, 04:50" },
    { 25 * HOUR, "Yesterday, 16:50" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = wf_time_text_ago (now - vectors[i].ago, now, zone);
      g_assert_cmpstr (text, ==, vectors[i].text);
    }
}

static void
test_full (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  WfInstant when = at ("2026-11-20T17:50:00-03:00");
  g_autofree char *full = wf_time_text_full (when, zone);
  g_autofree char *original = wf_time_text_original (when, "America/Sao_Paulo");

  g_assert_cmpstr (full, ==, "Friday, 20 November 2026, 21:50");
  g_assert_cmpstr (original, ==, "Friday, 20 November 2026, 17:50 (America/Sao_Paulo)");
  g_assert_null (wf_time_text_original (when, "Nowhere/Atlantis"));
  g_assert_null (wf_time_text_original (when, NULL));
}

static void
test_parse_clock (void)
{
  static const struct
  {
    const char *text;
    int hour, minute; /* -1: refused */
  } vectors[] = {
    { "9:20", 9, 20 },   { "09:20", 9, 20 },   { "0920", 9, 20 },     { "9h20", 9, 20 },
    { "14h", 14, 0 },    { "9", 9, 0 },        { " 23:59 ", 23, 59 }, { "0:00", 0, 0 },
    { "24:00", -1, -1 }, { "9:60", -1, -1 },   { "", -1, -1 },        { "soon", -1, -1 },
    { "9:2", -1, -1 },   { "123456", -1, -1 }, { "-1:00", -1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      int hour = -1, minute = -1;
      g_test_message ("“%s”", vectors[i].text);
      g_assert_cmpint (wf_time_text_parse_clock (vectors[i].text, &hour, &minute), ==,
                       vectors[i].hour >= 0);
      g_assert_cmpint (hour, ==, vectors[i].hour);
      g_assert_cmpint (minute, ==, vectors[i].minute);
    }
}

static WfDaySection
section_of (const WfInstant bounds[WF_N_DAY_SECTIONS + 1], WfInstant due)
{
  guint found = WF_N_DAY_SECTIONS, n = 0;

  for (guint i = 0; i < WF_DAY_SECTION_CLOSED; i++)
    {
      if ((bounds[i] == WF_INSTANT_NONE || due >= bounds[i]) &&
          (bounds[i + 1] == WF_INSTANT_NONE || due < bounds[i + 1]))
        {
          found = i;
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 1); /* without gaps, without overlap */
  return (WfDaySection) found;
}

static void
test_sections (void)
{
  static const struct
  {
    const char *now, *due;
    WfDaySection section;
  } vectors[] = {
    { "2026-11-18T10:00:00-03:00", "2026-11-18T09:59:59-03:00", WF_DAY_SECTION_LATE },
    { "2026-11-18T10:00:00-03:00", "2026-11-18T10:00:00-03:00",
      WF_DAY_SECTION_NOW }, /* S22: late only after it */
    { "2026-11-18T10:00:00-03:00", "2026-11-18T10:59:59-03:00", WF_DAY_SECTION_NOW },
    { "2026-11-18T10:00:00-03:00", "2026-11-18T11:00:00-03:00", WF_DAY_SECTION_LATER_TODAY },
    { "2026-11-18T10:00:00-03:00", "2026-11-18T23:59:00-03:00", WF_DAY_SECTION_LATER_TODAY },
    { "2026-11-18T10:00:00-03:00", "2026-11-19T00:00:00-03:00", WF_DAY_SECTION_TOMORROW },
    { "2026-11-18T10:00:00-03:00", "2026-11-20T00:00:00-03:00", WF_DAY_SECTION_THIS_WEEK },
    { "2026-11-18T10:00:00-03:00", "2026-11-22T23:59:00-03:00", WF_DAY_SECTION_THIS_WEEK },
    { "2026-11-18T10:00:00-03:00", "2026-11-23T00:00:00-03:00", WF_DAY_SECTION_LATER },
    { "2026-11-18T23:30:00-03:00", "2026-11-19T00:15:00-03:00", WF_DAY_SECTION_NOW },
    { "2026-11-18T23:30:00-03:00", "2026-11-19T00:30:00-03:00", WF_DAY_SECTION_TOMORROW },
    { "2026-11-21T10:00:00-03:00", "2026-11-22T10:00:00-03:00",
      WF_DAY_SECTION_TOMORROW }, /* Saturday */
    { "2026-11-21T10:00:00-03:00", "2026-11-23T10:00:00-03:00", WF_DAY_SECTION_LATER },
    { "2026-11-22T10:00:00-03:00", "2026-11-23T10:00:00-03:00",
      WF_DAY_SECTION_TOMORROW }, /* Sunday */
    { "2026-11-22T10:00:00-03:00", "2026-11-24T10:00:00-03:00", WF_DAY_SECTION_LATER },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      WfInstant bounds[WF_N_DAY_SECTIONS + 1];
      wf_day_sections_get_bounds (at (vectors[i].now), zone, bounds);
      g_test_message ("%s at %s", vectors[i].due, vectors[i].now);
      g_assert_cmpint (section_of (bounds, at (vectors[i].due)), ==, vectors[i].section);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-text/day-and-time", test_day_and_time);
  g_test_add_func ("/time-text/ago", test_ago);
  g_test_add_func ("/time-text/full", test_full);
  g_test_add_func ("/time-text/parse-clock", test_parse_clock);
  g_test_add_func ("/day-sections/bounds", test_sections);
  return g_test_run ();
}
