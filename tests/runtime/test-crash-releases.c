/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program dies at every commit and at every request while a storm is released, a publication
 * moves or stops the runs that wait, or schedules fire, and is started again: the CRM ends up the
 * same (S12, S13, S16, R127). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-crash-scene.h"

#include "wf-instant.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define N_EVENTS 7
#define MOST_TRIES 5

#define CREATE(id, more, hours)                                                                    \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\"" more ",\"activity-type\":\"call\","            \
  "\"complete-within\":{\"amount\":" hours ",\"unit\":\"hours\"}}"
#define DELAY ",\"run\":{\"mode\":\"delay\",\"delay\":{\"amount\":2,\"unit\":\"hours\"}}"

/* -- on the way -------------------------------------------------------------------------------- */

/* Nothing depends on when it is noticed within the step. */
static void
pass (WfCrashScene *self, gint64 microseconds, gint64 step)
{
  for (; microseconds > 0; microseconds -= step)
    {
      wf_fake_clock_pass_over (self->fixture.clock, step);
      wf_crash_scene_revive (self);
    }
}

static void
begin (WfCrashScene *self)
{
  self->safe = TRUE;
  wf_crash_scene_start (self);
}

static void
add_events (WfCrashScene *self)
{
  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i);
      g_autofree char *lead = g_strdup_printf ("l-%u", i);

      wf_fixture_add_event (&self->fixture, id, "lead.received", lead, i % 2 == 0 ? "ana" : "bruno",
                            NULL);
    }
  wf_fixture_settle (&self->fixture);
}

static gboolean
end (WfCrashScene *self, char **result)
{
  self->safe = TRUE;
  pass (self, 6 * MINUTE, 2 * MINUTE); /* the pauses after a broken request end */
  *result = wf_crash_scene_describe (self);
  return wf_crash_scene_tear_down (self);
}

/* -- a storm is released ----------------------------------------------------------------------- */

/* The manager tries until nothing is held back any more. */
static void
release (WfCrashScene *self, WfRelease how)
{
  WfFixture *f = &self->fixture;

  self->safe = FALSE;
  for (guint tries = 0; tries < MOST_TRIES; tries++)
    {
      g_autoptr (GError) error = NULL;

      wf_fixture_release (f, how, 2, &error);
      wf_crash_scene_revive (self);
      if (wf_fixture_count_held (f, NULL) == 0)
        return;
    }
  g_assert_not_reached ();
}

static gboolean
play_release (WfRelease how, guint crash_at, char **result)
{
  WfCrashScene scene;

  wf_crash_scene_set_up (&scene, "carla", crash_at);
  wf_scripted_crm_put_workflow (
      scene.fixture.crm,
      "{\"format\":1,\"id\":\"" WF_TEST_WORKFLOW "\",\"name\":\"First contact\",\"state\":\"live\","
      "\"version\":1,\"storm-limit\":2,\"trigger\":{\"event\":\"lead.received\"},\"steps\":[" CREATE (
          "call", "", "200") ",{\"id\":\"points\",\"kind\":\"add-score\",\"points\":5}]}");
  begin (&scene);
  add_events (&scene);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (scene.fixture.crm), ==, 2);
  release (&scene, how);
  if (how == WF_RELEASE_SPREAD)
    pass (&scene, 4 * 24 * HOUR, 12 * HOUR);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (scene.fixture.crm), ==,
                    how == WF_RELEASE_DROP ? 2 : N_EVENTS);
  return end (&scene, result);
}

static gboolean
play_create (guint crash_at, char **result)
{
  return play_release (WF_RELEASE_CREATE, crash_at, result);
}

static gboolean
play_spread (guint crash_at, char **result)
{
  return play_release (WF_RELEASE_SPREAD, crash_at, result);
}

static gboolean
play_drop (guint crash_at, char **result)
{
  return play_release (WF_RELEASE_DROP, crash_at, result);
}

static void
test_create (void)
{
  static const char *const expected[] = { "e-0 call ana open - 12000", "e-6 call ana open - 12000",
                                          "add-score l-6", NULL };

  wf_crash_check_every_point (play_create, 20, expected);
}

static void
test_spread (void)
{
  static const char *const expected[] = { "e-0 call ana open - 12000", "e-6 call ana open",
                                          "add-score l-6", NULL };

  wf_crash_check_every_point (play_spread, 20, expected);
}

static void
test_drop (void)
{
  static const char *const expected[] = { "e-1 call bruno open - 12000", NULL };

  wf_crash_check_every_point (play_drop, 8, expected);
}

/* -- a publication and the runs that wait ------------------------------------------------------ */

static gint64
get_version (WfCrashScene *self)
{
  WfWorkflow *workflow = wf_scripted_crm_get_workflow (self->fixture.crm, WF_TEST_WORKFLOW);

  return workflow->version;
}

/* The CRM's version with another deadline. Owned by the caller. */
static WfWorkflow *
edit (WfCrashScene *self)
{
  WfWorkflow *present = wf_scripted_crm_get_workflow (self->fixture.crm, WF_TEST_WORKFLOW);
  g_autofree char *text = wf_workflow_to_text (present, FALSE);
  g_auto (GStrv) parts = g_strsplit (text, "\"amount\":5", -1);
  g_autofree char *edited = g_strjoinv ("\"amount\":7", parts);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (edited, -1, 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return wf_workflow_read (wf_json_document_get_root (document), problems);
}

static void
publish (WfCrashScene *self, WfInFlight in_flight)
{
  self->safe = FALSE;
  for (guint tries = 0; tries < MOST_TRIES && get_version (self) == 1; tries++)
    {
      g_autoptr (WfWorkflow) edited = edit (self);
      g_autoptr (GError) error = NULL;

      wf_fixture_publish (&self->fixture, edited, in_flight, &error);
      wf_crash_scene_revive (self);
      pass (self, 4 * MINUTE, 2 * MINUTE);
    }
  g_assert_cmpint (get_version (self), ==, 2);
}

static gboolean
play_publication (WfInFlight in_flight, guint crash_at, char **result)
{
  WfCrashScene scene;

  wf_crash_scene_set_up (&scene, "carla", crash_at);
  wf_fixture_put_workflow (&scene.fixture, 1, NULL, "[" CREATE ("later", DELAY, "5") "]");
  begin (&scene);
  add_events (&scene);
  publish (&scene, in_flight);
  scene.safe = TRUE;
  pass (&scene, 3 * HOUR, 30 * MINUTE);
  return end (&scene, result);
}

static gboolean
play_move (guint crash_at, char **result)
{
  return play_publication (WF_IN_FLIGHT_MOVE, crash_at, result);
}

static gboolean
play_finish (guint crash_at, char **result)
{
  return play_publication (WF_IN_FLIGHT_FINISH, crash_at, result);
}

static gboolean
play_stop (guint crash_at, char **result)
{
  return play_publication (WF_IN_FLIGHT_STOP, crash_at, result);
}

static void
test_move (void)
{
  static const char *const expected[] = { "e-0 later ana open - 540", "e-6 later ana open - 540",
                                          NULL };

  wf_crash_check_every_point (play_move, 20, expected);
}

static void
test_finish (void)
{
  static const char *const expected[] = { "e-0 later ana open - 420", "e-6 later ana open - 420",
                                          NULL };

  wf_crash_check_every_point (play_finish, 20, expected);
}

static void
test_stop (void)
{
  static const char *const expected[] = { "messages 0", NULL };
  g_autofree char *result = NULL;

  g_assert_false (play_stop (G_MAXUINT, &result));
  g_assert_null (g_strrstr (result, "later"));
  wf_crash_check_every_point (play_stop, 8, expected);
}

/* -- ticks ------------------------------------------------------------------------------------- */

static void
put_scheduled (WfCrashScene *self, const char *id, const char *trigger)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\":1,\"id\":\"%s\",\"name\":\"Scheduled\",\"state\":\"live\",\"version\":1,"
      "\"trigger\":{\"event\":\"schedule.tick\",%s},\"steps\":[" CREATE (
          "call", ",\"assignee\":\"person:ana\"", "5") "]}",
      id, trigger);

  wf_scripted_crm_put_workflow (self->fixture.crm, json);
}

/* A schedule, one for each lead, and a date of each lead, all of them at the same instant. */
static gboolean
play_ticks (guint crash_at, char **result)
{
  WfCrashScene scene;

  wf_crash_scene_set_up (&scene, "carla", crash_at);
  put_scheduled (&scene, "7a110000-6d0a-4b67-9a55-000000000001",
                 "\"schedule\":{\"every\":\"day\",\"at\":\"11:00\"}");
  put_scheduled (&scene, "7a110000-6d0a-4b67-9a55-000000000002",
                 "\"schedule\":{\"every\":\"day\",\"at\":\"11:00\"},\"for-each\":\"lead\"");
  put_scheduled (&scene, "7a110000-6d0a-4b67-9a55-000000000003",
                 "\"schedule\":{\"date\":\"lead.custom.renewal\",\"offset\":{\"amount\":2,\"unit\":"
                 "\"days\"},\"direction\":\"before\",\"at\":\"11:00\"}");
  begin (&scene);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"specversion\":\"1.0\",\"id\":\"e-%u\",\"source\":\"/crm/test\",\"type\":"
          "\"lead.updated\",\"time\":\"" WF_TEST_START "\",\"data\":{\"lead\":{\"id\":\"l-%u\","
          "\"owner\":\"ana\",\"custom\":{\"renewal\":\"2026-11-20\"}}}}",
          i, i);

      wf_scripted_crm_add_event (scene.fixture.crm, json);
    }
  wf_fixture_settle (&scene.fixture);
  pass (&scene, 59 * MINUTE, 59 * MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (scene.fixture.crm), ==, 0);
  scene.safe = FALSE;
  pass (&scene, 6 * MINUTE, MINUTE);
  g_assert_cmpuint (wf_scripted_crm_get_n_activities (scene.fixture.crm), ==, 1 + 3 + 3);
  return end (&scene, result);
}

static void
test_ticks (void)
{
  static const char *const expected[] = { " call ana open - 360", NULL };

  wf_crash_check_every_point (play_ticks, 20, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/crash-releases/create", test_create);
  g_test_add_func ("/runtime/crash-releases/spread", test_spread);
  g_test_add_func ("/runtime/crash-releases/drop", test_drop);
  g_test_add_func ("/runtime/crash-releases/publish-move", test_move);
  g_test_add_func ("/runtime/crash-releases/publish-finish", test_finish);
  g_test_add_func ("/runtime/crash-releases/publish-stop", test_stop);
  g_test_add_func ("/runtime/crash-releases/ticks", test_ticks);
  return g_test_run ();
}
