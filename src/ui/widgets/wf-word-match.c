/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a text answers a query. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-word-match.h"

#include "wf-text-fold.h"

#include <string.h>

static gboolean
begins_a_word (const char *text, const char *found)
{
  return found == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (found)));
}

/* text, word: folded. */
static WfWordMatch
match_word (const char *text, const char *word)
{
  WfWordMatch best = WF_WORD_MATCH_NONE;

  for (const char *found = strstr (text, word); found != NULL;
       found = strstr (g_utf8_next_char (found), word))
    {
      if (begins_a_word (text, found))
        return WF_WORD_MATCH_WORD;
      best = WF_WORD_MATCH_CONTAINS;
    }
  return best;
}

/**
 * wf_word_match:
 * @text: what can be found
 * @query: what is typed; its words may come in any order
 *
 * Returns: how well @text answers @query
 */
WfWordMatch
wf_word_match (const char *text, const char *query)
{
  g_autofree char *folded = wf_text_fold (text), *folded_query = wf_text_fold (query);
  const char *stripped = g_strstrip (folded_query);
  g_auto (GStrv) words = NULL;
  WfWordMatch worst = WF_WORD_MATCH_WORD;

  if (*stripped == '\0')
    return WF_WORD_MATCH_CONTAINS;
  if (g_str_has_prefix (folded, stripped))
    return WF_WORD_MATCH_BEGINS;
  words = g_strsplit_set (stripped, " \t", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      worst = MIN (worst, match_word (folded, words[i]));
  return worst;
}
