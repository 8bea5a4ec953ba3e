/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts that were begun. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-drafts.h"

GHashTable *
wf_drafts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
wf_drafts_keep (GHashTable *drafts, const char *id, const char *text)
{
  g_autofree char *kept = g_strchug (g_strdup (text));

  if (*kept != '\0')
    g_hash_table_replace (drafts, g_strdup (id), g_steal_pointer (&kept));
  else
    g_hash_table_remove (drafts, id);
}
