/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ground of charts with values upright: grid lines, and words at both axes. */
#pragma once

#include "wf-chart-layout.h"
#include "wf-chart-paint.h"

G_BEGIN_DECLS

/* most: the greatest value; where everything stands. */
void wf_chart_axes_init (WfChartCanvas *canvas, double most, WfAxis *axis, WfPlot *plot);
/* cut: words at the lower axis are rather cut than left out: they are names, not a row of days. */
void wf_chart_axes_draw (WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfAxis *axis, const WfPlot *plot, gboolean cut);
/* Words under places: for every n-th of the categories, over the whole width. y: of their upper edge. */
void wf_chart_axes_draw_labels (WfChartCanvas *canvas, GtkSnapshot *snapshot, const float *middles, float most_width, float y);
/* The widest of the categories' labels. */
float wf_chart_axes_get_label_width (WfChartCanvas *canvas);

G_END_DECLS
