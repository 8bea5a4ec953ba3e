/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts with merge fields: "Call {lead.name}"; "{{" is a literal brace (R140). */
#pragma once

#include "wf-condition.h"

G_BEGIN_DECLS

/* Fields that are missing give nothing. Numbers and dates in plain form. Owned by the caller. */
char *wf_merge_text_expand (const char *text, const WfConditionContext *context);
/* Adds a problem at path for each unclosed brace and each unknown field of this event type. */
void wf_merge_text_check (const char *text, const char *event_type, const char *path,
                          WfProblems *problems);

G_END_DECLS
