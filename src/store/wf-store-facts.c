/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts about activities, block by block, for those who count them. */
#define G_LOG_DOMAIN "wf-store"

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

/* What a walk asks for, and the block that it is at. */
typedef struct
{
  WfStore *store;
  WfInstant from, until;
  gint64 newest; /* block */
  WfFactBasis basis;
  WfFactBlock *facts; /* (owned) */
  WfActivityFactsFunc func;
  WfFactsProgressFunc progress; /* nullable */
  gpointer user_data;
  guint n_read, n_to_read; /* blocks, from their rows */
  gboolean enough;
} Walk;

/* A stored block that cannot be read any more is as good as none. */
static gboolean
fill_block (Walk *walk, gint64 block, const WfStoredBlock *stored, GError **error)
{
  if (stored != NULL && stored->valid)
    {
      if (wf_store_load_facts (walk->store, block, walk->facts))
        return TRUE;
      walk->store->damaged = TRUE;
      g_warning ("A stored block of facts cannot be read");
    }
  if (block != walk->newest)
    walk->store->n_missed_blocks++;
  if (!wf_store_build_facts (walk->store, block, &walk->basis, walk->facts, error))
    return FALSE;
  walk->n_read++;
  if (walk->progress != NULL && walk->n_to_read > 0)
    walk->progress (MIN (walk->n_read, walk->n_to_read), walk->n_to_read, walk->user_data);
  return TRUE;
}

static void
hand_out (Walk *walk)
{
  const WfFactBlock *b = walk->facts;
  WfActivityFacts facts = { .n = b->n,
                            .number = b->number,
                            .created = b->created,
                            .due = b->due,
                            .original_due = b->original_due,
                            .closed = b->closed,
                            .lead = b->lead,
                            .person = b->person,
                            .type = b->type,
                            .workflow = b->workflow,
                            .origin = b->origin,
                            .version = b->version,
                            .status = b->status,
                            .flags = b->flags };

  if (b->n > 0)
    walk->enough = !walk->func (&facts, walk->user_data);
}

static gboolean
walk_block (Walk *walk, gint64 block, const WfStoredBlock *stored, GError **error)
{
  WfFactZones zones;

  if (stored != NULL && stored->valid &&
      (stored->n == 0 || !wf_fact_zones_touch (&stored->zones, walk->from, walk->until)))
    return TRUE;
  if (!fill_block (walk, block, stored, error))
    return FALSE;
  wf_fact_block_get_zones (walk->facts, &zones);
  if (wf_fact_zones_touch (&zones, walk->from, walk->until))
    hand_out (walk);
  return TRUE;
}

/* The newest one is read so most of the time, and does not take long. */
static void
announce (Walk *walk, const GArray *blocks)
{
  guint n_valid = 0;

  for (guint i = 0; i < blocks->len; i++)
    n_valid += g_array_index (blocks, WfStoredBlock, i).valid &&
               g_array_index (blocks, WfStoredBlock, i).block < walk->newest;
  walk->n_to_read = walk->newest > n_valid ? (guint) walk->newest - n_valid : 0;
  if (walk->progress != NULL && walk->n_to_read > 0)
    walk->progress (0, walk->n_to_read, walk->user_data);
}

static gboolean
walk_blocks (Walk *walk, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) blocks = wf_store_list_stored_blocks (walk->store, &walk->basis, error);
  guint next = 0;

  if (blocks == NULL || !read_newest_block (walk->store, &walk->newest, error))
    return FALSE;
  announce (walk, blocks);
  for (gint64 block = 0; block <= walk->newest && !walk->enough; block++)
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

/**
 * wf_store_walk_activity_facts:
 * @from: what is asked for: instants from this one on; WF_INSTANT_NONE: no bound
 * @until: those before it; WF_INSTANT_NONE: no bound
 * @cancellable: (nullable): looked at between two blocks
 * @func: gets a block; what it points to is valid during the call only
 * @progress: (nullable): told when many of them are read from their rows
 * @user_data: for both
 *
 * The state of one moment: what others write meanwhile is not seen. Nothing may be written by func. Errors: of the store, or
 * G_IO_ERROR_CANCELLED.
 */
gboolean
wf_store_walk_activity_facts (WfStore *self, WfInstant from, WfInstant until,
                              GCancellable *cancellable, WfActivityFactsFunc func,
                              WfFactsProgressFunc progress, gpointer user_data, GError **error)
{
  g_autofree WfFactBlock *facts = g_new (WfFactBlock, 1);
  Walk walk = { .store = self,
                .from = from,
                .until = until,
                .facts = facts,
                .func = func,
                .progress = progress,
                .user_data = user_data };
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
  return wf_store_walk_activity_facts (self, from, until, cancellable, func, NULL, user_data,
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
