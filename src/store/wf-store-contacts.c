/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first and the last contact with a lead: events that came from the client or went to the client. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

gboolean
wf_store_note_contact (WfStore *self, const char *lead, WfInstant at, GError **error)
{
  WfKey key;
  g_auto (WfStatement) note = wf_store_prepare (
      self,
      "INSERT INTO contacts (lead, at, first) VALUES (?1, ?2, ?2) ON CONFLICT (lead) DO UPDATE SET at = max(at, ?2),"
      " first = min(first, ?2) WHERE at < ?2 OR first > ?2");

  if (lead == NULL || at == WF_INSTANT_NONE)
    return TRUE;
  wf_key_init (&key, lead);
  wf_bind_key (note, 1, &key);
  sqlite3_bind_int64 (note, 2, at);
  if (!wf_store_run (self, note, error))
    return FALSE;
  if (sqlite3_changes (self->db) > 0)
    wf_store_touch_lead_facts (self, lead);
  return TRUE;
}

gboolean
wf_store_note_contact_event (WfStore *self, const WfEvent *event, GError **error)
{
  const char *lead = wf_event_get_lead (event);

  if (lead == NULL ||
      !wf_contact_is_event (wf_event_get_event_type (event), wf_event_get_data (event)))
    return TRUE;
  return wf_store_note_contact (self, lead, wf_event_get_time (event), error);
}

WfInstant
wf_store_get_last_contact (WfStore *self, const WfKey *lead)
{
  g_auto (WfStatement) select = wf_store_prepare (self, "SELECT at FROM contacts WHERE lead = ?");

  wf_bind_key (select, 1, lead);
  return wf_store_step (self, select) ? wf_column_instant (select, 0) : WF_INSTANT_NONE;
}
