/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of leads that start a workflow (R127): what is due, and what is next. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

void
wf_stored_date_free (WfStoredDate *self)
{
  if (self == NULL)
    return;
  g_free (self->workflow);
  g_free (self->lead);
  g_free (self);
}

static gboolean
remove_date (WfStore *self, gint64 workflow, const WfKey *lead, GError **error)
{
  g_auto (WfStatement) remove =
      wf_store_prepare (self, "DELETE FROM dates WHERE workflow = ? AND lead = ?");

  sqlite3_bind_int64 (remove, 1, workflow);
  wf_bind_key (remove, 2, lead);
  return wf_store_run (self, remove, error);
}

/**
 * wf_store_set_date:
 * @at: when the workflow starts for this lead; replaces an earlier one. WF_INSTANT_NONE: not any more
 *
 * Result: FALSE with an error, also without a workflow or a lead.
 */
gboolean
wf_store_set_date (WfStore *self, const char *workflow, const char *lead, WfInstant at,
                   GError **error)
{
  gint64 number;
  WfKey key;

  if (!wf_store_expect_transaction (self, error) ||
      !wf_store_intern (self, workflow, &number, error))
    return FALSE;
  wf_key_init (&key, lead);
  if (at == WF_INSTANT_NONE)
    return remove_date (self, number, &key, error);
  g_auto (WfStatement) set =
      wf_store_prepare (self, "INSERT INTO dates (workflow, lead, at) VALUES (?1, ?2, ?3)"
                              " ON CONFLICT (workflow, lead) DO UPDATE SET at = ?3 WHERE at <> ?3");

  wf_bind_number (set, 1, number);
  wf_bind_key (set, 2, &key);
  sqlite3_bind_int64 (set, 3, at);
  return wf_store_run (self, set, error);
}

/**
 * wf_store_list_dates_due:
 * @until: those at or before it
 *
 * Result: of WfStoredDate, earliest first.
 */
GPtrArray *
wf_store_list_dates_due (WfStore *self, WfInstant until, guint most)
{
  GPtrArray *dates = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_stored_date_free);
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT workflow, lead, at FROM dates WHERE at <= ? ORDER BY at, workflow, lead LIMIT ?");

  sqlite3_bind_int64 (select, 1, until);
  sqlite3_bind_int64 (select, 2, most);
  while (wf_store_step (self, select))
    {
      WfStoredDate *date = g_new0 (WfStoredDate, 1);

      date->workflow = wf_column_dup_name (self, select, 0);
      date->lead = wf_column_dup_key (select, 1);
      date->at = wf_column_instant (select, 2);
      g_ptr_array_add (dates, date);
    }
  return dates;
}

/**
 * wf_store_get_next_date:
 *
 * Result: the earliest of all, also when it is past; WF_INSTANT_NONE when there is none.
 */
WfInstant
wf_store_get_next_date (WfStore *self)
{
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT at FROM dates ORDER BY at LIMIT 1");

  return wf_store_step (self, select) ? wf_column_instant (select, 0) : WF_INSTANT_NONE;
}

/**
 * wf_store_clear_dates:
 *
 * Removes every date of a workflow: it is no longer live, or its trigger looks at another field.
 */
gboolean
wf_store_clear_dates (WfStore *self, const char *workflow, GError **error)
{
  if (!wf_store_expect_transaction (self, error))
    return FALSE;
  g_auto (WfStatement) remove = wf_store_prepare (self, "DELETE FROM dates WHERE workflow = ?");

  sqlite3_bind_int64 (remove, 1, wf_store_find_name (self, workflow));
  return wf_store_run (self, remove, error);
}

gboolean
wf_store_clear_lead_dates (WfStore *self, const char *lead, GError **error)
{
  WfKey key;
  g_auto (WfStatement) remove = wf_store_prepare (self, "DELETE FROM dates WHERE lead = ?");

  wf_key_init (&key, lead);
  wf_bind_key (remove, 1, &key);
  return wf_store_run (self, remove, error);
}
