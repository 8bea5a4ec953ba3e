/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart on paper: the same drawing as in the window, black on white with patterns, and its legend above it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-private.h"
#include "wf-report-sheet-private.h"

#include <math.h>

#define PIXEL 0.75 /* of the window: 1/96 inch */
#define LEGEND_GAP 8.0f
#define LEAST 60 /* pixels */

struct _WfSheetFigure
{
  GtkWidget *chart;  /* (owned) shown nowhere */
  WfChartData *data; /* (owned) */
  int width, height; /* of the chart, in pixels */
  float legend_height;
};

static GtkWidget *
make_chart (const WfSheetPart *part)
{
  GtkWidget *chart = NULL;

  switch (part->kind)
    {
    case WF_SHEET_LINES:
      chart = wf_line_chart_new ();
      break;
    case WF_SHEET_BARS:
      chart = wf_bar_chart_new (GTK_ORIENTATION_HORIZONTAL);
      break;
    case WF_SHEET_HEAT:
      chart = wf_heat_map_new ();
      break;
    case WF_SHEET_FUNNEL:
      chart = wf_funnel_chart_new ();
      wf_funnel_chart_mark (chart, part->bottleneck);
      break;
    }
  g_object_ref_sink (chart);
  wf_chart_set_data (WF_CHART (chart), part->chart);
  return chart;
}

static void
init_canvas (const WfSheetFigure *self, WfChartCanvas *canvas)
{
  wf_chart_canvas_init (canvas, self->chart, self->data, NULL, (float) self->width, 0, TRUE);
}

static WfLegendKind
get_legend_kind (const WfSheetFigure *self)
{
  return WF_CHART_GET_CLASS (self->chart)->legend;
}

static float
measure_legend (const WfSheetFigure *self)
{
  g_auto (WfChartCanvas) canvas = { 0 };
  float height;

  if (get_legend_kind (self) == WF_LEGEND_NONE)
    return 0;
  init_canvas (self, &canvas);
  height = wf_chart_legend_draw (&canvas, NULL, get_legend_kind (self));
  return height > 0 ? height + LEGEND_GAP : 0;
}

WfSheetFigure *
wf_sheet_figure_new (const WfSheetPart *part, double width, double most)
{
  WfSheetFigure *self = g_new0 (WfSheetFigure, 1);
  int highest;

  self->data = wf_chart_data_ref (part->chart);
  self->chart = make_chart (part);
  self->width = (int) floor (width / PIXEL);
  self->legend_height = measure_legend (self);
  highest = (int) floor (most / PIXEL - (double) self->legend_height);
  self->height = wf_chart_get_height (WF_CHART (self->chart), self->width);
  self->height = CLAMP (self->height, MIN (LEAST, highest), highest);
  return self;
}

void
wf_sheet_figure_free (WfSheetFigure *self)
{
  g_object_unref (self->chart);
  wf_chart_data_unref (self->data);
  g_free (self);
}

double
wf_sheet_figure_get_height (const WfSheetFigure *self)
{
  return ((double) self->legend_height + self->height) * PIXEL;
}

static void
draw_node (cairo_t *cr, GskRenderNode *node)
{
  if (node == NULL)
    return;
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
}

void
wf_sheet_figure_draw (WfSheetFigure *self, cairo_t *cr, double y)
{
  cairo_save (cr);
  cairo_translate (cr, 0, y);
  cairo_scale (cr, PIXEL, PIXEL);
  if (self->legend_height > 0)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      g_auto (WfChartCanvas) canvas = { 0 };

      init_canvas (self, &canvas);
      wf_chart_legend_draw (&canvas, snapshot, get_legend_kind (self));
      draw_node (cr, gtk_snapshot_free_to_node (snapshot));
      cairo_translate (cr, 0, (double) self->legend_height);
    }
  draw_node (cr, wf_chart_draw (WF_CHART (self->chart), self->width, self->height, TRUE));
  cairo_restore (cr);
}
