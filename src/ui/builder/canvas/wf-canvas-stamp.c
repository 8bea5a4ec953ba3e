/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child of the canvas as a picture of itself. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-stamp.h"

#include <math.h>

/* Policy. A child is shown as it draws itself the first time, and from the second frame on by a
 * picture of that, until it draws itself anew (it is pointed to, its text changes). The picture is
 * made for one zoom and one position within a pixel, so that it is the same to the pixel; a scroll
 * goes by whole pixels and keeps both. While the zoom moves, the picture of another zoom is
 * stretched, up to this factor, and made anew when the zoom rests: over several frames when one has
 * no time for all of them. */
#define MOST_STRETCH 1.6
#define SAME_PHASE 0.01f

void
wf_canvas_stamp_clear (WfCanvasStamp *self)
{
  g_clear_object (&self->texture);
  self->seen = 0;
}

static GskRenderNode *
draw (GtkWidget *widget, GtkWidget *child)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gtk_widget_snapshot_child (widget, child, snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

static graphene_point_t
get_phase (const graphene_point_t *corner)
{
  return GRAPHENE_POINT_INIT (corner->x - floorf (corner->x), corner->y - floorf (corner->y));
}

static gboolean
is_sharp (const WfCanvasStamp *self, const WfCanvasStampPlace *place)
{
  graphene_point_t phase = get_phase (&place->corner);

  return self->texture != NULL && self->of == self->drawn && self->zoom == place->zoom &&
         self->scale == place->scale && graphene_point_near (&self->phase, &phase, SAME_PHASE);
}

static gboolean
is_near_enough (const WfCanvasStamp *self, const WfCanvasStampPlace *place, gboolean is_late)
{
  return self->texture != NULL && self->of == self->drawn && (place->is_rough || is_late) &&
         self->zoom < place->zoom * MOST_STRETCH && place->zoom < self->zoom * MOST_STRETCH;
}

/* Whole device pixels around what is drawn. */
static void
take (WfCanvasStamp *self, GskRenderNode *node, const WfCanvasStampPlace *place)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  float scale = (float) place->scale;
  g_autoptr (GskRenderNode) scaled = NULL;
  graphene_rect_t bounds;

  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_append_node (snapshot, node);
  scaled = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_get_bounds (scaled, &bounds);
  graphene_rect_round_extents (&bounds, &bounds);
  g_set_object (&self->texture, NULL);
  self->texture = gsk_renderer_render_texture (place->renderer, scaled, &bounds);
  self->of = self->drawn;
  self->zoom = place->zoom;
  self->scale = place->scale;
  self->phase = get_phase (&place->corner);
  graphene_rect_scale (&bounds, 1 / scale, 1 / scale, &self->bounds);
  graphene_rect_offset (&self->bounds, -place->corner.x, -place->corner.y);
}

static void
append (const WfCanvasStamp *self, const WfCanvasStampPlace *place, GtkSnapshot *snapshot)
{
  float stretch = (float) (place->zoom / self->zoom);
  graphene_rect_t rect;

  graphene_rect_scale (&self->bounds, stretch, stretch, &rect);
  graphene_rect_offset (&rect, place->corner.x, place->corner.y);
  if (self->zoom == place->zoom)
    {
      rect.origin.x = roundf (rect.origin.x * (float) place->scale) / (float) place->scale;
      rect.origin.y = roundf (rect.origin.y * (float) place->scale) / (float) place->scale;
    }
  gtk_snapshot_append_texture (snapshot, self->texture, &rect);
}

gboolean
wf_canvas_stamp_show (WfCanvasStamp *self, GtkWidget *widget, GtkWidget *child,
                      const WfCanvasStampPlace *place, GtkSnapshot *snapshot)
{
  g_autoptr (GskRenderNode) node = NULL;
  gboolean is_late;

  if (place->renderer == NULL)
    {
      gtk_widget_snapshot_child (widget, child, snapshot);
      return TRUE;
    }
  node = draw (widget, child); /* cheap unless it has to draw itself anew */
  if (node == NULL)
    return TRUE;
  is_late = g_get_monotonic_time () >= place->deadline;
  if (!is_sharp (self, place) && !is_near_enough (self, place, is_late))
    {
      if (self->seen != self->drawn || is_late)
        {
          self->seen = self->drawn;
          gtk_snapshot_append_node (snapshot, node);
          return TRUE;
        }
      take (self, node, place);
    }
  append (self, place, snapshot);
  return is_sharp (self, place);
}
