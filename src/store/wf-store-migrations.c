/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbered steps that bring a database from any older version to the present one. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-migrations.h"

#include "wf-store-private.h"

#include <string.h>

/* How the tables are laid out, and why:
 *
 * - Every table grows at its end: rows have monotone integer keys. Random keys (ids are UUIDs) live in indexes of eight-byte
 *   hashes, as narrow as they can be, because each random insertion dirties a page of its own in the write-ahead log.
 * - All numbers come from one sequence. The first run of an event is in the event's row, and its first activity and creation
 *   share its number: so they need no columns and no indexes that point to each other, and only the event is in an index by
 *   lead. What has no such event, or is not the first, is `apart`: with a number of its own, and in an index by lead itself.
 * - The log page shows events, effects and other entries by their numbers, which are the order in which they came.
 * - Words that come again and again are numbers in names.
 * - Indexes are partial where only few rows matter: what is open, waiting, or not yet sent.
 * - What no query asks for lies in one column, `body` (see wf-store-body.c): many columns are slower than their bytes.
 * - Instants are microseconds, UTC; NULL is "none".
 */
static const char version_1[] =
    "PRAGMA application_id = 1464224847;" /* WF_STORE_APPLICATION_ID */
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE names (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"

    "CREATE TABLE inbox ("
    "  id INTEGER PRIMARY KEY, time INT NOT NULL, received INT NOT NULL, source INT NOT NULL, type INT NOT NULL,"
    "  event ANY NOT NULL, lead ANY, run_hash INT, run_workflow INT, run_version INT, run_started INT, run_due INT,"
    "  run_finished INT, run_waits INT, run_key ANY, run_state TEXT, trace TEXT, payload TEXT NOT NULL) STRICT;"
    "CREATE UNIQUE INDEX inbox_event ON inbox (event, source);"
    "CREATE INDEX inbox_lead ON inbox (lead) WHERE lead IS NOT NULL;"
    "CREATE INDEX inbox_run ON inbox (run_hash) WHERE run_hash IS NOT NULL;"
    "CREATE INDEX inbox_started ON inbox (run_workflow, run_started) WHERE run_workflow IS NOT NULL;"
    "CREATE INDEX inbox_due ON inbox (run_due) WHERE run_due IS NOT NULL AND run_finished = 0;"

    "CREATE TABLE leads (no INTEGER PRIMARY KEY, id ANY NOT NULL UNIQUE, origin INT, at INT NOT NULL, lead TEXT NOT NULL) STRICT;"

    "CREATE TABLE workflows ("
    "  no INTEGER PRIMARY KEY, id TEXT NOT NULL, draft INT NOT NULL, version INT NOT NULL, saved INT NOT NULL,"
    "  etag TEXT, author TEXT, document TEXT NOT NULL, UNIQUE (id, draft, version)) STRICT;"
    "CREATE TABLE workflow_days (workflow INT NOT NULL, day INT NOT NULL, created INT NOT NULL, done INT NOT NULL,"
    "  on_time INT NOT NULL, PRIMARY KEY (workflow, day)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE runs ("
    "  no INTEGER PRIMARY KEY, hash INT NOT NULL, workflow INT NOT NULL, version INT NOT NULL, started INT NOT NULL,"
    "  due INT, finished INT NOT NULL, waits INT NOT NULL, key ANY NOT NULL, lead ANY, event_source INT, event_id ANY,"
    "  state TEXT NOT NULL) STRICT;"
    "CREATE INDEX runs_key ON runs (hash);"
    "CREATE INDEX runs_started ON runs (workflow, started);"
    "CREATE INDEX runs_due ON runs (due) WHERE due IS NOT NULL AND finished = 0;"
    "CREATE INDEX runs_lead ON runs (lead) WHERE lead IS NOT NULL;"
    "CREATE INDEX runs_unfinished ON runs (event_id) WHERE finished = 0;"
    "CREATE VIEW all_runs AS SELECT id AS no, run_hash AS hash, run_workflow AS workflow, run_version AS version,"
    "  run_started AS started, run_due AS due, run_finished AS finished, run_waits AS waits, run_key AS key, lead,"
    "  source AS event_source, event AS event_id, run_state AS state FROM inbox WHERE run_hash IS NOT NULL UNION ALL SELECT no,"
    "  hash, workflow, version, started, due, finished, waits, key, lead, event_source, event_id, state FROM runs;"

    "CREATE TABLE activities ("
    "  no INTEGER PRIMARY KEY, hash INT NOT NULL, status INT NOT NULL, late INT NOT NULL, sync INT NOT NULL,"
    "  flags INT NOT NULL, apart INT NOT NULL, person INT, origin INT, workflow INT, type INT, created INT, due INT,"
    "  visible_from INT, completed INT, run ANY, id ANY NOT NULL, lead ANY, lead_name TEXT, lead_phone TEXT, lead_email TEXT,"
    "  title TEXT, sync_error TEXT, body BLOB NOT NULL) STRICT;"
    "CREATE UNIQUE INDEX activities_id ON activities (hash);"
    "CREATE INDEX activities_lead ON activities (lead) WHERE apart = 1 AND lead IS NOT NULL;"
    "CREATE INDEX activities_person ON activities (person, due, visible_from, origin) WHERE status = 0;"
    "CREATE INDEX activities_open ON activities (due, visible_from, origin) WHERE status = 0;"
    "CREATE INDEX activities_closed ON activities (due, visible_from, origin, person, status) WHERE status > 0;"
    "CREATE INDEX activities_visible ON activities (visible_from) WHERE status = 0 AND visible_from IS NOT NULL;"
    "CREATE INDEX activities_watched ON activities (due) WHERE late = 1;"

    "CREATE TABLE outbox ("
    "  id INTEGER PRIMARY KEY, kind INT NOT NULL, state INT NOT NULL, ready INT, at INT NOT NULL,"
    "  attempts INT NOT NULL, apart INT NOT NULL, subject ANY, lead ANY, run ANY, cause TEXT, payload TEXT, error TEXT) STRICT;"
    "CREATE INDEX outbox_undone ON outbox (ready) WHERE ready IS NOT NULL;"
    "CREATE INDEX outbox_changes ON outbox (subject) WHERE kind = 1 AND ready IS NOT NULL;"
    "CREATE INDEX outbox_lead ON outbox (lead) WHERE apart = 1 AND lead IS NOT NULL;"

    "CREATE TABLE reminders ("
    "  activity INTEGER PRIMARY KEY REFERENCES activities (no) ON DELETE CASCADE, person INT, at INT NOT NULL,"
    "  claimed INT NOT NULL) STRICT;"
    "CREATE INDEX reminders_person ON reminders (person, claimed, at);"
    "CREATE TABLE receipts ("
    "  no INTEGER PRIMARY KEY, activity INT NOT NULL REFERENCES activities (no) ON DELETE CASCADE, at INT NOT NULL,"
    "  shown INT) STRICT;"
    "CREATE INDEX receipts_activity ON receipts (activity);"

    "CREATE TABLE log (id INTEGER PRIMARY KEY, at INT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, lead ANY,"
    "  details TEXT) STRICT;"
    "CREATE INDEX log_kind ON log (kind);"
    "CREATE INDEX log_lead ON log (lead) WHERE lead IS NOT NULL;";

/* What changed with the second version:
 *
 * - Keys that are as good as random are looked up in one index of all of them, which is filled many at a time (see
 *   wf-store-keys.c), instead of one index a table: the columns run_hash and hash are of no use any more.
 * - A run in an event's row began at the event's time. The indexes by time come before those by workflow, so that they
 *   grow at their end; run_started is of no use any more, and the last start of a workflow is in a table of its own.
 * - run_waits and waits got bits: 1 waits for an event, 2 has steps that wait, 4 a failed step blocks it. What version 1 knew
 *   less of is taken from the run's state; an unfinished run may have waiting steps, until it is saved again. */
static const char version_2[] =
    "UPDATE inbox SET run_waits = run_waits | 2 | iif(EXISTS (SELECT 1 FROM json_each(iif(json_valid(run_state), run_state,"
    "  '{}'), '$.steps') WHERE json_extract(value, '$.status') = 'failed'), 4, 0) WHERE run_finished = 0;"
    "UPDATE runs SET waits = waits | 2 | iif(EXISTS (SELECT 1 FROM json_each(iif(json_valid(state), state, '{}'), '$.steps')"
    "  WHERE json_extract(value, '$.status') = 'failed'), 4, 0) WHERE finished = 0;"

    "CREATE TABLE keys (hash INT NOT NULL, entry INT NOT NULL, PRIMARY KEY (hash, entry)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE recent (entry INTEGER PRIMARY KEY, hash INT NOT NULL) STRICT;"
    "INSERT INTO keys SELECT event_hash(event, source) & -4, id << 2 FROM inbox UNION ALL"
    "  SELECT key_hash(run_key) & -4 | 1, id << 2 | 1 FROM inbox WHERE run_key IS NOT NULL UNION ALL"
    "  SELECT key_hash(key) & -4 | 1, no << 2 | 1 FROM runs UNION ALL"
    "  SELECT key_hash(id) & -4 | 2, no << 2 | 2 FROM activities ORDER BY 1, 2;"
    "CREATE TABLE workflow_starts (workflow INTEGER PRIMARY KEY, started INT NOT NULL) STRICT;"
    "INSERT INTO workflow_starts SELECT workflow, max(started) FROM all_runs GROUP BY workflow;"

    "DROP INDEX inbox_event;"
    "DROP INDEX inbox_run;"
    "DROP INDEX inbox_started;"
    "DROP INDEX inbox_lead;"
    "DROP INDEX runs_key;"
    "DROP INDEX activities_id;"
    "CREATE INDEX inbox_lead ON inbox (lead, run_finished, run_waits) WHERE lead IS NOT NULL;"
    "CREATE INDEX inbox_time ON inbox (time, run_workflow);"
    "CREATE INDEX inbox_waiting ON inbox (run_workflow, run_version, run_waits) WHERE run_finished = 0 AND run_waits > 0;"
    "CREATE INDEX inbox_failed ON inbox (id) WHERE run_waits >= 4;"
    "CREATE INDEX runs_open ON runs (lead, waits) WHERE finished = 0;"
    "CREATE INDEX runs_waiting ON runs (workflow, version, waits) WHERE finished = 0 AND waits > 0;"
    "CREATE INDEX runs_failed ON runs (no) WHERE waits >= 4;"
    "CREATE INDEX activities_created ON activities (created, workflow) WHERE workflow IS NOT NULL;"
    "DROP VIEW all_runs;"
    "CREATE VIEW all_runs AS SELECT id AS no, run_workflow AS workflow, run_version AS version, time AS started,"
    "  run_due AS due, run_finished AS finished, run_waits AS waits, run_key AS key, lead, source AS event_source,"
    "  event AS event_id, run_state AS state FROM inbox WHERE run_key IS NOT NULL UNION ALL SELECT no, workflow, version,"
    "  started, due, finished, waits, key, lead, event_source, event_id, state FROM runs;"

    "CREATE TABLE dates (workflow INT NOT NULL, lead ANY NOT NULL, at INT NOT NULL, PRIMARY KEY (workflow, lead)) STRICT,"
    "  WITHOUT ROWID;"
    "CREATE INDEX dates_at ON dates (at);"
    "CREATE INDEX dates_lead ON dates (lead);"

    "CREATE TABLE held ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, workflow INT NOT NULL, lead ANY, event_source INT NOT NULL, event ANY NOT NULL,"
    "  reason TEXT NOT NULL, at INT NOT NULL, release INT, UNIQUE (event, event_source, workflow)) STRICT;"
    "CREATE INDEX held_workflow ON held (workflow, release);"
    "CREATE INDEX held_release ON held (release) WHERE release IS NOT NULL;";

const char *const wf_store_migrations[] = { version_1, version_2, NULL };

int
wf_store_migrations_get_latest (void)
{
  return (int) G_N_ELEMENTS (wf_store_migrations) - 1;
}

static int
read_version (sqlite3 *db, int *version)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL);

  if (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_ROW)
    *version = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW ? SQLITE_OK : code;
}

/* The version is read inside the transaction: two programs may start at the same time. */
static int
run_step (sqlite3 *db, const char *const *migrations, int target, gboolean *done)
{
  char set_version[64];
  int version = 0;
  int code = sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

  if (code == SQLITE_OK)
    code = read_version (db, &version);
  *done = code == SQLITE_OK && version >= target;
  if (code == SQLITE_OK && !*done)
    {
      g_snprintf (set_version, sizeof set_version, "PRAGMA user_version = %d", version + 1);
      code = version < 0 ? SQLITE_CORRUPT
                         : sqlite3_exec (db, migrations[version], NULL, NULL, NULL);
      if (code == SQLITE_OK)
        code = sqlite3_exec (db, set_version, NULL, NULL, NULL);
    }
  if (code == SQLITE_OK)
    code = sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  if (code != SQLITE_OK && !sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return code;
}

/* ---- functions of migrations ---- */

static void
init_key (WfKey *key, sqlite3_value *value)
{
  if (sqlite3_value_type (value) != SQLITE_BLOB || sqlite3_value_bytes (value) != 16)
    {
      wf_key_init (key, (const char *) sqlite3_value_text (value));
      return;
    }
  key->text = NULL;
  key->is_uuid = TRUE;
  memcpy (key->bytes, sqlite3_value_blob (value), 16);
}

static void
key_hash (sqlite3_context *context, int n, sqlite3_value **values)
{
  WfKey key;

  init_key (&key, values[0]);
  sqlite3_result_int64 (context, wf_key_hash (&key));
}

static void
event_hash (sqlite3_context *context, int n, sqlite3_value **values)
{
  WfKey key;

  init_key (&key, values[0]);
  sqlite3_result_int64 (context, wf_event_key_hash (&key, sqlite3_value_int64 (values[1])));
}

static int
add_functions (sqlite3 *db)
{
  int code = sqlite3_create_function (db, "key_hash", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                      key_hash, NULL, NULL);

  return code != SQLITE_OK
             ? code
             : sqlite3_create_function (db, "event_hash", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                        NULL, event_hash, NULL, NULL);
}

int
wf_store_migrations_run (sqlite3 *db, const char *const *migrations, int target)
{
  gboolean done = FALSE;
  int code = add_functions (db);

  while (code == SQLITE_OK && !done)
    code = run_step (db, migrations, target, &done);
  return code;
}
