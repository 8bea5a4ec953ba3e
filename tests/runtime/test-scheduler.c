/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delays, waits and chains over time, restarts and pauses (S12, S15, S18, S20, S28). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

#define CREATE(id, run)                                                                            \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"run\":" run ",\"activity-type\":\"call\","    \
  "\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}"
#define NOW "{\"mode\":\"immediately\"}"
#define AFTER "{\"mode\":\"after-previous\"}"
#define DELAY(hours) "{\"mode\":\"delay\",\"delay\":{\"amount\":" hours ",\"unit\":\"hours\"}}"

static void
begin (WfFixture *f, const char *person, const char *extra, const char *steps)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_workflow (f, 1, extra, steps);
  wf_fixture_start (f);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (f);
}

static guint
n_there (WfFixture *f)
{
  return wf_scripted_crm_get_n_activities (f->crm);
}

static void
test_delay (void)
{
  WfFixture f;

  begin (&f, "ana", NULL, "[" CREATE ("a", DELAY ("2")) "]");
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_pass (&f, 2 * HOUR - 1);
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_pass (&f, 1);
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_delay_over_restart (void)
{
  WfFixture f;
  WfInstant start;

  begin (&f, "ana", NULL, "[" CREATE ("a", DELAY ("2")) "]");
  start = wf_fixture_now (&f);
  wf_fixture_stop (&f);
  wf_fixture_pass (&f, 90 * MINUTE);
  wf_fixture_start (&f);
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_stop (&f);
  wf_fixture_pass (&f, 40 * MINUTE);
  wf_fixture_start (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  /* The deadline counts from when it was due, not from when the computer woke up. */
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->due, ==, start + 3 * HOUR);
  wf_fixture_tear_down (&f);
}

static void
test_wait_until_event (void)
{
  WfFixture f;

  begin (
      &f, "ana", NULL,
      "[{\"id\":\"w\",\"kind\":\"wait\",\"until-condition\":{\"all\":[{\"field\":\"lead.stage\",\"op\":\"eq\","
      "\"value\":\"filter-1\"}]},\"time-out\":{\"amount\":2,\"unit\":\"days\"}}," CREATE ("a",
                                                                                          NOW) "]");
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-2", "lead.updated", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_scripted_crm_add_event (
      f.crm,
      "{\"specversion\":\"1.0\",\"id\":\"e-3\",\"source\":\"/crm/test\",\"type\":\"lead.stage-changed\","
      "\"time\":\"2026-11-18T13:00:00Z\",\"data\":{\"lead\":{\"id\":\"l-1\",\"owner\":\"ana\","
      "\"stage\":\"filter-1\"}}}");
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_chain (void)
{
  WfFixture f;

  begin (&f, "ana", NULL, "[" CREATE ("a", NOW) "," CREATE ("b", AFTER) "]");
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_true (
      wf_fixture_complete (&f, wf_scripted_crm_get_activity_at (f.crm, 0)->id, NULL, NULL));
  g_assert_cmpuint (n_there (&f), ==, 2);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 1)->due, ==, wf_fixture_now (&f) + HOUR);
  wf_fixture_tear_down (&f);
}

/* The person works on another computer, and this one does not keep that person's activities: the
 * chain goes on. */
static void
test_chain_of_others (void)
{
  WfFixture f;
  g_autoptr (WfActivity) done = NULL;

  begin (&f, "bruno", NULL, "[" CREATE ("a", NOW) "," CREATE ("b", AFTER) "]");
  g_assert_cmpuint (n_there (&f), ==, 1);
  done = wf_activity_copy (wf_scripted_crm_get_activity_at (f.crm, 0));
  done->status = WF_ACTIVITY_DONE;
  done->completed = wf_fixture_now (&f);
  wf_scripted_crm_put_activity (f.crm, done);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_dismissing_blocks_the_chain (void)
{
  WfFixture f;

  begin (&f, "ana", NULL, "[" CREATE ("a", NOW) "," CREATE ("b", AFTER) "]");
  g_assert_true (
      wf_fixture_dismiss (&f, wf_scripted_crm_get_activity_at (f.crm, 0)->id, "No use", NULL));
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_lead_closed_cancels_waits (void)
{
  static const char *const types[] = { "lead.deleted", "lead.discarded", "lead.finalized" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      WfFixture f;

      begin (&f, "ana", NULL, "[" CREATE ("a", DELAY ("2")) "]");
      wf_fixture_add_event (&f, "e-2", types[i], "l-1", "ana", NULL);
      wf_fixture_settle (&f);
      wf_fixture_pass (&f, 3 * HOUR);
      g_assert_cmpuint (n_there (&f), ==, 0);
      wf_fixture_tear_down (&f);
    }
}

static void
test_restart_reentry (void)
{
  WfFixture f;

  begin (&f, "ana", "\"reentry\":\"restart\"", "[" CREATE ("a", DELAY ("2")) "]");
  wf_fixture_pass (&f, HOUR);
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 90 * MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 0);
  wf_fixture_pass (&f, 30 * MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_once_while_open_joins (void)
{
  WfFixture f;
  WfInstant due;

  begin (&f, "ana", "\"reentry\":\"once-while-open\"", "[" CREATE ("a", NOW) "]");
  due = wf_scripted_crm_get_activity_at (f.crm, 0)->due;
  wf_fixture_add_event_at (&f, wf_fixture_now (&f) - 20 * MINUTE, "e-2", "lead.received", "l-1",
                           "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->due, ==, due - 20 * MINUTE);

  g_assert_true (
      wf_fixture_complete (&f, wf_scripted_crm_get_activity_at (f.crm, 0)->id, NULL, NULL));
  wf_fixture_add_event (&f, "e-3", "lead.received", "l-1", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (n_there (&f), ==, 2);
  wf_fixture_tear_down (&f);
}

static void
test_paused_holds (void)
{
  WfFixture f;

  begin (&f, "carla", NULL, "[" CREATE ("a", DELAY ("2")) "]");
  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 3 * HOUR);
  g_assert_cmpuint (n_there (&f), ==, 0);
  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_LIVE, NULL));
  wf_fixture_pass (&f, 2 * MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 1); /* the one that waited; the other event found it paused */
  wf_fixture_tear_down (&f);
}

/* S12: a run stays on its version. */
static void
test_pinned_version (void)
{
  WfFixture f;

  begin (&f, "ana", NULL, "[" CREATE ("a", DELAY ("2")) "]");
  wf_fixture_put_workflow (
      &f, 2, NULL,
      "[{\"id\":\"a\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"
      "\"activity-type\":\"visit\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]");
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, 2 * HOUR);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->type, ==, "call");
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 0)->workflow_version, ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_many_waits (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (&f, 1, NULL, "[" CREATE ("a", DELAY ("48")) "]");
  wf_fixture_start (&f);
  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event_at (&f, wf_fixture_now (&f) - (gint64) i * MINUTE, id, "lead.received",
                               lead, "ana", NULL);
    }
  wf_fixture_settle (&f);
  wf_fixture_stop (&f);
  wf_fake_clock_jump (f.clock, wf_fixture_now (&f) + 49 * HOUR);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 700); /* in portions */
  wf_fixture_tear_down (&f);
}

/* No wake-up without something due but the one-minute backstop. */
static void
test_rests (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "ana");
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 5 * MINUTE);
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (f.clock), <=,
                    5); /* of each channel one, and the scheduler’s */
  /* Long polls of half a minute apart, nothing wakes up earlier than the backstop. */
  g_assert_cmpint (wf_fake_clock_get_next_alarm (f.clock), >=,
                   wf_fixture_now (&f) + 10 * G_TIME_SPAN_SECOND);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/scheduler/delay", test_delay);
  g_test_add_func ("/runtime/scheduler/delay-over-restart", test_delay_over_restart);
  g_test_add_func ("/runtime/scheduler/wait-until-event", test_wait_until_event);
  g_test_add_func ("/runtime/scheduler/chain", test_chain);
  g_test_add_func ("/runtime/scheduler/chain-of-others", test_chain_of_others);
  g_test_add_func ("/runtime/scheduler/dismissing", test_dismissing_blocks_the_chain);
  g_test_add_func ("/runtime/scheduler/lead-closed", test_lead_closed_cancels_waits);
  g_test_add_func ("/runtime/scheduler/restart", test_restart_reentry);
  g_test_add_func ("/runtime/scheduler/once-while-open", test_once_while_open_joins);
  g_test_add_func ("/runtime/scheduler/paused", test_paused_holds);
  g_test_add_func ("/runtime/scheduler/pinned-version", test_pinned_version);
  g_test_add_func ("/runtime/scheduler/many-waits", test_many_waits);
  g_test_add_func ("/runtime/scheduler/rests", test_rests);
  return g_test_run ();
}
