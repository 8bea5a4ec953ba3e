/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbered steps that bring a database from any older version to the present one. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-migrations.h"

#include "wf-store-private.h"
#include "wf-text-fold.h"

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

/* What changed with the third version:
 *
 * - The indexes of activities have all that a calendar, or a list, is filtered by (person, type, workflow) and, of closed
 *   ones, how they ended: no row is read but those that are shown. They are the same indexes as before, a few bytes wider; a
 *   further one would cost each new activity a page.
 * - Counts of the hours in which deadlines lie: a month of a million activities is counted out of a few hundred rows. They
 *   are added up in memory and written with the transaction, as the figures of the workflows are.
 * - What leads are sorted and searched by is in columns, folded as people compare (wf-store-lead-columns.c), and in one index
 *   that is read from its beginning to its end; it changes only when one of them does. Whether a stage is a closing one is not
 *   among them: the organisation says so, and may say otherwise tomorrow.
 * - What people changed here of a lead and the CRM has not confirmed (wf_store_set_lead_local) is in local, beside what the
 *   CRM told; the other columns are those of both together. at is the least number where the CRM told nothing yet.
 * - The next activity of a lead is in no table: see wf-store-next.c.
 * - The last contact with a lead is in a table of its own, so narrow that a thousand of them dirty few pages.
 * - Comments.
 * - A receipt says what became of a reminder; until now it was shown, or not needed any more. */
static const char version_3[] =
    "DROP INDEX activities_person;"
    "DROP INDEX activities_open;"
    "DROP INDEX activities_closed;"
    "DROP INDEX activities_visible;"
    "CREATE INDEX activities_person ON activities (person, due, visible_from, origin, type, workflow, lead) WHERE status = 0;"
    "CREATE INDEX activities_open ON activities (due, visible_from, origin, person, type, workflow) WHERE status = 0;"
    "CREATE INDEX activities_closed ON activities (due, visible_from, origin, person, type, workflow, status,"
    "  completed) WHERE status > 0;"
    "CREATE INDEX activities_visible ON activities (visible_from, due, origin) WHERE status = 0 AND visible_from IS NOT NULL;"
    "CREATE TABLE due_hours (hour INT NOT NULL, origin INT NOT NULL, open INT NOT NULL, done INT NOT NULL,"
    "  done_late INT NOT NULL, closed INT NOT NULL, PRIMARY KEY (hour, origin)) STRICT, WITHOUT ROWID;"
    "INSERT INTO due_hours SELECT due / 3600000000 - (due % 3600000000 < 0) AS hour, ifnull(origin, 0) AS o,"
    "  sum(status = 0), sum(status = 1), sum(status = 1 AND ifnull(completed > due, 0)), sum(status > 1)"
    "  FROM activities WHERE due IS NOT NULL GROUP BY hour, o;"

    "ALTER TABLE leads ADD COLUMN name TEXT;"
    "ALTER TABLE leads ADD COLUMN search TEXT;"
    "ALTER TABLE leads ADD COLUMN stage INT;"
    "ALTER TABLE leads ADD COLUMN owner INT;"
    "ALTER TABLE leads ADD COLUMN source INT;"
    "ALTER TABLE leads ADD COLUMN score REAL;"
    "ALTER TABLE leads ADD COLUMN created INT;"
    "ALTER TABLE leads ADD COLUMN local TEXT;"
    "ALTER TABLE leads ADD COLUMN sync INT NOT NULL DEFAULT 2;" /* WF_SYNC_CONFIRMED */
    "ALTER TABLE leads ADD COLUMN sync_error TEXT;"
    "INSERT OR IGNORE INTO names (name) SELECT lead_member(lead, 'stage') AS m FROM leads WHERE m IS NOT NULL UNION"
    "  SELECT lead_member(lead, 'owner') AS m FROM leads WHERE m IS NOT NULL UNION"
    "  SELECT lead_member(lead, 'source') AS m FROM leads WHERE m IS NOT NULL;"
    "UPDATE leads SET name = lead_name(lead, id), search = lead_search(lead), score = lead_score(lead),"
    "  created = lead_created(lead), stage = (SELECT no FROM names n WHERE n.name = lead_member(lead, 'stage')),"
    "  owner = (SELECT no FROM names n WHERE n.name = lead_member(lead, 'owner')),"
    "  source = (SELECT no FROM names n WHERE n.name = lead_member(lead, 'source'));"
    "CREATE INDEX leads_table ON leads (name, search, stage, owner, source, origin, score, created, id);"

    "CREATE TABLE contacts (lead ANY NOT NULL PRIMARY KEY, at INT NOT NULL) STRICT, WITHOUT ROWID;"
    "INSERT INTO contacts SELECT lead, max(time) FROM inbox WHERE lead IS NOT NULL AND"
    "  is_contact((SELECT n.name FROM names n WHERE n.no = type), payload) GROUP BY lead;"

    "CREATE TABLE comments (no INTEGER PRIMARY KEY, id ANY NOT NULL UNIQUE, lead ANY NOT NULL, person INT, at INT NOT NULL,"
    "  sync INT NOT NULL, text TEXT NOT NULL) STRICT;"
    "CREATE INDEX comments_lead ON comments (lead, at);"

    "CREATE INDEX outbox_refused ON outbox (subject) WHERE state = 3;"

    "ALTER TABLE receipts ADD COLUMN kind INT NOT NULL DEFAULT 0;"
    "UPDATE receipts SET kind = 3 WHERE shown IS NULL;";

/* What changed with the fourth version, all of it for the reports:
 *
 * - Activities are kept once more in columns, thousands of them in one row (wf-store-facts.c); fact_zones says of each such
 *   block whether it is still true, and which instants are in it. They are made in pauses, not here.
 * - Who held an activity, from the first change of its person on; changes of before are not known. Nor is whether reminders
 *   of activities of before were shown, where no receipt says so.
 * - Of leads what they are counted by is in columns, and in one index that grows at its end: it is read from its beginning
 *   to its end.
 * - The moves of leads between stages, as they were told; the same may be told twice, so the order in which they are read
 *   counts, not that in which they came. Leads are hashes there, as they are in what the reports read. What the inbox still
 *   knows is taken over, and where each lead is now.
 * - The first contact beside the last one. */
#define SHOWN_LEAD                                                                                 \
  "iif(local IS NULL OR NOT json_valid(lead) OR NOT json_valid(local), lead, json_patch(lead, local))"

static const char version_4[] =
    "CREATE TABLE fact_zones (block INTEGER PRIMARY KEY, stale INT NOT NULL, own INT NOT NULL, n INT NOT NULL,"
    "  created_min INT, created_max INT, due_min INT, due_max INT, closed_min INT, closed_max INT) STRICT;"
    "CREATE TABLE fact_blocks (block INTEGER PRIMARY KEY, columns BLOB NOT NULL) STRICT;"
    "CREATE TABLE holders (activity INT NOT NULL, since INT NOT NULL, person INT, PRIMARY KEY (activity, since)) STRICT,"
    "  WITHOUT ROWID;"
    "INSERT INTO facts SELECT 'reminders-known-from', m FROM (SELECT max(no) + 1 AS m FROM activities) WHERE m IS NOT NULL;"
    "DROP INDEX receipts_activity;"
    "CREATE INDEX receipts_activity ON receipts (activity, kind, shown);"

    "ALTER TABLE leads ADD COLUMN heard INT;"
    "ALTER TABLE leads ADD COLUMN unit INT;"
    "ALTER TABLE leads ADD COLUMN product INT;"
    "ALTER TABLE leads ADD COLUMN value REAL;"
    "INSERT OR IGNORE INTO names (name) SELECT lead_member(" SHOWN_LEAD
    ", 'unit') AS m FROM leads WHERE m IS NOT NULL UNION"
    "  SELECT lead_member(" SHOWN_LEAD ", 'product') AS m FROM leads WHERE m IS NOT NULL UNION"
    "  SELECT m FROM (SELECT stage_member(payload, 'stage_to') AS m FROM inbox WHERE type = (SELECT no FROM names WHERE"
    "  name = 'lead.stage-changed')) WHERE m IS NOT NULL UNION"
    "  SELECT m FROM (SELECT stage_member(payload, 'stage_from') AS m FROM inbox WHERE type = (SELECT no FROM names WHERE"
    "  name = 'lead.stage-changed')) WHERE m IS NOT NULL;"
    "UPDATE leads SET value = lead_value(" SHOWN_LEAD
    "), unit = (SELECT no FROM names n WHERE n.name = lead_member(" SHOWN_LEAD
    ", 'unit')), product = (SELECT no FROM names n WHERE n.name = lead_member(" SHOWN_LEAD
    ", 'product'));"
    "UPDATE leads SET heard = min(at, ifnull((SELECT i.time FROM inbox i WHERE i.id = (SELECT min(j.id) FROM inbox j"
    "  INDEXED BY inbox_lead WHERE j.lead = leads.id)), at)) WHERE at > -9223372036854775808;"
    "CREATE INDEX leads_facts ON leads (heard, stage, owner, source, origin, unit, product, value, created, id);"

    "CREATE TABLE stage_moves (lead INT NOT NULL, at INT NOT NULL, stage INT NOT NULL, before INT,"
    "  PRIMARY KEY (lead, at, stage)) STRICT, WITHOUT ROWID;"
    "INSERT OR IGNORE INTO stage_moves SELECT lead_hash(lead), time, (SELECT no FROM names n WHERE n.name ="
    "  stage_member(payload, 'stage_to')) AS s, (SELECT no FROM names n WHERE n.name = stage_member(payload, 'stage_from'))"
    "  FROM inbox WHERE lead IS NOT NULL AND type = (SELECT no FROM names WHERE name = 'lead.stage-changed') AND s IS NOT NULL;"
    "INSERT OR IGNORE INTO stage_moves SELECT h, told, s, NULL FROM (SELECT lead_hash(id) AS h, at AS told,"
    "  (SELECT no FROM names n WHERE n.name = lead_member(lead, 'stage')) AS s FROM leads WHERE at > -9223372036854775808)"
    "  WHERE s IS NOT NULL AND s IS NOT (SELECT m.stage FROM stage_moves m WHERE m.lead = h AND m.at <= told ORDER BY m.at DESC"
    "  LIMIT 1);"

    "ALTER TABLE contacts ADD COLUMN first INT NOT NULL DEFAULT 0;"
    "UPDATE contacts SET first = min(at, ifnull((SELECT min(i.time) FROM inbox i INDEXED BY inbox_lead WHERE"
    "  i.lead = contacts.lead AND is_contact((SELECT n.name FROM names n WHERE n.no = i.type), i.payload)), at));";

/* What changed with the fifth version: which leads the reports must read anew (wf-store-lead-changes.c). */
static const char version_5[] =
    "CREATE TABLE lead_changes (revision INTEGER PRIMARY KEY, leads BLOB) STRICT;";

const char *const wf_store_migrations[] = { version_1, version_2, version_3,
                                            version_4, version_5, NULL };

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

/* The lead that was read last. */
typedef struct
{
  char *text;               /* (owned) (nullable) */
  WfJsonDocument *document; /* (owned) (nullable) */
  WfLeadColumns columns;    /* borrowed from the document */
} LastLead;

static void
last_lead_clear (LastLead *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->document, wf_json_document_unref);
}

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

static WfJsonDocument *
parse (sqlite3_value *value)
{
  return wf_json_document_parse ((const char *) sqlite3_value_text (value),
                                 sqlite3_value_bytes (value), 0, NULL);
}

/* The leads are read row by row, several times each: the last one is kept. */
static const WfLeadColumns *
get_columns (sqlite3_context *context, sqlite3_value *lead)
{
  LastLead *last = sqlite3_user_data (context);
  const char *text = (const char *) sqlite3_value_text (lead);

  if (last->text != NULL && g_strcmp0 (last->text, text) == 0)
    return &last->columns;
  last_lead_clear (last);
  last->text = g_strdup (text);
  last->document = parse (lead);
  wf_lead_columns_init (&last->columns,
                        last->document != NULL ? wf_json_document_get_root (last->document) : NULL);
  return &last->columns;
}

static void
lead_member (sqlite3_context *context, int n, sqlite3_value **values)
{
  const WfLeadColumns *columns = get_columns (context, values[0]);
  const char *member = (const char *) sqlite3_value_text (values[1]);
  const char *value = g_str_equal (member, "stage")     ? columns->stage
                      : g_str_equal (member, "owner")   ? columns->owner
                      : g_str_equal (member, "unit")    ? columns->unit
                      : g_str_equal (member, "product") ? columns->product
                                                        : columns->source;

  sqlite3_result_text (context, value, -1, SQLITE_TRANSIENT);
}

static void
lead_name (sqlite3_context *context, int n, sqlite3_value **values)
{
  const WfLeadColumns *columns = get_columns (context, values[0]);
  g_autofree char *id = wf_value_dup_key (values[1]);

  sqlite3_result_text (context, wf_text_fold (columns->name != NULL ? columns->name : id), -1,
                       g_free);
}

static void
lead_search (sqlite3_context *context, int n, sqlite3_value **values)
{
  sqlite3_result_text (context, wf_lead_columns_dup_search (get_columns (context, values[0])), -1,
                       g_free);
}

static void
lead_score (sqlite3_context *context, int n, sqlite3_value **values)
{
  const WfLeadColumns *columns = get_columns (context, values[0]);

  if (columns->has_score)
    sqlite3_result_double (context, columns->score);
}

static void
lead_created (sqlite3_context *context, int n, sqlite3_value **values)
{
  const WfLeadColumns *columns = get_columns (context, values[0]);

  if (columns->created != WF_INSTANT_NONE)
    sqlite3_result_int64 (context, columns->created);
}

static void
lead_value (sqlite3_context *context, int n, sqlite3_value **values)
{
  const WfLeadColumns *columns = get_columns (context, values[0]);

  if (columns->value != 0)
    sqlite3_result_double (context, columns->value);
}

static void
lead_hash (sqlite3_context *context, int n, sqlite3_value **values)
{
  WfKey key;

  init_key (&key, values[0]);
  sqlite3_result_int64 (context, (gint64) wf_key_hash_lead (&key));
}

/* "stage_to" or "stage_from" of an event's payload. */
static void
stage_member (sqlite3_context *context, int n, sqlite3_value **values)
{
  g_autoptr (WfJsonDocument) payload = parse (values[0]);
  const WfJson *data =
      payload != NULL ? wf_json_get_member (wf_json_document_get_root (payload), "data") : NULL;
  const char *stage =
      wf_json_get_member_string (data, (const char *) sqlite3_value_text (values[1]));

  if (stage != NULL && stage[0] != '\0')
    sqlite3_result_text (context, stage, -1, SQLITE_TRANSIENT);
}

static void
is_contact (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *type = (const char *) sqlite3_value_text (values[0]);
  gboolean contact = wf_contact_is_type (type);

  if (contact && wf_contact_needs_outcome (type))
    {
      g_autoptr (WfJsonDocument) payload = parse (values[1]);

      contact = payload != NULL && wf_contact_has_outcome (wf_json_get_member (
                                       wf_json_document_get_root (payload), "data"));
    }
  sqlite3_result_int (context, contact);
}

typedef struct
{
  const char *name;
  int n_arguments;
  void (*func) (sqlite3_context *context, int n, sqlite3_value **values);
  gboolean of_lead;
} Function;

static const Function functions[] = {
  { "key_hash", 1, key_hash, FALSE },         { "event_hash", 2, event_hash, FALSE },
  { "lead_member", 2, lead_member, TRUE },    { "lead_name", 2, lead_name, TRUE },
  { "lead_search", 1, lead_search, TRUE },    { "lead_score", 1, lead_score, TRUE },
  { "lead_created", 1, lead_created, TRUE },  { "is_contact", 2, is_contact, FALSE },
  { "lead_value", 1, lead_value, TRUE },      { "lead_hash", 1, lead_hash, FALSE },
  { "stage_member", 2, stage_member, FALSE },
};

static int
add_functions (sqlite3 *db, LastLead *last)
{
  int code = SQLITE_OK;

  for (guint i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (functions); i++)
    code = sqlite3_create_function (
        db, functions[i].name, functions[i].n_arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
        functions[i].of_lead ? last : NULL, functions[i].func, NULL, NULL);
  return code;
}

/* They are of no use afterwards. */
static void
remove_functions (sqlite3 *db)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    sqlite3_create_function (db, functions[i].name, functions[i].n_arguments, SQLITE_UTF8, NULL,
                             NULL, NULL, NULL);
}

int
wf_store_migrations_run (sqlite3 *db, const char *const *migrations, int target)
{
  gboolean done = FALSE;
  LastLead last = { 0 };
  int code = add_functions (db, &last);

  while (code == SQLITE_OK && !done)
    code = run_step (db, migrations, target, &done);
  remove_functions (db);
  last_lead_clear (&last);
  return code;
}
