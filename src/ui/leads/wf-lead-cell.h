/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lead's name in the table, with what else there is to say where there is no room for columns. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-paged-list.h"
#include "wf-runtime-leads.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: narrow (boolean): the second line is shown. Signal: open (const char *lead): clicked. */
#define WF_TYPE_LEAD_CELL (wf_lead_cell_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadCell, wf_lead_cell, WF, LEAD_CELL, GtkBox)

GtkWidget *wf_lead_cell_new (WfRuntime *runtime, WfMinuteClock *minutes);
/* list_item: borrowed while bound. */
void wf_lead_cell_bind (WfLeadCell *self, GtkColumnViewCell *list_item);
void wf_lead_cell_unbind (WfLeadCell *self);

G_END_DECLS
