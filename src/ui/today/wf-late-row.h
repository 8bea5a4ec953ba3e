/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of a person's work is late. */
#pragma once

#include "wf-organisation.h"
#include "wf-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_LATE_ROW (wf_late_row_get_type ())
G_DECLARE_FINAL_TYPE (WfLateRow, wf_late_row, WF, LATE_ROW, AdwActionRow)

GtkWidget *wf_late_row_new (void); /* floating */
/* organisation: nullable. most: what the longest bar stands for. */
void wf_late_row_show (WfLateRow *self, const WfPersonCount *count,
                       const WfOrganisation *organisation, WfInstant now, guint most);
/* Without the bar, where there is no room for it. */
void wf_late_row_set_narrow (WfLateRow *self, gboolean narrow);

G_END_DECLS
