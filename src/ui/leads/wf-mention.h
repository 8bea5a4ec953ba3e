/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mentions in a comment (R155): "@Ana Souza" tells her. Needs no display. */
#pragma once

#include "wf-organisation.h"

G_BEGIN_DECLS

/* A name that is being typed; places in characters. */
typedef struct
{
  guint start; /* of the @ */
  guint end;   /* the cursor */
  char *query; /* (owned) behind the @ */
} WfMention;

/* FALSE when no name is typed at the cursor: no @ that begins a word stands before it in the same line, or what was typed since
 * begins no name of anybody. */
gboolean wf_mention_find (const char *text, guint cursor, const WfOrganisation *organisation,
                          WfMention *mention);
void wf_mention_clear (WfMention *self);
/* Active people whom the query may mean, the best first; of WfPerson, borrowed. but (nullable): not this one. Owned by the caller. */
GPtrArray *wf_mention_list (const WfOrganisation *organisation, const char *query, const char *but);
/* What stands for a person: "@Ana Souza ". Owned by the caller. */
char *wf_mention_to_text (const WfPerson *person);
/* The ids of all who are mentioned in a text, each once, in the order of the text. Owned by the caller. */
char **wf_mentions_read (const char *text, const WfOrganisation *organisation);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfMention, wf_mention_clear)

G_END_DECLS
