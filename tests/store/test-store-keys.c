/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys are found at every moment of their way into the index, by every connection, also after an interruption. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"

#include <sqlite3.h>

#define BATCH 2000

static void
add_batch (WfStoreFixture *f, guint from)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  for (guint n = from; n < from + BATCH; n++)
    {
      g_autofree char *event_id = g_strdup_printf ("e-%u", n), *id = wf_test_uuid (n),
                      *run_key = g_strdup_printf ("run-%u", n);
      g_autoptr (WfEvent) event = wf_test_event (event_id, "lead.received", "l-1", NOW);
      g_autoptr (WfActivity) a = wf_test_activity (id, NOW + n);
      WfStoredRun run = wf_test_run (run_key, "w", "l-1", event_id, NOW);
      gboolean is_new;
      gint64 rowid;

      a->event_source = g_strdup ("/crm/test");
      a->event_id = g_strdup (event_id);
      wf_store_add_event (f->store, event, NOW, &rowid, &is_new, &error);
      wf_store_save_run (f->store, &run, &error);
      wf_store_put_activity (f->store, a, run_key, &error);
      g_assert_no_error (error);
      g_assert_true (is_new);
    }
  wf_store_fixture_commit (f);
}

/* Every some of them by all three keys; and nothing that is not there. */
static void
assert_found (WfStore *store, guint n_there)
{
  for (guint n = 0; n < n_there + 50; n += n < n_there - 20 ? 97 : 1)
    {
      g_autofree char *event_id = g_strdup_printf ("e-%u", n), *id = wf_test_uuid (n),
                      *run_key = g_strdup_printf ("run-%u", n);
      g_autoptr (WfEvent) event = wf_store_get_event (store, "/crm/test", event_id);
      g_autoptr (WfActivity) a = wf_store_get_activity (store, id);
      g_autoptr (WfStoredRun) run = wf_store_get_run (store, run_key);

      g_assert_cmpint (event != NULL, ==, n < n_there);
      g_assert_cmpint (a != NULL, ==, n < n_there);
      g_assert_cmpint (run != NULL, ==, n < n_there);
      if (n >= n_there)
        continue;
      g_assert_cmpstr (wf_event_get_id (event), ==, event_id);
      g_assert_cmpint (a->due, ==, NOW + n);
      g_assert_cmpstr (run->event_id, ==, event_id);
    }
}

/* One portion. FALSE: there is nothing more to do. */
static gboolean
merge (WfStoreFixture *f)
{
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  wf_store_fixture_begin (f);
  wf_store_merge_keys (f->store, TRUE, &more, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  return more;
}

static gint64
count (WfStoreFixture *f, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_open_v2 (f->path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return n;
}

/* Few keys wait where they are. */
static void
test_few (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  add_batch (f, 0);
  assert_found (f->store, BATCH);
  g_assert_false (wf_store_wants_merge (f->store));
  g_assert_false (merge (f));
  g_assert_cmpint (count (f, "SELECT count(*) FROM recent"), ==, 3 * BATCH);
  wf_store_fixture_reopen (f);
  assert_found (f->store, BATCH);
}

/* Portion by portion, while more come in, with a reader beside and an end of the program after each. */
static void
test_merge (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0, n_portions = 0;
  gboolean more = TRUE;
  WfStore *reader;

  for (; n < 6 * BATCH; n += BATCH)
    add_batch (f, n);
  reader = wf_store_open (f->path, WF_STORE_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  assert_found (reader, n);
  for (; more; n_portions++)
    {
      more = merge (f);
      assert_found (f->store, n);
      assert_found (reader, n);
      if (n_portions == 2)
        {
          add_batch (f, n);
          n += BATCH;
          assert_found (reader, n);
        }
      if (n_portions % 2 == 0)
        wf_store_fixture_reopen (f);
    }
  g_assert_cmpuint (n_portions, >, 3);
  /* What came after the beginning waits for the next time. */
  g_assert_cmpint (count (f, "SELECT count(*) FROM recent"), ==, 3 * BATCH);
  g_assert_cmpint (count (f, "SELECT count(*) FROM keys"), ==, 3 * (n - BATCH));
  assert_found (f->store, n);
  assert_found (reader, n);
  wf_store_close (reader);
  wf_store_fixture_reopen (f);
  assert_found (f->store, n);
}

/* A portion that is rolled back is done again. */
static void
test_rolled_back (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  gboolean more;
  guint n = 0;

  for (; n < 4 * BATCH; n += BATCH)
    add_batch (f, n);
  for (guint i = 0; i < 3; i++)
    {
      wf_store_fixture_begin (f);
      g_assert_true (wf_store_merge_keys (f->store, TRUE, &more, &error));
      assert_found (f->store, n);
      wf_store_rollback (f->store);
      assert_found (f->store, n);
      g_assert_cmpint (count (f, "SELECT count(*) FROM keys"), ==, 6000 * i);
      g_assert_true (merge (f));
      assert_found (f->store, n);
    }
  g_assert_false (wf_store_merge_keys (f->store, TRUE, &more, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED); /* no transaction */
}

/* What was added in a transaction that failed is not there, though its numbers are given again. */
static void
test_numbers_given_again (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (WfActivity) a = wf_test_activity ("a-1", NOW), b = wf_test_activity ("b-1", NOW),
                         read = NULL;
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_put_activity (f->store, a, NULL, &error);
  g_assert_no_error (error);
  wf_store_rollback (f->store);
  g_assert_null (wf_store_get_activity (f->store, "a-1"));
  wf_store_fixture_put (f, b);
  g_assert_null (wf_store_get_activity (f->store, "a-1"));
  read = wf_store_get_activity (f->store, "b-1");
  wf_assert_same_activity (read, b);
}

/* Two programs write in turn: each knows the other's keys. */
static void
test_two_writers (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  WfStore *first = f->store, *second = wf_store_open (f->path, WF_STORE_READ_WRITE, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (; n < 6 * BATCH; n += BATCH)
    {
      f->store = n / BATCH % 2 == 0 ? first : second;
      add_batch (f, n);
      assert_found (first, n + BATCH);
      assert_found (second, n + BATCH);
    }
  /* Also when both merge. */
  for (guint i = 0; i < 20; i++)
    {
      f->store = i % 2 == 0 ? first : second;
      merge (f);
      assert_found (first, n);
      assert_found (second, n);
    }
  g_assert_cmpint (count (f, "SELECT count(*) FROM recent"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM keys"), ==, 3 * n);
  f->store = first;
  wf_store_close (second);
}

/* A key goes with its row. */
static void
test_pruned (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfEvent) again = wf_test_event ("e-7", "lead.received", "l-1", NOW + 5 * DAY);
  WfStoredRun run = wf_test_run (NULL, "w", "l-1", NULL, NOW);
  gboolean is_new;
  guint removed;
  gint64 rowid;

  for (guint n = 0; n < 3 * BATCH; n += BATCH)
    add_batch (f, n);
  while (merge (f))
    ;
  add_batch (f, 3 * BATCH);
  wf_store_fixture_begin (f);
  for (guint n = 0; n < 4 * BATCH; n += BATCH / 2)
    {
      g_autofree char *key = g_strdup_printf ("run-%u", n), *event = g_strdup_printf ("e-%u", n);

      run.key = key;
      run.event_id = event;
      run.finished = TRUE;
      wf_store_save_run (f->store, &run, &error);
      g_assert_no_error (error);
    }
  wf_store_prune (f->store, NOW + DAY, NOW + DAY, 100000, &removed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (removed, ==, 8);
  wf_store_fixture_commit (f);
  g_assert_cmpint (count (f, "SELECT (SELECT count(*) FROM recent) + (SELECT count(*) FROM keys)"),
                   ==, 3 * 4 * BATCH - 2 * 8);
  g_assert_null (wf_store_get_event (f->store, "/crm/test", "e-0"));
  g_assert_null (wf_store_get_run (f->store, "run-7000"));
  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, again, NOW, &rowid, &is_new, &error);
  g_assert_no_error (error);
  g_assert_false (is_new);
  wf_store_fixture_commit (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/keys/few", test_few);
  g_test_add_func ("/store/keys/merge", test_merge);
  g_test_add_func ("/store/keys/rolled-back", test_rolled_back);
  g_test_add_func ("/store/keys/numbers-given-again", test_numbers_given_again);
  g_test_add_func ("/store/keys/two-writers", test_two_writers);
  g_test_add_func ("/store/keys/pruned", test_pruned);
  return g_test_run ();
}
