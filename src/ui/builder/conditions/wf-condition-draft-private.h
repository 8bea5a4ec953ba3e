/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a condition's draft, for its reading, building and editing. */
#pragma once

#include "wf-condition-draft.h"

G_BEGIN_DECLS

typedef struct
{
  char *text; /* (owned) as typed */
  WfJsonDocument
      *json; /* (owned) (nullable) as the document has it, while the text is still that */
} WfDraftValue;

WfDraftValue *wf_draft_value_new (const char *text, const WfJson *json);
GPtrArray *wf_draft_values_new (void);
gboolean wf_draft_parse_number (const char *text, double *number);
WfConditionDraft *wf_condition_draft_new_node (WfDraftKind kind);
/* Of a node that is not blank. Owned by the caller. */
WfCondition *wf_condition_draft_build_node (const WfConditionDraft *self);
/* Puts a node that has no parent into a group. */
void wf_condition_draft_take (WfConditionDraft *group, guint position, WfConditionDraft *child);

G_END_DECLS
