/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Template documents, whose texts are there in several languages. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-ctl-template.h"

#include "wf-json-writer.h"

/**
 * wf_ctl_template_list_languages:
 * @root: a template's document
 *
 * Returns: (transfer full): the languages of its name
 */
char **
wf_ctl_template_list_languages (const WfJson *root)
{
  g_autoptr (GStrvBuilder) languages = g_strv_builder_new ();
  const char *language;
  WfJsonIter iter;

  wf_json_iter_init (&iter, wf_json_get_member (root, "name"));
  while (wf_json_iter_next (&iter, &language, NULL))
    if (language != NULL)
      g_strv_builder_add (languages, language);
  return g_strv_builder_end (languages);
}

/* A text in several languages is an object of texts with one in English among them. */
static gboolean
is_translated (const WfJson *value)
{
  const WfJson *text;
  WfJsonIter iter;

  if (!wf_json_is (wf_json_get_member (value, "en"), WF_JSON_STRING))
    return FALSE;
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, NULL, &text))
    if (!wf_json_is (text, WF_JSON_STRING))
      return FALSE;
  return TRUE;
}

/* Recursion is bounded by the depth of documents. */
static void
write_in (WfJsonWriter *writer, const char *name, const WfJson *value, const char *language)
{
  const WfJson *inner;
  const char *member;
  WfJsonIter iter;

  if (is_translated (value))
    {
      inner = wf_json_get_member (value, language);
      wf_json_writer_add_value (writer, name,
                                inner != NULL ? inner : wf_json_get_member (value, "en"));
      return;
    }
  if (!wf_json_is (value, WF_JSON_OBJECT) && !wf_json_is (value, WF_JSON_ARRAY))
    {
      wf_json_writer_add_value (writer, name, value);
      return;
    }
  if (wf_json_is (value, WF_JSON_OBJECT))
    wf_json_writer_begin_object (writer, name);
  else
    wf_json_writer_begin_array (writer, name);
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, &member, &inner))
    write_in (writer, member, inner, language);
  wf_json_writer_end (writer);
}

/* The workflow is called what the template is called. */
static void
write_workflow (WfJsonWriter *writer, const WfJson *root, const WfJson *workflow,
                const char *language)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  if (wf_json_get_member (workflow, "name") == NULL && wf_json_get_member (root, "name") != NULL)
    write_in (writer, "name", wf_json_get_member (root, "name"), language);
  wf_json_iter_init (&iter, workflow);
  while (wf_json_iter_next (&iter, &name, &value))
    write_in (writer, name, value, language);
  wf_json_writer_end (writer);
}

/**
 * wf_ctl_template_get_workflow:
 * @root: a template's document
 * @language: one of its languages
 *
 * Returns: (transfer full) (nullable): its workflow in that language
 */
WfJsonDocument *
wf_ctl_template_get_workflow (const WfJson *root, const char *language)
{
  const WfJson *workflow = wf_json_get_member (root, "workflow");
  g_autoptr (WfJsonWriter) writer = NULL;

  if (!wf_json_is (workflow, WF_JSON_OBJECT))
    return NULL;
  writer = wf_json_writer_new ();
  write_workflow (writer, root, workflow, language);
  return wf_json_writer_finish_document (writer);
}
