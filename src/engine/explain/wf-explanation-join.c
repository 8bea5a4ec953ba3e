/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One activity for two reasons (B8): both explanations are kept in one. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-explanation.h"

#include "wf-json-writer.h"

#define MOST_REASONS 50 /* the list a person reads; what came first is kept */

/* The other reasons so far: the explanations in "also". */
static gboolean
is_same_reason (const WfJson *a, const WfJson *b)
{
  return wf_json_equal (wf_json_get_member (a, "event"), wf_json_get_member (b, "event")) &&
         wf_json_equal (wf_json_get_member (a, "workflow"), wf_json_get_member (b, "workflow"));
}

typedef struct
{
  WfJsonWriter *writer;
  const WfJson *root;
  GPtrArray *written; /* of const WfJson */
} Joining;

/* Without the reasons of its own, which stand beside it. */
static void
add_reason (Joining *self, const WfJson *reason)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  if (!wf_json_is (reason, WF_JSON_OBJECT) || self->written->len >= MOST_REASONS ||
      is_same_reason (self->root, reason))
    return;
  for (guint i = 0; i < self->written->len; i++)
    if (is_same_reason (g_ptr_array_index (self->written, i), reason))
      return;
  g_ptr_array_add (self->written, (gpointer) reason);
  wf_json_writer_begin_object (self->writer, NULL);
  wf_json_iter_init (&iter, reason);
  while (wf_json_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, "also"))
      wf_json_writer_add_value (self->writer, name, value);
  wf_json_writer_end (self->writer);
}

static void
add_reasons (Joining *self, const WfJson *list)
{
  const WfJson *reason;
  WfJsonIter iter;

  if (!wf_json_is (list, WF_JSON_ARRAY))
    return;
  wf_json_iter_init (&iter, list);
  while (wf_json_iter_next (&iter, NULL, &reason))
    add_reason (self, reason);
}

static char *
join (const WfJson *root, const WfJson *other)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (GPtrArray) written = g_ptr_array_new ();
  Joining self = { writer, root, written };
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_writer_begin_object (writer, NULL);
  wf_json_iter_init (&iter, root);
  while (wf_json_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, "also"))
      wf_json_writer_add_value (writer, name, value);
  wf_json_writer_begin_array (writer, "also");
  add_reasons (&self, wf_json_get_member (root, "also"));
  add_reason (&self, other);
  add_reasons (&self, wf_json_get_member (other, "also"));
  return wf_json_writer_finish (writer, FALSE);
}

/* An explanation is more than JSON: what cannot be read back would spoil the other. */
static WfJsonDocument *
parse_whole (const char *json)
{
  g_autoptr (WfExplanation) explanation = json != NULL ? wf_explanation_parse (json, NULL) : NULL;

  return explanation != NULL ? wf_json_document_parse (json, -1, 0, NULL) : NULL;
}

/**
 * wf_explanation_join:
 * @json: (nullable): the explanation of the activity that stays
 * @other_json: (nullable): the explanation of the one that joined it
 *
 * Returns: (transfer full) (nullable): the first with the second among its further reasons, each
 *   once; when one of them is missing or damaged the other alone
 */
char *
wf_explanation_join (const char *json, const char *other_json)
{
  g_autoptr (WfJsonDocument) document = parse_whole (json);
  g_autoptr (WfJsonDocument) other = parse_whole (other_json);

  if (document == NULL)
    return g_strdup (other != NULL || json == NULL ? other_json : json);
  if (other == NULL)
    return g_strdup (json);
  return join (wf_json_document_get_root (document), wf_json_document_get_root (other));
}
