/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grid lines, and words at the axes. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-axes.h"

#include <math.h>

static WfValueKind
get_kind (const WfChartCanvas *canvas)
{
  return canvas->data->n_series > 0 ? canvas->data->series[0].kind : WF_VALUE_COUNT;
}

static PangoLayout *
get_tick (const WfChartCanvas *canvas, const WfAxis *axis, guint tick)
{
  g_autofree char *text = wf_axis_get_text (axis, get_kind (canvas), tick);

  return wf_chart_canvas_get_text (canvas, text, FALSE);
}

/**
 * wf_chart_axes_init:
 * @canvas: a drawing; gets what the axis ends at now
 * @most: the greatest value
 * @axis: (out): gets the axis
 * @plot: (out): gets the places
 */
void
wf_chart_axes_init (WfChartCanvas *canvas, double most, WfAxis *axis, WfPlot *plot)
{
  float widest = 0;

  wf_axis_init (axis, get_kind (canvas), most,
                wf_plot_get_most_ticks (canvas->height, canvas->text_height));
  for (guint i = 0; i <= axis->n_ticks; i++)
    {
      g_autoptr (PangoLayout) text = get_tick (canvas, axis, i);

      widest = MAX (widest, wf_chart_text_get_width (text));
    }
  wf_plot_init (plot, canvas->width, canvas->height, widest, canvas->text_height,
                wf_chart_canvas_move_top (canvas, axis->top), canvas->data->n_categories);
}

float
wf_chart_axes_get_label_width (WfChartCanvas *canvas)
{
  float widest = 0;

  for (guint i = 0; i < canvas->data->n_categories; i++)
    {
      g_autoptr (PangoLayout) text =
          wf_chart_canvas_get_text (canvas, canvas->data->categories[i].label, FALSE);

      widest = MAX (widest, wf_chart_text_get_width (text));
    }
  return widest;
}

/**
 * wf_chart_axes_draw_labels:
 * @canvas: a drawing
 * @snapshot: gets it
 * @middles: (array): of the categories
 * @most_width: to which they may be cut; 0: never
 * @y: of their upper edge
 */
void
wf_chart_axes_draw_labels (WfChartCanvas *canvas, GtkSnapshot *snapshot, const float *middles,
                           float most_width, float y)
{
  guint n = canvas->data->n_categories, n_places;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_full (n, g_object_unref);
  g_autofree float *widths = g_new (float, MAX (n, 1));
  g_autofree WfLabelPlace *places = g_new (WfLabelPlace, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (texts,
                       wf_chart_canvas_get_text (canvas, canvas->data->categories[i].label, FALSE));
      widths[i] = wf_chart_text_get_width (texts->pdata[i]);
    }
  n_places = wf_chart_place_labels (widths, middles, n, 0, canvas->width, most_width, places);
  for (guint i = 0; i < n_places; i++)
    wf_chart_paint_text (canvas, snapshot, texts->pdata[places[i].index],
                         &GRAPHENE_RECT_INIT (places[i].x, y, places[i].width, canvas->text_height),
                         0.5f, &canvas->palette.dim);
}

static void
draw_tick (WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfAxis *axis, const WfPlot *plot,
           guint tick)
{
  g_autoptr (PangoLayout) text = get_tick (canvas, axis, tick);
  float y = roundf (wf_plot_get_y (plot, axis->step * tick));
  const graphene_rect_t area = GRAPHENE_RECT_INIT (
      0, y - canvas->text_height / 2, plot->plot.origin.x - WF_CHART_GAP, canvas->text_height);
  const graphene_rect_t line =
      GRAPHENE_RECT_INIT (plot->plot.origin.x, y, plot->plot.size.width, 1);

  wf_chart_paint_area (canvas, snapshot, &line,
                       tick == 0 ? &canvas->palette.dim : &canvas->palette.grid);
  wf_chart_paint_text (canvas, snapshot, text, &area, 1, &canvas->palette.dim);
}

/**
 * wf_chart_axes_draw:
 * @canvas: a drawing
 * @snapshot: gets it
 * @axis: its upright axis
 * @plot: its places
 * @cut: words at the lower axis are rather cut than left out
 */
void
wf_chart_axes_draw (WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfAxis *axis,
                    const WfPlot *plot, gboolean cut)
{
  g_autofree float *middles = g_new (float, MAX (plot->n, 1));

  for (guint i = 0; i <= axis->n_ticks; i++)
    {
      /* while the axis moves, some are above its end */
      if (axis->step * i <= plot->top * 1.0001)
        draw_tick (canvas, snapshot, axis, plot, i);
    }
  for (guint i = 0; i < plot->n; i++)
    middles[i] = wf_plot_get_x (plot, i);
  wf_chart_axes_draw_labels (canvas, snapshot, middles,
                             cut ? wf_plot_get_slot_width (plot) - WF_CHART_GAP : 0,
                             plot->plot.origin.y + plot->plot.size.height + WF_CHART_GAP);
}
