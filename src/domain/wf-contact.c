/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which events are a contact with a lead. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-contact.h"

#include <string.h>

/* Policy. A contact is what the client said or did towards the company, or what the company said to
 * the client: then both know of each other again. Not a contact: what only moves the lead in the
 * CRM (received, updated, stage, score, owner), what is only planned (a meeting that is scheduled,
 * moved or cancelled: the talk about it is an event of its own), and what accounting sees (deals,
 * payments). An activity that was completed is one when it had an outcome: somebody was reached or
 * tried to be; "no longer needed" and a tick without a word are none. A call that nobody answered
 * counts: the client called, or sees that we did. */
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

/**
 * wf_contact_is_event:
 * @type: (nullable): an event's type
 * @data: (nullable): its data
 *
 * Returns: whether the client or the company said something to the other
 */
gboolean
wf_contact_is_event (const char *type, const WfJson *data)
{
  return wf_contact_is_type (type) &&
         (!wf_contact_needs_outcome (type) || wf_contact_has_outcome (data));
}
