/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Migrations: from every older version, all or nothing, and never backwards. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-store-facts.h"
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

/* ---- rows of version 1 ---- */

#define FAILED_STATE "{\"format\":1,\"steps\":[{\"id\":\"a\",\"status\":\"failed\"}]}"
#define NO_INSTANT "0000000000000080"
/* original_due, remind, version 3, names, event id, notes; nothing more. */
#define BODY_1                                                                                     \
  "X'" NO_INSTANT NO_INSTANT "03"                                                                  \
  "00"                                                                                             \
  "00"                                                                                             \
  "00"                                                                                             \
  "01"                                                                                             \
  "03"                                                                                             \
  "04652d31"                                                                                       \
  "034869"                                                                                         \
  "00"                                                                                             \
  "00"                                                                                             \
  "00"                                                                                             \
  "00'"
#define UUID_1 "X'6f0c4a0e6d0a4b679a553f3f6f1b0c11'"

/* Two events with their runs, one of them finished; a run apart; an activity of the first event; its creation. */
static const char rows_1[] =
    "INSERT INTO names VALUES (1, '/crm/test'), (2, 'w'), (3, 'lead.received'), (4, 'ana'), (5, 'call');"
    "INSERT INTO inbox VALUES (1, 1000, 1001, 1, 3, 'e-1', 'l-1', 77, 2, 3, 1000, NULL, 0, 1, " UUID_1
    ", '" FAILED_STATE "', '[]', '{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/crm/test\","
    "\"type\":\"lead.received\",\"time\":\"1970-01-01T00:00:00.001Z\",\"data\":{\"lead\":{\"id\":\"l-1\"}}}');"
    "INSERT INTO inbox VALUES (2, 2000, 2001, 1, 3, 'e-2', 'l-1', 78, 2, 3, 2000, NULL, 1, 0, 'run-2', 'no json', NULL,"
    " '{\"specversion\":\"1.0\",\"id\":\"e-2\",\"source\":\"/crm/test\",\"type\":\"lead.received\","
    "\"time\":\"1970-01-01T00:00:00.002Z\",\"data\":{\"lead\":{\"id\":\"l-1\"}}}');"
    "INSERT INTO runs VALUES (3, 79, 2, 2, 3000, 4000, 0, 0, 'run-3', 'l-2', 1, 'e-2', '{}');"
    "INSERT INTO activities VALUES (1, 80, 0, 0, 0, 5, 0, 4, NULL, 2, 5, 1001, 9000, NULL, NULL, 1, " UUID_1
    ", 'l-1', 'Padaria Sol', NULL, NULL, 'Call', NULL, " BODY_1 ");"
    "INSERT INTO outbox VALUES (1, 0, 0, 0, 1001, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);"
    "INSERT INTO leads VALUES (1, 'l-1', NULL, 1000, '{\"id\":\"l-1\"}');"
    "INSERT INTO reminders VALUES (1, 4, 8000, 0);";

static void
make_version_1 (const char *path, const char *rows)
{
  sqlite3 *db = open_plain (path);

  g_assert_cmpint (sqlite3_exec (db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (wf_store_migrations_run (db, wf_store_migrations, 1), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, rows, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
assert_runs_of_1 (WfStore *store)
{
  g_autoptr (GPtrArray) failed = wf_store_list_failed_runs (store, 0, 10),
                        waiting = wf_store_list_waiting_runs_of_lead (store, "l-1", 10);
  g_autoptr (GArray) counts = wf_store_count_waiting_runs (store, "w");
  g_autoptr (WfStoredRun) finished = wf_store_get_run (store, "run-2"),
                          apart = wf_store_get_run (store, "run-3");
  const WfStoredRun *blocked;
  WfInstant since;

  g_assert_cmpuint (failed->len, ==, 1);
  blocked = g_ptr_array_index (failed, 0);
  g_assert_cmpstr (blocked->key, ==, "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11");
  g_assert_cmpint (blocked->started, ==, 1000);
  g_assert_true (blocked->waits_for_event && blocked->has_waiting && blocked->has_failed);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpuint (counts->len, ==, 2);
  g_assert_cmpint (g_array_index (counts, WfVersionCount, 0).version, ==, 2);
  g_assert_true (finished->finished && !finished->has_waiting && !finished->has_failed);
  g_assert_cmpint (apart->started, ==, 3000);
  g_assert_true (apart->has_waiting && !apart->waits_for_event);
  g_assert_cmpint (wf_store_get_last_run (store, "w", &since), ==, 3000);
  g_assert_cmpint (since, ==, 1001);
  g_assert_cmpuint (wf_store_count_runs_between (store, "w", NULL, 1000, 2001), ==, 2);
  g_assert_true (wf_store_has_unfinished_runs (store, "l-2"));
}

static void
assert_rows_of_1 (WfStore *store)
{
  g_autoptr (WfActivity) a = wf_store_get_activity (store, "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11");
  g_autoptr (GPtrArray) events = wf_store_list_events (store, 1000, 2000, 0, 0, 10),
                        created = wf_store_list_created_by (store, "w", 3, 1001, 1002, NULL, 10),
                        ready = wf_store_list_outbox_ready (store, NOW, 10),
                        leads = wf_store_list_leads (store, NULL, 10);
  g_autofree char *run = wf_store_get_activity_run (store, a->id);

  g_assert_cmpint (a->kind, ==, WF_ACTIVITY_TASK);
  g_assert_cmpint (a->ends, ==, WF_INSTANT_NONE);
  g_assert_null (a->place);
  g_assert_cmpstr (a->event_id, ==, "e-1");
  g_assert_cmpstr (a->notes, ==, "Hi");
  g_assert_cmpstr (a->event_type, ==, "lead.received");
  g_assert_true (a->business_hours && a->pinned && !a->arrived_late);
  g_assert_cmpint (a->workflow_version, ==, 3);
  g_assert_cmpstr (run, ==, a->id); /* the same UUID in another table */
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (wf_event_get_id (((WfStoredEvent *) g_ptr_array_index (events, 0))->event), ==,
                   "e-1");
  g_assert_cmpuint (created->len, ==, 1);
  g_assert_cmpuint (ready->len, ==, 1);
  g_assert_cmpstr (((WfOutboxItem *) g_ptr_array_index (ready, 0))->subject, ==, a->id);
  g_assert_cmpuint (leads->len, ==, 1);
  g_assert_cmpint (wf_store_get_next_reminder (store, "ana"), ==, 8000);
}

/* Everything is there, what is known stays known, and the program goes on with it. */
static void
test_rows_of_version_1 (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *path = wf_test_folder_build (f->folder, "old.db");
  g_autoptr (WfEvent) again = wf_test_event ("e-2", "lead.received", "l-1", NOW);
  WfStoredRun run = wf_test_run ("run-3", "w", "l-2", "e-2", NOW);
  g_autoptr (GError) error = NULL;
  gboolean is_new = TRUE;
  gint64 rowid;

  make_version_1 (path, rows_1);
  g_clear_pointer (&f->store, wf_store_close);
  g_set_str (&f->path, path);
  wf_store_fixture_reopen (f);
  assert_runs_of_1 (f->store);
  assert_rows_of_1 (f->store);
  wf_store_fixture_reopen (f);
  assert_rows_of_1 (f->store);

  wf_store_fixture_begin (f);
  wf_store_add_event (f->store, again, NOW, &rowid, &is_new, &error);
  g_assert_no_error (error);
  g_assert_false (is_new);
  g_assert_cmpint (rowid, ==, 2);
  run.finished = TRUE;
  wf_store_save_run (f->store, &run, &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  g_assert_false (wf_store_has_unfinished_runs (f->store, "l-2"));
  g_assert_cmpuint (wf_store_count_runs (f->store, "w", NULL, FALSE), ==, 3);
  g_assert_true (wf_store_check (f->store, NULL, &error));
}

/* Many: the keys of all are in the new index. */
static void
test_many_rows_of_version_1 (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "old.db");
  g_autoptr (GError) error = NULL;
  WfStore *store;

  make_version_1 (
      path,
      "INSERT INTO names VALUES (1, '/crm/test'), (2, 'w');"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
      "INSERT INTO activities SELECT i, i, 0, 0, 0, 0, 1, NULL, NULL, 2, NULL, i, i, NULL, NULL, NULL,"
      " 'a-' || i, NULL, NULL, NULL, NULL, '', NULL, " BODY_1 " FROM n;");
  store = wf_store_open (path, WF_STORE_READ_WRITE, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= 3000; i++)
    {
      g_autofree char *id = g_strdup_printf ("a-%u", i);
      g_autoptr (WfActivity) a = wf_store_get_activity (store, id);

      g_assert_nonnull (a);
      g_assert_cmpstr (a->id, ==, id);
      g_assert_cmpint (a->due, ==, i);
    }
  wf_store_close (store);
}

/* ---- rows of version 2 ---- */

/* Leads, one of them unreadable; a contact and what is none; an activity that was done late; receipts. */
static const char rows_2[] =
    "UPDATE leads SET lead = '{\"id\":\"l-1\",\"name\":\"Água Viva\",\"phone\":\"+55 (11) 5555-0100\",\"stage\":\"new\","
    "\"owner\":\"ana\",\"source\":\"fair\",\"score\":\"35\",\"created\":\"1970-01-01T00:00:00.5Z\"}' WHERE id = 'l-1';"
    "INSERT INTO leads VALUES (2, " UUID_1
    ", NULL, 1000, '{\"name\":\"\",\"stage\":7}'), (3, 'l-3', NULL, 1000, 'no json');"
    "INSERT INTO names VALUES (10, 'email.replied'), (11, 'activity.completed');"
    "INSERT INTO inbox (id, time, received, source, type, event, lead, payload) VALUES"
    " (10, 5000, 5000, 1, 10, 'e-10', 'l-1', '{}'), (11, 6000, 6000, 1, 3, 'e-11', 'l-1', '{}'),"
    " (12, 7000, 7000, 1, 11, 'e-12', 'l-1', '{\"data\":{\"activity\":{\"outcome\":\"\"}}}'),"
    " (13, 8000, 8000, 1, 11, 'e-13', 'l-3', '{\"data\":{\"activity\":{\"outcome\":\"reached\"}}}');"
    "INSERT INTO activities SELECT 20, 0, 1, 0, 2, 0, 1, 4, NULL, 2, 5, 1001, 9000, NULL, 9001, NULL, 'late-one', 'l-1', NULL,"
    "  NULL, NULL, 'Call', NULL, body FROM activities WHERE no = 1;"
    "INSERT INTO activities SELECT 21, 0, 2, 0, 2, 0, 1, 4, NULL, 2, 5, 1001, -1, NULL, 9001, NULL, 'gone', 'l-1', NULL,"
    "  NULL, NULL, 'Call', NULL, body FROM activities WHERE no = 1;"
    "INSERT INTO receipts (activity, at, shown) VALUES (1, 100, 101), (1, 200, NULL);";

static void
make_version_2 (const char *path)
{
  sqlite3 *db;

  make_version_1 (path, rows_1);
  db = open_plain (path);
  g_assert_cmpint (wf_store_migrations_run (db, wf_store_migrations, 2), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, rows_2, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
assert_leads_of_2 (WfStore *store)
{
  static const char *const stages[] = { "new", NULL };
  WfLeadQuery all = { .order = WF_LEADS_BY_NAME, .now = NOW },
              found = { .text = "agua", .stages = stages, .now = NOW },
              by_phone = { .text = "1155550", .now = NOW };
  g_autoptr (GPtrArray) leads = wf_store_query_leads (store, &found);
  g_autoptr (WfLead) other = NULL;
  const WfLead *lead;

  g_assert_cmpuint (leads->len, ==, 1);
  lead = leads->pdata[0];
  g_assert_cmpstr (lead->id, ==, "l-1");
  g_assert_cmpstr (lead->owner, ==, "ana");
  g_assert_true (lead->has_score && lead->score == 35);
  g_assert_cmpint (lead->created, ==, 500000);
  g_assert_cmpint (lead->last_contact, ==, 5000);
  g_assert_cmpint (lead->next, ==, 9000);
  g_assert_cmpint (lead->sync, ==, WF_SYNC_CONFIRMED);
  g_assert_cmpuint (wf_store_count_leads (store, &by_phone), ==, 1);
  g_test_expect_message ("wf-store", G_LOG_LEVEL_WARNING, "*lead cannot be read*");
  g_clear_pointer (&leads, g_ptr_array_unref);
  leads = wf_store_query_leads (store, &all);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (leads->len, ==, 3);
  /* By its id, where it has no name. */
  g_assert_cmpstr (((WfLead *) leads->pdata[0])->name, ==, "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11");
  g_test_expect_message ("wf-store", G_LOG_LEVEL_WARNING, "*lead cannot be read*");
  other = wf_store_get_lead_card (store, "l-3", NOW);
  g_test_assert_expected_messages ();
  g_assert_cmpint (other->last_contact, ==, 8000);
}

static void
test_rows_of_version_2 (void)
{
  static const WfInstant bounds[] = { -G_TIME_SPAN_HOUR, 0, 9000, 9001 };
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *path = wf_test_folder_build (f->folder, "old.db");
  WfActivityQuery query = { .scope = WF_ACTIVITIES_ALL, .now = 9001 };
  g_autoptr (GArray) receipts = NULL;
  g_autoptr (GError) error = NULL;

  make_version_2 (path);
  g_clear_pointer (&f->store, wf_store_close);
  g_set_str (&f->path, path);
  wf_store_fixture_reopen (f);
  assert_runs_of_1 (f->store);
  assert_leads_of_2 (f->store);
  g_autoptr (WfCalendarDays) days = wf_store_list_days (f->store, &query, bounds, 3, 5);
  g_assert_cmpuint (days->counts[0].closed, ==, 1);
  g_assert_cmpuint (days->counts[1].open + days->counts[1].done, ==, 0);
  g_assert_cmpuint (days->counts[2].open, ==, 1);
  g_assert_cmpuint (days->counts[2].late, ==, 1);
  g_assert_cmpuint (days->counts[2].done, ==, 1);
  g_assert_cmpuint (days->counts[2].done_late, ==, 1);
  receipts = wf_store_list_receipts (f->store, "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11");
  g_assert_cmpuint (receipts->len, ==, 2);
  g_assert_cmpint (g_array_index (receipts, WfReceipt, 0).kind, ==, WF_RECEIPT_SHOWN);
  g_assert_cmpint (g_array_index (receipts, WfReceipt, 1).kind, ==, WF_RECEIPT_NOT_NEEDED);
  g_assert_true (wf_store_check (f->store, NULL, &error));
}

/* Whole hours: what the migration counted is what the indexes count. */
static void
test_hours_of_version_2 (void)
{
  static const WfInstant bounds[] = { -5 * G_TIME_SPAN_HOUR, 0, 5 * G_TIME_SPAN_HOUR };
  static const char *const ana[] = { "ana", NULL };
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *path = wf_test_folder_build (f->folder, "old.db");
  WfActivityQuery all = { .scope = WF_ACTIVITIES_ALL, .now = 9001 }, hers = all;

  make_version_2 (path);
  g_clear_pointer (&f->store, wf_store_close);
  g_set_str (&f->path, path);
  wf_store_fixture_reopen (f);
  hers.people = ana; /* all of them are hers: counted by the indexes */
  g_autoptr (WfCalendarDays) by_hours = wf_store_list_days (f->store, &all, bounds, 2, 0);
  g_autoptr (WfCalendarDays) by_indexes = wf_store_list_days (f->store, &hers, bounds, 2, 0);
  g_assert_cmpuint (by_hours->counts[0].closed + by_hours->counts[1].open, ==, 2);
  g_assert_cmpmem (by_hours->counts, 2 * sizeof (WfDayFigures), by_indexes->counts,
                   2 * sizeof (WfDayFigures));
}

/* ---- rows of version 3 ---- */

/* Moves between stages, one of them told twice and one damaged; a lead that was changed here; receipts; contacts. */
static const char rows_3[] =
    "INSERT INTO names VALUES (20, 'lead.stage-changed'), (22, 'call.made');"
    "INSERT INTO inbox (id, time, received, source, type, event, lead, payload) VALUES"
    " (30, 500, 500, 1, 20, 'e-30', 'l-1', '{\"data\":{\"stage_from\":\"first\",\"stage_to\":\"filter\"}}'),"
    " (31, 700, 700, 1, 20, 'e-31', 'l-1', '{\"data\":{\"stage_from\":\"filter\",\"stage_to\":\"new\"}}'),"
    " (32, 600, 800, 1, 20, 'e-32', 'l-1', '{\"data\":{\"stage_from\":\"filter\",\"stage_to\":\"filter\"}}'),"
    " (33, 900, 900, 1, 20, 'e-33', 'l-1', 'no json'), (34, 4000, 9500, 1, 22, 'e-34', 'l-1', '{}');"
    "UPDATE leads SET lead = '{\"stage\":\"new\",\"unit\":\"u-1\",\"interest\":\"bread\",\"value\":70}',"
    "  local = '{\"unit\":\"u-2\",\"product\":\"cake\"}', sync = 0 WHERE id = 'l-1';"
    "UPDATE activities SET status = 2, completed = 9500 WHERE no = 1;";

static void
make_version_3 (const char *path)
{
  sqlite3 *db;

  make_version_2 (path);
  db = open_plain (path);
  g_assert_cmpint (wf_store_migrations_run (db, wf_store_migrations, 3), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, rows_3, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static gboolean
assert_facts_of_3 (const WfActivityFacts *facts, gpointer user_data)
{
  gint64 *n = user_data;

  g_assert_cmpuint (facts->n, ==, 3);
  g_assert_cmpint (facts->number[0], ==, 1);
  g_assert_cmpint (facts->status[0], ==, WF_ACTIVITY_CANCELLED);
  g_assert_cmpint (facts->closed[0], ==, 9500);
  g_assert_cmpuint (facts->version[0], ==, 3);
  /* Shown at 101, and due at 9000. */
  g_assert_cmphex (facts->flags[0], ==,
                   WF_FACT_REMINDED | WF_FACT_REMINDER_KNOWN | WF_FACT_BUSINESS_HOURS |
                       WF_FACT_PINNED);
  g_assert_cmphex (facts->flags[1] & WF_FACT_REMINDER_KNOWN, ==, 0);
  g_assert_cmpint (facts->closed[1], ==, 9001);
  *n += facts->n;
  return TRUE;
}

static void
assert_moves_of_3 (WfStore *store)
{
  static const struct
  {
    const char *stage;
    WfInstant at;
  } expected[] = { { "first", 500 }, { "filter", 500 }, { "new", 700 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) moves = wf_store_list_stage_moves (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (moves->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < moves->len; i++)
    {
      const WfStageMove *move = &g_array_index (moves, WfStageMove, i);

      g_assert_cmpuint (move->lead, ==, wf_store_hash_lead ("l-1"));
      g_assert_cmpstr (wf_store_get_name (store, move->stage), ==, expected[i].stage);
      g_assert_cmpint (move->at, ==, expected[i].at);
    }
}

static void
assert_leads_of_3 (WfStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) leads = wf_store_list_lead_facts (store, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (leads->len, ==, 3);
  for (guint i = 0; i < leads->len; i++)
    {
      const WfLeadFacts *lead = &g_array_index (leads, WfLeadFacts, i);
      g_autofree char *id = wf_store_get_lead_id (store, lead->number);

      if (!g_str_equal (id, "l-1"))
        continue;
      n++;
      g_assert_cmpstr (wf_store_get_name (store, lead->unit), ==, "u-2");
      g_assert_cmpstr (wf_store_get_name (store, lead->product), ==, "cake");
      g_assert_cmpfloat (lead->value, ==, 70);
      g_assert_cmpint (lead->created, ==, 500000);
      g_assert_cmpint (lead->first_contact, ==, 4000);
      g_assert_cmpint (lead->stage_since, ==, 700);
    }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_rows_of_version_3 (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *path = wf_test_folder_build (f->folder, "old.db");
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  make_version_3 (path);
  g_clear_pointer (&f->store, wf_store_close);
  g_set_str (&f->path, path);
  wf_store_fixture_reopen (f);
  wf_store_fixture_begin (f);
  wf_store_set_fact (f->store, "person", "ana", &error);
  g_assert_no_error (error);
  wf_store_fixture_commit (f);
  wf_store_foreach_activity_facts (f->store, WF_INSTANT_NONE, WF_INSTANT_NONE, NULL,
                                   assert_facts_of_3, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 3);
  assert_moves_of_3 (f->store);
  assert_leads_of_3 (f->store);
  g_assert_true (wf_store_check (f->store, NULL, &error));
}

/* A reader does not migrate: it refuses an older file as it is. */
static void
test_older_is_not_read (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "old.db"), *before = NULL, *after = NULL,
                  *aside = NULL;
  gsize length_before = 0, length_after = 0;
  g_autoptr (GError) error = NULL;

  make_version_1 (path, rows_1);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  g_assert_null (wf_store_open (path, WF_STORE_READ_ONLY, &aside, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  g_assert_null (aside);
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* What cannot be migrated stays at its version with all its rows: nothing is half done. */
static void
test_migration_fails (void)
{
  g_autoptr (WfTestFolder) folder = wf_test_folder_new ();
  g_autofree char *path = wf_test_folder_build (folder, "old.db"), *version = NULL, *rows = NULL,
                  *index = NULL, *sql = g_strconcat (rows_1, "CREATE TABLE dates (x);", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  make_version_1 (path, sql);
  g_assert_null (wf_store_open (path, WF_STORE_READ_WRITE, NULL, &error));
  g_assert_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED);
  db = open_plain (path);
  version = query (db, "PRAGMA user_version");
  rows = query (db, "SELECT count(*) FROM inbox WHERE run_waits IN (0, 1)");
  index = query (db, "SELECT count(*) FROM sqlite_schema WHERE name IN ('inbox_run', 'keys')");
  sqlite3_close (db);
  g_assert_cmpstr (version, ==, "1\n");
  g_assert_cmpstr (rows, ==, "2\n");
  g_assert_cmpstr (index, ==, "1\n");
}

/* A damaged file of an older version is kept aside as any other, before anything is changed in it. */
static void
test_damaged_version_1 (void)
{
  g_autoptr (WfStoreFixture) f = wf_store_fixture_new ();
  g_autofree char *path = wf_test_folder_build (f->folder, "old.db"), *before = NULL, *kept = NULL,
                  *aside = NULL;
  gsize length_before = 0, length_kept = 0;
  g_autoptr (GError) error = NULL;
  WfStore *store;

  make_version_1 (path, rows_1);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  memset (before + 2 * 4096, 0x55, 4 * 4096);
  g_assert_true (g_file_set_contents (path, before, (gssize) length_before, NULL));
  g_test_expect_message ("wf-store", G_LOG_LEVEL_WARNING, "*kept aside*");
  store = wf_store_open (path, WF_STORE_READ_WRITE, &aside, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_nonnull (aside);
  g_assert_true (g_file_get_contents (aside, &kept, &length_kept, NULL));
  g_assert_cmpmem (before, length_before, kept, length_kept);
  g_assert_cmpuint (wf_store_count_log (store, NULL, NULL), ==, 0);
  wf_store_close (store);
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
  g_test_add_func ("/store/migrations/rows-of-version-1", test_rows_of_version_1);
  g_test_add_func ("/store/migrations/rows-of-version-2", test_rows_of_version_2);
  g_test_add_func ("/store/migrations/hours-of-version-2", test_hours_of_version_2);
  g_test_add_func ("/store/migrations/rows-of-version-3", test_rows_of_version_3);
  g_test_add_func ("/store/migrations/many-rows-of-version-1", test_many_rows_of_version_1);
  g_test_add_func ("/store/migrations/older-is-not-read", test_older_is_not_read);
  g_test_add_func ("/store/migrations/migration-fails", test_migration_fails);
  g_test_add_func ("/store/migrations/damaged-version-1", test_damaged_version_1);
  g_test_add_func ("/store/migrations/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/store/migrations/newer-is-untouched", test_newer_is_untouched);
  g_test_add_func ("/store/migrations/read-only", test_read_only);
  return g_test_run ();
}
