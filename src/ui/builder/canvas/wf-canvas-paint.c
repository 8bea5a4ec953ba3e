/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawing of the flow: edges, cards and "+" buttons, of which only what is in view is handed
 * on. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-canvas-private.h"

/* What a card draws around itself, a focus ring or a badge, is within it. */
#define OUTSIDE 40.0f
/* Microseconds of a frame in which pictures are made; what is left for later frames is shown as
 * before. */
#define MOST_STAMPING 5000

static void
draw_card (WfCanvas *self, GtkSnapshot *snapshot, guint card, WfCardFlags flags, gboolean detail)
{
  GtkWidget *widget = GTK_WIDGET (self);

  wf_flow_painter_draw_card (self->painter, snapshot, self->layout, card, flags, self->marks,
                             detail,
                             gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
                             gtk_widget_get_scale_factor (widget));
}

static GskRenderNode *
make_near_node (WfCanvas *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean is_near = !wf_canvas_is_overview (self);

  wf_flow_layout_list_edges_in (self->layout, &self->covered, edges);
  wf_flow_painter_draw_edges (self->painter, snapshot, self->layout, edges, self->marks, is_near);
  wf_flow_layout_list_cards_in (self->layout, &self->covered, cards);
  for (guint i = 0; i < cards->len; i++)
    {
      guint card = g_array_index (cards, guint, i);

      if (!is_near || !wf_canvas_is_widget_kind (self, card))
        draw_card (self, snapshot, card, 0, is_near);
    }
  return gtk_snapshot_free_to_node (snapshot);
}

/* The edges of what is covered; with them the cards that are no widgets: all of them from afar,
 * else only the end. From very far they are a few paths. */
static GskRenderNode *
make_edges_node (WfCanvas *self)
{
  if (self->zoom < WF_CANVAS_WHOLE_ZOOM)
    return wf_flow_painter_make_overview_of (self->painter, self->layout, self->marks,
                                             &self->covered);
  return make_near_node (self);
}

/* More than the view is covered, and without a graphics card what is outside costs too. */
static void
append_seen (GtkSnapshot *snapshot, GskRenderNode *node, const graphene_rect_t *view)
{
  guint n = gsk_render_node_get_node_type (node) == GSK_CONTAINER_NODE
                ? gsk_container_node_get_n_children (node)
                : 0;

  if (n == 0)
    gtk_snapshot_append_node (snapshot, node);
  for (guint i = 0; i < n; i++)
    {
      GskRenderNode *child = gsk_container_node_get_child (node, i);
      graphene_rect_t bounds;

      gsk_render_node_get_bounds (child, &bounds);
      if (graphene_rect_intersection (&bounds, view, NULL))
        gtk_snapshot_append_node (snapshot, child);
    }
}

static void
append_edges (GtkSnapshot *snapshot, GskRenderNode *node, const graphene_rect_t *view,
              double opacity)
{
  if (node == NULL || opacity <= 0)
    return;
  if (opacity < 1)
    gtk_snapshot_push_opacity (snapshot, opacity);
  append_seen (snapshot, node, view);
  if (opacity < 1)
    gtk_snapshot_pop (snapshot);
}

static void
snapshot_edges (WfCanvas *self, GtkSnapshot *snapshot)
{
  GskTransform *transform = wf_canvas_make_transform (self);
  graphene_rect_t view;

  if (self->edges_node == NULL)
    self->edges_node = make_edges_node (self);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_transform (snapshot, transform);
  gsk_transform_unref (transform);
  wf_canvas_get_view (self, &view);
  append_edges (snapshot, self->edges_node, &view, self->progress);
  gtk_snapshot_translate (snapshot, &self->old_shift);
  graphene_rect_offset (&view, -self->old_shift.x, -self->old_shift.y);
  append_edges (snapshot, self->old_edges, &view, 1 - self->progress);
  gtk_snapshot_restore (snapshot);
}

/* From afar the cards are no widgets that draw themselves as selected. */
static void
snapshot_selected (WfCanvas *self, GtkSnapshot *snapshot)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  GskTransform *transform = wf_canvas_make_transform (self);
  graphene_rect_t view;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_transform (snapshot, transform);
  gsk_transform_unref (transform);
  wf_canvas_get_view (self, &view);
  wf_flow_layout_list_cards_in (self->layout, &view, indices);
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      WfCardFlags flags = wf_canvas_get_card_flags (self, index);

      if ((flags & (WF_CARD_SELECTED | WF_CARD_DRAGGED)) != 0)
        draw_card (self, snapshot, index, flags, FALSE);
    }
  gtk_snapshot_restore (snapshot);
}

/* Only where the processor draws, and the children are in their places. */
static GskRenderer *
get_stamping_renderer (WfCanvas *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;

  return renderer != NULL && GSK_IS_CAIRO_RENDERER (renderer) && self->progress >= 1 &&
                 !wf_canvas_is_overview (self) && !self->draws_plainly
             ? renderer
             : NULL;
}

/* Widgets are made for more than the view; without a graphics card what is outside costs too. What
 * a child draws around itself (a focus ring, a badge) is within a margin. */
static gboolean
is_seen (WfCanvas *self, const graphene_rect_t *rect)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                                             (float) gtk_widget_get_height (GTK_WIDGET (self)));

  graphene_rect_inset (&view, -OUTSIDE, -OUTSIDE);
  return graphene_rect_intersection (rect, &view, NULL);
}

/* FALSE: some are not as sharp as they can be. */
static gboolean
snapshot_cards (WfCanvas *self, const graphene_point_t *origin, WfCanvasStampPlace *place,
                GtkSnapshot *snapshot)
{
  gboolean are_sharp = TRUE;

  place->zoom = self->zoom;
  for (guint i = 0; i < self->cards->len; i++)
    {
      WfCanvasCard *card = g_ptr_array_index (self->cards, i);
      gboolean fades = card->is_new && self->progress < 1;
      graphene_rect_t rect;

      wf_canvas_get_card_rect (self, card, origin, &rect);
      if (!is_seen (self, &rect))
        continue;
      place->corner = rect.origin;
      if (fades)
        gtk_snapshot_push_opacity (snapshot, self->progress);
      are_sharp &= wf_canvas_stamp_show (&card->stamp, GTK_WIDGET (self), GTK_WIDGET (card), place,
                                         snapshot);
      if (fades)
        gtk_snapshot_pop (snapshot);
    }
  return are_sharp;
}

static gboolean
snapshot_pluses (WfCanvas *self, const graphene_point_t *origin, WfCanvasStampPlace *place,
                 GtkSnapshot *snapshot)
{
  gboolean are_sharp = TRUE;

  place->zoom = wf_canvas_get_plus_zoom (self);
  if (self->progress < 1)
    gtk_snapshot_push_opacity (snapshot, self->progress);
  for (guint i = 0; i < self->pluses->len; i++)
    {
      WfCanvasPlus *plus = g_ptr_array_index (self->pluses, i);
      graphene_rect_t rect;

      wf_canvas_get_plus_rect (self, plus, origin, &rect);
      if (!is_seen (self, &rect))
        continue;
      place->corner = rect.origin;
      are_sharp &= wf_canvas_stamp_show (&plus->stamp, GTK_WIDGET (self), GTK_WIDGET (plus), place,
                                         snapshot);
    }
  if (self->progress < 1)
    gtk_snapshot_pop (snapshot);
  return are_sharp;
}

static gboolean
on_sharpening (gpointer data)
{
  WfCanvas *self = data;

  self->sharpening = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

void
wf_canvas_snapshot_flow (WfCanvas *self, GtkSnapshot *snapshot)
{
  WfCanvasStampPlace place = {
    .renderer = get_stamping_renderer (self),
    .scale = gtk_widget_get_scale_factor (GTK_WIDGET (self)),
    .is_rough = self->resting != 0,
    .deadline = g_get_monotonic_time () + MOST_STAMPING,
  };
  graphene_point_t origin;
  gboolean are_sharp;
  double x, y;

  wf_canvas_get_origin (self, &x, &y);
  graphene_point_init (&origin, (float) x, (float) y);
  snapshot_edges (self, snapshot);
  if (wf_canvas_is_overview (self) && wf_step_selection_get_n (wf_canvas_get_selection (self)) > 0)
    snapshot_selected (self, snapshot);
  are_sharp = snapshot_cards (self, &origin, &place, snapshot);
  if (!wf_canvas_shows_landings (self))
    are_sharp &= snapshot_pluses (self, &origin, &place, snapshot);
  if (!are_sharp && !place.is_rough && self->sharpening == 0)
    self->sharpening = g_idle_add (on_sharpening, self);
}
