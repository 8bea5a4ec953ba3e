/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer of a WebDAV server: whatever it is, it is read or refused with a reason. */
#include "fuzz-target.h"
#include "wf-crm.h"
#include "wf-dav-answer.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) resources = wf_dav_answer_read (bytes, &error);

  FUZZ_CHECK ((resources == NULL) == (error != NULL));
  FUZZ_CHECK (resources != NULL || g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_PROTOCOL));
  for (guint i = 0; resources != NULL && i < resources->len; i++)
    {
      const WfDavResource *resource = resources->pdata[i];
      FUZZ_CHECK (resource->href != NULL && *resource->href != '\0');
      FUZZ_CHECK (g_utf8_validate (resource->href, -1, NULL));
      FUZZ_CHECK (resource->has_rights || !resource->may_write);
    }
  return 0;
}
