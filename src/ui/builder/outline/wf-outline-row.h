/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the outline. */
#pragma once

#include "wf-outline-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WF_OUTLINE_LANDING_NONE,
  WF_OUTLINE_LANDING_ABOVE,
  WF_OUTLINE_LANDING_BELOW,
} WfOutlineLanding;

/* Shows one item at a time; the list view recycles it. Signal: add (): its "+" was activated. */
#define WF_TYPE_OUTLINE_ROW (wf_outline_row_get_type ())
G_DECLARE_FINAL_TYPE (WfOutlineRow, wf_outline_row, WF, OUTLINE_ROW, GtkBox)

WfOutlineRow *wf_outline_row_new (gboolean editable);
void wf_outline_row_bind (WfOutlineRow *self, GtkListItem *list_item);
void wf_outline_row_unbind (WfOutlineRow *self);
WfOutlineItem *wf_outline_row_get_item (WfOutlineRow *self); /* nullable while it is not bound */
/* Where dragged steps would go: a line that begins at this depth. */
void wf_outline_row_set_landing (WfOutlineRow *self, WfOutlineLanding landing, guint depth);
/* The depth that a horizontal position stands for. */
guint wf_outline_row_get_depth_at (WfOutlineRow *self, double x);

G_END_DECLS
