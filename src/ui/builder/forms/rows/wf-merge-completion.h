/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completing merge fields (R140): which field is being typed at a cursor, which ones it may be, and
 * the text with one put in. Needs no display. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A field that is being typed; places in characters. */
typedef struct
{
  guint start; /* of its brace */
  guint end; /* behind what a completion replaces: the cursor, or the end of the field around it */
  char *query; /* (owned) from the brace to the cursor */
} WfMergeCompletion;

/* FALSE when no field is typed at the cursor: no brace is open there, or "{{" stands for the brace
 * itself. */
gboolean wf_merge_completion_find (const char *text, guint cursor, WfMergeCompletion *completion);
void wf_merge_completion_clear (WfMergeCompletion *self);
/* What stands for the field: "{lead.name}". Owned by the caller. */
char *wf_merge_completion_make_field (const char *field);
/* Fields of the event that the query may mean, the best first. Of WfFieldItem. Owned by the
 * caller. */
GPtrArray *wf_merge_completion_list (const char *event_type, const char *query);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfMergeCompletion, wf_merge_completion_clear)

G_END_DECLS
