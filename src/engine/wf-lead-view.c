/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lead as events tell of it, put together from several of them. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-lead-view.h"

#include "wf-json-writer.h"

static void
write_merged (WfJsonWriter *writer, const char *name, const WfJson *older, const WfJson *newer)
{
  const WfJson *value;
  const char *member;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, name);
  wf_json_iter_init (&iter, older);
  while (wf_json_is (older, WF_JSON_OBJECT) && wf_json_iter_next (&iter, &member, &value))
    if (wf_json_get_member (newer, member) == NULL)
      wf_json_writer_add_value (writer, member, value);
  wf_json_writer_add_members (writer, newer);
  wf_json_writer_end (writer);
}

static gboolean
has_all_members (const WfJson *object, const WfJson *of)
{
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, of);
  while (wf_json_is (of, WF_JSON_OBJECT) && wf_json_iter_next (&iter, &name, NULL))
    if (wf_json_get_member (object, name) == NULL)
      return FALSE;
  return TRUE;
}

WfJsonDocument *
wf_lead_view_merge (const WfJson *older, const WfJson *newer)
{
  g_autoptr (WfJsonWriter) writer = NULL;

  if (has_all_members (newer, older))
    return wf_json_document_extract (newer);
  writer = wf_json_writer_new ();
  write_merged (writer, NULL, older, newer);
  return wf_json_writer_finish_document (writer);
}

static void
write_data (WfJsonWriter *writer, const WfEvent *event, const WfJson *lead)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, "data");
  wf_json_iter_init (&iter, wf_event_get_data (event));
  while (wf_json_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, "lead"))
      wf_json_writer_add_value (writer, name, value);
  write_merged (writer, "lead", wf_event_get_lead_members (event), lead);
  wf_json_writer_end (writer);
}

WfEvent *
wf_lead_view_renew_event (WfEvent *event, const WfJson *lead)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = NULL;
  const WfJson *value;
  const char *name;
  WfEvent *renewed;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, wf_event_get_root (event));
  while (wf_json_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, "data"))
      wf_json_writer_add_value (writer, name, value);
  write_data (writer, event, lead);
  document = wf_json_writer_finish_document (writer);
  renewed = wf_event_read (document, wf_json_document_get_root (document),
                           wf_event_get_time (event), NULL);
  return renewed != NULL ? renewed : wf_event_ref (event);
}
