/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was changed, in a cell of the audit trail; in a narrow window also by whom, when, and from what to what. */
#pragma once

#include "wf-audit-text.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_AUDIT_CELL (wf_audit_cell_get_type ())
G_DECLARE_FINAL_TYPE (WfAuditCell, wf_audit_cell, WF, AUDIT_CELL, GtkBox)

GtkWidget *wf_audit_cell_new (void);
/* text: NULL while it is read. time: when it was, in words; shown with the rest when narrow. */
void wf_audit_cell_show (WfAuditCell *self, const WfAuditText *text, const char *time,
                         gboolean narrow);

G_END_DECLS
