/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last contact with a lead: the newest event that came from the client or went to the client. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

#include <string.h>

/* Policy. A contact is what the client said or did towards the company, or what the company said to the client: then both
 * know of each other again. Not a contact: what only moves the lead in the CRM (received, updated, stage, score, owner), what
 * is only planned (a meeting that is scheduled, moved or cancelled: the talk about it is an event of its own), and what
 * accounting sees (deals, payments). An activity that was completed is one when it had an outcome: somebody was reached or
 * tried to be; "no longer needed" and a tick without a word are none. A call that nobody answered counts: the client called,
 * or sees that we did. */
static const struct
{
  const char *type;
  gboolean needs_outcome;
} contacts[] = {
  { "email.opened", FALSE },     { "email.link-clicked", FALSE }, { "email.replied", FALSE },
  { "email.sent", FALSE }, /* not in the catalogue; some CRMs tell it, as the next but one */
  { "message.received", FALSE }, { "message.sent", FALSE },       { "call.made", FALSE },
  { "call.missed", FALSE },      { "meeting.held", FALSE },       { "form.submitted", FALSE },
  { "ticket.submitted", FALSE }, { "activity.completed", TRUE },
};

static guint
find_type (const char *type)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (contacts) && strcmp (contacts[i].type, type) != 0)
    i++;
  return i;
}

gboolean
wf_contact_is_type (const char *type)
{
  return type != NULL && find_type (type) < G_N_ELEMENTS (contacts);
}

gboolean
wf_contact_needs_outcome (const char *type)
{
  guint i = find_type (type);

  return i < G_N_ELEMENTS (contacts) && contacts[i].needs_outcome;
}

gboolean
wf_contact_has_outcome (const WfJson *data)
{
  const char *outcome =
      wf_json_get_member_string (wf_json_get_member (data, "activity"), "outcome");

  return outcome != NULL && outcome[0] != '\0';
}

gboolean
wf_store_note_contact (WfStore *self, const char *lead, WfInstant at, GError **error)
{
  WfKey key;
  g_auto (WfStatement) note = wf_store_prepare (
      self,
      "INSERT INTO contacts (lead, at) VALUES (?1, ?2) ON CONFLICT (lead) DO UPDATE SET at = ?2 WHERE at < ?2");

  if (lead == NULL || at == WF_INSTANT_NONE)
    return TRUE;
  wf_key_init (&key, lead);
  wf_bind_key (note, 1, &key);
  sqlite3_bind_int64 (note, 2, at);
  return wf_store_run (self, note, error);
}

gboolean
wf_store_note_contact_event (WfStore *self, const WfEvent *event, GError **error)
{
  const char *lead = wf_event_get_lead (event), *type = wf_event_get_event_type (event);

  if (lead == NULL || !wf_contact_is_type (type) ||
      (wf_contact_needs_outcome (type) && !wf_contact_has_outcome (wf_event_get_data (event))))
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
