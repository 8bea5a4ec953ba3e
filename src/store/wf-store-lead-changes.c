/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which leads changed in what reports count of them, and when: the journal that spares reading all of them again. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <string.h>

/* Policy. Whoever changes something that is in the facts about leads names the lead; a transaction that named any counts
 * the revision of leads up by one and leaves one row with their ids. That is all that it costs those who write. Some hundred
 * such rows are kept; a transaction that changes very many leads leaves an empty one: what is older than those, or meets
 * such a one, is read as a whole. */

#define FACT_REVISION "leads-revision"
#define MOST_BYTES (64 * 1024)
#define KEPT_REVISIONS 256

void
wf_store_touch_lead_facts (WfStore *self, const char *lead)
{
  GByteArray *ids = self->changed_leads;

  self->leads_changed = TRUE;
  if (ids->len > MOST_BYTES)
    return;
  /* One lead is mostly named several times in a row. */
  if (ids->len > 0 && strcmp ((const char *) ids->data + self->last_changed_lead, lead) == 0)
    return;
  self->last_changed_lead = ids->len;
  g_byte_array_append (ids, (const guint8 *) lead, (guint) strlen (lead) + 1);
}

void
wf_store_forget_changed_leads (WfStore *self)
{
  self->leads_changed = FALSE;
  if (self->changed_leads != NULL)
    g_byte_array_set_size (self->changed_leads, 0);
}

static gboolean
write_changes (WfStore *self, gint64 revision, GError **error)
{
  const GByteArray *ids = self->changed_leads;
  g_auto (WfStatement) write = wf_store_prepare (
      self, "INSERT OR REPLACE INTO lead_changes (revision, leads) VALUES (?, ?)");

  sqlite3_bind_int64 (write, 1, revision);
  if (ids->len <= MOST_BYTES)
    sqlite3_bind_blob (write, 2, ids->data, (int) ids->len, SQLITE_STATIC);
  return wf_store_run (self, write, error);
}

static gboolean
forget_old_changes (WfStore *self, gint64 revision, GError **error)
{
  g_auto (WfStatement) remove =
      wf_store_prepare (self, "DELETE FROM lead_changes WHERE revision <= ?");

  sqlite3_bind_int64 (remove, 1, revision - KEPT_REVISIONS);
  return wf_store_run (self, remove, error);
}

gboolean
wf_store_flush_lead_facts (WfStore *self, GError **error)
{
  gint64 revision;
  g_auto (WfStatement) count = wf_store_prepare (
      self, "INSERT INTO facts (name, value) VALUES ('" FACT_REVISION "', '1') ON CONFLICT (name)"
            " DO UPDATE SET value = printf('%d', value + 1)");

  if (!self->leads_changed)
    return TRUE;
  if (!wf_store_run (self, count, error))
    return FALSE;
  revision = wf_store_get_lead_revision (self);
  if (!write_changes (self, revision, error) || !forget_old_changes (self, revision, error))
    return FALSE;
  wf_store_forget_changed_leads (self);
  return TRUE;
}

gint64
wf_store_get_lead_revision (WfStore *self)
{
  g_autofree char *revision = wf_store_get_fact (self, FACT_REVISION);

  return revision != NULL ? g_ascii_strtoll (revision, NULL, 10) : 0;
}

/* FALSE: it is not one. */
static gboolean
add_ids (GHashTable *ids, const char *bytes, int length)
{
  if (bytes == NULL || length == 0 || bytes[length - 1] != '\0')
    return FALSE;
  for (const char *id = bytes; id < bytes + length; id += strlen (id) + 1)
    g_hash_table_add (ids, g_strdup (id));
  return TRUE;
}

/* ids: set of those that changed with the revisions after since, up to until; owned by the caller. NULL: more than most, or
 * it is not known. FALSE with an error. */
gboolean
wf_store_list_changed_leads (WfStore *self, gint64 since, gint64 until, guint most,
                             GHashTable **ids, GError **error)
{
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean row = FALSE;
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT revision, leads FROM lead_changes WHERE revision > ?1 AND revision <= ?2"
            " ORDER BY revision");

  *ids = NULL;
  if (until < since)
    return TRUE;
  sqlite3_bind_int64 (walk, 1, since);
  sqlite3_bind_int64 (walk, 2, until);
  while (wf_store_next_row (self, walk, &row, error))
    {
      if (!row)
        {
          if (since == until)
            *ids = g_steal_pointer (&set);
          return TRUE;
        }
      if (sqlite3_column_int64 (walk, 0) != ++since ||
          !add_ids (set, sqlite3_column_blob (walk, 1), sqlite3_column_bytes (walk, 1)) ||
          g_hash_table_size (set) > most)
        return TRUE;
    }
  return FALSE;
}
