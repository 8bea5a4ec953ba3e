/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder's selection as a list view knows one: there is no second selection that could differ.
 * Needs no display. */
#pragma once

#include "wf-outline-item.h"
#include "wf-step-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_OUTLINE_SELECTION (wf_outline_selection_get_type ())
G_DECLARE_FINAL_TYPE (WfOutlineSelection, wf_outline_selection, WF, OUTLINE_SELECTION, GObject)

/* items: of WfOutlineItem; both referenced. */
WfOutlineSelection *wf_outline_selection_new (GListModel *items, WfStepSelection *selection);
/* The position of a target, G_MAXUINT when no line is about it. */
guint wf_outline_selection_find (WfOutlineSelection *self, const WfTarget *target);

G_END_DECLS
