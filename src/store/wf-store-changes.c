/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people changed here and the CRM has not taken: what waits, and what was refused (B18). */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* Changes of activities, and what a person asked for without a workflow. */
#define IS_CHANGE "(kind = 1 OR (kind = 4 AND run IS NULL))"
#define WAITS                                                                                      \
  "SELECT id FROM outbox INDEXED BY outbox_undone WHERE ready IS NOT NULL AND state <> 4"
#define REFUSED "SELECT id FROM outbox INDEXED BY outbox_refused WHERE state = 3"

static const char all[] = "SELECT id FROM (" WAITS " AND " IS_CHANGE " UNION ALL " REFUSED
                          " AND " IS_CHANGE ") ORDER BY id LIMIT ?2";
static const char of_subject[] =
    "SELECT id FROM ("
    "SELECT id FROM outbox INDEXED BY outbox_changes WHERE subject = ?1 AND kind = 1 AND ready IS NOT NULL"
    " UNION " REFUSED " AND subject = ?1 AND " IS_CHANGE
    " UNION SELECT id FROM outbox INDEXED BY outbox_lead WHERE lead = ?1 AND apart = 1"
    " AND ((ready IS NOT NULL AND state <> 4) OR state = 3) AND " IS_CHANGE
    ") ORDER BY id LIMIT ?2";

/**
 * wf_store_list_changes:
 * @subject: (nullable): an activity's or a lead's id; NULL: all
 * @most: how many at most
 *
 * Result: of WfOutboxItem, oldest first: what waits for the CRM, and what it refused.
 */
GPtrArray *
wf_store_list_changes (WfStore *self, const char *subject, guint most)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_outbox_item_free);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (WfStatement) select = wf_store_prepare (self, subject != NULL ? of_subject : all);
  WfKey key;

  wf_key_init (&key, subject);
  if (subject != NULL)
    wf_bind_key (select, 1, &key);
  sqlite3_bind_int64 (select, 2, most);
  while (wf_store_step (self, select))
    {
      gint64 id = sqlite3_column_int64 (select, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      WfOutboxItem *item = wf_store_get_outbox_item (self, g_array_index (ids, gint64, i));

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

guint
wf_store_count_refused (WfStore *self)
{
  g_auto (WfStatement) count =
      wf_store_prepare (self, "SELECT count(*) FROM (" REFUSED " AND " IS_CHANGE ")");

  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

/* Policy (B18): as long as one change of an activity is refused, and neither tried again nor dropped, the activity says so,
 * whatever becomes of its other changes. reason: receives that of the latest one, for people. */
gboolean
wf_store_find_refused_change (WfStore *self, const WfKey *activity, char **reason)
{
  g_auto (WfStatement) find =
      wf_store_prepare (self, "SELECT error FROM outbox INDEXED BY outbox_refused WHERE state = 3"
                              " AND subject = ? AND kind = 1 ORDER BY id DESC LIMIT 1");

  wf_bind_key (find, 1, activity);
  if (!wf_store_step (self, find))
    return FALSE;
  *reason = wf_column_dup_text (find, 0);
  return TRUE;
}

/**
 * wf_store_list_refused_activities:
 *
 * Result: of char *, ids: the activities of which a change was refused; owned by the caller.
 */
GPtrArray *
wf_store_list_refused_activities (WfStore *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT DISTINCT subject FROM outbox INDEXED BY outbox_refused"
                              " WHERE state = 3 AND kind = 1 ORDER BY subject");

  while (wf_store_step (self, select))
    g_ptr_array_add (ids, wf_column_dup_key (select, 0));
  return ids;
}
