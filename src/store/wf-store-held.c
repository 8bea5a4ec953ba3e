/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matches that a storm or an import holds before their effects (S13), until a person decides. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#define COLUMNS "id, workflow, lead, event_source, event, reason, at, release"

void
wf_held_match_free (WfHeldMatch *self)
{
  if (self == NULL)
    return;
  g_free (self->workflow);
  g_free (self->lead);
  g_free (self->event_source);
  g_free (self->event_id);
  g_free (self->reason);
  g_free (self);
}

static WfHeldMatch *
read_match (WfStore *self, sqlite3_stmt *row)
{
  WfHeldMatch *match = g_new0 (WfHeldMatch, 1);

  match->id = sqlite3_column_int64 (row, 0);
  match->workflow = wf_column_dup_name (self, row, 1);
  match->lead = wf_column_dup_key (row, 2);
  match->event_source = wf_column_dup_name (self, row, 3);
  match->event_id = wf_column_dup_key (row, 4);
  match->reason = wf_column_dup_text (row, 5);
  match->at = wf_column_instant (row, 6);
  match->release = wf_column_instant (row, 7);
  return match;
}

static GPtrArray *
read_matches (WfStore *self, sqlite3_stmt *rows)
{
  GPtrArray *matches = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_held_match_free);

  while (wf_store_step (self, rows))
    g_ptr_array_add (matches, read_match (self, rows));
  return matches;
}

/**
 * wf_store_add_held:
 * @match: its id is not looked at
 *
 * One for each workflow and event: for a known one nothing changes, also when its release was decided meanwhile.
 */
gboolean
wf_store_add_held (WfStore *self, const WfHeldMatch *match, GError **error)
{
  WfKey lead, event;
  gint64 workflow, source;

  if (!wf_store_expect_transaction (self, error) ||
      !wf_store_intern (self, match->workflow, &workflow, error) ||
      !wf_store_intern (self, match->event_source, &source, error))
    return FALSE;
  g_auto (WfStatement) insert = wf_store_prepare (
      self,
      "INSERT INTO held (workflow, lead, event_source, event, reason, at, release) VALUES (?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (event, event_source, workflow) DO NOTHING");

  wf_key_init (&lead, match->lead);
  wf_key_init (&event, match->event_id);
  wf_bind_number (insert, 1, workflow);
  wf_bind_key (insert, 2, &lead);
  wf_bind_number (insert, 3, source);
  wf_bind_key (insert, 4, &event);
  wf_bind_text (insert, 5, match->reason);
  sqlite3_bind_int64 (insert, 6, match->at);
  wf_bind_instant (insert, 7, match->release);
  return wf_store_run (self, insert, error);
}

/* ---- reading ---- */

#define OF_ALL "SELECT " COLUMNS " FROM held WHERE id > ?2"
#define OF_ONE "SELECT " COLUMNS " FROM held WHERE workflow = ?1 AND id > ?2"
#define UNDECIDED " AND release IS NULL"
#define PAGE " ORDER BY id LIMIT ?3"

/**
 * wf_store_list_held:
 * @workflow: (nullable): NULL: of every one
 * @only_undecided: those without a release
 * @after: the last id of the page before; 0: from the first
 *
 * Result: of WfHeldMatch, in the order in which they were held.
 */
GPtrArray *
wf_store_list_held (WfStore *self, const char *workflow, gboolean only_undecided, gint64 after,
                    guint most)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self, workflow == NULL ? (only_undecided ? OF_ALL UNDECIDED PAGE : OF_ALL PAGE)
                             : (only_undecided ? OF_ONE UNDECIDED PAGE : OF_ONE PAGE));

  sqlite3_bind_int64 (select, 1, wf_store_find_name (self, workflow));
  sqlite3_bind_int64 (select, 2, after);
  sqlite3_bind_int64 (select, 3, most);
  return read_matches (self, select);
}

/**
 * wf_store_count_held:
 * @workflow: (nullable): NULL: of every one
 *
 * How many wait for a decision: those with a release are not counted.
 */
guint
wf_store_count_held (WfStore *self, const char *workflow)
{
  g_auto (WfStatement) count = wf_store_prepare (
      self, workflow == NULL ? "SELECT count(*) FROM held WHERE release IS NULL"
                             : "SELECT count(*) FROM held WHERE release IS NULL AND workflow = ?");

  if (workflow != NULL)
    sqlite3_bind_int64 (count, 1, wf_store_find_name (self, workflow));
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

/**
 * wf_store_list_held_due:
 * @until: those with a release at or before it
 *
 * Result: of WfHeldMatch, earliest release first.
 */
GPtrArray *
wf_store_list_held_due (WfStore *self, WfInstant until, guint most)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT " COLUMNS
            " FROM held WHERE release IS NOT NULL AND release <= ? ORDER BY release, id LIMIT ?");

  sqlite3_bind_int64 (select, 1, until);
  sqlite3_bind_int64 (select, 2, most);
  return read_matches (self, select);
}

/**
 * wf_store_get_next_release:
 *
 * Result: the earliest of all, also when it is past; WF_INSTANT_NONE when nothing is to be released.
 */
WfInstant
wf_store_get_next_release (WfStore *self)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT release FROM held WHERE release IS NOT NULL ORDER BY release LIMIT 1");

  return wf_store_step (self, select) ? wf_column_instant (select, 0) : WF_INSTANT_NONE;
}

/* ---- deciding ---- */

/* Two people may decide at the same time: the second one must learn that there is nothing any more. */
static gboolean
expect_match (WfStore *self, GError **error)
{
  if (sqlite3_changes (self->db) == 1)
    return TRUE;
  g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED,
               "There is no such held match any more");
  return FALSE;
}

/**
 * wf_store_set_held_release:
 * @release: when it starts; WF_INSTANT_NONE: held again
 *
 * Result: FALSE with an error, also when it is not there (any more).
 */
gboolean
wf_store_set_held_release (WfStore *self, gint64 id, WfInstant release, GError **error)
{
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  g_auto (WfStatement) update = wf_store_prepare (self, "UPDATE held SET release = ? WHERE id = ?");

  wf_bind_instant (update, 1, release);
  sqlite3_bind_int64 (update, 2, id);
  return wf_store_run (self, update, error) && expect_match (self, error);
}

/**
 * wf_store_remove_held:
 *
 * It was started or dropped. One that is not there (any more) is no error.
 */
gboolean
wf_store_remove_held (WfStore *self, gint64 id, GError **error)
{
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  g_auto (WfStatement) remove = wf_store_prepare (self, "DELETE FROM held WHERE id = ?");

  sqlite3_bind_int64 (remove, 1, id);
  return wf_store_run (self, remove, error);
}
