/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the log. */
#pragma once

#include "wf-lead-names.h"
#include "wf-log-source.h"
#include "wf-minute-clock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_LOG_ROW_VIEW (wf_log_row_view_get_type ())
G_DECLARE_FINAL_TYPE (WfLogRowView, wf_log_row_view, WF, LOG_ROW_VIEW, GtkBox)

GtkWidget *wf_log_row_view_new (WfMinuteClock *minutes, WfLeadNames *leads);
void wf_log_row_view_bind (WfLogRowView *self, GtkListItem *list_item, const WfLogNames *names);
void wf_log_row_view_unbind (WfLogRowView *self);

G_END_DECLS
