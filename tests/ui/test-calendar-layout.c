/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of calendars: days of a view with days of 23 and 25 hours, weeks of a locale, lanes of
 * what overlaps, closed stretches. */
#include "wf-calendar-layout.h"
#include "wf-instant.h"
#include "wf-organisation.h"

#include <locale.h>
#include <stdio.h>

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY_FROM 0
#define DAY_UNTIL (24 * HOUR)
#define HEIGHT 1440 /* a pixel a minute */

static WfInstant
at (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static GDate
make_date (const char *text)
{
  GDate date;
  int year, month, day;

  g_assert_cmpint (sscanf (text, "%d-%d-%d", &year, &month, &day), ==, 3);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  g_assert_true (g_date_valid (&date));
  return date;
}

static void
assert_date (const GDate *date, const char *expected)
{
  char text[32];

  g_snprintf (text, sizeof text, "%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date),
              g_date_get_day (date));
  g_assert_cmpstr (text, ==, expected);
}

static GTimeZone *
make_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

/* ---- spans ---- */

static void
test_span (void)
{
  static const struct
  {
    WfCalendarView view;
    const char *date;
    GDateWeekday first_weekday;
    const char *first;
    guint n_days, main_from, main_until;
  } vectors[] = {
    { WF_CALENDAR_DAY, "2026-11-18", G_DATE_SUNDAY, "2026-11-18", 1, 0, 1 },
    { WF_CALENDAR_WEEK, "2026-11-18", G_DATE_SUNDAY, "2026-11-15", 7, 0, 7 },
    { WF_CALENDAR_WEEK, "2026-11-18", G_DATE_MONDAY, "2026-11-16", 7, 0, 7 },
    { WF_CALENDAR_WEEK, "2026-11-18", G_DATE_SATURDAY, "2026-11-14", 7, 0, 7 },
    { WF_CALENDAR_WEEK, "2026-11-22", G_DATE_MONDAY, "2026-11-16", 7, 0, 7 },
    { WF_CALENDAR_WEEK, "2026-11-15", G_DATE_SUNDAY, "2026-11-15", 7, 0, 7 },
    { WF_CALENDAR_MONTH, "2026-11-18", G_DATE_SUNDAY, "2026-11-01", 35, 0, 30 },
    { WF_CALENDAR_MONTH, "2026-11-18", G_DATE_MONDAY, "2026-10-26", 42, 6, 36 },
    { WF_CALENDAR_MONTH, "2026-08-31", G_DATE_SUNDAY, "2026-07-26", 42, 6, 37 },
    /* 28 days from the first weekday on: a week more than needed */
    { WF_CALENDAR_MONTH, "2026-02-01", G_DATE_SUNDAY, "2026-02-01", 35, 0, 28 },
    { WF_CALENDAR_MONTH, "2028-02-29", G_DATE_MONDAY, "2028-01-31", 35, 1, 30 },
    { WF_CALENDAR_AGENDA, "2026-11-18", G_DATE_SUNDAY, "2026-11-18", 28, 0, 28 },
  };
  g_autoptr (GTimeZone) zone = make_zone ("America/Sao_Paulo");

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const GDate date = make_date (vectors[i].date);
      WfCalendarSpan span;
      wf_calendar_span_init (&span, vectors[i].view, &date, vectors[i].first_weekday, zone);
      assert_date (&span.first, vectors[i].first);
      g_assert_cmpuint (span.n_days, ==, vectors[i].n_days);
      g_assert_cmpuint (span.main_from, ==, vectors[i].main_from);
      g_assert_cmpuint (span.main_until, ==, vectors[i].main_until);
      wf_calendar_span_clear (&span);
    }
}

/* S21: days of 23 and 25 hours, midnights that do not exist or come twice, a day left out. */
static void
test_bounds (void)
{
  static const struct
  {
    const char *zone, *date, *from, *until;
  } vectors[] = {
    { "UTC", "2026-11-18", "2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z" },
    { "America/Sao_Paulo", "2026-11-18", "2026-11-18T03:00:00Z", "2026-11-19T03:00:00Z" },
    { "Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z" },
    { "Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z" },
    { "Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z" },
    /* midnight is skipped */
    { "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z" },
    /* 23:00 comes twice: the day before is the long one */
    { "America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z" },
    { "Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z" },
    /* midnight comes twice */
    { "America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z" },
    /* half an hour */
    { "Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z" },
    /* a day that is not there */
    { "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GTimeZone) zone = make_zone (vectors[i].zone);
      const GDate date = make_date (vectors[i].date);
      WfCalendarSpan span;
      wf_calendar_span_init (&span, WF_CALENDAR_DAY, &date, G_DATE_SUNDAY, zone);
      g_test_message ("%s %s", vectors[i].zone, vectors[i].date);
      g_assert_cmpint (span.bounds[0], ==, at (vectors[i].from));
      g_assert_cmpint (span.bounds[1], ==, at (vectors[i].until));
      wf_calendar_span_clear (&span);
    }
}

static void
test_find (void)
{
  static const struct
  {
    const char *at;
    int day;
  } vectors[] = {
    { "2026-10-18T21:59:59Z", -1 }, { "2026-10-18T22:00:00Z", 0 }, { "2026-10-19T21:59:59Z", 0 },
    { "2026-10-19T22:00:00Z", 1 },  { "2026-10-24T21:59:59Z", 5 }, { "2026-10-24T22:00:00Z", 6 },
    { "2026-10-25T22:59:59Z", 6 }, /* the day of 25 hours */
    { "2026-10-25T23:00:00Z", -1 },
  };
  g_autoptr (GTimeZone) zone = make_zone ("Europe/Berlin");
  const GDate date = make_date ("2026-10-21");
  WfCalendarSpan span;

  wf_calendar_span_init (&span, WF_CALENDAR_WEEK, &date, G_DATE_MONDAY, zone);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    g_assert_cmpint (wf_calendar_span_find (&span, at (vectors[i].at)), ==, vectors[i].day);
  wf_calendar_span_clear (&span);
  g_assert_cmpint (wf_calendar_span_find (&span, at (vectors[1].at)), ==, -1);
}

static void
test_step (void)
{
  static const struct
  {
    WfCalendarView view;
    int direction;
    const char *from, *to;
  } vectors[] = {
    { WF_CALENDAR_DAY, 1, "2026-12-31", "2027-01-01" },
    { WF_CALENDAR_DAY, -1, "2027-01-01", "2026-12-31" },
    { WF_CALENDAR_WEEK, 1, "2026-11-18", "2026-11-25" },
    { WF_CALENDAR_WEEK, -1, "2026-11-04", "2026-10-28" },
    { WF_CALENDAR_MONTH, 1, "2027-01-31", "2027-02-28" },
    { WF_CALENDAR_MONTH, 1, "2026-12-18", "2027-01-18" },
    { WF_CALENDAR_MONTH, -1, "2028-03-31", "2028-02-29" },
    { WF_CALENDAR_AGENDA, 1, "2026-11-18", "2026-12-16" },
    { WF_CALENDAR_AGENDA, -1, "2026-11-18", "2026-10-21" },
    /* the ends of what can be computed */
    { WF_CALENDAR_MONTH, 1, "9998-11-18", "9998-11-18" },
    { WF_CALENDAR_AGENDA, -1, "0002-01-01", "0002-01-01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      GDate date = make_date (vectors[i].from);
      wf_calendar_step (vectors[i].view, vectors[i].direction, &date);
      assert_date (&date, vectors[i].to);
    }
}

/* ISO 8601: 2026 has 53 weeks; a row that begins with Sunday has the number of its Thursday. */
static void
test_weeks (void)
{
  static const struct
  {
    const char *first;
    guint week;
  } vectors[] = {
    { "2026-11-16", 47 }, { "2026-11-15", 47 }, { "2026-11-14", 47 }, { "2026-12-28", 53 },
    { "2026-12-27", 53 }, { "2027-01-04", 1 },  { "2025-12-29", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const GDate first = make_date (vectors[i].first);
      g_assert_cmpuint (wf_calendar_get_week (&first), ==, vectors[i].week);
    }
}

/* R171. Locales that are not installed are left out; the plain one is always there. */
static void
test_locale (void)
{
  static const struct
  {
    const char *locale;
    GDateWeekday first_weekday;
    gboolean counts;
  } vectors[] = {
    { "C", G_DATE_SUNDAY, FALSE },           { "en_US.UTF-8", G_DATE_SUNDAY, FALSE },
    { "pt_BR.UTF-8", G_DATE_SUNDAY, FALSE }, { "de_DE.UTF-8", G_DATE_MONDAY, TRUE },
    { "en_GB.UTF-8", G_DATE_MONDAY, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      if (setlocale (LC_TIME, vectors[i].locale) == NULL)
        continue;
      g_test_message ("%s", vectors[i].locale);
      g_assert_cmpint (wf_calendar_get_first_weekday (), ==, vectors[i].first_weekday);
      g_assert_cmpint (wf_calendar_counts_weeks (), ==, vectors[i].counts);
    }
  setlocale (LC_TIME, "C");
}

/* ---- a day ---- */

static void
test_lanes (void)
{
  static const struct
  {
    int from, until; /* minutes */
    guint lane, n_lanes, span;
  } vectors
      [] = {
        { 0, 30, 0, 1, 1 },    /* alone */
        { 540, 600, 0, 3, 1 }, /* three that overlap through the second */
        { 570, 660, 1, 3, 1 },  { 570, 590, 2, 3, 1 },
        { 600, 630, 0, 3, 1 }, /* the first lane is free again; the second is not */
        { 650, 700, 0, 3, 1 },  { 700, 760, 0, 1, 1 }, /* touches only */
        { 800, 900, 0, 2, 1 },  { 810, 820, 1, 2, 1 },
        { 895, 910, 1, 2, 1 },  { 905, 940, 0, 2, 1 },
        { 915, 930, 1, 2, 1 },  { 932, 950, 1, 2, 1 },
        { 945, 960, 0, 2, 1 },  { 955, 1000, 1, 2, 1 },
        { 965, 1000, 0, 2, 1 },
      };
  WfCalendarBlock blocks[G_N_ELEMENTS (vectors)];

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    blocks[i] = (WfCalendarBlock) { .item = GUINT_TO_POINTER (i),
                                    .from = vectors[i].from * MINUTE,
                                    .until = vectors[i].until * MINUTE };
  wf_calendar_layout_day (blocks, G_N_ELEMENTS (blocks), DAY_FROM, DAY_UNTIL, HEIGHT, 1);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpuint (GPOINTER_TO_UINT (blocks[i].item), ==, i);
      g_assert_cmpint (blocks[i].y, ==, vectors[i].from);
      g_assert_cmpint (blocks[i].height, ==, vectors[i].until - vectors[i].from);
      g_assert_cmpuint (blocks[i].lane, ==, vectors[i].lane);
      g_assert_cmpuint (blocks[i].n_lanes, ==, vectors[i].n_lanes);
      g_assert_cmpuint (blocks[i].span, ==, vectors[i].span);
    }
}

/* What has nobody to its right takes the room: three at nine, one at ten beside the first alone. */
static void
test_width (void)
{
  WfCalendarBlock blocks[] = {
    { .from = 9 * HOUR, .until = 12 * HOUR },
    { .from = 9 * HOUR, .until = 10 * HOUR },
    { .from = 9 * HOUR, .until = 9 * HOUR + 30 * MINUTE },
    { .from = 10 * HOUR, .until = 11 * HOUR },
  };

  wf_calendar_layout_day (blocks, G_N_ELEMENTS (blocks), DAY_FROM, DAY_UNTIL, HEIGHT, 1);
  g_assert_cmpuint (blocks[3].lane, ==, 1);
  g_assert_cmpuint (blocks[3].n_lanes, ==, 3);
  g_assert_cmpuint (blocks[3].span, ==, 2);
  g_assert_cmpuint (blocks[1].span, ==, 1);
}

/* Cut at the day's borders; short ones are made taller and stay in the day. */
static void
test_borders (void)
{
  WfCalendarBlock blocks[] = {
    { .from = -2 * HOUR, .until = HOUR },
    { .from = 23 * HOUR, .until = 26 * HOUR },
    { .from = 23 * HOUR + 55 * MINUTE, .until = 23 * HOUR + 56 * MINUTE },
    { .from = 12 * HOUR, .until = 12 * HOUR },
  };

  wf_calendar_layout_day (blocks, G_N_ELEMENTS (blocks), DAY_FROM, DAY_UNTIL, HEIGHT, 20);
  g_assert_cmpint (blocks[0].y, ==, 0);
  g_assert_cmpint (blocks[0].height, ==, 60);
  g_assert_cmpint (blocks[1].from, ==, 12 * HOUR);
  g_assert_cmpint (blocks[1].height, ==, 20);
  g_assert_cmpint (blocks[2].y, ==, 23 * 60);
  g_assert_cmpint (blocks[2].height, ==, 60);
  g_assert_cmpint (blocks[3].y, ==, HEIGHT - 20);
  g_assert_cmpuint (blocks[3].lane, !=, blocks[2].lane);
  wf_calendar_layout_day (NULL, 0, DAY_FROM, DAY_UNTIL, HEIGHT, 20);
}

static gboolean
overlap (const WfCalendarBlock *a, const WfCalendarBlock *b)
{
  return a->y < b->y + b->height && b->y < a->y + a->height;
}

static gboolean
touches (const WfCalendarBlock *a, const WfCalendarBlock *b)
{
  return overlap (a, b) && a->lane < b->lane + b->span && b->lane < a->lane + a->span;
}

/* The most blocks that stand side by side at any pixel of those that share a width with this one
 * cannot be more than its lanes, and one block reaches the last lane. */
static void
check_layout (const WfCalendarBlock *blocks, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const WfCalendarBlock *block = &blocks[i];
      guint at_top = 0;

      g_assert_cmpint (block->y, >=, 0);
      g_assert_cmpint (block->y + block->height, <=, HEIGHT);
      g_assert_cmpuint (block->span, >=, 1);
      g_assert_cmpuint (block->lane + block->span, <=, block->n_lanes);
      if (i > 0)
        g_assert_cmpint (blocks[i - 1].from, <=, block->from);
      for (guint j = 0; j < n; j++)
        {
          at_top += blocks[j].y <= block->y && blocks[j].y + blocks[j].height > block->y;
          if (j == i)
            continue;
          g_assert_false (touches (block, &blocks[j]));
          if (overlap (block, &blocks[j]))
            g_assert_cmpuint (block->n_lanes, ==, blocks[j].n_lanes);
        }
      g_assert_cmpuint (at_top, <=, block->n_lanes);
    }
}

/* No lane more than what stands side by side somewhere, and none to the right that is free. */
static void
check_width (const WfCalendarBlock *blocks, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const WfCalendarBlock *block = &blocks[i];
      gboolean blocked = block->lane + block->span == block->n_lanes;

      for (guint j = 0; j < n && !blocked; j++)
        blocked = overlap (block, &blocks[j]) && blocks[j].lane == block->lane + block->span;
      g_assert_true (blocked);
    }
}

static guint
count_deepest (const WfCalendarBlock *blocks, guint n)
{
  guint deepest = 0;

  for (guint i = 0; i < n; i++)
    {
      guint at_top = 0;
      for (guint j = 0; j < n; j++)
        at_top += blocks[j].y <= blocks[i].y && blocks[j].y + blocks[j].height > blocks[i].y;
      deepest = MAX (deepest, at_top);
    }
  return deepest;
}

static void
test_random (void)
{
  g_autofree WfCalendarBlock *blocks = g_new0 (WfCalendarBlock, 60);

  for (guint round = 0; round < 500; round++)
    {
      guint n = (guint) g_test_rand_int_range (1, 60);
      guint lanes = 0;

      for (guint i = 0; i < n; i++)
        {
          gint64 from = g_test_rand_int_range (-60, 24 * 60);
          gint64 length = g_test_rand_int_range (0, round % 2 ? 300 : 45);
          blocks[i] =
              (WfCalendarBlock) { .from = from * MINUTE, .until = (from + length) * MINUTE };
        }
      wf_calendar_layout_day (blocks, n, DAY_FROM, DAY_UNTIL, HEIGHT, 18);
      check_layout (blocks, n);
      check_width (blocks, n);
      for (guint i = 0; i < n; i++)
        lanes = MAX (lanes, blocks[i].n_lanes);
      g_assert_cmpuint (lanes, ==, count_deepest (blocks, n));
    }
}

static void
test_places (void)
{
  static const struct
  {
    const char *zone, *date;
  } days[] = { { "UTC", "2026-11-18" },
               { "Europe/Berlin", "2026-03-29" },
               { "Europe/Berlin", "2026-10-25" },
               { "Australia/Lord_Howe", "2026-04-05" } };
  static const int heights[] = { 97, 960, 1440, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GTimeZone) zone = make_zone (days[i].zone);
      const GDate date = make_date (days[i].date);
      WfCalendarSpan span;
      wf_calendar_span_init (&span, WF_CALENDAR_DAY, &date, G_DATE_SUNDAY, zone);
      WfInstant from = span.bounds[0], until = span.bounds[1];
      for (guint j = 0; j < G_N_ELEMENTS (heights); j++)
        {
          int height = heights[j];
          for (int y = 0; y <= height; y++)
            {
              WfInstant plain = wf_calendar_y_to_instant (y, from, until, height, 0);
              WfInstant snapped = wf_calendar_y_to_instant (y, from, until, height, 15);
              g_assert_cmpint (wf_calendar_instant_to_y (plain, from, until, height), ==, y);
              g_assert_cmpint ((snapped - from) % (15 * MINUTE), ==, 0);
              g_assert_cmpint (snapped, >=, from);
              g_assert_cmpint (snapped, <, until);
            }
          g_assert_cmpint (wf_calendar_instant_to_y (from - HOUR, from, until, height), ==, 0);
          g_assert_cmpint (wf_calendar_instant_to_y (until + HOUR, from, until, height), ==,
                           height);
          g_assert_cmpint (wf_calendar_y_to_instant (-5, from, until, height, 0), ==, from);
        }
      wf_calendar_span_clear (&span);
    }
  /* the day of 25 hours: its middle is half past eleven of the new time */
  WfInstant from = at ("2026-10-24T22:00:00Z"), until = at ("2026-10-25T23:00:00Z");
  g_assert_cmpint (wf_calendar_instant_to_y (at ("2026-10-25T10:30:00Z"), from, until, 1000), ==,
                   500);
  /* a day that is not there */
  g_assert_cmpint (wf_calendar_instant_to_y (from, from, from, 1000), ==, 0);
  g_assert_cmpint (wf_calendar_y_to_instant (10, from, from, 1000, 15), ==, from);
}

static void
test_extent (void)
{
  static const struct
  {
    WfActivityKind kind;
    int ends; /* minutes after due; 0: not said */
    int from, until;
  } vectors[] = {
    { WF_ACTIVITY_TASK, 0, -15, 0 },     { WF_ACTIVITY_APPROVAL, 0, -15, 0 },
    { WF_ACTIVITY_CALL, 0, 0, 30 },      { WF_ACTIVITY_MEETING, 0, 0, 30 },
    { WF_ACTIVITY_CALL, 10, 0, 10 },     { WF_ACTIVITY_MEETING, 90, 0, 90 },
    { WF_ACTIVITY_MEETING, -10, 0, 30 }, { WF_ACTIVITY_TASK, 60, -15, 0 },
  };
  WfInstant due = at ("2026-11-18T12:00:00Z"), from, until;
  g_autoptr (WfActivity) activity = wf_activity_new ("a-1");

  wf_calendar_get_extent (activity, &from, &until);
  g_assert_cmpint (from, ==, WF_INSTANT_NONE);
  g_assert_cmpint (until, ==, WF_INSTANT_NONE);
  activity->due = due;
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      activity->kind = vectors[i].kind;
      activity->ends = vectors[i].ends != 0 ? due + vectors[i].ends * MINUTE : WF_INSTANT_NONE;
      wf_calendar_get_extent (activity, &from, &until);
      g_assert_cmpint (from, ==, due + vectors[i].from * MINUTE);
      g_assert_cmpint (until, ==, due + vectors[i].until * MINUTE);
    }
}

/* ---- closed stretches ---- */

static WfOrganisation *
read_organisation (void)
{
  static const char text[] =
      "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\",\"working-hours\":{\"time-zone\":"
      "\"America/Sao_Paulo\",\"week\":{\"wed\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"thu\":[[\"22:00\",\"24:00\"]],\"fri\":[[\"00:00\",\"06:00\"]]},"
      "\"holidays\":[{\"date\":\"2026-11-25\",\"name\":\"Feriado\"}]}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);
  WfOrganisation *organisation;

  g_assert_no_error (error);
  organisation = wf_organisation_read (wf_json_document_get_root (document), NULL);
  g_assert_nonnull (organisation);
  return organisation;
}

static void
test_closed (void)
{
  static const struct
  {
    const char *from, *until; /* the day */
    const char *holiday;
    int n;
    int stretches[6]; /* minutes from the day's beginning */
  } vectors[] = {
    { "2026-11-18T03:00:00Z", "2026-11-19T03:00:00Z", NULL, 3, { 0, 540, 720, 780, 1080, 1440 } },
    /* a viewer in another zone */
    { "2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z", NULL, 3, { 0, 720, 900, 960, 1260, 1440 } },
    { "2026-11-21T03:00:00Z", "2026-11-22T03:00:00Z", NULL, 1, { 0, 1440 } },
    { "2026-11-25T03:00:00Z", "2026-11-26T03:00:00Z", "Feriado", 1, { 0, 1440 } },
    /* open over midnight, into the day and out of it */
    { "2026-11-19T03:00:00Z", "2026-11-20T03:00:00Z", NULL, 1, { 0, 1320 } },
    { "2026-11-20T03:00:00Z", "2026-11-21T03:00:00Z", NULL, 1, { 360, 1440 } },
  };
  g_autoptr (WfOrganisation) organisation = read_organisation ();
  WfWorkingHours *hours = wf_organisation_get_hours (organisation);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      WfInstant from = at (vectors[i].from);
      g_autofree char *holiday = NULL;
      g_autoptr (GArray) closed =
          wf_calendar_list_closed (hours, from, at (vectors[i].until), &holiday);
      g_test_message ("%s", vectors[i].from);
      g_assert_cmpstr (holiday, ==, vectors[i].holiday);
      g_assert_cmpint ((int) closed->len, ==, vectors[i].n);
      for (guint j = 0; j < closed->len; j++)
        {
          const WfCalendarStretch *stretch = &g_array_index (closed, WfCalendarStretch, j);
          g_assert_cmpint (stretch->from, ==, from + vectors[i].stretches[2 * j] * MINUTE);
          g_assert_cmpint (stretch->until, ==, from + vectors[i].stretches[2 * j + 1] * MINUTE);
        }
    }
}

static void
test_always_open (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (WfWorkingHours) hours = wf_working_hours_new_always_open (zone);
  g_autoptr (GArray) closed = wf_calendar_list_closed (hours, DAY_FROM, DAY_UNTIL, NULL);
  g_autoptr (GArray) unknown = wf_calendar_list_closed (NULL, DAY_FROM, DAY_UNTIL, NULL);

  g_assert_cmpuint (closed->len, ==, 0);
  g_assert_cmpuint (unknown->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar-layout/span", test_span);
  g_test_add_func ("/calendar-layout/bounds", test_bounds);
  g_test_add_func ("/calendar-layout/find", test_find);
  g_test_add_func ("/calendar-layout/step", test_step);
  g_test_add_func ("/calendar-layout/weeks", test_weeks);
  g_test_add_func ("/calendar-layout/locale", test_locale);
  g_test_add_func ("/calendar-layout/lanes", test_lanes);
  g_test_add_func ("/calendar-layout/width", test_width);
  g_test_add_func ("/calendar-layout/borders", test_borders);
  g_test_add_func ("/calendar-layout/random", test_random);
  g_test_add_func ("/calendar-layout/places", test_places);
  g_test_add_func ("/calendar-layout/extent", test_extent);
  g_test_add_func ("/calendar-layout/closed", test_closed);
  g_test_add_func ("/calendar-layout/always-open", test_always_open);
  return g_test_run ();
}
