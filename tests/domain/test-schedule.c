/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules (R127): what is read, when it is time (S4, S21), and the words for it. */
#include "wf-civil-date.h"
#include "wf-schedule.h"
#include "wf-test-calendar.h"

#include <locale.h>
#include <string.h>

#define SAO_PAULO WF_TEST_OFFICE
#define WITH_HOLIDAYS                                                                              \
  "{'time-zone':'America/Sao_Paulo','week':" WF_TEST_OFFICE_WEEK                                   \
  ",'holidays':[{'date':'2026-10-12','name':'Padroeira'},{'every':'12-25','name':'Natal'},"        \
  "{'every':'01-01','name':'Ano-novo'}]}"
#define BERLIN "{'time-zone':'Europe/Berlin','week':" WF_TEST_OFFICE_WEEK "}"
#define LORD_HOWE "{'time-zone':'Australia/Lord_Howe','week':" WF_TEST_OFFICE_WEEK "}"

static WfSchedule *
read_schedule (const char *json, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_test_document (json);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);

  return wf_schedule_read (&cursor);
}

static WfSchedule *
make_schedule (const char *json)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfSchedule *self = read_schedule (json, problems);

  g_test_message ("%s", json);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_nonnull (self);
  return self;
}

static const struct
{
  const char *json, *hours;
  const char *start; /* nullable */
  const char *after;
  const char *expected[5]; /* one after the other; the rest is not asked for */
} sequences[] = {
  { "{'every':'day','at':'09:00'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T08:00:00-03:00",
    { "2026-11-20T09:00:00-03:00", "2026-11-21T09:00:00-03:00", "2026-11-22T09:00:00-03:00" } },
  /* The instant itself is not later than itself. */
  { "{'every':'day','at':'09:00'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T09:00:00-03:00",
    { "2026-11-21T09:00:00-03:00" } },
  { "{'every':'day','interval':3,'at':'00:00'}",
    SAO_PAULO,
    "2026-11-20T15:00:00-03:00",
    "2026-11-20T15:00:00-03:00",
    { "2026-11-23T00:00:00-03:00", "2026-11-26T00:00:00-03:00" } },
  { "{'every':'week','on':['thu','mon'],'at':'09:00'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T09:00:00-03:00",
    { "2026-11-23T09:00:00-03:00", "2026-11-26T09:00:00-03:00", "2026-11-30T09:00:00-03:00" } },
  /* Every other week counts from the week of the start: Friday's. */
  { "{'every':'week','interval':2,'on':['mon','fri'],'at':'09:00'}",
    SAO_PAULO,
    "2026-11-19T12:00:00-03:00",
    "2026-11-19T12:00:00-03:00",
    { "2026-11-20T09:00:00-03:00", "2026-11-30T09:00:00-03:00", "2026-12-04T09:00:00-03:00",
      "2026-12-14T09:00:00-03:00" } },
  /* S4: the last day where there is no 31st, and no drift. */
  { "{'every':'month','day':31,'at':'10:00'}",
    SAO_PAULO,
    NULL,
    "2027-01-31T10:00:00-03:00",
    { "2027-02-28T10:00:00-03:00", "2027-03-31T10:00:00-03:00", "2027-04-30T10:00:00-03:00",
      "2027-05-31T10:00:00-03:00" } },
  { "{'every':'month','day':31,'at':'10:00'}",
    SAO_PAULO,
    NULL,
    "2028-02-01T10:00:00-03:00",
    { "2028-02-29T10:00:00-03:00" } },
  { "{'every':'month','interval':3,'at':'10:00'}",
    SAO_PAULO,
    "2026-11-20T09:00:00-03:00",
    "2026-11-20T09:00:00-03:00",
    { "2027-02-01T10:00:00-03:00", "2027-05-01T10:00:00-03:00" } },
  { "{'every':'year','month':2,'day':29,'at':'10:00'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T09:00:00-03:00",
    { "2027-02-28T10:00:00-03:00", "2028-02-29T10:00:00-03:00", "2029-02-28T10:00:00-03:00" } },
  { "{'every':'year','interval':10,'month':12,'day':31,'at':'23:59'}",
    SAO_PAULO,
    "2026-01-01T00:00:00-03:00",
    "2026-12-31T23:59:00-03:00",
    { "2036-12-31T23:59:00-03:00" } },
  /* Saturday, Sunday and the holiday of Monday 12 October move to Tuesday, which comes once. */
  { "{'every':'day','at':'09:00','working-days':true}",
    WITH_HOLIDAYS,
    NULL,
    "2026-10-09T09:00:00-03:00",
    { "2026-10-13T09:00:00-03:00", "2026-10-14T09:00:00-03:00" } },
  { "{'every':'month','day':1,'at':'09:00','working-days':true}",
    WITH_HOLIDAYS,
    NULL,
    "2026-10-31T09:00:00-03:00",
    { "2026-11-02T09:00:00-03:00", "2026-12-01T09:00:00-03:00", "2027-01-04T09:00:00-03:00" } },
  /* Asked on the Monday to which Sunday's was moved. */
  { "{'every':'week','on':['sun'],'at':'09:00','working-days':true}",
    SAO_PAULO,
    NULL,
    "2026-11-23T08:00:00-03:00",
    { "2026-11-23T09:00:00-03:00", "2026-11-30T09:00:00-03:00" } },
  /* S21: 02:30 does not exist on 29 March 2026, and comes twice on 25 October. */
  { "{'every':'day','at':'02:30'}",
    BERLIN,
    NULL,
    "2026-03-28T02:30:00+01:00",
    { "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00" } },
  { "{'every':'day','at':'02:30'}",
    BERLIN,
    NULL,
    "2026-10-24T02:30:00+02:00",
    { "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00" } },
  { "{'every':'day','at':'02:30'}",
    BERLIN,
    NULL,
    "2026-10-25T02:15:00+01:00",
    { "2026-10-26T02:30:00+01:00" } },
  { "{'cron':'30 * * * *'}",
    BERLIN,
    NULL,
    "2026-03-29T01:00:00+01:00",
    { "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00" } },
  /* Wall times in the gap are shifted behind wall times that exist: still in order. */
  { "{'cron':'0,50 2-3 * * *'}",
    BERLIN,
    NULL,
    "2026-03-28T12:00:00+01:00",
    { "2026-03-29T03:00:00+02:00", "2026-03-29T03:50:00+02:00", "2026-03-30T02:00:00+02:00" } },
  { "{'cron':'50 2 29 3 *'}",
    BERLIN,
    NULL,
    "2026-03-29T03:10:00+02:00",
    { "2026-03-29T03:50:00+02:00", "2027-03-29T02:50:00+02:00" } },
  { "{'cron':'*/30 2 * * *'}",
    BERLIN,
    NULL,
    "2026-10-25T00:00:00+02:00",
    { "2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:00:00+01:00" } },
  { "{'cron':'30 8 * * 1-5'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T08:30:00-03:00",
    { "2026-11-23T08:30:00-03:00", "2026-11-24T08:30:00-03:00" } },
  /* Both kinds of days: either one. */
  { "{'cron':'0 12 13 * fri'}",
    SAO_PAULO,
    NULL,
    "2026-11-10T00:00:00-03:00",
    { "2026-11-13T12:00:00-03:00", "2026-11-20T12:00:00-03:00", "2026-11-27T12:00:00-03:00",
      "2026-12-04T12:00:00-03:00", "2026-12-11T12:00:00-03:00" } },
  { "{'cron':'0 12 13 * fri'}",
    SAO_PAULO,
    NULL,
    "2026-12-11T12:00:00-03:00",
    { "2026-12-13T12:00:00-03:00" } },
  /* A field that begins with a star restricts nothing, and so both must match. */
  { "{'cron':'0 12 */2 * fri'}",
    SAO_PAULO,
    NULL,
    "2026-11-10T00:00:00-03:00",
    { "2026-11-13T12:00:00-03:00", "2026-11-27T12:00:00-03:00" } },
  { "{'cron':'0 12 * * 7'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T00:00:00-03:00",
    { "2026-11-22T12:00:00-03:00" } },
  { "{'cron':'0 12 * * 0'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T00:00:00-03:00",
    { "2026-11-22T12:00:00-03:00" } },
  { "{'cron':'0 12 * * 5-7'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T13:00:00-03:00",
    { "2026-11-21T12:00:00-03:00", "2026-11-22T12:00:00-03:00", "2026-11-27T12:00:00-03:00" } },
  { "{'cron':'0 0 29 2 *'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T00:00:00-03:00",
    { "2028-02-29T00:00:00-03:00", "2032-02-29T00:00:00-03:00" } },
  { "{'cron':'0 0 31 * *'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T00:00:00-03:00",
    { "2026-12-31T00:00:00-03:00", "2027-01-31T00:00:00-03:00", "2027-03-31T00:00:00-03:00" } },
  { "{'cron':'0 0 1 JAN,Jul *'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T00:00:00-03:00",
    { "2027-01-01T00:00:00-03:00", "2027-07-01T00:00:00-03:00" } },
  { "{'cron':' 5/20  22-23/1\\t* *  * '}",
    SAO_PAULO,
    NULL,
    "2026-11-20T22:30:00-03:00",
    { "2026-11-20T22:45:00-03:00", "2026-11-20T23:05:00-03:00", "2026-11-20T23:25:00-03:00" } },
  { "{'cron':'@hourly'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T22:30:00-03:00",
    { "2026-11-20T23:00:00-03:00", "2026-11-21T00:00:00-03:00" } },
  { "{'cron':'@daily'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T22:30:00-03:00",
    { "2026-11-21T00:00:00-03:00", "2026-11-22T00:00:00-03:00" } },
  { "{'cron':'@weekly'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T22:30:00-03:00",
    { "2026-11-22T00:00:00-03:00", "2026-11-29T00:00:00-03:00" } },
  { "{'cron':'@monthly'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T22:30:00-03:00",
    { "2026-12-01T00:00:00-03:00", "2027-01-01T00:00:00-03:00" } },
  { "{'cron':'@YEARLY'}",
    SAO_PAULO,
    NULL,
    "2026-11-20T22:30:00-03:00",
    { "2027-01-01T00:00:00-03:00", "2028-01-01T00:00:00-03:00" } },
  { "{'cron':'30 2 30 2 *'}", SAO_PAULO, NULL, "2026-11-20T00:00:00-03:00", { "none" } },
};

static void
test_next (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sequences); i++)
    {
      g_autoptr (WfSchedule) schedule = make_schedule (sequences[i].json);
      g_autoptr (WfWorkingHours) hours = wf_test_hours (sequences[i].hours);
      WfInstant at = wf_test_instant (sequences[i].after);
      WfInstant start = wf_test_instant (sequences[i].start);

      for (guint j = 0; j < G_N_ELEMENTS (sequences[i].expected); j++)
        {
          g_autofree char *text = NULL;

          if (sequences[i].expected[j] == NULL)
            break;
          at = wf_schedule_next (schedule, at, start, hours);
          text = wf_test_instant_text (at, hours);
          g_assert_cmpstr (text, ==, sequences[i].expected[j]);
        }
    }
}

static void
test_next_without_end (void)
{
  g_autoptr (WfWorkingHours) hours = wf_test_hours (SAO_PAULO);
  g_autoptr (WfSchedule) schedule = make_schedule ("{'cron':'* * * * *'}");
  g_autoptr (WfSchedule) date = make_schedule ("{'date':'lead.custom.renewal'}");
  WfInstant now = wf_test_instant ("2026-11-20T00:00:00-03:00");

  g_assert_cmpint (wf_schedule_next (schedule, WF_INSTANT_NONE, now, hours), ==, WF_INSTANT_NONE);
  g_assert_cmpint (wf_schedule_next (schedule, G_MAXINT64, now, hours), ==, WF_INSTANT_NONE);
  g_assert_cmpint (wf_schedule_next (date, now, now, hours), ==, WF_INSTANT_NONE);
  g_assert_cmpint (wf_schedule_next_for_date (schedule, "2026-12-24", now, hours), ==,
                   WF_INSTANT_NONE);
}

/* Without working hours every day is a working day. */
static void
test_always_open (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");
  g_autoptr (WfWorkingHours) hours = wf_working_hours_new_always_open (zone);
  g_autoptr (WfSchedule) schedule =
      make_schedule ("{'every':'day','at':'09:00','working-days':true}");
  WfInstant at = wf_test_instant ("2026-11-20T10:00:00-03:00");
  g_autofree char *text = NULL;

  at = wf_schedule_next (schedule, at, at, hours);
  text = wf_test_instant_text (at, hours);
  g_assert_cmpstr (text, ==, "2026-11-21T09:00:00-03:00");
}

static const struct
{
  const char *json, *date, *after, *expected;
} dates[] = {
  { "{'date':'d','at':'09:00'}", "2026-12-24", "2026-11-20T00:00:00Z",
    "2026-12-24T09:00:00-03:00" },
  { "{'date':'d'}", "2026-12-24", "2026-11-20T00:00:00Z", "2026-12-24T00:00:00-03:00" },
  { "{'date':'d'}", "2026-12-24T15:30:00-03:00", "2026-11-20T00:00:00Z",
    "2026-12-24T15:30:00-03:00" },
  { "{'date':'d','at':'09:00'}", "2026-12-24T15:30:00-03:00", "2026-11-20T00:00:00Z",
    "2026-12-24T09:00:00-03:00" },
  /* The day is that of the office: 01:00 in London is still the evening before. */
  { "{'date':'d','at':'09:00'}", "2026-12-24T01:00:00Z", "2026-11-20T00:00:00Z",
    "2026-12-23T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','offset':{'amount':3,'unit':'days'},'direction':'before'}",
    "2026-12-24", "2026-11-20T00:00:00Z", "2026-12-21T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','offset':{'amount':2,'unit':'weeks'},'direction':'after'}",
    "2026-12-24", "2026-11-20T00:00:00Z", "2027-01-07T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','offset':{'amount':1,'unit':'months'},'direction':'before'}",
    "2027-03-31", "2026-11-20T00:00:00Z", "2027-02-28T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','offset':{'amount':90,'unit':'minutes'}}", "2026-12-24",
    "2026-11-20T00:00:00Z", "2026-12-24T07:30:00-03:00" },
  { "{'date':'d','offset':{'amount':2,'unit':'hours'},'direction':'after'}",
    "2026-12-24T15:30:00-03:00", "2026-11-20T00:00:00Z", "2026-12-24T17:30:00-03:00" },
  /* Past, or no date at all. */
  { "{'date':'d','at':'09:00'}", "2026-11-19", "2026-11-20T00:00:00Z", "none" },
  { "{'date':'d','at':'09:00'}", "2026-12-24", "2026-12-24T12:00:00Z", "none" },
  { "{'date':'d','at':'09:00'}", "2026-02-30", "2026-11-20T00:00:00Z", "none" },
  { "{'date':'d','at':'09:00'}", "Christmas", "2026-11-20T00:00:00Z", "none" },
  { "{'date':'d','at':'09:00'}", "", "2026-11-20T00:00:00Z", "none" },
  { "{'date':'d','at':'09:00'}", NULL, "2026-11-20T00:00:00Z", "none" },
  { "{'date':'d','offset':{'amount':1000000,'unit':'months'},'direction':'after'}", "2026-12-24",
    "2026-11-20T00:00:00Z", "none" },
  { "{'date':'d','offset':{'amount':1000000,'unit':'months'},'direction':'before','yearly':true}",
    "2026-12-24", "2026-11-20T00:00:00Z", "none" },
  /* Every year: birthdays, and never before the date itself. */
  { "{'date':'d','at':'09:00','yearly':true}", "1980-12-24", "2026-11-20T00:00:00Z",
    "2026-12-24T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','yearly':true}", "1980-12-24", "2026-12-24T12:00:00Z",
    "2027-12-24T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','yearly':true}", "2030-12-24", "2026-11-20T00:00:00Z",
    "2030-12-24T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','yearly':true}", "1980-02-29", "2026-11-20T00:00:00Z",
    "2027-02-28T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','yearly':true}", "1980-02-29", "2027-11-20T00:00:00Z",
    "2028-02-29T09:00:00-03:00" },
  { "{'date':'d','at':'09:00','yearly':true,'offset':{'amount':7,'unit':'days'}}", "1980-01-03",
    "2026-11-20T00:00:00Z", "2026-12-27T09:00:00-03:00" },
};

static void
test_dates (void)
{
  g_autoptr (WfWorkingHours) hours = wf_test_hours (SAO_PAULO);

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (WfSchedule) schedule = make_schedule (dates[i].json);
      WfInstant at = wf_schedule_next_for_date (schedule, dates[i].date,
                                                wf_test_instant (dates[i].after), hours);
      g_autofree char *text = wf_test_instant_text (at, hours);

      g_assert_cmpstr (wf_schedule_get_date_field (schedule), ==, "d");
      g_assert_cmpstr (text, ==, dates[i].expected);
    }
}

static const struct
{
  const char *json, *path, *code;
  const char *part; /* of the reason; nullable */
} mistakes[] = {
  { "[]", "", "wrong-type", NULL },
  { "{}", "", "schedule-kind", NULL },
  { "{'every':'day','at':'09:00','cron':'@daily'}", "", "schedule-kind", NULL },
  { "{'every':'hour','at':'09:00'}", "/every", "unknown-value", NULL },
  { "{'every':'day'}", "/at", "missing", NULL },
  { "{'every':'day','at':'9:00'}", "/at", "bad-time-of-day", "9:00" },
  { "{'every':'day','at':'24:00'}", "/at", "bad-time-of-day", NULL },
  { "{'every':'day','at':'09:60'}", "/at", "bad-time-of-day", NULL },
  { "{'every':'day','at':900}", "/at", "wrong-type", NULL },
  { "{'every':'day','at':'09:00','interval':0}", "/interval", "out-of-range", NULL },
  { "{'every':'day','at':'09:00','interval':3651}", "/interval", "out-of-range", NULL },
  { "{'every':'year','at':'09:00','interval':11}", "/interval", "out-of-range", NULL },
  { "{'every':'day','at':'09:00','interval':'2'}", "/interval", "wrong-type", NULL },
  { "{'every':'day','at':'09:00','working-days':1}", "/working-days", "wrong-type", NULL },
  { "{'every':'week','at':'09:00'}", "/on", "missing", NULL },
  { "{'every':'week','at':'09:00','on':[]}", "/on", "no-weekday", NULL },
  { "{'every':'week','at':'09:00','on':['mon','funday']}", "/on/1", "unknown-value", NULL },
  { "{'every':'month','at':'09:00','day':32}", "/day", "out-of-range", NULL },
  { "{'every':'month','at':'09:00','day':0}", "/day", "out-of-range", NULL },
  { "{'every':'year','at':'09:00','month':13}", "/month", "out-of-range", NULL },
  { "{'cron':5}", "/cron", "wrong-type", NULL },
  { "{'cron':''}", "/cron", "bad-cron", "character 1" },
  { "{'cron':'* * * *'}", "/cron", "bad-cron", "character 8" },
  { "{'cron':'* * * * * *'}", "/cron", "bad-cron", "character 11" },
  { "{'cron':'60 * * * *'}", "/cron", "bad-cron", "character 1: “60”" },
  { "{'cron':'0 24 * * *'}", "/cron", "bad-cron", "character 3: “24”" },
  { "{'cron':'0 0 0 * *'}", "/cron", "bad-cron", "character 5: “0”" },
  { "{'cron':'0 0 1 13 *'}", "/cron", "bad-cron", "character 7: “13”" },
  { "{'cron':'0 0 1 foo *'}", "/cron", "bad-cron", "character 7: “foo”" },
  { "{'cron':'0 0 * * 8'}", "/cron", "bad-cron", "character 9: “8”" },
  { "{'cron':'0 0 * * mond'}", "/cron", "bad-cron", "“mond”" },
  { "{'cron':'0 0 * * ção'}", "/cron", "bad-cron", "character 9: “ção”" },
  { "{'cron':'0,,5 0 * * *'}", "/cron", "bad-cron", "character 3" },
  { "{'cron':'5- 0 * * *'}", "/cron", "bad-cron", "character 3" },
  { "{'cron':'30-10 0 * * *'}", "/cron", "bad-cron", "character 1" },
  { "{'cron':'*/0 0 * * *'}", "/cron", "bad-cron", "character 3" },
  { "{'cron':'*/ 0 * * *'}", "/cron", "bad-cron", "character 3" },
  { "{'cron':'*5 0 * * *'}", "/cron", "bad-cron", "character 2" },
  { "{'cron':'-5 0 * * *'}", "/cron", "bad-cron", "character 1" },
  { "{'cron':'99999999999999999999 0 * * *'}", "/cron", "bad-cron", "character 1" },
  { "{'cron':' @fortnightly'}", "/cron", "bad-cron", "character 2" },
  { "{'date':''}", "/date", "missing", NULL },
  { "{'date':7}", "/date", "wrong-type", NULL },
  { "{'date':'d','direction':'beside'}", "/direction", "unknown-value", NULL },
  { "{'date':'d','offset':{'amount':0,'unit':'days'}}", "/offset/amount", "amount-out-of-range",
    NULL },
  { "{'date':'d','at':'noon'}", "/at", "bad-time-of-day", NULL },
  { "{'date':'d','yearly':'yes'}", "/yearly", "wrong-type", NULL },
};

static void
test_mistakes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfSchedule) schedule = read_schedule (mistakes[i].json, problems);
      const WfProblem *problem;

      g_test_message ("%s", mistakes[i].json);
      g_assert_null (schedule);
      g_assert_cmpuint (wf_problems_get_n (problems), ==, 1);
      problem = wf_problems_get (problems, 0);
      g_assert_cmpstr (problem->path, ==, mistakes[i].path);
      g_assert_cmpstr (problem->code, ==, mistakes[i].code);
      if (mistakes[i].part != NULL && strstr (problem->text, mistakes[i].part) == NULL)
        g_error ("“%s” is not in: %s", mistakes[i].part, problem->text);
    }
}

static void
test_round_trip (void)
{
  static const char json[] =
      "{\"every\":\"week\",\"colour\":\"red\",\"on\":[\"mon\"],\"at\":\"09:00\",\"cron \":1}";
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfSchedule) schedule = read_schedule (json, problems);
  g_autoptr (WfSchedule) same = wf_schedule_ref (schedule);
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  g_assert_cmpint (wf_schedule_get_kind (schedule), ==, WF_SCHEDULE_EVERY);
  g_assert_null (wf_schedule_get_date_field (schedule));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 2);
  g_assert_false (wf_problems_has_errors (problems));
  g_assert_cmpstr (wf_problems_get (problems, 0)->path, ==, "/colour");
  wf_schedule_write (schedule, writer, NULL);
  text = wf_json_writer_finish (writer, FALSE);
  g_assert_cmpstr (text, ==, json);
}

static const struct
{
  const char *json, *text;
} words[] = {
  { "{'every':'day','at':'09:00'}", "Every day at 09:00" },
  { "{'every':'day','interval':2,'at':'09:00'}", "Every 2 days at 09:00" },
  { "{'every':'day','at':'09:00','working-days':true}", "Every working day at 09:00" },
  { "{'every':'week','on':['mon','thu'],'at':'09:00'}", "Every Monday and Thursday at 09:00" },
  { "{'every':'week','on':['thu','mon','wed'],'at':'09:00'}",
    "Every Monday, Wednesday and Thursday at 09:00" },
  { "{'every':'week','on':['mon','tue','wed','thu','fri'],'at':'09:00'}",
    "Monday to Friday at 09:00" },
  { "{'every':'week','on':['mon','tue','wed','thu','fri','sat','sun'],'at':'09:00'}",
    "Every day at 09:00" },
  { "{'every':'week','interval':2,'on':['mon'],'at':'09:00'}", "Every 2 weeks, Monday, at 09:00" },
  { "{'every':'month','day':15,'at':'09:00'}", "On day 15 of every month at 09:00" },
  { "{'every':'month','day':31,'at':'09:00'}", "On the last day of every month at 09:00" },
  { "{'every':'month','day':31,'interval':3,'at':'09:00'}",
    "On the last day of every 3 months at 09:00" },
  { "{'every':'month','day':1,'at':'09:00','working-days':true}",
    "On day 1 of every month at 09:00, or on the next working day" },
  { "{'every':'month','day':1,'interval':3,'at':'09:00'}", "On day 1 of every 3 months at 09:00" },
  { "{'every':'year','month':12,'day':31,'at':'09:00'}", "Every year on 31 December at 09:00" },
  { "{'every':'year','month':2,'day':31,'at':'09:00'}", "Every year on 29 February at 09:00" },
  { "{'every':'year','interval':2,'at':'09:00'}", "Every 2 years on 1 January at 09:00" },
  { "{'cron':'30 8 * * 1-5'}", "At 08:30, Monday to Friday" },
  { "{'cron':'30 8,14 * * *'}", "At 08:30 and 14:30" },
  { "{'cron':'30 8 * * *'}", "Every day at 08:30" },
  { "{'cron':'@yearly'}", "Every year on 1 January at 00:00" },
  { "{'cron':'@monthly'}", "On day 1 of every month at 00:00" },
  { "{'cron':'@weekly'}", "At 00:00, Sunday" },
  { "{'cron':'@daily'}", "Every day at 00:00" },
  { "{'cron':'@hourly'}", "Every full hour" },
  { "{'cron':'15,45 * * * *'}", "Every hour at minute 15 and 45" },
  { "{'cron':'* * * * *'}", "Every minute" },
  { "{'cron':'*/15 * * * *'}", "Every 15 minutes" },
  { "{'cron':'*/15 8-18 * * mon-fri'}",
    "Every 15 minutes, in the hours 8 to 18, Monday to Friday" },
  { "{'cron':'*/5 8 * * *'}", "Every 5 minutes, in the hour 8" },
  { "{'cron':'0 12 13 * fri'}", "At 12:00, on day 13 of the month or Friday" },
  { "{'cron':'0 12 */10 * fri'}",
    "At 12:00, on the days 1, 11, 21 and 31 of the month if it is Friday" },
  { "{'cron':'0 12 1-7 1,7 *'}", "At 12:00, on the days 1 to 7 of the month, in January and July" },
  { "{'cron':'0 12 1-31 * fri'}", "At 12:00" },
  { "{'date':'lead.created','at':'09:00','offset':{'amount':3,'unit':'days'}}",
    "3 days before Lead’s creation at 09:00" },
  { "{'date':'lead.custom.renewal','at':'09:00','offset':{'amount':3,'unit':'days'},"
    "'direction':'after'}",
    "3 days after renewal at 09:00" },
  { "{'date':'lead.custom.renewal'}", "On renewal" },
  { "{'date':'lead.custom.birthday','at':'09:00','yearly':true}",
    "On birthday at 09:00, every year" },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (WfSchedule) schedule = make_schedule (words[i].json);
      g_autofree char *text = wf_schedule_to_text (schedule);

      g_assert_cmpstr (text, ==, words[i].text);
    }
}

/* A property: the same as asking minute by minute.
 *
 * The search here goes over instants and asks GDateTime for the wall time of each. It is time when
 * the wall time is one that is meant, unless it comes for the second time; and when the wall time
 * that a gap left out, and by which the clock was put on, is one that is meant. */
typedef struct
{
  GTimeZone *zone;
  gboolean every; /* else cron */
  guint64 minutes, hours, days, months, weekdays;
  gboolean star_day, star_weekday, working_days;
  int interval;
  gint64 start_day;
} Naive;

typedef struct
{
  gint64 day; /* since 1970-01-01 */
  int minute; /* of the day */
} Wall;

static gboolean
is_naive_open (gint64 day)
{
  WfCivilDate date = wf_civil_date_from_day (day);

  return wf_civil_date_get_weekday (day) < 5 && !(date.month == 12 && date.day == 25) &&
         !(date.month == 1 && date.day == 1) &&
         !(date.year == 2026 && date.month == 10 && date.day == 12);
}

static gboolean
has_naive_nominal_day (const Naive *naive, gint64 day)
{
  WfCivilDate date = wf_civil_date_from_day (day);
  gboolean has_day = (naive->days >> date.day & 1) != 0;
  gboolean has_weekday = (naive->weekdays >> wf_civil_date_get_weekday (day) & 1) != 0;

  if (naive->every)
    return (day - naive->start_day) % naive->interval == 0;
  if ((naive->months >> date.month & 1) == 0)
    return FALSE;
  return naive->star_day || naive->star_weekday ? has_day && has_weekday : has_day || has_weekday;
}

static gboolean
has_naive_day (const Naive *naive, gint64 day)
{
  if (!naive->working_days)
    return has_naive_nominal_day (naive, day);
  if (!is_naive_open (day))
    return FALSE;
  for (; !has_naive_nominal_day (naive, day); day--)
    if (is_naive_open (day - 1))
      return FALSE;
  return TRUE;
}

static gboolean
is_meant (const Naive *naive, gint64 wall_minutes)
{
  gint64 day = wf_floor_divide (wall_minutes, 24 * 60);
  int minute = (int) (wall_minutes - day * 24 * 60);

  return (naive->hours >> (minute / 60) & 1) != 0 && (naive->minutes >> (minute % 60) & 1) != 0 &&
         has_naive_day (naive, day);
}

/* Minutes. */
static gint64
get_offset (const Naive *naive, gint64 minute)
{
  int interval = g_time_zone_find_interval (naive->zone, G_TIME_TYPE_UNIVERSAL, minute * 60);

  return g_time_zone_get_offset (naive->zone, interval) / 60;
}

static gboolean
is_time (const Naive *naive, gint64 minute)
{
  gint64 offset = get_offset (naive, minute), change = offset - get_offset (naive, minute - 180);

  if (change < 0 && get_offset (naive, minute + change) == offset - change)
    return FALSE; /* for the second time */
  if (is_meant (naive, minute + offset))
    return TRUE;
  return change > 0 && get_offset (naive, minute - change) == offset - change &&
         is_meant (naive, minute + offset - change);
}

static gint64
find_naive_next (const Naive *naive, gint64 after, gint64 last)
{
  for (gint64 minute = after + 1; minute <= last; minute++)
    if (is_time (naive, minute))
      return minute;
  return -1;
}

/* A field of one to three elements, and its values. */
static char *
make_field (int least, int most, guint64 *mask, gboolean *star)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int n = g_test_rand_int_range (1, 4);

  *mask = 0;
  *star = g_test_rand_int_range (0, 3) == 0;
  if (*star)
    {
      int step = g_test_rand_int_range (1, 4);

      for (int value = least; value <= most; value += step)
        *mask |= G_GUINT64_CONSTANT (1) << value;
      return step == 1 ? g_strdup ("*") : g_strdup_printf ("*/%d", step);
    }
  for (int i = 0; i < n; i++)
    {
      int first = g_test_rand_int_range (least, most + 1);
      int last = g_test_rand_int_range (first, most + 1);
      int step = g_test_rand_int_range (1, 5);

      g_string_append_printf (text, "%s%d-%d/%d", i > 0 ? "," : "", first, last, step);
      for (int value = first; value <= last; value += step)
        *mask |= G_GUINT64_CONSTANT (1) << value;
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
make_random_cron (Naive *naive)
{
  guint64 weekdays;
  gboolean star;
  g_autofree char *minutes = make_field (0, 59, &naive->minutes, &star);
  g_autofree char *hours = make_field (0, 23, &naive->hours, &star);
  g_autofree char *days = make_field (1, 31, &naive->days, &naive->star_day);
  g_autofree char *months = make_field (1, 12, &naive->months, &star);
  g_autofree char *names = make_field (0, 7, &weekdays, &naive->star_weekday);

  naive->every = FALSE;
  naive->working_days = FALSE;
  naive->weekdays = (weekdays >> 1 & 0x7f) | (weekdays & 1) << 6;
  return g_strdup_printf ("{'cron':'%s %s %s %s %s'}", minutes, hours, days, months, names);
}

static char *
make_random_every (Naive *naive)
{
  int minute = g_test_rand_int_range (0, 24 * 60);

  naive->every = TRUE;
  naive->working_days = g_test_rand_bit ();
  naive->interval = g_test_rand_int_range (1, 12);
  naive->minutes = G_GUINT64_CONSTANT (1) << minute % 60;
  naive->hours = G_GUINT64_CONSTANT (1) << minute / 60;
  return g_strdup_printf ("{'every':'day','interval':%d,'at':'%02d:%02d','working-days':%s}",
                          naive->interval, minute / 60, minute % 60,
                          naive->working_days ? "true" : "false");
}

static const struct
{
  const char *zone, *around;
} changes[] = {
  { "Europe/Berlin", "2026-03-29T01:00:00Z" },
  { "Europe/Berlin", "2026-10-25T01:00:00Z" },
  { "Australia/Lord_Howe", "2026-04-04T15:00:00Z" }, /* by half an hour */
  { "Australia/Lord_Howe", "2026-10-03T15:30:00Z" },
  { "America/Sao_Paulo", "2018-11-04T03:00:00Z" }, /* at midnight */
  { "America/Sao_Paulo", "2018-02-18T02:00:00Z" },
  { "America/Sao_Paulo", "2026-10-10T12:00:00Z" }, /* holiday */
  { "America/Sao_Paulo", "2026-12-30T12:00:00Z" },
};

static void
check_random (guint i)
{
  g_autofree char *week =
      g_strdup_printf ("{'time-zone':'%s','week':" WF_TEST_OFFICE_WEEK
                       ",'holidays':[{'date':'2026-10-12','name':'P'},{'every':'12-25','name':'N'},"
                       "{'every':'01-01','name':'A'}]}",
                       changes[i].zone);
  g_autoptr (WfWorkingHours) hours = wf_test_hours (week);
  gint64 after = wf_test_instant (changes[i].around) / G_TIME_SPAN_MINUTE +
                 g_test_rand_int_range (-2 * 24 * 60, 24 * 60);
  gint64 last = after + 15 * 24 * 60, expected;
  Naive naive = { .zone = wf_working_hours_get_zone (hours) };
  g_autofree char *json = g_test_rand_bit () ? make_random_cron (&naive)
                                             : make_random_every (&naive);
  g_autoptr (WfSchedule) schedule = make_schedule (json);

  naive.start_day = wf_floor_divide (after + get_offset (&naive, after), 24 * 60);
  for (guint n = 0; n < 6; n++)
    {
      WfInstant found = wf_schedule_next (
          schedule, after * G_TIME_SPAN_MINUTE,
          naive.start_day * 24 * 60 * G_TIME_SPAN_MINUTE + 12 * G_TIME_SPAN_HOUR, hours);

      expected = find_naive_next (&naive, after, last);
      if (expected < 0)
        {
          g_assert_true (found == WF_INSTANT_NONE || found > last * G_TIME_SPAN_MINUTE);
          return;
        }
      g_assert_cmpint (found, ==, expected * G_TIME_SPAN_MINUTE);
      after = expected;
    }
}

static void
test_property (void)
{
  guint rounds = g_test_thorough () ? 200 : 25;

  for (guint round = 0; round < rounds; round++)
    for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
      check_random (i);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/next", test_next);
  g_test_add_func ("/schedule/next-without-end", test_next_without_end);
  g_test_add_func ("/schedule/always-open", test_always_open);
  g_test_add_func ("/schedule/dates", test_dates);
  g_test_add_func ("/schedule/mistakes", test_mistakes);
  g_test_add_func ("/schedule/round-trip", test_round_trip);
  g_test_add_func ("/schedule/words", test_words);
  g_test_add_func ("/schedule/property", test_property);
  return g_test_run ();
}
