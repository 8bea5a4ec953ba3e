/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as reports have them, for tests of charts. */
#pragma once

#include "wf-chart-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WF_CHART_SAMPLE_TREND,
  WF_CHART_SAMPLE_HOURS,  /* upright bars */
  WF_CHART_SAMPLE_PEOPLE, /* lying bars */
  WF_CHART_SAMPLE_HEAT,
  WF_CHART_SAMPLE_FUNNEL,
} WfChartSample;
#define WF_N_CHART_SAMPLES (WF_CHART_SAMPLE_FUNNEL + 1)
extern const char *const wf_chart_sample_names[];

/* What shows such numbers; needs a display. Floating. */
GtkWidget *wf_chart_sample_new_chart (WfChartSample sample);
WfChartData *wf_chart_sample_make (WfChartSample sample);
/* An old one with other numbers: the same categories. */
WfChartData *wf_chart_sample_make_other (WfChartSample sample);

G_END_DECLS
