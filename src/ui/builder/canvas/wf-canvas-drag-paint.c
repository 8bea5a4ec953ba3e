/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a drag looks like: the band, the places where the steps may go, and the card that hangs at
 * the pointer. In the widget's pixels, so that it looks the same at every zoom. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

#include <glib/gi18n-lib.h>

#define BAR_HEIGHT 28.0f
#define BAR_WIDTH 180.0f
#define LANDING_RADIUS 9.0f
#define BADGE_HEIGHT 22.0f

static GdkRGBA
with_alpha (const GdkRGBA *color, float alpha)
{
  GdkRGBA result = *color;

  result.alpha *= alpha;
  return result;
}

/* Text on the accent colour: the one of black and white that is easier to read on it. */
static GdkRGBA
get_text_on (const GdkRGBA *color)
{
  float light = 0.299f * color->red + 0.587f * color->green + 0.114f * color->blue;

  return light > 0.6f ? (GdkRGBA) { 0, 0, 0, 1 } : (GdkRGBA) { 1, 1, 1, 1 };
}

static void
append_rounded (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius,
                const GdkRGBA *fill, const GdkRGBA *line, float width)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, fill, rect);
  gtk_snapshot_pop (snapshot);
  if (line != NULL)
    gtk_snapshot_append_border (snapshot, &outline, (float[4]) { width, width, width, width },
                                (GdkRGBA[4]) { *line, *line, *line, *line });
}

static void
append_pill (WfCanvas *self, GtkSnapshot *snapshot, const char *text,
             const graphene_point_t *center, float height, float least_width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  const GdkRGBA color = get_text_on (&self->palette.accent);
  float padding = height / 3;
  graphene_rect_t rect;
  int width, text_height;

  pango_layout_get_pixel_size (layout, &width, &text_height);
  height = MAX (height, (float) text_height + 6);
  least_width = MAX (least_width, MAX (height, (float) width + 2 * padding));
  graphene_rect_init (&rect, center->x - least_width / 2, center->y - height / 2, least_width,
                      height);
  append_rounded (snapshot, &rect, height / 2, &self->palette.accent, NULL, 0);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (center->x - (float) width / 2,
                                                          center->y - (float) text_height / 2));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* In the widget's pixels: a landing place looks the same at every zoom. */
static void
snapshot_landings (WfCanvas *self, GtkSnapshot *snapshot)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));
  const GdkRGBA fill = with_alpha (&self->palette.accent, 0.25f);
  graphene_rect_t view;
  double x, y;

  wf_canvas_get_origin (self, &x, &y);
  wf_canvas_get_view (self, &view);
  wf_flow_layout_list_edges_in (self->layout, &view, edges);
  for (guint i = 0; i < edges->len; i++)
    {
      guint index = g_array_index (edges, guint, i);
      const WfFlowEdge *edge = wf_flow_layout_get_edge (self->layout, index);
      const graphene_point_t at =
          GRAPHENE_POINT_INIT ((float) (x + (double) edge->plus.x * self->zoom),
                               (float) (y + (double) edge->plus.y * self->zoom));
      float radius = LANDING_RADIUS * (float) CLAMP (self->zoom, 0.5, 1);

      if (index == self->drag.landing || !wf_canvas_may_land (self, index))
        continue;
      append_rounded (snapshot,
                      &GRAPHENE_RECT_INIT (at.x - radius, at.y - radius, 2 * radius, 2 * radius),
                      radius, &self->palette.window, NULL, 0);
      append_rounded (snapshot,
                      &GRAPHENE_RECT_INIT (at.x - radius, at.y - radius, 2 * radius, 2 * radius),
                      radius, &fill, &self->palette.accent, 1.5f);
    }
}

/* Where it would go now: above everything, also above what is carried. */
static void
snapshot_landing (WfCanvas *self, GtkSnapshot *snapshot)
{
  const WfFlowEdge *edge;
  double x, y;

  if (self->drag.landing == G_MAXUINT)
    return;
  edge = wf_flow_layout_get_edge (self->layout, self->drag.landing);
  wf_canvas_get_origin (self, &x, &y);
  append_pill (self, snapshot,
               self->drag.kind == WF_CANVAS_DRAG_TEXT ? _ ("Paste here")
               : self->drag.copy                      ? _ ("Copy here")
                                                      : _ ("Move here"),
               &GRAPHENE_POINT_INIT ((float) (x + (double) edge->plus.x * self->zoom),
                                     (float) (y + (double) edge->plus.y * self->zoom)),
               BAR_HEIGHT, BAR_WIDTH);
}

/* The grabbed card hangs at the pointer, with the number of steps when there are more. */
static void
snapshot_carried (WfCanvas *self, GtkSnapshot *snapshot)
{
  const WfFlowCard *card = wf_flow_layout_get_card (self->layout, self->drag.card);
  GtkIconTheme *icons = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  const graphene_rect_t body =
      GRAPHENE_RECT_INIT (0, 0, card->bounds.size.width, card->bounds.size.height);
  const GdkRGBA shadow = { 0, 0, 0, 0.3f };
  guint n = g_hash_table_size (self->drag.ids);
  float zoom = (float) self->zoom;
  GskRoundedRect outline;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (self->drag.pointer.x - self->drag.start.x * zoom,
                                                self->drag.pointer.y - self->drag.start.y * zoom));
  gtk_snapshot_scale (snapshot, zoom, zoom);
  gsk_rounded_rect_init_from_rect (&outline, &body, 12);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shadow, 0, 4, 0, 14);
  gtk_snapshot_push_opacity (snapshot, 0.92);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (-card->bounds.origin.x, -card->bounds.origin.y));
  wf_flow_painter_draw_card (self->painter, snapshot, self->layout, self->drag.card,
                             WF_CARD_SELECTED, self->marks, !wf_canvas_is_overview (self), icons,
                             gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
  if (n > 1)
    {
      g_autofree char *number = g_strdup_printf ("%u", n);
      float right = self->drag.pointer.x + (body.size.width - self->drag.start.x) * zoom;
      float top = self->drag.pointer.y - self->drag.start.y * zoom;

      append_pill (self, snapshot, number, &GRAPHENE_POINT_INIT (right, top), BADGE_HEIGHT, 0);
    }
}

static void
snapshot_band (WfCanvas *self, GtkSnapshot *snapshot)
{
  const GdkRGBA fill = with_alpha (&self->palette.accent, 0.15f);
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1);
  g_autoptr (GskPath) path = NULL;
  graphene_rect_t band, rect;
  double x, y;

  wf_canvas_get_origin (self, &x, &y);
  wf_canvas_get_band (self, &band);
  graphene_rect_init (&rect, roundf ((float) (x + (double) band.origin.x * self->zoom)) + 0.5f,
                      roundf ((float) (y + (double) band.origin.y * self->zoom)) + 0.5f,
                      roundf (band.size.width * (float) self->zoom),
                      roundf (band.size.height * (float) self->zoom));
  gsk_path_builder_add_rect (builder, &rect);
  path = gsk_path_builder_to_path (builder);
  gsk_stroke_set_dash (stroke, (float[2]) { 4, 3 }, 2);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &fill);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &self->palette.accent);
}

void
wf_canvas_snapshot_drag (WfCanvas *self, GtkSnapshot *snapshot)
{
  if (!wf_canvas_is_dragging (self))
    return;
  switch (self->drag.kind)
    {
    case WF_CANVAS_DRAG_BAND:
      snapshot_band (self, snapshot);
      break;
    case WF_CANVAS_DRAG_STEPS:
      snapshot_landings (self, snapshot);
      snapshot_carried (self, snapshot);
      snapshot_landing (self, snapshot);
      break;
    case WF_CANVAS_DRAG_TEXT:
      snapshot_landings (self, snapshot);
      snapshot_landing (self, snapshot);
      break;
    case WF_CANVAS_DRAG_PAN:
    case WF_CANVAS_DRAG_NONE:
    default:
      break;
    }
}
