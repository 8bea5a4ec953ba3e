/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first and the last contact with each lead, as the event log told them: kept beside the lead,
 * because a contact is no change of it. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-crm-private.h"

#include "wf-contact.h"
#include "wf-instant.h"

#include <string.h>

void
wf_demo_crm_note_contact (WfDemoCrm *self, const char *lead, const char *type, const WfJson *data,
                          WfInstant at)
{
  if (lead != NULL && wf_contact_is_event (type, data))
    wf_demo_database_run (
        self->database,
        "INSERT INTO contacts (lead, first, last) VALUES (?1, ?2, ?2) ON CONFLICT (lead) DO UPDATE"
        " SET first = min (first, ?2), last = max (last, ?2)",
        "si", lead, at);
}

char *
wf_demo_crm_write_contacts (const char *body, WfInstant first, WfInstant last)
{
  if (first == WF_INSTANT_NONE || last == WF_INSTANT_NONE)
    return g_strdup (body);

  g_autofree char *first_text = wf_instant_format_utc (first);
  g_autofree char *last_text = wf_instant_format_utc (last);
  /* A stored lead is an object that has at least its id: its last character closes it. */
  return g_strdup_printf ("%.*s,\"first-contact\":\"%s\",\"last-contact\":\"%s\"}",
                          (int) strlen (body) - 1, body, first_text, last_text);
}
