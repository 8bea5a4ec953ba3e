/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where steps go that are dropped on the outline. Needs no display. */
#pragma once

#include "wf-outline-item.h"

G_BEGIN_DECLS

typedef struct
{
  WfTarget *place; /* (owned) */
  guint row;       /* the line beside which it is shown */
  gboolean below;  /* FALSE: above it */
  guint depth;     /* how deep the steps would stand */
} WfOutlineSpot;

/* position: of the line under the pointer, G_MAXUINT below the last one; lower: in its lower half;
 * depth: for which the pointer stands: left of a last step of a path is after the branch. FALSE
 * when there are no lines. spot: cleared by the caller. */
gboolean wf_outline_find_spot (GListModel *items, const WfWorkflow *workflow, guint position,
                               gboolean lower, guint depth, WfOutlineSpot *spot);
void wf_outline_spot_clear (WfOutlineSpot *spot);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfOutlineSpot, wf_outline_spot_clear)

G_END_DECLS
