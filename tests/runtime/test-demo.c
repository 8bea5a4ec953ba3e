/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several programs on the demo CRM over HTTP: each activity exists exactly once, through dropped
 * connections too (B4, S16). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-world.h"
#include "wf-instant.h"
#include "wf-workflow-merge.h"

typedef struct
{
  WfDemoWorld demo;
  gint64 n_before; /* activities of the sample itself */
  guint n_events;
} World;

static gint64
n_made (World *self)
{
  return wf_demo_server_count (self->demo.server, "activities") - self->n_before;
}

static gboolean
all_made (gpointer world)
{
  World *self = world;

  return n_made (self) >= self->n_events && wf_demo_world_is_settled (self);
}

static void
set_up (World *self)
{
  *self = (World) { .demo.tokens = { "ana", "carla", WF_DEMO_ENGINE } };
  wf_demo_world_begin (&self->demo, WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY);
  self->n_before = wf_demo_server_count (self->demo.server, "activities");
  for (guint i = 0; i < 2; i++)
    self->demo.notifiers[i] = wf_recording_notifier_new ();
  for (guint i = 0; i < G_N_ELEMENTS (self->demo.runtimes); i++)
    wf_demo_world_start (&self->demo, i);
  wf_demo_world_wait (self, wf_demo_world_is_settled);
}

static void
tear_down (World *self)
{
  wf_demo_world_end (&self->demo);
}

/* A lead of ana's for which the sample's workflow makes one activity. */
static void
add_lead (World *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"t-%u\",\"source\":\"/crm/aurora\",\"type\":\"lead.received\",\"data\":{\"lead\":{"
      "\"id\":\"t-lead-%u\",\"name\":\"Padaria\",\"owner\":\"ana\",\"source\":\"marketing-platform\",\"origin\":\"web\","
      "\"stage\":\"new\"}}}",
      self->n_events, self->n_events);

  g_assert_true (wf_demo_server_add_event (self->demo.server, json, &error));
  g_assert_no_error (error);
  self->n_events++;
}

static void
test_three_programs (void)
{
  World world;

  set_up (&world);
  for (guint i = 0; i < 60; i++)
    {
      add_lead (&world);
      wf_fake_clock_advance (world.demo.clock, 20 * G_TIME_SPAN_SECOND);
    }
  wf_demo_world_wait (&world, all_made);
  g_assert_cmpint (n_made (&world), ==, 60);

  /* The same again with every store forgotten by a restart of all: nothing new. */
  for (guint i = 0; i < 3; i++)
    {
      wf_demo_world_stop (&world.demo, i);
      wf_demo_world_start (&world.demo, i);
    }
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  add_lead (&world);
  wf_demo_world_wait (&world, all_made);
  g_assert_cmpint (n_made (&world), ==, 61);
  tear_down (&world);
}

static void
add_faults (World *self)
{
  static const WfDemoFault faults[] = {
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .path = "/activities" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 500 },
    { .kind = WF_DEMO_FAULT_DROP_BEFORE },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 429, .retry_after = 5 },
    { .kind = WF_DEMO_FAULT_CUT_BODY, .path = "/activities" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 503, .retry_after = 2 },
    { .kind = WF_DEMO_FAULT_DROP_AFTER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    wf_demo_server_add_fault (self->demo.server, &faults[i]);
}

static void
test_broken_connections (void)
{
  World world;

  set_up (&world);
  for (guint round = 0; round < 5; round++)
    {
      add_faults (&world);
      for (guint i = 0; i < 6; i++)
        {
          add_lead (&world);
          wf_fake_clock_advance (world.demo.clock, 30 * G_TIME_SPAN_SECOND);
        }
      wf_demo_world_wait (&world, all_made);
      g_assert_cmpint (n_made (&world), ==, world.n_events);
    }
  tear_down (&world);
}

static gboolean
all_offline (gpointer world)
{
  World *self = world;

  for (guint i = 0; i < G_N_ELEMENTS (self->demo.runtimes); i++)
    if (wf_runtime_get_sync_status (self->demo.runtimes[i]) != WF_SYNC_STATUS_OFFLINE)
      return FALSE;
  return TRUE;
}

static void
test_server_away (void)
{
  World world;

  set_up (&world);
  wf_demo_server_set_refusing (world.demo.server, TRUE);
  wf_demo_world_wait (&world, all_offline);
  for (guint i = 0; i < 5; i++)
    add_lead (&world);
  wf_fake_clock_advance (world.demo.clock, 10 * G_TIME_SPAN_MINUTE);
  wf_demo_server_set_refusing (world.demo.server, FALSE);
  wf_demo_world_wait (&world, all_made);
  g_assert_cmpint (n_made (&world), ==, 5);
  tear_down (&world);
}

/* -- one person's work is seen by the other ---------------------------------------------------- */

typedef struct
{
  GPtrArray *activities; /* (owned) */
} Listing;

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  ((Listing *) user_data)->activities =
      wf_runtime_list_activities_finish (WF_RUNTIME (source), result, NULL, &error);
  g_assert_no_error (error);
}

static WfActivity *
get_made (World *self, guint index)
{
  Listing listing = { 0 };
  WfActivity *found = NULL;
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .lead = "t-lead-0",
    .now = wf_clock_now (WF_CLOCK (self->demo.clock)),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };

  wf_runtime_list_activities_async (self->demo.runtimes[index], &query, NULL, on_listed, &listing);
  while (listing.activities == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (listing.activities->len == 1)
    found = wf_activity_ref (g_ptr_array_index (listing.activities, 0));
  g_ptr_array_unref (listing.activities);
  return found;
}

static gboolean
carla_sees_it_done (gpointer world)
{
  World *self = world;

  g_autoptr (WfActivity) activity = get_made (self, 1);

  return activity != NULL && activity->status == WF_ACTIVITY_DONE &&
         wf_demo_world_is_settled (self);
}

static void
test_work_is_seen (void)
{
  World world;
  g_autoptr (WfActivity) hers = NULL, managers = NULL;

  set_up (&world);
  add_lead (&world);
  wf_demo_world_wait (&world, all_made);
  hers = get_made (&world, 0);
  g_assert_nonnull (hers);
  g_assert_cmpstr (hers->person, ==, "ana");
  g_assert_cmpint (hers->sync, ==, WF_SYNC_CONFIRMED);
  wf_runtime_complete_async (world.demo.runtimes[0], hers->id, "interested", NULL, NULL, NULL);
  wf_demo_world_wait (&world, carla_sees_it_done);
  managers = get_made (&world, 1);
  g_assert_cmpstr (managers->outcome, ==, "interested");
  g_assert_nonnull (managers->explanation);
  tear_down (&world);
}

/* -- two people edit the same workflow (S30) --------------------------------------------------- */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The published version of the sample's first workflow, or of the one with the id. */
static WfWorkflow *
get_published (WfRuntime *runtime, const char *id, gboolean *in_conflict)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  wf_runtime_list_workflows_async (runtime, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  rows = wf_runtime_list_workflows_finish (runtime, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const WfRuntimeWorkflow *row = g_ptr_array_index (rows, i);

      if (id != NULL ? !g_str_equal (row->workflow->id, id)
                     : row->workflow->state != WF_WORKFLOW_LIVE)
        continue;
      if (in_conflict != NULL)
        *in_conflict = row->in_conflict;
      return wf_workflow_copy (row->workflow);
    }
  g_assert_not_reached ();
}

static void
publish (WfRuntime *runtime, WfWorkflow *workflow, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wf_runtime_save_workflow_async (runtime, workflow, TRUE, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  wf_runtime_command_finish (runtime, result, error);
}

static WfWorkflowConflict *
get_conflict (WfRuntime *runtime, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WfWorkflowConflict *conflict;

  wf_runtime_get_conflict_async (runtime, id, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  conflict = wf_runtime_get_conflict_finish (runtime, result, &error);
  g_assert_no_error (error);
  return conflict;
}

static void
test_conflict (void)
{
  World world;
  g_autoptr (WfWorkflow) base = NULL, mine = NULL, theirs = NULL, merged = NULL, after = NULL;
  g_autoptr (WfWorkflowConflict) conflict = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  gboolean in_conflict = TRUE;

  set_up (&world);
  wf_demo_world_stop (&world.demo, 0);
  world.demo.tokens[0] = "carla"; /* at another computer */
  wf_demo_world_start (&world.demo, 0);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  base = get_published (world.demo.runtimes[0], NULL, NULL);
  mine = wf_workflow_copy (base);
  g_set_str (&mine->objective, "Ours");
  theirs = wf_workflow_copy (base);
  g_set_str (&theirs->objective, "Theirs");

  /* Both at once: one of them is first, and the other is refused. */
  publish (world.demo.runtimes[0], mine, &error);
  g_assert_no_error (error);
  publish (world.demo.runtimes[1], theirs, &error);
  g_assert_no_error (error);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  for (guint i = 0; i < 2 && conflict == NULL; i++)
    {
      conflict = get_conflict (world.demo.runtimes[i], base->id);
      if (conflict == NULL)
        continue;
      none = get_conflict (world.demo.runtimes[1 - i], base->id);
      g_assert_null (none);

      /* The program ends and is started again; then the person resolves. */
      wf_demo_world_stop (&world.demo, i);
      wf_demo_world_start (&world.demo, i);
      wf_demo_world_wait (&world, wf_demo_world_is_settled);
      g_clear_pointer (&conflict, wf_workflow_conflict_free);
      conflict = get_conflict (world.demo.runtimes[i], base->id);
      g_assert_cmpint (conflict->base->version, ==, base->version);
      g_assert_cmpint (conflict->theirs->version, ==, base->version + 1);
      publish (world.demo.runtimes[i], conflict->mine, &error);
      g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT);
      g_clear_error (&error);
      merged = wf_workflow_merge (conflict->base, conflict->mine, conflict->theirs, NULL);
      publish (world.demo.runtimes[i], merged, &error);
      g_assert_no_error (error);
    }
  g_assert_nonnull (conflict);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&after, wf_workflow_unref);
      after = get_published (world.demo.runtimes[i], base->id, &in_conflict);
      g_assert_false (in_conflict);
      g_assert_cmpint (after->version, ==, base->version + 2);
      g_assert_cmpstr (after->objective, ==, conflict->mine->objective);
    }
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/demo/three-programs", test_three_programs);
  g_test_add_func ("/runtime/demo/broken-connections", test_broken_connections);
  g_test_add_func ("/runtime/demo/server-away", test_server_away);
  g_test_add_func ("/runtime/demo/work-is-seen", test_work_is_seen);
  g_test_add_func ("/runtime/demo/conflict", test_conflict);
  return g_test_run ();
}
