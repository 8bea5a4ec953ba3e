/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outline: the same document as a nested list (B17). Every command of the canvas works here;
 * focus and selection are shared. Trigger first, then the steps, with the paths of a branch as
 * headings; usable by keyboard and screen reader alone. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: as of WfCanvas: open (WfTarget *), menu (WfTarget *, double x, double y). */
#define WF_TYPE_OUTLINE_VIEW (wf_outline_view_get_type ())
G_DECLARE_FINAL_TYPE (WfOutlineView, wf_outline_view, WF, OUTLINE_VIEW, AdwBin)

void wf_outline_view_set_context (WfOutlineView *self, WfBuilderContext *context);
void wf_outline_view_reveal (WfOutlineView *self, const WfTarget *target);

G_END_DECLS
