/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real program is killed again and again in the middle of a stream of events, and started
 * again: no event is lost, no activity is made twice, no reminder pops up twice (S16, S20, B4).
 * The demo CRM, in this process, is the witness. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-demo-server.h"
#include "wf-instant.h"
#include "wf-open-crm.h"
#include "wf-test-folder.h"

#include <signal.h>
#include <string.h>

#define SEED 20261122
#define N_KILLS 200
#define N_PLAIN 4600 /* events whose activity reminds long after the test */
#define N_URGENT 400 /* events whose activity reminds at once */
#define N_EVENTS (N_PLAIN + N_URGENT)
#define SHORTEST_LIFE 5 /* milliseconds */
#define LONGEST_LIFE 320
#define MOST_REAL_SECONDS 240
#define APART (7 * G_TIME_SPAN_SECOND) /* a hundred in ten minutes would be a storm (S13) */

typedef struct
{
  WfTestFolder *folder;
  WfClock *clock;
  WfDemoServer *server;
  WfCrm *witness; /* the engine's account sees everything */
  gint64 n_before, n_probed;
  guint n_probes;
  char *client_path, *store_path, *shown_path;
  GRand *random;
  GSubprocess *client;
  GMainLoop *loop;
  guint n_kills, n_plain, n_urgent;
  gboolean streaming, finishing, ended_by_itself;
} World;

/* -- the stream -------------------------------------------------------------------------------- */

static void
add_event (World *self, const char *kind, const char *type, guint n, guint of)
{
  const char *source = g_str_equal (kind, "probe") ? "/crm/probe" : "/crm/kill";
  g_autofree char *time =
      wf_instant_format_utc (wf_clock_now (self->clock) - (gint64) (of - n) * APART);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (
      "{\"specversion\":\"1.0\",\"id\":\"%s-%u\",\"source\":\"%s\",\"type\":\"%s\",\"time\":\"%s\",\"data\":{\"lead\":{"
      "\"id\":\"%s-lead-%u\",\"name\":\"Padaria\",\"owner\":\"ana\",\"origin\":\"web\",\"stage\":\"new\"}}}",
      kind, n, source, type, time, kind, n);

  g_assert_true (wf_demo_server_add_event (self->server, json, &error));
  g_assert_no_error (error);
}

/* Both kinds as evenly over the kills as can be. */
static void
feed (World *self, guint kills)
{
  guint plain = MIN (N_PLAIN, N_PLAIN * kills / (N_KILLS - 5));
  guint urgent = MIN (N_URGENT, N_URGENT * kills / (N_KILLS - 5));

  while (self->n_plain < plain)
    add_event (self, "plain", "webhook.received", self->n_plain++, N_PLAIN);
  while (self->n_urgent < urgent)
    add_event (self, "urgent", "form.submitted", self->n_urgent++, N_URGENT);
}

/* -- the client -------------------------------------------------------------------------------- */

static void spawn (World *self);

static void
on_client_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *self = user_data;
  GSubprocess *client = G_SUBPROCESS (source);

  g_subprocess_wait_finish (client, result, NULL);
  if (!self->finishing &&
      (!g_subprocess_get_if_signaled (client) || g_subprocess_get_term_sig (client) != SIGKILL))
    self->ended_by_itself = TRUE;
  g_clear_object (&self->client);
  if (self->finishing || self->ended_by_itself)
    g_main_loop_quit (self->loop);
  else
    spawn (self);
}

static gboolean
on_life_over (gpointer user_data)
{
  World *self = user_data;

  self->n_kills++;
  feed (self, self->n_kills);
  g_subprocess_send_signal (self->client, SIGKILL);
  return G_SOURCE_REMOVE;
}

/* The urgent ones come while the program looks, one by one; the rest when it was killed. */
static gboolean
on_half_life (gpointer user_data)
{
  World *self = user_data;

  if (self->n_urgent < N_URGENT && self->client != NULL)
    add_event (self, "urgent", "form.submitted", self->n_urgent++, N_URGENT);
  return G_SOURCE_REMOVE;
}

static void
spawn (World *self)
{
  g_autoptr (GError) error = NULL;

  self->client = g_subprocess_new (
      G_SUBPROCESS_FLAGS_NONE, &error, self->client_path, wf_demo_server_get_uri (self->server),
      wf_demo_server_get_token (self->server, "ana"), self->store_path, self->shown_path, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_async (self->client, NULL, on_client_ended, self);
  if (self->streaming && self->n_kills < N_KILLS)
    {
      guint life = (guint) g_rand_int_range (self->random, SHORTEST_LIFE, LONGEST_LIFE);

      g_timeout_add (life * 2 / 3, on_half_life, self);
      g_timeout_add (life, on_life_over, self);
    }
}

/* What happened before the very first run starts nothing: the stream begins once the program is
 * there. Probes, half a second apart, tell when; the last of them may still be on its way when
 * the first one's activity is seen. */
static gboolean
on_probe (gpointer user_data)
{
  World *self = user_data;
  gint64 n = wf_demo_server_count (self->server, "activities");

  if (n == self->n_before || n != self->n_probed)
    {
      if (n == self->n_before)
        add_event (self, "probe", "webhook.received", self->n_probes++, N_PLAIN);
      self->n_probed = n;
      return G_SOURCE_CONTINUE;
    }
  self->n_before = n;
  self->streaming = TRUE;
  g_subprocess_send_signal (self->client, SIGKILL);
  return G_SOURCE_REMOVE;
}

/* -- what the witness saw ---------------------------------------------------------------------- */

typedef struct
{
  gboolean done;
  WfActivityPage *page;
  char *etag;
} Answer;

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->etag = wf_crm_save_workflow_finish (WF_CRM (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

static void
put_workflow (World *self, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrm) manager = wf_open_crm_new (self->clock, wf_demo_server_get_uri (self->server),
                                               wf_demo_server_get_token (self->server, "helena"),
                                               &error);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (json, -1, 0, &error);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) workflow =
      wf_workflow_read (wf_json_document_get_root (document), problems);
  Answer answer = { 0 };

  g_assert_no_error (error);
  wf_crm_save_workflow_async (manager, workflow, NULL, NULL, on_saved, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  g_free (answer.etag);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->page = wf_crm_list_activities_finish (WF_CRM (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

/* event id -> activity id, for everything that the stream made; twice = the test ends. */
static GHashTable *
list_made (World *self)
{
  GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *next = NULL;

  do
    {
      WfCrmActivityQuery query = { .updated_after = WF_INSTANT_NONE, .page = next };
      Answer answer = { 0 };

      wf_crm_list_activities_async (self->witness, &query, NULL, on_listed, &answer);
      while (!answer.done)
        g_main_context_iteration (NULL, TRUE);
      for (guint i = 0; i < answer.page->activities->len; i++)
        {
          const WfActivity *activity = g_ptr_array_index (answer.page->activities, i);

          if (g_strcmp0 (activity->event_source, "/crm/kill") != 0)
            continue;
          g_assert_true (
              g_hash_table_insert (made, g_strdup (activity->event_id), g_strdup (activity->id)));
        }
      g_free (next);
      next = g_strdup (answer.page->next_page);
      wf_activity_page_free (answer.page);
    }
  while (next != NULL);
  return made;
}

/* Activity id -> how often it popped up alone (low half) and was named in a catch-up (high
 * half). */
static GHashTable *
read_shown (World *self, guint *n_reminders, guint *n_catch_ups)
{
  GHashTable *shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = NULL;

  *n_reminders = *n_catch_ups = 0;
  if (!g_file_get_contents (self->shown_path, &text, NULL, NULL))
    return shown;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      gboolean single = words[0] != NULL && g_str_equal (words[0], "reminder");

      if (!single && (words[0] == NULL || !g_str_equal (words[0], "catch-up")))
        continue;
      *n_reminders += single;
      *n_catch_ups += !single;
      for (guint j = 1; words[j] != NULL; j++)
        {
          guint count = GPOINTER_TO_UINT (g_hash_table_lookup (shown, words[j]));

          g_hash_table_insert (shown, g_strdup (words[j]),
                               GUINT_TO_POINTER (count + (single ? 1 : 1 << 16)));
        }
    }
  return shown;
}

static gboolean
is_complete (World *self)
{
  guint n_reminders, n_catch_ups;

  if (wf_demo_server_count (self->server, "activities") - self->n_before < N_EVENTS)
    return FALSE;
  g_autoptr (GHashTable) shown = read_shown (self, &n_reminders, &n_catch_ups);
  return g_hash_table_size (shown) >= N_URGENT;
}

static gboolean
on_look (gpointer user_data)
{
  World *self = user_data;

  if (self->n_kills < N_KILLS || self->client == NULL || !is_complete (self))
    return G_SOURCE_CONTINUE;
  self->finishing = TRUE;
  g_subprocess_send_signal (self->client, SIGTERM);
  return G_SOURCE_REMOVE;
}

static gboolean
on_timeout (gpointer user_data)
{
  World *self = user_data;

  g_test_message ("after %u kills: %" G_GINT64_FORMAT " of %d activities", self->n_kills,
                  wf_demo_server_count (self->server, "activities") - self->n_before, N_EVENTS);
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

/* -- the test ---------------------------------------------------------------------------------- */

#define WORKFLOW(id, event, notify)                                                                    \
  "{\"format\":1,\"id\":\"" id                                                                         \
  "\",\"name\":\"Kill\",\"state\":\"live\",\"version\":1,\"trigger\":{\"event\":\"" event              \
  "\"},\"steps\":[{\"id\":\"call\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},"   \
  "\"activity-type\":\"call\",\"complete-within\":{\"amount\":2,\"unit\":\"days\"},\"notify\":" notify \
  "}]}"

static void
set_up (World *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = wf_test_folder_new ();
  self->clock = wf_system_clock_new ();
  self->server = wf_demo_server_new (WF_DEMO_MEMORY, self->clock,
                                     WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY, &error);
  g_assert_no_error (error);
  wf_demo_server_set_rate_limit (self->server, 1000000);
  self->witness = wf_open_crm_new (self->clock, wf_demo_server_get_uri (self->server),
                                   wf_demo_server_get_token (self->server, WF_DEMO_ENGINE), &error);
  g_assert_no_error (error);
  self->n_before = wf_demo_server_count (self->server, "activities");
  self->client_path = g_test_build_filename (G_TEST_BUILT, "kill-client", NULL);
  self->store_path = wf_test_folder_build (self->folder, "ana.db");
  self->shown_path = wf_test_folder_build (self->folder, "shown");
  self->random = g_rand_new_with_seed (SEED);
  self->loop = g_main_loop_new (NULL, FALSE);
  put_workflow (self, WORKFLOW ("11111111-6d0a-4b67-9a55-3f3f6f1b0c11", "webhook.received",
                                "{\"amount\":10,\"unit\":\"minutes\"}"));
  put_workflow (self, WORKFLOW ("22222222-6d0a-4b67-9a55-3f3f6f1b0c11", "form.submitted",
                                "{\"amount\":3,\"unit\":\"days\"}"));
}

static void
tear_down (World *self)
{
  g_clear_object (&self->witness);
  wf_demo_server_stop (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->clock);
  g_rand_free (self->random);
  g_main_loop_unref (self->loop);
  g_free (self->client_path);
  g_free (self->store_path);
  g_free (self->shown_path);
  wf_test_folder_free (self->folder);
}

static void
check (World *self)
{
  g_autoptr (GHashTable) made = list_made (self);
  guint n_reminders, n_catch_ups;
  g_autoptr (GHashTable) shown = read_shown (self, &n_reminders, &n_catch_ups);

  g_assert_cmpuint (g_hash_table_size (made), ==, N_EVENTS);
  g_assert_cmpint (wf_demo_server_count (self->server, "activities") - self->n_before, ==,
                   N_EVENTS);
  for (guint i = 0; i < N_PLAIN; i++)
    {
      g_autofree char *event = g_strdup_printf ("plain-%u", i);

      g_assert_true (g_hash_table_contains (made, event));
      g_assert_false (g_hash_table_contains (shown, g_hash_table_lookup (made, event)));
    }
  for (guint i = 0; i < N_URGENT; i++)
    {
      g_autofree char *event = g_strdup_printf ("urgent-%u", i);
      const char *activity = g_hash_table_lookup (made, event);

      g_assert_nonnull (activity);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (shown, activity));
      g_assert_cmpuint (count, >, 0);
      g_assert_cmpuint (count & 0xffff, <=, 1);
    }
  g_test_message ("%u reminders one by one, %u catch-ups", n_reminders, n_catch_ups);
  /* Whether one comes alone or in a catch-up depends on how fast the machine is; that each came is checked above. */
  g_assert_cmpuint (n_reminders + n_catch_ups, >, 0);
}

static void
test_kill (void)
{
  World world = { 0 };
  gint64 began = g_get_monotonic_time ();
  guint look, watchdog;

  g_test_message ("seed %d, %d events, %d kills", SEED, N_EVENTS, N_KILLS);
  set_up (&world);
  spawn (&world);
  g_timeout_add (500, on_probe, &world);
  look = g_timeout_add (100, on_look, &world);
  watchdog = g_timeout_add_seconds (MOST_REAL_SECONDS, on_timeout, &world);
  g_main_loop_run (world.loop);
  g_source_remove (watchdog);
  if (!world.finishing)
    g_source_remove (look);
  g_assert_false (world.ended_by_itself);
  g_assert_cmpuint (world.n_kills, ==, N_KILLS);
  check (&world);
  g_test_message ("%.1f s", (double) (g_get_monotonic_time () - began) / G_TIME_SPAN_SECOND);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runtime/kill", test_kill);
  return g_test_run ();
}
