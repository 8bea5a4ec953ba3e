/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many engines at once on one server, their clocks hours apart, some of them dying: every effect
 * exists exactly once, nothing is missing, and all of them agree (S13-S16, B4). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fleet.h"

#include "wf-fleet-model.h"
#include "wf-instant.h"

#define SEED 20261122
#define EVENTS_A_ROUND 10
#define MINUTE G_TIME_SPAN_MINUTE

typedef struct
{
  guint n_engines, n_events;
} Size;

/* -- letting it happen ------------------------------------------------------------------------- */

static void
add_faults (WfFleet *fleet, GRand *random)
{
  /* Of writing: who does not even reach the server when its clock is set has only its own. */
  static const WfDemoFault faults[] = {
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .path = "/activities", .method = "POST" },
    { .kind = WF_DEMO_FAULT_CUT_BODY, .path = "/activities", .method = "POST" },
    { .kind = WF_DEMO_FAULT_DROP_AFTER, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_CUT_BODY, .path = "/actions" },
    { .kind = WF_DEMO_FAULT_DROP_BEFORE, .path = "/messages" },
    { .kind = WF_DEMO_FAULT_STATUS, .status = 503, .retry_after = 2 },
    { .kind = WF_DEMO_FAULT_STATUS,
      .status = 429,
      .retry_after = 3,
      .path = "/activities",
      .method = "POST" },
  };

  for (guint i = 0; i < 3; i++)
    wf_demo_server_add_fault (fleet->server,
                              &faults[g_rand_int_range (random, 0, G_N_ELEMENTS (faults))]);
}

static void
on_completed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wf_runtime_command_finish (WF_RUNTIME (source), result, &error));
  g_assert_no_error (error);
  ++*(guint *) user_data;
}

/* People do the first activity of their chains, those who are there. */
static void
complete_chains (WfFleet *fleet, WfFleetModel *model, guint from, guint until)
{
  guint n = 0, n_done = 0;

  for (guint i = from; i < until; i++)
    {
      WfFleetEvent *event = wf_fleet_model_get_event (model, i);
      g_autofree char *activity = wf_fleet_event_dup_chain (event);
      WfRuntime *runtime = wf_fleet_find (fleet, event->owner);

      if (activity == NULL || runtime == NULL)
        continue;
      wf_runtime_complete_async (runtime, activity, "interested", NULL, on_completed, &n_done);
      wf_fleet_model_note_done (model, event);
      n++;
    }
  while (n_done < n)
    g_main_context_iteration (NULL, TRUE);
}

/* One that has no person at it dies, and another comes back. */
static void
crash_one (WfFleet *fleet, GRand *random, guint *away)
{
  if (*away != 0)
    wf_fleet_start (fleet, *away);
  /* Neither the people nor the last one, at which it is seen where the log ends. */
  *away = (guint) g_rand_int_range (random, 3, (gint32) fleet->engines->len - 1);
  if (wf_fleet_get (fleet, *away)->runtime == NULL)
    g_assert_not_reached ();
  wf_fleet_crash (fleet, *away);
}

/* Somebody sets a clock, right or wrong. */
static void
set_clock (WfFleet *fleet, GRand *random)
{
  guint index = (guint) g_rand_int_range (random, 0, (gint32) fleet->engines->len);

  wf_fleet_set_clock (fleet, index, g_rand_int_range (random, -4, 5) * G_TIME_SPAN_HOUR);
}

static void
let_happen (WfFleet *fleet, WfFleetModel *model, GRand *random)
{
  guint n = wf_fleet_model_get_n_events (model), completed = 0, away = 0;

  for (guint i = 0; i < n; i++)
    {
      WfFleetEvent *event = wf_fleet_model_get_event (model, i);
      g_autofree char *text = NULL;

      wf_fleet_pass (fleet, WF_FLEET_APART);
      event->at = wf_fleet_now (fleet);
      text = wf_fleet_event_to_text (event);
      wf_fleet_happen (fleet, text);
      if ((i + 1) % EVENTS_A_ROUND != 0)
        continue;
      /* Mostly they are interrupted in the middle of it. */
      wf_fleet_work (fleet, (guint) g_rand_int_range (random, 0, 2000));
      add_faults (fleet, random);
      crash_one (fleet, random, &away);
      set_clock (fleet, random);
      if ((i + 1) % (4 * EVENTS_A_ROUND) != 0)
        continue;
      wf_fleet_settle (fleet);
      complete_chains (fleet, model, completed, i + 1);
      completed = i + 1;
    }
  if (away != 0)
    wf_fleet_start (fleet, away);
  for (guint i = 0; i < 5; i++) /* what is delayed */
    {
      wf_fleet_settle (fleet);
      wf_fleet_pass (fleet, 12 * MINUTE);
    }
  wf_fleet_settle (fleet);
}

/* -- what the server has ----------------------------------------------------------------------- */

/* What is listed under path is exactly what the model expects of this kind. */
static void
check_list (WfFleet *fleet, const char *path, const char *id, WfFleetKind kind, GHashTable *effects)
{
  g_autoptr (GPtrArray) pages = wf_fleet_read (fleet, path);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < pages->len; i++)
    {
      const WfJson *list = wf_json_document_get_root (g_ptr_array_index (pages, i));

      for (guint j = 0; j < wf_json_get_size (list); j++)
        {
          const WfJson *item = wf_json_get_element (list, j);
          const char *key_text = wf_json_get_member_string (item, id);
          const WfFleetEffect *effect = g_hash_table_lookup (effects, key_text);

          /* What the sample has of its own. */
          if (effect == NULL && kind == WF_FLEET_ACTIVITY &&
              g_strcmp0 (wf_json_get_member_string (item, "event-source"), "/crm/fleet") != 0)
            continue;
          if (effect == NULL)
            g_test_message ("nobody expects %s: %s", key_text, wf_json_to_text (item, FALSE));
          g_assert_nonnull (effect);
          g_assert_cmpint (effect->kind, ==, kind);
          g_assert_true (g_hash_table_add (seen, g_strdup (key_text)));
          if (kind != WF_FLEET_ACTIVITY)
            continue;
          g_assert_cmpstr (wf_json_get_member_string (item, "person"), ==, effect->person);
          WfInstant due = WF_INSTANT_NONE;
          g_assert_true (wf_instant_parse (wf_json_get_member_string (item, "due"), &due));
          if (effect->due != WF_INSTANT_NONE && effect->due != due)
            g_test_message ("another deadline: %s", wf_json_to_text (item, FALSE));
          if (effect->due != WF_INSTANT_NONE)
            g_assert_cmpint (due, ==, effect->due);
        }
    }
  g_hash_table_iter_init (&iter, effects);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((const WfFleetEffect *) value)->kind == kind && !g_hash_table_contains (seen, key))
      {
        g_test_message ("%s is missing in %s", (const char *) key, path);
        g_assert_not_reached ();
      }
}

static void
check_scores (WfFleet *fleet, WfFleetModel *model)
{
  g_autoptr (GHashTable) scores = wf_fleet_model_make_scores (model);
  g_autoptr (GPtrArray) pages = wf_fleet_read (fleet, "leads");
  guint n = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      const WfJson *list = wf_json_document_get_root (g_ptr_array_index (pages, i));

      for (guint j = 0; j < wf_json_get_size (list); j++)
        {
          const WfJson *lead = wf_json_get_element (list, j);
          gpointer expected;
          gint64 score = -1;

          if (!g_hash_table_lookup_extended (scores, wf_json_get_member_string (lead, "id"), NULL,
                                             &expected))
            continue;
          g_assert_true (wf_json_get_int64 (wf_json_get_member (lead, "score"), &score));
          g_assert_cmpint (score, ==, GPOINTER_TO_UINT (expected));
          n++;
        }
    }
  g_assert_cmpuint (n, ==, g_hash_table_size (scores));
}

/* -- what the engines have --------------------------------------------------------------------- */

static char *
describe (const WfActivity *activity)
{
  g_autofree char *due = wf_instant_format_utc (activity->due);

  return g_strdup_printf ("%s %s %s %s %s", activity->id, activity->person, due,
                          wf_activity_status_names[activity->status], activity->etag);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* person: NULL = everybody's. */
static char *
describe_all (const GPtrArray *activities, const char *person)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < activities->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (activities, i);

      if (person == NULL || g_strcmp0 (activity->person, person) == 0)
        g_ptr_array_add (lines, describe (activity));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Everything is confirmed, so that being the same means being as the server has it. */
static void
check_agreement (WfFleet *fleet)
{
  WfFleetEngine *last = wf_fleet_get (fleet, fleet->engines->len - 1);
  g_autoptr (GPtrArray) known = wf_fleet_list_activities (last->runtime);

  g_assert_cmpuint (known->len, ==, wf_demo_server_count (fleet->server, "activities"));
  for (guint i = 0; i < fleet->engines->len; i++)
    {
      WfFleetEngine *engine = wf_fleet_get (fleet, i);
      const char *person = engine->sees_all ? NULL : engine->account;
      g_autoptr (GPtrArray) own = wf_fleet_list_activities (engine->runtime);
      g_autofree char *expected = describe_all (known, person);
      g_autofree char *found = describe_all (own, person);

      g_assert_cmpstr (found, ==, expected);
      for (guint j = 0; j < own->len; j++)
        g_assert_cmpint (((const WfActivity *) g_ptr_array_index (own, j))->sync, ==,
                         WF_SYNC_CONFIRMED);
    }
}

static void
test_fleet (gconstpointer user_data)
{
  static const char *const accounts[] = { "ana", "bruno", "helena", NULL };
  const Size *size = user_data;
  g_autoptr (WfFleetModel) model = wf_fleet_model_new (SEED, size->n_events);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_auto (GStrv) workflows = wf_fleet_model_list_workflows ();
  g_autoptr (GHashTable) effects = NULL;
  gint64 began = g_get_monotonic_time ();
  WfFleet fleet;

  g_test_message ("seed %d", SEED);
  wf_fleet_set_up (&fleet, size->n_engines, accounts, (const char *const *) workflows);
  let_happen (&fleet, model, random);
  effects = wf_fleet_model_make_effects (model);
  g_test_message ("%u engines, %u events, %u effects: %.1f s", size->n_engines,
                  wf_fleet_model_get_n_events (model), g_hash_table_size (effects),
                  (double) (g_get_monotonic_time () - began) / G_TIME_SPAN_SECOND);
  check_list (&fleet, "activities", "id", WF_FLEET_ACTIVITY, effects);
  check_list (&fleet, "actions", "key", WF_FLEET_ACTION, effects);
  check_list (&fleet, "messages", "id", WF_FLEET_MESSAGE, effects);
  check_scores (&fleet, model);
  check_agreement (&fleet);
  wf_fleet_tear_down (&fleet);
}

/* -- a storm ----------------------------------------------------------------------------------- */

#define N_STORM 160
#define N_STARTED 100 /* the usual limit */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static guint
count_held (WfRuntime *runtime)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) storms = NULL;
  guint n = 0;

  wf_runtime_list_held_async (runtime, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  storms = wf_runtime_list_held_finish (runtime, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < storms->len; i++)
    n += ((const WfHeldStorm *) g_ptr_array_index (storms, i))->n;
  return n;
}

static void
check_held (WfFleet *fleet, guint n)
{
  for (guint i = 0; i < fleet->engines->len; i++)
    g_assert_cmpuint (count_held (wf_fleet_get (fleet, i)->runtime), ==, n);
}

static void
release (WfFleet *fleet, WfRelease how)
{
  WfRuntime *runtime = wf_fleet_find (fleet, "helena");
  g_autoptr (GError) error = NULL;
  guint n_done = 0;

  wf_runtime_release_held_async (runtime, WF_FLEET_FORM_WORKFLOW, how, 0, NULL, on_completed,
                                 &n_done);
  while (n_done == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Everybody holds the same ones, one person decides for all, and nothing is made twice. */
static void
test_storm (void)
{
  static const char *const accounts[] = { "helena", NULL };
  g_autoptr (WfFleetModel) model = wf_fleet_model_new_storm (N_STORM);
  g_auto (GStrv) workflows = wf_fleet_model_list_workflows ();
  g_autoptr (GHashTable) effects = NULL;
  WfFleet fleet;

  wf_fleet_set_up (&fleet, 6, accounts, (const char *const *) workflows);
  for (guint i = 0; i < N_STORM; i++)
    {
      WfFleetEvent *event = wf_fleet_model_get_event (model, i);
      g_autofree char *text = NULL;

      event->at = wf_fleet_now (&fleet);
      text = wf_fleet_event_to_text (event);
      wf_fleet_happen (&fleet, text);
      wf_fleet_work (&fleet, 5);
    }
  wf_fleet_settle (&fleet);
  g_assert_cmpint (wf_fleet_count (&fleet, WF_FLEET_TABLE_ACTIVITIES), ==, N_STARTED);
  g_assert_cmpint (wf_fleet_count (&fleet, WF_FLEET_TABLE_ACTIONS), ==, N_STARTED);
  check_held (&fleet, N_STORM - N_STARTED);

  wf_fleet_pass (&fleet, 20 * MINUTE);
  wf_fleet_settle (&fleet);
  release (&fleet, WF_RELEASE_CREATE);
  wf_fleet_crash (&fleet, 0); /* who decided is gone at once */
  wf_fleet_settle (&fleet);
  wf_fleet_start (&fleet, 0);
  wf_fleet_settle (&fleet);
  check_held (&fleet, 0);
  effects = wf_fleet_model_make_effects (model);
  check_list (&fleet, "activities", "id", WF_FLEET_ACTIVITY, effects);
  check_list (&fleet, "actions", "key", WF_FLEET_ACTION, effects);
  check_list (&fleet, "messages", "id", WF_FLEET_MESSAGE, effects);
  check_scores (&fleet, model);
  check_agreement (&fleet);
  wf_fleet_tear_down (&fleet);
}

int
main (int argc, char **argv)
{
  static const Size small = { 8, 120 }, large = { 50, 500 };

  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("WF_TEST_LARGE") != NULL)
    g_test_add_data_func ("/runtime/fleet/fifty", &large, test_fleet);
  else
    {
      g_test_add_data_func ("/runtime/fleet/eight", &small, test_fleet);
      g_test_add_func ("/runtime/fleet/storm", test_storm);
    }
  return g_test_run ();
}
