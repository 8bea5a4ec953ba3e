/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbered steps that bring a database from any older version to the present one. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-migrations.h"

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

const char *const wf_store_migrations[] = { version_1, NULL };

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

int
wf_store_migrations_run (sqlite3 *db, const char *const *migrations, int target)
{
  gboolean done = FALSE;
  int code = SQLITE_OK;

  while (code == SQLITE_OK && !done)
    code = run_step (db, migrations, target, &done);
  return code;
}
