/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One suggestion. */
#pragma once

#include "wf-suggestions.h"

G_BEGIN_DECLS

#define WF_TYPE_SUGGESTION_ROW (wf_suggestion_row_get_type ())
G_DECLARE_FINAL_TYPE (WfSuggestionRow, wf_suggestion_row, WF, SUGGESTION_ROW, GtkListBoxRow)

GtkWidget *wf_suggestion_row_new (const WfSuggestion *suggestion);
const char *wf_suggestion_row_get_value (WfSuggestionRow *self);
const char *wf_suggestion_row_get_title (WfSuggestionRow *self);

G_END_DECLS
