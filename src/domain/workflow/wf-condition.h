/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions: all / any / none of {field, op, value} (R98, R123). Immutable, atomic reference
 * count. */
#pragma once

#include "wf-event.h"
#include "wf-json-writer.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

typedef enum
{
  WF_OP_EQ,
  WF_OP_NE,
  WF_OP_LT,
  WF_OP_LE,
  WF_OP_GT,
  WF_OP_GE,
  WF_OP_CONTAINS,
  WF_OP_STARTS_WITH,
  WF_OP_IN,
  WF_OP_NOT_IN,
  WF_OP_IS_SET,
  WF_OP_IS_EMPTY,
  WF_OP_CHANGED,
  WF_OP_CHANGED_TO,
  WF_OP_MEMBER_OF,
  WF_OP_BETWEEN,
  WF_OP_MATCHES_HOURS,
} WfOperator;
#define WF_N_OPERATORS 17

typedef enum
{
  WF_CONDITION_ALL,
  WF_CONDITION_ANY,
  WF_CONDITION_NONE,
  WF_CONDITION_TEST, /* a leaf: field, op, value */
} WfConditionKind;

typedef struct _WfCondition WfCondition;

#define WF_CONDITION_MOST_DEPTH 16 /* levels, a test being one */

/* Problems with paths; NULL after an error. Deeper nesting is refused. */
WfCondition *wf_condition_read (const WfJsonCursor *cursor);
/* The same, but tests whose value is missing or does not fit are kept: a draft in the making. */
WfCondition *wf_condition_read_unfinished (const WfJsonCursor *cursor);
WfCondition *wf_condition_ref (WfCondition *self);
void wf_condition_unref (WfCondition *self);
void wf_condition_write (const WfCondition *self, WfJsonWriter *writer, const char *name);
/* wf-condition-json.c: self, a, b: nullable; NULL is no condition. Owned by the caller. */
WfJsonDocument *wf_condition_to_document (const WfCondition *self);
char *wf_condition_to_json (const WfCondition *self);
gboolean wf_condition_equal (const WfCondition *a, const WfCondition *b);
WfCondition *wf_condition_new_group (
    WfConditionKind kind, GPtrArray *children); /* children: WfCondition, each referenced */
/* value: JSON text or NULL for operators without one. */
WfCondition *wf_condition_new_test (const char *field, WfOperator op, const char *value_json);

/* Unknown members of the document, kept on a round trip. set: before the condition is shared;
 * extra: nullable object, copied. get: borrowed, nullable. */
void wf_condition_set_extra (WfCondition *self, const WfJson *extra);
const WfJson *wf_condition_get_extra (const WfCondition *self);
/* Of a test: adds a problem at the place of its value when that is missing or does not fit. */
gboolean wf_condition_check_value (const WfCondition *self, const WfJsonCursor *cursor);

WfConditionKind wf_condition_get_kind (const WfCondition *self);
guint wf_condition_get_n_children (const WfCondition *self);
const WfCondition *wf_condition_get_child (const WfCondition *self, guint index);
const char *wf_condition_get_field (const WfCondition *self);
WfOperator wf_condition_get_operator (const WfCondition *self);
const WfJson *wf_condition_get_value (const WfCondition *self);

typedef struct
{
  const WfEvent *event;
  const WfJson *lead; /* the lead as cached, for fields that the event does not carry; nullable */
  const WfOrganisation *organisation;
  WfInstant now; /* the virtual or real instant of evaluation */
  /* What a run found out itself ({"approval": {"outcome"}}), looked up last; nullable. */
  const WfJson *results;
  /* Dates that have moved since the event ({"meeting.start": TIME or null}), looked up first;
   * nullable. */
  const WfJson *dates;
} WfConditionContext;

/* failed: receives the first test (in reading order) that decided a FALSE, or NULL. Borrowed. */
gboolean wf_condition_holds (const WfCondition *self, const WfConditionContext *context,
                             const WfCondition **failed);
/* The value a field had: event first, then cached lead. NULL when missing. */
const WfJson *wf_condition_context_get_field (const WfConditionContext *context, const char *field);

extern const char *const wf_operator_names[WF_N_OPERATORS + 1];
const char *wf_operator_to_text (WfOperator op); /* translated: "is at least" */
/* "Score is at least 80 and Source is marketing-platform". Owned by the caller. */
char *wf_condition_to_text (const WfCondition *self, const WfOrganisation *organisation);
/* Of a test: a value that its field had, as its sentence would name it; NULL for nothing. Owned by
 * the caller. */
char *wf_condition_value_to_text (const WfCondition *self, const WfJson *value,
                                  const WfOrganisation *organisation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCondition, wf_condition_unref)

G_END_DECLS
