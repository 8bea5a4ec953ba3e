/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads as last seen, and what of them goes over to their activities. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"
#include "wf-text-fold.h"

void
wf_stored_lead_free (WfStoredLead *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->lead, wf_json_document_unref);
  g_free (self->id);
  g_free (self);
}

static void
remember_lead (WfStore *self, const char *id, gint64 origin)
{
  g_free (self->last_lead);
  self->last_lead = g_strdup (id);
  self->last_origin = origin;
}

/* As the event that is being worked on says, for a lead that was not stored yet. */
static const char *
get_origin_in_event (WfStore *self, const char *lead)
{
  const WfLastEvent *last = &self->last_event;

  if (last->id == 0 || g_strcmp0 (wf_event_get_lead (last->event), lead) != 0)
    return NULL;
  return wf_json_get_string (wf_event_get_field (last->event, "lead.origin"));
}

gint64
wf_store_get_lead_origin (WfStore *self, const char *lead)
{
  const char *origin;
  WfKey key;

  if (lead == NULL)
    return 0;
  if (self->in_transaction && g_strcmp0 (lead, self->last_lead) == 0)
    return self->last_origin;
  origin = get_origin_in_event (self, lead);
  if (origin != NULL)
    {
      gint64 number = 0;

      if (wf_store_intern (self, origin, &number, NULL))
        remember_lead (self, lead, number);
      return number;
    }
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT origin FROM leads WHERE id = ?");

  wf_key_init (&key, lead);
  wf_bind_key (select, 1, &key);
  remember_lead (self, lead, wf_store_step (self, select) ? sqlite3_column_int64 (select, 0) : 0);
  return self->last_origin;
}

static void
append_activities (WfStore *self, const char *sql, const WfKey *lead, gint64 origin,
                   GArray *numbers)
{
  g_auto (WfStatement) walk = wf_store_prepare (self, sql);

  wf_bind_number (walk, 1, origin);
  wf_bind_key (walk, 2, lead);
  while (wf_store_step (self, walk))
    {
      gint64 number = sqlite3_column_int64 (walk, 0);

      g_array_append_val (numbers, number);
    }
}

static gboolean
count_origin (WfStore *self, gint64 activity, gint64 origin)
{
  WfDueRow row;
  g_auto (WfStatement) select = wf_store_prepare (
      self, "SELECT due, completed, status, ifnull(origin, 0) FROM activities WHERE no = ?");

  sqlite3_bind_int64 (select, 1, activity);
  if (!wf_store_step (self, select))
    return FALSE;
  row = (WfDueRow) { wf_column_instant (select, 0), wf_column_instant (select, 1),
                     sqlite3_column_int (select, 2), sqlite3_column_int64 (select, 3) };
  wf_store_count_hour (self, &row, -1);
  row.origin = origin;
  wf_store_count_hour (self, &row, 1);
  return TRUE;
}

static gboolean
set_origin (WfStore *self, gint64 activity, gint64 origin, GError **error)
{
  g_auto (WfStatement) update =
      wf_store_prepare (self, "UPDATE activities SET origin = ? WHERE no = ?");

  if (!count_origin (self, activity, origin))
    return wf_store_fail (self, error);
  wf_store_touch_facts (self, activity, NULL);
  wf_bind_number (update, 1, origin);
  sqlite3_bind_int64 (update, 2, activity);
  return wf_store_run (self, update, error);
}

/* Activities carry their lead's origin for the Web / Store flow switch (R61). Most have it already, from the event that made
 * them: so they are looked through first. */
static gboolean
pass_origin_on (WfStore *self, const WfKey *lead, gint64 origin, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  wf_store_show_event (self);
  append_activities (
      self,
      "SELECT a.no FROM inbox i INDEXED BY inbox_lead CROSS JOIN activities a ON a.no = i.id WHERE i.lead = ?2"
      " AND a.apart = 0 AND a.origin IS NOT ?1",
      lead, origin, numbers);
  append_activities (
      self,
      "SELECT no FROM activities INDEXED BY activities_lead WHERE lead = ?2 AND apart = 1"
      " AND origin IS NOT ?1",
      lead, origin, numbers);
  for (guint i = 0; i < numbers->len; i++)
    if (!set_origin (self, g_array_index (numbers, gint64, i), origin, error))
      return FALSE;
  return TRUE;
}

void
wf_lead_row_clear (WfLeadRow *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->search, g_free);
}

gboolean
wf_lead_row_init (WfLeadRow *self, WfStore *store, const char *id, const WfJson *lead,
                  GError **error)
{
  wf_lead_columns_init (&self->columns, lead);
  self->name = wf_text_fold (self->columns.name != NULL ? self->columns.name : id);
  self->search = wf_lead_columns_dup_search (&self->columns);
  return wf_store_intern (store, self->columns.stage, &self->stage, error) &&
         wf_store_intern (store, self->columns.owner, &self->owner, error) &&
         wf_store_intern (store, self->columns.source, &self->source, error) &&
         wf_store_intern (store, self->columns.unit, &self->unit, error) &&
         wf_store_intern (store, self->columns.product, &self->product, error);
}

static void
bind_lead (sqlite3_stmt *s, const WfKey *key, gint64 origin, WfInstant at, const char *text,
           const WfLeadRow *row)
{
  wf_bind_key (s, 1, key);
  wf_bind_number (s, 2, origin);
  sqlite3_bind_int64 (s, 3, at);
  wf_bind_text (s, 4, text);
  wf_bind_text (s, 5, row->name);
  wf_bind_text (s, 6, row->search);
  wf_bind_number (s, 7, row->stage);
  wf_bind_number (s, 8, row->owner);
  wf_bind_number (s, 9, row->source);
  if (row->columns.has_score)
    sqlite3_bind_double (s, 10, row->columns.score);
  wf_bind_instant (s, 11, row->columns.created);
  wf_bind_number (s, 12, row->unit);
  wf_bind_number (s, 13, row->product);
  if (row->columns.value != 0)
    sqlite3_bind_double (s, 14, row->columns.value);
}

/* Most events of a known lead leave what it is listed by as it was: then no index is touched. *written: it was so. */
static gboolean
touch_lead (WfStore *self, const WfKey *key, gint64 origin, WfInstant at, const char *text,
            const WfLeadRow *row, gboolean *written, GError **error)
{
  g_auto (WfStatement) update = wf_store_prepare (
      self,
      "UPDATE leads SET at = ?3, lead = ?4 WHERE id = ?1 AND at <= ?3 AND origin IS ?2 AND name IS ?5"
      " AND search IS ?6 AND stage IS ?7 AND owner IS ?8 AND source IS ?9 AND score IS ?10 AND created IS ?11"
      " AND unit IS ?12 AND product IS ?13 AND value IS ?14 AND heard IS NOT NULL");

  bind_lead (update, key, origin, at, text, row);
  if (!wf_store_run (self, update, error))
    return FALSE;
  *written = sqlite3_changes (self->db) == 1;
  return TRUE;
}

static gboolean
put_lead (WfStore *self, const WfKey *key, gint64 origin, WfInstant at, const char *text,
          const WfLeadRow *row, gboolean *written, GError **error)
{
  if (!touch_lead (self, key, origin, at, text, row, written, error))
    return FALSE;
  if (*written)
    return TRUE;
  g_auto (WfStatement) set = wf_store_prepare (
      self,
      "INSERT INTO leads (id, origin, at, lead, name, search, stage, owner, source, score, created, unit, product, value,"
      " heard) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?3) ON CONFLICT (id) DO UPDATE"
      " SET origin = ?2, at = ?3, lead = ?4, name = ?5, search = ?6, stage = ?7, owner = ?8, source = ?9, score = ?10,"
      " created = ?11, unit = ?12, product = ?13, value = ?14, heard = ifnull(heard, ?3) WHERE at <= ?3");

  bind_lead (set, key, origin, at, text, row);
  if (!wf_store_run (self, set, error))
    return FALSE;
  *written = sqlite3_changes (self->db) == 1;
  if (*written)
    wf_store_touch_lead_facts (self, key->text);
  return TRUE;
}

/**
 * wf_store_set_lead:
 * @lead: the lead's JSON object as last seen
 * @at: when it was seen
 *
 * An older state than the stored one changes nothing. What was changed here lies over it in what leads are listed by.
 */
gboolean
wf_store_set_lead (WfStore *self, const char *id, const WfJson *lead, WfInstant at, GError **error)
{
  g_autofree char *text = wf_json_to_text (lead, FALSE);
  gint64 origin, previous = wf_store_get_lead_origin (self, id);
  g_autoptr (WfJsonDocument) shown = wf_store_dup_shown_lead (self, id, lead);
  g_auto (WfLeadRow) row = { 0 };
  gboolean written;
  WfKey key;

  if (!wf_store_expect_transaction (self, error) ||
      !wf_store_intern (self, wf_json_get_member_string (lead, "origin"), &origin, error) ||
      !wf_lead_row_init (&row, self, id, shown != NULL ? wf_json_document_get_root (shown) : lead,
                         error))
    return FALSE;
  wf_key_init (&key, id);
  if (!put_lead (self, &key, origin, at, text, &row, &written, error) ||
      !wf_store_note_contact (self, id, row.columns.first_contact, error) ||
      !wf_store_note_contact (self, id, row.columns.last_contact, error) ||
      !wf_store_note_stage_of_lead (self, id, lead, at, error))
    return FALSE;
  if (!written || previous == origin)
    return TRUE;
  remember_lead (self, id, origin);
  return pass_origin_on (self, &key, origin, error);
}

static WfJsonDocument *
read_lead (sqlite3_stmt *row, int index)
{
  WfJsonDocument *document = wf_json_document_parse (
      (const char *) sqlite3_column_text (row, index), sqlite3_column_bytes (row, index), 0, NULL);

  if (document == NULL)
    g_warning ("A stored lead cannot be read");
  return document;
}

/**
 * wf_store_get_lead:
 *
 * Result: (nullable): the lead as last seen; owned by the caller.
 */
WfJsonDocument *
wf_store_get_lead (WfStore *self, const char *id)
{
  WfInstant at;

  return wf_store_get_lead_at (self, id, &at);
}

/**
 * wf_store_get_lead_at:
 * @at: when it was seen, by the events' own times; WF_INSTANT_NONE: never
 *
 * Result: (nullable): the lead as last seen; owned by the caller.
 */
WfJsonDocument *
wf_store_get_lead_at (WfStore *self, const char *id, WfInstant *at)
{
  WfKey key;
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT lead, at FROM leads WHERE id = ? AND " WF_LEAD_WAS_TOLD);

  *at = WF_INSTANT_NONE;
  wf_key_init (&key, id);
  wf_bind_key (select, 1, &key);
  if (!wf_store_step (self, select))
    return NULL;
  *at = sqlite3_column_int64 (select, 1);
  return read_lead (select, 0);
}

/**
 * wf_store_list_leads:
 * @after: (nullable): the last id of the page before; NULL: from the first
 * @most: at most so many
 *
 * Result: of WfStoredLead, in a fixed order of their ids; one that cannot be read any more is left out (which is logged).
 */
GPtrArray *
wf_store_list_leads (WfStore *self, const char *after, guint most)
{
  GPtrArray *leads = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_stored_lead_free);
  WfKey key;
  g_auto (WfStatement) walk = wf_store_prepare (
      self, "SELECT id, lead FROM leads WHERE id > ? AND " WF_LEAD_WAS_TOLD " ORDER BY id");

  wf_key_init (&key, after);
  /* Every number is before every text. */
  if (after != NULL)
    wf_bind_key (walk, 1, &key);
  else
    sqlite3_bind_int64 (walk, 1, 0);
  while (leads->len < most && wf_store_step (self, walk))
    {
      g_autoptr (WfStoredLead) lead = g_new0 (WfStoredLead, 1);

      lead->id = wf_column_dup_key (walk, 0);
      lead->lead = read_lead (walk, 1);
      if (lead->lead != NULL)
        g_ptr_array_add (leads, g_steal_pointer (&lead));
    }
  return leads;
}

/**
 * wf_store_delete_lead:
 *
 * Forgets a lead, its dates and its moves between stages (S10). Its events, runs and activities stay. An unknown one is no error.
 */
gboolean
wf_store_delete_lead (WfStore *self, const char *id, GError **error)
{
  WfKey key;

  if (!wf_store_expect_transaction (self, error) || !wf_store_clear_lead_dates (self, id, error))
    return FALSE;
  g_auto (WfStatement) remove = wf_store_prepare (self, "DELETE FROM leads WHERE id = ?");

  wf_key_init (&key, id);
  wf_bind_key (remove, 1, &key);
  g_clear_pointer (&self->last_lead, g_free);
  wf_store_touch_lead_facts (self, id);
  return wf_store_run (self, remove, error) && wf_store_forget_stages (self, id, error);
}
