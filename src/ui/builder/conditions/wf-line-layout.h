/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out children one after the other, in as many lines as are needed. Unlike AdwWrapBox it may
 * be nested: a child that is wider than the line gets the line's width, also right to left. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_LINE_LAYOUT (wf_line_layout_get_type ())
G_DECLARE_FINAL_TYPE (WfLineLayout, wf_line_layout, WF, LINE_LAYOUT, GtkLayoutManager)

G_END_DECLS
