/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working hours: reading with problems, writing back, and what is open when (S3, S21). */
#include "wf-civil-date.h"
#include "wf-instant.h"
#include "wf-test-calendar.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static const struct
{
  const char *json, *path, *code;
} wrong[] = {
  { "[]", "", "wrong-type" },
  { "{'week':" WF_TEST_OFFICE_WEEK "}", "/time-zone", "missing" },
  { "{'time-zone':7,'week':" WF_TEST_OFFICE_WEEK "}", "/time-zone", "wrong-type" },
  { "{'time-zone':'','week':" WF_TEST_OFFICE_WEEK "}", "/time-zone", "unknown-zone" },
  { "{'time-zone':'America/Nowhere','week':" WF_TEST_OFFICE_WEEK "}", "/time-zone",
    "unknown-zone" },
  { "{'time-zone':'../../../etc/passwd','week':" WF_TEST_OFFICE_WEEK "}", "/time-zone",
    "unknown-zone" },
  { "{'time-zone':'/etc/passwd','week':" WF_TEST_OFFICE_WEEK "}", "/time-zone", "unknown-zone" },
  { "{'time-zone':'America','week':" WF_TEST_OFFICE_WEEK "}", "/time-zone", "unknown-zone" },
  { "{'time-zone':'UTC'}", "/week", "missing" },
  { "{'time-zone':'UTC','week':[]}", "/week", "wrong-type" },
  { "{'time-zone':'UTC','week':{}}", "/week", "never-open" },
  { "{'time-zone':'UTC','week':{'mon':[],'sun':[]}}", "/week", "never-open" },
  { "{'time-zone':'UTC','week':{'mon':'09:00-18:00'}}", "/week/mon", "wrong-type" },
  { "{'time-zone':'UTC','week':{'mon':['09:00']}}", "/week/mon/0", "wrong-type" },
  { "{'time-zone':'UTC','week':{'mon':[['09:00']]}}", "/week/mon/0", "bad-span" },
  { "{'time-zone':'UTC','week':{'mon':[['09:00','12:00','18:00']]}}", "/week/mon/0", "bad-span" },
  { "{'time-zone':'UTC','week':{'mon':[['09:00',18]]}}", "/week/mon/0/1", "wrong-type" },
  { "{'time-zone':'UTC','week':{'mon':[['9:00','18:00']]}}", "/week/mon/0/0", "bad-time-of-day" },
  { "{'time-zone':'UTC','week':{'mon':[['09:00','18:60']]}}", "/week/mon/0/1", "bad-time-of-day" },
  { "{'time-zone':'UTC','week':{'mon':[['09:00','24:01']]}}", "/week/mon/0/1", "bad-time-of-day" },
  { "{'time-zone':'UTC','week':{'mon':[['24:00','24:00']]}}", "/week/mon/0/0", "bad-time-of-day" },
  { "{'time-zone':'UTC','week':{'mon':[['09:00','+1:00']]}}", "/week/mon/0/1", "bad-time-of-day" },
  { "{'time-zone':'UTC','week':{'mon':[['18:00','09:00']]}}", "/week/mon/0", "reversed-span" },
  { "{'time-zone':'UTC','week':{'mon':[['09:00','09:00']]}}", "/week/mon/0", "reversed-span" },
  { "{'time-zone':'UTC','week':{'tue':[['09:00','12:00'],['11:59','18:00']]}}", "/week/tue/1",
    "overlapping-spans" },
  { "{'time-zone':'UTC','week':{'tue':[['11:59','18:00'],['09:00','12:00']]}}", "/week/tue/1",
    "overlapping-spans" },
  { "{'time-zone':'UTC','week':{'tue':[['09:00','12:00'],['08:00','20:00']]}}", "/week/tue/1",
    "overlapping-spans" },
  { "{'time-zone':'UTC','week':{'tue':[['09:00','12:00'],['12:00','14:00'],['13:00','15:00']]}}",
    "/week/tue/2", "overlapping-spans" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':{}}", "/holidays", "wrong-type" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':['2026-10-12']}", "/holidays/0",
    "wrong-type" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[{'name':'x'}]}", "/holidays/0",
    "bad-holiday" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK
    ",'holidays':[{'date':'2026-10-12','every':'10-12'}]}",
    "/holidays/0", "bad-holiday" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[{'date':'2026-02-29'}]}",
    "/holidays/0/date", "bad-date" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[{'date':'12-25'}]}",
    "/holidays/0/date", "bad-date" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[{'date':'2026-10-12T00:00'}]}",
    "/holidays/0/date", "bad-date" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[{'every':'13-01'}]}",
    "/holidays/0/every", "bad-date" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[{'every':'02-30'}]}",
    "/holidays/0/every", "bad-date" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[{'every':'00-10'}]}",
    "/holidays/0/every", "bad-date" },
  { "{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[{'every':'12-25','name':5}]}",
    "/holidays/0/name", "wrong-type" },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (WfJsonDocument) document = wf_test_document (wrong[i].json);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);

      g_test_message ("%s", wrong[i].json);
      g_assert_null (wf_working_hours_read (&cursor));
      g_assert_cmpuint (wf_problems_get_n (problems), ==, 1);
      g_assert_cmpstr (wf_problems_get (problems, 0)->path, ==, wrong[i].path);
      g_assert_cmpstr (wf_problems_get (problems, 0)->code, ==, wrong[i].code);
      g_assert_cmpint (wf_problems_get (problems, 0)->severity, ==, WF_PROBLEM_ERROR);

      /* Without a list of problems the answer is the same. */
      cursor = wf_json_cursor_root (wf_json_document_get_root (document), NULL);
      g_assert_null (wf_working_hours_read (&cursor));
    }
}

/* Each problem of a document is named, not only the first. */
static void
test_all_problems (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_document (
      "{'time-zone':'Mars/Base','week':{'mon':[['18:00','09:00'],['10:00','1']],'fri':3},'holidays':[{},{'every':'x'}]}");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);

  g_assert_null (wf_working_hours_read (&cursor));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 6);
}

static void
test_missing (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_document ("{'other':null}");
  const char *const names[] = { "working-hours", "other" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
      WfJsonCursor root = wf_json_cursor_root (wf_json_document_get_root (document), problems);
      WfJsonCursor cursor = wf_json_cursor_member (&root, names[i]);
      g_autoptr (WfWorkingHours) hours = wf_working_hours_read (&cursor);
      g_autofree char *text = NULL;

      g_assert_nonnull (hours);
      g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
      g_assert_true (wf_working_hours_is_always_open (hours));
      g_assert_cmpstr (g_time_zone_get_identifier (wf_working_hours_get_zone (hours)), ==, "UTC");
      g_assert_true (wf_working_hours_is_open (hours, wf_test_instant ("2026-01-01T03:00:00Z")));
      wf_json_writer_begin_object (writer, NULL);
      wf_working_hours_write (hours, writer, "working-hours");
      text = wf_json_writer_finish (writer, FALSE);
      g_assert_cmpstr (text, ==, "{}");
    }
}

static char *
write_hours (const WfWorkingHours *hours)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_working_hours_write (hours, writer, NULL);
  return wf_json_writer_finish (writer, FALSE);
}

static void
test_round_trip (void)
{
  const char *text =
      "{'time-zone':'Europe/Berlin','week':{'mon':[['00:00','06:30'],['22:00','24:00']],'tue':[],'wed':[],"
      "'thu':[],'fri':[],'sat':[],'sun':[],'note':'night shift'},'holidays':[{'date':'2026-10-12','name':'A'},"
      "{'every':'02-29','moved':true}],'capacity':{'mon':3}}";
  g_autoptr (WfJsonDocument) document = wf_test_document (text);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  g_autoptr (WfWorkingHours) hours = wf_working_hours_read (&cursor);
  g_autofree char *expected = g_strdelimit (g_strdup (text), "'", '"');
  g_autofree char *written = NULL;
  const char *const paths[] = { "/week/note", "/holidays/1/moved", "/capacity" };

  g_assert_nonnull (hours);
  written = write_hours (hours);
  g_assert_cmpstr (written, ==, expected);
  g_assert_false (wf_problems_has_errors (problems));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, G_N_ELEMENTS (paths));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_cmpstr (wf_problems_get (problems, i)->path, ==, paths[i]);
      g_assert_cmpstr (wf_problems_get (problems, i)->code, ==, "unknown-member");
    }
}

/* Touching spans become one, in any order. */
static void
test_touching (void)
{
  const char *const texts[] = {
    "{'time-zone':'UTC','week':{'mon':[['09:00','12:00'],['12:00','13:00'],['13:00','18:00']]}}",
    "{'time-zone':'UTC','week':{'mon':[['13:00','18:00'],['09:00','12:00'],['12:00','13:00']]}}",
    "{'time-zone':'UTC','week':{'mon':[['12:00','18:00'],['09:00','12:00']]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WfWorkingHours) hours = wf_test_hours (texts[i]);
      g_autofree char *written = write_hours (hours);

      g_assert_nonnull (strstr (written, "\"mon\":[[\"09:00\",\"18:00\"]]"));
    }
}

static void
test_always_open_with_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");
  g_autoptr (WfWorkingHours) hours = wf_working_hours_new_always_open (zone);
  g_autofree char *written = write_hours (hours);
  g_autoptr (WfWorkingHours) again = wf_test_hours (written);

  g_assert_true (wf_working_hours_is_always_open (again));
  g_assert_cmpstr (g_time_zone_get_identifier (wf_working_hours_get_zone (again)), ==,
                   "Asia/Kolkata");
}

static const struct
{
  const char *calendar, *at;
  gboolean open;
  const char *next_open, *previous_close;
} instants[] = {
  { WF_TEST_OFFICE, "2026-11-20T09:00:00-03:00", TRUE, "2026-11-20T09:00:00-03:00",
    "2026-11-20T09:00:00-03:00" },
  { WF_TEST_OFFICE, "2026-11-20T08:59:59.999999-03:00", FALSE, "2026-11-20T09:00:00-03:00",
    "2026-11-19T18:00:00-03:00" },
  { WF_TEST_OFFICE, "2026-11-20T12:00:00-03:00", FALSE, "2026-11-20T13:00:00-03:00",
    "2026-11-20T12:00:00-03:00" },
  { WF_TEST_OFFICE, "2026-11-20T12:30:00-03:00", FALSE, "2026-11-20T13:00:00-03:00",
    "2026-11-20T12:00:00-03:00" },
  { WF_TEST_OFFICE, "2026-11-20T13:00:00-03:00", TRUE, "2026-11-20T13:00:00-03:00",
    "2026-11-20T13:00:00-03:00" },
  { WF_TEST_OFFICE, "2026-11-20T17:59:59-03:00", TRUE, "2026-11-20T17:59:59-03:00",
    "2026-11-20T17:59:59-03:00" },
  { WF_TEST_OFFICE, "2026-11-20T18:00:00-03:00", FALSE, "2026-11-23T09:00:00-03:00",
    "2026-11-20T18:00:00-03:00" },
  { WF_TEST_OFFICE, "2026-11-22T23:00:00-03:00", FALSE, "2026-11-23T09:00:00-03:00",
    "2026-11-20T18:00:00-03:00" },
  /* The local day counts, not that of UTC: Friday 22:00 is Saturday there. */
  { "{'time-zone':'America/Sao_Paulo','week':{'fri':[['20:00','23:00']]}}",
    "2026-11-20T22:00:00-03:00", TRUE, "2026-11-20T22:00:00-03:00", "2026-11-20T22:00:00-03:00" },
  /* Over midnight. */
  { "{'time-zone':'Europe/Berlin','week':{'fri':[['22:00','24:00']],'sat':[['00:00','06:00']]}}",
    "2026-11-21T00:00:00+01:00", TRUE, "2026-11-21T00:00:00+01:00", "2026-11-21T00:00:00+01:00" },
  /* The gap of 29 March 2026 in Berlin: 02:30 is shifted to 03:30, and a span within it with it. */
  { "{'time-zone':'Europe/Berlin','week':{'sun':[['02:15','02:45']]}}", "2026-03-29T03:14:59+02:00",
    FALSE, "2026-03-29T03:15:00+02:00", "2026-03-22T02:45:00+01:00" },
  { "{'time-zone':'Europe/Berlin','week':{'sun':[['02:15','02:45']]}}", "2026-03-29T03:45:00+02:00",
    FALSE, "2026-04-05T02:15:00+02:00", "2026-03-29T03:45:00+02:00" },
  /* Repeated: 02:30 is the earlier one, at 00:30Z. */
  { "{'time-zone':'Europe/Berlin','week':{'sun':[['02:30','02:40']]}}", "2026-10-25T00:00:00Z",
    FALSE, "2026-10-25T02:30:00+02:00", "2026-10-18T02:40:00+02:00" },
  { "{'time-zone':'Europe/Berlin','week':{'sun':[['02:30','02:40']]}}", "2026-10-25T01:30:00Z",
    FALSE, "2026-11-01T02:30:00+01:00", "2026-10-25T02:40:00+02:00" },
  /* Lord Howe moves by half an hour. */
  { "{'time-zone':'Australia/Lord_Howe','week':{'sun':[['02:10','05:00']]}}",
    "2026-10-04T02:00:00+10:30", FALSE, "2026-10-04T02:40:00+11:00", "2026-09-27T05:00:00+10:30" },
  /* Samoa had no 30 December 2011: Friday's hours are one with Saturday's. */
  { "{'time-zone':'Pacific/Apia','week':{'fri':[['09:00','12:00']],'sat':[['10:00','13:00']]}}",
    "2011-12-29T23:59:59-10:00", FALSE, "2011-12-31T09:00:00+14:00", "2011-12-24T13:00:00-10:00" },
  /* In Newfoundland a minute after midnight became 23:01 of the day before: half past eleven of
   * that Saturday lies within what opened on Sunday. */
  { "{'time-zone':'America/St_Johns','week':{'sun':[['00:00','02:00']]}}",
    "2010-11-06T23:30:00-03:30", TRUE, "2010-11-06T23:30:00-03:30", "2010-11-06T23:30:00-03:30" },
  { "{'time-zone':'America/St_Johns','week':{'sun':[['00:00','02:00']]}}",
    "2010-11-07T02:00:00-03:30", FALSE, "2010-11-14T00:00:00-03:30", "2010-11-07T02:00:00-03:30" },
  /* Open all the time but for one holiday. */
  { "{'time-zone':'UTC','week':{'mon':[['00:00','24:00']],'tue':[['00:00','24:00']],'wed':[['00:00','24:00']],"
    "'thu':[['00:00','24:00']],'fri':[['00:00','24:00']],'sat':[['00:00','24:00']],'sun':[['00:00','24:00']]},"
    "'holidays':[{'every':'12-25'}]}",
    "2026-12-25T12:00:00Z", FALSE, "2026-12-26T00:00:00+00:00", "2026-12-25T00:00:00+00:00" },
  /* Midnight itself did not exist in Sao Paulo on 4 November 2018. */
  { "{'time-zone':'America/Sao_Paulo','week':{'sun':[['00:00','00:30'],['02:00','03:00']]}}",
    "2018-11-03T23:00:00-03:00", FALSE, "2018-11-04T01:00:00-02:00", "2018-10-28T03:00:00-03:00" },
};

static void
test_instants (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autoptr (WfWorkingHours) hours = wf_test_hours (instants[i].calendar);
      WfInstant at = wf_test_instant (instants[i].at);
      g_autofree char *next = wf_test_instant_text (wf_working_hours_next_open (hours, at), hours);
      g_autofree char *previous =
          wf_test_instant_text (wf_working_hours_previous_close (hours, at), hours);

      g_test_message ("%s in %s", instants[i].at, instants[i].calendar);
      g_assert_cmpint (wf_working_hours_is_open (hours, at), ==, instants[i].open);
      g_assert_cmpstr (next, ==, instants[i].next_open);
      g_assert_cmpstr (previous, ==, instants[i].previous_close);
    }
}

static const struct
{
  const char *at, *name;
} holidays[] = {
  { "2026-10-12T00:00:00-03:00", "Nossa Senhora Aparecida" },
  { "2026-10-12T23:59:59-03:00", "Nossa Senhora Aparecida" },
  { "2026-10-11T23:59:59-03:00", NULL },
  { "2026-10-13T00:00:00-03:00", NULL },
  { "2027-10-12T12:00:00-03:00", NULL },
  { "2026-12-25T12:00:00-03:00", "Natal" },
  { "2050-12-25T12:00:00-03:00", "Natal" },
  { "2028-02-29T12:00:00-03:00", "Leap" },
  { "2027-03-01T12:00:00-03:00", NULL },
  { "2027-02-28T12:00:00-03:00", NULL },
  { "2026-05-01T12:00:00-03:00", "Holiday" },
};

static void
test_holidays (void)
{
  g_autoptr (WfWorkingHours) hours = wf_test_hours (
      "{'time-zone':'America/Sao_Paulo','week':" WF_TEST_OFFICE_WEEK
      ",'holidays':[{'every':'02-29','name':'Leap'},"
      "{'every':'12-25','name':'Natal'},{'date':'2026-10-12','name':'Nossa Senhora Aparecida'},{'date':'2026-05-01'}]}");

  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    {
      WfInstant at = wf_test_instant (holidays[i].at);

      g_assert_cmpstr (wf_working_hours_get_holiday (hours, at), ==, holidays[i].name);
      if (holidays[i].name != NULL)
        g_assert_false (wf_working_hours_is_open (hours, at));
    }
}

/* A calendar whose holidays leave nothing open must give up, not search for ever. */
static void
test_never_open (void)
{
  GString *text = g_string_new ("{'time-zone':'UTC','week':" WF_TEST_OFFICE_WEEK ",'holidays':[");
  g_autofree char *json = NULL;
  g_autoptr (WfWorkingHours) hours = NULL;
  WfInstant at = wf_test_instant ("2026-11-20T12:00:00Z");

  for (int month = 1; month <= 12; month++)
    {
      for (int day = 1; day <= wf_civil_date_get_month_length (2028, month); day++)
        g_string_append_printf (text, "%s{'every':'%02d-%02d'}", month + day == 2 ? "" : ",", month,
                                day);
    }
  g_string_append (text, "]}");
  json = g_string_free_and_steal (text);
  hours = wf_test_hours (json);
  g_assert_cmpint (wf_working_hours_next_open (hours, at), ==, WF_INSTANT_NONE);
  g_assert_cmpint (wf_working_hours_previous_close (hours, at), ==, WF_INSTANT_NONE);
  g_assert_false (wf_working_hours_is_open (hours, at));
}

static void
test_spans (void)
{
  g_autoptr (WfWorkingHours) hours = wf_test_hours (WF_TEST_OFFICE);
  WfInstant from = wf_test_instant ("2026-11-20T17:00:00-03:00"),
            until = wf_test_instant ("2026-11-23T14:00:00-03:00");
  g_autoptr (GArray) spans = wf_working_hours_get_spans (hours, from, until);
  const char *const expected[] = { "2026-11-20T17:00:00-03:00", "2026-11-20T18:00:00-03:00",
                                   "2026-11-23T09:00:00-03:00", "2026-11-23T12:00:00-03:00",
                                   "2026-11-23T13:00:00-03:00", "2026-11-23T14:00:00-03:00" };

  g_assert_cmpuint (spans->len, ==, 3);
  for (guint i = 0; i < spans->len; i++)
    {
      WfOpenSpan span = g_array_index (spans, WfOpenSpan, i);

      g_assert_cmpint (span.open, ==, wf_test_instant (expected[2 * i]));
      g_assert_cmpint (span.close, ==, wf_test_instant (expected[2 * i + 1]));
    }
  g_assert_cmpint (wf_working_hours_open_time_between (hours, from, until), ==, 5 * HOUR);
  g_assert_cmpint (wf_working_hours_open_time_between (hours, until, from), ==, 0);
  g_assert_cmpint (wf_working_hours_open_time_between (hours, from, from), ==, 0);
}

/* Open time is what really passes: a night shift over the change to winter is an hour longer, to
 * summer an hour shorter. */
static void
test_spans_over_clock_change (void)
{
  g_autoptr (WfWorkingHours) hours = wf_test_hours (
      "{'time-zone':'Europe/Berlin','week':{'sat':[['22:00','24:00']],'sun':[['00:00','06:00']]}}");
  const struct
  {
    const char *from, *until;
    gint64 hours;
  } nights[] = {
    { "2026-03-21T12:00:00+01:00", "2026-03-22T12:00:00+01:00", 8 },
    { "2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00", 7 },
    { "2026-10-24T12:00:00+02:00", "2026-10-25T12:00:00+01:00", 9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (nights); i++)
    {
      WfInstant from = wf_test_instant (nights[i].from), until = wf_test_instant (nights[i].until);
      g_autoptr (GArray) spans = wf_working_hours_get_spans (hours, from, until);

      g_assert_cmpuint (spans->len, ==, 1); /* joined at midnight */
      g_assert_cmpint (wf_working_hours_open_time_between (hours, from, until), ==,
                       nights[i].hours * HOUR);
    }
}

/* Days as numbers agree with GDate all the way. */
static void
test_civil_dates (void)
{
  GDate date;

  g_date_clear (&date, 1);
  for (gint64 day = WF_CIVIL_FIRST_DAY; day <= WF_CIVIL_LAST_DAY; day += 17)
    {
      WfCivilDate civil = wf_civil_date_from_day (day);

      g_date_set_julian (&date, (guint32) (day + 719163));
      g_assert_cmpint (civil.year, ==, g_date_get_year (&date));
      g_assert_cmpint (civil.month, ==, g_date_get_month (&date));
      g_assert_cmpint (civil.day, ==, g_date_get_day (&date));
      g_assert_cmpint (wf_civil_date_get_weekday (day) + 1, ==, g_date_get_weekday (&date));
      g_assert_cmpint (wf_civil_date_to_day (civil), ==, day);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/working-hours/problems", test_problems);
  g_test_add_func ("/working-hours/all-problems", test_all_problems);
  g_test_add_func ("/working-hours/missing", test_missing);
  g_test_add_func ("/working-hours/round-trip", test_round_trip);
  g_test_add_func ("/working-hours/touching", test_touching);
  g_test_add_func ("/working-hours/always-open-with-zone", test_always_open_with_zone);
  g_test_add_func ("/working-hours/instants", test_instants);
  g_test_add_func ("/working-hours/holidays", test_holidays);
  g_test_add_func ("/working-hours/never-open", test_never_open);
  g_test_add_func ("/working-hours/spans", test_spans);
  g_test_add_func ("/working-hours/spans-over-clock-change", test_spans_over_clock_change);
  g_test_add_func ("/working-hours/civil-dates", test_civil_dates);
  return g_test_run ();
}
