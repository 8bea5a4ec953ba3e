/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of facts as they are stored: which are still true, and making new ones in pauses. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-fact-blocks.h"

/* Policy. A stored block says nothing that its rows do not say; it is only read faster. Whoever changes something that is
 * in it notes so in memory, and with the transaction one short row a changed block says that it is stale: that is all that
 * the reports cost those who write. A stale or missing block is read from the rows until it is made anew. It is made in a
 * transaction of its own, one at a time; the newest one, to which activities are still added, when it is full or in a long
 * pause. A block is also stale when somebody else signed in, because what is known of reminders depends on who that is. */

void
wf_store_touch_facts (WfStore *self, gint64 activity)
{
  gint64 block = activity >> WF_FACT_BLOCK_SHIFT;

  for (guint i = self->changed_blocks->len; i > 0; i--)
    if (g_array_index (self->changed_blocks, gint64, i - 1) == block)
      return;
  g_array_append_val (self->changed_blocks, block);
}

static gboolean
is_changed (WfStore *self, gint64 block)
{
  for (guint i = 0; i < self->changed_blocks->len; i++)
    if (g_array_index (self->changed_blocks, gint64, i) == block)
      return TRUE;
  return FALSE;
}

gboolean
wf_store_flush_changed_blocks (WfStore *self, GError **error)
{
  for (guint i = 0; i < self->changed_blocks->len; i++)
    {
      g_auto (WfStatement) mark =
          wf_store_prepare (self, "UPDATE fact_zones SET stale = 1 WHERE block = ? AND stale = 0");

      sqlite3_bind_int64 (mark, 1, g_array_index (self->changed_blocks, gint64, i));
      if (!wf_store_run (self, mark, error))
        return FALSE;
    }
  g_array_set_size (self->changed_blocks, 0);
  return TRUE;
}

/* ---- reading ---- */

static WfFactZone
read_zone (sqlite3_stmt *row, int column)
{
  return (WfFactZone) { wf_column_instant (row, column), wf_column_instant (row, column + 1) };
}

GArray *
wf_store_list_stored_blocks (WfStore *self, const WfFactBasis *basis, GError **error)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (WfStoredBlock));
  gboolean row = FALSE;
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT block, stale, own, n, created_min, created_max, due_min, due_max, closed_min,"
            " closed_max FROM fact_zones ORDER BY block");

  while (wf_store_next_row (self, walk, &row, error))
    {
      WfStoredBlock block;

      if (!row)
        return g_steal_pointer (&blocks);
      block.block = sqlite3_column_int64 (walk, 0);
      block.valid = sqlite3_column_int (walk, 1) == 0 &&
                    sqlite3_column_int64 (walk, 2) == basis->own && !is_changed (self, block.block);
      block.n = (guint) sqlite3_column_int64 (walk, 3);
      block.zones.created = read_zone (walk, 4);
      block.zones.due = read_zone (walk, 6);
      block.zones.closed = read_zone (walk, 8);
      g_array_append_val (blocks, block);
    }
  return NULL;
}

GByteArray *
wf_store_load_columns (WfStore *self, gint64 block)
{
  GByteArray *columns;
  guint length;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT columns FROM fact_blocks WHERE block = ?");

  sqlite3_bind_int64 (select, 1, block);
  if (!wf_store_step (self, select))
    return NULL;
  length = (guint) sqlite3_column_bytes (select, 0);
  columns = g_byte_array_sized_new (length);
  return g_byte_array_append (columns, sqlite3_column_blob (select, 0), length);
}

/* ---- writing ---- */

static void
bind_zone (sqlite3_stmt *statement, int index, const WfFactZone *zone)
{
  wf_bind_instant (statement, index, zone->first);
  wf_bind_instant (statement, index + 1, zone->last);
}

static gboolean
write_zones (WfStore *self, gint64 block, const WfFactBasis *basis, const WfFactBlock *facts,
             GError **error)
{
  WfFactZones zones;
  g_auto (WfStatement) write = wf_store_prepare (
      self,
      "INSERT OR REPLACE INTO fact_zones (block, stale, own, n, created_min, created_max,"
      " due_min, due_max, closed_min, closed_max) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");

  wf_fact_block_get_zones (facts, &zones);
  sqlite3_bind_int64 (write, 1, block);
  sqlite3_bind_int64 (write, 2, basis->own);
  sqlite3_bind_int64 (write, 3, facts->n);
  bind_zone (write, 4, &zones.created);
  bind_zone (write, 6, &zones.due);
  bind_zone (write, 8, &zones.closed);
  return wf_store_run (self, write, error);
}

static gboolean
write_columns (WfStore *self, gint64 block, WfFactBlock *facts, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_auto (WfStatement) write =
      wf_store_prepare (self, "INSERT OR REPLACE INTO fact_blocks (block, columns) VALUES (?, ?)");

  wf_fact_block_pack (facts, bytes);
  sqlite3_bind_int64 (write, 1, block);
  sqlite3_bind_blob (write, 2, bytes->data, (int) bytes->len, SQLITE_STATIC);
  return wf_store_run (self, write, error);
}

/* The first block before end that is not stored as it is; end: there is none. */
static gint64
find_missing (const GArray *blocks, gint64 from, gint64 end)
{
  gint64 next = from;

  for (guint i = 0; i < blocks->len && next < end; i++)
    {
      const WfStoredBlock *stored = &g_array_index (blocks, WfStoredBlock, i);

      if (stored->block < next)
        continue;
      if (stored->block > next || !stored->valid)
        return next;
      next++;
    }
  return MIN (next, end);
}

static gboolean
save (WfStore *self, gboolean with_newest, gboolean *more, GError **error)
{
  WfFactBasis basis;
  g_autoptr (GArray) blocks = NULL;
  g_autofree WfFactBlock *facts = NULL;
  gint64 newest, end, block;

  *more = FALSE;
  if (!wf_store_expect_transaction (self, error) || !wf_store_flush (self, error))
    return FALSE;
  wf_store_get_fact_basis (self, &basis);
  blocks = wf_store_list_stored_blocks (self, &basis, error);
  newest = wf_store_get_newest_number (self);
  if (blocks == NULL || newest < 0)
    return blocks != NULL && wf_store_fail (self, error);
  end = (newest >> WF_FACT_BLOCK_SHIFT) + (with_newest && newest > 0);
  block = find_missing (blocks, 0, end);
  if (block == end)
    return TRUE;
  facts = g_new (WfFactBlock, 1);
  *more = find_missing (blocks, block + 1, end) < end;
  return wf_store_build_facts (self, block, &basis, facts, error) &&
         write_columns (self, block, facts, error) &&
         write_zones (self, block, &basis, facts, error);
}

/**
 * wf_store_save_facts:
 * @more: (out): there is another one: call it again, in another transaction
 *
 * A short portion of upkeep, in the open transaction: see the policy above.
 */
gboolean
wf_store_save_facts (WfStore *self, gboolean *more, GError **error)
{
  return save (self, FALSE, more, error);
}

/**
 * wf_store_save_newest_facts:
 * @more: (out): there is another one: call it again, in another transaction
 *
 * As wf_store_save_facts, also the newest block, which the next activity makes stale: for long pauses.
 */
gboolean
wf_store_save_newest_facts (WfStore *self, gboolean *more, GError **error)
{
  return save (self, TRUE, more, error);
}
