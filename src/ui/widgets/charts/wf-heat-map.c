/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells, the darker the more; where their numbers have no room, the larger the more, so that no colour is needed to read it. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-axes.h"
#include "wf-chart-private.h"

#include <math.h>

#define NATURAL_ROW 1.3f
#define GAP 1.0f
#define RADIUS 3.0f
#define LEAST_CELL 0.3f /* of the room, for a value that is not 0 */

#define WF_TYPE_HEAT_MAP (wf_heat_map_get_type ())
G_DECLARE_FINAL_TYPE (WfHeatMap, wf_heat_map, WF, HEAT_MAP, WfChart)

struct _WfHeatMap
{
  WfChart parent_instance;
};

G_DEFINE_FINAL_TYPE (WfHeatMap, wf_heat_map, WF_TYPE_CHART)

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

static float
get_widest_row (WfChartCanvas *canvas)
{
  float widest = 0;

  for (guint s = 0; s < canvas->data->n_series; s++)
    {
      g_autoptr (PangoLayout) text =
          wf_chart_canvas_get_text (canvas, canvas->data->series[s].name, FALSE);

      widest = MAX (widest, wf_chart_text_get_width (text));
    }
  return widest;
}

/* The numbers fit when the greatest does. */
static gboolean
has_room (WfChartCanvas *canvas, const WfCells *cells)
{
  g_autofree char *most = wf_value_to_text (canvas->data->series[0].kind, get_most (canvas->data));
  g_autoptr (PangoLayout) text = wf_chart_canvas_get_text (canvas, most, FALSE);

  return wf_chart_text_get_width (text) + 4 * GAP <= cells->cell_width &&
         canvas->text_height + 2 * GAP <= cells->cell_height;
}

static void
init_cells (WfChartCanvas *canvas, WfCells *cells)
{
  wf_chart_canvas_move_top (canvas, get_most (canvas->data));
  wf_cells_init (cells, canvas->width, canvas->height, get_widest_row (canvas), canvas->text_height,
                 canvas->data->n_categories, canvas->data->n_series);
}

static void
fill_cell (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *cell,
           const GdkRGBA *color)
{
  graphene_rect_t place = *cell;
  GskRoundedRect outline;

  if (canvas->mirrored)
    place.origin.x = canvas->width - cell->origin.x - cell->size.width;
  gsk_rounded_rect_init_from_rect (&outline, &place,
                                   MIN (RADIUS, MIN (place.size.width, place.size.height) / 3));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &place);
  gtk_snapshot_pop (snapshot);
}

static void
draw_number (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const graphene_rect_t *cell,
             guint series, guint category, const GdkRGBA *ground)
{
  const WfSeries *entry = &canvas->data->series[series];
  g_autofree char *value = wf_value_to_text (entry->kind, entry->values[category]);
  g_autoptr (PangoLayout) text = wf_chart_canvas_get_text (canvas, value, FALSE);
  GdkRGBA color = wf_chart_palette_get_text_on (ground);

  wf_chart_paint_text (canvas, snapshot, text, cell, 0.5f, &color);
}

/* The more, the nearer to the whole cell. */
static void
shrink (graphene_rect_t *cell, double share)
{
  float part = LEAST_CELL + (1 - LEAST_CELL) * sqrtf ((float) CLAMP (share, 0, 1));

  graphene_rect_inset (cell, cell->size.width * (1 - part) / 2, cell->size.height * (1 - part) / 2);
}

static void
draw_cell (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfCells *cells, guint series,
           guint category, gboolean numbers)
{
  graphene_rect_t cell = wf_cells_get_cell (cells, series, category);
  double value = wf_chart_canvas_get_value (canvas, series, category);
  double share = isnan (value) || canvas->top <= 0 ? 0 : value / canvas->top;
  GdkRGBA color = wf_chart_palette_get_shade (&canvas->palette, share);

  graphene_rect_inset (&cell, MIN (GAP, cell.size.width / 4), MIN (GAP, cell.size.height / 4));
  if (isnan (value) || value <= 0)
    {
      color = canvas->palette.grid;
      color.alpha = 0.5f;
      if (canvas->palette.high_contrast) /* the numbers stand out more than their absence */
        wf_chart_paint_outline (canvas, snapshot, &cell, RADIUS, &color);
      else
        fill_cell (canvas, snapshot, &cell, &color);
      return;
    }
  if (!numbers)
    shrink (&cell, share);
  fill_cell (canvas, snapshot, &cell, &color);
  if (numbers && canvas->palette.high_contrast) /* a small outline would be read as a zero */
    wf_chart_paint_outline (canvas, snapshot, &cell, RADIUS, &canvas->palette.text);
  if (numbers)
    draw_number (canvas, snapshot, &cell, series, category, &color);
}

static void
draw_words (WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfCells *cells)
{
  guint n = canvas->data->n_categories;
  g_autofree float *middles = g_new (float, MAX (n, 1));

  for (guint s = 0; s < cells->n_rows; s++)
    {
      g_autoptr (PangoLayout) text =
          wf_chart_canvas_get_text (canvas, canvas->data->series[s].name, FALSE);
      const graphene_rect_t area = GRAPHENE_RECT_INIT (
          0, cells->cell_height * (float) s, cells->label_width - WF_CHART_GAP, cells->cell_height);

      wf_chart_paint_text (canvas, snapshot, text, &area, 0, &canvas->palette.dim);
    }
  for (guint c = 0; c < n; c++)
    middles[c] = cells->label_width + cells->cell_width * ((float) c + 0.5f);
  wf_chart_axes_draw_labels (canvas, snapshot, middles, 0,
                             cells->cell_height * (float) cells->n_rows + WF_CHART_GAP);
}

static void
wf_heat_map_draw (WfChart *chart, WfChartCanvas *canvas, GtkSnapshot *snapshot)
{
  WfCells cells;
  gboolean numbers;

  init_cells (canvas, &cells);
  numbers = has_room (canvas, &cells);
  for (guint s = 0; s < cells.n_rows; s++)
    {
      for (guint c = 0; c < cells.n_columns; c++)
        draw_cell (canvas, snapshot, &cells, s, c, numbers);
    }
  draw_words (canvas, snapshot, &cells);
}

static void
wf_heat_map_place (WfChart *chart, WfChartCanvas *canvas, graphene_rect_t *marks, guint n)
{
  WfCells cells;

  init_cells (canvas, &cells);
  for (guint i = 0; i < n; i++)
    marks[i] = wf_cells_get_cell (&cells, i / cells.n_columns, i % cells.n_columns);
}

static void
wf_heat_map_get_height (WfChart *chart, WfChartCanvas *canvas, float *least, float *natural)
{
  *least = wf_cells_get_least_height (MAX (canvas->data->n_series, 1), canvas->text_height);
  *natural = *least * NATURAL_ROW;
}

static int
wf_heat_map_get_step (WfChart *chart, GtkDirectionType direction)
{
  int n = (int) wf_chart_get_data (chart)->n_categories;

  switch (direction)
    {
    case GTK_DIR_LEFT:
      return -1;
    case GTK_DIR_RIGHT:
      return 1;
    case GTK_DIR_UP:
      return -n;
    case GTK_DIR_DOWN:
      return n;
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    default:
      return 0;
    }
}

static void
wf_heat_map_class_init (WfHeatMapClass *klass)
{
  WfChartClass *chart_class = WF_CHART_CLASS (klass);

  chart_class->legend = WF_LEGEND_SHADES;
  chart_class->has_cells = TRUE;
  chart_class->draw = wf_heat_map_draw;
  chart_class->place = wf_heat_map_place;
  chart_class->get_height = wf_heat_map_get_height;
  chart_class->get_step = wf_heat_map_get_step;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "heatmap");
}

static void
wf_heat_map_init (WfHeatMap *self)
{
}

GtkWidget *
wf_heat_map_new (void)
{
  return g_object_new (WF_TYPE_HEAT_MAP, NULL);
}
