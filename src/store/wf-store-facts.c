/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts about activities, block by block, for those who count them. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-fact-walkers.h"
#include "wf-store-fact-blocks.h"

static gboolean
read_newest_block (WfStore *self, gint64 *newest, GError **error)
{
  gboolean row = FALSE;
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT max(no) FROM activities");

  if (!wf_store_next_row (self, select, &row, error))
    return FALSE;
  *newest = sqlite3_column_type (select, 0) == SQLITE_NULL
                ? -1
                : sqlite3_column_int64 (select, 0) >> WF_FACT_BLOCK_SHIFT;
  return TRUE;
}

/* What a walk asks for, and how far it is. */
typedef struct
{
  WfStore *store;
  WfInstant from, until;
  gint64 newest; /* block */
  WfFactBasis basis;
  WfFactWalkers *walkers;
  WfFactsProgressFunc progress; /* nullable */
  gpointer user_data;
  guint n_read, n_to_read; /* blocks, from their rows */
} Walk;

/* Its rows are true whatever is stored of it. */
static gboolean
read_block (Walk *walk, gint64 block, GError **error)
{
  WfFactBlock *facts = wf_fact_walkers_get_own_block (walk->walkers);
  WfFactZones zones;
  gboolean ok;

  if (block != walk->newest)
    walk->store->n_missed_blocks++;
  g_mutex_lock (&walk->store->reading);
  ok = wf_store_build_facts (walk->store, block, &walk->basis, facts, error);
  g_mutex_unlock (&walk->store->reading);
  if (!ok)
    return FALSE;
  walk->n_read++;
  if (walk->progress != NULL && walk->n_to_read > 0)
    walk->progress (MIN (walk->n_read, walk->n_to_read), walk->n_to_read, walk->user_data);
  wf_fact_block_get_zones (facts, &zones);
  if (wf_fact_zones_touch (&zones, walk->from, walk->until))
    wf_fact_walkers_show_own_block (walk->walkers);
  return TRUE;
}

/* A stored block that cannot be read any more is as good as none. */
static gboolean
read_damaged_block (Walk *walk, gint64 block, GError **error)
{
  walk->store->damaged = TRUE;
  g_warning ("A stored block of facts cannot be read");
  return read_block (walk, block, error);
}

/* Nothing that is asked for can be in it. stored: nullable. */
static gboolean
can_skip (const Walk *walk, const WfStoredBlock *stored)
{
  return stored != NULL && stored->has_zones &&
         !wf_fact_zones_touch (&stored->zones, walk->from, walk->until);
}

static gboolean
walk_block (Walk *walk, gint64 block, const WfStoredBlock *stored, GError **error)
{
  g_autoptr (GByteArray) columns = NULL;

  if (can_skip (walk, stored))
    return TRUE;
  if (stored == NULL || !stored->valid)
    return read_block (walk, block, error);
  g_mutex_lock (&walk->store->reading);
  columns = wf_store_load_columns (walk->store, block);
  g_mutex_unlock (&walk->store->reading);
  if (columns == NULL)
    return read_damaged_block (walk, block, error);
  wf_fact_walkers_take (walk->walkers, block, g_steal_pointer (&columns));
  return TRUE;
}

/* The newest one is read so most of the time, and does not take long. */
static void
announce (Walk *walk, const GArray *blocks)
{
  guint n_spared = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      const WfStoredBlock *stored = &g_array_index (blocks, WfStoredBlock, i);

      n_spared += stored->block < walk->newest && (stored->valid || can_skip (walk, stored));
    }
  walk->n_to_read = walk->newest > n_spared ? (guint) walk->newest - n_spared : 0;
  if (walk->progress != NULL && walk->n_to_read > 0)
    walk->progress (0, walk->n_to_read, walk->user_data);
}

static gboolean
walk_all_blocks (Walk *walk, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) blocks = wf_store_list_stored_blocks (walk->store, &walk->basis, error);
  guint next = 0;

  if (blocks == NULL || !read_newest_block (walk->store, &walk->newest, error))
    return FALSE;
  announce (walk, blocks);
  for (gint64 block = 0; block <= walk->newest && !wf_fact_walkers_have_enough (walk->walkers);
       block++)
    {
      const WfStoredBlock *stored = NULL;

      if (next < blocks->len && g_array_index (blocks, WfStoredBlock, next).block == block)
        stored = &g_array_index (blocks, WfStoredBlock, next++);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !walk_block (walk, block, stored, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_blocks (Walk *walk, GCancellable *cancellable, GError **error)
{
  gboolean ok = walk_all_blocks (walk, cancellable, error);
  g_autoptr (GArray) damaged = wf_fact_walkers_finish (walk->walkers);

  for (guint i = 0; ok && i < damaged->len && !wf_fact_walkers_have_enough (walk->walkers); i++)
    ok = read_damaged_block (walk, g_array_index (damaged, gint64, i), error);
  return ok;
}

/**
 * wf_store_walk_activity_facts:
 * @from: what is asked for: instants from this one on; WF_INSTANT_NONE: no bound
 * @until: those before it; WF_INSTANT_NONE: no bound
 * @cancellable: (nullable): looked at between two blocks
 * @func: gets a block; what it points to is valid during the call only
 * @progress: (nullable): told when many of them are read from their rows, in this thread
 * @walkers: what @func is called with, one for each thread; the first one in this thread, which @progress gets too
 * @n_walkers: at least 1; the others' threads are only there when there is something to do for them
 *
 * The state of one moment: what others write meanwhile is not seen. Nothing may be written by func, and of the store it may
 * use only wf_store_dup_name. All calls are over when this returns. Errors: of the store, or G_IO_ERROR_CANCELLED.
 */
gboolean
wf_store_walk_activity_facts (WfStore *self, WfInstant from, WfInstant until,
                              GCancellable *cancellable, WfActivityFactsFunc func,
                              WfFactsProgressFunc progress, gpointer const *walkers,
                              guint n_walkers, GError **error)
{
  g_autoptr (WfFactWalkers) all = wf_fact_walkers_new (func, walkers, n_walkers);
  Walk walk = { .store = self,
                .from = from,
                .until = until,
                .walkers = all,
                .progress = progress,
                .user_data = walkers[0] };
  gboolean is_alone = sqlite3_get_autocommit (self->db) != 0, ok;

  if (is_alone && !wf_store_execute (self, "BEGIN", error))
    return FALSE;
  wf_store_get_fact_basis (self, &walk.basis);
  ok = walk_blocks (&walk, cancellable, error);
  if (is_alone && !wf_store_execute (self, "COMMIT", ok ? error : NULL))
    return FALSE;
  return ok;
}

gboolean
wf_store_foreach_activity_facts (WfStore *self, WfInstant from, WfInstant until,
                                 GCancellable *cancellable, WfActivityFactsFunc func,
                                 gpointer user_data, GError **error)
{
  return wf_store_walk_activity_facts (self, from, until, cancellable, func, NULL, &user_data, 1,
                                       error);
}

/**
 * wf_store_list_activities_by_number:
 *
 * Result: of WfActivity, owned by the caller.
 */
GPtrArray *
wf_store_list_activities_by_number (WfStore *self, const gint64 *numbers, guint n)
{
  GPtrArray *activities = g_ptr_array_new_full (n, (GDestroyNotify) wf_activity_unref);

  for (guint i = 0; i < n; i++)
    {
      WfActivity *activity = wf_store_get_activity_by_number (self, numbers[i]);

      if (activity != NULL)
        g_ptr_array_add (activities, activity);
    }
  return activities;
}

/**
 * wf_store_take_missed_facts:
 *
 * Result: how many blocks were read from their rows since the last call. The newest one, which is so most of the time, does
 * not count.
 */
guint
wf_store_take_missed_facts (WfStore *self)
{
  guint n = self->n_missed_blocks;

  self->n_missed_blocks = 0;
  return n;
}
