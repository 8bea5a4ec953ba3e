/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work on leads while the CRM is away, through the demo CRM over HTTP: everything is there to be read, every action waits,
 * and once the CRM is back each arrives once, in the order of its lead (B18, S16). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-world.h"
#include "wf-lead-calls.h"

#include <string.h>

#define ANA 0
#define GABRIELA 1
#define CARLA 2
#define LEAD "t-lead"

typedef struct
{
  WfDemoWorld demo;
  const char *lead, *expected; /* what the coordinator is to hear of a lead */
} World;

static void
add_lead (World *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_demo_server_add_event (
      self->demo.server,
      "{\"specversion\":\"1.0\",\"id\":\"t-1\",\"source\":\"/crm/aurora\",\"type\":\"lead.updated\",\"data\":{\"lead\":{"
      "\"id\":\"" LEAD
      "\",\"name\":\"Padaria\",\"owner\":\"ana\",\"origin\":\"web\",\"stage\":\"new\"}}}",
      &error));
  g_assert_no_error (error);
}

/* The lead is in the CRM before anybody signs in: it comes by a page, not by an event. */
static void
set_up (World *self)
{
  *self = (World) { .demo.tokens = { "ana", "gabriela", "carla" } };
  wf_demo_world_begin (&self->demo, WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY);
  add_lead (self);
  for (guint i = 0; i < WF_DEMO_WORLD_MOST; i++)
    wf_demo_world_start (&self->demo, i);
  wf_demo_world_wait (self, wf_demo_world_is_settled);
}

static gboolean
is_offline (gpointer world)
{
  World *self = world;

  for (guint i = 0; i < WF_DEMO_WORLD_MOST; i++)
    if (wf_runtime_get_sync_status (self->demo.runtimes[i]) != WF_SYNC_STATUS_OFFLINE)
      return FALSE;
  return TRUE;
}

static void
go_away (World *self)
{
  wf_demo_server_set_refusing (self->demo.server, TRUE);
  wf_demo_world_wait (self, is_offline);
}

/* The figures are counted beside the first failure. */
static gboolean
all_wait (gpointer world)
{
  World *self = world;

  return is_offline (world) && wf_runtime_get_pending_changes (self->demo.runtimes[ANA]) == 5;
}

static void
come_back (World *self)
{
  wf_demo_server_set_refusing (self->demo.server, FALSE);
  for (guint i = 0; i < WF_DEMO_WORLD_MOST; i++)
    wf_runtime_poke (self->demo.runtimes[i]);
  wf_demo_world_wait (self, wf_demo_world_is_settled);
}

static void
assert_lead (World *self, guint program, const char *id, const char *stage, const char *owner,
             WfSyncState sync)
{
  g_autoptr (WfLead) lead = NULL;

  /* An attempt may be under way. */
  if (sync == WF_SYNC_LOCAL)
    wf_runtime_settle (self->demo.runtimes[program]);
  lead = wf_lead_calls_get (self->demo.runtimes[program], id);
  g_assert_nonnull (lead);
  g_assert_cmpstr (lead->stage, ==, stage);
  g_assert_cmpstr (lead->owner, ==, owner);
  g_assert_cmpint (lead->sync, ==, sync);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The types of a lead's events as a program knows them, oldest first. */
static char *
list_events (World *self, guint program, const char *lead)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  wf_runtime_list_log_async (self->demo.runtimes[program], "event", lead, 0, 100, NULL, on_result,
                             &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = wf_runtime_list_log_finish (self->demo.runtimes[program], result, NULL, &error);
  g_assert_no_error (error);
  for (guint i = entries->len; i-- > 0;)
    g_string_append_printf (text, "%s ",
                            ((const WfLogEntry *) g_ptr_array_index (entries, i))->title);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
is_told (gpointer world)
{
  World *self = world;
  g_autofree char *events = list_events (self, CARLA, self->lead);

  return g_str_has_prefix (events, self->expected) && wf_demo_world_is_settled (self);
}

/* Events are on their way for a moment. */
static void
wait_for_events (World *self, const char *lead, const char *expected)
{
  self->lead = lead;
  self->expected = expected;
  wf_demo_world_wait (self, is_told);
}

static void
assert_comments (World *self, guint program, const char *lead, const char *expected)
{
  g_autofree char *comments = wf_lead_calls_list_comments (self->demo.runtimes[program], lead);

  g_assert_cmpstr (comments, ==, expected);
}

/* -- an attendant's day without a network ------------------------------------------------------ */

static void
work_as_ana (World *self)
{
  static const char *const bruno[] = { "bruno", NULL };
  WfRuntime *runtime = self->demo.runtimes[ANA];
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_lead_calls_change_stage (runtime, LEAD, "filter-1", NULL, &error));
  g_assert_true (wf_lead_calls_comment (runtime, LEAD, "Wants an offer", bruno, &error));
  g_assert_true (wf_lead_calls_change_stage (runtime, LEAD, "proposal", NULL, &error));
  g_assert_true (wf_lead_calls_change_stage (runtime, LEAD, "filter-2", "Not yet", &error));
  g_assert_true (wf_lead_calls_direct (runtime, LEAD, "bruno", &error));
  g_assert_no_error (error);
}

static void
test_offline (void)
{
  World world;
  gint64 n_actions;

  set_up (&world);
  assert_lead (&world, ANA, LEAD, "new", "ana", WF_SYNC_CONFIRMED);
  n_actions = wf_demo_server_count (world.demo.server, "actions");
  go_away (&world);
  assert_lead (&world, ANA, LEAD, "new", "ana", WF_SYNC_CONFIRMED);
  work_as_ana (&world);
  wf_demo_world_wait (&world, all_wait);
  g_assert_null (wf_lead_calls_get (world.demo.runtimes[ANA], LEAD)); /* Bruno's now */

  /* The program is ended and started again meanwhile. */
  wf_demo_world_stop (&world.demo, ANA);
  wf_demo_world_start (&world.demo, ANA);
  wf_demo_world_wait (&world, all_wait);

  come_back (&world);
  g_assert_cmpint (wf_demo_server_count (world.demo.server, "actions") - n_actions, ==, 5);
  wait_for_events (&world, LEAD,
                   "lead.stage-changed comment.added notification.sent lead.stage-changed"
                   " lead.stage-changed lead.reassigned ");
  assert_lead (&world, CARLA, LEAD, "filter-2", "bruno", WF_SYNC_CONFIRMED);
  assert_comments (&world, CARLA, LEAD, "ana: Wants an offer (2)\n");
  wf_demo_world_end (&world.demo);
}

/* -- answers that are lost --------------------------------------------------------------------- */

static void
test_broken_connections (void)
{
  static const WfDemoFault faults[] = {
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 500, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_CUT_BODY, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 429, .retry_after = 5, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_DROP_BEFORE, .path = "/actions" },
  };
  World world;
  gint64 n_actions;

  set_up (&world);
  n_actions = wf_demo_server_count (world.demo.server, "actions");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    wf_demo_server_add_fault (world.demo.server, &faults[i]);
  work_as_ana (&world);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  g_assert_cmpint (wf_demo_server_count (world.demo.server, "actions") - n_actions, ==, 5);
  wait_for_events (&world, LEAD,
                   "lead.stage-changed comment.added notification.sent lead.stage-changed"
                   " lead.stage-changed lead.reassigned ");
  assert_lead (&world, CARLA, LEAD, "filter-2", "bruno", WF_SYNC_CONFIRMED);
  wf_demo_world_end (&world.demo);
}

/* -- a client in the store, without a network -------------------------------------------------- */

static void
test_store_flow (void)
{
  static const WfNewLead client = { .name = "Padaria Sol",
                                    .phone = "+55 11 90000-0001",
                                    .notes = "Wants to see the roof" };
  World world;
  WfRuntime *runtime;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  set_up (&world);
  runtime = world.demo.runtimes[GABRIELA];
  go_away (&world);
  id = wf_lead_calls_create (runtime, &client, &error);
  g_assert_no_error (error);
  assert_lead (&world, GABRIELA, id, "new", "gabriela", WF_SYNC_LOCAL);
  g_assert_true (wf_lead_calls_change_stage (runtime, id, "scheduling", NULL, &error));
  g_assert_true (wf_lead_calls_comment (runtime, id, "Saturday", NULL, &error));
  g_assert_true (wf_lead_calls_change_stage (runtime, id, "won", NULL, &error));
  g_assert_no_error (error);
  assert_lead (&world, GABRIELA, id, "won", "gabriela", WF_SYNC_LOCAL);
  g_assert_null (wf_lead_calls_get (world.demo.runtimes[CARLA], id));

  come_back (&world);
  assert_lead (&world, GABRIELA, id, "won", "gabriela", WF_SYNC_CONFIRMED);
  wait_for_events (
      &world, id,
      "lead.created-manually lead.received comment.added lead.stage-changed comment.added"
      " lead.stage-changed lead.finalized ");
  assert_lead (&world, CARLA, id, "won", "gabriela", WF_SYNC_CONFIRMED);
  assert_comments (&world, GABRIELA, id,
                   "gabriela: Saturday (2)\ngabriela: Wants to see the roof (2)\n");
  wf_demo_world_end (&world.demo);
}

/* -- what the CRM refuses ---------------------------------------------------------------------- */

/* Meanwhile somebody else is responsible: the CRM's state counts, and why is shown. */
static void
test_refused (void)
{
  World world;
  g_autoptr (GError) error = NULL;

  set_up (&world);
  go_away (&world);
  g_assert_true (
      wf_lead_calls_change_stage (world.demo.runtimes[ANA], LEAD, "filter-1", NULL, &error));
  wf_demo_server_set_refusing (world.demo.server, FALSE);
  wf_demo_world_stop (&world.demo, ANA);
  wf_runtime_poke (world.demo.runtimes[CARLA]);
  wf_runtime_poke (world.demo.runtimes[GABRIELA]);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  g_assert_true (wf_lead_calls_direct (world.demo.runtimes[CARLA], LEAD, "bruno", &error));
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  wf_demo_world_start (&world.demo, ANA);
  wf_demo_world_wait (&world, wf_demo_world_is_settled);
  wait_for_events (&world, LEAD, "lead.reassigned ");
  assert_lead (&world, CARLA, LEAD, "new", "bruno", WF_SYNC_CONFIRMED);
  g_assert_null (wf_lead_calls_get (world.demo.runtimes[ANA], LEAD));
  wf_demo_world_end (&world.demo);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/leads-demo/offline", test_offline);
  g_test_add_func ("/runtime/leads-demo/broken-connections", test_broken_connections);
  g_test_add_func ("/runtime/leads-demo/store-flow", test_store_flow);
  g_test_add_func ("/runtime/leads-demo/refused", test_refused);
  return g_test_run ();
}
