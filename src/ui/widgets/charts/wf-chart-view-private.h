/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chart's view does with pictures and files: wf-chart-view-export.c. */
#pragma once

#include "wf-chart-private.h"

G_BEGIN_DECLS

void wf_chart_view_copy_picture (WfChartView *self);
void wf_chart_view_save (WfChartView *self);

WfLegendKind wf_chart_view_get_legend_kind (WfChartView *self);
const char *wf_chart_view_get_note (WfChartView *self); /* "" for none */

G_END_DECLS
