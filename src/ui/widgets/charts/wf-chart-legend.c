/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of series beside the shapes that they are drawn with; as many in a line as fit. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-layout.h"
#include "wf-chart-private.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define AREA_SIZE 12.0f
#define LINE_SIZE 26.0f
#define SPACING 18.0f /* between two series */
#define LINE_SPACING 4.0f
#define N_SHADES 5
#define LEAST_WIDTH 120
#define ANY_WIDTH 10000 /* where a height is asked for any width, it is the least there is */

struct _WfChartLegend
{
  GtkWidget parent_instance;

  WfChartData *data; /* (owned) (nullable) */
  WfLegendKind kind;
};

G_DEFINE_FINAL_TYPE (WfChartLegend, wf_chart_legend, GTK_TYPE_WIDGET)

/* ---- drawing ----------------------------------------------------------------------------------- */

static void
draw_line_sample (const WfChartCanvas *canvas, GtkSnapshot *snapshot, const WfSeriesStyle *style,
                  const graphene_rect_t *area)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  float y = area->origin.y + area->size.height / 2;
  float middle = wf_chart_canvas_mirror (canvas, area->origin.x + area->size.width / 2);

  gsk_path_builder_move_to (builder, wf_chart_canvas_mirror (canvas, area->origin.x + 1), y);
  gsk_path_builder_line_to (
      builder, wf_chart_canvas_mirror (canvas, area->origin.x + area->size.width - 1), y);
  path = gsk_path_builder_to_path (builder);
  wf_chart_paint_stroke (canvas, snapshot, path, style, 2);
  if (style->marker != WF_MARKER_NONE)
    wf_chart_paint_marker (canvas, snapshot, style, middle, y, 3.5f);
}

static void
draw_sample (const WfChartCanvas *canvas, GtkSnapshot *snapshot, WfLegendKind kind, guint series,
             const graphene_rect_t *area)
{
  WfSeriesStyle style;

  wf_series_style_init (&style, &canvas->palette, canvas->data, series);
  if (kind == WF_LEGEND_LINES)
    draw_line_sample (canvas, snapshot, &style, area);
  else
    wf_chart_paint_part (canvas, snapshot, area, &style);
}

/* A shape and a name a series. */
static float
draw_series (WfChartCanvas *canvas, GtkSnapshot *snapshot, WfLegendKind kind)
{
  float size = kind == WF_LEGEND_LINES ? LINE_SIZE : AREA_SIZE, x = 0, y = 0;

  for (guint s = 0; s < canvas->data->n_series; s++)
    {
      g_autoptr (PangoLayout) name =
          wf_chart_canvas_get_text (canvas, canvas->data->series[s].name, FALSE);
      float width = size + WF_CHART_GAP + wf_chart_text_get_width (name);

      if (x > 0 && x + width > canvas->width)
        {
          x = 0;
          y += canvas->text_height + LINE_SPACING;
        }
      if (snapshot != NULL)
        {
          draw_sample (
              canvas, snapshot, kind, s,
              &GRAPHENE_RECT_INIT (x, y + (canvas->text_height - AREA_SIZE) / 2, size, AREA_SIZE));
          wf_chart_paint_text (
              canvas, snapshot, name,
              &GRAPHENE_RECT_INIT (x + size + WF_CHART_GAP, y,
                                   MIN (wf_chart_text_get_width (name),
                                        MAX (canvas->width - x - size - WF_CHART_GAP, 1)),
                                   canvas->text_height),
              0, &canvas->palette.text);
        }
      x += width + SPACING;
    }
  return y + canvas->text_height;
}

static double
get_most (const WfChartData *data)
{
  double most = 0;

  for (guint i = 0; i < data->n_series * data->n_categories; i++)
    {
      double value = data->series[i / data->n_categories].values[i % data->n_categories];

      most = isnan (value) ? most : MAX (most, value);
    }
  return most;
}

/* From one to the greatest number. */
static float
draw_shades (WfChartCanvas *canvas, GtkSnapshot *snapshot)
{
  WfValueKind kind = canvas->data->n_series > 0 ? canvas->data->series[0].kind : WF_VALUE_COUNT;
  g_autofree char *least = wf_value_to_text (kind, 0);
  g_autofree char *most = wf_value_to_text (kind, get_most (canvas->data));
  g_autoptr (PangoLayout) first = wf_chart_canvas_get_text (canvas, least, FALSE);
  g_autoptr (PangoLayout) last = wf_chart_canvas_get_text (canvas, most, FALSE);
  graphene_rect_t area =
      GRAPHENE_RECT_INIT (0, 0, wf_chart_text_get_width (first), canvas->text_height);

  if (snapshot == NULL)
    return canvas->text_height;
  wf_chart_paint_text (canvas, snapshot, first, &area, 0, &canvas->palette.dim);
  area.origin.x += area.size.width + WF_CHART_GAP;
  for (guint i = 0; i < N_SHADES; i++)
    {
      GdkRGBA color = wf_chart_palette_get_shade (&canvas->palette, i / (double) (N_SHADES - 1));
      float size = AREA_SIZE * (0.4f + 0.6f * (float) i / (N_SHADES - 1));

      wf_chart_paint_area (canvas, snapshot,
                           &GRAPHENE_RECT_INIT (area.origin.x + (AREA_SIZE - size) / 2,
                                                (canvas->text_height - size) / 2, size, size),
                           &color);
      area.origin.x += AREA_SIZE + 2;
    }
  area.origin.x += WF_CHART_GAP;
  area.size.width = wf_chart_text_get_width (last);
  wf_chart_paint_text (canvas, snapshot, last, &area, 0, &canvas->palette.dim);
  return canvas->text_height;
}

/* One series says with the title what it is. */
static gboolean
has_legend (const WfChartData *data, WfLegendKind kind)
{
  return data != NULL && kind != WF_LEGEND_NONE && data->n_series > (kind != WF_LEGEND_SHADES);
}

/**
 * wf_chart_legend_draw:
 * @canvas: a drawing
 * @snapshot: (nullable): gets it
 * @kind: with which shapes
 *
 * Returns: its height in pixels; 0 when none is needed
 */
float
wf_chart_legend_draw (WfChartCanvas *canvas, GtkSnapshot *snapshot, WfLegendKind kind)
{
  if (!has_legend (canvas->data, kind))
    return 0;
  return kind == WF_LEGEND_SHADES ? draw_shades (canvas, snapshot)
                                  : draw_series (canvas, snapshot, kind);
}

/* ---- the widget -------------------------------------------------------------------------------- */

static void
wf_chart_legend_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfChartLegend *self = WF_CHART_LEGEND (widget);
  g_auto (WfChartCanvas) canvas = { 0 };

  if (self->data == NULL)
    return;
  wf_chart_canvas_init (&canvas, widget, self->data, NULL, (float) gtk_widget_get_width (widget),
                        (float) gtk_widget_get_height (widget), FALSE);
  wf_chart_legend_draw (&canvas, snapshot, self->kind);
}

static GtkSizeRequestMode
wf_chart_legend_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wf_chart_legend_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfChartLegend *self = WF_CHART_LEGEND (widget);
  g_auto (WfChartCanvas) canvas = { 0 };

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || self->data == NULL)
    return;
  wf_chart_canvas_init (&canvas, widget, self->data, NULL,
                        (float) (for_size >= 0 ? for_size : ANY_WIDTH), 0, FALSE);
  *minimum = *natural = (int) ceilf (wf_chart_legend_draw (&canvas, NULL, self->kind));
}

static void
wf_chart_legend_dispose (GObject *object)
{
  g_clear_pointer (&WF_CHART_LEGEND (object)->data, wf_chart_data_unref);
  G_OBJECT_CLASS (wf_chart_legend_parent_class)->dispose (object);
}

static void
wf_chart_legend_class_init (WfChartLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_chart_legend_dispose;
  widget_class->snapshot = wf_chart_legend_snapshot;
  widget_class->get_request_mode = wf_chart_legend_get_request_mode;
  widget_class->measure = wf_chart_legend_measure;
  gtk_widget_class_set_css_name (widget_class, "chartlegend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wf_chart_legend_init (WfChartLegend *self)
{
}

static char *
get_label (const WfChartData *data)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint s = 0; s < data->n_series; s++)
    {
      if (s > 0)
        g_string_append (names, _ (", "));
      g_string_append (names, data->series[s].name);
    }
  /* Translators: what a chart shows: "Legend: Done on Time, Late" */
  return g_strdup_printf (_ ("Legend: %s"), names->str);
}

/**
 * wf_chart_legend_set:
 * @self: a legend
 * @data: (nullable): whose series are named
 * @kind: with which shapes
 */
void
wf_chart_legend_set (WfChartLegend *self, WfChartData *data, WfLegendKind kind)
{
  g_autofree char *label = data != NULL ? get_label (data) : NULL;

  g_clear_pointer (&self->data, wf_chart_data_unref);
  self->data = data != NULL ? wf_chart_data_ref (data) : NULL;
  self->kind = kind;
  gtk_widget_set_visible (GTK_WIDGET (self), has_legend (data, kind));
  if (label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
