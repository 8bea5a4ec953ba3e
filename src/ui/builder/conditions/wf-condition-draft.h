/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flat list of tests as people edit it, to and from a condition. Needs no display. */
#pragma once

#include "wf-condition.h"

G_BEGIN_DECLS

typedef struct
{
  char *field; /* (owned) */
  WfOperator op;
  char *value; /* (owned) text as typed; a list's values are separated by commas */
} WfTestDraft;

void wf_test_draft_free (WfTestDraft *self);
gboolean wf_operator_takes_value (WfOperator op);
gboolean wf_condition_draft_read (const WfCondition *condition, WfConditionKind *kind,
                                  GPtrArray *tests);
WfCondition *wf_condition_draft_build (WfConditionKind kind, GPtrArray *tests);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfTestDraft, wf_test_draft_free)

G_END_DECLS
