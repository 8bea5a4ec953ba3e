/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the condition editor knows of fields, comparisons and values: which go together, and what
 * each is called. Needs no display. */
#pragma once

#include "wf-condition-draft.h"

G_BEGIN_DECLS

/* How a value is entered. */
typedef enum
{
  WF_VALUE_TEXT,
  WF_VALUE_NUMBER,
  WF_VALUE_BOOLEAN,
  WF_VALUE_DATE,
  WF_VALUE_PERSON, /* this and the following: chosen by name */
  WF_VALUE_GROUP,
  WF_VALUE_STAGE,
  WF_VALUE_ACTIVITY_TYPE,
} WfValueKind;

/* field: nullable. */
WfValueKind wf_condition_get_value_kind (const char *field, WfOperator op);
/* Comparisons that make sense for the field, the most usual first. */
const WfOperator *wf_condition_get_operators (const char *field, guint *n);
/* As wf_operator_to_text(), but of dates "is before". Borrowed. */
const char *wf_condition_operator_to_text (const char *field, WfOperator op);

/* Ids in the order of their names; NULL-terminated, owned by the caller. organisation: nullable. */
char **wf_condition_list_choices (WfValueKind kind, const WfOrganisation *organisation);
/* The name of a value of the kind, as it is shown and typed; itself when there is none. Owned by
 * the caller. */
char *wf_typed_value_to_text (WfValueKind kind, const char *value,
                              const WfOrganisation *organisation);
/* What was typed as it is kept: "2026-11-20 17:50" with the company's offset. Owned by the
 * caller. */
char *wf_typed_value_from_text (WfValueKind kind, const char *text,
                                const WfOrganisation *organisation);

/* What is missing or wrong, in the user's language; NULL when nothing is. Of the node alone. Owned
 * by the caller. */
char *wf_condition_draft_find_problem (const WfConditionDraft *self);
/* The node as a sentence. Owned by the caller. */
char *wf_condition_draft_to_text (const WfConditionDraft *self, const WfOrganisation *organisation);
/* "All of these", of a group. Borrowed. */
const char *wf_condition_kind_to_text (WfConditionKind kind);

G_END_DECLS
