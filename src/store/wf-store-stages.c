/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The moves of leads between stages, as they are told; see wf-store-lead-facts.c for how they are read. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include "wf-instant.h"

/* Policy. The same move is told by its event and by what the CRM says of the lead, now or an hour later, and events come
 * late. So everything that was told is kept by its own time, and whoever reads goes through it in the order of time: a stage
 * that the lead is in already is no move. What the CRM says of a lead is kept only when it is news at that time. */

static gboolean
write_move (WfStore *self, const char *lead, gint64 before, gint64 stage, WfInstant at,
            GError **error)
{
  g_auto (WfStatement) write = wf_store_prepare (
      self, "INSERT INTO stage_moves (lead, at, stage, before) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (lead, at, stage) DO UPDATE SET before = ?4"
            " WHERE before IS NULL AND ?4 IS NOT NULL");

  sqlite3_bind_int64 (write, 1, (gint64) wf_store_hash_lead (lead));
  sqlite3_bind_int64 (write, 2, at);
  sqlite3_bind_int64 (write, 3, stage);
  wf_bind_number (write, 4, before);
  if (!wf_store_run (self, write, error))
    return FALSE;
  if (sqlite3_changes (self->db) > 0)
    wf_store_touch_lead_facts (self, lead);
  return TRUE;
}

/* The stage at that time, as far as it is known; 0: it is not. */
static gint64
get_stage_at (WfStore *self, guint64 lead, WfInstant at)
{
  g_auto (WfStatement) select = wf_store_prepare (
      self,
      "SELECT stage FROM stage_moves WHERE lead = ?1 AND at <= ?2 ORDER BY at DESC, stage DESC LIMIT 1");

  sqlite3_bind_int64 (select, 1, (gint64) lead);
  sqlite3_bind_int64 (select, 2, at);
  return wf_store_step (self, select) ? sqlite3_column_int64 (select, 0) : 0;
}

gboolean
wf_store_note_stage (WfStore *self, const char *lead, const char *before, const char *stage,
                     WfInstant at, GError **error)
{
  guint64 hash = wf_store_hash_lead (lead);
  gint64 from = 0, to = 0;

  if (lead == NULL || stage == NULL || stage[0] == '\0')
    return TRUE;
  if ((before != NULL && before[0] != '\0' && !wf_store_intern (self, before, &from, error)) ||
      !wf_store_intern (self, stage, &to, error))
    return FALSE;
  if (from == 0 && get_stage_at (self, hash, at) == to)
    return TRUE;
  return write_move (self, lead, from, to, at, error);
}

/* Whether a move to another stage is known that is not older. */
static gboolean
is_outdated (WfStore *self, guint64 lead, const char *stage, WfInstant since)
{
  g_auto (WfStatement) select =
      wf_store_prepare (self, "SELECT 1 FROM stage_moves m LEFT JOIN names n ON n.no = m.stage"
                              " WHERE m.lead = ?1 AND m.at >= ?2 AND n.name IS NOT ?3 LIMIT 1");

  sqlite3_bind_int64 (select, 1, (gint64) lead);
  sqlite3_bind_int64 (select, 2, since);
  wf_bind_text (select, 3, stage);
  return wf_store_step (self, select);
}

/* A CRM may tell since when a lead is in its stage, and from which it came ("stage-since", "stage-from"): then its last move
 * is known though nobody saw the event. What an event left of an older stage says nothing about the new one. */
gboolean
wf_store_note_stage_of_lead (WfStore *self, const char *id, const WfJson *lead, WfInstant at,
                             GError **error)
{
  const char *stage = wf_json_get_member_string (lead, "stage"),
             *since_text = wf_json_get_member_string (lead, "stage-since");
  WfInstant since;

  if (stage == NULL || since_text == NULL || !wf_instant_parse (since_text, &since) || since > at ||
      is_outdated (self, wf_store_hash_lead (id), stage, since))
    return wf_store_note_stage (self, id, NULL, stage, at, error);
  return wf_store_note_stage (self, id, wf_json_get_member_string (lead, "stage-from"), stage,
                              since, error);
}

gboolean
wf_store_note_stage_event (WfStore *self, const WfEvent *event, GError **error)
{
  const WfJson *data = wf_event_get_data (event);

  if (g_strcmp0 (wf_event_get_event_type (event), "lead.stage-changed") != 0)
    return TRUE;
  return wf_store_note_stage (
      self, wf_event_get_lead (event), wf_json_get_member_string (data, "stage_from"),
      wf_json_get_member_string (data, "stage_to"), wf_event_get_time (event), error);
}

gboolean
wf_store_forget_stages (WfStore *self, const char *lead, GError **error)
{
  g_auto (WfStatement) remove = wf_store_prepare (self, "DELETE FROM stage_moves WHERE lead = ?");

  sqlite3_bind_int64 (remove, 1, (gint64) wf_store_hash_lead (lead));
  wf_store_touch_lead_facts (self, lead);
  return wf_store_run (self, remove, error);
}
