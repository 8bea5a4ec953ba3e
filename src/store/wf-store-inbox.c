/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came in: events with their traces. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* The newest event is held back until its trace comes, or something else needs it: then both are one row, written once. */

void
wf_store_drop_held_event (WfStore *self)
{
  self->held_event.id = 0;
  g_clear_pointer (&self->held_event.source, g_free);
  g_clear_pointer (&self->held_event.event, g_free);
  g_clear_pointer (&self->held_event.lead, g_free);
  g_clear_pointer (&self->held_event.type, g_free);
  g_clear_pointer (&self->held_event.payload, g_free);
}

static gboolean
insert_event (WfStore *self, gint64 source, gint64 type, const WfKey *event, const WfKey *lead, const char *trace,
              GError **error)
{
  g_auto (WfStatement) insert = wf_store_prepare (
      self, "INSERT INTO inbox (id, time, received, source, type, event, lead, payload, trace)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");

  sqlite3_bind_int64 (insert, 1, self->held_event.id);
  wf_bind_instant (insert, 2, self->held_event.time);
  wf_bind_instant (insert, 3, self->held_event.received);
  sqlite3_bind_int64 (insert, 4, source);
  sqlite3_bind_int64 (insert, 5, type);
  wf_bind_key (insert, 6, event);
  wf_bind_key (insert, 7, lead);
  wf_bind_text (insert, 8, self->held_event.payload);
  wf_bind_text (insert, 9, trace);
  return wf_store_run (self, insert, error);
}

gboolean
wf_store_flush_event (WfStore *self, const char *trace, GError **error)
{
  WfKey event, lead;
  gint64 source, type;

  if (self->held_event.id == 0)
    return TRUE;
  wf_key_init (&event, self->held_event.event);
  wf_key_init (&lead, self->held_event.lead);
  if (!wf_store_intern (self, self->held_event.source, &source, error) ||
      !wf_store_intern (self, self->held_event.type, &type, error) ||
      !insert_event (self, source, type, &event, &lead, trace, error) ||
      !wf_store_add_lead_item (self, &lead, WF_LEAD_ITEM_EVENT, self->held_event.id, 0, WF_INSTANT_NONE, error))
    return FALSE;
  wf_store_drop_held_event (self);
  return TRUE;
}

/* A read in the middle of a transaction must see the held event; when writing it fails, the commit fails too. */
static void
show_held_event (WfStore *self)
{
  g_autoptr (GError) error = NULL;

  if (!wf_store_flush_event (self, NULL, &error))
    g_warning ("An event could not be stored: %s", error->message);
}

gint64
wf_store_find_event (WfStore *self, const char *source, const char *id)
{
  WfKey key;
  gint64 source_number;

  if (self->held_event.id != 0 && g_strcmp0 (self->held_event.event, id) == 0 &&
      g_strcmp0 (self->held_event.source, source) == 0)
    return self->held_event.id;
  source_number = wf_store_find_name (self, source);
  if (source_number == 0)
    return 0;
  g_auto (WfStatement) find = wf_store_prepare (self, "SELECT id FROM inbox WHERE event = ? AND source = ?");

  wf_key_init (&key, id);
  wf_bind_key (find, 1, &key);
  sqlite3_bind_int64 (find, 2, source_number);
  return wf_store_step (self, find) ? sqlite3_column_int64 (find, 0) : 0;
}

/**
 * wf_store_add_event:
 * @received: when it arrived
 * @rowid: (out): its number, also of one that is known
 * @is_new: (out): FALSE when an event of the same source and id is there already; nothing is changed then
 */
gboolean
wf_store_add_event (WfStore *self, WfEvent *event, WfInstant received, gint64 *rowid, gboolean *is_new, GError **error)
{
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  *rowid = wf_store_find_event (self, wf_event_get_source (event), wf_event_get_id (event));
  *is_new = *rowid == 0;
  if (!*is_new)
    return TRUE;
  if (!wf_store_flush_event (self, NULL, error))
    return FALSE;
  *rowid = wf_store_take_entry (self, error);
  if (*rowid == 0)
    return FALSE;
  self->held_event.id = *rowid;
  self->held_event.source = g_strdup (wf_event_get_source (event));
  self->held_event.event = g_strdup (wf_event_get_id (event));
  self->held_event.type = g_strdup (wf_event_get_event_type (event));
  self->held_event.lead = g_strdup (wf_event_get_lead (event));
  self->held_event.payload = wf_event_to_text (event);
  self->held_event.time = wf_event_get_time (event);
  self->held_event.received = received;
  return TRUE;
}

/**
 * wf_store_get_event:
 *
 * Result: the event as it came; NULL when it is unknown or cannot be read any more (which is logged).
 */
WfEvent *
wf_store_get_event (WfStore *self, const char *source, const char *id)
{
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfProblems) problems = NULL;
  gint64 rowid;
  WfEvent *event;

  show_held_event (self);
  rowid = wf_store_find_event (self, source, id);
  if (rowid == 0)
    return NULL;
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT payload, received FROM inbox WHERE id = ?");

  sqlite3_bind_int64 (select, 1, rowid);
  if (!wf_store_step (self, select))
    return NULL;
  document = wf_json_document_parse ((const char *) sqlite3_column_text (select, 0), sqlite3_column_bytes (select, 0), 0, NULL);
  problems = wf_problems_new (NULL);
  event = document == NULL ? NULL
                           : wf_event_read (document, wf_json_document_get_root (document), wf_column_instant (select, 1),
                                            problems);
  if (event == NULL)
    g_warning ("Stored event %" G_GINT64_FORMAT " cannot be read", rowid);
  return event;
}

/**
 * wf_store_add_trace:
 * @event_rowid: from wf_store_add_event
 * @verdicts: JSON array; replaces an earlier one
 */
gboolean
wf_store_add_trace (WfStore *self, gint64 event_rowid, const char *verdicts, GError **error)
{
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  if (self->held_event.id == event_rowid && event_rowid != 0)
    return wf_store_flush_event (self, verdicts, error);
  g_auto (WfStatement) update = wf_store_prepare (self, "UPDATE inbox SET trace = ? WHERE id = ?");

  wf_bind_text (update, 1, verdicts);
  sqlite3_bind_int64 (update, 2, event_rowid);
  if (!wf_store_run (self, update, error))
    return FALSE;
  if (sqlite3_changes (self->db) == 1)
    return TRUE;
  g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED, "There is no event %" G_GINT64_FORMAT, event_rowid);
  return FALSE;
}
