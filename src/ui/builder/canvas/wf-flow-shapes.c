/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes, signs and lines of a flow as render nodes. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-painter-private.h"

#include <math.h>

void
wf_flow_fill_rounded (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius,
                      const GdkRGBA *colour)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, colour, rect);
  gtk_snapshot_pop (snapshot);
}

void
wf_flow_fill_framed (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius, float width,
                     const GdkRGBA *fill, const GdkRGBA *line)
{
  graphene_rect_t inner;

  graphene_rect_inset_r (rect, width, width, &inner);
  wf_flow_fill_rounded (snapshot, rect, radius, line);
  wf_flow_fill_rounded (snapshot, &inner, MAX (radius - width, 0), fill);
}

void
wf_flow_outline (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius, float width,
                 const GdkRGBA *colour)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, radius);
  gtk_snapshot_append_border (snapshot, &rounded, (float[4]) { width, width, width, width },
                              (GdkRGBA[4]) { *colour, *colour, *colour, *colour });
}

/* In a box of 16 x 16. */
GskPath *
wf_flow_make_sign (WfSign sign)
{
  static const char *const lines[WF_N_SIGNS] = {
    [WF_SIGN_CHECK] = "M 3 8.5 L 6.5 12 L 13 4.5",
    [WF_SIGN_CLOCK] = "M 8 2 A 6 6 0 1 1 8 14 A 6 6 0 1 1 8 2 Z M 8 5 L 8 8.3 L 10.5 9.5",
    [WF_SIGN_SKIP] = "M 3 4 L 7.5 8 L 3 12 M 8.5 4 L 13 8 L 8.5 12",
    [WF_SIGN_NOT_TAKEN] = "M 8 2 A 6 6 0 1 1 8 14 A 6 6 0 1 1 8 2 Z M 4 12 L 12 4",
    [WF_SIGN_STOP] = "M 3.5 3.5 L 12.5 3.5 L 12.5 12.5 L 3.5 12.5 Z",
    [WF_SIGN_PLUS] = "M 8 3 L 8 13 M 3 8 L 13 8",
    [WF_SIGN_MINUS] = "M 3 8 L 13 8",
    [WF_SIGN_NOT_EQUAL] = "M 3 6 L 13 6 M 3 10 L 13 10 M 10.5 2.5 L 5.5 13.5",
    [WF_SIGN_MOVED] = "M 8 2.5 L 8 13.5 M 5 5.5 L 8 2.5 L 11 5.5 M 5 10.5 L 8 13.5 L 11 10.5",
    [WF_SIGN_WARNING] = "M 8 2.5 L 14.5 13.5 L 1.5 13.5 Z M 8 6.5 L 8 9.5 M 8 11.3 L 8 11.5",
    [WF_SIGN_ERROR] = "M 8 1.5 A 6.5 6.5 0 1 1 8 14.5 A 6.5 6.5 0 1 1 8 1.5 Z "
                      "M 8 4.5 L 8 8.5 M 8 11 L 8 11.2",
  };

  return gsk_path_parse (lines[sign]);
}

void
wf_flow_draw_sign (GtkSnapshot *snapshot, GskPath *sign, float x, float y, float size,
                   const GdkRGBA *colour)
{
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1.8f);

  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_scale (snapshot, size / 16, size / 16);
  gtk_snapshot_append_stroke (snapshot, sign, stroke, colour);
  gtk_snapshot_restore (snapshot);
}

void
wf_flow_draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y,
                     const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static float
get_length (const graphene_point_t *a, const graphene_point_t *b)
{
  return fabsf (b->x - a->x) + fabsf (b->y - a->y); /* they are upright or level */
}

/* The point at a distance from a on the way to b. */
static graphene_point_t
go_from (const graphene_point_t *a, const graphene_point_t *b, float distance)
{
  float length = get_length (a, b);
  float part = length > 0 ? MIN (distance / length, 1) : 0;

  return GRAPHENE_POINT_INIT (a->x + (b->x - a->x) * part, a->y + (b->y - a->y) * part);
}

static void
add_corner (GskPathBuilder *builder, const graphene_point_t *before, const graphene_point_t *at,
            const graphene_point_t *after, float radius)
{
  float room = MIN (get_length (before, at), get_length (at, after)) / 2;
  graphene_point_t begin = go_from (at, before, MIN (radius, room));
  graphene_point_t end = go_from (at, after, MIN (radius, room));

  gsk_path_builder_line_to (builder, begin.x, begin.y);
  gsk_path_builder_quad_to (builder, at->x, at->y, end.x, end.y);
}

/* radius: of the corners. */
void
wf_flow_add_edge_path (GskPathBuilder *builder, const WfFlowEdge *edge, float radius)
{
  const graphene_point_t *end = &edge->points[edge->n_points - 1];

  gsk_path_builder_move_to (builder, edge->points[0].x, edge->points[0].y);
  for (guint i = 1; i + 1 < edge->n_points && radius <= 0; i++)
    gsk_path_builder_line_to (builder, edge->points[i].x, edge->points[i].y);
  for (guint i = 1; i + 1 < edge->n_points && radius > 0; i++)
    add_corner (builder, &edge->points[i - 1], &edge->points[i], &edge->points[i + 1], radius);
  gsk_path_builder_line_to (builder, end->x, end->y);
}

/* The arrow head at its end. */
void
wf_flow_add_arrow_path (GskPathBuilder *builder, const WfFlowEdge *edge, float size)
{
  const graphene_point_t *end = &edge->points[edge->n_points - 1];

  gsk_path_builder_move_to (builder, end->x - size, end->y - size);
  gsk_path_builder_line_to (builder, end->x, end->y);
  gsk_path_builder_line_to (builder, end->x + size, end->y - size);
}
