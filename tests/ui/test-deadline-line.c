/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the deadline ruler shows: samples around an instant, their sentences, and the lines of time that are drawn. */
#include "wf-deadline-line.h"
#include "wf-instant.h"

#define SAO_PAULO "America/Sao_Paulo"
#define BERLIN "Europe/Berlin"

static WfOrganisation *
read_organisation (const char *zone, const char *holidays)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":1,\"name\":\"Acme\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"%s\","
      "\"week\":{\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"tue\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"wed\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"thu\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"fri\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]]},\"holidays\":[%s]}}",
      zone, holidays);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, &error);
  WfOrganisation *organisation;

  g_assert_no_error (error);
  organisation = wf_organisation_read (wf_json_document_get_root (document), NULL);
  g_assert_nonnull (organisation);
  return organisation;
}

static WfInstant
parse (const char *text)
{
  WfInstant instant;

  g_assert_true (wf_instant_parse (text, &instant));
  return instant;
}

static WfStep *
make_step (gint64 amount, WfTimeUnit unit, gint64 minutes_notice, gboolean business_hours)
{
  WfStep *step = wf_step_new (WF_STEP_CREATE_ACTIVITY);

  step->create_activity.complete_within = (WfDuration) { amount, unit };
  step->create_activity.notify = (WfDuration) { minutes_notice, WF_TIME_UNIT_MINUTES };
  step->create_activity.business_hours = business_hours;
  return step;
}

#define CHRISTMAS "{\"every\":\"12-25\",\"name\":\"Natal\"}"

/* ---- samples ---- */

/* S1: Wed 18 Nov 2026, 10:00; 30 minutes, reminder 10 minutes before, business hours. */
static void
test_samples (void)
{
  static const char *const expected[][3] = {
    { "An event now", "Wed 18 Nov, 10:00", "Due Wed 18 Nov, 10:30 · reminder 10:20" },
    { "An event on Friday", "Fri 20 Nov, 17:50", "Due Mon 23 Nov, 09:20 · reminder 09:10" },
    { "An event on Saturday", "Sat 21 Nov, 10:00", "Due Mon 23 Nov, 09:30 · reminder 09:20" },
    { "An event on the eve of “Natal”", "Thu 24 Dec, 17:00",
      "Due Thu 24 Dec, 17:30 · reminder 17:20" },
    { "An event at the end of the month", "Mon 30 Nov, 16:00",
      "Due Mon 30 Nov, 16:30 · reminder 16:20" },
  };
  g_autoptr (WfOrganisation) organisation = read_organisation (SAO_PAULO, CHRISTMAS);
  g_autoptr (WfStep) step = make_step (30, WF_TIME_UNIT_MINUTES, 10, TRUE);
  g_autoptr (GPtrArray) samples = wf_deadline_samples_make (&step->create_activity, organisation,
                                                            parse ("2026-11-18T10:00:30-03:00"));

  g_assert_cmpuint (samples->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < samples->len; i++)
    {
      const WfDeadlineSample *sample = g_ptr_array_index (samples, i);

      g_assert_cmpstr (sample->name, ==, expected[i][0]);
      g_assert_cmpstr (sample->when, ==, expected[i][1]);
      g_assert_cmpstr (sample->result, ==, expected[i][2]);
    }
}

typedef struct
{
  const char *now;
  const char *zone, *holidays;
  gint64 amount;
  WfTimeUnit unit;
  gint64 notice;
  gboolean business_hours;
  guint sample;
  const char *result;
} Row;

static void
test_results (void)
{
  static const Row rows[] = {
    /* S1, S6: a reminder counts back in open time */
    { "2026-11-18T10:00:00-03:00", SAO_PAULO, "", 30, WF_TIME_UNIT_MINUTES, 30, TRUE, 1,
      "Due Mon 23 Nov, 09:20 · reminder at once" },
    { "2026-11-18T10:00:00-03:00", SAO_PAULO, "", 4, WF_TIME_UNIT_HOURS, 0, TRUE, 1,
      "Due Mon 23 Nov, 13:50" },
    /* over lunch */
    { "2026-11-20T11:45:00-03:00", SAO_PAULO, "", 30, WF_TIME_UNIT_MINUTES, 0, TRUE, 0,
      "Due Fri 20 Nov, 13:15" },
    /* over a holiday: Fri 9 Oct 17:00 + 2 h, with Mon 12 Oct closed */
    { "2026-10-09T17:00:00-03:00", SAO_PAULO,
      "{\"date\":\"2026-10-12\",\"name\":\"Nossa Senhora Aparecida\"}", 2, WF_TIME_UNIT_HOURS, 0,
      TRUE, 0, "Due Tue 13 Oct, 10:00" },
    /* S4: the day is clamped, and the year said */
    { "2026-12-31T10:00:00-03:00", SAO_PAULO, "", 2, WF_TIME_UNIT_MONTHS, 0, FALSE, 0,
      "Due Sun 28 Feb 2027, 10:00" },
    /* S21: the night in which a clock goes forward has 23 hours */
    { "2026-03-28T12:00:00+01:00", BERLIN, "", 24, WF_TIME_UNIT_HOURS, 0, FALSE, 0,
      "Due Sun 29 Mar, 13:00" },
    /* without the flag the night counts */
    { "2026-11-20T17:50:00-03:00", SAO_PAULO, "", 10, WF_TIME_UNIT_HOURS, 60, FALSE, 0,
      "Due Sat 21 Nov, 03:50 · reminder 02:50" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (WfOrganisation) organisation = read_organisation (row->zone, row->holidays);
      g_autoptr (WfStep) step =
          make_step (row->amount, row->unit, row->notice, row->business_hours);
      g_autoptr (GPtrArray) samples =
          wf_deadline_samples_make (&step->create_activity, organisation, parse (row->now));
      const WfDeadlineSample *sample = g_ptr_array_index (samples, row->sample);

      g_test_message ("row %u", i);
      g_assert_cmpstr (sample->result, ==, row->result);
    }
}

static void
test_before (void)
{
  static const char *const expected[][2] = {
    { "Meeting’s start in an hour",
      "Due Wed 18 Nov, 10:30 · reminder at once (less time is left)" },
    { "Meeting’s start on Monday", "Due Mon 23 Nov, 07:30 · reminder 07:20" },
    { "Meeting’s start on Friday", "Due Fri 20 Nov, 12:00 · reminder 11:50" },
    { "Meeting’s start on the first of the month", "Due Tue 1 Dec, 07:30 · reminder 07:20" },
  };
  g_autoptr (WfOrganisation) organisation = read_organisation (SAO_PAULO, "");
  g_autoptr (WfStep) step = make_step (120, WF_TIME_UNIT_MINUTES, 10, FALSE);
  g_autoptr (GPtrArray) samples = NULL;

  step->create_activity.before = g_strdup ("meeting.start");
  samples = wf_deadline_samples_make (&step->create_activity, organisation,
                                      parse ("2026-11-18T10:00:00-03:00"));
  g_assert_cmpuint (samples->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < samples->len; i++)
    {
      const WfDeadlineSample *sample = g_ptr_array_index (samples, i);
      g_autoptr (WfDeadlineLine) line = wf_deadline_line_new (
          sample, &step->create_activity, wf_organisation_get_hours (organisation));

      g_assert_cmpstr (sample->name, ==, expected[i][0]);
      g_assert_cmpstr (sample->result, ==, expected[i][1]);
      g_assert_true (line->backward);
      g_assert_cmpint (line->due, <, line->event);
    }
}

static void
test_nothing_said (void)
{
  g_autoptr (WfStep) step = make_step (0, WF_TIME_UNIT_MINUTES, 0, TRUE);
  g_autoptr (GPtrArray) samples =
      wf_deadline_samples_make (&step->create_activity, NULL, parse ("2026-11-18T10:00:00-03:00"));

  g_assert_cmpuint (samples->len, ==, 0);
}

/* ---- lines ---- */

/* As "night Fri 00:00-09:00": wall time in the organisation's zone. */
static char *
describe_stretches (const WfDeadlineLine *line, GTimeZone *zone)
{
  static const char letters[] = "onbch";
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < line->stretches->len; i++)
    {
      const WfStretch *stretch = &g_array_index (line->stretches, WfStretch, i);
      g_autoptr (GDateTime) until = wf_instant_to_date_time (stretch->until, zone);
      g_autofree char *end = g_date_time_format (until, "%a %H:%M");

      g_string_append_printf (text, "%s%c", text->len > 0 ? " " : "", letters[stretch->kind]);
      if (i + 1 < line->stretches->len)
        g_string_append_printf (text, " %s", end);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
describe_ticks (const WfDeadlineLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < line->ticks->len; i++)
    {
      const WfDeadlineTick *tick = g_ptr_array_index (line->ticks, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", tick->label);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
assert_whole (const WfDeadlineLine *line)
{
  WfInstant at = line->from;

  for (guint i = 0; i < line->stretches->len; i++)
    {
      const WfStretch *stretch = &g_array_index (line->stretches, WfStretch, i);

      g_assert_cmpint (stretch->from, ==, at);
      g_assert_cmpint (stretch->until, >, at);
      at = stretch->until;
    }
  g_assert_cmpint (at, ==, line->until);
  g_assert_cmpuint (line->ticks->len, <=, 9);
  for (guint i = 1; i < line->ticks->len; i++)
    g_assert_cmpint (((WfDeadlineTick *) g_ptr_array_index (line->ticks, i))->at, >,
                     ((WfDeadlineTick *) g_ptr_array_index (line->ticks, i - 1))->at);
  g_assert_cmpfloat (wf_deadline_line_get_place (line, line->from), ==, 0);
  g_assert_cmpfloat (wf_deadline_line_get_place (line, line->until), ==, 1);
}

typedef struct
{
  const char *now, *zone, *holidays;
  gint64 amount;
  WfTimeUnit unit;
  gboolean business_hours;
  const char *stretches, *ticks, *named;
  gint64 counted; /* minutes */
} LineRow;

static void
test_lines (void)
{
  static const LineRow rows[] = {
    /* over lunch */
    { "2026-11-20T11:45:00-03:00", SAO_PAULO, "", 30, WF_TIME_UNIT_MINUTES, TRUE,
      "o Fri 12:00 b Fri 13:00 o", "12:00 12:30 13:00", NULL, 30 },
    /* over a weekend and a holiday; the nights beside them are nights */
    { "2026-10-09T17:00:00-03:00", SAO_PAULO,
      "{\"date\":\"2026-10-12\",\"name\":\"Nossa Senhora Aparecida\"}", 2, WF_TIME_UNIT_HOURS, TRUE,
      "o Fri 18:00 n Sat 00:00 c Mon 00:00 h Tue 00:00 n Tue 09:00 o Tue 12:00 b Tue 13:00 o",
      "Sat Sun Mon Tue", "Nossa Senhora Aparecida (12 Oct)", 120 },
    /* S21: the clocks go forward on Sunday at 02:00 */
    { "2026-03-27T17:00:00+01:00", BERLIN, "", 2, WF_TIME_UNIT_HOURS, TRUE,
      "o Fri 18:00 n Sat 00:00 c Mon 00:00 n Mon 09:00 o Mon 12:00 b", "Sat Sun Mon", NULL, 120 },
    /* a week is wall time: all of it counts */
    { "2026-11-18T10:00:00-03:00", SAO_PAULO, CHRISTMAS, 1, WF_TIME_UNIT_WEEKS, TRUE,
      "n Wed 09:00 o Wed 12:00 b Wed 13:00 o Wed 18:00 n Thu 09:00 o Thu 12:00 b Thu 13:00 o Thu "
      "18:00 n Fri 09:00 o Fri 12:00 b Fri 13:00 o Fri 18:00 n Sat 00:00 c Mon 00:00 n Mon 09:00 "
      "o Mon 12:00 b Mon 13:00 o Mon 18:00 n Tue 09:00 o Tue 12:00 b Tue 13:00 o Tue 18:00 n Wed "
      "09:00 o Wed 12:00 b Wed 13:00 o",
      "Fri 20 Sun 22 Tue 24", NULL, 7 * 24 * 60 },
    /* without the flag all the time counts; the closed hours are shown all the same */
    { "2026-11-20T17:50:00-03:00", SAO_PAULO, "", 10, WF_TIME_UNIT_HOURS, FALSE,
      "o Fri 18:00 n Sat 00:00 c", "18:00 20:00 22:00 Sat 02:00 04:00", NULL, 600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const LineRow *row = &rows[i];
      g_autoptr (WfOrganisation) organisation = read_organisation (row->zone, row->holidays);
      WfWorkingHours *hours = wf_organisation_get_hours (organisation);
      g_autoptr (WfStep) step = make_step (row->amount, row->unit, 0, row->business_hours);
      g_autoptr (GPtrArray) samples =
          wf_deadline_samples_make (&step->create_activity, organisation, parse (row->now));
      g_autoptr (WfDeadlineLine) line =
          wf_deadline_line_new (g_ptr_array_index (samples, 0), &step->create_activity, hours);
      g_autofree char *stretches = describe_stretches (line, wf_working_hours_get_zone (hours));
      g_autofree char *ticks = describe_ticks (line);
      gint64 counted = 0;

      g_test_message ("row %u", i);
      assert_whole (line);
      g_assert_cmpstr (stretches, ==, row->stretches);
      g_assert_cmpstr (ticks, ==, row->ticks);
      g_assert_cmpstr (line->holidays, ==, row->named);
      for (guint j = 0; j < line->counted->len; j++)
        {
          const WfOpenSpan *span = &g_array_index (line->counted, WfOpenSpan, j);

          counted += span->close - span->open;
        }
      g_assert_cmpint (counted / G_TIME_SPAN_MINUTE, ==, row->counted);
    }
}

/* However long: few stretches and ticks, at once. */
static void
test_long_lines (void)
{
  static const WfDuration durations[] = {
    { 20, WF_TIME_UNIT_DAYS },
    { 2, WF_TIME_UNIT_MONTHS },
    { 9, WF_TIME_UNIT_MONTHS },
    { 40, WF_TIME_UNIT_MONTHS },
    { 900, WF_TIME_UNIT_MONTHS },
    { WF_DURATION_MOST_AMOUNT, WF_TIME_UNIT_MINUTES },
    { WF_DURATION_MOST_AMOUNT, WF_TIME_UNIT_MONTHS },
  };
  g_autoptr (WfOrganisation) organisation = read_organisation (SAO_PAULO, CHRISTMAS);

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autoptr (WfStep) step = make_step (durations[i].amount, durations[i].unit, 10, i % 2 == 0);
      g_autoptr (GPtrArray) samples = wf_deadline_samples_make (
          &step->create_activity, organisation, parse ("2026-11-18T10:00:00-03:00"));

      g_test_message ("row %u", i);
      for (guint j = 0; j < samples->len; j++)
        {
          const WfDeadlineSample *sample = g_ptr_array_index (samples, j);
          g_autoptr (WfDeadlineLine) line = wf_deadline_line_new (
              sample, &step->create_activity, wf_organisation_get_hours (organisation));

          if (sample->deadline.outcome != WF_DEADLINE_OK)
            {
              g_assert_null (line);
              g_assert_true (g_str_has_prefix (sample->result, "Nothing is created: "));
              continue;
            }
          g_assert_cmpuint (line->stretches->len, <, 70);
          for (guint k = 0; k < line->stretches->len; k++)
            g_assert_cmpint (g_array_index (line->stretches, WfStretch, k).kind, !=,
                             WF_STRETCH_BREAK);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/deadline-line/samples", test_samples);
  g_test_add_func ("/ui/deadline-line/results", test_results);
  g_test_add_func ("/ui/deadline-line/before", test_before);
  g_test_add_func ("/ui/deadline-line/nothing-said", test_nothing_said);
  g_test_add_func ("/ui/deadline-line/lines", test_lines);
  g_test_add_func ("/ui/deadline-line/long-lines", test_long_lines);
  return g_test_run ();
}
