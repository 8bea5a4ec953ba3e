/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people changed of leads here and the CRM has not confirmed: beside what the CRM told, and over it in what is shown. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include "wf-json-writer.h"

static WfJsonDocument *
read_json (sqlite3_stmt *row, int index)
{
  WfJsonDocument *document = NULL;

  if (sqlite3_column_type (row, index) == SQLITE_NULL)
    return NULL;
  document = wf_json_document_parse ((const char *) sqlite3_column_text (row, index),
                                     sqlite3_column_bytes (row, index), 0, NULL);
  if (document == NULL)
    g_warning ("What was changed of a lead cannot be read");
  return document;
}

/* The members of ours over those of theirs. theirs: nullable. */
static WfJsonDocument *
lay_over (const WfJson *theirs, const WfJson *ours)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, theirs);
  while (wf_json_is (theirs, WF_JSON_OBJECT) && wf_json_iter_next (&iter, &name, &value))
    if (wf_json_get_member (ours, name) == NULL)
      wf_json_writer_add_value (writer, name, value);
  wf_json_writer_add_members (writer, ours);
  wf_json_writer_end (writer);
  return wf_json_writer_finish_document (writer);
}

WfJsonDocument *
wf_store_dup_shown_lead (WfStore *self, const char *id, const WfJson *told)
{
  g_autoptr (WfJsonDocument) local = wf_store_get_lead_local (self, id, NULL);

  return local != NULL ? lay_over (told, wf_json_document_get_root (local)) : NULL;
}

/**
 * wf_store_get_lead_local:
 * @sync: (out) (optional): how far it got; CONFIRMED: nothing was changed here
 *
 * Result: (nullable): the members; owned by the caller.
 */
WfJsonDocument *
wf_store_get_lead_local (WfStore *self, const char *id, WfSyncState *sync)
{
  WfKey key;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT local, sync FROM leads WHERE id = ?");

  if (sync != NULL)
    *sync = WF_SYNC_CONFIRMED;
  wf_key_init (&key, id);
  wf_bind_key (select, 1, &key);
  if (!wf_store_step (self, select))
    return NULL;
  if (sync != NULL)
    *sync = (WfSyncState) sqlite3_column_int (select, 1);
  return read_json (select, 0);
}

/* What the CRM never told and nothing is left of. */
static gboolean
remove_empty (WfStore *self, const WfKey *key, GError **error)
{
  g_auto (WfStatement) remove = wf_store_prepare (
      self, "DELETE FROM leads WHERE id = ? AND local IS NULL AND NOT " WF_LEAD_WAS_TOLD);

  wf_bind_key (remove, 1, key);
  wf_store_touch_lead_facts (self, key->text);
  return wf_store_run (self, remove, error);
}

static gboolean
put_columns (WfStore *self, const WfKey *key, const char *origin, const WfLeadRow *row,
             const char *local, GError **error)
{
  gint64 number;

  if (!wf_store_intern (self, origin, &number, error))
    return FALSE;
  /* Without the CRM's word the time is the least number: whatever it tells is newer. */
  g_auto (WfStatement) put = wf_store_prepare (
      self,
      "INSERT INTO leads (id, origin, at, lead, name, search, stage, owner, source, score, created, local, unit, product,"
      " value) SELECT ?1, ?2, -9223372036854775808, '{}', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13"
      " WHERE ?10 IS NOT NULL OR EXISTS (SELECT 1 FROM leads WHERE id = ?1)"
      " ON CONFLICT (id) DO UPDATE SET origin = ?2, name = ?3, search = ?4, stage = ?5, owner = ?6, source = ?7,"
      " score = ?8, created = ?9, local = ?10, unit = ?11, product = ?12, value = ?13");

  wf_bind_key (put, 1, key);
  wf_bind_number (put, 2, number);
  wf_bind_text (put, 3, row->name);
  wf_bind_text (put, 4, row->search);
  wf_bind_number (put, 5, row->stage);
  wf_bind_number (put, 6, row->owner);
  wf_bind_number (put, 7, row->source);
  if (row->columns.has_score)
    sqlite3_bind_double (put, 8, row->columns.score);
  wf_bind_instant (put, 9, row->columns.created);
  wf_bind_text (put, 10, local);
  wf_bind_number (put, 11, row->unit);
  wf_bind_number (put, 12, row->product);
  if (row->columns.value != 0)
    sqlite3_bind_double (put, 13, row->columns.value);
  wf_store_touch_lead_facts (self, key->text);
  return wf_store_run (self, put, error);
}

static gboolean
put_sync (WfStore *self, const WfKey *key, WfSyncState sync, const char *sync_error, GError **error)
{
  g_auto (WfStatement) update =
      wf_store_prepare (self, "UPDATE leads SET sync = ?2, sync_error = ?3 WHERE id = ?1");

  wf_bind_key (update, 1, key);
  sqlite3_bind_int (update, 2, sync);
  wf_bind_text (update, 3, sync_error);
  return wf_store_run (self, update, error);
}

/**
 * wf_store_set_lead_local:
 * @members: (nullable): what lies over what the CRM told; an object
 * @sync: how far it got; REFUSED without members: the CRM's state counts, and that is shown
 * @sync_error: (nullable): why it was refused, for people
 *
 * Of a lead that the CRM never told the members are all there is; without them it is gone.
 */
gboolean
wf_store_set_lead_local (WfStore *self, const char *id, const WfJson *members, WfSyncState sync,
                         const char *sync_error, GError **error)
{
  g_autoptr (WfJsonDocument) told = wf_store_get_lead (self, id);
  const WfJson *told_root = told != NULL ? wf_json_document_get_root (told) : NULL;
  g_autoptr (WfJsonDocument) shown = members != NULL ? lay_over (told_root, members) : NULL;
  const WfJson *root = shown != NULL ? wf_json_document_get_root (shown) : told_root;
  g_autofree char *text = members != NULL ? wf_json_to_text (members, FALSE) : NULL;
  g_auto (WfLeadRow) row = { 0 };
  WfKey key;

  if (!wf_store_expect_transaction (self, error) || !wf_lead_row_init (&row, self, id, root, error))
    return FALSE;
  wf_key_init (&key, id);
  g_clear_pointer (&self->last_lead, g_free);
  return put_columns (self, &key, wf_json_get_member_string (root, "origin"), &row, text, error) &&
         put_sync (self, &key, sync, sync_error, error) && remove_empty (self, &key, error);
}
