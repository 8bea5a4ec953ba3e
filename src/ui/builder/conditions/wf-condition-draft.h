/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition as people edit it: a tree that may be unfinished, to and from a WfCondition, and
 * every edit as a function (R98, R139). Nothing of a document is lost: unknown members and what has
 * no simple form are kept. Needs no display. */
#pragma once

#include "wf-condition.h"

G_BEGIN_DECLS

typedef enum
{
  WF_DRAFT_GROUP, /* all, any or none of its children */
  WF_DRAFT_TEST,  /* field, operator, values */
  WF_DRAFT_KEPT,  /* a test that rows cannot show: kept as it is, shown as its sentence */
} WfDraftKind;

/* How many values a test takes. */
typedef enum
{
  WF_VALUES_NONE,
  WF_VALUES_ONE,
  WF_VALUES_LIST,
  WF_VALUES_RANGE, /* two */
} WfValueShape;

typedef struct _WfConditionDraft WfConditionDraft;
struct _WfConditionDraft
{
  WfConditionDraft *parent; /* (unowned) (nullable) NULL: the root, a group */
  WfDraftKind kind;
  WfJsonDocument *extra; /* (owned) (nullable) unknown members */
  WfConditionKind group; /* GROUP: not TEST */
  GPtrArray *children;   /* (owned) GROUP: of WfConditionDraft */
  char *field;           /* (owned) (nullable) TEST: NULL while none is chosen */
  WfOperator op;         /* TEST */
  GPtrArray *values;     /* (owned) TEST: as typed, see wf_condition_draft_get_value() */
  gboolean list;         /* TEST: the document writes a list where one value would do, too */
  WfCondition *kept;     /* (owned) KEPT */
  gboolean bare;         /* the root: the document is one test without a group around it */
};

/* Of a condition, or of an empty group for NULL. Owned by the caller. */
WfConditionDraft *wf_condition_draft_new (const WfCondition *condition);
/* A node goes with all that is in it; for a root and for what was taken out. */
void wf_condition_draft_free (WfConditionDraft *self);
/* NULL when there is nothing in it yet. Tests without a field are left out; one without a value is
 * an error that the validation names. Owned by the caller. */
WfCondition *wf_condition_draft_build (const WfConditionDraft *self);
/* Whether build leaves the node out: a test without a field, a group of nothing else. */
gboolean wf_condition_draft_is_blank (const WfConditionDraft *self);

WfValueShape wf_condition_draft_get_shape (const WfConditionDraft *self);
guint wf_condition_draft_get_n_values (const WfConditionDraft *self);
/* As typed. Borrowed; "" when there is no such value. */
const char *wf_condition_draft_get_value (const WfConditionDraft *self, guint index);

/* ---- edits: FALSE or NULL, and nothing is changed, when it does not apply ---- */

gboolean wf_condition_draft_set_field (WfConditionDraft *self, const char *field);
/* Values that the other operator cannot take go. */
gboolean wf_condition_draft_set_operator (WfConditionDraft *self, WfOperator op);
/* texts: NULL-terminated. A text that does not change keeps the type that the document gave it. */
gboolean wf_condition_draft_set_values (WfConditionDraft *self, const char *const *texts);
gboolean wf_condition_draft_set_group (WfConditionDraft *self, WfConditionKind kind);

/* position: G_MAXUINT is the end. The new node, borrowed. A new group has a first, empty test. */
WfConditionDraft *wf_condition_draft_add_test (WfConditionDraft *group, guint position);
WfConditionDraft *wf_condition_draft_add_group (WfConditionDraft *group, guint position);
gboolean wf_condition_draft_remove (WfConditionDraft *self);
/* The copy, directly behind. */
WfConditionDraft *wf_condition_draft_duplicate (WfConditionDraft *self);

/* A place between the children of a group; position counts the node itself while it is one of
 * them. */
gboolean wf_condition_draft_can_move_to (const WfConditionDraft *self,
                                         const WfConditionDraft *group, guint position);
gboolean wf_condition_draft_move_to (WfConditionDraft *self, WfConditionDraft *group,
                                     guint position);
/* A line up (-1) or down (1), as in an outline: into a group that is there, and out of one at its
 * edge. */
gboolean wf_condition_draft_move (WfConditionDraft *self, int by);
/* Out of its group, behind it. */
gboolean wf_condition_draft_outdent (WfConditionDraft *self);
/* To the end of the group before it; without one into a group of its own. */
gboolean wf_condition_draft_indent (WfConditionDraft *self);
/* Where something that is dropped below a line goes. level: of the place, 1 directly in the root;
 * the nearest that there is. */
void wf_condition_draft_find_place_below (WfConditionDraft *line, guint level,
                                          WfConditionDraft **group, guint *position);

/* ---- looking ---- */

/* 0: the root. */
guint wf_condition_draft_get_level (const WfConditionDraft *self);
guint wf_condition_draft_get_position (const WfConditionDraft *self);
/* The whole tree in reading order, the root first. Of WfConditionDraft, borrowed. Owned by the
 * caller. */
GPtrArray *wf_condition_draft_list (WfConditionDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfConditionDraft, wf_condition_draft_free)

G_END_DECLS
