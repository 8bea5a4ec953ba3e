/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the outline: a step, or a path of a branch. Immutable. Needs no display. */
#pragma once

#include "wf-workflow-document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WF_TYPE_OUTLINE_ITEM (wf_outline_item_get_type ())
G_DECLARE_FINAL_TYPE (WfOutlineItem, wf_outline_item, WF, OUTLINE_ITEM, GObject)

gboolean wf_outline_item_is_path (WfOutlineItem *self);
const char *wf_outline_item_get_step (WfOutlineItem *self);
guint wf_outline_item_get_path (WfOutlineItem *self);
WfStepKind wf_outline_item_get_kind (WfOutlineItem *self);
guint wf_outline_item_get_depth (WfOutlineItem *self);
const char *wf_outline_item_get_title (WfOutlineItem *self);
const char *wf_outline_item_get_subtitle (WfOutlineItem *self);
const char *wf_outline_item_get_problem (WfOutlineItem *self);
const char *wf_outline_item_get_icon (WfOutlineItem *self);
gboolean wf_outline_item_can_move_up (WfOutlineItem *self);
gboolean wf_outline_item_can_move_down (WfOutlineItem *self);

void wf_outline_fill (GListStore *store, WfWorkflowDocument *document);

G_END_DECLS
