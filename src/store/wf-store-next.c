/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next open activity of every lead, for sorting by it and for leads without one (R4). */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <string.h>

/* Policy. An index of open activities by lead would cost every new activity, and every one that is closed, a page of its own,
 * for a question that is asked a few times an hour. So it is worked out when it is asked for: the index of open activities
 * by person, which has the lead too, is read once from its beginning to its end into a table in memory, and kept until
 * anybody writes into the store or it was not asked for in a while. One lead's own next activity, as every row of a list
 * shows it, does not need it: that is found by the lead's events. */

struct _WfNextLeads
{
  GHashTable *due; /* (owned) set of Next */
  WfStoreState state;
};

typedef struct
{
  const guint8 *bytes; /* of an entry: behind it */
  int length;
  gboolean is_text;
  WfInstant due; /* WF_INSTANT_NONE: none of them has a deadline */
} Next;

static guint
next_hash (gconstpointer key)
{
  const Next *next = key;
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (int i = 0; i < next->length; i++)
    hash = (hash ^ next->bytes[i]) * G_GUINT64_CONSTANT (1099511628211);
  return (guint) (hash ^ hash >> 32);
}

static gboolean
next_equal (gconstpointer a, gconstpointer b)
{
  const Next *x = a, *y = b;

  return x->length == y->length && x->is_text == y->is_text &&
         (x->length == 0 || memcmp (x->bytes, y->bytes, (gsize) x->length) == 0);
}

void
wf_next_leads_free (WfNextLeads *self)
{
  g_hash_table_unref (self->due);
  g_free (self);
}

static void
add_next (WfNextLeads *self, const Next *next)
{
  Next *known = g_hash_table_lookup (self->due, next), *added;

  if (known == NULL)
    {
      added = g_malloc (sizeof *added + (gsize) next->length);
      *added = *next;
      added->bytes = (const guint8 *) (added + 1);
      if (next->length > 0)
        memcpy (added + 1, next->bytes, (gsize) next->length);
      g_hash_table_add (self->due, added);
    }
  else if (known->due == WF_INSTANT_NONE ||
           (next->due != WF_INSTANT_NONE && next->due < known->due))
    known->due = next->due;
}

static WfNextLeads *
read_all (WfStore *self)
{
  WfNextLeads *leads = g_new0 (WfNextLeads, 1);
  g_auto (WfStatement) walk = wf_store_prepare (
      self,
      "SELECT lead, due FROM activities INDEXED BY activities_person WHERE status = 0 AND lead IS NOT NULL");

  leads->state = wf_store_get_state (self);
  leads->due = g_hash_table_new_full (next_hash, next_equal, g_free, NULL);
  while (wf_store_step (self, walk))
    {
      Next next = { .is_text = sqlite3_column_type (walk, 0) == SQLITE_TEXT,
                    .due = wf_column_instant (walk, 1) };

      next.bytes = sqlite3_column_blob (walk, 0);
      next.length = sqlite3_column_bytes (walk, 0);
      add_next (leads, &next);
    }
  return leads;
}

void
wf_store_load_next_leads (WfStore *self)
{
  WfStoreState state = wf_store_get_state (self);

  if (self->next_leads != NULL && self->next_leads->state.version == state.version &&
      self->next_leads->state.changes == state.changes)
    return;
  g_clear_pointer (&self->next_leads, wf_next_leads_free);
  self->next_leads = read_all (self);
}

static const Next *
find_next (WfStore *self, sqlite3_value *lead)
{
  Next key = { .is_text = sqlite3_value_type (lead) == SQLITE_TEXT };

  key.bytes = sqlite3_value_blob (lead);
  key.length = sqlite3_value_bytes (lead);
  return self->next_leads != NULL ? g_hash_table_lookup (self->next_leads->due, &key) : NULL;
}

/* lead_next(id): the earliest deadline of its open activities; NULL: there is none. */
static void
lead_next (sqlite3_context *context, int n, sqlite3_value **values)
{
  const Next *next = find_next (sqlite3_user_data (context), values[0]);

  if (next != NULL && next->due != WF_INSTANT_NONE)
    sqlite3_result_int64 (context, next->due);
}

/* lead_has_next(id): it has an open activity, with or without a deadline. */
static void
lead_has_next (sqlite3_context *context, int n, sqlite3_value **values)
{
  sqlite3_result_int (context, find_next (sqlite3_user_data (context), values[0]) != NULL);
}

gboolean
wf_store_add_next_functions (WfStore *self, GError **error)
{
  return sqlite3_create_function (self->db, "lead_next", 1, SQLITE_UTF8, self, lead_next, NULL,
                                  NULL) == SQLITE_OK &&
                 sqlite3_create_function (self->db, "lead_has_next", 1, SQLITE_UTF8, self,
                                          lead_has_next, NULL, NULL) == SQLITE_OK
             ? TRUE
             : wf_store_fail (self, error);
}
