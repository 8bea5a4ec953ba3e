/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines over ordered categories, told apart by colour, by dashes and by the shapes at their points. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-axes.h"
#include "wf-chart-private.h"

#include <math.h>

#define LEAST_HEIGHT 8.0f /* of text */
#define HEIGHT 14.0f
#define LINE 2.0f
#define MARKER 3.0f
#define POINTED_MARKER 4.5f
#define ROOM_FOR_MARKERS 14.0f /* a slot */

#define WF_TYPE_LINE_CHART (wf_line_chart_get_type ())
G_DECLARE_FINAL_TYPE (WfLineChart, wf_line_chart, WF, LINE_CHART, WfChart)

struct _WfLineChart
{
  WfChart parent_instance;
};

G_DEFINE_FINAL_TYPE (WfLineChart, wf_line_chart, WF_TYPE_CHART)

static double
get_most (const WfChartData *data)
{
  double most = 0;

  for (guint s = 0; s < data->n_series; s++)
    {
      for (guint c = 0; c < data->n_categories; c++)
        {
          double value = data->series[s].values[c];

          most = isnan (value) ? most : MAX (most, value);
        }
    }
  return most;
}

static graphene_point_t
get_point (const WfChartCanvas *canvas, const WfPlot *plot, guint series, guint category)
{
  double value = wf_chart_canvas_get_value (canvas, series, category);

  return GRAPHENE_POINT_INIT (wf_chart_canvas_mirror (canvas, wf_plot_get_x (plot, category)),
                              wf_plot_get_y (plot, value));
}

static gboolean
is_there (const WfChartCanvas *canvas, guint series, guint category)
{
  return category < canvas->data->n_categories &&
         !isnan (wf_chart_canvas_get_value (canvas, series, category));
}

/* A missing number is a gap. */
static void
draw_line (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfPlot *plot, guint series,
           const WfSeriesStyle *style)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  gboolean going = FALSE;

  for (guint c = 0; c < plot->n; c++)
    {
      graphene_point_t point = get_point (canvas, plot, series, c);

      if (!is_there (canvas, series, c))
        {
          going = FALSE;
          continue;
        }
      if (going)
        gsk_path_builder_line_to (builder, point.x, point.y);
      else
        gsk_path_builder_move_to (builder, point.x, point.y);
      going = TRUE;
    }
  path = gsk_path_builder_to_path (builder);
  wf_chart_paint_stroke (canvas, snapshot, path, style, LINE);
}

/* A point between two gaps would not be seen without one. */
static gboolean
is_alone (const WfChartCanvas *canvas, guint series, guint category)
{
  return (category == 0 || !is_there (canvas, series, category - 1)) &&
         !is_there (canvas, series, category + 1);
}

static void
draw_markers (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfPlot *plot, guint series,
              const WfSeriesStyle *style)
{
  gboolean all = style->marker != WF_MARKER_NONE &&
                 wf_plot_get_slot_width (plot) >= ROOM_FOR_MARKERS;

  for (guint c = 0; c < plot->n; c++)
    {
      graphene_point_t point = get_point (canvas, plot, series, c);
      gboolean pointed = canvas->pointed == (int) c;

      if (is_there (canvas, series, c) && (all || pointed || is_alone (canvas, series, c)))
        wf_chart_paint_marker (canvas, snapshot, style, point.x, point.y,
                               pointed ? POINTED_MARKER : MARKER);
    }
}

static void
draw_crosshair (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfPlot *plot)
{
  const graphene_rect_t line =
      GRAPHENE_RECT_INIT (roundf (wf_plot_get_x (plot, (guint) canvas->pointed)),
                          plot->plot.origin.y, 1, plot->plot.size.height);

  wf_chart_paint_area (canvas, snapshot, &line, &canvas->palette.dim);
}

/* The first series lies on top. */
static void
wf_line_chart_draw (WfChart *chart, WfChartCanvas *canvas, GtkSnapshot *snapshot)
{
  WfAxis axis;
  WfPlot plot;

  wf_chart_axes_init (canvas, get_most (canvas->data), &axis, &plot);
  wf_chart_axes_draw (canvas, snapshot, &axis, &plot, FALSE);
  if (canvas->pointed >= 0 && canvas->pointed < (int) plot.n)
    draw_crosshair (canvas, snapshot, &plot);
  for (guint s = canvas->data->n_series; s-- > 0;)
    {
      WfSeriesStyle style;

      wf_series_style_init (&style, &canvas->palette, canvas->data, s);
      draw_line (canvas, snapshot, &plot, s, &style);
      draw_markers (canvas, snapshot, &plot, s, &style);
    }
}

static void
wf_line_chart_place (WfChart *chart, WfChartCanvas *canvas, graphene_rect_t *marks, guint n)
{
  WfAxis axis;
  WfPlot plot;

  wf_chart_axes_init (canvas, get_most (canvas->data), &axis, &plot);
  for (guint i = 0; i < n; i++)
    marks[i] = wf_plot_get_slot (&plot, i);
}

static void
wf_line_chart_get_height (WfChart *chart, WfChartCanvas *canvas, float *least, float *natural)
{
  *least = LEAST_HEIGHT * canvas->text_height;
  *natural = HEIGHT * canvas->text_height;
}

static int
wf_line_chart_get_step (WfChart *chart, GtkDirectionType direction)
{
  return direction == GTK_DIR_LEFT ? -1 : direction == GTK_DIR_RIGHT ? 1 : 0;
}

static void
wf_line_chart_class_init (WfLineChartClass *klass)
{
  WfChartClass *chart_class = WF_CHART_CLASS (klass);

  chart_class->legend = WF_LEGEND_LINES;
  chart_class->draw = wf_line_chart_draw;
  chart_class->place = wf_line_chart_place;
  chart_class->get_height = wf_line_chart_get_height;
  chart_class->get_step = wf_line_chart_get_step;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "linechart");
}

static void
wf_line_chart_init (WfLineChart *self)
{
}

GtkWidget *
wf_line_chart_new (void)
{
  return g_object_new (WF_TYPE_LINE_CHART, NULL);
}
