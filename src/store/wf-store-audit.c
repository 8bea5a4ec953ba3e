/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail: the changes among the log's entries, found by who, what and when. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-audit.h"

#include "wf-store-private.h"
#include "wf-text-fold.h"

WfAuditQuery *
wf_audit_query_copy (const WfAuditQuery *self)
{
  WfAuditQuery *copy = g_memdup2 (self, sizeof *self);

  copy->person = g_strdup (self->person);
  copy->lead = g_strdup (self->lead);
  copy->text = g_strdup (self->text);
  return copy;
}

void
wf_audit_query_free (WfAuditQuery *self)
{
  g_free ((char *) self->person);
  g_free ((char *) self->lead);
  g_free ((char *) self->text);
  g_free (self);
}

/* Changes have an index of their own and are walked backwards in it. Who and what is in the details, and is looked at only where
 * it is asked for: a person's commands are few beside what the machine does. ?1 from, ?2 until, ?3 person, ?4 lead, ?5 subject,
 * ?6 text, folded. */
#define CHANGES                                                                                    \
  " FROM log INDEXED BY log_kind WHERE kind = 'change' AND at >= ?1 AND at < ?2"                   \
  " AND (?3 IS NULL OR ifnull(json_extract(details, '$.by'), '') = ?3)"                            \
  " AND (?4 IS NULL OR lead = ?4)"                                                                 \
  " AND (?5 = 0 OR ?5 = CASE WHEN json_extract(details, '$.activity') IS NOT NULL THEN 1"          \
  "   WHEN json_extract(details, '$.workflow') IS NOT NULL THEN 3"                                 \
  "   WHEN lead IS NOT NULL THEN 2 ELSE 4 END)"                                                    \
  " AND (?6 IS NULL OR text_has(title, ?6) OR text_has(json_extract(details, '$.text'), ?6)"       \
  "   OR text_has(json_extract(details, '$.title'), ?6)"                                           \
  "   OR text_has(json_extract(details, '$.name'), ?6)"                                            \
  "   OR text_has((SELECT l.name FROM leads l WHERE l.id = log.lead), ?6))"

static void
bind_query (sqlite3_stmt *statement, const WfAuditQuery *query)
{
  g_autofree char *folded = query->text != NULL && *query->text != '\0' ? wf_text_fold (query->text)
                                                                        : NULL;
  WfKey lead;

  wf_key_init (&lead, query->lead);
  sqlite3_bind_int64 (statement, 1, query->from);
  sqlite3_bind_int64 (statement, 2, query->until != WF_INSTANT_NONE ? query->until : G_MAXINT64);
  wf_bind_text (statement, 3, query->person);
  wf_bind_key (statement, 4, &lead);
  sqlite3_bind_int (statement, 5, (int) query->subject);
  sqlite3_bind_text (statement, 6, folded, -1, SQLITE_TRANSIENT);
}

static WfLogEntry *
read_entry (sqlite3_stmt *row)
{
  WfLogEntry *entry = g_new0 (WfLogEntry, 1);

  entry->id = sqlite3_column_int64 (row, 0);
  entry->at = wf_column_instant (row, 1);
  entry->kind = g_strdup ("change");
  entry->title = wf_column_dup_text (row, 2);
  entry->lead = wf_column_dup_key (row, 3);
  entry->details = wf_column_dup_text (row, 4);
  return entry;
}

/**
 * wf_store_list_audit:
 * @self: a store
 * @query: what is asked for
 *
 * Returns: (transfer full) (element-type WfLogEntry): the changes, newest first
 */
GPtrArray *
wf_store_list_audit (WfStore *self, const WfAuditQuery *query)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_log_entry_free);
  g_auto (WfStatement) rows = wf_store_prepare (self, "SELECT id, at, title, lead, details" CHANGES
                                                      " ORDER BY id DESC LIMIT ?7 OFFSET ?8");

  bind_query (rows, query);
  sqlite3_bind_int64 (rows, 7, query->limit == 0 ? -1 : (gint64) query->limit);
  sqlite3_bind_int64 (rows, 8, query->offset);
  while (wf_store_step (self, rows))
    g_ptr_array_add (entries, read_entry (rows));
  return entries;
}

/**
 * wf_store_count_audit:
 *
 * Returns: how many the list would have without offset and limit
 */
guint
wf_store_count_audit (WfStore *self, const WfAuditQuery *query)
{
  g_auto (WfStatement) count = wf_store_prepare (self, "SELECT count(*)" CHANGES);

  bind_query (count, query);
  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}
