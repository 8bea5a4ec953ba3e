/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the row of a key is: events, runs and activities are asked for by ids that are as good as random. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-keys.h"

#include "wf-store-private.h"

#include <stdlib.h>
#include <string.h>

/* Policy. Each insertion of a random key into a large index dirties a page of its own. So the newest keys are written one
 * behind the other into a short table, recent, which every connection also has in memory; and from there, many at a time
 * and in the order of the large index, into keys. That is done in portions: one generation of recent keys, up to the
 * newest at its beginning, is worked through by hash, and removed when all of it is in the index. Until then a key of it
 * may be in both, which does no harm. Facts say how far a generation has got.
 *
 * An entry is a hash, whose lowest two bits say what it is, and the number of the row. Two keys may have one hash: who
 * looks for one compares the row. */
#define FACT_GENERATION                                                                            \
  "keys-generation"                   /* the highest entry of the generation that is being merged */
#define FACT_POSITION "keys-position" /* the lowest hash of it that is not in the index yet */
#define PORTION 6000
#define REMOVED_AT_ONCE 100000
#define FEWEST_SLOTS 1024
/* Less than this is not worth a transaction: it is read in no time. */
#define FEWEST_MERGED 16384

void
wf_recent_keys_clear (WfRecentKeys *self)
{
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->sorted, g_array_unref);
  self->n_slots = self->n_used = self->n_reloaded = 0;
  self->loaded = 0;
}

/* The slots are a power of two and at most half full. */
static guint
find_slot (const WfRecentKeys *self, gint64 hash)
{
  return (guint) (((guint64) hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32) &
         (self->n_slots - 1);
}

static void
put (WfRecentKeys *self, gint64 hash, gint64 entry)
{
  guint i = find_slot (self, hash);

  while (self->slots[i].entry != 0)
    i = (i + 1) & (self->n_slots - 1);
  self->slots[i] = (WfKeyEntry) { hash, entry };
  self->n_used++;
}

static void
grow (WfRecentKeys *self)
{
  WfKeyEntry *old = self->slots;
  guint n_old = self->n_slots;

  self->n_slots = MAX (FEWEST_SLOTS, 2 * n_old);
  self->slots = g_new0 (WfKeyEntry, self->n_slots);
  self->n_used = 0;
  for (guint i = 0; i < n_old; i++)
    if (old[i].entry != 0)
      put (self, old[i].hash, old[i].entry);
  g_free (old);
}

static void
learn (WfRecentKeys *self, gint64 hash, gint64 entry)
{
  if (2 * self->n_used >= self->n_slots)
    grow (self);
  put (self, hash, entry);
  self->loaded = MAX (self->loaded, entry);
}

/* What other connections wrote since the last time. Numbers rise, so that it is what is above the highest known one. */
void
wf_store_sync_keys (WfStore *self)
{
  WfRecentKeys *recent = &self->recent;

  gboolean anew = recent->n_used > 2 * (recent->n_reloaded + WF_STORE_RECENT_KEYS);

  /* What others merged stays in memory, where it is no longer needed: now and then it goes. */
  if (anew)
    wf_recent_keys_clear (recent);
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT hash, entry FROM recent WHERE entry > ? ORDER BY entry");

  sqlite3_bind_int64 (select, 1, recent->loaded);
  while (wf_store_step (self, select))
    learn (recent, sqlite3_column_int64 (select, 0), sqlite3_column_int64 (select, 1));
  if (anew)
    recent->n_reloaded = recent->n_used;
}

static gint64
mix (WfKeyKind kind, gint64 hash)
{
  return (hash & ~(gint64) 3) | (gint64) kind;
}

gboolean
wf_store_add_key (WfStore *self, WfKeyKind kind, gint64 hash, gint64 number, GError **error)
{
  gint64 mixed = mix (kind, hash), entry = number << 2 | kind;
  g_auto (WfStatement) insert =
      wf_store_prepare (self, "INSERT INTO recent (entry, hash) VALUES (?, ?)");

  sqlite3_bind_int64 (insert, 1, entry);
  sqlite3_bind_int64 (insert, 2, mixed);
  if (!wf_store_run (self, insert, error))
    return FALSE;
  learn (&self->recent, mixed, entry);
  return TRUE;
}

static gint64
find_in_index (WfStore *self, gint64 mixed, WfKeyMatch is_it, gconstpointer key)
{
  gint64 found = 0;
  g_auto (WfStatement) find = wf_store_prepare (self, "SELECT entry FROM keys WHERE hash = ?");

  sqlite3_bind_int64 (find, 1, mixed);
  while (found == 0 && wf_store_step (self, find))
    {
      gint64 number = sqlite3_column_int64 (find, 0) >> 2;

      if (is_it (self, number, key))
        found = number;
    }
  return found;
}

gint64
wf_store_find_key (WfStore *self, WfKeyKind kind, gint64 hash, WfKeyMatch is_it, gconstpointer key)
{
  WfRecentKeys *recent = &self->recent;
  gint64 mixed = mix (kind, hash);

  if (!self->in_transaction)
    wf_store_sync_keys (self);
  if (recent->n_slots > 0)
    for (guint i = find_slot (recent, mixed); recent->slots[i].entry != 0;
         i = (i + 1) & (recent->n_slots - 1))
      if (recent->slots[i].hash == mixed && is_it (self, recent->slots[i].entry >> 2, key))
        return recent->slots[i].entry >> 2;
  return find_in_index (self, mixed, is_it, key);
}

static gboolean
remove_from (WfStore *self, const char *sql, gint64 mixed, gint64 entry, GError **error)
{
  g_auto (WfStatement) remove = wf_store_prepare (self, sql);

  sqlite3_bind_int64 (remove, 1, entry);
  sqlite3_bind_int64 (remove, 2, mixed);
  return wf_store_run (self, remove, error);
}

gboolean
wf_store_remove_key (WfStore *self, WfKeyKind kind, gint64 hash, gint64 number, GError **error)
{
  gint64 mixed = mix (kind, hash), entry = number << 2 | kind;

  return remove_from (self, "DELETE FROM recent WHERE entry = ?1 AND hash = ?2", mixed, entry,
                      error) &&
         remove_from (self, "DELETE FROM keys WHERE hash = ?2 AND entry = ?1", mixed, entry, error);
}

/* ---- merging ---- */

static gint64
read_number (WfStore *self, const char *fact, gint64 otherwise)
{
  g_autofree char *text = wf_store_get_fact (self, fact);

  return text == NULL ? otherwise : g_ascii_strtoll (text, NULL, 10);
}

static gboolean
write_number (WfStore *self, const char *fact, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return wf_store_set_fact (self, fact, text, error);
}

static int
compare_entries (const void *a, const void *b)
{
  const WfKeyEntry *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return (x->entry > y->entry) - (x->entry < y->entry);
}

/* The generation in the order of the index, from the table: what is in memory only may be gone from it. */
static void
sort_generation (WfStore *self, gint64 generation)
{
  WfRecentKeys *recent = &self->recent;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT hash, entry FROM recent WHERE entry <= ?");

  if (recent->sorted != NULL && recent->sorted_generation == generation)
    return;
  g_clear_pointer (&recent->sorted, g_array_unref);
  recent->sorted = g_array_new (FALSE, FALSE, sizeof (WfKeyEntry));
  recent->sorted_generation = generation;
  sqlite3_bind_int64 (select, 1, generation);
  while (wf_store_step (self, select))
    {
      WfKeyEntry entry = { sqlite3_column_int64 (select, 0), sqlite3_column_int64 (select, 1) };

      g_array_append_val (recent->sorted, entry);
    }
  qsort (recent->sorted->data, recent->sorted->len, sizeof (WfKeyEntry), compare_entries);
}

/* The first of the generation with at least this hash. */
static guint
find_position (const GArray *sorted, gint64 hash)
{
  guint low = 0, high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (sorted, WfKeyEntry, middle).hash < hash)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* A key that was removed since the generation was sorted is put into the index all the same: it names a row that is not
 * there, which finds nothing. */
static gboolean
merge_one (WfStore *self, const WfKeyEntry *entry, GError **error)
{
  g_auto (WfStatement) insert =
      wf_store_prepare (self, "INSERT OR IGNORE INTO keys (hash, entry) VALUES (?, ?)");

  sqlite3_bind_int64 (insert, 1, entry->hash);
  sqlite3_bind_int64 (insert, 2, entry->entry);
  return wf_store_run (self, insert, error);
}

/* All of the generation is in the index. Result: FALSE with an error; *done: nothing of it is left. */
static gboolean
remove_generation (WfStore *self, gint64 generation, gboolean *done, GError **error)
{
  g_auto (WfStatement) remove = wf_store_prepare (
      self,
      "DELETE FROM recent WHERE entry <= ?1 AND entry < ?2 + (SELECT min(entry) FROM recent)");

  sqlite3_bind_int64 (remove, 1, generation);
  sqlite3_bind_int64 (remove, 2, REMOVED_AT_ONCE);
  if (!wf_store_run (self, remove, error))
    return FALSE;
  *done = sqlite3_changes (self->db) == 0;
  return !*done || (wf_store_set_fact (self, FACT_GENERATION, NULL, error) &&
                    wf_store_set_fact (self, FACT_POSITION, NULL, error));
}

static gboolean
merge_portion (WfStore *self, gint64 generation, gboolean *done, GError **error)
{
  gint64 position = read_number (self, FACT_POSITION, G_MININT64);
  const GArray *sorted;
  guint from, until;

  sort_generation (self, generation);
  sorted = self->recent.sorted;
  from = find_position (sorted, position);
  until = MIN (from + PORTION, sorted->len);
  for (guint i = from; i < until; i++)
    if (!merge_one (self, &g_array_index (sorted, WfKeyEntry, i), error))
      return FALSE;
  if (until < sorted->len)
    return write_number (self, FACT_POSITION, g_array_index (sorted, WfKeyEntry, until).hash,
                         error);
  return (position == G_MAXINT64 || write_number (self, FACT_POSITION, G_MAXINT64, error)) &&
         remove_generation (self, generation, done, error);
}

/* A generation begins when enough keys have come. 0: none. */
static gint64
begin_generation (WfStore *self, gboolean in_pause)
{
  gint64 first = 0, last = 0;
  g_auto (WfStatement) bounds = wf_store_prepare (
      self, "SELECT (SELECT min(entry) FROM recent), (SELECT max(entry) FROM recent)");

  if (wf_store_step (self, bounds))
    {
      first = sqlite3_column_int64 (bounds, 0);
      last = sqlite3_column_int64 (bounds, 1);
    }
  /* Of four entries in a row three are used at most. */
  return last - first > (in_pause ? FEWEST_MERGED : WF_STORE_RECENT_KEYS) ? last : 0;
}

/**
 * wf_store_merge_keys:
 * @in_pause: nothing else is to do: also a few thousand keys are merged
 * @more: (out): there is more to do: call it again, in another transaction
 *
 * A short portion of upkeep, in the open transaction: see the policy above.
 */
gboolean
wf_store_merge_keys (WfStore *self, gboolean in_pause, gboolean *more, GError **error)
{
  gint64 generation;
  gboolean done = FALSE;

  *more = FALSE;
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  generation = read_number (self, FACT_GENERATION, 0);
  if (generation == 0)
    {
      generation = begin_generation (self, in_pause);
      if (generation == 0)
        return TRUE;
      if (!write_number (self, FACT_GENERATION, generation, error))
        return FALSE;
    }
  if (!merge_portion (self, generation, &done, error))
    return FALSE;
  *more = !done;
  if (done)
    {
      wf_recent_keys_clear (&self->recent);
      wf_store_sync_keys (self);
    }
  return TRUE;
}

/**
 * wf_store_wants_merge:
 *
 * Whether so many keys wait that wf_store_merge_keys should not wait for a pause. Costs nothing.
 */
gboolean
wf_store_wants_merge (WfStore *self)
{
  return self->recent.n_used > WF_STORE_RECENT_KEYS / 2;
}
