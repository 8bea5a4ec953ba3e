/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The share of one origin, product or person in commissions: set, or as all others. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_SHARE_ROW (wf_share_row_get_type ())
G_DECLARE_FINAL_TYPE (WfShareRow, wf_share_row, WF, SHARE_ROW, AdwActionRow)

GtkWidget *wf_share_row_new (const char *id, const char *name);
const char *wf_share_row_get_id (WfShareRow *self); /* borrowed */
void wf_share_row_set_percent (WfShareRow *self, double percent);
/* FALSE: it is as all others. */
gboolean wf_share_row_get_percent (WfShareRow *self, double *percent);

G_END_DECLS
