/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's reminder rules (B23): never later than the manager's, never fewer, out of quiet hours. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-deadline.h"
#include "wf-reminder-rules.h"
#include "wf-test-calendar.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define MOST_REMINDERS 64

static WfReminderRules *
read_rules (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_test_document (text);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfReminderRules *rules = wf_reminder_rules_read (wf_json_document_get_root (document), problems);

  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_nonnull (rules);
  return rules;
}

static WfActivity *
make_activity (const char *due, const char *remind, gboolean business_hours)
{
  WfActivity *activity = wf_activity_new ("a-1");

  g_set_str (&activity->type, "filter-1");
  activity->due = wf_test_instant (due);
  activity->remind = wf_test_instant (remind);
  activity->business_hours = business_hours;
  return activity;
}

/* All reminders after an instant, one a line with a space before. Owned by the caller. */
static char *
list_all (const WfReminderRules *rules, const WfActivity *activity, WfInstant after,
          WfWorkingHours *hours)
{
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < MOST_REMINDERS; i++)
    {
      WfInstant next = wf_reminder_rules_get_next (rules, activity, after, hours, zone);

      if (next == WF_INSTANT_NONE)
        return g_string_free (all, FALSE);
      g_autofree char *text = wf_test_instant_text (next, hours);
      g_assert_cmpint (next, >, after);
      g_string_append_printf (all, "%s%.16s", all->len > 0 ? " " : "", text);
      after = next;
    }
  g_assert_not_reached ();
}

/* Times are São Paulo's; 20 November 2026 is a Friday. */
static void
test_vectors (void)
{
  static const struct
  {
    const char *rules, *due, *remind;
    gboolean business_hours;
    const char *all;
  } vectors[] = {
    /* Nothing but the manager's. */
    { "{}", "2026-11-20T16:00:00-03:00", "2026-11-20T15:30:00-03:00", FALSE, "2026-11-20T15:30" },
    { "{}", "2026-11-20T16:00:00-03:00", NULL, FALSE, "" },
    /* More of them, and at the deadline. */
    { "{'lead-times':{'*':['1 hour','10 minutes']},'at-due':true}", "2026-11-20T16:00:00-03:00",
      "2026-11-20T15:30:00-03:00", FALSE,
      "2026-11-20T15:00 2026-11-20T15:30 2026-11-20T15:50 2026-11-20T16:00" },
    /* One that is the manager's too comes once. */
    { "{'lead-times':{'*':['30 minutes']}}", "2026-11-20T16:00:00-03:00",
      "2026-11-20T15:30:00-03:00", FALSE, "2026-11-20T15:30" },
    /* A type's own instead of all others', also none. */
    { "{'lead-times':{'*':['1 hour'],'filter-1':['1 day']}}", "2026-11-20T16:00:00-03:00", NULL,
      FALSE, "2026-11-19T16:00" },
    { "{'lead-times':{'*':['1 hour'],'filter-1':[]}}", "2026-11-20T16:00:00-03:00", NULL, FALSE,
      "" },
    { "{'lead-times':{'*':['1 hour'],'filter-2':['1 day']}}", "2026-11-20T16:00:00-03:00", NULL,
      FALSE, "2026-11-20T15:00" },
    /* S6: with the flag in open time, over the weekend. */
    { "{'lead-times':{'*':['30 minutes']}}", "2026-11-23T09:20:00-03:00", NULL, TRUE,
      "2026-11-20T17:50" },
    { "{'lead-times':{'*':['1 day']}}", "2026-11-23T09:20:00-03:00", NULL, TRUE,
      "2026-11-20T18:00" },
    { "{'lead-times':{'*':['30 minutes']}}", "2026-11-23T09:20:00-03:00", NULL, FALSE,
      "2026-11-23T08:50" },
    /* Out of quiet hours; the manager's stays where it is. */
    { "{'lead-times':{'*':['30 minutes']},'quiet':{'from':'19:00','until':'08:00'}}",
      "2026-11-20T20:00:00-03:00", "2026-11-20T19:50:00-03:00", FALSE,
      "2026-11-20T18:59 2026-11-20T19:50" },
    { "{'lead-times':{'*':['1 hour']},'quiet':{'from':'19:00','until':'08:00'}}",
      "2026-11-20T08:30:00-03:00", NULL, FALSE, "2026-11-19T18:59" },
    { "{'lead-times':{'*':['1 hour']},'quiet':{'from':'19:00','until':'08:00'}}",
      "2026-11-20T09:00:00-03:00", NULL, FALSE, "2026-11-20T08:00" },
    { "{'lead-times':{'*':['1 hour']},'quiet':{'from':'12:30','until':'14:00'}}",
      "2026-11-20T14:30:00-03:00", NULL, FALSE, "2026-11-20T12:29" },
    { "{'at-due':true,'quiet':{'from':'19:00','until':'08:00'}}", "2026-11-20T20:00:00-03:00", NULL,
      FALSE, "2026-11-20T18:59" },
    /* With the flag also out of closed time: 12:29 is the lunch break. */
    { "{'lead-times':{'*':['10 minutes']},'quiet':{'from':'12:30','until':'14:00'}}",
      "2026-11-20T14:05:00-03:00", NULL, TRUE, "2026-11-20T12:00" },
    /* Whole days, and the night before them. */
    { "{'lead-times':{'*':['1 day']},'quiet':{'days':['saturday','sunday']}}",
      "2026-11-23T10:00:00-03:00", NULL, FALSE, "2026-11-20T23:59" },
    { "{'lead-times':{'*':['1 day']},'quiet':{'from':'19:00','until':'08:00',"
      "'days':['saturday','sunday']}}",
      "2026-11-23T10:00:00-03:00", NULL, FALSE, "2026-11-20T18:59" },
    { "{'lead-times':{'*':['2 hours']},'quiet':{'from':'19:00','until':'08:00',"
      "'days':['saturday','sunday']}}",
      "2026-11-23T09:00:00-03:00", NULL, FALSE, "2026-11-20T18:59" },
  };
  g_autoptr (WfWorkingHours) hours = wf_test_hours (WF_TEST_OFFICE);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (WfReminderRules) rules = read_rules (vectors[i].rules);
      g_autoptr (WfActivity) activity =
          make_activity (vectors[i].due, vectors[i].remind, vectors[i].business_hours);
      g_autofree char *all =
          list_all (rules, activity, wf_test_instant ("2026-11-01T00:00:00-03:00"), hours);

      g_test_message ("%s due %s", vectors[i].rules, vectors[i].due);
      g_assert_cmpstr (all, ==, vectors[i].all);
      activity->status = WF_ACTIVITY_DONE;
      g_assert_cmpint (
          wf_reminder_rules_get_next (rules, activity, 0, hours, wf_working_hours_get_zone (hours)),
          ==, WF_INSTANT_NONE);
    }
}

/* S21: the clock goes forward at 02:00 on 29 March and back at 03:00 on 25 October. */
static void
test_clock_changes (void)
{
  static const struct
  {
    const char *rules, *due, *next;
  } vectors[] = {
    /* An hour is elapsed time, a day wall time; what does not exist is an hour later. */
    { "{'lead-times':{'*':['1 hour']}}", "2026-03-29T03:30:00+02:00", "2026-03-29T01:30+01:00" },
    { "{'lead-times':{'*':['1 day']}}", "2026-03-30T02:30:00+02:00", "2026-03-29T03:30+02:00" },
    { "{'lead-times':{'*':['1 day']}}", "2026-10-26T02:30:00+01:00", "2026-10-25T02:30+02:00" },
    { "{'lead-times':{'*':['1 hour']}}", "2026-10-25T02:30:00+01:00", "2026-10-25T02:30+02:00" },
    /* Quiet from an hour that does not exist, and one that there is twice. */
    { "{'lead-times':{'*':['1 hour']},'quiet':{'from':'02:30','until':'08:00'}}",
      "2026-03-29T06:00:00+02:00", "2026-03-29T01:59+01:00" },
    { "{'lead-times':{'*':['1 hour']},'quiet':{'from':'02:30','until':'08:00'}}",
      "2026-10-25T06:00:00+01:00", "2026-10-25T02:29+01:00" },
    { "{'lead-times':{'*':['10 minutes']},'quiet':{'from':'02:30','until':'08:00'}}",
      "2026-10-25T02:45:00+02:00", "2026-10-25T02:29+02:00" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (WfWorkingHours) hours = wf_working_hours_new_always_open (zone);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (WfReminderRules) rules = read_rules (vectors[i].rules);
      g_autoptr (WfActivity) activity = make_activity (vectors[i].due, NULL, FALSE);
      WfInstant next = wf_reminder_rules_get_next (rules, activity, 0, hours, zone);
      g_autofree char *full = wf_test_instant_text (next, hours);
      g_autofree char *text = g_strdup_printf ("%.16s%s", full, full + 19);

      g_test_message ("%s due %s", vectors[i].rules, vectors[i].due);
      g_assert_false (wf_reminder_rules_is_quiet (rules, next, zone));
      g_assert_cmpstr (text, ==, vectors[i].next);
    }
}

static void
test_quiet (void)
{
  static const struct
  {
    const char *quiet, *at;
    gboolean is_quiet;
  } vectors[] = {
    { "{'from':'19:00','until':'08:00'}", "2026-11-20T18:59:59-03:00", FALSE },
    { "{'from':'19:00','until':'08:00'}", "2026-11-20T19:00:00-03:00", TRUE },
    { "{'from':'19:00','until':'08:00'}", "2026-11-21T07:59:59-03:00", TRUE },
    { "{'from':'19:00','until':'08:00'}", "2026-11-21T08:00:00-03:00", FALSE },
    { "{'from':'12:00','until':'14:00'}", "2026-11-20T12:00:00-03:00", TRUE },
    { "{'from':'12:00','until':'14:00'}", "2026-11-20T14:00:00-03:00", FALSE },
    { "{'from':'12:00','until':'14:00'}", "2026-11-20T03:00:00-03:00", FALSE },
    { "{'days':['sunday']}", "2026-11-22T00:00:00-03:00", TRUE },
    { "{'days':['sunday']}", "2026-11-21T23:59:59-03:00", FALSE },
    { "{'days':['sunday']}", "2026-11-23T00:00:00-03:00", FALSE },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Sao_Paulo");

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'quiet':%s}", vectors[i].quiet);
      g_autoptr (WfReminderRules) rules = read_rules (text);

      g_test_message ("%s at %s", vectors[i].quiet, vectors[i].at);
      g_assert_cmpint (wf_reminder_rules_is_quiet (rules, wf_test_instant (vectors[i].at), zone),
                       ==, vectors[i].is_quiet);
    }
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "{\"at-due\":false}",
    "{\"at-due\":true,\"lead-times\":{\"*\":[\"1 day\",\"1 hour\",\"10 minutes\"],\"call\":[],"
    "\"filter-1\":[\"2 weeks\",\"30 minutes\"]}}",
    "{\"at-due\":false,\"quiet\":{\"from\":\"19:00\",\"until\":\"08:00\",\"days\":[\"saturday\","
    "\"sunday\"]}}",
    "{\"at-due\":false,\"quiet\":{\"from\":\"00:00\",\"until\":\"06:05\"}}",
    "{\"at-due\":false,\"quiet\":{\"days\":[\"monday\"]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WfReminderRules) rules = read_rules (texts[i]);
      g_autofree char *text = wf_reminder_rules_to_text (rules);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_problems (void)
{
  static const struct
  {
    const char *text, *path, *code;
  } vectors[] = {
    { "[]", "", "wrong-type" },
    { "{'at-due':1}", "/at-due", "wrong-type" },
    { "{'lead-times':[]}", "/lead-times", "wrong-type" },
    { "{'lead-times':{'*':'1 hour'}}", "/lead-times/*", "wrong-type" },
    { "{'lead-times':{'a/b':[1]}}", "/lead-times/a~1b/0", "wrong-type" },
    { "{'lead-times':{'*':['1 hour','soon']}}", "/lead-times/*/1", "bad-duration" },
    { "{'lead-times':{'*':['0 hours']}}", "/lead-times/*/0", "bad-duration" },
    { "{'lead-times':{'*':['-1 hours']}}", "/lead-times/*/0", "bad-duration" },
    { "{'lead-times':{'*':['1000001 hours']}}", "/lead-times/*/0", "bad-duration" },
    { "{'lead-times':{'*':['1 years']}}", "/lead-times/*/0", "bad-duration" },
    { "{'lead-times':{'*':['1 day','2 days','3 days','4 days','5 days','6 days']}}",
      "/lead-times/*", "too-many" },
    { "{'quiet':true}", "/quiet", "wrong-type" },
    { "{'quiet':{'from':'19:00'}}", "/quiet/until", "missing" },
    { "{'quiet':{'until':'19:00'}}", "/quiet/from", "missing" },
    { "{'quiet':{'from':'24:00','until':'08:00'}}", "/quiet/from", "bad-time-of-day" },
    { "{'quiet':{'from':'+9:00','until':'08:00'}}", "/quiet/from", "bad-time-of-day" },
    { "{'quiet':{'from':'19:00','until':'8:00'}}", "/quiet/until", "bad-time-of-day" },
    { "{'quiet':{'from':'19:00','until':'08:60'}}", "/quiet/until", "bad-time-of-day" },
    { "{'quiet':{'from':'19:00','until':'19:00'}}", "/quiet/until", "no-hours" },
    { "{'quiet':{'days':['mon']}}", "/quiet/days/0", "unknown-value" },
    { "{'quiet':{'days':['monday','tuesday','wednesday','thursday','friday','saturday',"
      "'sunday']}}",
      "/quiet/days", "always-quiet" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (WfJsonDocument) document = wf_test_document (vectors[i].text);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);

      g_test_message ("%s", vectors[i].text);
      g_assert_null (wf_reminder_rules_read (wf_json_document_get_root (document), problems));
      g_assert_cmpuint (wf_problems_get_n (problems), ==, 1);
      g_assert_cmpstr (wf_problems_get (problems, 0)->path, ==, vectors[i].path);
      g_assert_cmpstr (wf_problems_get (problems, 0)->code, ==, vectors[i].code);
      g_assert_null (wf_reminder_rules_read (wf_json_document_get_root (document), NULL));
    }
  g_assert_null (wf_reminder_rules_read (NULL, NULL));
}

static void
test_unknown_members (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_document ("{'louder':true,'quiet':{'from':'19:00',"
                                                          "'until':'08:00','almost':1}}");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfReminderRules) rules =
      wf_reminder_rules_read (wf_json_document_get_root (document), problems);

  g_assert_nonnull (rules);
  g_assert_false (wf_problems_has_errors (problems));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 2);
}

static void
test_changes (void)
{
  const WfDuration times[] = { { 10, WF_TIME_UNIT_MINUTES }, { 1, WF_TIME_UNIT_DAYS } };
  g_autoptr (WfReminderRules) rules = wf_reminder_rules_new_default ();
  g_autoptr (WfReminderRules) all = wf_reminder_rules_with (rules, NULL, times, 2);
  g_autoptr (WfReminderRules) own = wf_reminder_rules_with (all, "call", times, 1);
  g_autoptr (WfReminderRules) none = wf_reminder_rules_with (own, "call", times, 0);
  g_autoptr (WfReminderRules) back = wf_reminder_rules_with (none, "call", NULL, 0);
  const WfDuration *found;
  int from, until;
  guint n, days;

  g_assert_null (wf_reminder_rules_get_lead_times (rules, NULL, &n));
  g_assert_cmpuint (n, ==, 0);
  found = wf_reminder_rules_get_lead_times (all, NULL, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (found[0].unit, ==, WF_TIME_UNIT_DAYS);
  g_assert_true (wf_reminder_rules_get_lead_times (all, "call", &n) == found);
  wf_reminder_rules_get_lead_times (own, "call", &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (wf_reminder_rules_get_lead_times (none, "call", &n));
  g_assert_cmpuint (n, ==, 0);
  wf_reminder_rules_get_lead_times (back, "call", &n);
  g_assert_cmpuint (n, ==, 2);

  g_autoptr (WfReminderRules) due = wf_reminder_rules_with_at_due (back, TRUE);
  g_assert_true (wf_reminder_rules_get_at_due (due));
  g_assert_false (wf_reminder_rules_get_at_due (back));
  g_autoptr (WfReminderRules) quiet =
      wf_reminder_rules_with_quiet (due, TRUE, 19 * 60, 8 * 60, 1u << G_DATE_SUNDAY);
  g_assert_true (wf_reminder_rules_get_quiet (quiet, &from, &until, &days));
  g_assert_cmpint (from, ==, 19 * 60);
  g_assert_cmpint (until, ==, 8 * 60);
  g_assert_cmpuint (days, ==, 1u << G_DATE_SUNDAY);
  g_autoptr (WfReminderRules) nothing = wf_reminder_rules_with_quiet (due, TRUE, 60, 60, 0);
  g_assert_false (wf_reminder_rules_get_quiet (nothing, &from, &until, &days));
}

/* -- a random model ---------------------------------------------------------------------------- */

static WfReminderRules *
make_random_rules (GRand *random)
{
  g_autoptr (WfReminderRules) rules = wf_reminder_rules_new_default ();
  g_autoptr (WfReminderRules) with_times = NULL;
  g_autoptr (WfReminderRules) with_due = NULL;
  WfDuration times[WF_MOST_LEAD_TIMES];
  guint n = (guint) g_rand_int_range (random, 0, WF_MOST_LEAD_TIMES + 1);

  for (guint i = 0; i < n; i++)
    times[i] = (WfDuration) { g_rand_int_range (random, 1, 40),
                              (WfTimeUnit) g_rand_int_range (random, 0, WF_N_TIME_UNITS) };
  with_times =
      wf_reminder_rules_with (rules, g_rand_boolean (random) ? "filter-1" : NULL, times, n);
  with_due = wf_reminder_rules_with_at_due (with_times, g_rand_boolean (random));
  return wf_reminder_rules_with_quiet (
      with_due, g_rand_boolean (random), g_rand_int_range (random, 0, 1440),
      g_rand_int_range (random, 0, 1440), (guint) g_rand_int_range (random, 0, 128) << 1 & ~2u);
}

/* What must hold for any rules: see the header. */
static void
check_promises (const WfReminderRules *rules, const WfActivity *activity, WfWorkingHours *hours)
{
  g_autoptr (WfReminderRules) managers = wf_reminder_rules_new_default ();
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  WfInstant floor = wf_reminder_rules_get_next (managers, activity, 0, hours, zone);
  WfInstant first = wf_reminder_rules_get_next (rules, activity, 0, hours, zone);
  guint n, n_managers = 0, n_found = 0;

  g_assert_cmpint (floor, ==, activity->remind);
  if (floor != WF_INSTANT_NONE)
    g_assert_cmpint (first, <=, floor);
  wf_reminder_rules_get_lead_times (rules, activity->type, &n);
  for (WfInstant at = first; at != WF_INSTANT_NONE;
       at = wf_reminder_rules_get_next (rules, activity, at, hours, zone))
    {
      n_found++;
      if (at == activity->remind)
        {
          n_managers++;
          continue;
        }
      g_assert_cmpint (at, <=, activity->due);
      g_assert_false (wf_reminder_rules_is_quiet (rules, at, zone));
      if (activity->business_hours && wf_working_hours_previous_close (hours, at) != at)
        g_assert_true (wf_reminder_rules_is_quiet (
            rules, wf_working_hours_previous_close (hours, at), zone));
      /* Nothing lies in between. */
      g_assert_cmpint (wf_reminder_rules_get_next (rules, activity, at - 1, hours, zone), ==, at);
    }
  g_assert_cmpuint (n_managers, ==, floor != WF_INSTANT_NONE ? 1 : 0);
  g_assert_cmpuint (n_found, <=, n + 1 + n_managers);
}

static void
test_random (void)
{
  static const char *const zones[] = { "America/Sao_Paulo", "Europe/Berlin", "Australia/Lord_Howe",
                                       "Asia/Kathmandu" };
  WfInstant begin = wf_test_instant ("2026-01-01T00:00:00Z");

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      g_autofree char *calendar = g_strdup_printf (
          "{'time-zone':'%s','week':%s}", zones[g_rand_int_range (random, 0, G_N_ELEMENTS (zones))],
          WF_TEST_OFFICE_WEEK);
      g_autoptr (WfWorkingHours) hours = wf_test_hours (calendar);
      g_autoptr (WfReminderRules) rules = make_random_rules (random);
      g_autoptr (WfActivity) activity = make_activity (NULL, NULL, g_rand_boolean (random));
      g_autofree char *text = wf_reminder_rules_to_text (rules);
      g_autoptr (WfReminderRules) again = read_rules (text);
      g_autofree char *same = wf_reminder_rules_to_text (again);

      activity->due = begin + g_rand_int_range (random, 0, 366 * 24 * 60) * MINUTE;
      if (g_rand_boolean (random))
        activity->remind = activity->due - g_rand_int_range (random, 0, 3 * 24 * 60) * MINUTE;
      g_test_message ("%u: %s", i, text);
      g_assert_cmpstr (text, ==, same);
      check_promises (rules, activity, hours);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reminder-rules/vectors", test_vectors);
  g_test_add_func ("/reminder-rules/clock-changes", test_clock_changes);
  g_test_add_func ("/reminder-rules/quiet", test_quiet);
  g_test_add_func ("/reminder-rules/round-trip", test_round_trip);
  g_test_add_func ("/reminder-rules/problems", test_problems);
  g_test_add_func ("/reminder-rules/unknown-members", test_unknown_members);
  g_test_add_func ("/reminder-rules/changes", test_changes);
  g_test_add_func ("/reminder-rules/random", test_random);
  return g_test_run ();
}
