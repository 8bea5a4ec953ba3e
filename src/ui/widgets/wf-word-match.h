/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a text answers what somebody types to find it, without regard to case and accents. Needs no display. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WF_WORD_MATCH_NONE,
  WF_WORD_MATCH_CONTAINS, /* every word of the query is somewhere */
  WF_WORD_MATCH_WORD,     /* every word of the query begins a word */
  WF_WORD_MATCH_BEGINS,   /* the text begins with the query */
} WfWordMatch;

/* An empty query matches everything, as CONTAINS. */
WfWordMatch wf_word_match (const char *text, const char *query);

G_END_DECLS
