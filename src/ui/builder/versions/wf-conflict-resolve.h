/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of two people's changes of one workflow (S30): the four ways out, as documents.
 * Needs no display. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

typedef enum
{
  WF_RESOLVE_WITH_BOTH, /* put together; only where the base is known */
  WF_RESOLVE_WITH_MINE,
  WF_RESOLVE_WITH_THEIRS,
  WF_RESOLVE_WITH_COPY, /* mine becomes a workflow of its own */
} WfConflictWay;
#define WF_N_CONFLICT_WAYS 4

/* Owned by the caller. All but a copy are based on theirs: they have its version, so that they can
 * be published on top of it. base: nullable, then there is no BOTH. conflicts: nullable, receives
 * the sentences (char *) of what both changed differently; there mine is kept. */
WfWorkflow *wf_conflict_resolve (WfConflictWay way, const WfWorkflow *base, const WfWorkflow *mine,
                                 WfWorkflow *theirs, GPtrArray *conflicts);

G_END_DECLS
