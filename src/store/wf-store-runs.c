/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of workflows: their state between events, and what waits for an instant. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* What a run waits for, in one column: so that the few that matter are found by partial indexes. */
enum
{
  WAITS_FOR_EVENT = 1 << 0,
  WAITS_WITH_STEPS = 1 << 1,
  WAITS_FOR_DECISION = 1 << 2, /* the highest one: see the indexes of failed runs */
};

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

static int
get_waits (const WfStoredRun *run)
{
  gboolean has_waiting = !run->finished && (run->has_waiting || run->waits_for_event ||
                                            run->next_due != WF_INSTANT_NONE);

  return (run->waits_for_event ? WAITS_FOR_EVENT : 0) | (has_waiting ? WAITS_WITH_STEPS : 0) |
         (run->has_failed ? WAITS_FOR_DECISION : 0);
}

WfStoredRun *
wf_store_read_run (WfStore *self, sqlite3_stmt *row)
{
  WfStoredRun *run = g_new0 (WfStoredRun, 1);
  int waits = sqlite3_column_int (row, 7);

  run->key = wf_column_dup_key (row, 0);
  run->workflow = wf_column_dup_name (self, row, 1);
  run->version = sqlite3_column_int64 (row, 2);
  run->lead = wf_column_dup_key (row, 3);
  run->started = wf_column_instant (row, 4);
  run->next_due = wf_column_instant (row, 5);
  run->finished = sqlite3_column_int (row, 6) != 0;
  run->waits_for_event = (waits & WAITS_FOR_EVENT) != 0;
  run->has_waiting = (waits & WAITS_WITH_STEPS) != 0;
  run->has_failed = (waits & WAITS_FOR_DECISION) != 0;
  run->state = wf_column_dup_text (row, 8);
  run->event_source = wf_column_dup_name (self, row, 9);
  run->event_id = wf_column_dup_key (row, 10);
  return run;
}

static void
remember_run (WfStore *self, const char *key, gint64 number)
{
  g_free (self->last_run_key);
  self->last_run_key = g_strdup (key);
  self->last_run = number;
}

static gboolean
is_run (WfStore *self, gint64 number, gconstpointer key)
{
  g_auto (WfStatement) find =
      wf_store_prepare (self, "SELECT 1 FROM all_runs WHERE no = ? AND key = ?");

  sqlite3_bind_int64 (find, 1, number);
  wf_bind_key (find, 2, key);
  return wf_store_step (self, find);
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
  wf_key_init (&wanted, key);
  number = wf_store_find_key (self, WF_KEY_RUN, wf_key_hash (&wanted), is_run, &wanted);
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
  " AND run_key IS NOT NULL"
#define SET_APART                                                                                  \
  "UPDATE runs SET version = ?1, due = ?2, finished = ?3, waits = ?4, state = ?5 WHERE no = ?6"

static gboolean
update_with (WfStore *self, const char *sql, gint64 number, const WfStoredRun *run, GError **error)
{
  g_auto (WfStatement) update = wf_store_prepare (self, sql);

  sqlite3_bind_int64 (update, 1, run->version);
  wf_bind_instant (update, 2, run->next_due);
  sqlite3_bind_int (update, 3, run->finished);
  sqlite3_bind_int (update, 4, get_waits (run));
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
  sqlite3_bind_int64 (statement, 8, workflow);
  sqlite3_bind_int64 (statement, 9, run->version);
  wf_bind_instant (statement, 10, run->next_due);
  sqlite3_bind_int (statement, 11, run->finished);
  sqlite3_bind_int (statement, 12, get_waits (run));
  wf_bind_key (statement, 13, storage);
  wf_bind_text (statement, 14, run->state);
  wf_store_note_start (self, workflow, run->started);
  return TRUE;
}

static gboolean
insert_apart (WfStore *self, const WfStoredRun *run, GError **error)
{
  gint64 number = wf_store_take_number (self, error), source;
  WfKey key, lead, event;
  g_auto (WfStatement) insert = wf_store_prepare (
      self,
      "INSERT INTO runs (no, lead, event_source, event_id, started, hash, workflow, version, due, finished, waits, key,"
      " state) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");

  wf_key_init (&lead, run->lead);
  wf_key_init (&event, run->event_id);
  if (number == 0 || !wf_store_intern (self, run->event_source, &source, error) ||
      !wf_store_bind_run_columns (self, insert, run, &key, error))
    return FALSE;
  sqlite3_bind_int64 (insert, 1, number);
  wf_bind_key (insert, 2, &lead);
  wf_bind_number (insert, 3, source);
  wf_bind_key (insert, 4, &event);
  sqlite3_bind_int64 (insert, 5, run->started);
  if (!wf_store_run (self, insert, error) ||
      !wf_store_add_key (self, WF_KEY_RUN, wf_key_hash (&key), number, error))
    return FALSE;
  remember_run (self, run->key, number);
  return TRUE;
}

static gboolean
insert_run (WfStore *self, const WfStoredRun *run, GError **error)
{
  WfLastEvent *last = wf_store_match_new_event (self, run->event_source, run->event_id);
  /* Nearly every one: then nothing is said twice. */
  gboolean shares = last != NULL && last->is_held && last->run == NULL &&
                    run->started == wf_event_get_time (last->event) &&
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
 * Inserts a run, or replaces what changes in one: version, next_due, finished, what it waits for, has_failed and state.
 * Its workflow, lead, event and start stay as they were.
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
wf_store_get_run_by_number (WfStore *self, gint64 number)
{
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT " WF_RUN_COLUMNS " FROM all_runs WHERE no = ?");

  sqlite3_bind_int64 (select, 1, number);
  return wf_store_step (self, select) ? wf_store_read_run (self, select) : NULL;
}

WfStoredRun *
wf_store_get_run (WfStore *self, const char *key)
{
  gint64 number = wf_store_find_run (self, key);

  if (number == 0)
    return NULL;
  wf_store_show_run (self);
  return wf_store_get_run_by_number (self, number);
}
