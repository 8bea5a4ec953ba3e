/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts with merge fields: "Call {lead.name}"; "{{" is a literal brace (R140). */
#pragma once

#include "wf-condition.h"

G_BEGIN_DECLS

/* Fields that are missing give nothing. Numbers and dates in plain form. Owned by the caller. */
char *wf_merge_text_expand (const char *text, const WfConditionContext *context);
/* What is to stand for a field, valid until the next call; NULL: as it is. */
typedef const char *(*WfMergeFieldMapFunc) (const char *field, gpointer user_data);
/* The text with other fields in its braces. Owned by the caller. */
char *wf_merge_text_map (const char *text, WfMergeFieldMapFunc func, gpointer user_data);
/* Each field that the text names, in order; "" for {}. Returns how many braces are not closed. */
typedef void (*WfMergeFieldFunc) (const char *field, gpointer user_data);
guint wf_merge_text_foreach_field (const char *text, WfMergeFieldFunc func, gpointer user_data);

G_END_DECLS
