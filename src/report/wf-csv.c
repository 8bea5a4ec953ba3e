/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as comma-separated values. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-csv.h"

#include <string.h>

/* "+55 (11) 98888-0000" and "-3" begin like formulas and compute nothing. */
static gboolean
is_formula (const char *text)
{
  if (*text == '\0' || strchr ("=+-@\t\r", *text) == NULL)
    return FALSE;
  return text[strspn (text, "+-0123456789 .,()/")] != '\0';
}

/**
 * wf_csv_append_field:
 * @csv: gets the field
 * @text: (nullable): what is in it
 * @last: whether the line ends behind it
 */
void
wf_csv_append_field (GString *csv, const char *text, gboolean last)
{
  const char *value = text != NULL ? text : "";

  g_string_append_c (csv, '"');
  if (is_formula (value))
    g_string_append_c (csv, '\'');
  for (const char *c = value; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append (csv, last ? "\"\r\n" : "\",");
}
