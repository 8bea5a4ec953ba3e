/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log page: events with their verdicts, effects with their delivery, problems and changes, newest first; and pruning. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include "wf-instant.h"

static const char *const effect_names[] = { "create-activity", "change-activity", "send-message", "save-workflow" };
static const char *const state_names[] = { "pending", "sent", "done", "failed" };

void
wf_log_entry_free (WfLogEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->title);
  g_free (self->lead);
  g_free (self->details);
  g_free (self);
}

gboolean
wf_store_add_log (WfStore *self, WfInstant at, const char *kind, const char *title, const char *lead, const char *details,
                  GError **error)
{
  WfKey key;
  gint64 id;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  id = wf_store_take_entry (self, error);
  if (id == 0)
    return FALSE;
  g_auto (WfStatement) insert =
      wf_store_prepare (self, "INSERT INTO log (id, at, kind, title, lead, details) VALUES (?, ?, ?, ?, ?, ?)");

  wf_key_init (&key, lead);
  sqlite3_bind_int64 (insert, 1, id);
  sqlite3_bind_int64 (insert, 2, at);
  wf_bind_text (insert, 3, kind);
  wf_bind_text (insert, 4, title);
  wf_bind_key (insert, 5, &key);
  wf_bind_text (insert, 6, details);
  return wf_store_run (self, insert, error) &&
         wf_store_add_lead_item (self, &key, WF_LEAD_ITEM_LOG, id, 0, WF_INSTANT_NONE, error);
}

/* ---- one entry ---- */

static void
add_json (WfJsonWriter *writer, const char *name, const char *text)
{
  g_autoptr (WfJsonDocument) document = text == NULL ? NULL : wf_json_document_parse (text, -1, 0, NULL);

  if (document != NULL)
    wf_json_writer_add_value (writer, name, wf_json_document_get_root (document));
}

static void
add_instant (WfJsonWriter *writer, const char *name, WfInstant instant)
{
  g_autofree char *text = instant == WF_INSTANT_NONE ? NULL : wf_instant_format_utc (instant);

  wf_json_writer_add_string (writer, name, text);
}

static WfLogEntry *
read_event (WfStore *self, gint64 id)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *event = NULL;
  WfLogEntry *entry;
  g_auto (WfStatement) row =
      wf_store_prepare (self, "SELECT received, type, lead, source, event, time, trace FROM inbox WHERE id = ?");

  sqlite3_bind_int64 (row, 1, id);
  if (!wf_store_step (self, row))
    return NULL;
  event = wf_column_dup_key (row, 4);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "source", wf_store_get_name (self, sqlite3_column_int64 (row, 3)));
  wf_json_writer_add_string (writer, "id", event);
  add_instant (writer, "time", wf_column_instant (row, 5));
  add_json (writer, "verdicts", (const char *) sqlite3_column_text (row, 6));
  wf_json_writer_end (writer);

  entry = g_new0 (WfLogEntry, 1);
  entry->at = wf_column_instant (row, 0);
  entry->kind = g_strdup ("event");
  entry->title = wf_column_dup_name (self, row, 1);
  entry->lead = wf_column_dup_key (row, 2);
  entry->details = wf_json_writer_finish (writer, FALSE);
  return entry;
}

static char *
effect_to_text (const WfOutboxItem *item)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "item", item->id);
  wf_json_writer_add_string (writer, "kind", effect_names[item->kind]);
  wf_json_writer_add_string (writer, "state", state_names[item->state]);
  wf_json_writer_add_string (writer, "subject", item->subject);
  wf_json_writer_add_int (writer, "attempts", item->attempts);
  wf_json_writer_add_string (writer, "cause", item->cause);
  wf_json_writer_add_string (writer, "error", item->error);
  add_instant (writer, "not-before", item->not_before);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

static WfLogEntry *
read_effect (WfStore *self, gint64 id)
{
  g_autoptr (WfOutboxItem) item = wf_store_get_outbox_item (self, id);
  WfLogEntry *entry;
  g_auto (WfStatement) at = wf_store_prepare (self, "SELECT at FROM outbox WHERE id = ?");

  sqlite3_bind_int64 (at, 1, id);
  if (item == NULL || !wf_store_step (self, at))
    return NULL;
  entry = g_new0 (WfLogEntry, 1);
  entry->at = wf_column_instant (at, 0);
  entry->kind = g_strdup ("effect");
  entry->title = g_strdup (effect_names[item->kind]);
  entry->lead = g_strdup (item->lead);
  entry->details = effect_to_text (item);
  return entry;
}

static WfLogEntry *
read_other (WfStore *self, gint64 id)
{
  WfLogEntry *entry;
  g_auto (WfStatement) row = wf_store_prepare (self, "SELECT at, kind, title, lead, details FROM log WHERE id = ?");

  sqlite3_bind_int64 (row, 1, id);
  if (!wf_store_step (self, row))
    return NULL;
  entry = g_new0 (WfLogEntry, 1);
  entry->at = wf_column_instant (row, 0);
  entry->kind = wf_column_dup_text (row, 1);
  entry->title = wf_column_dup_text (row, 2);
  entry->lead = wf_column_dup_key (row, 3);
  entry->details = wf_column_dup_text (row, 4);
  return entry;
}

static WfLogEntry *
read_entry (WfStore *self, int source, gint64 id)
{
  WfLogEntry *entry = source == WF_LEAD_ITEM_EVENT    ? read_event (self, id)
                      : source == WF_LEAD_ITEM_EFFECT ? read_effect (self, id)
                                                      : read_other (self, id);

  if (entry != NULL)
    entry->id = id;
  return entry;
}

/* ---- pages ---- */

/* The three tables number their rows in one sequence: merged by number, newest first, they are the log. Each part of the
 * merge is walked backwards from ?1 on and only as far as the page goes. */
static const char *
get_walk (const char *kind, const char *lead)
{
  if (kind == NULL)
    return lead == NULL ? "SELECT 0, id AS id FROM inbox WHERE id < ?1 UNION ALL SELECT 3, id FROM outbox WHERE id < ?1"
                          " UNION ALL SELECT 4, id FROM log WHERE id < ?1 ORDER BY id DESC LIMIT ?4 OFFSET ?5"
                        : "SELECT 0, ref AS ref FROM lead_items WHERE lead = ?3 AND kind = 0 AND ref < ?1 UNION ALL"
                          " SELECT 3, ref FROM lead_items WHERE lead = ?3 AND kind = 3 AND ref < ?1 UNION ALL"
                          " SELECT 4, ref FROM lead_items WHERE lead = ?3 AND kind = 4 AND ref < ?1"
                          " ORDER BY ref DESC LIMIT ?4 OFFSET ?5";
  if (g_str_equal (kind, "event"))
    return lead == NULL ? "SELECT 0, id FROM inbox WHERE id < ?1 ORDER BY id DESC LIMIT ?4 OFFSET ?5"
                        : "SELECT 0, ref FROM lead_items WHERE lead = ?3 AND kind = 0 AND ref < ?1"
                          " ORDER BY ref DESC LIMIT ?4 OFFSET ?5";
  if (g_str_equal (kind, "effect"))
    return lead == NULL ? "SELECT 3, id FROM outbox WHERE id < ?1 ORDER BY id DESC LIMIT ?4 OFFSET ?5"
                        : "SELECT 3, ref FROM lead_items WHERE lead = ?3 AND kind = 3 AND ref < ?1"
                          " ORDER BY ref DESC LIMIT ?4 OFFSET ?5";
  return lead == NULL ? "SELECT 4, id FROM log WHERE kind = ?2 AND id < ?1 ORDER BY id DESC LIMIT ?4 OFFSET ?5"
                      : "SELECT 4, ref FROM lead_items l CROSS JOIN log ON log.id = ref WHERE l.lead = ?3 AND l.kind = 4"
                        " AND log.kind = ?2 AND ref < ?1 ORDER BY ref DESC LIMIT ?4 OFFSET ?5";
}

static gint64
get_newest (WfStore *self)
{
  g_auto (WfStatement) newest = wf_store_prepare (
      self, "SELECT max(ifnull((SELECT max(id) FROM inbox), 0), ifnull((SELECT max(id) FROM outbox), 0),"
            " ifnull((SELECT max(id) FROM log), 0))");

  return wf_store_step (self, newest) ? sqlite3_column_int64 (newest, 0) : 0;
}

/* Where the walk begins: at the page that was read last, if this one lies behind it and nothing was added since. So
 * scrolling down a long log costs a page each time and not the whole way. offset: reduced by what is skipped. */
static gint64
find_start (WfStore *self, const char *kind, const char *lead, gint64 newest, guint *offset)
{
  const WfLogAnchor *anchor = &self->anchor;

  if (anchor->before == 0 || anchor->newest != newest || anchor->offset > *offset ||
      g_strcmp0 (anchor->kind, kind) != 0 || g_strcmp0 (anchor->lead, lead) != 0)
    return G_MAXINT64;
  *offset -= anchor->offset;
  return anchor->before;
}

static void
remember_page (WfStore *self, const char *kind, const char *lead, gint64 newest, guint offset, gint64 last)
{
  g_set_str (&self->anchor.kind, kind);
  g_set_str (&self->anchor.lead, lead);
  self->anchor.newest = newest;
  self->anchor.offset = offset;
  self->anchor.before = last;
}

static void
flush_for_reading (WfStore *self)
{
  g_autoptr (GError) error = NULL;

  if (!wf_store_flush_event (self, NULL, &error))
    g_warning ("An event could not be stored: %s", error->message);
}

/**
 * wf_store_list_log:
 * @kind: (nullable): only of this kind
 * @lead: (nullable): only of this lead
 * @limit: 0 = all
 *
 * Result: of WfLogEntry, newest first.
 */
GPtrArray *
wf_store_list_log (WfStore *self, const char *kind, const char *lead, guint offset, guint limit)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_log_entry_free);
  gint64 newest, last = 0;
  guint skip = offset;
  WfKey key;
  g_auto (WfStatement) walk = NULL;

  flush_for_reading (self);
  newest = get_newest (self);
  walk = wf_store_prepare (self, get_walk (kind, lead));
  wf_key_init (&key, lead);
  sqlite3_bind_int64 (walk, 1, find_start (self, kind, lead, newest, &skip));
  if (kind != NULL && sqlite3_bind_parameter_index (walk, "?2") != 0)
    wf_bind_text (walk, 2, kind);
  if (lead != NULL)
    wf_bind_key (walk, 3, &key);
  sqlite3_bind_int64 (walk, 4, limit == 0 ? -1 : (gint64) limit);
  sqlite3_bind_int64 (walk, 5, skip);
  while (wf_store_step (self, walk))
    {
      WfLogEntry *entry = read_entry (self, sqlite3_column_int (walk, 0), sqlite3_column_int64 (walk, 1));

      last = sqlite3_column_int64 (walk, 1);
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  if (last != 0)
    remember_page (self, kind, lead, newest, offset + entries->len, last);
  return entries;
}

static const char *
get_count (const char *kind, const char *lead)
{
  if (kind == NULL)
    return lead == NULL ? "SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM log)"
                        : "SELECT count(*) FROM lead_items WHERE lead = ?3 AND kind IN (0, 3, 4)";
  if (g_str_equal (kind, "event"))
    return lead == NULL ? "SELECT count(*) FROM inbox" : "SELECT count(*) FROM lead_items WHERE lead = ?3 AND kind = 0";
  if (g_str_equal (kind, "effect"))
    return lead == NULL ? "SELECT count(*) FROM outbox" : "SELECT count(*) FROM lead_items WHERE lead = ?3 AND kind = 3";
  return lead == NULL ? "SELECT count(*) FROM log WHERE kind = ?2"
                      : "SELECT count(*) FROM lead_items l CROSS JOIN log ON log.id = ref WHERE l.lead = ?3 AND l.kind = 4"
                        " AND log.kind = ?2";
}

guint
wf_store_count_log (WfStore *self, const char *kind, const char *lead)
{
  WfKey key;
  g_auto (WfStatement) count = NULL;

  flush_for_reading (self);
  count = wf_store_prepare (self, get_count (kind, lead));
  wf_key_init (&key, lead);
  if (kind != NULL)
    wf_bind_text (count, 2, kind);
  if (lead != NULL)
    wf_bind_key (count, 3, &key);
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}
