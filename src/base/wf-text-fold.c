/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing text without regard to case and accents. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-text-fold.h"

#include <string.h>

/* g_ascii_tolower() is a call, and this is the innermost loop of every comparison. */
static inline guchar
lower (char c)
{
  return c >= 'A' && c <= 'Z' ? (guchar) (c + ('a' - 'A')) : (guchar) c;
}

/* The general accents only: the vowel signs of Indic, Hebrew or Arabic writing make other words. */
static gboolean
is_accent (gunichar c)
{
  return (c >= 0x0300 && c <= 0x036f) || (c >= 0x1ab0 && c <= 0x1aff) ||
         (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) ||
         (c >= 0xfe20 && c <= 0xfe2f);
}

/* Case folding makes Cherokee letters capital, everything else small; folded twice it would not be the
 * same, so all is made small. */
static char *
strip_accents (const char *text)
{
  GString *stripped = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!is_accent (c))
        g_string_append_unichar (stripped, g_unichar_tolower (c));
    }
  return g_string_free_and_steal (stripped);
}

char *
wf_text_fold (const char *text)
{
  g_autofree char *decomposed = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *normal = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  if (decomposed == NULL) /* not UTF-8 */
    return g_ascii_strdown (text, -1);
  folded = g_utf8_casefold (decomposed, -1);
  normal = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  return strip_accents (normal);
}

int
wf_text_compare_folded (const char *text, const char *folded)
{
  const char *a = text, *b = folded;
  g_autofree char *other = NULL;

  for (;; a++, b++)
    {
      guchar c = (guchar) *a;

      if (c >= 0x80)
        break;
      c = lower (*a);
      if (c != (guchar) *b)
        return c < (guchar) *b ? -1
                               : 1; /* what follows, an accent perhaps, cannot change this letter */
      if (c == '\0')
        return 0;
    }
  other = wf_text_fold (text);
  return strcmp (other, folded);
}

static gboolean
ascii_has_prefix_folded (const char *text, const char *folded)
{
  for (; *folded != '\0'; text++, folded++)
    if (lower (*text) != (guchar) *folded)
      return FALSE;
  return TRUE;
}

gboolean
wf_text_starts_with_folded (const char *text, const char *folded)
{
  g_autofree char *other = NULL;

  if (g_str_is_ascii (text))
    return ascii_has_prefix_folded (text, folded);
  other = wf_text_fold (text);
  return g_str_has_prefix (other, folded);
}

gboolean
wf_text_contains_folded (const char *text, const char *folded)
{
  g_autofree char *other = NULL;

  if (!g_str_is_ascii (text))
    {
      other = wf_text_fold (text);
      return strstr (other, folded) != NULL;
    }
  do
    if (ascii_has_prefix_folded (text, folded))
      return TRUE;
  while (*text++ != '\0');
  return FALSE;
}

guint
wf_text_hash (const char *text)
{
  g_autofree char *other = NULL;
  guint32 hash = 2166136261u; /* FNV-1a */

  if (!g_str_is_ascii (text))
    text = other = wf_text_fold (text);
  for (; *text != '\0'; text++)
    hash = (hash ^ lower (*text)) * 16777619u;
  return hash;
}
