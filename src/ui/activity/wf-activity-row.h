/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of Today: what to do for whom, and how much time is left. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-paged-list.h"
#include "wf-runtime.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_ACTIVITY_ROW (wf_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (WfActivityRow, wf_activity_row, WF, ACTIVITY_ROW, GtkBox)

/* The check button activates "today.complete-one" with the activity's id. */
GtkWidget *wf_activity_row_new (WfRuntime *runtime, WfMinuteClock *minutes);
/* list_item: gets the row's text for screen readers. with_person: rows of several people are in the list. */
void wf_activity_row_bind (WfActivityRow *self, GtkListItem *list_item, gboolean with_person);
void wf_activity_row_unbind (WfActivityRow *self);
/* The check button and a click select, in place of completing and opening. */
void wf_activity_row_set_selecting (WfActivityRow *self, gboolean selecting);
/* FALSE: there was nothing to fill. */
gboolean wf_activity_row_fill (WfActivityRow *self);

G_END_DECLS
