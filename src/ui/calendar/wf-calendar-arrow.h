/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arrow keys of the calendar: days ahead and back, steps of time up and down. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where days go on is the widget's direction. FALSE: no arrow, and both are 0. */
gboolean wf_calendar_arrow_read (GtkWidget *widget, guint key, int *days, int *steps);

G_END_DECLS
