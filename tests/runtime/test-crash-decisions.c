/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program dies at every commit and at every request of a decision: about a blocked step (S18),
 * an activity that joins (B8), working hours that changed (S25). It is started again, the person
 * tries again, and the CRM ends up the same (S16). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-crash-scene.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define MOST_TRIES 5

#define TASK(id, type, more)                                                                       \
  "{\"id\":\"" id "\",\"kind\":\"create-activity\",\"activity-type\":\"" type                      \
  "\",\"complete-within\":{\"amount\":4,\"unit\":\"hours\"}" more "}"
#define AFTER ",\"run\":{\"mode\":\"after-previous\"}"
#define STAGE "{\"id\":\"act\",\"kind\":\"change-stage\",\"stage\":\"filter-1\"}"

/* -- commands ---------------------------------------------------------------------------------- */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
finish (WfCrashScene *self, GAsyncResult **result, GError **error)
{
  gboolean done;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = wf_runtime_command_finish (self->fixture.runtime, *result, error);
  g_clear_object (result);
  wf_crash_scene_revive (self);
  return done;
}

/* What was durable before the program died does not apply any more. */
static void
resolve (WfCrashScene *self, const char *event, WfResolve decision)
{
  char run[WF_UUID_LENGTH + 1];

  wf_run_make_key (WF_TEST_WORKFLOW, "/crm/test", event, run);
  for (guint tries = 0; tries < MOST_TRIES; tries++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      wf_runtime_resolve_step_async (self->fixture.runtime, run, "act", decision, NULL, on_result,
                                     &result);
      if (finish (self, &result, &error) ||
          g_error_matches (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_NO_LONGER_APPLIES))
        return;
    }
  g_assert_not_reached ();
}

static void
apply_due_changes (WfCrashScene *self)
{
  for (guint tries = 0; tries < MOST_TRIES; tries++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      wf_runtime_apply_due_changes_async (self->fixture.runtime, NULL, on_result, &result);
      if (finish (self, &result, NULL))
        return;
    }
  g_assert_not_reached ();
}

/* -- scenes ------------------------------------------------------------------------------------ */

static void
begin (WfCrashScene *self, guint crash_at, const char *steps)
{
  wf_crash_scene_set_up (self, "carla", crash_at);
  self->safe = TRUE;
  wf_fixture_put_workflow (&self->fixture, 1, NULL, steps);
  wf_crash_scene_start (self);
}

static gboolean
end (WfCrashScene *self, char **result)
{
  g_autofree char *there = NULL;

  wf_crash_scene_pass (self, 2 * MINUTE); /* the pauses after a broken request end */
  there = wf_crash_scene_describe (self);
  /* Each decision is audited once (R117). */
  *result =
      g_strdup_printf ("%s\nchanges %u", there, wf_fixture_count_log (&self->fixture, "change"));
  return wf_crash_scene_tear_down (self);
}

static gboolean
play_resolve (guint crash_at, char **result)
{
  WfCrashScene scene;
  WfFixture *f = &scene.fixture;

  begin (&scene, crash_at, "[" STAGE "," TASK ("then", "call", AFTER) "]");
  wf_scripted_crm_refuse_action (f->crm, WF_ACTION_CHANGE_STAGE, WF_CRM_ERROR_INVALID);
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_add_event (f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_add_event (f, "e-3", "lead.received", "l-3", "ana", NULL);
  wf_fixture_settle (f);
  wf_scripted_crm_accept_actions (f->crm);
  scene.safe = FALSE;
  resolve (&scene, "e-1", WF_RESOLVE_RETRY);
  resolve (&scene, "e-2", WF_RESOLVE_SKIP);
  resolve (&scene, "e-3", WF_RESOLVE_STOP);
  return end (&scene, result);
}

static void
test_resolve (void)
{
  static const char *const expected[] = { " change-stage l-1", " e-1 then ana open",
                                          " e-2 then ana open", "changes 3", NULL };

  wf_crash_check_every_point (play_resolve, 8, expected);
}

/* The second event joins, with a nearer deadline; both runs go on when it is done. */
static gboolean
play_join (guint crash_at, char **result)
{
  WfCrashScene scene;
  WfFixture *f = &scene.fixture;

  begin (&scene, crash_at,
         "[" TASK ("reach", "call", ",\"join\":true") "," TASK ("then", "visit", AFTER) "]");
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_crash_scene_pass (&scene, MINUTE);
  scene.safe = FALSE;
  wf_fixture_add_event_at (f, scene.began - 20 * MINUTE, "e-2", "lead.received", "l-1", "ana",
                           NULL);
  wf_crash_scene_revive (&scene);
  wf_crash_scene_pass (&scene, 2 * MINUTE);
  wf_crash_scene_complete (&scene, "e-1", "reach");
  return end (&scene, result);
}

static void
test_join (void)
{
  static const char *const expected[] = { " e-1 reach ana done Reached 220", " e-1 then ana open",
                                          " e-2 then ana open", NULL };

  wf_crash_check_every_point (play_join, 8, expected);
}

/* From Wednesday 10:00 on four hours of business: 15:00 without lunch, then mornings only. */
static gboolean
play_due_changes (guint crash_at, char **result)
{
  static const char organisation[] =
      "{\"format\":1,\"name\":\"Test\",\"process\":\"1\",\"working-hours\":{\"time-zone\":"
      "\"America/Sao_Paulo\",\"week\":{\"mon\":[],\"tue\":[],\"wed\":[[\"09:00\",\"12:00\"]],"
      "\"thu\":[[\"09:00\",\"12:00\"]],\"fri\":[],\"sat\":[],\"sun\":[]}},\"people\":["
      "{\"id\":\"carla\",\"name\":\"Carla\",\"role\":\"coordinator\",\"active\":true,\"groups\":[],"
      "\"teams\":[],\"units\":[]},{\"id\":\"ana\",\"name\":\"Ana\",\"role\":\"attendant\","
      "\"active\":true,\"groups\":[],\"teams\":[],\"units\":[]}],\"groups\":[],\"teams\":[],"
      "\"units\":[],\"activity-types\":[{\"id\":\"call\",\"name\":\"Call\"}],\"pipelines\":[]}";
  WfCrashScene scene;
  WfFixture *f = &scene.fixture;

  begin (&scene, crash_at, "[" TASK ("call", "call", ",\"business-hours\":true") "]");
  wf_fixture_add_event (f, "e-1", "lead.received", "l-1", "ana", NULL);
  wf_fixture_add_event (f, "e-2", "lead.received", "l-2", "ana", NULL);
  wf_fixture_settle (f);
  wf_scripted_crm_set_organisation (f->crm, organisation);
  wf_scripted_crm_add_event (
      f->crm, "{\"specversion\":\"1.0\",\"id\":\"o-1\",\"source\":\"/crm/test\",\"type\":"
              "\"organisation.changed\",\"time\":\"2026-11-18T13:00:00Z\",\"data\":{}}");
  wf_fixture_settle (f);
  scene.safe = FALSE;
  apply_due_changes (&scene);
  return end (&scene, result);
}

static void
test_due_changes (void)
{
  static const char *const expected[] = { " e-1 call ana open - 1500", " e-2 call ana open - 1500",
                                          "changes 2", NULL };

  wf_crash_check_every_point (play_due_changes, 4, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/crash-decisions/resolve", test_resolve);
  g_test_add_func ("/runtime/crash-decisions/join", test_join);
  g_test_add_func ("/runtime/crash-decisions/due-changes", test_due_changes);
  return g_test_run ();
}
