/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stacked bars, upright with an axis, or lying with their values written behind them. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-axes.h"
#include "wf-chart-private.h"

#include <math.h>

#define LEAST_HEIGHT 8.0f /* of text */
#define HEIGHT 14.0f
#define NATURAL_ROW 1.25f /* of the least height of a row */
#define PART_GAP 1.0f     /* between two parts of a stack */

#define WF_TYPE_BAR_CHART (wf_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (WfBarChart, wf_bar_chart, WF, BAR_CHART, WfChart)

struct _WfBarChart
{
  WfChart parent_instance;

  GtkOrientation orientation;
};

G_DEFINE_FINAL_TYPE (WfBarChart, wf_bar_chart, WF_TYPE_CHART)

static double
get_most (const WfChartData *data)
{
  double most = 0;

  for (guint c = 0; c < data->n_categories; c++)
    most = MAX (most, wf_chart_data_get_sum (data, c));
  return most;
}

static char *
get_sum_text (const WfChartData *data, guint category)
{
  return wf_value_to_text (data->series[0].kind, wf_chart_data_get_sum (data, category));
}

/* ---- a stack ----------------------------------------------------------------------------------- */

/* Parts along a bar that begins at its foot or at the side where the language begins. */
static guint
get_parts (const WfChartCanvas *canvas, guint category, float length, graphene_rect_t *parts,
           const graphene_rect_t *bar, gboolean upright)
{
  guint n = canvas->data->n_series;
  g_autofree double *values = g_new (double, n);
  g_autofree float *begins = g_new (float, n), *lengths = g_new (float, n);

  for (guint s = 0; s < n; s++)
    values[s] = wf_chart_canvas_get_value (canvas, s, category);
  wf_chart_stack (values, n, canvas->top, length, begins, lengths);
  for (guint s = 0; s < n; s++)
    {
      if (upright)
        graphene_rect_init (&parts[s], bar->origin.x,
                            bar->origin.y + bar->size.height - begins[s] - lengths[s],
                            bar->size.width, lengths[s]);
      else
        graphene_rect_init (&parts[s], bar->origin.x + begins[s], bar->origin.y, lengths[s],
                            bar->size.height);
    }
  return n;
}

static graphene_rect_t
get_union (const graphene_rect_t *parts, guint n)
{
  graphene_rect_t whole = parts[0];

  for (guint i = 1; i < n; i++)
    graphene_rect_union (&whole, &parts[i], &whole);
  return whole;
}

/* The number of a part, where it fits; of the only one, it stands at the end of the bar. */
static void
draw_part_value (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *part,
                 guint series, guint category, const WfSeriesStyle *style)
{
  const WfSeries *entry = &canvas->data->series[series];
  g_autofree char *value = wf_value_to_text (entry->kind, entry->values[category]);
  g_autoptr (PangoLayout) text = wf_chart_canvas_get_text (canvas, value, FALSE);
  float width = wf_chart_text_get_width (text) + WF_CHART_GAP;
  GdkRGBA color = style->fill == WF_FILL_SOLID ? wf_chart_palette_get_text_on (&style->color)
                                               : canvas->palette.text;

  if (width > part->size.width || canvas->text_height > part->size.height ||
      entry->values[category] >= wf_chart_data_get_sum (canvas->data, category))
    return;
  if (style->fill == WF_FILL_HATCHED)
    {
      /* of the pattern something must be left */
      if (width + 2 * WF_CHART_GAP > part->size.width &&
          canvas->text_height + 2 * WF_CHART_GAP > part->size.height)
        return;
      wf_chart_paint_area (
          canvas, snapshot,
          &GRAPHENE_RECT_INIT (part->origin.x + (part->size.width - width) / 2,
                               part->origin.y + (part->size.height - canvas->text_height) / 2,
                               width, canvas->text_height),
          &canvas->palette.card);
    }
  wf_chart_paint_text (canvas, snapshot, text, part, 0.5f, &color);
}

static void
draw_parts (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *parts,
            guint category, gboolean upright)
{
  guint n = canvas->data->n_series;
  graphene_rect_t whole = get_union (parts, n);

  if (whole.size.width <= 0 || whole.size.height <= 0)
    return;
  wf_chart_push_bar (canvas, snapshot, &whole,
                     upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  for (guint s = 0; s < n; s++)
    {
      graphene_rect_t part = parts[s];
      WfSeriesStyle style;

      /* a hair of the ground between two parts; not of one that is hardly thicker */
      if (upright && part.size.height > 2 * PART_GAP && part.origin.y > whole.origin.y)
        {
          part.origin.y += PART_GAP;
          part.size.height -= PART_GAP;
        }
      else if (!upright && part.size.width > 2 * PART_GAP &&
               part.origin.x + part.size.width < whole.origin.x + whole.size.width)
        part.size.width -= PART_GAP;
      wf_series_style_init (&style, &canvas->palette, canvas->data, s);
      wf_chart_paint_part (canvas, snapshot, &part, &style);
      if (n > 1)
        draw_part_value (canvas, snapshot, &part, s, category, &style);
    }
  gtk_snapshot_pop (snapshot);
}

static guint
find_part (const graphene_rect_t *parts, guint n, float x, float y)
{
  for (guint s = 0; s < n; s++)
    {
      if (parts[s].size.width > 0 && parts[s].size.height > 0 &&
          graphene_rect_contains_point (&parts[s], &GRAPHENE_POINT_INIT (x, y)))
        return s;
    }
  return G_MAXUINT;
}

/* ---- upright ----------------------------------------------------------------------------------- */

static graphene_rect_t
get_upright_bar (const WfPlot *plot, guint category)
{
  float width = wf_plot_get_bar_width (plot);

  return GRAPHENE_RECT_INIT (wf_plot_get_x (plot, category) - width / 2, plot->plot.origin.y, width,
                             plot->plot.size.height);
}

static void
draw_upright_sum (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfPlot *plot,
                  guint category, const graphene_rect_t *parts)
{
  graphene_rect_t whole = get_union (parts, canvas->data->n_series);
  graphene_rect_t area = wf_plot_get_slot (plot, category);
  g_autofree char *sum = get_sum_text (canvas->data, category);
  g_autoptr (PangoLayout) text = wf_chart_canvas_get_text (canvas, sum, FALSE);

  if (wf_chart_text_get_width (text) + 2 > area.size.width || whole.size.height <= 0)
    return;
  area.origin.y = whole.origin.y - canvas->text_height - 1;
  area.size.height = canvas->text_height;
  wf_chart_paint_text (canvas, snapshot, text, &area, 0.5f, &canvas->palette.text);
}

static void
draw_upright (WfChartCanvas *canvas, GtkSnapshot *snapshot)
{
  g_autofree graphene_rect_t *parts = g_new (graphene_rect_t, canvas->data->n_series);
  WfAxis axis;
  WfPlot plot;

  wf_chart_axes_init (canvas, get_most (canvas->data), &axis, &plot);
  wf_chart_axes_draw (canvas, snapshot, &axis, &plot, TRUE);
  for (guint c = 0; c < plot.n; c++)
    {
      graphene_rect_t bar = get_upright_bar (&plot, c);

      get_parts (canvas, c, bar.size.height, parts, &bar, TRUE);
      draw_parts (canvas, snapshot, parts, c, TRUE);
      draw_upright_sum (canvas, snapshot, &plot, c, parts);
    }
}

/* ---- lying ------------------------------------------------------------------------------------- */

static float
get_widest_sum (WfChartCanvas *canvas)
{
  float widest = 0;

  for (guint c = 0; c < canvas->data->n_categories; c++)
    {
      g_autofree char *sum = get_sum_text (canvas->data, c);
      g_autoptr (PangoLayout) text = wf_chart_canvas_get_text (canvas, sum, FALSE);

      widest = MAX (widest, wf_chart_text_get_width (text));
    }
  return widest;
}

/* There is no axis: every bar has its number. */
static void
init_rows (WfChartCanvas *canvas, WfBarRows *rows)
{
  wf_chart_canvas_move_top (canvas, get_most (canvas->data));
  wf_bar_rows_init (rows, canvas->width, canvas->height, wf_chart_axes_get_label_width (canvas),
                    get_widest_sum (canvas), canvas->text_height, canvas->data->n_categories);
}

static graphene_rect_t
get_lying_bar (const WfBarRows *rows, guint row)
{
  return GRAPHENE_RECT_INIT (rows->bar_x, wf_bar_rows_get_bar_y (rows, row), rows->bar_length,
                             rows->bar_height);
}

static void
draw_lying_words (WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfBarRows *rows, guint row,
                  const graphene_rect_t *parts)
{
  graphene_rect_t area = wf_bar_rows_get_row (rows, row, rows->label_width);
  graphene_rect_t whole = get_union (parts, canvas->data->n_series);
  g_autofree char *sum = get_sum_text (canvas->data, row);
  g_autoptr (PangoLayout) value = wf_chart_canvas_get_text (canvas, sum, FALSE);
  g_autoptr (PangoLayout) name =
      wf_chart_canvas_get_text (canvas, canvas->data->categories[row].label, FALSE);

  wf_chart_paint_text (canvas, snapshot, name, &area, 0, &canvas->palette.text);
  area.origin.x = rows->bar_x + whole.size.width + WF_CHART_GAP; /* also behind the line of none */
  area.size.width = wf_chart_text_get_width (value);
  wf_chart_paint_text (canvas, snapshot, value, &area, 0, &canvas->palette.dim);
}

static void
draw_lying (WfChartCanvas *canvas, GtkSnapshot *snapshot)
{
  g_autofree graphene_rect_t *parts = g_new (graphene_rect_t, canvas->data->n_series);
  WfBarRows rows;
  const graphene_rect_t foot = GRAPHENE_RECT_INIT (0, 0, 1, 0);

  init_rows (canvas, &rows);
  for (guint c = 0; c < rows.n; c++)
    {
      graphene_rect_t bar = get_lying_bar (&rows, c);
      graphene_rect_t line = foot;

      get_parts (canvas, c, bar.size.width, parts, &bar, FALSE);
      draw_parts (canvas, snapshot, parts, c, FALSE);
      line.origin.x = rows.bar_x - 1;
      line.origin.y = rows.row_height * (float) c;
      line.size.height = rows.row_height;
      wf_chart_paint_area (canvas, snapshot, &line, &canvas->palette.grid);
      draw_lying_words (canvas, snapshot, &rows, c, parts);
    }
}

/* ---- both -------------------------------------------------------------------------------------- */

static void
wf_bar_chart_draw (WfChart *chart, WfChartCanvas *canvas, GtkSnapshot *snapshot)
{
  if (WF_BAR_CHART (chart)->orientation == GTK_ORIENTATION_VERTICAL)
    draw_upright (canvas, snapshot);
  else
    draw_lying (canvas, snapshot);
}

static void
wf_bar_chart_place (WfChart *chart, WfChartCanvas *canvas, graphene_rect_t *marks, guint n)
{
  gboolean upright = WF_BAR_CHART (chart)->orientation == GTK_ORIENTATION_VERTICAL;
  WfAxis axis;
  WfPlot plot;
  WfBarRows rows;

  if (upright)
    wf_chart_axes_init (canvas, get_most (canvas->data), &axis, &plot);
  else
    init_rows (canvas, &rows);
  for (guint i = 0; i < n; i++)
    marks[i] = upright ? wf_plot_get_slot (&plot, i)
                       : wf_bar_rows_get_row (&rows, i, canvas->width);
}

static guint
wf_bar_chart_find_series (WfChart *chart, WfChartCanvas *canvas, guint category, float x, float y)
{
  gboolean upright = WF_BAR_CHART (chart)->orientation == GTK_ORIENTATION_VERTICAL;
  g_autofree graphene_rect_t *parts = g_new (graphene_rect_t, canvas->data->n_series);
  graphene_rect_t bar;
  WfAxis axis;
  WfPlot plot;
  WfBarRows rows;

  if (upright)
    {
      wf_chart_axes_init (canvas, get_most (canvas->data), &axis, &plot);
      bar = get_upright_bar (&plot, category);
      get_parts (canvas, category, bar.size.height, parts, &bar, TRUE);
    }
  else
    {
      init_rows (canvas, &rows);
      bar = get_lying_bar (&rows, category);
      get_parts (canvas, category, bar.size.width, parts, &bar, FALSE);
    }
  return find_part (parts, canvas->data->n_series, x, y);
}

static void
wf_bar_chart_get_height (WfChart *chart, WfChartCanvas *canvas, float *least, float *natural)
{
  if (WF_BAR_CHART (chart)->orientation == GTK_ORIENTATION_VERTICAL)
    {
      *least = LEAST_HEIGHT * canvas->text_height;
      *natural = HEIGHT * canvas->text_height;
      return;
    }
  *least = wf_bar_rows_get_least_height (MAX (canvas->data->n_categories, 1), canvas->text_height);
  *natural = *least * NATURAL_ROW;
}

static int
wf_bar_chart_get_step (WfChart *chart, GtkDirectionType direction)
{
  gboolean upright = WF_BAR_CHART (chart)->orientation == GTK_ORIENTATION_VERTICAL;

  if (direction == (upright ? GTK_DIR_LEFT : GTK_DIR_UP))
    return -1;
  return direction == (upright ? GTK_DIR_RIGHT : GTK_DIR_DOWN) ? 1 : 0;
}

static void
wf_bar_chart_class_init (WfBarChartClass *klass)
{
  WfChartClass *chart_class = WF_CHART_CLASS (klass);

  chart_class->legend = WF_LEGEND_AREAS;
  chart_class->draw = wf_bar_chart_draw;
  chart_class->place = wf_bar_chart_place;
  chart_class->find_series = wf_bar_chart_find_series;
  chart_class->get_height = wf_bar_chart_get_height;
  chart_class->get_step = wf_bar_chart_get_step;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "barchart");
}

static void
wf_bar_chart_init (WfBarChart *self)
{
}

/**
 * wf_bar_chart_new:
 * @orientation: into which direction bars grow
 */
GtkWidget *
wf_bar_chart_new (GtkOrientation orientation)
{
  WfBarChart *self = g_object_new (WF_TYPE_BAR_CHART, NULL);

  self->orientation = orientation;
  return GTK_WIDGET (self);
}
