/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of facts as they are stored: which are still true, and making new ones in pauses. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-fact-blocks.h"

#include <string.h>

/* Policy. A stored block says nothing that its rows do not say; it is only read faster. Whoever changes something that is
 * in it notes so in memory, and with the transaction one short row a changed block says that it is stale: that is all that
 * the reports cost those who write. The row also says which instants may be in the block now, so that who asks for a day needs
 * not read what has nothing of it, true or stale. A stale or missing block is read from the rows until it is made anew. It is made in a
 * transaction of its own, one at a time; the newest one, to which activities are still added, when it is full or in a long
 * pause. A block is also stale when somebody else signed in, because what is known of reminders depends on who that is. */

typedef struct
{
  gint64 block;
  WfFactZones zones; /* instants that came into it */
} WfChangedBlock;

/* What fact_zones says of a block in its column of that name. */
enum
{
  TRUE_BLOCK,
  STALE_WITHOUT_ZONES, /* of long ago */
  STALE_BLOCK,
};

GArray *
wf_store_new_changed_blocks (void)
{
  return g_array_new (FALSE, FALSE, sizeof (WfChangedBlock));
}

/* NULL: it was not changed. */
static WfChangedBlock *
find_changed (WfStore *self, gint64 block)
{
  for (guint i = self->changed_blocks->len; i > 0; i--)
    {
      WfChangedBlock *changed = &g_array_index (self->changed_blocks, WfChangedBlock, i - 1);

      if (changed->block == block)
        return changed;
    }
  return NULL;
}

void
wf_store_touch_facts (WfStore *self, gint64 activity, const WfActivity *to)
{
  gint64 block = activity >> WF_FACT_BLOCK_SHIFT;
  WfChangedBlock *changed = find_changed (self, block);

  if (changed == NULL)
    {
      const WfChangedBlock new_one = { block, wf_fact_zones_none };

      g_array_append_val (self->changed_blocks, new_one);
      changed = find_changed (self, block);
    }
  if (to == NULL)
    return;
  wf_fact_zone_add (&changed->zones.created, to->created);
  wf_fact_zone_add (&changed->zones.due, to->due);
  if (to->status != WF_ACTIVITY_OPEN)
    wf_fact_zone_add (&changed->zones.closed, to->completed);
}

/* ---- zones as they are stored ---- */

#define ZONES "created_min, created_max, due_min, due_max, closed_min, closed_max"

static WfFactZone
read_zone (sqlite3_stmt *row, int column)
{
  return (WfFactZone) { wf_column_instant (row, column), wf_column_instant (row, column + 1) };
}

static WfFactZones
read_zones (sqlite3_stmt *row, int column)
{
  return (WfFactZones) { read_zone (row, column), read_zone (row, column + 2),
                         read_zone (row, column + 4) };
}

static void
bind_zone (sqlite3_stmt *statement, int index, const WfFactZone *zone)
{
  wf_bind_instant (statement, index, zone->first);
  wf_bind_instant (statement, index + 1, zone->last);
}

static void
bind_zones (sqlite3_stmt *statement, int index, const WfFactZones *zones)
{
  bind_zone (statement, index, &zones->created);
  bind_zone (statement, index + 2, &zones->due);
  bind_zone (statement, index + 4, &zones->closed);
}

static gboolean
write_changed (WfStore *self, const WfChangedBlock *changed, const WfFactZones *zones,
               GError **error)
{
  g_auto (WfStatement) mark = wf_store_prepare (
      self, "UPDATE fact_zones SET stale = iif(stale = 1, 1, 2), created_min = ?2,"
            " created_max = ?3, due_min = ?4, due_max = ?5, closed_min = ?6, closed_max = ?7"
            " WHERE block = ?1");

  sqlite3_bind_int64 (mark, 1, changed->block);
  bind_zones (mark, 2, zones);
  return wf_store_run (self, mark, error);
}

/* Writes only what is not said yet. */
static gboolean
flush_block (WfStore *self, const WfChangedBlock *changed, GError **error)
{
  WfFactZones stored, zones;
  gboolean row = FALSE, is_said;

  {
    g_auto (WfStatement) select =
        wf_store_prepare (self, "SELECT stale, " ZONES " FROM fact_zones WHERE block = ?");

    sqlite3_bind_int64 (select, 1, changed->block);
    if (!wf_store_next_row (self, select, &row, error))
      return FALSE;
    if (!row)
      return TRUE;
    stored = zones = read_zones (select, 1);
    wf_fact_zones_add (&zones, &changed->zones);
    is_said = sqlite3_column_int (select, 0) != TRUE_BLOCK &&
              memcmp (&stored, &zones, sizeof zones) == 0;
  }
  return is_said || write_changed (self, changed, &zones, error);
}

gboolean
wf_store_flush_changed_blocks (WfStore *self, GError **error)
{
  for (guint i = 0; i < self->changed_blocks->len; i++)
    if (!flush_block (self, &g_array_index (self->changed_blocks, WfChangedBlock, i), error))
      return FALSE;
  g_array_set_size (self->changed_blocks, 0);
  return TRUE;
}

/* ---- reading ---- */

GArray *
wf_store_list_stored_blocks (WfStore *self, const WfFactBasis *basis, GError **error)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (WfStoredBlock));
  gboolean row = FALSE;
  g_auto (WfStatement) walk =
      wf_store_prepare (self, "SELECT block, stale, own, " ZONES " FROM fact_zones ORDER BY block");

  while (wf_store_next_row (self, walk, &row, error))
    {
      const WfChangedBlock *changed;
      WfStoredBlock block;

      if (!row)
        return g_steal_pointer (&blocks);
      block.block = sqlite3_column_int64 (walk, 0);
      changed = find_changed (self, block.block);
      block.valid = sqlite3_column_int (walk, 1) == TRUE_BLOCK &&
                    sqlite3_column_int64 (walk, 2) == basis->own && changed == NULL;
      block.has_zones = sqlite3_column_int (walk, 1) != STALE_WITHOUT_ZONES;
      block.zones = read_zones (walk, 3);
      if (changed != NULL)
        wf_fact_zones_add (&block.zones, &changed->zones);
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

static gboolean
write_zones (WfStore *self, gint64 block, const WfFactBasis *basis, const WfFactBlock *facts,
             GError **error)
{
  WfFactZones zones;
  g_auto (WfStatement) write = wf_store_prepare (
      self, "INSERT OR REPLACE INTO fact_zones (block, stale, own, n, " ZONES ") VALUES"
            " (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");

  wf_fact_block_get_zones (facts, &zones);
  sqlite3_bind_int64 (write, 1, block);
  sqlite3_bind_int64 (write, 2, basis->own);
  sqlite3_bind_int64 (write, 3, facts->n);
  bind_zones (write, 4, &zones);
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
