/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What charts are drawn with: colours that also those can tell apart who see fewer of them, shapes, and words. */
#pragma once

#include "wf-chart-data.h"
#include "wf-chart-texts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean dark, high_contrast;
  GdkRGBA card; /* what is drawn on */
  GdkRGBA text, dim, grid;
} WfChartPalette;
/* text: as the widget has it. */
void wf_chart_palette_init (WfChartPalette *self, gboolean dark, gboolean high_contrast, const GdkRGBA *text);
/* Black on white, with the patterns of high contrast: paper may have no colours. */
void wf_chart_palette_init_for_paper (WfChartPalette *self);
void wf_chart_palette_init_for_widget (WfChartPalette *self, GtkWidget *widget);

typedef enum
{
  WF_FILL_SOLID,
  WF_FILL_HATCHED,
  WF_FILL_HOLLOW, /* an outline around a tint */
} WfFill;

typedef enum
{
  WF_MARKER_NONE,
  WF_MARKER_DISC,
  WF_MARKER_DIAMOND,
  WF_MARKER_TRIANGLE,
  WF_MARKER_SQUARE,
  WF_MARKER_RING,
} WfMarker;

typedef struct
{
  GdkRGBA color;
  WfFill fill;
  WfMarker marker;
  float dash[2]; /* 0: a whole line */
} WfSeriesStyle;
void wf_series_style_init (WfSeriesStyle *self, const WfChartPalette *palette, const WfChartData *data, guint series);
/* Of a heat map: share 0-1 of the greatest value. */
GdkRGBA wf_chart_palette_get_shade (const WfChartPalette *self, double share);
/* Words on it that can be read. */
GdkRGBA wf_chart_palette_get_text_on (const GdkRGBA *color);

/* One drawing of a chart: on the screen or on paper. Rectangles count from the side where the language begins. */
typedef struct
{
  const WfChartData *data;
  const double *values; /* as they are shown now: series * n_categories + category */
  float width, height;
  gboolean mirrored;
  PangoContext *context; /* (owned) */
  WfChartTexts *texts;   /* (nullable) of the chart that is drawn on the screen */
  WfChartPalette palette;
  float text_height;
  int pointed;           /* the mark under the pointer or with the focus; -1 */
  double from_top, progress; /* where the axis comes from while it moves */
  double top;            /* which was drawn */
} WfChartCanvas;
double wf_chart_canvas_get_value (const WfChartCanvas *self, guint series, guint category);
/* Moves it from where it was to where it belongs. */
double wf_chart_canvas_move_top (WfChartCanvas *self, double top);

/* A small text with tabular digits. Not to be changed, others draw it too. Owned by the caller. */
PangoLayout *wf_chart_canvas_get_text (const WfChartCanvas *self, const char *text, gboolean bold);
float wf_chart_text_get_width (PangoLayout *text);
/* In the middle of the height; align: 0 at the beginning of the area, 0.5 in the middle, 1 at the end. Cut to its width. */
void wf_chart_paint_text (const WfChartCanvas *self, GtkSnapshot *snapshot, PangoLayout *text, const graphene_rect_t *area,
                          float align, const GdkRGBA *color);
void wf_chart_paint_area (const WfChartCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color);
/* A part of a bar, filled as its series is. */
void wf_chart_paint_part (const WfChartCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area,
                          const WfSeriesStyle *style);
void wf_chart_paint_outline (const WfChartCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area, float radius,
                             const GdkRGBA *color);
/* Everything until the pop has rounded corners where the bar ends. along: into which direction it grows. */
void wf_chart_push_bar (const WfChartCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bar, GtkOrientation along);
void wf_chart_paint_marker (const WfChartCanvas *self, GtkSnapshot *snapshot, const WfSeriesStyle *style, float x, float y,
                            float radius);
void wf_chart_paint_stroke (const WfChartCanvas *self, GtkSnapshot *snapshot, GskPath *path, const WfSeriesStyle *style,
                            float width);
float wf_chart_canvas_mirror (const WfChartCanvas *self, float x);

G_END_DECLS
