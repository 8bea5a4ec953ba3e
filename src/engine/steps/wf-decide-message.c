/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps "send-email" (R84), "send-message" and "post-to-stream" (R80): the CRM sends them. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-assignee.h"
#include "wf-decision.h"
#include "wf-step-settings.h"

#include <string.h>

static void
write_texts (WfJsonWriter *writer, const char *name, const char *const *texts)
{
  wf_json_writer_begin_array (writer, name);
  for (guint i = 0; texts[i] != NULL; i++)
    wf_json_writer_add_string (writer, NULL, texts[i]);
  wf_json_writer_end (writer);
}

/* The lead's address as it stands in the record, without blanks around it; NULL when there is
 * none. Owned by the caller. */
static char *
dup_lead_address (const WfDecision *decision)
{
  g_autofree char *address = g_strdup (wf_decision_get_field (decision, "lead.email"));

  if (address == NULL || strchr (g_strstrip (address), '@') == NULL)
    return NULL;
  return g_steal_pointer (&address);
}

/* A person of the company is named ("person:ID"): only the CRM knows their address. */
static char *
find_address (const WfDecision *decision, const char **reason)
{
  const char *to = wf_step_get_text (decision->step, "to");
  WfResponsible person;

  *reason = "no-email";
  if (g_strcmp0 (to, "lead") == 0)
    return dup_lead_address (decision);
  if (!wf_responsible_resolve_recipient (decision->organisation, decision->workflow,
                                         wf_decision_find_owner (decision), to, &person, reason))
    return NULL;
  return g_strconcat ("person:", person.person, NULL);
}

WfEffect *
wf_decide_send_email (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  g_autofree char *to = find_address (decision, reason);
  g_autofree char *subject = wf_decision_expand (decision, "subject");
  g_autofree char *text = wf_decision_expand (decision, "text");
  WfJsonWriter *writer;

  if (to == NULL)
    return NULL;
  *reason = "no-text";
  if (subject == NULL || text == NULL)
    return NULL;
  writer = wf_decision_begin_members ();
  write_texts (writer, "to", (const char *const[]) { to, NULL });
  wf_json_writer_add_string (writer, "subject", subject);
  wf_json_writer_add_string (writer, "text", text);
  wf_json_writer_add_string (writer, "sender", wf_step_get_text (step, "sender"));
  if (wf_step_get_flag (step, "track-opening"))
    wf_json_writer_add_boolean (writer, "track-opening", TRUE);
  return wf_decision_finish_action (decision, WF_ACTION_SEND_EMAIL, writer, NULL);
}

/* The lead's number as it stands in the record; NULL without a digit. Owned by the caller. */
static char *
dup_lead_phone (const WfDecision *decision)
{
  g_autofree char *phone = g_strdup (wf_decision_get_field (decision, "lead.phone"));

  if (phone == NULL || strpbrk (g_strstrip (phone), "0123456789") == NULL)
    return NULL;
  return g_steal_pointer (&phone);
}

/* An approved template has places to fill: the lines of the text fill them in their order. */
static void
write_message (WfJsonWriter *writer, const char *template, const char *text)
{
  g_auto (GStrv) lines = NULL;

  if (template == NULL)
    {
      wf_json_writer_add_string (writer, "text", text);
      return;
    }
  wf_json_writer_add_string (writer, "template", template);
  if (text == NULL || *text == '\0')
    return;
  lines = g_strsplit (text, "\n", -1);
  write_texts (writer, "variables", (const char *const *) lines);
}

WfEffect *
wf_decide_send_message (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  const char *template = wf_step_get_text (step, "template");
  g_autofree char *phone = dup_lead_phone (decision);
  g_autofree char *text = wf_decision_expand (decision, "text");
  WfJsonWriter *writer;

  *reason = "no-phone";
  if (phone == NULL)
    return NULL;
  *reason = "no-text";
  if (template == NULL && text == NULL)
    return NULL;
  writer = wf_decision_begin_members ();
  wf_json_writer_add_string (writer, "channel", wf_step_get_text (step, "channel"));
  wf_json_writer_add_string (writer, "to", phone);
  write_message (writer, template, text);
  return wf_decision_finish_action (decision, WF_ACTION_SEND_MESSAGE, writer, NULL);
}

WfEffect *
wf_decide_post_to_stream (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  g_autofree char *text = wf_decision_expand (decision, "text");
  g_auto (GStrv) recipients = wf_step_dup_list (step, "mentions");
  g_auto (GStrv) people = NULL;
  WfJsonWriter *writer;

  *reason = "no-record";
  if (wf_event_get_lead (decision->event) == NULL)
    return NULL;
  *reason = "no-text";
  if (text == NULL)
    return NULL;
  people = wf_recipients_list_people (decision->organisation, decision->workflow,
                                      wf_decision_find_owner (decision),
                                      (const char *const *) recipients);
  writer = wf_decision_begin_members ();
  wf_json_writer_add_string (writer, "text", text);
  if (people[0] != NULL)
    write_texts (writer, "mentions", (const char *const *) people);
  wf_json_writer_add_string (writer, "sender", wf_step_get_text (step, "sender"));
  return wf_decision_finish_action (decision, WF_ACTION_POST_TO_STREAM, writer, NULL);
}
