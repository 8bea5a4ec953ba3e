/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox: what has still to be told to the CRM, in order per lead (S16). */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/* The column ready orders what is undone, in one index: given to the network; then to do at once, in the order of arrival;
 * then what waits until an instant. NULL: done or refused. */
#define READY_SENT (-1)
#define READY_AT_ONCE 0

/* A creation that is not apart has its activity's number, and nothing that the activity's row says already. */
#define COLUMNS                                                                                              \
  "o.id, o.kind, o.state, o.ready, o.attempts, iif(o.apart, o.subject, a.id), iif(o.apart, o.lead, a.lead)," \
  " iif(o.apart, o.run, a.run), o.cause, o.payload, o.error, iif(o.apart, NULL, a.body), o.at"
#define TABLES                                                                                     \
  " FROM outbox o INDEXED BY outbox_undone LEFT JOIN activities a ON a.no = iif(o.apart, NULL, o.id) "

void
wf_outbox_item_free (WfOutboxItem *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->lead);
  g_free (self->payload);
  g_free (self->cause);
  g_free (self->run_key);
  g_free (self->error);
  g_free (self);
}

static char *
read_cause (WfStore *self, sqlite3_stmt *row)
{
  g_autoptr (WfActivity) a = NULL;

  if (sqlite3_column_type (row, 11) == SQLITE_NULL)
    return wf_column_dup_text (row, 8);
  a = wf_activity_new ("");
  if (!wf_store_body_read (self, sqlite3_column_blob (row, 11),
                           (gsize) sqlite3_column_bytes (row, 11), a))
    g_warning ("A stored activity cannot be read");
  return g_steal_pointer (&a->cause);
}

static WfOutboxItem *
read_item (WfStore *self, sqlite3_stmt *row)
{
  WfOutboxItem *item = g_new0 (WfOutboxItem, 1);
  gint64 ready = sqlite3_column_int64 (row, 3);

  item->id = sqlite3_column_int64 (row, 0);
  item->kind = (WfOutboxKind) sqlite3_column_int (row, 1);
  item->state = (WfOutboxState) sqlite3_column_int (row, 2);
  item->not_before = ready > READY_AT_ONCE ? ready : WF_INSTANT_NONE;
  item->attempts = (guint) sqlite3_column_int (row, 4);
  item->subject = wf_column_dup_key (row, 5);
  item->lead = wf_column_dup_key (row, 6);
  item->run_key = wf_column_dup_run (self, row, 7);
  item->cause = read_cause (self, row);
  item->payload = wf_column_dup_text (row, 9);
  item->error = wf_column_dup_text (row, 10);
  item->at = wf_column_instant (row, 12);
  return item;
}

static void
bind_own (WfStore *self, sqlite3_stmt *insert, const WfOutboxItem *item, WfKey keys[3])
{
  wf_key_init (&keys[0], item->subject);
  wf_key_init (&keys[1], item->lead);
  wf_bind_key (insert, 7, &keys[0]);
  wf_bind_key (insert, 8, &keys[1]);
  wf_bind_run (self, insert, 9, item->run_key, &keys[2]);
  wf_bind_text (insert, 10, item->cause);
}

static gboolean
insert_item (WfStore *self, const WfOutboxItem *item, gint64 id, gboolean apart, WfInstant at,
             GError **error)
{
  gboolean waits = item->not_before != WF_INSTANT_NONE && item->not_before > at;
  WfKey keys[3];
  g_auto (WfStatement) insert = wf_store_prepare (
      self,
      "INSERT INTO outbox (id, kind, state, ready, at, attempts, apart, subject, lead, run, cause, payload, error)"
      " VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");

  sqlite3_bind_int64 (insert, 1, id);
  sqlite3_bind_int (insert, 2, item->kind);
  sqlite3_bind_int64 (insert, 3, waits ? item->not_before : READY_AT_ONCE);
  sqlite3_bind_int64 (insert, 4, at);
  sqlite3_bind_int64 (insert, 5, item->attempts);
  sqlite3_bind_int (insert, 6, apart);
  if (apart)
    bind_own (self, insert, item, keys);
  wf_bind_text (insert, 11, item->payload);
  wf_bind_text (insert, 12, item->error);
  return wf_store_run (self, insert, error);
}

/* Only while no later number was given: the items' order is that of their numbers. */
static gboolean
shares_number (WfStore *self, const WfOutboxItem *item)
{
  const WfLastEvent *last = &self->last_event;

  return item->kind == WF_OUTBOX_CREATE_ACTIVITY && last->is_new && !last->has_effect &&
         last->activity != NULL && self->next_number == last->id + 1 &&
         g_strcmp0 (last->activity, item->subject) == 0 &&
         g_strcmp0 (last->activity_cause, item->cause) == 0 &&
         g_strcmp0 (last->activity_run, item->run_key) == 0 &&
         g_strcmp0 (wf_event_get_lead (last->event), item->lead) == 0;
}

/**
 * wf_store_add_outbox:
 * @item: id and state are not looked at
 * @at: now
 */
gboolean
wf_store_add_outbox (WfStore *self, const WfOutboxItem *item, WfInstant at, GError **error)
{
  gint64 id;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  if (shares_number (self, item))
    {
      self->last_event.has_effect = TRUE;
      return insert_item (self, item, self->last_event.id, FALSE, at, error);
    }
  id = wf_store_take_number (self, error);
  return id != 0 && insert_item (self, item, id, TRUE, at, error);
}

/* ---- what is ready ---- */

/* Policy (S16). Items of one lead go in their order: one that is on its way or waits for another try holds back the later
 * ones of its lead, of every kind. Creations of one lead may go together, since they are one request. Items without a lead
 * hold back those of the same subject. One call gives one kind: that of the oldest item that may go. What is left to another
 * engine is none of this line: it holds nothing back, and nothing holds it back. */
typedef struct
{
  GPtrArray *items;    /* (owned) */
  GHashTable *blocked; /* (owned) set of leads (or subjects) */
  guint most;
  WfInstant now;
  guint n_looked_at;
} Selection;

/* Rows of other kinds are not walked through for ever once there is something to do. */
static gboolean
is_enough (const Selection *selection)
{
  return selection->items->len >= selection->most ||
         (selection->items->len > 0 && selection->n_looked_at > 10 * selection->most + 100);
}

static void
consider (Selection *selection, WfOutboxItem *item)
{
  const char *line = item->lead != NULL ? item->lead : item->subject;
  gboolean left = item->state == WF_OUTBOX_LEFT;
  gboolean ready = item->state != WF_OUTBOX_SENT &&
                   (item->not_before == WF_INSTANT_NONE || item->not_before <= selection->now);
  gboolean blocked = !left && g_hash_table_contains (selection->blocked, line);
  WfOutboxItem *first = selection->items->len > 0 ? g_ptr_array_index (selection->items, 0) : NULL;
  gboolean taken = ready && !blocked && (first == NULL || first->kind == item->kind);

  selection->n_looked_at++;
  if (!blocked && !left && (!taken || item->kind != WF_OUTBOX_CREATE_ACTIVITY))
    g_hash_table_add (selection->blocked, g_strdup (line));
  if (taken)
    g_ptr_array_add (selection->items, item);
  else
    wf_outbox_item_free (item);
}

static void
read_items (WfStore *self, sqlite3_stmt *rows, GPtrArray *items)
{
  while (wf_store_step (self, rows))
    g_ptr_array_add (items, read_item (self, rows));
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const WfOutboxItem *x = *(WfOutboxItem *const *) a, *y = *(WfOutboxItem *const *) b;

  return x->id < y->id ? -1 : x->id > y->id;
}

static void
read_sent (WfStore *self, GPtrArray *items)
{
  g_auto (WfStatement) sent =
      wf_store_prepare (self, "SELECT " COLUMNS TABLES "WHERE o.ready = -1 ORDER BY o.id");

  read_items (self, sent, items);
}

/* Those that were tried before; by id. There are few: what is on its way, what waits for another try, and what is left to
 * another engine and to be asked for now. */
static GPtrArray *
list_tried (WfStore *self, WfInstant now)
{
  GPtrArray *tried = g_ptr_array_new ();
  g_auto (WfStatement) waiting = wf_store_prepare (
      self, "SELECT " COLUMNS TABLES "WHERE o.ready > 0 AND (o.state <> 4 OR o.ready <= ?)");

  sqlite3_bind_int64 (waiting, 1, now);
  read_sent (self, tried);
  read_items (self, waiting, tried);
  g_ptr_array_sort (tried, compare_items);
  return tried;
}

static void
select_ready (WfStore *self, Selection *selection)
{
  g_autoptr (GPtrArray) tried = list_tried (self, selection->now);
  guint next = 0;
  g_auto (WfStatement) fresh =
      wf_store_prepare (self, "SELECT " COLUMNS TABLES "WHERE o.ready = 0 ORDER BY o.id");

  while (!is_enough (selection) && wf_store_step (self, fresh))
    {
      gint64 id = sqlite3_column_int64 (fresh, 0);

      while (next < tried->len && ((WfOutboxItem *) g_ptr_array_index (tried, next))->id < id)
        consider (selection, g_ptr_array_index (tried, next++));
      if (!is_enough (selection))
        consider (selection, read_item (self, fresh));
    }
  for (; next < tried->len; next++)
    if (!is_enough (selection))
      consider (selection, g_ptr_array_index (tried, next));
    else
      wf_outbox_item_free (g_ptr_array_index (tried, next));
}

/* The one that is ready first; at: when it was put in. FALSE when there is none. */
static gboolean
find_first (WfStore *self, gint64 *ready, WfInstant *at)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT ready, at FROM outbox INDEXED BY outbox_undone WHERE ready >= 0 ORDER BY ready LIMIT 1");

  if (!wf_store_step (self, select))
    return FALSE;
  *ready = sqlite3_column_int64 (select, 0);
  *at = wf_column_instant (select, 1);
  return TRUE;
}

/**
 * wf_store_list_outbox_ready:
 *
 * Result: of WfOutboxItem, oldest first; see the policy above.
 */
GPtrArray *
wf_store_list_outbox_ready (WfStore *self, WfInstant now, guint most)
{
  Selection selection = {
    .items = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_outbox_item_free),
    .blocked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .most = most,
    .now = now,
  };
  gint64 ready;
  WfInstant at;

  /* What is ready at once is so also when the clock was set back since it was put in. */
  if (find_first (self, &ready, &at) && ready <= now)
    select_ready (self, &selection);
  g_hash_table_unref (selection.blocked);
  return selection.items;
}

GPtrArray *
wf_store_list_outbox_sent (WfStore *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_outbox_item_free);

  read_sent (self, items);
  return items;
}

/**
 * wf_store_get_outbox_item:
 *
 * Result: (nullable): owned by the caller.
 */
WfOutboxItem *
wf_store_get_outbox_item (WfStore *self, gint64 id)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT " COLUMNS
      " FROM outbox o LEFT JOIN activities a ON a.no = iif(o.apart, NULL, o.id) WHERE o.id = ?");

  sqlite3_bind_int64 (select, 1, id);
  return wf_store_step (self, select) ? read_item (self, select) : NULL;
}

guint
wf_store_count_outbox (WfStore *self)
{
  g_auto (WfStatement) count = wf_store_prepare (
      self,
      "SELECT (SELECT count(*) FROM outbox INDEXED BY outbox_undone WHERE ready IS NOT NULL)"
      " - (SELECT count(*) FROM outbox INDEXED BY outbox_undone WHERE ready > 0 AND state = 4)");

  return wf_store_step (self, count) ? (guint) sqlite3_column_int64 (count, 0) : 0;
}

WfInstant
wf_store_get_outbox_next (WfStore *self)
{
  gint64 ready;
  WfInstant at;

  if (!find_first (self, &ready, &at))
    return WF_INSTANT_NONE;
  return ready == READY_AT_ONCE ? at : ready;
}

/* ---- states ---- */

static gboolean
update_state (WfStore *self, gint64 id, WfOutboxState state, WfInstant not_before,
              const char *error_text, GError **error)
{
  g_auto (WfStatement) update = wf_store_prepare (
      self,
      "UPDATE outbox SET state = ?1, ready = ?2, attempts = attempts + (?1 = 1), error = ?3 WHERE id = ?4");

  sqlite3_bind_int (update, 1, state);
  if (state == WF_OUTBOX_SENT)
    sqlite3_bind_int64 (update, 2, READY_SENT);
  else if (state == WF_OUTBOX_PENDING || state == WF_OUTBOX_LEFT)
    sqlite3_bind_int64 (update, 2, not_before != WF_INSTANT_NONE ? not_before : READY_AT_ONCE);
  wf_bind_text (update, 3, error_text);
  sqlite3_bind_int64 (update, 4, id);
  return wf_store_run (self, update, error);
}

static gboolean
other_item_waits (WfStore *self, const WfOutboxItem *item)
{
  WfKey subject;
  g_auto (WfStatement) find = wf_store_prepare (
      self,
      "SELECT 1 FROM outbox INDEXED BY outbox_changes WHERE subject = ? AND kind = 1 AND ready IS NOT NULL"
      " AND id <> ? LIMIT 1");

  wf_key_init (&subject, item->subject);
  wf_bind_key (find, 1, &subject);
  sqlite3_bind_int64 (find, 2, item->id);
  return wf_store_step (self, find);
}

/* B18: the activity says how far its changes got. */
static gboolean
update_sync (WfStore *self, const WfOutboxItem *item, WfOutboxState state, const char *error_text,
             GError **error)
{
  static const WfSyncState syncs[] = { WF_SYNC_LOCAL, WF_SYNC_SENT, WF_SYNC_CONFIRMED,
                                       WF_SYNC_REFUSED, WF_SYNC_LOCAL };
  gboolean over = state == WF_OUTBOX_DONE || state == WF_OUTBOX_FAILED;
  gboolean waits = over && other_item_waits (self, item);
  g_autofree char *refusal = NULL; /* of another change of it */
  WfSyncState sync = waits && state == WF_OUTBOX_DONE ? WF_SYNC_LOCAL : syncs[state];
  WfKey subject;
  /* Above the lowest eight flags are those that say what was changed here (wf-store-activities.c). */
  g_auto (WfStatement) update = wf_store_prepare (
      self, "UPDATE activities SET sync = ?1, sync_error = ?2, flags = iif(?3, flags & 255, flags)"
            " WHERE no = ?4 AND (sync <> ?1 OR sync_error IS NOT ?2 OR (?3 AND flags > 255))");

  wf_key_init (&subject, item->subject);
  if (state != WF_OUTBOX_FAILED && wf_store_find_refused_change (self, &subject, &refusal))
    sync = WF_SYNC_REFUSED;
  sqlite3_bind_int (update, 1, sync);
  wf_bind_text (update, 2, state == WF_OUTBOX_FAILED ? error_text : refusal);
  sqlite3_bind_int (update, 3, over && !waits);
  sqlite3_bind_int64 (update, 4, wf_store_find_activity (self, &subject));
  return wf_store_run (self, update, error);
}

/**
 * wf_store_set_outbox_state:
 * @not_before: PENDING: when to try again; WF_INSTANT_NONE: at once; LEFT: when to ask again, an instant
 * @error_text: (nullable): what went wrong, for people
 */
gboolean
wf_store_set_outbox_state (WfStore *self, gint64 id, WfOutboxState state, WfInstant not_before,
                           const char *error_text, GError **error)
{
  g_autoptr (WfOutboxItem) item = NULL;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  item = wf_store_get_outbox_item (self, id);
  if (item == NULL)
    {
      g_set_error (error, WF_STORE_ERROR, WF_STORE_ERROR_FAILED,
                   "There is no outbox item %" G_GINT64_FORMAT, id);
      return FALSE;
    }
  if (!update_state (self, id, state, not_before, error_text, error))
    return FALSE;
  if (item->kind != WF_OUTBOX_CREATE_ACTIVITY && item->kind != WF_OUTBOX_CHANGE_ACTIVITY)
    return TRUE;
  return update_sync (self, item, state, error_text, error);
}

/**
 * wf_store_hasten_outbox:
 *
 * What waits for another try is ready at once, in its order. Not what is left to another engine.
 */
gboolean
wf_store_hasten_outbox (WfStore *self, GError **error)
{
  g_auto (WfStatement) update = NULL;

  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  update = wf_store_prepare (
      self, "UPDATE outbox INDEXED BY outbox_undone SET ready = 0 WHERE ready > 0 AND state = 0");
  return wf_store_run (self, update, error);
}

/**
 * wf_store_hasten_left:
 * @cause: the chain of causes with which it would be carried out
 * @at: when to ask for it; an earlier instant stays
 * @n: receives how many there are
 *
 * What is left to another engine and would have this cause: a sign of it was seen.
 */
gboolean
wf_store_hasten_left (WfStore *self, const char *cause, WfInstant at, guint *n, GError **error)
{
  g_auto (WfStatement) update = NULL;

  *n = 0;
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  update = wf_store_prepare (self,
                             "UPDATE outbox INDEXED BY outbox_undone SET ready = min(ready, ?2)"
                             " WHERE ready > 0 AND state = 4 AND cause = ?1");
  wf_bind_text (update, 1, cause);
  sqlite3_bind_int64 (update, 2, at);
  if (!wf_store_run (self, update, error))
    return FALSE;
  *n = (guint) sqlite3_changes (self->db);
  return TRUE;
}
