/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of a chart stand: rectangles, points and the places of words, from sizes alone. Needs no display. Everything
 * counts from the side where the language begins; whoever draws mirrors it. In pixels. */
#pragma once

#include "wf-chart-data.h"

#include <graphene.h>

G_BEGIN_DECLS

#define WF_CHART_GAP 6.0f /* between words and what they stand at */
#define WF_CHART_LEAST_BAR 3.0f /* of a value that is not 0 */

/* ---- words along an axis ---- */

typedef struct
{
  guint index;
  float x, width; /* narrower than asked for: the words are cut with an ellipsis */
} WfLabelPlace;
/* Places words of these widths at their middles, between from and until, so that none touches another: every one, or every nth.
 * most_width > 0: words are cut to it before any is left out, as long as that leaves room for some letters. places: room for n.
 * Returns how many there are. */
guint wf_chart_place_labels (const float *widths, const float *middles, guint n, float from, float until, float most_width,
                             WfLabelPlace *places);

/* ---- categories side by side, values upright ---- */

typedef struct
{
  graphene_rect_t plot;
  double top; /* the value at the upper edge */
  guint n;
} WfPlot;
/* How many steps the upright axis of a chart this high has room for. */
guint wf_plot_get_most_ticks (float height, float text_height);
/* tick_width: of the widest words at the axis. */
void wf_plot_init (WfPlot *self, float width, float height, float tick_width, float text_height, double top, guint n);
float wf_plot_get_slot_width (const WfPlot *self);
float wf_plot_get_x (const WfPlot *self, guint category); /* its middle */
float wf_plot_get_y (const WfPlot *self, double value);   /* not below the plot nor above it */
graphene_rect_t wf_plot_get_slot (const WfPlot *self, guint category);
float wf_plot_get_bar_width (const WfPlot *self);

/* ---- stacks ---- */

/* The parts of a stack of n values (NAN: none) along length pixels for top: begins and lengths, each part that is not 0 at least
 * as long as can be seen. Returns where the stack ends. */
float wf_chart_stack (const double *values, guint n, double top, float length, float *begins, float *lengths);

/* ---- lying bars ---- */

typedef struct
{
  float label_width, row_height, bar_height;
  float bar_x, bar_length; /* of the longest bar */
  guint n;
} WfBarRows;
float wf_bar_rows_get_least_height (guint n, float text_height);
/* label_width, value_width: of the widest words before and behind the bars. */
void wf_bar_rows_init (WfBarRows *self, float width, float height, float label_width, float value_width, float text_height, guint n);
graphene_rect_t wf_bar_rows_get_row (const WfBarRows *self, guint row, float width);
float wf_bar_rows_get_bar_y (const WfBarRows *self, guint row);

/* ---- cells ---- */

typedef struct
{
  float label_width, cell_width, cell_height;
  guint n_columns, n_rows;
} WfCells;
float wf_cells_get_least_height (guint n_rows, float text_height);
void wf_cells_init (WfCells *self, float width, float height, float label_width, float text_height, guint n_columns, guint n_rows);
graphene_rect_t wf_cells_get_cell (const WfCells *self, guint row, guint column);

/* ---- a funnel ---- */

#define WF_FUNNEL_WIDE 36.0f /* heights of text: from this width on, words stand beside the bars, otherwise above them */

typedef struct
{
  gboolean wide;
  float width, row_height, bar_height;
  float bars_x, bars_width;
  guint n;
} WfFunnel;
float wf_funnel_get_least_height (gboolean wide, guint n, float text_height);
void wf_funnel_init (WfFunnel *self, float width, float height, float text_height, guint n);
/* share: of the greatest value, 0-1. */
graphene_rect_t wf_funnel_get_bar (const WfFunnel *self, guint row, double share);
graphene_rect_t wf_funnel_get_words (const WfFunnel *self, guint row);
graphene_rect_t wf_funnel_get_row (const WfFunnel *self, guint row);

G_END_DECLS
