/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S14: the chain of causes that each effect carries. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-cause.h"

#include <string.h>

#define SEPARATORS ", "

/* Ids come from elsewhere and travel in an HTTP header: what would break the chain or the header
 * is percent-escaped. */
static void
append_escaped (GString *chain, const char *id)
{
  for (const guchar *c = (const guchar *) id; *c != '\0'; c++)
    if (*c <= ' ' || *c >= 0x7f || *c == ',' || *c == '/' || *c == '%')
      g_string_append_printf (chain, "%%%02X", *c);
    else
      g_string_append_c (chain, (char) *c);
}

char *
wf_cause_append (const char *before, const char *workflow, const char *step, const char *event)
{
  GString *chain = g_string_sized_new (160);

  if (before != NULL && *before != '\0')
    {
      g_string_append (chain, before);
      g_string_append_c (chain, ',');
    }
  append_escaped (chain, workflow);
  g_string_append_c (chain, '/');
  append_escaped (chain, step);
  g_string_append_c (chain, '/');
  append_escaped (chain, event);
  return g_string_free (chain, FALSE);
}

gboolean
wf_cause_names_workflow (const char *chain, const char *workflow)
{
  gsize length = strlen (workflow);

  while (chain != NULL && *chain != '\0')
    {
      chain += strspn (chain, SEPARATORS);
      if (g_ascii_strncasecmp (chain, workflow, length) == 0 &&
          (chain[length] == '\0' || strchr (SEPARATORS "/", chain[length]) != NULL))
        return TRUE;
      chain += strcspn (chain, SEPARATORS);
    }
  return FALSE;
}
