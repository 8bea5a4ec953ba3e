/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log page: events with their verdicts, effects with their delivery, problems and changes, newest first. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include "wf-instant.h"

static const char *const effect_names[] = { "create-activity", "change-activity", "send-message",
                                            "save-workflow", "perform" };
static const char *const state_names[] = { "pending", "sent", "done", "failed", "left" };

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
wf_store_add_log (WfStore *self, WfInstant at, const char *kind, const char *title,
                  const char *lead, const char *details, GError **error)
{
  WfKey key;
  gint64 id;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  id = wf_store_take_number (self, error);
  if (id == 0)
    return FALSE;
  g_auto (WfStatement) insert = wf_store_prepare (
      self, "INSERT INTO log (id, at, kind, title, lead, details) VALUES (?, ?, ?, ?, ?, ?)");

  wf_key_init (&key, lead);
  sqlite3_bind_int64 (insert, 1, id);
  sqlite3_bind_int64 (insert, 2, at);
  wf_bind_text (insert, 3, kind);
  wf_bind_text (insert, 4, title);
  wf_bind_key (insert, 5, &key);
  wf_bind_text (insert, 6, details);
  return wf_store_run (self, insert, error);
}

/* ---- one entry ---- */

static void
add_json (WfJsonWriter *writer, const char *name, const char *text)
{
  g_autoptr (WfJsonDocument) document = text == NULL ? NULL
                                                     : wf_json_document_parse (text, -1, 0, NULL);

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
  g_auto (WfStatement) row = wf_store_prepare (
      self, "SELECT received, type, lead, source, event, time, trace FROM inbox WHERE id = ?");

  sqlite3_bind_int64 (row, 1, id);
  if (!wf_store_step (self, row))
    return NULL;
  event = wf_column_dup_key (row, 4);
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "source",
                             wf_store_get_name (self, (guint32) sqlite3_column_int64 (row, 3)));
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

/* Of an action also what is to be performed: it is in the payload. Owned by the caller. */
static char *
get_effect_title (const WfOutboxItem *item)
{
  g_autoptr (WfJsonDocument) action = item->kind == WF_OUTBOX_PERFORM && item->payload != NULL
                                          ? wf_json_document_parse (item->payload, -1, 0, NULL)
                                          : NULL;
  const char *kind = action == NULL
                         ? NULL
                         : wf_json_get_member_string (wf_json_document_get_root (action), "kind");

  return kind == NULL ? g_strdup (effect_names[item->kind])
                      : g_strdup_printf ("%s/%s", effect_names[item->kind], kind);
}

static char *
effect_to_text (const WfOutboxItem *item, const char *title)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_int (writer, "item", item->id);
  wf_json_writer_add_string (writer, "kind", title);
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
  entry->title = get_effect_title (item);
  entry->lead = g_strdup (item->lead);
  entry->details = effect_to_text (item, entry->title);
  return entry;
}

static WfLogEntry *
read_other (WfStore *self, gint64 id)
{
  WfLogEntry *entry;
  g_auto (WfStatement) row =
      wf_store_prepare (self, "SELECT at, kind, title, lead, details FROM log WHERE id = ?");

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

/* The tables of the log. Where an effect has its event's number it came after it. */
enum
{
  TABLE_EVENTS,
  TABLE_EFFECTS,
  TABLE_OTHERS,
  N_TABLES,
};

static WfLogEntry *
read_entry (WfStore *self, int table, gint64 number)
{
  WfLogEntry *entry = table == TABLE_EVENTS    ? read_event (self, number)
                      : table == TABLE_EFFECTS ? read_effect (self, number)
                                               : read_other (self, number);

  if (entry != NULL)
    entry->id = number * N_TABLES + table;
  return entry;
}

/* ---- pages ---- */

/* The tables share one sequence of numbers: merged by number, newest first, they are the log. Each part of the merge is
 * walked backwards from number ?1, table ?6 on and only as far as the page goes. ?2 kind, ?3 lead. */
#define EVENTS "SELECT 0 AS t, id AS n FROM inbox WHERE id <= ?1 AND (id < ?1 OR ?6 > 0)"
#define EFFECTS "SELECT 1 AS t, id AS n FROM outbox WHERE id <= ?1 AND (id < ?1 OR ?6 > 1)"
#define OTHERS "SELECT 2 AS t, id AS n FROM log WHERE id <= ?1 AND (id < ?1 OR ?6 > 2)"
#define EVENTS_OF_LEAD                                                                             \
  "SELECT 0 AS t, id AS n FROM inbox INDEXED BY inbox_lead WHERE lead = ?3 AND id <= ?1 AND (id < ?1 OR ?6 > 0)"
#define EFFECTS_OF_LEAD                                                                                              \
  "SELECT 1 AS t, i.id AS n FROM inbox i INDEXED BY inbox_lead CROSS JOIN outbox o ON o.id = i.id WHERE i.lead = ?3" \
  " AND o.apart = 0 AND i.id <= ?1 AND (i.id < ?1 OR ?6 > 1) UNION ALL"                                              \
  " SELECT 1, id FROM outbox INDEXED BY outbox_lead WHERE lead = ?3 AND apart = 1 AND id <= ?1 AND (id < ?1 OR ?6 > 1)"
#define OTHERS_OF_LEAD                                                                             \
  "SELECT 2 AS t, id AS n FROM log INDEXED BY log_lead WHERE lead = ?3 AND id <= ?1 AND (id < ?1 OR ?6 > 2)"
#define OF_KIND " AND kind = ?2"
#define PAGE " ORDER BY n DESC, t DESC LIMIT ?4 OFFSET ?5"

static const char *
get_walk (const char *kind, const char *lead)
{
  if (kind == NULL)
    return lead == NULL ? EVENTS " UNION ALL " EFFECTS " UNION ALL " OTHERS PAGE
                        : EVENTS_OF_LEAD " UNION ALL " EFFECTS_OF_LEAD
                                         " UNION ALL " OTHERS_OF_LEAD PAGE;
  if (g_str_equal (kind, "event"))
    return lead == NULL ? EVENTS PAGE : EVENTS_OF_LEAD PAGE;
  if (g_str_equal (kind, "effect"))
    return lead == NULL ? EFFECTS PAGE : EFFECTS_OF_LEAD PAGE;
  return lead == NULL ? OTHERS OF_KIND PAGE : OTHERS_OF_LEAD OF_KIND PAGE;
}

/* Where the walk begins: behind the page that was read last, if this one lies there and nothing was added since. So
 * scrolling down a long log costs a page each time and not the whole way. offset: reduced by what is skipped. */
static void
bind_start (WfStore *self, sqlite3_stmt *walk, const char *kind, const char *lead, gint64 newest,
            guint offset)
{
  const WfLogAnchor *anchor = &self->anchor;
  gboolean goes_on = anchor->number != 0 && anchor->newest == newest && anchor->offset <= offset &&
                     g_strcmp0 (anchor->kind, kind) == 0 && g_strcmp0 (anchor->lead, lead) == 0;

  sqlite3_bind_int64 (walk, 1, goes_on ? anchor->number : G_MAXINT64);
  sqlite3_bind_int (walk, 6, goes_on ? anchor->table : 0);
  sqlite3_bind_int64 (walk, 5, goes_on ? offset - anchor->offset : offset);
}

static void
remember_page (WfStore *self, const char *kind, const char *lead, gint64 newest, guint offset,
               const WfLogEntry *last)
{
  g_set_str (&self->anchor.kind, kind);
  g_set_str (&self->anchor.lead, lead);
  self->anchor.newest = newest;
  self->anchor.offset = offset;
  self->anchor.number = last->id / N_TABLES;
  self->anchor.table = (int) (last->id % N_TABLES);
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
  gint64 newest;
  WfKey key;
  g_auto (WfStatement) walk = NULL;

  wf_store_show_event (self);
  newest = wf_store_get_newest_number (self);
  walk = wf_store_prepare (self, get_walk (kind, lead));
  wf_key_init (&key, lead);
  bind_start (self, walk, kind, lead, newest, offset);
  wf_bind_text (walk, 2, kind);
  wf_bind_key (walk, 3, &key);
  sqlite3_bind_int64 (walk, 4, limit == 0 ? -1 : (gint64) limit);
  while (wf_store_step (self, walk))
    {
      WfLogEntry *entry =
          read_entry (self, sqlite3_column_int (walk, 0), sqlite3_column_int64 (walk, 1));

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  if (entries->len > 0)
    remember_page (self, kind, lead, newest, offset + entries->len,
                   g_ptr_array_index (entries, entries->len - 1));
  return entries;
}

static guint
count_rows (WfStore *self, const char *sql, const char *kind, const char *lead)
{
  WfKey key;
  g_auto (WfStatement) count = wf_store_prepare (self, sql);

  wf_key_init (&key, lead);
  wf_bind_text (count, 2, kind);
  wf_bind_key (count, 3, &key);
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

static guint
count_events (WfStore *self, const char *lead)
{
  return count_rows (self,
                     lead == NULL
                         ? "SELECT count(*) FROM inbox"
                         : "SELECT count(*) FROM inbox INDEXED BY inbox_lead WHERE lead = ?3",
                     NULL, lead);
}

static guint
count_effects (WfStore *self, const char *lead)
{
  if (lead == NULL)
    return count_rows (self, "SELECT count(*) FROM outbox", NULL, NULL);
  return count_rows (
             self,
             "SELECT count(*) FROM inbox i INDEXED BY inbox_lead CROSS JOIN outbox o ON o.id = i.id"
             " WHERE i.lead = ?3 AND o.apart = 0",
             NULL, lead) +
         count_rows (
             self,
             "SELECT count(*) FROM outbox INDEXED BY outbox_lead WHERE lead = ?3 AND apart = 1",
             NULL, lead);
}

static guint
count_others (WfStore *self, const char *kind, const char *lead)
{
  if (kind == NULL)
    return count_rows (self,
                       lead == NULL ? "SELECT count(*) FROM log"
                                    : "SELECT count(*) FROM log WHERE lead = ?3",
                       NULL, lead);
  return count_rows (self,
                     lead == NULL ? "SELECT count(*) FROM log WHERE kind = ?2"
                                  : "SELECT count(*) FROM log WHERE lead = ?3 AND kind = ?2",
                     kind, lead);
}

/**
 * wf_store_count_log:
 *
 * How many entries the list would have without offset and limit.
 */
guint
wf_store_count_log (WfStore *self, const char *kind, const char *lead)
{
  wf_store_show_event (self);
  if (kind == NULL)
    return count_events (self, lead) + count_effects (self, lead) + count_others (self, NULL, lead);
  if (g_str_equal (kind, "event"))
    return count_events (self, lead);
  return g_str_equal (kind, "effect") ? count_effects (self, lead)
                                      : count_others (self, kind, lead);
}
