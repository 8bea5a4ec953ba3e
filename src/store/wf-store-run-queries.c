/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists and counts of runs: what is due, what waits, what is blocked. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

static GPtrArray *
new_runs (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wf_stored_run_free);
}

static GPtrArray *
read_runs (WfStore *self, sqlite3_stmt *rows)
{
  GPtrArray *runs = new_runs ();

  while (wf_store_step (self, rows))
    g_ptr_array_add (runs, wf_store_read_run (self, rows));
  return runs;
}

/* The first column is the number: walked in an index alone, the rows are read for what is asked for. */
static GPtrArray *
read_numbered_runs (WfStore *self, sqlite3_stmt *numbers)
{
  GPtrArray *runs = new_runs ();

  while (wf_store_step (self, numbers))
    {
      WfStoredRun *run = wf_store_get_run_by_number (self, sqlite3_column_int64 (numbers, 0));

      if (run != NULL)
        g_ptr_array_add (runs, run);
    }
  return runs;
}

GPtrArray *
wf_store_list_runs_due (WfStore *self, WfInstant until, guint most)
{
  wf_store_show_run (self);
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT " WF_RUN_COLUMNS
      ", no FROM all_runs WHERE due IS NOT NULL AND finished = 0 AND due <= ? ORDER BY due, no LIMIT ?");

  sqlite3_bind_int64 (select, 1, until);
  sqlite3_bind_int64 (select, 2, most);
  return read_runs (self, select);
}

/**
 * wf_store_list_runs_ahead:
 * @until: those that have something due at or before it
 * @place: (inout): where the page before ended
 *
 * Result: of WfStoredRun, earliest first; fewer than @most: there are no more. Owned by the caller.
 */
GPtrArray *
wf_store_list_runs_ahead (WfStore *self, WfInstant until, WfRunsPlace *place, guint most)
{
  GPtrArray *runs = new_runs ();

  wf_store_show_run (self);
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT " WF_RUN_COLUMNS
      ", no FROM all_runs WHERE due IS NOT NULL AND finished = 0 AND due <= ?1 AND due >= ?2 AND (due, no) > (?2, ?3)"
      " ORDER BY due, no LIMIT ?4");

  sqlite3_bind_int64 (select, 1, until);
  sqlite3_bind_int64 (select, 2, place->begun ? place->due : G_MININT64 + 1);
  sqlite3_bind_int64 (select, 3, place->number);
  sqlite3_bind_int64 (select, 4, most);
  while (wf_store_step (self, select))
    {
      WfStoredRun *run = wf_store_read_run (self, select);

      place->begun = TRUE;
      place->due = run->next_due;
      place->number = sqlite3_column_int64 (select, 11);
      g_ptr_array_add (runs, run);
    }
  return runs;
}

/* ---- of a lead ---- */

static int
compare_numbers (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
append_numbers (WfStore *self, const char *sql, const WfKey *lead, GArray *numbers)
{
  g_auto (WfStatement) walk = wf_store_prepare (self, sql);

  wf_bind_key (walk, 1, lead);
  while (wf_store_step (self, walk))
    {
      gint64 number = sqlite3_column_int64 (walk, 0);

      g_array_append_val (numbers, number);
    }
}

/* For every event: two walks in an index are cheaper than SQLite's merging and sorting of nothing. */
static GPtrArray *
read_runs_of_lead (WfStore *self, const char *lead, const char *in_events, const char *apart,
                   guint most)
{
  GPtrArray *runs = new_runs ();
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  WfKey key;

  wf_store_show_run (self);
  wf_key_init (&key, lead);
  append_numbers (self, in_events, &key, numbers);
  append_numbers (self, apart, &key, numbers);
  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < numbers->len && runs->len < most; i++)
    {
      WfStoredRun *run = wf_store_get_run_by_number (self, g_array_index (numbers, gint64, i));

      if (run != NULL)
        g_ptr_array_add (runs, run);
    }
  return runs;
}

/* These indexes have all that is asked for. */
#define OF_LEAD_IN_EVENTS "FROM inbox INDEXED BY inbox_lead WHERE lead = ?1 AND run_finished = 0"
#define OF_LEAD_APART "FROM runs INDEXED BY runs_open WHERE finished = 0 AND lead = ?1"

/**
 * wf_store_list_runs_of_lead:
 *
 * Result: of WfStoredRun, in the order in which they started here.
 */
GPtrArray *
wf_store_list_runs_of_lead (WfStore *self, const char *lead, gboolean only_unfinished, guint most)
{
  if (only_unfinished)
    return read_runs_of_lead (self, lead, "SELECT id " OF_LEAD_IN_EVENTS,
                              "SELECT no " OF_LEAD_APART, most);
  return read_runs_of_lead (
      self, lead,
      "SELECT id FROM inbox INDEXED BY inbox_lead WHERE lead = ?1 AND run_finished IS NOT NULL",
      "SELECT no FROM runs INDEXED BY runs_lead WHERE lead = ?1", most);
}

/**
 * wf_store_list_waiting_runs_of_lead:
 *
 * Result: of WfStoredRun, in the order in which they started here: unfinished ones that an event of their lead may move on.
 */
GPtrArray *
wf_store_list_waiting_runs_of_lead (WfStore *self, const char *lead, guint most)
{
  return read_runs_of_lead (self, lead, "SELECT id " OF_LEAD_IN_EVENTS " AND run_waits & 1",
                            "SELECT no " OF_LEAD_APART " AND waits & 1", most);
}

/**
 * wf_store_has_unfinished_runs:
 *
 * Two look-ups in indexes: for every event.
 */
gboolean
wf_store_has_unfinished_runs (WfStore *self, const char *lead)
{
  WfKey key;

  wf_store_show_run (self);
  g_auto (WfStatement) find = wf_store_prepare (
      self, "SELECT 1 " OF_LEAD_IN_EVENTS " UNION ALL SELECT 1 " OF_LEAD_APART " LIMIT 1");

  wf_key_init (&key, lead);
  wf_bind_key (find, 1, &key);
  return wf_store_step (self, find);
}

static guint
count_all (WfStore *self, gint64 workflow, WfInstant from, WfInstant until)
{
  /* A run in its event's row began at the event's time. */
  g_auto (WfStatement) count = wf_store_prepare (
      self,
      "SELECT (SELECT count(*) FROM inbox INDEXED BY inbox_time WHERE time >= ?2 AND time < ?3 AND run_workflow = ?1)"
      " + (SELECT count(*) FROM runs INDEXED BY runs_started WHERE workflow = ?1 AND started >= ?2 AND started < ?3)");

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
  gint64 number;

  wf_store_show_run (self);
  number = wf_store_find_name (self, workflow);
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
  gint64 number;

  wf_store_show_run (self);
  number = wf_store_find_name (self, workflow);
  if (number == 0)
    return 0;
  if (only_open)
    return lead == NULL ? count_open (self, number)
                        : count_of_lead (self, number, lead, TRUE, WF_INSTANT_NONE, G_MAXINT64);
  return wf_store_count_runs_between (self, workflow, lead, WF_INSTANT_NONE, WF_INSTANT_NONE);
}

/* ---- what waits (S12) ---- */

/* These indexes are short: most runs have nothing left but an open activity, and then nothing at all. */
#define WAITING_IN_EVENTS                                                                          \
  "FROM inbox INDEXED BY inbox_waiting WHERE run_finished = 0 AND run_waits > 0"
#define WAITING_APART "FROM runs INDEXED BY runs_waiting WHERE finished = 0 AND waits > 0"

/**
 * wf_store_list_runs_of_workflow:
 * @before_version: only of versions before this; 0: of all
 * @after: (nullable): key of the last one of the page before; NULL: from the first. It may be finished by now
 *
 * Result: of WfStoredRun, unfinished ones that wait for more than an open activity, or that a failed step blocks, in the
 * order in which they started here.
 */
GPtrArray *
wf_store_list_runs_of_workflow (WfStore *self, const char *workflow, gint64 before_version,
                                const char *after, guint most)
{
  gint64 from = after == NULL ? 0 : wf_store_find_run (self, after);

  wf_store_show_run (self);
  if (after != NULL && from == 0)
    return new_runs ();
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT id AS n " WAITING_IN_EVENTS
            " AND run_workflow = ?1 AND (?2 = 0 OR run_version < ?2) AND id > ?3"
            " UNION ALL SELECT no " WAITING_APART
            " AND workflow = ?1 AND (?2 = 0 OR version < ?2) AND no > ?3 ORDER BY n LIMIT ?4");

  sqlite3_bind_int64 (walk, 1, wf_store_find_name (self, workflow));
  sqlite3_bind_int64 (walk, 2, before_version);
  sqlite3_bind_int64 (walk, 3, from);
  sqlite3_bind_int64 (walk, 4, most);
  return read_numbered_runs (self, walk);
}

/**
 * wf_store_count_waiting_runs:
 *
 * Result: of WfVersionCount, oldest version first; versions without such runs are left out. Owned by the caller.
 */
GArray *
wf_store_count_waiting_runs (WfStore *self, const char *workflow)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (WfVersionCount));

  wf_store_show_run (self);
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT v, count(*) FROM (SELECT run_version AS v " WAITING_IN_EVENTS
            " AND run_workflow = ?1 AND run_waits & 2 UNION ALL SELECT version " WAITING_APART
            " AND workflow = ?1 AND waits & 2) GROUP BY v ORDER BY v");

  sqlite3_bind_int64 (select, 1, wf_store_find_name (self, workflow));
  while (wf_store_step (self, select))
    {
      WfVersionCount count = { sqlite3_column_int64 (select, 0),
                               (guint) sqlite3_column_int64 (select, 1) };

      g_array_append_val (counts, count);
    }
  return counts;
}

/* ---- what is blocked (S18) ---- */

/**
 * wf_store_list_failed_runs:
 *
 * Result: of WfStoredRun, those that started last here first.
 */
GPtrArray *
wf_store_list_failed_runs (WfStore *self, guint offset, guint most)
{
  wf_store_show_run (self);
  g_auto (WfStatement) walk = wf_store_prepare (
      self,
      "SELECT id AS n FROM inbox INDEXED BY inbox_failed WHERE run_waits >= 4 UNION ALL"
      " SELECT no FROM runs INDEXED BY runs_failed WHERE waits >= 4 ORDER BY n DESC LIMIT ?1 OFFSET ?2");

  sqlite3_bind_int64 (walk, 1, most);
  sqlite3_bind_int64 (walk, 2, offset);
  return read_numbered_runs (self, walk);
}

guint
wf_store_count_failed_runs (WfStore *self)
{
  wf_store_show_run (self);
  g_auto (WfStatement) count = wf_store_prepare (
      self, "SELECT (SELECT count(*) FROM inbox INDEXED BY inbox_failed WHERE run_waits >= 4) +"
            " (SELECT count(*) FROM runs INDEXED BY runs_failed WHERE waits >= 4)");

  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

/* ---- the last one ---- */

/**
 * wf_store_get_last_run:
 * @since: (out) (optional): when the oldest event arrived that is still kept; WF_INSTANT_NONE: there is none
 *
 * Result: when the workflow last started, also when that run is not kept any more; WF_INSTANT_NONE: never.
 */
WfInstant
wf_store_get_last_run (WfStore *self, const char *workflow, WfInstant *since)
{
  WfInstant started = WF_INSTANT_NONE;
  const WfInstant *noted;
  gint64 number;

  wf_store_show_event (self);
  number = wf_store_find_name (self, workflow);
  g_auto (WfStatement) last =
      wf_store_prepare (self, "SELECT started FROM workflow_starts WHERE workflow = ?");
  g_auto (WfStatement) first =
      wf_store_prepare (self, "SELECT received FROM inbox ORDER BY id LIMIT 1");

  if (since != NULL)
    *since = wf_store_step (self, first) ? wf_column_instant (first, 0) : WF_INSTANT_NONE;
  noted = g_hash_table_lookup (self->starts, GSIZE_TO_POINTER ((gsize) number));
  sqlite3_bind_int64 (last, 1, number);
  if (wf_store_step (self, last))
    started = wf_column_instant (last, 0);
  return noted != NULL ? MAX (*noted, started) : started;
}
