/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes and words of charts as render nodes. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-paint.h"

#include <math.h>

#define HATCH 5.0f /* between two lines */
#define BAR_RADIUS 4.0f
#define OUTLINE 1.5f

double
wf_chart_canvas_get_value (const WfChartCanvas *self, guint series, guint category)
{
  return self->values[series * self->data->n_categories + category];
}

/**
 * wf_chart_canvas_move_top:
 * @self: a drawing
 * @top: what the axis ends at
 *
 * Numbers and axis move together, so that what stays the same does not jump.
 *
 * Returns: what the axis ends at now
 */
double
wf_chart_canvas_move_top (WfChartCanvas *self, double top)
{
  self->top = top;
  if (self->progress < 1 && self->from_top > 0)
    self->top = self->from_top + (top - self->from_top) * self->progress;
  return self->top;
}

float
wf_chart_canvas_mirror (const WfChartCanvas *self, float x)
{
  return self->mirrored ? self->width - x : x;
}

static graphene_rect_t
mirror_area (const WfChartCanvas *self, const graphene_rect_t *area)
{
  graphene_rect_t result = *area;

  if (self->mirrored)
    result.origin.x = self->width - area->origin.x - area->size.width;
  return result;
}

/* ---- words ------------------------------------------------------------------------------------- */

PangoLayout *
wf_chart_canvas_get_text (const WfChartCanvas *self, const char *text, gboolean bold)
{
  return self->texts != NULL ? wf_chart_texts_get (self->texts, text, bold)
                             : wf_chart_text_new (self->context, text, bold);
}

float
wf_chart_text_get_width (PangoLayout *text)
{
  int width;

  pango_layout_get_pixel_size (text, &width, NULL);
  return (float) width;
}

/* A text is mostly cut to the same width again. Borrowed from the text. */
static PangoLayout *
get_cut_text (PangoLayout *text, int width)
{
  PangoLayout *cut = g_object_get_data (G_OBJECT (text), "wf-cut");

  if (cut == NULL || pango_layout_get_width (cut) != width)
    {
      cut = pango_layout_copy (text);
      pango_layout_set_ellipsize (cut, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (cut, width);
      g_object_set_data_full (G_OBJECT (text), "wf-cut", cut, g_object_unref);
    }
  return cut;
}

/**
 * wf_chart_paint_text:
 * @self: a drawing
 * @snapshot: gets it
 * @text: a layout; what is seen of it is cut to the width of @area
 * @area: from the side where the language begins
 * @align: 0-1, where in @area
 * @color: of the letters
 */
void
wf_chart_paint_text (const WfChartCanvas *self, GtkSnapshot *snapshot, PangoLayout *text,
                     const graphene_rect_t *area, float align, const GdkRGBA *color)
{
  graphene_rect_t place = mirror_area (self, area);
  PangoRectangle logical;
  float rest;

  if (pango_layout_get_ellipsize (text) == PANGO_ELLIPSIZE_NONE &&
      wf_chart_text_get_width (text) > place.size.width)
    text = get_cut_text (text, (int) MAX (place.size.width, 1) * PANGO_SCALE);
  /* A text of the other direction stands at the far end of a layout that has a width. */
  pango_layout_get_pixel_extents (text, NULL, &logical);
  rest = place.size.width - (float) logical.width;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT (
          roundf (place.origin.x + rest * (self->mirrored ? 1 - align : align)) - (float) logical.x,
          roundf (place.origin.y + (place.size.height - (float) logical.height) / 2)));
  gtk_snapshot_append_layout (snapshot, text, color);
  gtk_snapshot_restore (snapshot);
}

/* ---- areas ------------------------------------------------------------------------------------- */

void
wf_chart_paint_area (const WfChartCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area,
                     const GdkRGBA *color)
{
  const graphene_rect_t place = mirror_area (self, area);

  gtk_snapshot_append_color (snapshot, color, &place);
}

void
wf_chart_paint_outline (const WfChartCanvas *self, GtkSnapshot *snapshot,
                        const graphene_rect_t *area, float radius, const GdkRGBA *color)
{
  const graphene_rect_t place = mirror_area (self, area);
  float width = MIN (OUTLINE, MIN (place.size.width, place.size.height) / 2);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &place, radius);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]) { width, width, width, width },
                              (const GdkRGBA[]) { *color, *color, *color, *color });
}

/* Lines from the lower left to the upper right, as vectors: paper shows them sharp. */
static void
paint_hatch (GtkSnapshot *snapshot, const graphene_rect_t *place, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1.2f);
  float x = place->origin.x, y = place->origin.y;
  float width = place->size.width, height = place->size.height;
  /* The lines of neighbouring parts go on in one another. */
  float first = floorf ((x + y) / HATCH) * HATCH - x - y;

  for (float at = first; at <= width + height; at += HATCH)
    {
      gsk_path_builder_move_to (builder, x + at, y);
      gsk_path_builder_line_to (builder, x + at - height, y + height);
    }
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_push_clip (snapshot, place);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gtk_snapshot_pop (snapshot);
}

static void
paint_hollow (const WfChartCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area,
              const graphene_rect_t *place, const WfSeriesStyle *style)
{
  GdkRGBA tint = style->color;

  tint.alpha *= 0.15f;
  gtk_snapshot_append_color (snapshot, &tint, place);
  wf_chart_paint_outline (self, snapshot, area, 0, &style->color);
}

/**
 * wf_chart_paint_part:
 * @self: a drawing
 * @snapshot: gets it
 * @area: from the side where the language begins
 * @style: of the series
 *
 * In high contrast every part has an outline too, so that parts are told apart without their colours.
 */
void
wf_chart_paint_part (const WfChartCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area,
                     const WfSeriesStyle *style)
{
  const graphene_rect_t place = mirror_area (self, area);

  if (place.size.width <= 0 || place.size.height <= 0)
    return;
  switch (style->fill)
    {
    case WF_FILL_HOLLOW:
      paint_hollow (self, snapshot, area, &place, style);
      return;
    case WF_FILL_HATCHED:
      gtk_snapshot_append_color (snapshot, &self->palette.card, &place);
      paint_hatch (snapshot, &place, &style->color);
      wf_chart_paint_outline (self, snapshot, area, 0, &style->color);
      return;
    case WF_FILL_SOLID:
    default:
      gtk_snapshot_append_color (snapshot, &style->color, &place);
      if (self->palette.high_contrast)
        wf_chart_paint_outline (self, snapshot, area, 0, &self->palette.text);
    }
}

/**
 * wf_chart_push_bar:
 * @self: a drawing
 * @snapshot: whose next nodes are clipped, until they are popped
 * @bar: a whole bar with all its parts
 * @along: into which direction it grows
 *
 * It has rounded corners where it ends and straight ones where it begins.
 */
void
wf_chart_push_bar (const WfChartCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bar,
                   GtkOrientation along)
{
  const graphene_rect_t place = mirror_area (self, bar);
  float radius = MIN (BAR_RADIUS, MIN (place.size.width, place.size.height) / 2);
  const graphene_size_t round = GRAPHENE_SIZE_INIT (radius, radius);
  const graphene_size_t sharp = GRAPHENE_SIZE_INIT (0, 0);
  gboolean upright = along == GTK_ORIENTATION_VERTICAL;
  const graphene_size_t *top_left = upright || self->mirrored ? &round : &sharp;
  const graphene_size_t *top_right = upright || !self->mirrored ? &round : &sharp;
  const graphene_size_t *bottom_right = !upright && !self->mirrored ? &round : &sharp;
  const graphene_size_t *bottom_left = !upright && self->mirrored ? &round : &sharp;
  GskRoundedRect clip;

  gsk_rounded_rect_init (&clip, &place, top_left, top_right, bottom_right, bottom_left);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
}

/* ---- lines ------------------------------------------------------------------------------------- */

static GskPath *
make_marker (WfMarker marker, float x, float y, float radius)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  float r = radius * 1.2f;

  switch (marker)
    {
    case WF_MARKER_DIAMOND:
      gsk_path_builder_move_to (builder, x, y - r);
      gsk_path_builder_line_to (builder, x + r, y);
      gsk_path_builder_line_to (builder, x, y + r);
      gsk_path_builder_line_to (builder, x - r, y);
      gsk_path_builder_close (builder);
      break;
    case WF_MARKER_TRIANGLE:
      gsk_path_builder_move_to (builder, x, y - r);
      gsk_path_builder_line_to (builder, x + r, y + r * 0.8f);
      gsk_path_builder_line_to (builder, x - r, y + r * 0.8f);
      gsk_path_builder_close (builder);
      break;
    case WF_MARKER_SQUARE:
      gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (x - radius * 0.9f, y - radius * 0.9f,
                                                               radius * 1.8f, radius * 1.8f));
      break;
    case WF_MARKER_DISC:
    case WF_MARKER_RING:
    case WF_MARKER_NONE:
    default:
      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), radius);
    }
  return gsk_path_builder_to_path (builder);
}

/* x, y: as they are on the screen, mirrored already. */
void
wf_chart_paint_marker (const WfChartCanvas *self, GtkSnapshot *snapshot, const WfSeriesStyle *style,
                       float x, float y, float radius)
{
  g_autoptr (GskPath) path = make_marker (style->marker, x, y, radius);
  g_autoptr (GskStroke) edge = gsk_stroke_new (style->marker == WF_MARKER_RING ? 1.5f : 1.0f);
  gboolean hollow = style->marker == WF_MARKER_RING || style->marker == WF_MARKER_NONE;

  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING,
                            hollow ? &self->palette.card : &style->color);
  gtk_snapshot_append_stroke (snapshot, path, edge, hollow ? &style->color : &self->palette.card);
}

void
wf_chart_paint_stroke (const WfChartCanvas *self, GtkSnapshot *snapshot, GskPath *path,
                       const WfSeriesStyle *style, float width)
{
  g_autoptr (GskStroke) stroke = gsk_stroke_new (width);

  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  if (style->dash[0] > 0)
    {
      gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_BUTT);
      gsk_stroke_set_dash (stroke, style->dash, G_N_ELEMENTS (style->dash));
    }
  gtk_snapshot_append_stroke (snapshot, path, stroke, &style->color);
}
