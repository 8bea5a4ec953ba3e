/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Migrations: from every older version, all or nothing, and never backwards. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-fixture.h"
#include "wf-store-migrations.h"

#include <sqlite3.h>
#include <string.h>

static sqlite3 *
open_plain (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

static int
count_row (gpointer user_data, int n, char **values, char **names)
{
  g_string_append_printf (user_data, "%s\n", values[0] != NULL ? values[0] : "");
  return 0;
}

static char *
query (sqlite3 *db, const char *sql)
{
  GString *text = g_string_new (NULL);

  g_assert_cmpint (sqlite3_exec (db, sql, count_row, text, NULL), ==, SQLITE_OK);
  return g_string_free (text, FALSE);
}

static void
test_from_every_version (void)
{
  int latest = wf_store_migrations_get_latest ();
  g_autoptr (WfStoreFixture) fresh = wf_store_fixture_new ();
  g_autofree char *expected = NULL;
  sqlite3 *db = open_plain (fresh->path);

  g_assert_cmpint (latest, >=, 1);
  expected = query (db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
  sqlite3_close (db);
  for (int version = 0; version <= latest; version++)
    {
      g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
      g_autofree char *path = wf_test_folder_build (folder, "old.db"), *schema = NULL,
                      *number = NULL, *aside = NULL;
      g_autoptr (GError) error = NULL;
      WfStore *store;

      db = open_plain (path);
      g_assert_cmpint (wf_store_migrations_run (db, wf_store_migrations, version), ==, SQLITE_OK);
      if (version > 0)
        g_assert_cmpint (
            sqlite3_exec (db, "INSERT INTO facts VALUES ('kept', 'yes')", NULL, NULL, NULL), ==,
            SQLITE_OK);
      sqlite3_close (db);

      store = wf_store_open (path, WF_STORE_READ_WRITE, &aside, &error);
      g_assert_no_error (error);
      g_assert_null (aside);
      if (version > 0)
        {
          g_autofree char *kept = wf_store_get_fact (store, "kept");

          g_assert_cmpstr (kept, ==, "yes");
        }
      wf_store_close (store);
      db = open_plain (path);
      schema = query (db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
      number = query (db, "PRAGMA user_version");
      sqlite3_close (db);
      g_assert_cmpstr (schema, ==, expected);
      g_assert_cmpint (g_ascii_strtoll (number, NULL, 10), ==, latest);
    }
}

/* A step that fails in its middle leaves the version before it, whole. */
static void
test_all_or_nothing (void)
{
  static const char *const migrations[] = {
    "CREATE TABLE a (x)", "CREATE TABLE b (x); INSERT INTO a VALUES (1); SELECT nonsense",
    "CREATE TABLE c (x)", NULL
  };
  sqlite3 *db = open_plain (":memory:");
  g_autofree char *tables = NULL, *version = NULL, *rows = NULL;

  g_assert_cmpint (wf_store_migrations_run (db, migrations, 3), !=, SQLITE_OK);
  tables = query (db, "SELECT name FROM sqlite_schema ORDER BY name");
  version = query (db, "PRAGMA user_version");
  rows = query (db, "SELECT count(*) FROM a");
  g_assert_cmpstr (tables, ==, "a\n");
  g_assert_cmpstr (version, ==, "1\n");
  g_assert_cmpstr (rows, ==, "0\n");
  g_assert_true (sqlite3_get_autocommit (db));
  sqlite3_close (db);
}

static void
test_newer_is_untouched (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL, *sql = NULL, *aside = NULL;
  gsize length_before = 0, length_after = 0;
  sqlite3 *db;

  g_clear_pointer (&f->store, wf_store_close);
  db = open_plain (f->path);
  sql = g_strdup_printf ("PRAGMA user_version = %d", wf_store_migrations_get_latest () + 1);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (f->path, &before, &length_before, NULL));
  for (WfStoreMode mode = WF_STORE_READ_WRITE; mode <= WF_STORE_READ_ONLY; mode++)
    {
      g_assert_null (wf_store_open (f->path, mode, &aside, &error));
      g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_NEWER);
      g_assert_null (aside);
      g_clear_error (&error);
    }
  g_assert_true (g_file_get_contents (f->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

static void
test_read_only (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = wf_test_folder_build (f->folder, "missing.db");
  WfStore *reader;

  g_assert_null (wf_store_open (missing, WF_STORE_READ_ONLY, NULL, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
  reader = wf_store_open (f->path, WF_STORE_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  if (wf_store_begin (reader, &error))
    g_assert_false (wf_store_set_fact (reader, "a", "b", &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  wf_store_close (reader);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/migrations/from-every-version", test_from_every_version);
  g_test_add_func ("/store/migrations/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/store/migrations/newer-is-untouched", test_newer_is_untouched);
  g_test_add_func ("/store/migrations/read-only", test_read_only);
  return g_test_run ();
}
