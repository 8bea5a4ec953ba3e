/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "+12 more" in a day of the month: a button that draws itself and opens the day. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* CSS name: wf-month-more. Accessible role: button. Activates "calendar.show-day". */
#define WF_TYPE_MONTH_MORE (wf_month_more_get_type ())
G_DECLARE_FINAL_TYPE (WfMonthMore, wf_month_more, WF, MONTH_MORE, GtkWidget)

GtkWidget *wf_month_more_new (void);
/* n: how many do not fit. */
void wf_month_more_bind (WfMonthMore *self, guint n, const GDate *date);
/* "+12" instead of "+12 more". */
void wf_month_more_set_brief (WfMonthMore *self, gboolean brief);
/* That its text needs. */
int wf_month_more_get_width (WfMonthMore *self);

G_END_DECLS
