/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step "webhook" (R88): the data for another system; sending and signing are the shell's. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-decision.h"
#include "wf-lead-view.h"
#include "wf-merge-text.h"
#include "wf-step-settings.h"

#include <string.h>

/* The address with its merge fields filled: a value must not become a part of the address's own
 * structure, so each is percent-escaped. */
static char *
expand_url (const WfDecision *decision, const char *url)
{
  GString *expanded = g_string_sized_new (strlen (url) + 32);
  const char *end;

  for (; *url != '\0'; url = end)
    {
      g_autofree char *piece = NULL, *value = NULL, *escaped = NULL;

      end = *url == '{' && url[1] != '{' ? strchr (url, '}') : NULL;
      if (end == NULL)
        {
          end = url + (g_str_has_prefix (url, "{{") ? 2 : 1);
          g_string_append_c (expanded, *url);
          continue;
        }
      end++;
      piece = g_strndup (url, (gsize) (end - url));
      value = wf_merge_text_expand (piece, decision->context);
      escaped = g_uri_escape_string (value, NULL, TRUE);
      g_string_append (expanded, escaped);
    }
  return g_string_free_and_steal (expanded);
}

static void
write_event (const WfDecision *decision, gboolean whole, WfJsonWriter *writer)
{
  const WfJson *root = wf_event_get_root (decision->event), *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, "event");
  if (wf_json_get_member (root, "id") == NULL)
    wf_json_writer_add_string (writer, "id", wf_event_get_id (decision->event));
  wf_json_iter_init (&iter, root);
  while (wf_json_iter_next (&iter, &name, &value))
    if (whole || !g_str_equal (name, "data"))
      wf_json_writer_add_value (writer, name, value);
  wf_json_writer_end (writer);
}

/* The lead as the step's conditions see it. */
static void
write_lead (const WfDecision *decision, WfJsonWriter *writer)
{
  const WfJson *carried = wf_event_get_lead_members (decision->context->event);
  g_autoptr (WfJsonDocument) merged = NULL;

  if (carried != NULL && decision->lead != NULL)
    merged = wf_lead_view_merge (decision->lead, carried);
  if (merged != NULL)
    wf_json_writer_add_value (writer, "lead", wf_json_document_get_root (merged));
  else if (carried != NULL || decision->lead != NULL)
    wf_json_writer_add_value (writer, "lead", carried != NULL ? carried : decision->lead);
}

static void
write_payload (const WfDecision *decision, WfJsonWriter *writer)
{
  const char *send = wf_step_get_text (decision->step, "send");

  wf_json_writer_begin_object (writer, "payload");
  write_event (decision, g_strcmp0 (send, "lead") != 0, writer);
  write_lead (decision, writer);
  wf_json_writer_begin_object (writer, "workflow");
  wf_json_writer_add_string (writer, "id", decision->workflow->id);
  wf_json_writer_add_string (writer, "name", decision->workflow->name);
  wf_json_writer_add_int (writer, "version", decision->workflow->version);
  wf_json_writer_end (writer);
  wf_json_writer_add_string (writer, "step", decision->step->id);
  wf_json_writer_end (writer);
}

WfEffect *
wf_decide_webhook (const WfDecision *decision, const char **reason)
{
  const char *url = wf_step_get_text (decision->step, "url");
  g_autofree char *expanded = url != NULL ? expand_url (decision, url) : NULL;
  WfJsonWriter *writer;

  *reason = "no-url";
  if (expanded == NULL)
    return NULL;
  writer = wf_decision_begin_members ();
  wf_json_writer_add_string (writer, "url", expanded);
  write_payload (decision, writer);
  if (wf_step_get_flag (decision->step, "allow-private"))
    wf_json_writer_add_boolean (writer, "allow-private", TRUE);
  return wf_decision_finish_action (decision, WF_ACTION_WEBHOOK, writer, NULL);
}
