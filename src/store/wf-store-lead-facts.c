/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts about leads and their moves, for those who count them. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* Policy. Leads and moves are read together, each table once, and meet in the order of the leads' hashes. Both are kept,
 * because who looks at one report looks at the next one. When leads changed meanwhile, those alone are read anew
 * (wf-store-lead-changes.c tells which), unless they are so many that the whole is quicker; the result is the same to the
 * byte. What is larger than anybody's account is read each time, and what is large does not stay in long pauses. */

#define MOST_KEPT_BYTES (64 * 1024 * 1024)
#define MOST_KEPT_BYTES_IN_PAUSES (16 * 1024 * 1024)
#define CHANGES_OF_ALL 8 /* one lead looked up takes as long as so many in a row */
#define FEW_CHANGES 64   /* looked up in no time, however few leads there are */

#define N_BUCKETS (1 << 16)
#define BUCKET_SHIFT 48

#define LEAD_COLUMNS "no, heard, stage, owner, source, origin, unit, product, value, created, id"

struct _WfLeadFactsCache
{
  GArray *leads,
      *moves; /* (owned) of WfLeadFacts, of WfStageMove; by lead, that is the first member of both */
  gint64 revision;
};

typedef struct
{
  WfLeadFacts facts;
  WfInstant told; /* its creation as the CRM tells it */
} LeadRow;

/* What is being read. */
typedef struct
{
  GArray *rows;  /* (owned) of LeadRow */
  GArray *moves; /* (owned) of WfStageMove */
  guint32 *
      first; /* (owned) (nullable) by the highest bits of a hash: the first row that is not before it */
} Reading;

static void
reading_init (Reading *self)
{
  *self = (Reading) { .rows = g_array_new (FALSE, FALSE, sizeof (LeadRow)),
                      .moves = g_array_new (FALSE, FALSE, sizeof (WfStageMove)) };
}

static void
reading_clear (Reading *self)
{
  g_array_unref (self->rows);
  g_clear_pointer (&self->moves, g_array_unref);
  g_free (self->first);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

void
wf_lead_facts_cache_free (WfLeadFactsCache *self)
{
  g_array_unref (self->leads);
  g_array_unref (self->moves);
  g_free (self);
}

static gsize
get_size (const WfLeadFactsCache *self)
{
  return (gsize) self->leads->len * sizeof (WfLeadFacts) +
         (gsize) self->moves->len * sizeof (WfStageMove);
}

/* A pause is not the end: who comes back to the reports shall not wait. */
void
wf_store_release_lead_facts (WfStore *self)
{
  if (self->lead_facts != NULL && get_size (self->lead_facts) > MOST_KEPT_BYTES_IN_PAUSES)
    g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
}

static gboolean
is_cancelled (guint n, GCancellable *cancellable, GError **error)
{
  return (n & 4095) == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* ---- by hash ---- */

static LeadRow *
get_row (const Reading *self, guint i)
{
  return &g_array_index (self->rows, LeadRow, i);
}

/* Where each bucket ends, and behind the last one: all. */
static void
count_buckets (Reading *self)
{
  self->first = g_new0 (guint32, N_BUCKETS + 1);
  for (guint i = 0; i < self->rows->len; i++)
    self->first[(get_row (self, i)->facts.lead >> BUCKET_SHIFT) + 1]++;
  for (guint i = 1; i <= N_BUCKETS; i++)
    self->first[i] += self->first[i - 1];
}

/* Neighbours only are not in their order any more. */
static void
sort_within_buckets (Reading *self)
{
  for (guint i = 1; i < self->rows->len; i++)
    for (guint j = i; j > 0 && get_row (self, j - 1)->facts.lead > get_row (self, j)->facts.lead;
         j--)
      {
        LeadRow row = *get_row (self, j);

        *get_row (self, j) = *get_row (self, j - 1);
        *get_row (self, j - 1) = row;
      }
}

/* Hashes are as good as random already: in buckets by their highest bits there are few each. */
static void
sort_rows (Reading *self)
{
  g_autofree guint32 *next = NULL;
  g_autoptr (GArray) unsorted = g_steal_pointer (&self->rows);

  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (LeadRow), unsorted->len);
  g_array_append_vals (self->rows, unsorted->data, unsorted->len);
  count_buckets (self);
  next = g_memdup2 (self->first, N_BUCKETS * sizeof *next);
  for (guint i = 0; i < unsorted->len; i++)
    {
      const LeadRow *row = &g_array_index (unsorted, LeadRow, i);

      *get_row (self, next[row->facts.lead >> BUCKET_SHIFT]++) = *row;
    }
  sort_within_buckets (self);
}

/* NULL: it is not known. */
static LeadRow *
find_lead (const Reading *self, guint64 lead)
{
  guint end = self->first[(lead >> BUCKET_SHIFT) + 1];

  for (guint i = self->first[lead >> BUCKET_SHIFT]; i < end; i++)
    if (get_row (self, i)->facts.lead == lead)
      return get_row (self, i);
  return NULL;
}

/* ---- leads ---- */

static void
read_lead (Reading *self, sqlite3_stmt *row)
{
  WfInstant told = wf_column_instant (row, 9);
  LeadRow lead = { .told = told,
                   .facts = { .number = sqlite3_column_int64 (row, 0),
                              .stage = (guint32) sqlite3_column_int64 (row, 2),
                              .owner = (guint32) sqlite3_column_int64 (row, 3),
                              .source = (guint32) sqlite3_column_int64 (row, 4),
                              .origin = (guint32) sqlite3_column_int64 (row, 5),
                              .unit = (guint32) sqlite3_column_int64 (row, 6),
                              .product = (guint32) sqlite3_column_int64 (row, 7),
                              .value = sqlite3_column_double (row, 8),
                              .created = told,
                              .first_contact = WF_INSTANT_NONE,
                              .stage_since = WF_INSTANT_NONE } };
  WfKey key;

  wf_column_init_key (&key, row, 10);
  lead.facts.lead = wf_key_hash_lead (&key);
  if (told == WF_INSTANT_NONE)
    lead.facts.created = wf_column_instant (row, 1);
  g_array_append_val (self->rows, lead);
}

static gboolean
read_leads (WfStore *store, Reading *self, GCancellable *cancellable, GError **error)
{
  gboolean row = FALSE;
  g_auto (WfStatement) walk =
      wf_store_prepare (store, "SELECT " LEAD_COLUMNS " FROM leads INDEXED BY leads_facts");

  while (wf_store_next_row (store, walk, &row, error))
    {
      if (!row)
        {
          sort_rows (self);
          return TRUE;
        }
      if (is_cancelled (self->rows->len, cancellable, error))
        return FALSE;
      read_lead (self, walk);
    }
  return FALSE;
}

static gboolean
read_contacts (WfStore *store, Reading *self, GCancellable *cancellable, GError **error)
{
  gboolean row = FALSE;
  guint n = 0;
  g_auto (WfStatement) walk = wf_store_prepare (store, "SELECT lead, first FROM contacts");

  while (wf_store_next_row (store, walk, &row, error))
    {
      WfKey key;
      LeadRow *lead;

      if (!row)
        return TRUE;
      if (is_cancelled (n++, cancellable, error))
        return FALSE;
      wf_column_init_key (&key, walk, 0);
      lead = find_lead (self, wf_key_hash_lead (&key));
      if (lead != NULL)
        lead->facts.first_contact = sqlite3_column_int64 (walk, 1);
    }
  return FALSE;
}

/* ---- moves ---- */

static void
append_move (Reading *self, WfLeadFacts *lead, const WfStageMove *move)
{
  g_array_append_vals (self->moves, move, 1);
  lead->stage_since = move->stage == lead->stage ? move->at : WF_INSTANT_NONE;
}

/* One more that was told: of a lead's first one also where it came from. What is told twice is one. */
static void
add_move (Reading *self, LeadRow *lead, const WfStageMove *move, guint32 before)
{
  const WfStageMove *last =
      self->moves->len > 0 ? &g_array_index (self->moves, WfStageMove, self->moves->len - 1) : NULL;
  WfStageMove first = { .lead = move->lead, .stage = before, .at = move->at };

  if (last != NULL && last->lead == move->lead)
    {
      if (last->stage != move->stage)
        append_move (self, &lead->facts, move);
      return;
    }
  if (before != 0 && before != move->stage)
    {
      if (lead->told != WF_INSTANT_NONE && lead->told < first.at)
        first.at = lead->told;
      append_move (self, &lead->facts, &first);
    }
  append_move (self, &lead->facts, move);
}

/* Those of the leads whose hashes are, as SQLite's numbers, from one to the other. Of leads that are unknown here no move is
 * told. */
static gboolean
read_moves (WfStore *store, Reading *self, gint64 from, gint64 to, GCancellable *cancellable,
            GError **error)
{
  gboolean row = FALSE;
  guint n = 0;
  LeadRow *lead = NULL;
  guint64 hash = 0;
  g_auto (WfStatement) walk = wf_store_prepare (
      store, "SELECT lead, at, stage, before FROM stage_moves WHERE lead >= ?1 AND lead <= ?2"
             " ORDER BY lead, at, stage");

  sqlite3_bind_int64 (walk, 1, from);
  sqlite3_bind_int64 (walk, 2, to);
  while (wf_store_next_row (store, walk, &row, error))
    {
      WfStageMove move;

      if (!row)
        return TRUE;
      if (is_cancelled (n, cancellable, error))
        return FALSE;
      move = (WfStageMove) { .lead = (guint64) sqlite3_column_int64 (walk, 0),
                             .stage = (guint32) sqlite3_column_int64 (walk, 2),
                             .at = sqlite3_column_int64 (walk, 1) };
      if (n++ == 0 || move.lead != hash)
        lead = find_lead (self, move.lead);
      hash = move.lead;
      if (lead != NULL)
        add_move (self, lead, &move, (guint32) sqlite3_column_int64 (walk, 3));
    }
  return FALSE;
}

/* ---- all of them ---- */

/* Owned by the caller. */
static GArray *
list_facts (const Reading *self)
{
  GArray *leads = g_array_sized_new (FALSE, FALSE, sizeof (WfLeadFacts), self->rows->len);

  for (guint i = 0; i < self->rows->len; i++)
    g_array_append_val (leads, get_row (self, i)->facts);
  return leads;
}

/* Hashes are unsigned; SQLite's numbers are not: those beyond its largest one come last. */
static WfLeadFactsCache *
read_all (WfStore *self, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) reading = { 0 };
  WfLeadFactsCache *facts;

  reading_init (&reading);
  if (!read_leads (self, &reading, cancellable, error) ||
      !read_contacts (self, &reading, cancellable, error) ||
      !read_moves (self, &reading, 0, G_MAXINT64, cancellable, error) ||
      !read_moves (self, &reading, G_MININT64, -1, cancellable, error))
    return NULL;
  facts = g_new0 (WfLeadFactsCache, 1);
  facts->leads = list_facts (&reading);
  facts->moves = g_steal_pointer (&reading.moves);
  return facts;
}

/* ---- those that changed ---- */

static gboolean
read_changed_contact (WfStore *store, const WfKey *key, WfLeadFacts *lead, GError **error)
{
  gboolean row = FALSE;
  g_auto (WfStatement) select =
      wf_store_prepare (store, "SELECT first FROM contacts WHERE lead = ?");

  wf_bind_key (select, 1, key);
  if (!wf_store_next_row (store, select, &row, error))
    return FALSE;
  if (row)
    lead->first_contact = sqlite3_column_int64 (select, 0);
  return TRUE;
}

/* What is gone is none. */
static gboolean
read_changed_lead (WfStore *store, Reading *self, const char *id, GError **error)
{
  gboolean row = FALSE;
  WfKey key;
  g_auto (WfStatement) select =
      wf_store_prepare (store, "SELECT " LEAD_COLUMNS " FROM leads WHERE id = ?");

  wf_key_init (&key, id);
  wf_bind_key (select, 1, &key);
  if (!wf_store_next_row (store, select, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  read_lead (self, select);
  return read_changed_contact (store, &key, &get_row (self, self->rows->len - 1)->facts, error);
}

static int
compare_hashes (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* Of guint64, in their order, each once. Owned by the caller. */
static GArray *
list_hashes (GHashTable *ids)
{
  GArray *hashes = g_array_sized_new (FALSE, FALSE, sizeof (guint64), g_hash_table_size (ids));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      guint64 hash = wf_store_hash_lead (id);

      g_array_append_val (hashes, hash);
    }
  g_array_sort (hashes, compare_hashes);
  return hashes;
}

static gboolean
read_changed (WfStore *store, Reading *self, GHashTable *ids, GCancellable *cancellable,
              GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !read_changed_lead (store, self, id, error))
      return FALSE;
  sort_rows (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      gint64 lead = (gint64) get_row (self, i)->facts.lead;

      if (!read_moves (store, self, lead, lead, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* The first element from `from` on whose lead is not before this one. */
static guint
find_element (const GArray *array, guint from, guint64 lead)
{
  guint size = g_array_get_element_size ((GArray *) array), end = array->len;

  while (from < end)
    {
      guint middle = from + (end - from) / 2;

      if (compare_hashes (array->data + (gsize) middle * size, &lead) < 0)
        from = middle + 1;
      else
        end = middle;
    }
  return from;
}

static void
append_range (GArray *to, const GArray *from, guint first, guint end)
{
  if (first < end)
    g_array_append_vals (
        to, from->data + (gsize) first * g_array_get_element_size ((GArray *) from), end - first);
}

/* The old elements, but of these leads the new ones: both in the order of leads. Owned by the caller. */
static GArray *
merge (const GArray *old, const GArray *changed, const GArray *hashes)
{
  GArray *merged = g_array_sized_new (FALSE, FALSE, g_array_get_element_size ((GArray *) old),
                                      old->len + changed->len);
  guint next_old = 0, next_changed = 0;

  for (guint i = 0; i < hashes->len; i++)
    {
      guint64 lead = g_array_index (hashes, guint64, i);
      guint begin = find_element (old, next_old, lead),
            end = lead < G_MAXUINT64 ? find_element (changed, next_changed, lead + 1)
                                     : changed->len;

      append_range (merged, old, next_old, begin);
      append_range (merged, changed, next_changed, end);
      next_old = lead < G_MAXUINT64 ? find_element (old, begin, lead + 1) : old->len;
      next_changed = end;
    }
  append_range (merged, old, next_old, old->len);
  return merged;
}

static void
replace (GArray **array, const GArray *changed, const GArray *hashes)
{
  GArray *merged = merge (*array, changed, hashes);

  g_array_unref (*array);
  *array = merged;
}

/* Not half: what is cancelled is as it was. */
static gboolean
update (WfStore *self, GHashTable *ids, GCancellable *cancellable, GError **error)
{
  WfLeadFactsCache *facts = self->lead_facts;
  g_auto (Reading) reading = { 0 };
  g_autoptr (GArray) leads = NULL, hashes = NULL;

  reading_init (&reading);
  if (!read_changed (self, &reading, ids, cancellable, error))
    return FALSE;
  leads = list_facts (&reading);
  hashes = list_hashes (ids);
  replace (&facts->leads, leads, hashes);
  replace (&facts->moves, reading.moves, hashes);
  return TRUE;
}

/* ---- as they are at one moment ---- */

static gboolean
refresh (WfStore *self, GCancellable *cancellable, GError **error)
{
  gint64 revision = wf_store_get_lead_revision (self);
  g_autoptr (GHashTable) ids = NULL;

  if (self->lead_facts != NULL &&
      !wf_store_list_changed_leads (self, self->lead_facts->revision, revision,
                                    self->lead_facts->leads->len / CHANGES_OF_ALL + FEW_CHANGES,
                                    &ids, error))
    return FALSE;
  if (ids != NULL && !update (self, ids, cancellable, error))
    return FALSE;
  if (ids == NULL)
    {
      WfLeadFactsCache *all = read_all (self, cancellable, error);

      if (all == NULL)
        return FALSE;
      g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
      self->lead_facts = all;
    }
  self->lead_facts->revision = revision;
  return TRUE;
}

static gboolean
load (WfStore *self, GCancellable *cancellable, GError **error)
{
  gboolean is_alone, ok;

  wf_store_show_event (self);
  is_alone = sqlite3_get_autocommit (self->db) != 0;
  /* What the open transaction has changed gets its own revision, which no other one has until it is undone. */
  if (self->leads_changed && !wf_store_flush_lead_facts (self, error))
    return FALSE;
  if (self->lead_facts != NULL && self->lead_facts->revision == wf_store_get_lead_revision (self))
    return TRUE;
  if (is_alone && !wf_store_execute (self, "BEGIN", error))
    return FALSE;
  ok = refresh (self, cancellable, error);
  if (is_alone && !wf_store_execute (self, "COMMIT", ok ? error : NULL))
    {
      g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
      return FALSE;
    }
  return ok;
}

/* What somebody else may still ask for is copied. */
static GArray *
hand_out (WfStore *self, GArray *array)
{
  GArray *copy;

  if (get_size (self->lead_facts) <= MOST_KEPT_BYTES)
    return g_array_copy (array);
  copy = g_array_ref (array);
  g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
  return copy;
}

/**
 * wf_store_list_lead_facts:
 * @cancellable: (nullable): looked at now and then
 *
 * Result: (nullable): of WfLeadFacts, in the order of lead, with what was changed here over what the CRM told; owned by the
 * caller. NULL with an error. The moves are read with them: asking for those next costs next to nothing.
 */
GArray *
wf_store_list_lead_facts (WfStore *self, GCancellable *cancellable, GError **error)
{
  return load (self, cancellable, error) ? hand_out (self, self->lead_facts->leads) : NULL;
}

/**
 * wf_store_list_stage_moves:
 * @cancellable: (nullable): looked at now and then
 *
 * Result: (nullable): of WfStageMove, in the order of lead, then of at, of the leads that are known; owned by the caller. No
 * two neighbours of one lead have the same stage. NULL with an error.
 */
GArray *
wf_store_list_stage_moves (WfStore *self, GCancellable *cancellable, GError **error)
{
  return load (self, cancellable, error) ? hand_out (self, self->lead_facts->moves) : NULL;
}

/**
 * wf_store_list_leads_with_next:
 * @cancellable: (nullable): looked at now and then
 *
 * Result: (nullable): of guint64, the hashes of leads that have an open activity, with or without a deadline, as often as they
 * have one; owned by the caller. NULL with an error.
 */
GArray *
wf_store_list_leads_with_next (WfStore *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (guint64));
  gboolean row = FALSE;
  g_auto (WfStatement) walk =
      wf_store_prepare (self, "SELECT lead FROM activities INDEXED BY"
                              " activities_person WHERE status = 0 AND lead IS NOT NULL");

  while (wf_store_next_row (self, walk, &row, error))
    {
      WfKey key;
      guint64 lead;

      if (!row)
        return g_steal_pointer (&leads);
      if (is_cancelled (leads->len, cancellable, error))
        return NULL;
      wf_column_init_key (&key, walk, 0);
      lead = wf_key_hash_lead (&key);
      g_array_append_val (leads, lead);
    }
  return NULL;
}

/**
 * wf_store_get_lead_id:
 * @number: of WfLeadFacts
 *
 * Result: (nullable): owned by the caller; NULL when the lead is gone.
 */
char *
wf_store_get_lead_id (WfStore *self, gint64 number)
{
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT id FROM leads WHERE no = ?");

  sqlite3_bind_int64 (select, 1, number);
  return wf_store_step (self, select) ? wf_column_dup_key (select, 0) : NULL;
}
