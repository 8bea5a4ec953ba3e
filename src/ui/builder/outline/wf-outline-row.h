/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the outline. */
#pragma once

#include "wf-outline-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Its buttons call the actions editor.* of an ancestor, so that the keyboard, a menu and a screen reader have the same. */
#define WF_TYPE_OUTLINE_ROW (wf_outline_row_get_type ())
G_DECLARE_FINAL_TYPE (WfOutlineRow, wf_outline_row, WF, OUTLINE_ROW, AdwActionRow)

WfOutlineRow *wf_outline_row_new (WfOutlineItem *item, gboolean editable);
WfOutlineItem *wf_outline_row_get_item (WfOutlineRow *self);

G_END_DECLS
