/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules, dates of leads and starts by hand (R104, R127). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

#define STEPS                                                                                      \
  "[{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"             \
  "\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"},"           \
  "\"assignee\":\"person:ana\"}]"
#define EVERY_DAY "{\"every\":\"day\",\"at\":\"09:00\"}" /* 12:00Z */
#define RENEWAL                                                                                    \
  "{\"date\":\"lead.custom.renewal\",\"offset\":{\"amount\":2,\"unit\":\"days\"},"                 \
  "\"direction\":\"before\",\"at\":\"09:00\"}"

static void
put_scheduled (WfFixture *f, guint version, const char *state, const char *trigger)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
      "\",\"name\":\"First contact\",\"state\":\"%s\",\"version\":%u,"
      "\"trigger\":{\"event\":\"schedule.tick\",\"schedule\":%s},\"steps\":" STEPS "}",
      state, version, trigger);

  wf_scripted_crm_put_workflow (f->crm, json);
}

static guint
n_there (WfFixture *f)
{
  return wf_scripted_crm_get_n_activities (f->crm);
}

static WfInstant
parse (const char *text)
{
  WfInstant at = WF_INSTANT_NONE;

  g_assert_true (wf_instant_parse (text, &at));
  return at;
}

static void
pass_until (WfFixture *f, const char *text)
{
  wf_fixture_pass (f, parse (text) - wf_fixture_now (f));
}

static void
add_lead (WfFixture *f, const char *event, const char *lead, const char *renewal)
{
  g_autofree char *time = wf_instant_format_utc (wf_fixture_now (f));
  g_autofree char *json = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/crm/test\",\"type\":\"lead.updated\","
      "\"time\":\"%s\",\"data\":{\"lead\":{\"id\":\"%s\",\"name\":\"Padaria Sol\",\"owner\":\"ana\","
      "\"stage\":\"%s\",\"custom\":{\"renewal\":\"%s\"}}}}",
      event, time, lead, renewal != NULL ? "new" : "filter-1", renewal != NULL ? renewal : "");

  wf_scripted_crm_add_event (f->crm, json);
  wf_fixture_settle (f);
}

/* -- schedules --------------------------------------------------------------------------------- */

static void
test_every_day (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  put_scheduled (&f, 1, "live", EVERY_DAY);
  wf_fixture_start (&f);
  g_assert_cmpuint (n_there (&f), ==, 0); /* what was before is not made up for */
  pass_until (&f, "2026-11-19T11:59:59Z");
  g_assert_cmpuint (n_there (&f), ==, 0);
  pass_until (&f, "2026-11-19T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->due, ==,
                   parse ("2026-11-19T13:00:00Z"));
  pass_until (&f, "2026-11-21T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 3);
  wf_fixture_tear_down (&f);
}

/* Closed over three ticks: only the latest, with its own time; and not twice. */
static void
test_missed (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  put_scheduled (&f, 1, "live", EVERY_DAY);
  wf_fixture_start (&f);
  wf_fixture_stop (&f);
  wf_fake_clock_jump (f.clock, parse ("2026-11-21T15:00:00Z"));
  wf_fixture_start (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_true (wf_scripted_crm_get_activity_at (f.crm, 0)->arrived_late);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_tear_down (&f);
}

/* A schedule of minutes that nobody looked at for long costs one tick. */
static void
test_missed_minutes (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  put_scheduled (&f, 1, "live", "{\"cron\":\"* * * * *\"}");
  wf_fixture_start (&f);
  wf_fixture_stop (&f);
  wf_fake_clock_jump (f.clock, wf_fixture_now (&f) + 60 * DAY);
  wf_fixture_start (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_tear_down (&f);
}

typedef struct
{
  guint n, at;
} Crash;

static gboolean
crash_at (WfFaultPoint point, gpointer user_data)
{
  Crash *crash = user_data;

  return ++crash->n == crash->at;
}

static void
test_crashes (void)
{
  for (guint at = 1; at <= 12; at++)
    {
      WfFixture f;
      Crash crash = { 0, at };

      wf_fixture_set_up (&f, "carla");
      put_scheduled (&f, 1, "live", EVERY_DAY);
      wf_fixture_start (&f);
      pass_until (&f, "2026-11-19T11:59:00Z");
      wf_runtime_set_fault_hook (f.runtime, crash_at, &crash);
      pass_until (&f, "2026-11-19T12:01:00Z");
      wf_fixture_stop (&f);
      wf_fixture_start (&f);
      wf_fixture_pass (&f, MINUTE);
      g_assert_cmpuint (n_there (&f), ==, 1);
      wf_fixture_tear_down (&f);
    }
}

static void
test_computers (void)
{
  WfFixture f, other;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_set_up_peer (&other, &f, "ana");
  put_scheduled (&f, 1, "live", EVERY_DAY);
  wf_fixture_start (&f);
  wf_fixture_start (&other);
  pass_until (&f, "2026-11-20T12:01:00Z");
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&other);
  wf_fixture_tear_down (&f);
}

/* What was due in a pause is not made up for. */
static void
test_paused (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  put_scheduled (&f, 1, "live", EVERY_DAY);
  wf_fixture_start (&f);
  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  pass_until (&f, "2026-11-20T14:00:00Z");
  g_assert_true (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_RUN_NOW, NULL));
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (n_there (&f), ==, 0);
  pass_until (&f, "2026-11-21T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_tear_down (&f);
}

/* Every second day from its publication, which later versions do not move. */
static void
test_interval (void)
{
  WfFixture f;
  g_autoptr (WfWorkflow) edited = NULL;

  wf_fixture_set_up (&f, "carla");
  put_scheduled (&f, 1, "live", "{\"every\":\"day\",\"interval\":2,\"at\":\"09:00\"}");
  wf_fixture_start (&f);
  edited = wf_workflow_copy (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW));
  g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_FINISH, NULL));
  g_clear_pointer (&edited, wf_workflow_unref);
  for (guint i = 0; i < 4; i++)
    {
      pass_until (&f, i == 0   ? "2026-11-19T13:00:00Z"
                      : i == 1 ? "2026-11-20T13:00:00Z"
                      : i == 2 ? "2026-11-21T13:00:00Z"
                               : "2026-11-22T13:00:00Z");
      edited = wf_workflow_copy (wf_scripted_crm_get_workflow (f.crm, WF_TEST_WORKFLOW));
      g_assert_true (wf_fixture_publish (&f, edited, WF_IN_FLIGHT_FINISH, NULL));
      g_clear_pointer (&edited, wf_workflow_unref);
    }
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&f);
}

/* Once for each lead whose conditions hold, in portions. */
static void
test_for_each_lead (void)
{
  WfFixture f;
  g_autofree char *json = NULL;

  wf_fixture_set_up (&f, "carla");
  json = g_strdup_printf (
      "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
      "\",\"name\":\"First contact\",\"state\":\"live\",\"version\":1,\"storm-limit\":0,"
      "\"trigger\":{\"event\":\"schedule.tick\",\"schedule\":" EVERY_DAY ",\"for-each\":\"lead\","
      "\"conditions\":{\"all\":[{\"field\":\"lead.stage\",\"op\":\"eq\",\"value\":\"new\"}]}},"
      "\"steps\":" STEPS "}");
  wf_scripted_crm_put_workflow (f.crm, json);
  wf_fixture_start (&f);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);
      g_autofree char *event = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/crm/test\",\"type\":\"lead.updated\","
          "\"time\":\"2026-11-18T13:00:00Z\",\"data\":{\"lead\":{\"id\":\"%s\",\"name\":\"Padaria Sol\","
          "\"owner\":\"ana\",\"stage\":\"%s\"}}}",
          id, lead, i % 2 == 0 ? "new" : "filter-1");

      wf_scripted_crm_add_event (f.crm, event);
    }
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-19T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 250);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->lead_name, ==, "Padaria Sol");
  pass_until (&f, "2026-11-20T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 500);
  wf_fixture_tear_down (&f);
}

/* -- dates ------------------------------------------------------------------------------------- */

static void
test_dates (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_start (&f);
  add_lead (&f, "e-1", "l-1", "2026-11-24"); /* known before the workflow is published */
  put_scheduled (&f, 1, "live", RENEWAL);
  wf_fixture_settle (&f);
  add_lead (&f, "e-2", "l-2", "2026-11-25");
  add_lead (&f, "e-3", "l-3", "2026-11-25");
  add_lead (&f, "e-4", "l-3", "2026-12-25"); /* it moves */
  add_lead (&f, "e-5", "l-4", "2026-11-19"); /* two days before is past */
  pass_until (&f, "2026-11-22T11:59:00Z");
  g_assert_cmpuint (n_there (&f), ==, 0);
  pass_until (&f, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->lead, ==, "l-1");
  wf_fixture_stop (&f);
  wf_fake_clock_jump (f.clock, parse ("2026-11-24T09:00:00Z"));
  wf_fixture_start (&f);
  g_assert_cmpuint (n_there (&f), ==, 2);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 1)->lead, ==, "l-2");
  pass_until (&f, "2026-11-26T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_yearly_dates (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  put_scheduled (&f, 1, "live",
                 "{\"date\":\"lead.custom.renewal\",\"offset\":{\"amount\":1,\"unit\":\"days\"},"
                 "\"direction\":\"before\",\"at\":\"09:00\",\"yearly\":true}");
  wf_fixture_start (&f);
  add_lead (&f, "e-1", "l-1", "1990-11-20");
  pass_until (&f, "2026-11-19T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_stop (&f);
  wf_fake_clock_jump (f.clock, parse ("2027-11-19T11:00:00Z"));
  wf_fixture_start (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  pass_until (&f, "2027-11-19T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&f);
}

/* A lead that is gone has no dates. */
static void
test_dates_of_deleted (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  put_scheduled (&f, 1, "live", RENEWAL);
  wf_fixture_start (&f);
  add_lead (&f, "e-1", "l-1", "2026-11-24");
  wf_fixture_add_event (&f, "e-2", "lead.deleted", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  pass_until (&f, "2026-11-23T12:00:00Z");
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_tear_down (&f);
}

/* -- by hand ----------------------------------------------------------------------------------- */

static void
test_by_hand (void)
{
  WfFixture f, other;
  g_autoptr (GError) error = NULL;
  WfAction *action;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_put_workflow (&f, 1, NULL, STEPS);
  wf_fixture_start (&f);
  wf_fixture_set_up_peer (&other, &f, "carla");
  wf_fixture_start (&other);
  wf_fixture_add_event (&f, "e-1", "lead.updated", "l-1", "ana", NULL);
  wf_fixture_settle (&f);

  g_assert_true (wf_fixture_start_workflow (&f, WF_TEST_WORKFLOW, "l-1", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_there (&f), ==, 0); /* the CRM tells everybody */
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 1);
  action = wf_scripted_crm_get_action_at (f.crm, 0);
  g_assert_cmpint (action->kind, ==, WF_ACTION_START_WORKFLOW);
  g_assert_cmpstr (wf_action_get_text (action, "workflow"), ==, WF_TEST_WORKFLOW);
  g_assert_cmpstr (action->lead, ==, "l-1");
  wf_scripted_crm_echo_action (f.crm, action, "manual.started",
                               "{\"workflow\":\"" WF_TEST_WORKFLOW "\"}");
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpuint (wf_fixture_count_titles (&f, "Workflow started by hand"), ==, 1);
  wf_fixture_tear_down (&other);
  wf_fixture_tear_down (&f);
}

static void
test_by_hand_refused (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (&f, 1, NULL, STEPS);
  wf_fixture_start (&f);
  g_assert_false (wf_fixture_start_workflow (&f, "nothing", "l-1", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  g_assert_false (wf_fixture_start_workflow (&f, WF_TEST_WORKFLOW, "l-1", &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);
  g_assert_cmpuint (wf_scripted_crm_get_n_actions (f.crm), ==, 0);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/ticks/every-day", test_every_day);
  g_test_add_func ("/runtime/ticks/missed", test_missed);
  g_test_add_func ("/runtime/ticks/missed-minutes", test_missed_minutes);
  g_test_add_func ("/runtime/ticks/crashes", test_crashes);
  g_test_add_func ("/runtime/ticks/computers", test_computers);
  g_test_add_func ("/runtime/ticks/paused", test_paused);
  g_test_add_func ("/runtime/ticks/interval", test_interval);
  g_test_add_func ("/runtime/ticks/for-each-lead", test_for_each_lead);
  g_test_add_func ("/runtime/ticks/dates", test_dates);
  g_test_add_func ("/runtime/ticks/yearly-dates", test_yearly_dates);
  g_test_add_func ("/runtime/ticks/dates-of-deleted", test_dates_of_deleted);
  g_test_add_func ("/runtime/ticks/by-hand", test_by_hand);
  g_test_add_func ("/runtime/ticks/by-hand-refused", test_by_hand_refused);
  return g_test_run ();
}
