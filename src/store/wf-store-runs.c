/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of workflows: their state between events, and what waits for an instant. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#define COLUMNS                                                                                    \
  "key, workflow, version, lead, started, due, finished, waits, state, event_source, event_id"

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

WfStoredRun *
wf_stored_run_copy (const WfStoredRun *self)
{
  WfStoredRun *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->workflow = g_strdup (self->workflow);
  copy->lead = g_strdup (self->lead);
  copy->event_source = g_strdup (self->event_source);
  copy->event_id = g_strdup (self->event_id);
  copy->state = g_strdup (self->state);
  return copy;
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
  wf_store_show_run (self);
  g_auto (WfStatement) find =
      wf_store_prepare (self, "SELECT no FROM all_runs WHERE hash = ? AND key = ?");

  wf_key_init (&wanted, key);
  sqlite3_bind_int64 (find, 1, wf_key_hash (&wanted));
  wf_bind_key (find, 2, &wanted);
  number = wf_store_step (self, find) ? sqlite3_column_int64 (find, 0) : 0;
  if (number != 0 && self->in_transaction)
    remember_run (self, key, number);
  return number;
}

/* The run of the moment is in memory. Any other is not looked for: its key does as well. */
void
wf_bind_run (WfStore *self, sqlite3_stmt *statement, int index, const char *key, WfKey *storage)
{
  wf_key_init (storage, key);
  if (key != NULL && g_strcmp0 (key, self->last_run_key) == 0)
    sqlite3_bind_int64 (statement, index, self->last_run);
  else
    wf_bind_key (statement, index, storage);
}

char *
wf_column_dup_run (WfStore *self, sqlite3_stmt *statement, int index)
{
  if (sqlite3_column_type (statement, index) != SQLITE_INTEGER)
    return wf_column_dup_key (statement, index);
  wf_store_show_run (self);
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT key FROM all_runs WHERE no = ?");

  sqlite3_bind_int64 (select, 1, sqlite3_column_int64 (statement, index));
  return wf_store_step (self, select) ? wf_column_dup_key (select, 0) : NULL;
}

/* ---- saving ---- */

#define SET_IN_EVENT                                                                                                 \
  "UPDATE inbox SET run_version = ?1, run_due = ?2, run_finished = ?3, run_waits = ?4, run_state = ?5 WHERE id = ?6" \
  " AND run_hash IS NOT NULL"
#define SET_APART                                                                                  \
  "UPDATE runs SET version = ?1, due = ?2, finished = ?3, waits = ?4, state = ?5 WHERE no = ?6"

static gboolean
update_with (WfStore *self, const char *sql, gint64 number, const WfStoredRun *run, GError **error)
{
  g_auto (WfStatement) update = wf_store_prepare (self, sql);

  sqlite3_bind_int64 (update, 1, run->version);
  wf_bind_instant (update, 2, run->next_due);
  sqlite3_bind_int (update, 3, run->finished);
  sqlite3_bind_int (update, 4, run->waits_for_event);
  wf_bind_text (update, 5, run->state);
  sqlite3_bind_int64 (update, 6, number);
  return wf_store_run (self, update, error);
}

static void
hold_run (WfStore *self, const WfStoredRun *run)
{
  WfLastEvent *last = &self->last_event;
  WfStoredRun *previous = g_steal_pointer (&last->run);

  last->run = wf_stored_run_copy (run);
  if (previous != NULL)
    {
      /* Its start stays as it was. */
      last->run->started = previous->started;
      g_set_str (&last->run->workflow, previous->workflow);
    }
  wf_stored_run_free (previous);
}

static gboolean
update_run (WfStore *self, gint64 number, const WfStoredRun *run, GError **error)
{
  if (self->last_event.is_held && number == self->last_event.id)
    {
      hold_run (self, run);
      return TRUE;
    }
  if (!update_with (self, SET_IN_EVENT, number, run, error))
    return FALSE;
  return sqlite3_changes (self->db) > 0 || update_with (self, SET_APART, number, run, error);
}

gboolean
wf_store_bind_run_columns (WfStore *self, sqlite3_stmt *statement, const WfStoredRun *run,
                           WfKey *storage, GError **error)
{
  gint64 workflow;

  if (!wf_store_intern (self, run->workflow, &workflow, error))
    return FALSE;
  wf_key_init (storage, run->key);
  sqlite3_bind_int64 (statement, 8, wf_key_hash (storage));
  sqlite3_bind_int64 (statement, 9, workflow);
  sqlite3_bind_int64 (statement, 10, run->version);
  sqlite3_bind_int64 (statement, 11, run->started);
  wf_bind_instant (statement, 12, run->next_due);
  sqlite3_bind_int (statement, 13, run->finished);
  sqlite3_bind_int (statement, 14, run->waits_for_event);
  wf_bind_key (statement, 15, storage);
  wf_bind_text (statement, 16, run->state);
  return TRUE;
}

static gboolean
insert_apart (WfStore *self, const WfStoredRun *run, GError **error)
{
  gint64 number = wf_store_take_number (self, error), source;
  WfKey key, lead, event;
  g_auto (WfStatement) insert = wf_store_prepare (
      self,
      "INSERT INTO runs (no, lead, event_source, event_id, hash, workflow, version, started, due, finished, waits, key,"
      " state) VALUES (?1, ?2, ?3, ?4, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");

  wf_key_init (&lead, run->lead);
  wf_key_init (&event, run->event_id);
  if (number == 0 || !wf_store_intern (self, run->event_source, &source, error) ||
      !wf_store_bind_run_columns (self, insert, run, &key, error))
    return FALSE;
  sqlite3_bind_int64 (insert, 1, number);
  wf_bind_key (insert, 2, &lead);
  wf_bind_number (insert, 3, source);
  wf_bind_key (insert, 4, &event);
  if (!wf_store_run (self, insert, error))
    return FALSE;
  remember_run (self, run->key, number);
  return TRUE;
}

static gboolean
insert_run (WfStore *self, const WfStoredRun *run, GError **error)
{
  WfLastEvent *last = wf_store_match_new_event (self, run->event_source, run->event_id);
  gboolean shares = last != NULL && last->is_held && last->run == NULL &&
                    g_strcmp0 (run->lead, wf_event_get_lead (last->event)) == 0;

  if (last != NULL)
    g_ptr_array_add (last->run_keys, g_strdup (run->key));
  if (!shares)
    return insert_apart (self, run, error);
  hold_run (self, run);
  remember_run (self, run->key, last->id);
  return TRUE;
}

/* A run of an event that came in this transaction cannot be older than that. */
static gboolean
is_surely_new (WfStore *self, const WfStoredRun *run)
{
  const WfLastEvent *last = wf_store_match_new_event (self, run->event_source, run->event_id);

  return last != NULL &&
         !g_ptr_array_find_with_equal_func (last->run_keys, run->key, g_str_equal, NULL);
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
  wf_store_show_run (self);
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT " COLUMNS " FROM all_runs WHERE no = ?");

  sqlite3_bind_int64 (select, 1, number);
  return wf_store_step (self, select) ? read_run (self, select) : NULL;
}

GPtrArray *
wf_store_list_runs_due (WfStore *self, WfInstant until, guint most)
{
  wf_store_show_run (self);
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT " COLUMNS
      ", no FROM all_runs WHERE due IS NOT NULL AND finished = 0 AND due <= ? ORDER BY due, no LIMIT ?");

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

  wf_store_show_run (self);
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT " COLUMNS
      ", no FROM all_runs WHERE lead = ?1 AND (?2 = 0 OR +finished = 0) ORDER BY no LIMIT ?3");

  wf_key_init (&key, lead);
  wf_bind_key (select, 1, &key);
  sqlite3_bind_int (select, 2, only_unfinished);
  sqlite3_bind_int64 (select, 3, most);
  return read_runs (self, select);
}

static guint
count_all (WfStore *self, gint64 workflow, WfInstant from, WfInstant until)
{
  g_auto (WfStatement) count = wf_store_prepare (
      self, "SELECT count(*) FROM all_runs WHERE workflow = ? AND started >= ? AND started < ?");

  sqlite3_bind_int64 (count, 1, workflow);
  sqlite3_bind_int64 (count, 2, from);
  sqlite3_bind_int64 (count, 3, until);
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

static guint
count_of_lead (WfStore *self, gint64 workflow, const char *lead, gboolean only_open, WfInstant from,
               WfInstant until)
{
  WfKey key;
  g_auto (WfStatement) count = wf_store_prepare (
      self,
      "SELECT count(*) FROM all_runs WHERE lead = ?1 AND +workflow = ?2 AND (?3 = 0 OR +finished = 0)"
      " AND +started >= ?4 AND +started < ?5");

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
wf_store_count_runs_between (WfStore *self, const char *workflow, const char *lead, WfInstant from,
                             WfInstant until)
{
  gint64 number = wf_store_find_name (self, workflow);

  wf_store_show_run (self);
  if (until == WF_INSTANT_NONE)
    until = G_MAXINT64;
  if (number == 0)
    return 0;
  return lead == NULL ? count_all (self, number, from, until)
                      : count_of_lead (self, number, lead, FALSE, from, until);
}

static guint
count_open (WfStore *self, gint64 workflow)
{
  g_auto (WfStatement) count =
      wf_store_prepare (self, "SELECT count(*) FROM all_runs WHERE workflow = ? AND +finished = 0");

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

  wf_store_show_run (self);
  if (number == 0)
    return 0;
  if (only_open)
    return lead == NULL ? count_open (self, number)
                        : count_of_lead (self, number, lead, TRUE, WF_INSTANT_NONE, G_MAXINT64);
  return wf_store_count_runs_between (self, workflow, lead, WF_INSTANT_NONE, WF_INSTANT_NONE);
}
