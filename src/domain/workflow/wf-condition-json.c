/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition as JSON on its own, and whether two say the same. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-condition.h"

#include "wf-json-writer.h"

/**
 * wf_condition_to_document:
 * @self: (nullable): a condition
 *
 * Returns: (transfer full) (nullable): the condition as in a document; %NULL for none
 */
WfJsonDocument *
wf_condition_to_document (const WfCondition *self)
{
  g_autoptr (WfJsonWriter) writer = NULL;

  if (self == NULL)
    return NULL;
  writer = wf_json_writer_new ();
  wf_condition_write (self, writer, NULL);
  return wf_json_writer_finish_document (writer);
}

/**
 * wf_condition_to_json:
 * @self: (nullable): a condition
 *
 * Returns: (transfer full) (nullable): the condition as JSON text; %NULL for none
 */
char *
wf_condition_to_json (const WfCondition *self)
{
  g_autoptr (WfJsonWriter) writer = NULL;

  if (self == NULL)
    return NULL;
  writer = wf_json_writer_new ();
  wf_condition_write (self, writer, NULL);
  return wf_json_writer_finish (writer, FALSE);
}

/**
 * wf_condition_equal:
 * @a: (nullable): a condition
 * @b: (nullable): another
 *
 * Returns: whether a document would have the same
 */
gboolean
wf_condition_equal (const WfCondition *a, const WfCondition *b)
{
  g_autoptr (WfJsonDocument) one = NULL, other = NULL;

  if (a == b || a == NULL || b == NULL)
    return a == b;
  one = wf_condition_to_document (a);
  other = wf_condition_to_document (b);
  return wf_json_equal (wf_json_document_get_root (one), wf_json_document_get_root (other));
}
