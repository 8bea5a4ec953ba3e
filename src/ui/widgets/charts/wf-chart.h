/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all charts share: their numbers, the marks that a person can reach, and clicks on them. */
#pragma once

#include "wf-chart-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An abstract widget: a chart of a WfChartData. Accessible role: list, labelled with the data's title; each category, or in a
 * heat map each cell, is a list item that says in words what is drawn ("Ana: Done on Time 12, Late 3"), with its place in the
 * set. Tab comes in and goes out again; arrow keys go from mark to mark, Home and End to the ends, Enter and a click activate.
 * Property: data (WfChartData). Signal: activated (guint series, guint category): a mark was clicked, or Enter pressed on it;
 * series G_MAXUINT: the whole category. */
#define WF_TYPE_CHART (wf_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (WfChart, wf_chart, WF, CHART, GtkWidget)

#define WF_CHART_MOST_MARKS 600 /* more categories are drawn, and to be reached in the table only */

/* data: nullable: nothing is drawn. Marks move to their new place, at once when the desktop wants no animations. */
void wf_chart_set_data (WfChart *self, WfChartData *data);
WfChartData *wf_chart_get_data (WfChart *self);
/* Whether marks can be activated: the pointer shows it. */
void wf_chart_set_activatable (WfChart *self, gboolean activatable);
gboolean wf_chart_get_activatable (WfChart *self);
/* The chart as it stands there, for a picture or a page of paper; width, height: in pixels; on_paper: black on white, with
 * patterns. No legend. NULL without numbers. */
GskRenderNode *wf_chart_draw (WfChart *self, int width, int height, gboolean on_paper);
/* The height that it wants at a width. */
int wf_chart_get_height (WfChart *self, int width);

/* CSS names: linechart, barchart, heatmap, funnelchart. */
GtkWidget *wf_line_chart_new (void);    /* a line a series over ordered categories */
GtkWidget *wf_bar_chart_new (GtkOrientation orientation); /* stacked bars; HORIZONTAL: bars lie, labels at their start */
GtkWidget *wf_heat_map_new (void);      /* a row a series, a column a category */
GtkWidget *wf_funnel_chart_new (void);  /* the first series as narrowing bars, the others as words beside them; a category whose id
                                           is marked with wf_funnel_chart_mark is a bottleneck */
void wf_funnel_chart_mark (GtkWidget *self, const char *id); /* nullable */

/* A chart in a frame: title, legend, what can be done with it (menu: Show as Table, Copy Picture, Save as CSV), the chart or, in
 * its place, the same numbers as a table (GtkColumnView), and a sentence where there are no numbers. CSS name: chartview.
 * Property: show-table. Actions: chart.show-table, chart.copy-picture, chart.save. Signal: activated (WfChartData data, guint
 * series, guint category), of the chart, with its data, and of the table's cells and rows (series G_MAXUINT), with the table's. */
#define WF_TYPE_CHART_VIEW (wf_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (WfChartView, wf_chart_view, WF, CHART_VIEW, GtkWidget)
GtkWidget *wf_chart_view_new (WfChart *chart);
/* note: nullable: a sentence under the title (what is counted). */
void wf_chart_view_set_data (WfChartView *self, WfChartData *data, const char *note);
/* The numbers of the table where they are more than those of the chart; NULL: the same. */
void wf_chart_view_set_table (WfChartView *self, WfChartData *table);
/* Both at once. */
void wf_chart_view_set_both (WfChartView *self, WfChartData *data, WfChartData *table, const char *note);
/* Of the chart and of the table's cells. */
void wf_chart_view_set_activatable (WfChartView *self, gboolean activatable);
WfChart *wf_chart_view_get_chart (WfChartView *self);
WfChartData *wf_chart_view_get_table (WfChartView *self); /* nullable: what the table shows */
void wf_chart_view_set_show_table (WfChartView *self, gboolean show_table);
/* Title, legend and chart, for paper or a picture; with a ground of its own. NULL without numbers. */
GskRenderNode *wf_chart_view_draw (WfChartView *self, int width, int height, gboolean on_paper);

G_END_DECLS
