/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damaged and foreign files are kept aside, never deleted, and work goes on; full disks and locks are told. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"
#include "wf-store-private.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static void
fill (WfStoreFixture *f, guint n)
{
  g_autoptr (GError) error = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_fact (f->store, "who", "me", &error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = wf_test_uuid (i);
      g_autoptr (WfActivity) a = wf_test_activity (id, NOW + i);

      a->explanation = g_strnfill (300, 'x');
      wf_store_put_activity (f->store, a, NULL, &error);
      g_assert_no_error (error);
    }
  wf_store_fixture_commit (f);
  g_clear_pointer (&f->store, wf_store_close);
}

/* The file is moved aside as it is; the new store is empty and works. */
static void
assert_kept_aside (WfStoreFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *kept = NULL, *aside = NULL, *fact = NULL;
  gsize length_before = 0, length_kept = 0;

  g_assert_true (g_file_get_contents (f->path, &before, &length_before, NULL));
  g_test_expect_message ("wf-store", G_LOG_LEVEL_WARNING, "*kept aside*");
  f->store = wf_store_open (f->path, WF_STORE_READ_WRITE, &aside, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_nonnull (aside);
  g_assert_true (g_str_has_prefix (aside, f->path));
  g_assert_true (g_file_get_contents (aside, &kept, &length_kept, NULL));
  g_assert_cmpmem (before, length_before, kept, length_kept);
  g_assert_null (wf_store_get_fact (f->store, "who"));
  wf_store_fixture_begin (f);
  wf_store_set_fact (f->store, "who", "new", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  wf_store_fixture_reopen (f);
  fact = wf_store_get_fact (f->store, "who");
  g_assert_cmpstr (fact, ==, "new");
}

static void
write_at (const char *path, long offset, const void *data, gsize length)
{
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (data, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_garbage_header (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  fill (f, 10);
  write_at (f->path, 0, "this is no database, whatever it was", 36);
  assert_kept_aside (f);
}

static void
test_text_file (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();

  g_clear_pointer (&f->store, wf_store_close);
  g_assert_true (g_file_set_contents (f->path, "{\"not\":\"ours\"}", -1, NULL));
  assert_kept_aside (f);
  /* And once more: the earlier one keeps its name. */
  g_clear_pointer (&f->store, wf_store_close);
  g_assert_true (g_file_set_contents (f->path, "again", -1, NULL));
  assert_kept_aside (f);
}

static void
test_truncated (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  GStatBuf info;

  fill (f, 500);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (truncate (f->path, info.st_size / 2), ==, 0);
  assert_kept_aside (f);
}

static void
test_zeroed_page (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *zeros = g_malloc0 (4096);
  GStatBuf info;

  fill (f, 500);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  write_at (f->path, info.st_size / 2 / 4096 * 4096, zeros, 4096);
  assert_kept_aside (f);
}

static void
test_other_program (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  sqlite3 *db = NULL;

  g_clear_pointer (&f->store, wf_store_close);
  g_unlink (f->path);
  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (db, "PRAGMA application_id = 4711; CREATE TABLE photos (x)", NULL, NULL, NULL),
      ==, SQLITE_OK);
  sqlite3_close (db);
  assert_kept_aside (f);

  g_clear_pointer (&f->store, wf_store_close);
  g_unlink (f->path);
  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE without_id (x)", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (db);
  assert_kept_aside (f);
}

/* With its write-ahead log: what a crash left. */
static void
test_log_goes_along (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL), *aside = NULL, *aside_log = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->store, wf_store_close);
  g_assert_true (g_file_set_contents (f->path, "broken", -1, NULL));
  g_assert_true (g_file_set_contents (log, "its log", -1, NULL));
  g_test_expect_message ("wf-store", G_LOG_LEVEL_WARNING, "*kept aside*");
  f->store = wf_store_open (f->path, WF_STORE_READ_WRITE, &aside, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  aside_log = g_strconcat (aside, "-wal", NULL);
  g_assert_true (g_file_test (aside_log, G_FILE_TEST_EXISTS));
}

/* Too large to be checked at each opening: a read that fails warns once, and the next opening keeps the file aside. */
static void
test_seen_later (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *zeros = g_malloc0 (4096 * 64), *aside = NULL;
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .now = NOW,
                            .due_from = WF_INSTANT_NONE,
                            .due_until = WF_INSTANT_NONE };
  GStatBuf info;

  fill (f, 8000);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 4 * 1024 * 1024);
  write_at (f->path, info.st_size / 2 / 4096 * 4096, zeros, 4096 * 64);
  f->store = wf_store_open (f->path, WF_STORE_READ_WRITE, &aside, &error);
  g_assert_no_error (error);
  g_assert_null (aside);
  g_test_expect_message ("wf-store", G_LOG_LEVEL_WARNING, "*cannot be read*");
  g_ptr_array_unref (wf_store_list_activities (f->store, &query));
  g_test_assert_expected_messages ();
  /* Once only. */
  g_ptr_array_unref (wf_store_list_activities (f->store, &query));
  g_clear_pointer (&f->store, wf_store_close);
  assert_kept_aside (f);
}

/* From the file. */
static int
take_pages_read (WfStore *store)
{
  int n = 0, most = 0;

  g_assert_cmpint (sqlite3_db_status (store->db, SQLITE_DBSTATUS_CACHE_MISS, &n, &most, TRUE), ==,
                   SQLITE_OK);
  return n;
}

/* Whoever asks for something meanwhile does not wait for the disk. */
static void
test_check_gives_way (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fill (f, 8000);
  wf_store_fixture_reopen (f);
  g_cancellable_cancel (cancellable);
  take_pages_read (f->store);
  g_assert_false (wf_store_check (f->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (take_pages_read (f->store), <, 50);
  g_clear_error (&error);
  g_assert_true (wf_store_check (f->store, NULL, &error));
  g_assert_cmpint (take_pages_read (f->store), >, 1000);
}

static void
test_check (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *zeros = g_malloc0 (4096 * 8);
  GStatBuf info;

  fill (f, 8000);
  wf_store_fixture_reopen (f);
  g_assert_true (wf_store_check (f->store, NULL, &error));
  g_cancellable_cancel (cancellable);
  g_assert_false (wf_store_check (f->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_pointer (&f->store, wf_store_close);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  write_at (f->path, info.st_size / 2 / 4096 * 4096, zeros, 4096 * 8);
  wf_store_fixture_reopen (f);
  g_assert_false (wf_store_check (f->store, NULL, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_DAMAGED);
  g_clear_pointer (&f->store, wf_store_close);
  assert_kept_aside (f);
}

static void
test_locked (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  WfStore *other = wf_store_open (f->path, WF_STORE_READ_WRITE, NULL, &error);

  g_assert_no_error (error);
  wf_store_set_patience (other, 1);
  wf_store_fixture_begin (f);
  g_assert_false (wf_store_begin (other, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_LOCKED);
  g_clear_error (&error);
  wf_store_fixture_commit (f);
  g_assert_true (wf_store_begin (other, &error));
  g_assert_true (wf_store_commit (other, &error));
  wf_store_close (other);
}

/* A disk without room, played by SQLite's own limit of pages. */
static void
test_full (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_strnfill (500000, 'x'), *fact = NULL, *gone = NULL;

  wf_store_fixture_begin (f);
  wf_store_set_fact (f->store, "small", "1", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  wf_store_set_most_pages (f->store, 80);
  wf_store_fixture_begin (f);
  wf_store_set_fact (f->store, "small", "2", &error);
  g_assert_no_error (error);
  g_assert_false (wf_store_set_fact (f->store, "big", big, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FULL);
  g_clear_error (&error);
  /* Nothing of the transaction slips in, whatever follows. */
  g_assert_false (wf_store_set_fact (f->store, "after", "1", &error) &&
                  wf_store_commit (f->store, &error));
  g_assert_nonnull (error);
  wf_store_rollback (f->store);
  wf_store_fixture_reopen (f);
  fact = wf_store_get_fact (f->store, "small");
  gone = wf_store_get_fact (f->store, "after");
  g_assert_cmpstr (fact, ==, "1");
  g_assert_null (gone);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/damage/garbage-header", test_garbage_header);
  g_test_add_func ("/store/damage/text-file", test_text_file);
  g_test_add_func ("/store/damage/truncated", test_truncated);
  g_test_add_func ("/store/damage/zeroed-page", test_zeroed_page);
  g_test_add_func ("/store/damage/other-program", test_other_program);
  g_test_add_func ("/store/damage/log-goes-along", test_log_goes_along);
  g_test_add_func ("/store/damage/seen-later", test_seen_later);
  g_test_add_func ("/store/damage/check", test_check);
  g_test_add_func ("/store/damage/check-gives-way", test_check_gives_way);
  g_test_add_func ("/store/damage/locked", test_locked);
  g_test_add_func ("/store/damage/full", test_full);
  return g_test_run ();
}
