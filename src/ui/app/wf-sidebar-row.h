/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of the sidebar with its counter. */
#pragma once

#include "wf-pages.h"

G_BEGIN_DECLS

#define WF_TYPE_SIDEBAR_ROW (wf_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (WfSidebarRow, wf_sidebar_row, WF, SIDEBAR_ROW, GtkListBoxRow)

/* page: static. */
GtkWidget *wf_sidebar_row_new (const WfPageInfo *page);
const WfPageInfo *wf_sidebar_row_get_page (WfSidebarRow *self);
/* n: what the counter shows, 0 hides it. urgent: something is late. text: the same in words, for a hint and screen readers. */
void wf_sidebar_row_set_counter (WfSidebarRow *self, guint n, gboolean urgent, const char *text);

G_END_DECLS
