/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comments on leads, from the CRM or written here. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

/**
 * wf_store_add_comment:
 * @id: the same for a comment written here and for the one that the CRM tells back
 * @person: (nullable): who wrote it
 * @sync: how far it got (B18); what the CRM has confirmed once stays confirmed
 *
 * A known one stays as it is but for @sync.
 */
gboolean
wf_store_add_comment (WfStore *self, const char *id, const char *lead, const char *person,
                      const char *text, WfInstant at, WfSyncState sync, GError **error)
{
  WfKey key, lead_key;
  gint64 number;

  if (!wf_store_expect_transaction (self, error) || !wf_store_intern (self, person, &number, error))
    return FALSE;
  g_auto (WfStatement) add = wf_store_prepare (
      self,
      "INSERT INTO comments (id, lead, person, at, sync, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (id) DO UPDATE SET sync = ?5 WHERE sync <> 2 AND sync <> ?5");

  wf_key_init (&key, id);
  wf_key_init (&lead_key, lead);
  wf_bind_key (add, 1, &key);
  wf_bind_key (add, 2, &lead_key);
  wf_bind_number (add, 3, number);
  sqlite3_bind_int64 (add, 4, at);
  sqlite3_bind_int (add, 5, sync);
  wf_bind_text (add, 6, text);
  return wf_store_run (self, add, error);
}
