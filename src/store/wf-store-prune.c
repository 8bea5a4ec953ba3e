/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Retention (S29): what is older than its time goes, in small steps, and the log says so. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <glib/gi18n-lib.h>

#define FACT_PRUNED_BEFORE "pruned-before"

/* Policy. Rows have rising numbers, so old ones are at the front of their tables: each walk begins there and ends at the
 * first row that is too young. The newest row of a table always stays, so that no number is ever given twice. What people
 * changed (the audit, R117) is never removed, nor what is not finished with its event, nor what is held with its event (S13:
 * nothing is lost), nor activities. */
typedef struct
{
  const char *walk;   /* number, instant, whether it may go */
  const char *remove; /* by number */
} Table;

static const Table runs = {
  "SELECT no, started, finished AND no < (SELECT max(no) FROM runs) FROM runs ORDER BY no",
  "DELETE FROM runs WHERE no = ?"
};
static const Table events = {
  "SELECT id, received, ifnull(run_finished, 1) AND id < (SELECT max(id) FROM inbox) AND NOT EXISTS (SELECT 1 FROM runs"
  " INDEXED BY runs_unfinished WHERE finished = 0 AND event_id = inbox.event) AND NOT EXISTS (SELECT 1 FROM held"
  " WHERE held.event = inbox.event AND held.event_source = inbox.source) FROM inbox ORDER BY id",
  "DELETE FROM inbox WHERE id = ?"
};
static const Table effects = {
  "SELECT id, at, state IN (2, 3) AND id < (SELECT max(id) FROM outbox) FROM outbox ORDER BY id",
  "DELETE FROM outbox WHERE id = ?"
};
static const Table others = {
  "SELECT id, at, kind <> 'change' AND id < (SELECT max(id) FROM log) FROM log ORDER BY id",
  "DELETE FROM log WHERE id = ?"
};

static GArray *
find_old (WfStore *self, const Table *table, WfInstant before, guint most)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (WfStatement) walk = wf_store_prepare (self, table->walk);

  while (found->len < most && wf_store_step (self, walk) && sqlite3_column_int64 (walk, 1) < before)
    {
      gint64 number = sqlite3_column_int64 (walk, 0);

      if (sqlite3_column_int (walk, 2) != 0)
        g_array_append_val (found, number);
    }
  return found;
}

static gboolean
run_for_number (WfStore *self, const char *sql, gint64 number, GError **error)
{
  g_auto (WfStatement) statement = wf_store_prepare (self, sql);

  sqlite3_bind_int64 (statement, 1, number);
  return wf_store_run (self, statement, error);
}

/* One of the columns of the row with the number: NULL is no key. */
static gboolean
remove_key (WfStore *self, WfKeyKind kind, const char *key, gint64 source, gint64 number,
            GError **error)
{
  WfKey parsed;

  if (key == NULL)
    return TRUE;
  wf_key_init (&parsed, key);
  return wf_store_remove_key (self, kind,
                              kind == WF_KEY_EVENT ? wf_event_key_hash (&parsed, source)
                                                   : wf_key_hash (&parsed),
                              number, error);
}

static gboolean
remove_keys_of_event (WfStore *self, gint64 number, GError **error)
{
  g_autofree char *event = NULL, *run = NULL;
  gint64 source;
  g_auto (WfStatement) row =
      wf_store_prepare (self, "SELECT event, source, run_key FROM inbox WHERE id = ?");

  sqlite3_bind_int64 (row, 1, number);
  if (!wf_store_step (self, row))
    return TRUE;
  event = wf_column_dup_key (row, 0);
  source = sqlite3_column_int64 (row, 1);
  run = wf_column_dup_key (row, 2);
  return remove_key (self, WF_KEY_EVENT, event, source, number, error) &&
         remove_key (self, WF_KEY_RUN, run, 0, number, error);
}

static gboolean
remove_key_of_run (WfStore *self, gint64 number, GError **error)
{
  g_autofree char *run = NULL;
  g_auto (WfStatement) row = wf_store_prepare (self, "SELECT key FROM runs WHERE no = ?");

  sqlite3_bind_int64 (row, 1, number);
  if (!wf_store_step (self, row))
    return TRUE;
  run = wf_column_dup_key (row, 0);
  return remove_key (self, WF_KEY_RUN, run, 0, number, error);
}

static gboolean
remove_keys (WfStore *self, const Table *table, gint64 number, GError **error)
{
  if (table == &events)
    return remove_keys_of_event (self, number, error);
  return table != &runs || remove_key_of_run (self, number, error);
}

/* An activity that shared the event's number is found by its own lead from now on. */
static gboolean
remove_old (WfStore *self, const Table *table, GArray *found, guint *removed, GError **error)
{
  for (guint i = 0; i < found->len; i++)
    {
      gint64 number = g_array_index (found, gint64, i);

      if (!remove_keys (self, table, number, error) ||
          !run_for_number (self, table->remove, number, error))
        return FALSE;
      if (table == &events &&
          !run_for_number (self, "UPDATE activities SET apart = 1 WHERE no = ? AND apart = 0",
                           number, error))
        return FALSE;
    }
  *removed += found->len;
  return TRUE;
}

/* Once for each limit, not for each step. */
static gboolean
tell (WfStore *self, WfInstant before, WfInstant now, GError **error)
{
  g_autofree char *limit = g_strdup_printf ("%" G_GINT64_FORMAT, before);
  g_autofree char *last = wf_store_get_fact (self, FACT_PRUNED_BEFORE);

  if (g_strcmp0 (limit, last) == 0)
    return TRUE;
  return wf_store_add_log (self, now, "change", _ ("Old entries of the log were removed."), NULL,
                           NULL, error) &&
         wf_store_set_fact (self, FACT_PRUNED_BEFORE, limit, error);
}

/**
 * wf_store_prune:
 * @before: what is older goes: at least 13 months ago (S29)
 * @most: at most so many of each kind
 * @removed: (out): how many went; 0: nothing is left to remove
 */
gboolean
wf_store_prune (WfStore *self, WfInstant before, WfInstant now, guint most, guint *removed,
                GError **error)
{
  static const Table *const tables[] = { &runs, &events, &effects, &others };

  *removed = 0;
  if (!wf_store_expect_transaction (self, error) || !wf_store_flush (self, error))
    return FALSE;
  g_clear_pointer (&self->last_run_key, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GArray) found = find_old (self, tables[i], before, most);

      if (!remove_old (self, tables[i], found, removed, error))
        return FALSE;
    }
  return *removed == 0 || tell (self, before, now, error);
}
