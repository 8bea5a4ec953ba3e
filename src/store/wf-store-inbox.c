/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came in: events with their traces; and the same read again. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* The newest event is held back until its trace and its run have come, or something else needs it: then all are one row,
 * written once. */

void
wf_store_forget_event (WfStore *self)
{
  WfLastEvent *last = &self->last_event;

  g_clear_pointer (&last->event, wf_event_unref);
  g_clear_pointer (&last->trace, g_free);
  g_clear_pointer (&last->run, wf_stored_run_free);
  g_clear_pointer (&last->activity, g_free);
  g_clear_pointer (&last->activity_cause, g_free);
  g_clear_pointer (&last->activity_run, g_free);
  last->id = 0;
  last->is_new = last->is_held = last->has_effect = FALSE;
  if (last->run_keys != NULL)
    g_ptr_array_set_size (last->run_keys, 0);
}

static gboolean
insert_event (WfStore *self, gint64 source, gint64 type, const char *payload, GError **error)
{
  const WfLastEvent *last = &self->last_event;
  WfKey event, lead, run;
  g_auto (WfStatement) insert = wf_store_prepare (
      self,
      "INSERT INTO inbox (id, time, received, source, type, event, lead, run_workflow, run_version, run_due, run_finished,"
      " run_waits, run_key, run_state, trace, payload)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");

  wf_key_init (&event, wf_event_get_id (last->event));
  wf_key_init (&lead, wf_event_get_lead (last->event));
  sqlite3_bind_int64 (insert, 1, last->id);
  sqlite3_bind_int64 (insert, 2, wf_event_get_time (last->event));
  sqlite3_bind_int64 (insert, 3, last->received);
  sqlite3_bind_int64 (insert, 4, source);
  sqlite3_bind_int64 (insert, 5, type);
  wf_bind_key (insert, 6, &event);
  wf_bind_key (insert, 7, &lead);
  if (last->run != NULL && !wf_store_bind_run_columns (self, insert, last->run, &run, error))
    return FALSE;
  wf_bind_text (insert, 15, last->trace);
  wf_bind_text (insert, 16, payload);
  return wf_store_run (self, insert, error) &&
         wf_store_add_key (self, WF_KEY_EVENT, wf_event_key_hash (&event, source), last->id,
                           error) &&
         (last->run == NULL ||
          wf_store_add_key (self, WF_KEY_RUN, wf_key_hash (&run), last->id, error)) &&
         wf_store_note_contact_event (self, last->event, error) &&
         wf_store_note_stage_event (self, last->event, error);
}

gboolean
wf_store_flush_event (WfStore *self, GError **error)
{
  WfLastEvent *last = &self->last_event;
  g_autofree char *payload = NULL;
  gint64 source, type;

  if (!last->is_held)
    return TRUE;
  last->is_held = FALSE;
  payload = wf_event_to_text (last->event);
  return wf_store_intern (self, wf_event_get_source (last->event), &source, error) &&
         wf_store_intern (self, wf_event_get_event_type (last->event), &type, error) &&
         insert_event (self, source, type, payload, error);
}

/* A run that is held back; an event without one has nothing to show to who asks for runs. */
void
wf_store_show_run (WfStore *self)
{
  if (self->last_event.run != NULL)
    wf_store_show_event (self);
}

void
wf_store_show_event (WfStore *self)
{
  g_autoptr (GError) error = NULL;

  if (!wf_store_flush_event (self, &error))
    g_warning ("An event could not be stored: %s", error->message);
}

static gboolean
is_last_event (WfStore *self, const char *source, const char *id)
{
  const WfLastEvent *last = &self->last_event;

  return last->id != 0 && g_strcmp0 (wf_event_get_id (last->event), id) == 0 &&
         g_strcmp0 (wf_event_get_source (last->event), source) == 0;
}

WfLastEvent *
wf_store_match_new_event (WfStore *self, const char *source, const char *id)
{
  return self->last_event.is_new && is_last_event (self, source, id) ? &self->last_event : NULL;
}

typedef struct
{
  const WfKey *event;
  gint64 source;
} EventKey;

static gboolean
is_event (WfStore *self, gint64 number, gconstpointer data)
{
  const EventKey *key = data;
  g_auto (WfStatement) find =
      wf_store_prepare (self, "SELECT 1 FROM inbox WHERE id = ? AND event = ? AND source = ?");

  sqlite3_bind_int64 (find, 1, number);
  wf_bind_key (find, 2, key->event);
  sqlite3_bind_int64 (find, 3, key->source);
  return wf_store_step (self, find);
}

gint64
wf_store_find_event (WfStore *self, const char *source, const char *id)
{
  WfKey key;
  gint64 source_number;

  if (is_last_event (self, source, id))
    return self->last_event.id;
  source_number = wf_store_find_name (self, source);
  if (source_number == 0)
    return 0;
  wf_key_init (&key, id);
  return wf_store_find_key (self, WF_KEY_EVENT, wf_event_key_hash (&key, source_number), is_event,
                            &(EventKey) { &key, source_number });
}

/**
 * wf_store_add_event:
 * @received: when it arrived
 * @rowid: (out): its number, also of one that is known
 * @is_new: (out): FALSE when an event of the same source and id is there already; nothing is changed then
 */
gboolean
wf_store_add_event (WfStore *self, WfEvent *event, WfInstant received, gint64 *rowid,
                    gboolean *is_new, GError **error)
{
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  *rowid = wf_store_find_event (self, wf_event_get_source (event), wf_event_get_id (event));
  *is_new = *rowid == 0;
  if (!*is_new)
    return TRUE;
  if (!wf_store_flush_event (self, error))
    return FALSE;
  *rowid = wf_store_take_number (self, error);
  if (*rowid == 0)
    return FALSE;
  wf_store_forget_event (self);
  self->last_event.id = *rowid;
  self->last_event.event = wf_event_ref (event);
  self->last_event.received = received;
  self->last_event.is_new = self->last_event.is_held = TRUE;
  return TRUE;
}

WfEvent *
wf_store_read_event (sqlite3_stmt *row, int column, gint64 rowid)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) sqlite3_column_text (row, column),
                              sqlite3_column_bytes (row, column), 0, NULL);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfEvent *event = document == NULL ? NULL
                                    : wf_event_read (document, wf_json_document_get_root (document),
                                                     wf_column_instant (row, column + 1), problems);

  if (event == NULL)
    g_warning ("Stored event %" G_GINT64_FORMAT " cannot be read", rowid);
  return event;
}

/**
 * wf_store_get_event:
 *
 * Result: the event as it came; NULL when it is unknown or cannot be read any more (which is logged).
 */
WfEvent *
wf_store_get_event (WfStore *self, const char *source, const char *id)
{
  gint64 rowid;

  if (self->last_event.is_held && is_last_event (self, source, id))
    return wf_event_ref (self->last_event.event);
  rowid = wf_store_find_event (self, source, id);
  if (rowid == 0)
    return NULL;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT payload, received FROM inbox WHERE id = ?");

  sqlite3_bind_int64 (select, 1, rowid);
  return wf_store_step (self, select) ? wf_store_read_event (select, 0, rowid) : NULL;
}

void
wf_stored_event_free (WfStoredEvent *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->event, wf_event_unref);
  g_free (self);
}

/**
 * wf_store_list_events:
 * @from: by the event's own time; WF_INSTANT_NONE: no bound
 * @until: those before it; WF_INSTANT_NONE: no bound
 * @after_time: time of the last one of the page before; not looked at with the first page
 * @after_rowid: its rowid; 0: from the first
 *
 * Result: of WfStoredEvent; one that cannot be read any more is left out (which is logged).
 */
GPtrArray *
wf_store_list_events (WfStore *self, WfInstant from, WfInstant until, WfInstant after_time,
                      gint64 after_rowid, guint most)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_stored_event_free);

  wf_store_show_event (self);
  g_auto (WfStatement) walk =
      wf_store_prepare (self, "SELECT payload, received, id FROM inbox INDEXED BY inbox_time"
                              " WHERE (time, id) > (?1, ?2) AND time < ?3 ORDER BY time, id");

  sqlite3_bind_int64 (walk, 1, after_rowid == 0 ? from : MAX (after_time, from));
  sqlite3_bind_int64 (walk, 2, after_rowid);
  sqlite3_bind_int64 (walk, 3, until == WF_INSTANT_NONE ? G_MAXINT64 : until);
  while (events->len < most && wf_store_step (self, walk))
    {
      g_autoptr (WfStoredEvent) stored = g_new0 (WfStoredEvent, 1);

      stored->rowid = sqlite3_column_int64 (walk, 2);
      stored->event = wf_store_read_event (walk, 0, stored->rowid);
      if (stored->event != NULL)
        g_ptr_array_add (events, g_steal_pointer (&stored));
    }
  return events;
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
  if (self->last_event.is_held && self->last_event.id == event_rowid)
    {
      g_set_str (&self->last_event.trace, verdicts);
      return TRUE;
    }
  g_auto (WfStatement) update = wf_store_prepare (self, "UPDATE inbox SET trace = ? WHERE id = ?");

  wf_bind_text (update, 1, verdicts);
  sqlite3_bind_int64 (update, 2, event_rowid);
  if (!wf_store_run (self, update, error))
    return FALSE;
  if (sqlite3_changes (self->db) == 1)
    return TRUE;
  g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED, "There is no event %" G_GINT64_FORMAT,
               event_rowid);
  return FALSE;
}
