/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that is killed at any point leaves whole batches only: all of a batch or nothing of it (S16). */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define BATCH 20
#define KILLS 25

static const char *own_path;

/* ---- the program that is killed ---- */

/* Every second one was decided. */
static void
add_held (WfStore *store, const char *event, const char *lead, guint n, GError **error)
{
  WfHeldMatch match = { .workflow = (char *) "w",
                        .lead = (char *) lead,
                        .event_source = (char *) "/crm/test",
                        .event_id = (char *) event,
                        .reason = (char *) "storm",
                        .at = NOW + n,
                        .release = n % 2 == 0 ? NOW + DAY : WF_INSTANT_NONE };

  wf_store_add_held (store, &match, error);
}

static void
add_one (WfStore *store, guint n, GError **error)
{
  g_autofree char *id = g_strdup_printf ("e-%u", n), *lead = g_strdup_printf ("l-%u", n % 7),
                  *key = wf_test_uuid (n);
  g_autoptr (WfEvent) event = wf_test_event (id, "lead.received", lead, NOW + n);
  g_autoptr (WfActivity) a = wf_test_activity (key, NOW + HOUR + n);
  WfStoredRun run = wf_test_run (id, "w", lead, id, NOW + n);
  WfOutboxItem item = { .kind = WF_OUTBOX_CREATE_ACTIVITY,
                        .subject = key,
                        .lead = lead,
                        .run_key = id,
                        .not_before = WF_INSTANT_NONE };
  gint64 rowid;
  gboolean is_new;

  g_set_str (&a->lead, lead);
  g_set_str (&a->event_source, "/crm/test");
  g_set_str (&a->event_id, id);
  run.has_failed = run.has_waiting = n % 5 == 0;
  wf_store_add_event (store, event, NOW + n, &rowid, &is_new, error);
  wf_store_add_trace (store, rowid, "[]", error);
  wf_store_save_run (store, &run, error);
  wf_store_put_activity (store, a, id, error);
  wf_store_set_reminder (store, key, NOW + n, error);
  wf_store_add_outbox (store, &item, NOW + n, error);
  wf_store_set_date (store, "w", lead, NOW + DAY + n, error);
  add_held (store, id, lead, n, error);
}

/* Keys are put into their index in a transaction of its own, once there are many. */
static void
merge_keys (WfStore *store, GError **error)
{
  gboolean more = FALSE;

  wf_store_begin (store, error);
  wf_store_merge_keys (store, TRUE, &more, error);
  wf_store_commit (store, error);
}

/* Writes batch after batch from the cursor on; says a dot for each event and a line for each batch that is durable. */
G_NORETURN static void
write_for_ever (const char *path)
{
  g_autoptr (GError) error = NULL;
  WfStore *store = wf_store_open (path, WF_STORE_READ_WRITE, NULL, &error);
  g_autofree char *cursor = NULL;
  guint next;

  g_assert_no_error (error);
  cursor = wf_store_get_fact (store, "cursor");
  next = cursor == NULL ? 0 : (guint) strtoul (cursor, NULL, 10);
  for (;;)
    {
      g_autofree char *text = g_strdup_printf ("%u", next + BATCH);

      wf_store_begin (store, &error);
      for (guint i = 0; i < BATCH; i++)
        {
          add_one (store, next++, &error);
          g_assert_no_error (error);
          fputc ('.', stdout);
          fflush (stdout);
        }
      wf_store_set_fact (store, "cursor", text, &error);
      wf_store_commit (store, &error);
      g_assert_no_error (error);
      printf ("\n");
      fflush (stdout);
      merge_keys (store, &error);
      g_assert_no_error (error);
      if (next % (10 * BATCH) == 0)
        wf_store_checkpoint (store, NULL);
    }
}

/* ---- the test ---- */

static guint
run_and_kill (const char *path, guint n_characters)
{
  const char *argv[] = { own_path, "--write", path, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;
  int out;
  guint n_batches = 0;
  FILE *stream;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &out, NULL, &error);
  g_assert_no_error (error);
  stream = fdopen (out, "r");
  for (guint i = 0; i < n_characters; i++)
    {
      int c = fgetc (stream);

      g_assert_cmpint (c, !=, EOF);
      n_batches += c == '\n';
    }
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  fclose (stream);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_spawn_close_pid (pid);
  return n_batches;
}

/* What hangs on the batches beside events and activities; n of them. */
static void
assert_rest_whole (WfStore *store, guint n)
{
  g_autoptr (GPtrArray) dates = wf_store_list_dates_due (store, NOW + 2 * DAY, 1000000),
                        released = wf_store_list_held_due (store, NOW + 2 * DAY, 1000000),
                        events = wf_store_list_events (store, NOW, NOW + DAY, 0, 0, 1000000);
  g_autoptr (GArray) counts = wf_store_count_waiting_runs (store, "w");

  g_assert_cmpuint (dates->len, ==, MIN (n, 7));
  g_assert_cmpuint (released->len, ==, n / 2);
  g_assert_cmpuint (wf_store_count_held (store, "w"), ==, n / 2);
  g_assert_cmpuint (events->len, ==, n);
  g_assert_cmpuint (wf_store_count_failed_runs (store), ==, n / 5);
  g_assert_cmpuint (counts->len == 0 ? 0 : g_array_index (counts, WfVersionCount, 0).waiting, ==,
                    n / 5);
  g_assert_cmpint (wf_store_get_last_run (store, "w", NULL), ==,
                   n == 0 ? WF_INSTANT_NONE : NOW + n - 1);
  for (guint i = 0; i < n + BATCH; i += 1 + i / 20)
    {
      g_autofree char *id = g_strdup_printf ("e-%u", i), *key = wf_test_uuid (i);
      g_autoptr (WfActivity) a = wf_store_get_activity (store, key);
      g_autoptr (WfStoredRun) run = wf_store_get_run (store, id);

      g_assert_cmpint (a != NULL, ==, i < n);
      g_assert_cmpint (run != NULL, ==, i < n);
    }
}

static guint
assert_whole (WfStore *store)
{
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .now = NOW,
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE };
  g_autofree char *cursor = wf_store_get_fact (store, "cursor");
  guint n = cursor == NULL ? 0 : (guint) strtoul (cursor, NULL, 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reminders = wf_store_list_reminders_due (store, "ana", NOW + DAY, 1000000);
  WfWorkflowFigures figures;

  g_assert_true (wf_store_check (store, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n % BATCH, ==, 0);
  g_assert_cmpuint (wf_store_count_log (store, "event", NULL), ==, n);
  g_assert_cmpuint (wf_store_count_log (store, "effect", NULL), ==, n);
  g_assert_cmpuint (wf_store_count_activities (store, &query), ==, n);
  g_assert_cmpuint (wf_store_count_runs (store, "w", NULL, FALSE), ==, n);
  g_assert_cmpuint (wf_store_count_outbox (store), ==, n);
  g_assert_cmpuint (reminders->len, ==, n);
  wf_store_get_workflow_figures (store, "w", NOW + HOUR, &figures);
  g_assert_cmpuint (figures.created, ==, n);
  assert_rest_whole (store, n);
  return n;
}

static void
test_kills (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (20261120);
  guint before = 0;

  g_clear_pointer (&f->store, wf_store_close);
  for (guint i = 0; i < KILLS; i++)
    {
      guint n_batches =
          run_and_kill (f->path, (guint) g_rand_int_range (random, 1, 6 * (BATCH + 1)));
      guint after;

      wf_store_fixture_reopen (f);
      after = assert_whole (f->store);
      /* What was said to be durable is there. */
      g_assert_cmpuint (after, >=, before + n_batches * BATCH);
      before = after;
      g_clear_pointer (&f->store, wf_store_close);
    }
  g_assert_cmpuint (before, >, BATCH * KILLS);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    write_for_ever (argv[2]);
  own_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/crash/kills", test_kills);
  return g_test_run ();
}
