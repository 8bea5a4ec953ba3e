/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dragging steps within the outline: every drop has its command of the keyboard too (Alt+Up and
 * Alt+Down, cut and paste). */
#pragma once

#include "wf-builder-context.h"
#include "wf-outline-row.h"

G_BEGIN_DECLS

/* The row can be dragged, with what else is selected. */
void wf_outline_drag_add_source (WfOutlineRow *row, WfBuilderContext *context);
/* Steps can be dropped on the list of WfOutlineRow. */
void wf_outline_drag_add_target (GtkListView *list, WfBuilderContext *context);
/* The row at a height of the list, the next one in a gap between two; NULL: below the last one. */
WfOutlineRow *wf_outline_drag_pick_row (GtkListView *list, double y);

G_END_DECLS
