/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts about leads and their moves, for those who count them. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* Policy. Leads and moves are read together, each table once and in its own order, and meet in a table of hashes. Both are
 * kept until anybody writes into the store, or memory is given back, because who looks at one report looks at the next
 * one. What is larger than anybody's account is read each time. */

#define MOST_KEPT_BYTES (64 * 1024 * 1024)

struct _WfLeadFactsCache
{
  GArray *leads, *moves; /* (owned) of WfLeadFacts, of WfStageMove */
  WfStoreState state;
};

typedef struct
{
  guint64 lead;
  guint32 value; /* index of the lead + 1; 0: the place is free */
} Place;

/* What is being read. */
typedef struct
{
  GArray *leads, *moves; /* (owned) */
  GArray *told;          /* (owned) by lead: its creation as the CRM tells it */
  Place *places;         /* (owned) (nullable) at most half full */
  guint n_places;        /* a power of two */
  guint shift;           /* from a hash to its place */
} Reading;

static void
reading_init (Reading *self)
{
  *self = (Reading) { .leads = g_array_new (FALSE, FALSE, sizeof (WfLeadFacts)),
                      .moves = g_array_new (FALSE, FALSE, sizeof (WfStageMove)),
                      .told = g_array_new (FALSE, FALSE, sizeof (WfInstant)) };
}

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->leads, g_array_unref);
  g_clear_pointer (&self->moves, g_array_unref);
  g_array_unref (self->told);
  g_free (self->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

void
wf_lead_facts_cache_free (WfLeadFactsCache *self)
{
  g_array_unref (self->leads);
  g_array_unref (self->moves);
  g_free (self);
}

static gboolean
is_cancelled (guint n, GCancellable *cancellable, GError **error)
{
  return (n & 4095) == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* ---- by hash ---- */

/* Hashes are as good as random already. Their highest bits count, so that the moves, which are in the order of hashes, find
 * their leads one beside the other. Where the lead is, or would be. */
static Place *
find_place (const Reading *self, guint64 lead)
{
  guint i = (guint) (lead >> self->shift);

  while (self->places[i].value != 0 && self->places[i].lead != lead)
    i = (i + 1) & (self->n_places - 1);
  return &self->places[i];
}

static void
index_leads (Reading *self)
{
  self->shift = 60;
  while (self->shift > 33 && (1u << (63 - self->shift)) < self->leads->len)
    self->shift--;
  self->n_places = 1u << (64 - self->shift);
  self->places = g_new0 (Place, self->n_places);
  for (guint i = 0; i < self->leads->len; i++)
    {
      guint64 lead = g_array_index (self->leads, WfLeadFacts, i).lead;
      Place *place = find_place (self, lead);

      if (place->value == 0)
        *place = (Place) { lead, i + 1 };
    }
}

/* FALSE: it is not known. */
static gboolean
find_lead (const Reading *self, guint64 lead, guint *index)
{
  guint32 value = find_place (self, lead)->value;

  *index = value - 1;
  return value != 0;
}

/* ---- leads ---- */

static void
read_lead (Reading *self, sqlite3_stmt *row)
{
  WfInstant told = wf_column_instant (row, 9);
  WfLeadFacts facts = { .number = sqlite3_column_int64 (row, 0),
                        .stage = (guint32) sqlite3_column_int64 (row, 2),
                        .owner = (guint32) sqlite3_column_int64 (row, 3),
                        .source = (guint32) sqlite3_column_int64 (row, 4),
                        .origin = (guint32) sqlite3_column_int64 (row, 5),
                        .unit = (guint32) sqlite3_column_int64 (row, 6),
                        .product = (guint32) sqlite3_column_int64 (row, 7),
                        .value = sqlite3_column_double (row, 8),
                        .created = told,
                        .first_contact = WF_INSTANT_NONE,
                        .stage_since = WF_INSTANT_NONE };
  WfKey key;

  wf_column_init_key (&key, row, 10);
  facts.lead = wf_key_hash_lead (&key);
  if (told == WF_INSTANT_NONE)
    facts.created = wf_column_instant (row, 1);
  g_array_append_val (self->leads, facts);
  g_array_append_val (self->told, told);
}

static gboolean
read_leads (WfStore *store, Reading *self, GCancellable *cancellable, GError **error)
{
  gboolean row = FALSE;
  g_auto (WfStatement) walk = wf_store_prepare (
      store, "SELECT no, heard, stage, owner, source, origin, unit, product, value, created, id"
             " FROM leads INDEXED BY leads_facts");

  while (wf_store_next_row (store, walk, &row, error))
    {
      if (!row)
        {
          index_leads (self);
          return TRUE;
        }
      if (is_cancelled (self->leads->len, cancellable, error))
        return FALSE;
      read_lead (self, walk);
    }
  return FALSE;
}

static gboolean
read_contacts (WfStore *store, Reading *self, GCancellable *cancellable, GError **error)
{
  gboolean row = FALSE;
  guint n = 0, lead;
  g_auto (WfStatement) walk = wf_store_prepare (store, "SELECT lead, first FROM contacts");

  while (wf_store_next_row (store, walk, &row, error))
    {
      WfKey key;

      if (!row)
        return TRUE;
      if (is_cancelled (n++, cancellable, error))
        return FALSE;
      wf_column_init_key (&key, walk, 0);
      if (find_lead (self, wf_key_hash_lead (&key), &lead))
        g_array_index (self->leads, WfLeadFacts, lead).first_contact =
            sqlite3_column_int64 (walk, 1);
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
add_move (Reading *self, guint index, const WfStageMove *move, guint32 before)
{
  WfLeadFacts *lead = &g_array_index (self->leads, WfLeadFacts, index);
  const WfStageMove *last =
      self->moves->len > 0 ? &g_array_index (self->moves, WfStageMove, self->moves->len - 1) : NULL;
  WfStageMove first = { .lead = move->lead, .stage = before, .at = move->at };

  if (last != NULL && last->lead == move->lead)
    {
      if (last->stage != move->stage)
        append_move (self, lead, move);
      return;
    }
  if (before != 0 && before != move->stage)
    {
      WfInstant created = g_array_index (self->told, WfInstant, index);

      if (created != WF_INSTANT_NONE && created < first.at)
        first.at = created;
      append_move (self, lead, &first);
    }
  append_move (self, lead, move);
}

/* Hashes are unsigned; SQLite's numbers are not: those beyond its largest one come last. Of leads that are unknown here no
 * move is told. */
static gboolean
read_moves (WfStore *store, Reading *self, gboolean beyond, GCancellable *cancellable,
            GError **error)
{
  gboolean row = FALSE, known = FALSE;
  guint n = 0, index = 0;
  guint64 lead = 0;
  g_auto (WfStatement) walk = wf_store_prepare (
      store, "SELECT lead, at, stage, before FROM stage_moves WHERE lead >= ?1 AND lead <= ?2"
             " ORDER BY lead, at, stage");

  sqlite3_bind_int64 (walk, 1, beyond ? G_MININT64 : 0);
  sqlite3_bind_int64 (walk, 2, beyond ? -1 : G_MAXINT64);
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
      if (n++ == 0 || move.lead != lead)
        known = find_lead (self, move.lead, &index);
      lead = move.lead;
      if (known)
        add_move (self, index, &move, (guint32) sqlite3_column_int64 (walk, 3));
    }
  return FALSE;
}

/* ---- both ---- */

static WfLeadFactsCache *
read_all (WfStore *self, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) reading = { 0 };
  WfLeadFactsCache *facts;
  WfStoreState state = wf_store_get_state (self);

  reading_init (&reading);
  if (!read_leads (self, &reading, cancellable, error) ||
      !read_contacts (self, &reading, cancellable, error) ||
      !read_moves (self, &reading, FALSE, cancellable, error) ||
      !read_moves (self, &reading, TRUE, cancellable, error))
    return NULL;
  facts = g_new0 (WfLeadFactsCache, 1);
  facts->leads = g_steal_pointer (&reading.leads);
  facts->moves = g_steal_pointer (&reading.moves);
  facts->state = state;
  return facts;
}

/* As they are at one moment. */
static gboolean
load (WfStore *self, GCancellable *cancellable, GError **error)
{
  gboolean is_alone;
  WfStoreState state;

  wf_store_show_event (self);
  is_alone = sqlite3_get_autocommit (self->db) != 0;
  state = wf_store_get_state (self);
  if (self->lead_facts != NULL && self->lead_facts->state.version == state.version &&
      self->lead_facts->state.changes == state.changes)
    return TRUE;
  g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
  if (is_alone && !wf_store_execute (self, "BEGIN", error))
    return FALSE;
  self->lead_facts = read_all (self, cancellable, error);
  if (is_alone && !wf_store_execute (self, "COMMIT", self->lead_facts != NULL ? error : NULL))
    g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
  return self->lead_facts != NULL;
}

/* What somebody else may still ask for is copied. */
static GArray *
hand_out (WfStore *self, GArray *array)
{
  WfLeadFactsCache *facts = self->lead_facts;
  gsize size = (gsize) facts->leads->len * sizeof (WfLeadFacts) +
               (gsize) facts->moves->len * sizeof (WfStageMove);
  GArray *copy;

  if (size <= MOST_KEPT_BYTES)
    return g_array_copy (array);
  copy = g_array_ref (array);
  g_clear_pointer (&self->lead_facts, wf_lead_facts_cache_free);
  return copy;
}

/**
 * wf_store_list_lead_facts:
 * @cancellable: (nullable): looked at now and then
 *
 * Result: (nullable): of WfLeadFacts, with what was changed here over what the CRM told; owned by the caller. NULL with an
 * error. The moves are read with them: asking for those next costs next to nothing.
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
