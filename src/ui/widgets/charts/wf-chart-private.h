/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kind of chart brings along: where its marks stand, how large it wants to be, and how it is drawn. */
#pragma once

#include "wf-chart-paint.h"
#include "wf-chart.h"

G_BEGIN_DECLS

typedef enum
{
  WF_LEGEND_AREAS,
  WF_LEGEND_LINES,
  WF_LEGEND_SHADES,
  WF_LEGEND_NONE,
} WfLegendKind;

struct _WfChartClass
{
  GtkWidgetClass parent_class;

  WfLegendKind legend;
  gboolean has_cells; /* a mark a series and category, not only a category */
  int least_width, natural_width;

  void (*draw) (WfChart *self, WfChartCanvas *canvas, GtkSnapshot *snapshot);
  /* marks: gets a rectangle each, from the side where the language begins. */
  void (*place) (WfChart *self, WfChartCanvas *canvas, graphene_rect_t *marks, guint n);
  /* least, natural: for canvas->width. */
  void (*get_height) (WfChart *self, WfChartCanvas *canvas, float *least, float *natural);
  /* nullable: the series that is drawn at a point of a mark, from the side where the language begins; G_MAXUINT: none. */
  guint (*find_series) (WfChart *self, WfChartCanvas *canvas, guint category, float x, float y);
  /* nullable: what a mark says beside its numbers. */
  const char *(*get_remark) (WfChart *self, guint category);
  /* Into which of the four directions arrow keys go: how many marks. 0: out of the chart. */
  int (*get_step) (WfChart *self, GtkDirectionType direction);
};

/* The kind's drawing has changed. */
void wf_chart_queue_words (WfChart *self);
guint wf_chart_get_n_marks (WfChart *self);
GtkWidget *wf_chart_get_mark (WfChart *self, guint mark);
/* What is shown of a value just now; for tests. */
double wf_chart_get_shown (WfChart *self, guint series, guint category);
/* series G_MAXUINT: the whole category. */
void wf_chart_activate (WfChart *self, guint mark);

/* ---- words: wf-chart-words.c ---- */

/* "Ana: Done on Time 12, Late 3". remark: nullable. Owned by the caller. */
char *wf_chart_words_get_category (const WfChartData *data, guint category, const char *remark);
/* "Monday, 14:00: 5". */
char *wf_chart_words_get_cell (const WfChartData *data, guint series, guint category);
/* For a tooltip: a line each, as markup. series G_MAXUINT: all. */
char *wf_chart_words_get_markup (const WfChartData *data, guint series, guint category, const char *remark);

/* ---- a mark: an object without a drawing of its own, for the focus and for a screen reader ---- */

#define WF_TYPE_CHART_MARK (wf_chart_mark_get_type ())
G_DECLARE_FINAL_TYPE (WfChartMark, wf_chart_mark, WF, CHART_MARK, GtkWidget)
GtkWidget *wf_chart_mark_new (guint index);
guint wf_chart_mark_get_index (WfChartMark *self);
void wf_chart_mark_set (WfChartMark *self, const char *words, guint n, gboolean activatable);
const char *wf_chart_mark_get_words (WfChartMark *self);

/* ---- the legend: wf-chart-legend.c ---- */

#define WF_TYPE_CHART_LEGEND (wf_chart_legend_get_type ())
G_DECLARE_FINAL_TYPE (WfChartLegend, wf_chart_legend, WF, CHART_LEGEND, GtkWidget)
void wf_chart_legend_set (WfChartLegend *self, WfChartData *data, WfLegendKind kind);
/* Draws a legend as wide as the canvas, from its upper edge on. Returns its height; snapshot NULL: nothing is drawn. */
float wf_chart_legend_draw (WfChartCanvas *canvas, GtkSnapshot *snapshot, WfLegendKind kind);

/* ---- the table: wf-chart-table.c ---- */

/* A GtkColumnView's columns and model for numbers; activatable: cells are buttons that call on_cell. */
typedef void (*WfChartCellFunc) (gpointer data, guint series, guint category);
void wf_chart_table_fill (GtkColumnView *table, WfChartData *data, WfChartCellFunc on_cell, gpointer user_data);
/* The category at a position of the sorted table. */
guint wf_chart_table_get_category (GtkColumnView *table, guint position);

/* For what is drawn where no chart is: a legend, a page. values: nullable: those of data. */
void wf_chart_canvas_init (WfChartCanvas *self, GtkWidget *widget, const WfChartData *data, const double *values, float width,
                           float height, gboolean on_paper);
void wf_chart_canvas_clear (WfChartCanvas *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfChartCanvas, wf_chart_canvas_clear)

G_END_DECLS
