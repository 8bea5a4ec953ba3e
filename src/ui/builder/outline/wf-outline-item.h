/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the outline: the trigger, a step, or a path of a branch. What it is about stays, what
 * it says follows the document, so that a row keeps its focus while its text changes. Needs no
 * display. */
#pragma once

#include "wf-workflow-document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Signal: changed (): what it says. */
#define WF_TYPE_OUTLINE_ITEM (wf_outline_item_get_type ())
G_DECLARE_FINAL_TYPE (WfOutlineItem, wf_outline_item, WF, OUTLINE_ITEM, GObject)

/* What it is about; borrowed. */
const WfTarget *wf_outline_item_get_target (WfOutlineItem *self);
/* Where a new step goes that is added here: after a step, at the beginning of a path or of the
 * workflow; borrowed. */
const WfTarget *wf_outline_item_get_place (WfOutlineItem *self);
gboolean wf_outline_item_is_path (WfOutlineItem *self);
gboolean wf_outline_item_is_branch (WfOutlineItem *self);
guint wf_outline_item_get_depth (WfOutlineItem *self);
/* Which one it is of how many in its sequence, or among the paths of its branch; from 1. */
guint wf_outline_item_get_number (WfOutlineItem *self, guint *n);
const char *wf_outline_item_get_title (WfOutlineItem *self);
const char *wf_outline_item_get_subtitle (WfOutlineItem *self);
/* Of this line itself, not of those inside; NULL: none. is_error: (optional). */
const char *wf_outline_item_get_problem (WfOutlineItem *self, gboolean *is_error);
const char *wf_outline_item_get_icon (WfOutlineItem *self);

/* store: of WfOutlineItem. Only what came, went or moved is replaced; the others say what is true
 * now. */
void wf_outline_fill (GListStore *store, WfWorkflowDocument *document);

G_END_DECLS
