/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as JSON: refused, or the same after writing and reading again. */
#include "fuzz-target.h"
#include "wf-json.h"

/* findable: no name has a NUL character, behind which a name cannot be asked for. */
static void
walk (const WfJson *value, gboolean findable)
{
  const WfJson *child;
  const char *name;
  WfJsonIter iter;
  gint64 number;

  wf_json_get_string (value);
  wf_json_get_double (value, 0);
  wf_json_get_int64 (value, &number);
  wf_json_iter_init (&iter, value);
  while (wf_json_iter_next (&iter, &name, &child))
    {
      if (name != NULL && findable)
        FUZZ_CHECK (wf_json_get_member (value, name) != NULL);
      walk (child, findable);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, &error);
  g_autoptr (WfJsonDocument) again = NULL;
  g_autoptr (WfJsonDocument) copy = NULL;
  g_autofree char *text = NULL;
  gboolean findable = g_strstr_len ((const char *) data, (gssize) size, "\\u0000") == NULL;
  const WfJson *root;

  if (document == NULL)
    {
      FUZZ_CHECK (error != NULL && g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  root = wf_json_document_get_root (document);
  walk (root, findable);
  text = wf_json_to_text (root, TRUE);
  again = wf_json_document_parse (text, -1, 0, NULL);
  FUZZ_CHECK (again != NULL);
  copy = wf_json_document_extract (root);
  walk (wf_json_document_get_root (copy), findable);
  FUZZ_CHECK (wf_json_equal (wf_json_document_get_root (copy), wf_json_document_get_root (copy)));
  return 0;
}
