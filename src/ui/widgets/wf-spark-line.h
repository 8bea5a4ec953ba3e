/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small row of bars: how something went over some days. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* CSS name: sparkline. Accessible role: img; its label is the owner's to set, since it knows what is counted. */
#define WF_TYPE_SPARK_LINE (wf_spark_line_get_type ())
G_DECLARE_FINAL_TYPE (WfSparkLine, wf_spark_line, WF, SPARK_LINE, GtkWidget)

GtkWidget *wf_spark_line_new (void);
void wf_spark_line_set_values (WfSparkLine *self, const guint *values, guint n, const char *label);

G_END_DECLS
