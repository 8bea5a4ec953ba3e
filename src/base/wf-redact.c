/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes text fit for a log. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-redact.h"

#define FINGERPRINT_LENGTH 8

/* Some CRMs carry a secret in the path, so only scheme, host and port are shown; a user name is
 * not. */
char *
wf_redact_uri (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;
  g_autofree char *shown = NULL;

  if (uri != NULL)
    parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (parsed == NULL || g_uri_get_host (parsed) == NULL || g_uri_get_host (parsed)[0] == '\0')
    return g_strdup ("…");
  shown = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (parsed), NULL, g_uri_get_host (parsed),
                      g_uri_get_port (parsed), "/", NULL, NULL);
  return g_strconcat (shown, "…", NULL);
}

char *
wf_redact_id (const char *id)
{
  char *digest;

  if (id == NULL)
    return g_strdup ("none");
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  digest[FINGERPRINT_LENGTH] = '\0';
  return digest;
}
