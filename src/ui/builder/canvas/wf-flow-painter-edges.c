/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edges with their chips and numbers of leads. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-painter-private.h"

#include <math.h>

static WfMarkKind
get_mark (const WfFlowLayout *layout, guint card, const WfFlowMarks *marks)
{
  return wf_flow_marks_get (marks, &wf_flow_layout_card (layout, card)->target, NULL);
}

static gboolean
was_left (WfMarkKind kind)
{
  return kind == WF_MARK_PASSED || kind == WF_MARK_SKIPPED;
}

static gboolean
was_reached (const WfFlowLayout *layout, guint card, const WfFlowMarks *marks)
{
  WfMarkKind kind = get_mark (layout, card, marks);

  return was_left (kind) || kind == WF_MARK_WAITS || kind == WF_MARK_STOPPED ||
         wf_flow_layout_card (layout, card)->kind == WF_FLOW_END;
}

/* What follows a branch was reached from the one of its paths that the test left. */
gboolean
wf_flow_painter_went_along (const WfFlowLayout *layout, guint edge, const WfFlowMarks *marks)
{
  const WfFlowEdge *of = wf_flow_layout_edge (layout, edge);
  const WfFlowBranch *branch;

  if (marks == NULL || !was_reached (layout, of->to, marks))
    return FALSE;
  if (!of->from_joint)
    return was_left (get_mark (layout, of->from, marks));
  branch = wf_flow_layout_node (layout, of->from)->branch;
  for (guint i = 0; i < branch->n_columns; i++)
    if (wf_flow_painter_went_along (layout, branch->columns[i].sequence.edge_out, marks))
      return TRUE;
  return FALSE;
}

typedef struct
{
  GdkRGBA colour;
  float width;
} Line;

static Line
get_line (WfFlowPainter *self, const WfFlowLayout *layout, guint edge, const WfFlowMarks *marks)
{
  const WfFlowEdge *of = wf_flow_layout_edge (layout, edge);

  if (wf_flow_painter_went_along (layout, edge, marks))
    return (Line) { self->palette.success, 3 };
  if (marks != NULL && (get_mark (layout, of->to, marks) == WF_MARK_NOT_TAKEN ||
                        get_mark (layout, of->from, marks) == WF_MARK_NOT_TAKEN))
    return (Line) { wf_flow_mix (&self->palette.window, &self->palette.edge, 0.5f), 2 };
  return (Line) { self->palette.edge, 2 };
}

static void
append_stroke (GtkSnapshot *snapshot, GskPathBuilder *builder, const GskStroke *stroke,
               const GdkRGBA *colour)
{
  g_autoptr (GskPath) path = gsk_path_builder_free_to_path (builder);

  gtk_snapshot_append_stroke (snapshot, path, stroke, colour);
}

/* The line and its arrow head apart: without a graphics card a line that is only upright or level
 * is filled as a few boxes, at a small part of the cost. */
static void
draw_line (GtkSnapshot *snapshot, const WfFlowEdge *edge, const WfFlowMetrics *metrics,
           const Line *line, gboolean detail)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (line->width);

  wf_flow_add_edge_path (builder, edge, metrics->padding);
  if (edge->n_points > 2)
    gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  append_stroke (snapshot, builder, stroke, &line->colour);
  if (!detail || edge->to_joint)
    return;
  builder = gsk_path_builder_new ();
  wf_flow_add_arrow_path (builder, edge, metrics->padding / 3);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  append_stroke (snapshot, builder, stroke, &line->colour);
}

/* A small pill with a text in its middle. */
static void
draw_pill (WfFlowPainter *self, GtkSnapshot *snapshot, const graphene_rect_t *rect,
           const char *text, const GdkRGBA *fill, const GdkRGBA *line, const GdkRGBA *colour)
{
  PangoLayout *layout = wf_flow_text_lay_out (self->text, text, WF_FLOW_TEXT_CHIP, 0, FALSE);
  int width, height;

  if (line != NULL)
    wf_flow_fill_framed (snapshot, rect, rect->size.height / 2, 1, fill, line);
  else
    wf_flow_fill_rounded (snapshot,
                          &GRAPHENE_RECT_INIT (rect->origin.x + 1, rect->origin.y + 1,
                                               rect->size.width - 2, rect->size.height - 2),
                          rect->size.height / 2 - 1, fill);
  pango_layout_get_pixel_size (layout, &width, &height);
  wf_flow_draw_layout (snapshot, layout,
                       rect->origin.x + floorf ((rect->size.width - (float) width) / 2),
                       rect->origin.y + floorf ((rect->size.height - (float) height) / 2), colour);
}

/* The run mode; a long one is broken into lines. */
static void
draw_chip (WfFlowPainter *self, GtkSnapshot *snapshot, const WfFlowEdge *edge,
           const WfFlowMetrics *metrics)
{
  const graphene_rect_t *rect = &edge->chip_bounds;
  const WfFlowPalette *palette = &self->palette;
  GdkRGBA fill = wf_flow_mix (&palette->window, &palette->text, 0.06f);
  float room = rect->size.width - metrics->padding;
  PangoLayout *layout;
  int height;

  wf_flow_fill_framed (snapshot, rect, metrics->padding, 1, &fill, &palette->border);
  layout = wf_flow_text_lay_out (self->text, edge->chip, WF_FLOW_TEXT_CHIP, room, FALSE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &height);
  wf_flow_draw_layout (snapshot, layout, rect->origin.x + metrics->padding / 2,
                       rect->origin.y + floorf ((rect->size.height - (float) height) / 2),
                       &palette->text);
}

/* Beside the "+", at the side on which the text of the cards ends. */
static void
draw_count (WfFlowPainter *self, GtkSnapshot *snapshot, const WfFlowEdge *edge,
            const WfFlowMetrics *metrics, const char *text)
{
  const WfFlowPalette *palette = &self->palette;
  GdkRGBA fill = wf_flow_mix (&palette->window, &palette->accent, 0.14f);
  const graphene_point_t *end = &edge->points[edge->n_points - 1];
  float y = edge->place.kind == WF_TARGET_NONE ? (edge->plus.y + end->y) / 2 : edge->plus.y;
  float away = metrics->plus_size / 2 + metrics->padding / 3;
  float width, height;

  wf_flow_text_measure (self->text, text, WF_FLOW_TEXT_CHIP, 0, &width, &height);
  width += metrics->padding;
  height += metrics->padding / 6;
  draw_pill (
      self, snapshot,
      &GRAPHENE_RECT_INIT (metrics->mirrored ? edge->plus.x - away - width : edge->plus.x + away,
                           y - floorf (height / 2), width, height),
      text, &fill, NULL, &palette->text);
}

/* NULL when it is not known, or does not belong to this edge. Owned by the caller. */
static char *
make_count (const WfFlowLayout *layout, const WfFlowEdge *edge, const WfFlowMarks *marks)
{
  guint64 count;

  if (marks == NULL || edge->to_joint)
    return NULL;
  count = wf_flow_marks_get_count (marks, &wf_flow_layout_card (layout, edge->to)->target);
  return count != G_MAXUINT64 ? g_strdup_printf ("%'" G_GUINT64_FORMAT, count) : NULL;
}

/* The edge as it is when its first point is the origin. */
static WfFlowEdge
move_to_origin (const WfFlowEdge *edge)
{
  WfFlowEdge moved = *edge;
  graphene_point_t origin = edge->points[0];

  for (guint i = 0; i < edge->n_points; i++)
    moved.points[i] =
        GRAPHENE_POINT_INIT (edge->points[i].x - origin.x, edge->points[i].y - origin.y);
  moved.plus = GRAPHENE_POINT_INIT (edge->plus.x - origin.x, edge->plus.y - origin.y);
  graphene_rect_offset (&moved.chip_bounds, -origin.x, -origin.y);
  return moved;
}

static void
make_key (WfFlowPainter *self, const WfFlowEdge *edge, const WfFlowMetrics *metrics,
          const Line *line, const char *count, gboolean detail)
{
  wf_flow_painter_begin_key (self, detail ? 'E' : 'e');
  wf_flow_painter_add_bytes (self, edge->points, edge->n_points * sizeof *edge->points);
  wf_flow_painter_add_bytes (self, &line->colour, sizeof line->colour);
  wf_flow_painter_add_bytes (self, &edge->to_joint, sizeof edge->to_joint);
  wf_flow_painter_add_bytes (self, &metrics->padding, sizeof metrics->padding);
  wf_flow_painter_add_bytes (self, &metrics->mirrored, sizeof metrics->mirrored);
  wf_flow_painter_add_bytes (self, &edge->plus, sizeof edge->plus);
  wf_flow_painter_add_text (self, count);
  wf_flow_painter_add_text (self, edge->chip);
}

static GskRenderNode *
make_node (WfFlowPainter *self, const WfFlowEdge *edge, const WfFlowMetrics *metrics,
           const Line *line, const char *count, gboolean detail)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  draw_line (snapshot, edge, metrics, line, detail);
  if (detail && edge->chip != NULL)
    draw_chip (self, snapshot, edge, metrics);
  if (detail && count != NULL)
    draw_count (self, snapshot, edge, metrics, count);
  return wf_flow_painter_put (self, snapshot);
}

/**
 * wf_flow_painter_draw_edge:
 * @snapshot: drawn at the layout's coordinates
 * @edge: index
 * @marks: (nullable): the path of a test, numbers of leads
 * @detail: with arrow head, chip and number
 */
void
wf_flow_painter_draw_edge (WfFlowPainter *self, GtkSnapshot *snapshot, const WfFlowLayout *layout,
                           guint edge, const WfFlowMarks *marks, gboolean detail)
{
  const WfFlowEdge *of = wf_flow_layout_edge (layout, edge);
  WfFlowEdge moved = move_to_origin (of);
  g_autofree char *count = make_count (layout, of, marks);
  Line line = get_line (self, layout, edge, marks);
  GskRenderNode *node;

  make_key (self, &moved, &layout->metrics, &line, count, detail);
  node = wf_flow_painter_find (self);
  if (node == NULL)
    node = make_node (self, &moved, &layout->metrics, &line, count, detail);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &of->points[0]);
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}

/**
 * wf_flow_painter_draw_edges:
 * @edges: (element-type guint): indices
 *
 * As wf_flow_painter_draw_edge() for each; the way of a test is drawn above the edges that share a
 * piece with it.
 */
void
wf_flow_painter_draw_edges (WfFlowPainter *self, GtkSnapshot *snapshot, const WfFlowLayout *layout,
                            GArray *edges, const WfFlowMarks *marks, gboolean detail)
{
  for (gboolean went = FALSE; went <= (marks != NULL); went++)
    for (guint i = 0; i < edges->len; i++)
      {
        guint edge = g_array_index (edges, guint, i);

        if (wf_flow_painter_went_along (layout, edge, marks) == went)
          wf_flow_painter_draw_edge (self, snapshot, layout, edge, marks, detail);
      }
}
