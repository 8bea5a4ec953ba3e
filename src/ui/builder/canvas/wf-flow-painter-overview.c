/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole of a large workflow at once, for the minimap and small zooms: all boxes of one colour
 * are one path and all edges of one colour another, so that thousands of them are a handful of
 * nodes. Nothing in them is round: corners are not seen at these sizes, and paths of upright and
 * level lines are filled ten times as fast. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-painter-private.h"

typedef struct
{
  GdkRGBA colour;
  GskPathBuilder *builder;
} Layer;

static GskPathBuilder *
get_layer (GArray *layers, const GdkRGBA *colour)
{
  Layer layer = { .colour = *colour };

  for (guint i = 0; i < layers->len; i++)
    if (gdk_rgba_equal (&g_array_index (layers, Layer, i).colour, colour))
      return g_array_index (layers, Layer, i).builder;
  layer.builder = gsk_path_builder_new ();
  g_array_append_val (layers, layer);
  return layer.builder;
}

/* stroke: NULL: the paths are filled. Frees the layers. */
static void
append_layers (GtkSnapshot *snapshot, GArray *layers, const GskStroke *stroke)
{
  for (guint i = 0; i < layers->len; i++)
    {
      Layer *layer = &g_array_index (layers, Layer, i);
      g_autoptr (GskPath) path = gsk_path_builder_free_to_path (layer->builder);

      if (stroke != NULL)
        gtk_snapshot_append_stroke (snapshot, path, stroke, &layer->colour);
      else
        gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &layer->colour);
    }
  g_array_unref (layers);
}

/* indices: of the edges. */
static void
draw_edges (WfFlowPainter *self, GtkSnapshot *snapshot, const WfFlowLayout *layout,
            const WfFlowMarks *marks, const GArray *indices)
{
  GArray *layers = g_array_new (FALSE, FALSE, sizeof (Layer));
  g_autoptr (GskStroke) stroke = gsk_stroke_new (4);

  get_layer (layers, &self->palette.edge); /* below the way of a test */
  for (guint i = 0; i < indices->len; i++)
    {
      guint edge = g_array_index (indices, guint, i);

      wf_flow_add_edge_path (get_layer (layers, wf_flow_painter_went_along (layout, edge, marks)
                                                    ? &self->palette.success
                                                    : &self->palette.edge),
                             wf_flow_layout_edge (layout, edge), 0);
    }
  append_layers (snapshot, layers, stroke);
}

/* Strong enough to be seen against the window when a card is a few pixels wide. */
static GdkRGBA
get_colour (WfFlowPainter *self, const WfFlowCard *card, const WfFlowMarks *marks)
{
  const WfFlowPalette *palette = &self->palette;
  WfMarkLook look;

  if (marks != NULL &&
      wf_flow_painter_get_mark_look (self, wf_flow_marks_get (marks, &card->target, NULL), &look))
    return look.dims ? wf_flow_mix (&palette->window, &look.colour, 0.3f) : look.colour;
  if (card->problem != NULL)
    return card->is_error ? palette->error : palette->warning;
  switch (card->kind)
    {
    case WF_FLOW_TRIGGER:
    case WF_FLOW_BRANCH:
      return palette->accent;
    case WF_FLOW_WAIT:
    case WF_FLOW_PATH:
      return wf_flow_mix (&palette->window, &palette->text, 0.28f);
    default:
      return wf_flow_mix (&palette->window, &palette->text, 0.5f);
    }
}

/* indices: of the cards; NULL: all. */
static void
draw_cards (WfFlowPainter *self, GtkSnapshot *snapshot, const WfFlowLayout *layout,
            const WfFlowMarks *marks, const GArray *indices)
{
  GArray *layers = g_array_new (FALSE, FALSE, sizeof (Layer));

  for (guint i = 0; i < indices->len; i++)
    {
      const WfFlowCard *card = wf_flow_layout_card (layout, g_array_index (indices, guint, i));
      GdkRGBA colour = get_colour (self, card, marks);

      gsk_path_builder_add_rect (get_layer (layers, &colour), &card->bounds);
    }
  append_layers (snapshot, layers, NULL);
}

GskRenderNode *
wf_flow_painter_make_overview_of (WfFlowPainter *self, const WfFlowLayout *layout,
                                  const WfFlowMarks *marks, const graphene_rect_t *rect)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint));

  wf_flow_layout_list_edges_in (layout, rect, edges);
  wf_flow_layout_list_cards_in (layout, rect, cards);
  draw_edges (self, snapshot, layout, marks, edges);
  draw_cards (self, snapshot, layout, marks, cards);
  return gtk_snapshot_free_to_node (snapshot);
}
