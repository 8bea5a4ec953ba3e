/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several programs on the demo CRM over HTTP: each activity exists exactly once, through dropped
 * connections too (B4, S16). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-server.h"
#include "wf-fake-clock.h"
#include "wf-instant.h"
#include "wf-open-crm.h"
#include "wf-runtime-fixture.h"
#include "wf-test-folder.h"
#include "wf-workflow-merge.h"

#define MOST_REAL_SECONDS 60
#define TICK_MILLISECONDS 20

/* The server, and up to three programs that use it. */
typedef struct
{
  WfFakeClock *clock;
  WfTestFolder *folder;
  WfDemoServer *server;
  WfRecordingNotifier *notifiers[3];
  WfRuntime *runtimes[3];
  const char *tokens[3]; /* whose */
  gint64 n_before;       /* activities of the sample itself */
  guint n_events;
} World;

typedef gboolean (*Condition) (World *self);

static gboolean
on_tick (gpointer user_data)
{
  /* Pauses are by the clock; time goes on while the network is waited for. */
  wf_fake_clock_advance (((World *) user_data)->clock, G_TIME_SPAN_SECOND);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
wait_until (World *self, Condition condition)
{
  gboolean timed_out = FALSE;
  guint tick = g_timeout_add (TICK_MILLISECONDS, on_tick, self);
  guint watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &timed_out);

  while (!timed_out && !condition (self))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (watchdog);
  g_assert_false (timed_out);
}

static gboolean
all_settled (World *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->runtimes); i++)
    if (self->runtimes[i] != NULL &&
        (wf_runtime_get_sync_status (self->runtimes[i]) != WF_SYNC_STATUS_UP_TO_DATE ||
         !wf_runtime_is_settled (self->runtimes[i]) ||
         wf_runtime_get_pending_changes (self->runtimes[i]) > 0))
      return FALSE;
  return TRUE;
}

static gint64
n_made (World *self)
{
  return wf_demo_server_count (self->server, "activities") - self->n_before;
}

static gboolean
all_made (World *self)
{
  return n_made (self) >= self->n_events && all_settled (self);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_runtime_start_finish (WF_RUNTIME (source), result, &error));
  g_assert_no_error (error);
}

static void
start (World *self, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s-%u.db", self->tokens[index], index);
  g_autofree char *path = wf_test_folder_build (self->folder, name);
  g_autoptr (WfCrm) crm =
      wf_open_crm_new (WF_CLOCK (self->clock), wf_demo_server_get_uri (self->server),
                       wf_demo_server_get_token (self->server, self->tokens[index]), &error);

  g_assert_no_error (error);
  self->runtimes[index] = wf_runtime_new (
      WF_CLOCK (self->clock), crm,
      self->notifiers[index] != NULL ? WF_NOTIFIER (self->notifiers[index]) : NULL, path);
  wf_runtime_start_async (self->runtimes[index], NULL, on_started, NULL);
}

static void
stop (World *self, guint index)
{
  if (self->runtimes[index] == NULL)
    return;
  wf_runtime_stop (self->runtimes[index]);
  g_clear_object (&self->runtimes[index]);
}

static void
set_up (World *self)
{
  g_autoptr (GError) error = NULL;

  *self = (World) { .tokens = { "ana", "carla", WF_DEMO_ENGINE } };
  self->clock = wf_fake_clock_new_at (WF_TEST_START);
  self->folder = wf_test_folder_new ();
  self->server = wf_demo_server_new (WF_DEMO_MEMORY, WF_CLOCK (self->clock),
                                     WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY, &error);
  g_assert_no_error (error);
  self->n_before = wf_demo_server_count (self->server, "activities");
  for (guint i = 0; i < 2; i++)
    self->notifiers[i] = wf_recording_notifier_new ();
  for (guint i = 0; i < G_N_ELEMENTS (self->runtimes); i++)
    start (self, i);
  wait_until (self, all_settled);
}

static void
tear_down (World *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->runtimes); i++)
    stop (self, i);
  for (guint i = 0; i < G_N_ELEMENTS (self->notifiers); i++)
    g_clear_object (&self->notifiers[i]);
  wf_demo_server_stop (self->server);
  wf_fake_clock_run_idle ();
  g_clear_object (&self->server);
  wf_fake_clock_run_idle ();
  g_clear_object (&self->clock);
  g_clear_pointer (&self->folder, wf_test_folder_free);
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

  g_assert_true (wf_demo_server_add_event (self->server, json, &error));
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
      wf_fake_clock_advance (world.clock, 20 * G_TIME_SPAN_SECOND);
    }
  wait_until (&world, all_made);
  g_assert_cmpint (n_made (&world), ==, 60);

  /* The same again with every store forgotten by a restart of all: nothing new. */
  for (guint i = 0; i < 3; i++)
    {
      stop (&world, i);
      start (&world, i);
    }
  wait_until (&world, all_settled);
  add_lead (&world);
  wait_until (&world, all_made);
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
    wf_demo_server_add_fault (self->server, &faults[i]);
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
          wf_fake_clock_advance (world.clock, 30 * G_TIME_SPAN_SECOND);
        }
      wait_until (&world, all_made);
      g_assert_cmpint (n_made (&world), ==, world.n_events);
    }
  tear_down (&world);
}

static gboolean
all_offline (World *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->runtimes); i++)
    if (wf_runtime_get_sync_status (self->runtimes[i]) != WF_SYNC_STATUS_OFFLINE)
      return FALSE;
  return TRUE;
}

static void
test_server_away (void)
{
  World world;

  set_up (&world);
  wf_demo_server_set_refusing (world.server, TRUE);
  wait_until (&world, all_offline);
  for (guint i = 0; i < 5; i++)
    add_lead (&world);
  wf_fake_clock_advance (world.clock, 10 * G_TIME_SPAN_MINUTE);
  wf_demo_server_set_refusing (world.server, FALSE);
  wait_until (&world, all_made);
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
    .now = wf_clock_now (WF_CLOCK (self->clock)),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };

  wf_runtime_list_activities_async (self->runtimes[index], &query, NULL, on_listed, &listing);
  while (listing.activities == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (listing.activities->len == 1)
    found = wf_activity_ref (g_ptr_array_index (listing.activities, 0));
  g_ptr_array_unref (listing.activities);
  return found;
}

static gboolean
carla_sees_it_done (World *self)
{
  g_autoptr (WfActivity) activity = get_made (self, 1);

  return activity != NULL && activity->status == WF_ACTIVITY_DONE && all_settled (self);
}

static void
test_work_is_seen (void)
{
  World world;
  g_autoptr (WfActivity) hers = NULL, managers = NULL;

  set_up (&world);
  add_lead (&world);
  wait_until (&world, all_made);
  hers = get_made (&world, 0);
  g_assert_nonnull (hers);
  g_assert_cmpstr (hers->person, ==, "ana");
  g_assert_cmpint (hers->sync, ==, WF_SYNC_CONFIRMED);
  wf_runtime_complete_async (world.runtimes[0], hers->id, "Reached", NULL, NULL, NULL);
  wait_until (&world, carla_sees_it_done);
  managers = get_made (&world, 1);
  g_assert_cmpstr (managers->outcome, ==, "Reached");
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
  stop (&world, 0);
  world.tokens[0] = "carla"; /* at another computer */
  start (&world, 0);
  wait_until (&world, all_settled);
  base = get_published (world.runtimes[0], NULL, NULL);
  mine = wf_workflow_copy (base);
  g_set_str (&mine->objective, "Ours");
  theirs = wf_workflow_copy (base);
  g_set_str (&theirs->objective, "Theirs");

  /* Both at once: one of them is first, and the other is refused. */
  publish (world.runtimes[0], mine, &error);
  g_assert_no_error (error);
  publish (world.runtimes[1], theirs, &error);
  g_assert_no_error (error);
  wait_until (&world, all_settled);
  for (guint i = 0; i < 2 && conflict == NULL; i++)
    {
      conflict = get_conflict (world.runtimes[i], base->id);
      if (conflict == NULL)
        continue;
      none = get_conflict (world.runtimes[1 - i], base->id);
      g_assert_null (none);

      /* The program ends and is started again; then the person resolves. */
      stop (&world, i);
      start (&world, i);
      wait_until (&world, all_settled);
      g_clear_pointer (&conflict, wf_workflow_conflict_free);
      conflict = get_conflict (world.runtimes[i], base->id);
      g_assert_cmpint (conflict->base->version, ==, base->version);
      g_assert_cmpint (conflict->theirs->version, ==, base->version + 1);
      publish (world.runtimes[i], conflict->mine, &error);
      g_assert_error (error, WF_RUNTIME_ERROR, WF_RUNTIME_ERROR_CONFLICT);
      g_clear_error (&error);
      merged = wf_workflow_merge (conflict->base, conflict->mine, conflict->theirs, NULL);
      publish (world.runtimes[i], merged, &error);
      g_assert_no_error (error);
    }
  g_assert_nonnull (conflict);
  wait_until (&world, all_settled);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&after, wf_workflow_unref);
      after = get_published (world.runtimes[i], base->id, &in_conflict);
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
