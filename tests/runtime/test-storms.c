/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports and bursts are held, and released as somebody decides; nothing is lost or doubled (S13,
 * B7). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-runtime-fixture.h"

#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

#define STEPS                                                                                      \
  "[{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"             \
  "\"activity-type\":\"call\",\"complete-within\":{\"amount\":60,\"unit\":\"minutes\"}}]"
#define HELD "A workflow met many events at once: they are held back."

static void
add_events (WfFixture *f, const char *prefix, guint n, gboolean import)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", prefix, i);
      g_autofree char *lead = g_strdup_printf ("l-%s-%u", prefix, i);

      wf_fixture_add_event (f, id, "lead.received", lead, i % 2 == 0 ? "ana" : "bruno",
                            import ? ",\"import\":true" : NULL);
    }
  wf_fixture_settle (f);
}

static void
begin (WfFixture *f, const char *person)
{
  wf_fixture_set_up (f, person);
  wf_fixture_put_workflow (f, 1, NULL, STEPS);
  wf_fixture_start (f);
}

static guint
n_there (WfFixture *f)
{
  return wf_scripted_crm_get_n_activities (f->crm);
}

static void
test_held (void)
{
  WfFixture f;
  WfHeldStorm *storm;
  WfInstant began;

  begin (&f, "carla");
  began = wf_fixture_now (&f);
  add_events (&f, "a", 150, FALSE);
  g_assert_cmpuint (n_there (&f), ==, 100);
  g_assert_cmpuint (wf_fixture_count_held (&f, &storm), ==, 50);
  g_assert_cmpstr (storm->workflow, ==, WF_TEST_WORKFLOW);
  g_assert_cmpstr (storm->workflow_name, ==, "First contact");
  g_assert_cmpstr (storm->reason, ==, "storm");
  g_assert_cmpint (storm->first, ==, began);
  wf_held_storm_free (storm);

  /* Announced once, also when it goes on and over a restart. */
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  add_events (&f, "b", 30, FALSE);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 80);
  g_assert_cmpuint (wf_fixture_count_titles (&f, HELD), ==, 1);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message held/"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_create (void)
{
  WfFixture f;

  begin (&f, "carla");
  add_events (&f, "a", 350, FALSE);
  g_assert_cmpuint (n_there (&f), ==, 100);
  g_assert_true (wf_fixture_release (&f, WF_RELEASE_CREATE, 0, NULL));
  g_assert_cmpuint (n_there (&f), ==, 350);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 0);
  g_assert_cmpuint (wf_fixture_count_titles (&f, "Held events released"), ==, 1);
  wf_fixture_tear_down (&f);
}

/* Deadlines count from the event (S26); of an import from the release. */
static void
test_deadlines (void)
{
  WfFixture f;
  WfInstant began;

  begin (&f, "carla");
  began = wf_fixture_now (&f);
  add_events (&f, "a", 101, FALSE);
  wf_fixture_pass (&f, 20 * MINUTE);
  g_assert_true (wf_fixture_release (&f, WF_RELEASE_CREATE, 0, NULL));
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 100)->due, ==, began + HOUR);

  add_events (&f, "b", 1, TRUE);
  g_assert_cmpuint (n_there (&f), ==, 101);
  wf_fixture_pass (&f, 3 * HOUR);
  g_assert_true (wf_fixture_release (&f, WF_RELEASE_CREATE, 0, NULL));
  g_assert_cmpint (wf_scripted_crm_get_activity_at (f.crm, 101)->due, ==,
                   wf_fixture_now (&f) + HOUR);
  wf_fixture_tear_down (&f);
}

static void
test_drop (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin (&f, "carla");
  add_events (&f, "a", 20, TRUE);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 20);
  g_assert_true (wf_fixture_release (&f, WF_RELEASE_DROP, 0, NULL));
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 0);
  wf_fixture_pass (&f, DAY);
  g_assert_cmpuint (n_there (&f), ==, 0);
  g_assert_cmpuint (wf_fixture_count_titles (&f, "Held events dropped"), ==, 1);
  g_assert_false (wf_fixture_release (&f, WF_RELEASE_CREATE, 0, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES);

  /* The next import is another decision. */
  add_events (&f, "b", 5, TRUE);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 5);
  g_assert_cmpuint (wf_fixture_count_titles (&f, HELD), ==, 2);
  wf_fixture_tear_down (&f);
}

/* Each person's share a working day, over a restart. */
static void
test_spread (void)
{
  WfFixture f;
  guint per_day[8] = { 0 };
  WfInstant last = WF_INSTANT_NONE;

  begin (&f, "carla");
  add_events (&f, "a", 60, TRUE); /* 30 each */
  g_assert_true (wf_fixture_release (&f, WF_RELEASE_SPREAD, 8, NULL));
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 0);
  wf_fixture_pass (&f, HOUR);
  wf_fixture_stop (&f);
  wf_fixture_start (&f);
  wf_fixture_pass (&f, 8 * DAY);
  g_assert_cmpuint (n_there (&f), ==, 60);
  for (guint i = 0; i < 60; i++)
    {
      const WfActivity *activity = wf_scripted_crm_get_activity_at (f.crm, i);
      WfInstant began = activity->due - HOUR;
      WfInstant start = 0;

      if (g_strcmp0 (activity->person, "ana") != 0)
        continue;
      g_assert_true (wf_instant_parse (WF_TEST_START, &start));
      g_assert_cmpint (began, >=, start);
      g_assert_cmpint (began, !=, last);
      last = began;
      per_day[(began - start + 10 * HOUR) / DAY]++;
    }
  /* A Wednesday from 10:00, Thursday, Friday, Monday, Tuesday. */
  g_assert_cmpuint (per_day[0], <=, 8);
  g_assert_cmpuint (per_day[0], >, 0);
  g_assert_cmpuint (per_day[1], ==, 8);
  g_assert_cmpuint (per_day[2], ==, 8);
  g_assert_cmpuint (per_day[3] + per_day[4], ==, 0);
  g_assert_cmpuint (per_day[5] + per_day[6] + per_day[0], ==, 14);
  wf_fixture_tear_down (&f);
}

static void
test_places (void)
{
  static const struct
  {
    const char *from;
    guint place, capacity;
    const char *at;
  } cases[] = {
    { "2026-11-18T13:00:00Z", 0, 8, "2026-11-18T13:00:00Z" }, /* now: Wednesday 10:00 */
    { "2026-11-18T13:00:00Z", 1, 8, "2026-11-18T14:00:00Z" }, /* 7 of 8 hours are left: 7 */
    { "2026-11-18T13:00:00Z", 2, 8, "2026-11-18T16:00:00Z" }, /* not in the break */
    { "2026-11-18T13:00:00Z", 6, 8, "2026-11-18T20:00:00Z" },
    { "2026-11-18T13:00:00Z", 7, 8, "2026-11-19T12:00:00Z" },  /* Thursday 09:00 */
    { "2026-11-18T13:00:00Z", 23, 8, "2026-11-23T12:00:00Z" }, /* Monday */
    { "2026-11-20T21:00:00Z", 0, 8, "2026-11-23T12:00:00Z" },  /* Friday 18:00: closed */
    { "2026-11-20T20:59:00Z", 0, 8, "2026-11-23T12:00:00Z" },  /* no room on Friday */
    { "2026-11-21T15:00:00Z", 1, 1, "2026-11-24T12:00:00Z" },
  };
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (
      "{\"working-hours\":{\"time-zone\":\"America/Sao_Paulo\",\"week\":{"
      "\"mon\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"tue\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"wed\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"thu\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
      "\"fri\":[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]],\"sat\":[],\"sun\":[]}}}",
      -1, 0, NULL);
  WfJsonCursor root = { .value = wf_json_document_get_root (document) };
  WfJsonCursor cursor = wf_json_cursor_member (&root, "working-hours");
  g_autoptr (WfWorkingHours) hours = wf_working_hours_read (&cursor);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfInstant from = 0;
      g_autofree char *at = NULL;

      g_assert_true (wf_instant_parse (cases[i].from, &from));
      at = wf_instant_format_utc (
          wf_storm_find_place (hours, from, cases[i].place, cases[i].capacity));
      g_assert_cmpstr (at, ==, cases[i].at);
    }
}

static void
test_crashes (void)
{
  for (guint at = 1; at <= 7; at++)
    {
      WfFixture f;
      WfCommitCrash crash = { 0, at };

      begin (&f, "carla");
      add_events (&f, "a", 450, TRUE);
      wf_runtime_set_fault_hook (f.runtime, wf_commit_crash, &crash);
      wf_fixture_release (&f, WF_RELEASE_CREATE, 0, NULL);
      wf_fixture_stop (&f);
      wf_fixture_start (&f);
      wf_fixture_pass (&f, 2 * MINUTE);
      g_assert_cmpuint (n_there (&f), ==, 450);
      g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 0);
      wf_fixture_tear_down (&f);
    }
}

/* One decides, all do the same; one that was off does it when the events have come. */
static void
test_computers (void)
{
  static const WfRelease releases[] = { WF_RELEASE_CREATE, WF_RELEASE_DROP, WF_RELEASE_SPREAD };

  for (guint i = 0; i < G_N_ELEMENTS (releases); i++)
    for (guint off = 0; off <= 1; off++)
      {
        WfFixture f, other;
        guint expected = releases[i] == WF_RELEASE_DROP ? 0 : 30;

        begin (&f, "carla");
        wf_fixture_set_up_peer (&other, &f, "ana");
        wf_fixture_start (&other);
        if (off)
          wf_fixture_stop (&other);
        add_events (&f, "a", 30, TRUE);
        g_assert_true (wf_fixture_release (&f, releases[i], 5, NULL));
        if (off)
          wf_fixture_start (&other);
        wf_fixture_pass (&f, 6 * DAY);
        g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 0);
        g_assert_cmpuint (wf_fixture_count_held (&other, NULL), ==, 0);
        g_assert_cmpuint (n_there (&f), ==, expected);
        g_assert_cmpuint (wf_recording_notifier_count (other.notifier, "message held/"), ==, 0);
        wf_fixture_tear_down (&other);
        wf_fixture_tear_down (&f);
      }
}

/* Both decide before they hear of each other. */
static void
test_two_decide (void)
{
  WfFixture f, other;

  begin (&f, "carla");
  wf_fixture_set_up_peer (&other, &f, "carla");
  wf_fixture_start (&other);
  add_events (&f, "a", 30, TRUE);
  wf_scripted_crm_set_offline (f.crm, TRUE);
  g_assert_true (wf_fixture_release (&f, WF_RELEASE_CREATE, 0, NULL));
  g_assert_true (wf_fixture_release (&other, WF_RELEASE_CREATE, 0, NULL));
  wf_scripted_crm_set_offline (f.crm, FALSE);
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 30);
  wf_fixture_tear_down (&other);
  wf_fixture_tear_down (&f);
}

static void
test_guards (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_fixture_put_workflow (&f, 1, "\"reentry\":\"once-per-lead\"", STEPS);
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "e-1", "lead.received", "l-1", "ana", ",\"import\":true");
  wf_fixture_add_event (&f, "e-2", "lead.received", "l-1", "ana", ",\"import\":true");
  wf_fixture_add_event (&f, "e-3", "lead.received", "l-2", "ana", ",\"import\":true");
  wf_fixture_settle (&f);
  wf_fixture_add_event (&f, "e-4", "lead.discarded", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 3);
  g_assert_true (wf_fixture_release (&f, WF_RELEASE_CREATE, 0, NULL));
  /* Once for the lead, and not at all for the one that was closed meanwhile (S10, S15). */
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpuint (wf_fixture_count_titles (&f, "A held event starts nothing any more"), ==, 2);
  wf_fixture_tear_down (&f);
}

/* Released, then paused: they wait until it goes on. */
static void
test_paused (void)
{
  WfFixture f;

  begin (&f, "carla");
  add_events (&f, "a", 5, TRUE);
  g_assert_true (wf_fixture_set_workflow_state (&f, WF_TEST_WORKFLOW, WF_WORKFLOW_PAUSED, NULL));
  g_assert_true (wf_fixture_release (&f, WF_RELEASE_CREATE, 0, NULL));
  wf_fixture_pass (&f, HOUR);
  g_assert_cmpuint (n_there (&f), ==, 0);
  g_assert_true (wf_fixture_resume (&f, WF_TEST_WORKFLOW, WF_RESUME_RUN_NOW, NULL));
  wf_fixture_pass (&f, 10 * MINUTE);
  g_assert_cmpuint (n_there (&f), ==, 5);
  wf_fixture_tear_down (&f);
}

static void
set_limit (WfFixture *f, const char *member)
{
  g_autofree char *json =
      g_strdup_printf ("{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
                       "\",\"name\":\"First contact\",\"state\":\"live\",\"version\":1,"
                       "\"trigger\":{\"event\":\"lead.received\"},\"steps\":%s%s}",
                       STEPS, member);

  wf_scripted_crm_put_workflow (f->crm, json);
}

static void
test_limits (void)
{
  static const struct
  {
    const char *member;
    guint n;
  } cases[] = {
    { ",\"storm-limit\":10", 10 },
    { ",\"storm-limit\":0", 150 },
    { ",\"storm-limit\":120", 120 },
    { ",\"storm-limit\":-1", 100 },
    { "", 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WfFixture f;

      wf_fixture_set_up (&f, "carla");
      set_limit (&f, cases[i].member);
      wf_fixture_start (&f);
      add_events (&f, "a", 150, FALSE);
      g_assert_cmpuint (n_there (&f), ==, cases[i].n);
      g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 150 - cases[i].n);
      wf_fixture_tear_down (&f);
    }
}

/* It is a storm by the events' times, also when they come days later. */
static void
test_late_storm (void)
{
  WfFixture f;

  begin (&f, "carla");
  wf_fixture_stop (&f);
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&f, id, "lead.received", lead, "ana", NULL);
    }
  wf_fake_clock_jump (f.clock, wf_fixture_now (&f) + 2 * DAY);
  wf_fixture_start (&f);
  g_assert_cmpuint (n_there (&f), ==, 100);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 50);
  wf_fixture_tear_down (&f);
}

/* S10: what was held by the very event that closes its lead is no victim of it; what another event
 * held before is. */
static void
test_closing_event (void)
{
  WfFixture f;

  wf_fixture_set_up (&f, "carla");
  wf_scripted_crm_put_workflow (
      f.crm,
      "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW
      "\",\"name\":\"Recover\",\"state\":\"live\",\"version\":1,\"trigger\":{\"event\":\"lead.discarded\"},"
      "\"steps\":" STEPS "}");
  wf_fixture_start (&f);
  wf_fixture_add_event (&f, "d-1", "lead.discarded", "l-1", "ana", ",\"import\":true");
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, MINUTE);
  wf_fixture_add_event (&f, "d-2", "lead.discarded", "l-2", "ana", ",\"import\":true");
  wf_fixture_settle (&f);
  wf_fixture_pass (&f, MINUTE);
  wf_fixture_add_event (&f, "x-2", "lead.finalized", "l-2", "ana", NULL);
  wf_fixture_settle (&f);
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 2);

  g_assert_true (wf_fixture_release (&f, WF_RELEASE_CREATE, 0, NULL));
  g_assert_cmpuint (wf_fixture_count_held (&f, NULL), ==, 0);
  g_assert_cmpuint (n_there (&f), ==, 1);
  g_assert_cmpstr (wf_scripted_crm_get_activity_at (f.crm, 0)->lead, ==, "l-1");
  g_assert_cmpuint (wf_fixture_count_titles (&f, "A held event starts nothing any more"), ==, 1);
  wf_fixture_tear_down (&f);
}

static void
test_rights (void)
{
  WfFixture f;
  g_autoptr (GError) error = NULL;

  begin (&f, "ana");
  add_events (&f, "a", 5, TRUE);
  g_assert_cmpuint (wf_recording_notifier_count (f.notifier, "message held/"), ==, 0);
  g_assert_false (wf_fixture_release (&f, WF_RELEASE_DROP, 0, &error));
  g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NOT_ALLOWED);
  wf_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/storms/held", test_held);
  g_test_add_func ("/runtime/storms/create", test_create);
  g_test_add_func ("/runtime/storms/deadlines", test_deadlines);
  g_test_add_func ("/runtime/storms/drop", test_drop);
  g_test_add_func ("/runtime/storms/spread", test_spread);
  g_test_add_func ("/runtime/storms/places", test_places);
  g_test_add_func ("/runtime/storms/crashes", test_crashes);
  g_test_add_func ("/runtime/storms/computers", test_computers);
  g_test_add_func ("/runtime/storms/two-decide", test_two_decide);
  g_test_add_func ("/runtime/storms/guards", test_guards);
  g_test_add_func ("/runtime/storms/paused", test_paused);
  g_test_add_func ("/runtime/storms/limits", test_limits);
  g_test_add_func ("/runtime/storms/late", test_late_storm);
  g_test_add_func ("/runtime/storms/closing-event", test_closing_event);
  g_test_add_func ("/runtime/storms/rights", test_rights);
  return g_test_run ();
}
