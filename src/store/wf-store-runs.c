/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of workflows: their state between events, and what waits for an instant. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* A run that is not apart has its event's number and lead. */
#define COLUMNS \
  "r.key, r.workflow, r.version, iif(r.apart, r.lead, i.lead), r.started, r.next_due, r.finished, r.waits, r.state," \
  " ifnull(r.event_source, i.source), ifnull(r.event_id, i.event)"
#define EVENT " LEFT JOIN inbox i ON i.id = ifnull(r.event, r.no) "

/* Numbers of a lead's runs: of its events, and those apart. */
#define OF_LEAD \
  "(SELECT id AS number FROM inbox WHERE lead = ?1 UNION ALL SELECT no FROM runs INDEXED BY runs_lead" \
  " WHERE lead = ?1 AND apart = 1)"

void
wf_stored_run_free (WfStoredRun *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->workflow);
  g_free (self->lead);
  g_free (self->event_source);
  g_free (self->event_id);
  g_free (self->state);
  g_free (self);
}

static WfStoredRun *
read_run (WfStore *self, sqlite3_stmt *row)
{
  WfStoredRun *run = g_new0 (WfStoredRun, 1);

  run->key = wf_column_dup_key (row, 0);
  run->workflow = wf_column_dup_name (self, row, 1);
  run->version = sqlite3_column_int64 (row, 2);
  run->lead = wf_column_dup_key (row, 3);
  run->started = wf_column_instant (row, 4);
  run->next_due = wf_column_instant (row, 5);
  run->finished = sqlite3_column_int (row, 6) != 0;
  run->waits_for_event = sqlite3_column_int (row, 7) != 0;
  run->state = wf_column_dup_text (row, 8);
  run->event_source = wf_column_dup_name (self, row, 9);
  run->event_id = wf_column_dup_key (row, 10);
  return run;
}

static GPtrArray *
read_runs (WfStore *self, sqlite3_stmt *rows)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_stored_run_free);

  while (wf_store_step (self, rows))
    g_ptr_array_add (runs, read_run (self, rows));
  return runs;
}

static void
remember_run (WfStore *self, const char *key, gint64 number)
{
  g_free (self->last_run_key);
  self->last_run_key = g_strdup (key);
  self->last_run = number;
}

gint64
wf_store_find_run (WfStore *self, const char *key)
{
  WfKey wanted;
  gint64 number;

  if (key == NULL)
    return 0;
  if (self->in_transaction && g_strcmp0 (key, self->last_run_key) == 0)
    return self->last_run;
  g_auto (WfStatement) find = wf_store_prepare (self, "SELECT no FROM runs WHERE hash = ? AND key = ?");

  wf_key_init (&wanted, key);
  sqlite3_bind_int64 (find, 1, wf_key_hash (&wanted));
  wf_bind_key (find, 2, &wanted);
  number = wf_store_step (self, find) ? sqlite3_column_int64 (find, 0) : 0;
  if (number != 0 && self->in_transaction)
    remember_run (self, key, number);
  return number;
}

void
wf_bind_run (WfStore *self, sqlite3_stmt *statement, int index, const char *key, WfKey *storage)
{
  gint64 number = wf_store_find_run (self, key);

  wf_key_init (storage, key);
  if (number != 0)
    sqlite3_bind_int64 (statement, index, number);
  else
    wf_bind_key (statement, index, storage);
}

char *
wf_column_dup_run (WfStore *self, sqlite3_stmt *statement, int index)
{
  if (sqlite3_column_type (statement, index) != SQLITE_INTEGER)
    return wf_column_dup_key (statement, index);
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT key FROM runs WHERE no = ?");

  sqlite3_bind_int64 (select, 1, sqlite3_column_int64 (statement, index));
  return wf_store_step (self, select) ? wf_column_dup_key (select, 0) : NULL;
}

/* ---- saving ---- */

static gboolean
update_run (WfStore *self, gint64 number, const WfStoredRun *run, GError **error)
{
  g_auto (WfStatement) update = wf_store_prepare (
      self, "UPDATE runs SET version = ?, next_due = ?, finished = ?, waits = ?, state = ? WHERE no = ?");

  sqlite3_bind_int64 (update, 1, run->version);
  wf_bind_instant (update, 2, run->next_due);
  sqlite3_bind_int (update, 3, run->finished);
  sqlite3_bind_int (update, 4, run->waits_for_event);
  wf_bind_text (update, 5, run->state);
  sqlite3_bind_int64 (update, 6, number);
  return wf_store_run (self, update, error);
}

typedef struct
{
  gint64 number, workflow, event, event_source;
  gboolean apart;
} RunNumbers;

/* The event's source and id are kept only when the inbox has no such event. */
static gboolean
choose_numbers (WfStore *self, const WfStoredRun *run, RunNumbers *numbers, GError **error)
{
  WfLastEvent *last = wf_store_match_new_event (self, run->event_source, run->event_id);
  gboolean shares = last != NULL && !last->has_run && g_strcmp0 (run->lead, wf_event_get_lead (last->event)) == 0;

  if (last != NULL)
    g_ptr_array_add (last->run_keys, g_strdup (run->key));
  if (shares)
    last->has_run = TRUE;
  numbers->apart = !shares;
  numbers->number = shares ? last->id : wf_store_take_number (self, error);
  numbers->event = shares ? 0 : wf_store_find_event (self, run->event_source, run->event_id);
  numbers->event_source = 0;
  if (!shares && numbers->event == 0 && !wf_store_intern (self, run->event_source, &numbers->event_source, error))
    return FALSE;
  return numbers->number != 0 && wf_store_intern (self, run->workflow, &numbers->workflow, error);
}

static gboolean
insert_run (WfStore *self, const WfStoredRun *run, GError **error)
{
  RunNumbers numbers;
  WfKey key, lead, event_id;
  g_auto (WfStatement) insert = wf_store_prepare (
      self, "INSERT INTO runs (no, hash, workflow, version, started, next_due, finished, waits, apart, key, state, lead, event,"
            " event_source, event_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  if (!choose_numbers (self, run, &numbers, error))
    return FALSE;
  wf_key_init (&key, run->key);
  wf_key_init (&lead, numbers.apart ? run->lead : NULL);
  wf_key_init (&event_id, numbers.event_source != 0 ? run->event_id : NULL);
  sqlite3_bind_int64 (insert, 1, numbers.number);
  sqlite3_bind_int64 (insert, 2, wf_key_hash (&key));
  sqlite3_bind_int64 (insert, 3, numbers.workflow);
  sqlite3_bind_int64 (insert, 4, run->version);
  sqlite3_bind_int64 (insert, 5, run->started);
  wf_bind_instant (insert, 6, run->next_due);
  sqlite3_bind_int (insert, 7, run->finished);
  sqlite3_bind_int (insert, 8, run->waits_for_event);
  sqlite3_bind_int (insert, 9, numbers.apart);
  wf_bind_key (insert, 10, &key);
  wf_bind_text (insert, 11, run->state);
  wf_bind_key (insert, 12, &lead);
  wf_bind_number (insert, 13, numbers.event);
  wf_bind_number (insert, 14, numbers.event_source);
  wf_bind_key (insert, 15, &event_id);
  if (!wf_store_run (self, insert, error))
    return FALSE;
  remember_run (self, run->key, numbers.number);
  return TRUE;
}

/* A run of an event that came in this transaction cannot be older than that. */
static gboolean
is_surely_new (WfStore *self, const WfStoredRun *run)
{
  const WfLastEvent *last = wf_store_match_new_event (self, run->event_source, run->event_id);

  return last != NULL && !g_ptr_array_find_with_equal_func (last->run_keys, run->key, g_str_equal, NULL);
}

/**
 * wf_store_save_run:
 *
 * Inserts a run, or replaces what changes in one: version, next_due, finished, waits_for_event and state. Its workflow,
 * lead, event and start stay as they were.
 */
gboolean
wf_store_save_run (WfStore *self, const WfStoredRun *run, GError **error)
{
  gint64 number;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  number = is_surely_new (self, run) ? 0 : wf_store_find_run (self, run->key);
  return number != 0 ? update_run (self, number, run, error) : insert_run (self, run, error);
}

/* ---- reading ---- */

WfStoredRun *
wf_store_get_run (WfStore *self, const char *key)
{
  gint64 number = wf_store_find_run (self, key);

  if (number == 0)
    return NULL;
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT " COLUMNS " FROM runs r" EVENT "WHERE r.no = ?");

  sqlite3_bind_int64 (select, 1, number);
  return wf_store_step (self, select) ? read_run (self, select) : NULL;
}

GPtrArray *
wf_store_list_runs_due (WfStore *self, WfInstant until, guint most)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT " COLUMNS " FROM runs r INDEXED BY runs_due" EVENT "WHERE r.next_due <= ? AND r.next_due IS NOT NULL AND r.finished = 0"
            " ORDER BY r.next_due, r.no LIMIT ?");

  sqlite3_bind_int64 (select, 1, until);
  sqlite3_bind_int64 (select, 2, most);
  return read_runs (self, select);
}

/**
 * wf_store_list_runs_of_lead:
 *
 * Result: of WfStoredRun, in the order in which they started here.
 */
GPtrArray *
wf_store_list_runs_of_lead (WfStore *self, const char *lead, gboolean only_unfinished, guint most)
{
  WfKey key;
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT " COLUMNS " FROM " OF_LEAD " CROSS JOIN runs r ON r.no = number" EVENT
            "WHERE iif(r.apart, r.lead, i.lead) = ?1 AND (?2 = 0 OR r.finished = 0) ORDER BY r.no LIMIT ?3");

  wf_key_init (&key, lead);
  wf_bind_key (select, 1, &key);
  sqlite3_bind_int (select, 2, only_unfinished);
  sqlite3_bind_int64 (select, 3, most);
  return read_runs (self, select);
}

static guint
count_all (WfStore *self, gint64 workflow, WfInstant from, WfInstant until)
{
  g_auto (WfStatement) count =
      wf_store_prepare (self, "SELECT count(*) FROM runs WHERE workflow = ? AND started >= ? AND started < ?");

  sqlite3_bind_int64 (count, 1, workflow);
  sqlite3_bind_int64 (count, 2, from);
  sqlite3_bind_int64 (count, 3, until);
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

static guint
count_of_lead (WfStore *self, gint64 workflow, const char *lead, gboolean only_open, WfInstant from, WfInstant until)
{
  WfKey key;
  g_auto (WfStatement) count = wf_store_prepare (
      self, "SELECT count(*) FROM " OF_LEAD " CROSS JOIN runs r ON r.no = number WHERE r.workflow = ?2"
            " AND (?3 = 0 OR r.finished = 0) AND r.started >= ?4 AND r.started < ?5 AND (r.apart = 0 OR r.lead = ?1)");

  wf_key_init (&key, lead);
  wf_bind_key (count, 1, &key);
  sqlite3_bind_int64 (count, 2, workflow);
  sqlite3_bind_int (count, 3, only_open);
  sqlite3_bind_int64 (count, 4, from);
  sqlite3_bind_int64 (count, 5, until);
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

/**
 * wf_store_count_runs_between:
 * @lead: (nullable): NULL counts those of every lead
 *
 * Runs of a workflow that started in [from, until); WF_INSTANT_NONE is no bound.
 */
guint
wf_store_count_runs_between (WfStore *self, const char *workflow, const char *lead, WfInstant from, WfInstant until)
{
  gint64 number = wf_store_find_name (self, workflow);

  if (until == WF_INSTANT_NONE)
    until = G_MAXINT64;
  if (number == 0)
    return 0;
  return lead == NULL ? count_all (self, number, from, until) : count_of_lead (self, number, lead, FALSE, from, until);
}

static guint
count_open (WfStore *self, gint64 workflow)
{
  g_auto (WfStatement) count =
      wf_store_prepare (self, "SELECT count(*) FROM runs WHERE workflow = ? AND finished = 0");

  sqlite3_bind_int64 (count, 1, workflow);
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

/**
 * wf_store_count_runs:
 * @lead: (nullable): NULL counts those of every lead
 * @only_open: only those that are not finished
 */
guint
wf_store_count_runs (WfStore *self, const char *workflow, const char *lead, gboolean only_open)
{
  gint64 number = wf_store_find_name (self, workflow);

  if (number == 0)
    return 0;
  if (only_open)
    return lead == NULL ? count_open (self, number) : count_of_lead (self, number, lead, TRUE, WF_INSTANT_NONE, G_MAXINT64);
  return wf_store_count_runs_between (self, workflow, lead, WF_INSTANT_NONE, WF_INSTANT_NONE);
}
