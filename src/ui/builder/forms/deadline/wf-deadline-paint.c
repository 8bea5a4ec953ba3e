/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns and marks of the deadline ruler. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-deadline-paint.h"

#include <adwaita.h>

#define TILE 6.0f /* side of a pattern's repeated square */
#define MARK_SIZE 5.0f
#define BAR_WIDTH 2.0f

void
wf_deadline_colors_init (WfDeadlineColors *self, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  gtk_widget_get_color (widget, &self->text);
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager),
                                       adw_style_manager_get_dark (manager), &self->accent);
  self->high_contrast = adw_style_manager_get_high_contrast (manager);
}

static GdkRGBA
fade (const GdkRGBA *color, float alpha, gboolean high_contrast)
{
  GdkRGBA faded = *color;

  faded.alpha *= high_contrast ? MIN (1.0f, alpha * 1.6f) : alpha;
  return faded;
}

/* ---- stretches ---- */

static void
add_line (GskPathBuilder *builder, float x1, float y1, float x2, float y2)
{
  gsk_path_builder_move_to (builder, x1, y1);
  gsk_path_builder_line_to (builder, x2, y2);
}

/* What is repeated; NULL: nothing. Lines run over the tile's edges so that they meet in the
 * next. */
static GskPath *
make_tile (WfStretchKind kind)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  switch (kind)
    {
    case WF_STRETCH_OPEN:
      return NULL;
    case WF_STRETCH_NIGHT: /* points */
      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (TILE / 2, TILE / 2), 0.6f);
      break;
    case WF_STRETCH_BREAK: /* upright lines */
      add_line (builder, TILE / 2, -1, TILE / 2, TILE + 1);
      break;
    case WF_STRETCH_HOLIDAY: /* crossed lines */
      add_line (builder, -1, -1, TILE + 1, TILE + 1);
      add_line (builder, -1, TILE + 1, TILE + 1, -1);
      break;
    case WF_STRETCH_CLOSED_DAY: /* leaning lines */
      add_line (builder, -1, TILE + 1, TILE + 1, -1);
      break;
    }
  return gsk_path_builder_to_path (builder);
}

static void
paint_pattern (GtkSnapshot *snapshot, const GskPath *tile, const graphene_rect_t *area,
               const GdkRGBA *color)
{
  const graphene_rect_t square = GRAPHENE_RECT_INIT (area->origin.x, area->origin.y, TILE, TILE);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1.0f);

  gtk_snapshot_push_repeat (snapshot, area, &square);
  gtk_snapshot_push_clip (snapshot, &square);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &area->origin);
  gtk_snapshot_append_stroke (snapshot, (GskPath *) tile, stroke, color);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

void
wf_deadline_paint_stretch (GtkSnapshot *snapshot, WfStretchKind kind, const graphene_rect_t *area,
                           const WfDeadlineColors *colors)
{
  static const float backgrounds[WF_N_STRETCH_KINDS] = {
    [WF_STRETCH_OPEN] = 0.3f,        [WF_STRETCH_NIGHT] = 0.04f,   [WF_STRETCH_BREAK] = 0.06f,
    [WF_STRETCH_CLOSED_DAY] = 0.06f, [WF_STRETCH_HOLIDAY] = 0.08f,
  };
  GdkRGBA background = fade (&colors->text, backgrounds[kind], colors->high_contrast);
  GdkRGBA lines = fade (&colors->text, 0.45f, colors->high_contrast);
  g_autoptr (GskPath) tile = make_tile (kind);

  if (area->size.width <= 0)
    return;
  gtk_snapshot_append_color (snapshot, &background, area);
  if (tile != NULL)
    paint_pattern (snapshot, tile, area, &lines);
}

/* ---- marks ---- */

static void
fill_triangle (GtkSnapshot *snapshot, const graphene_point_t points[3], const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_move_to (builder, points[0].x, points[0].y);
  gsk_path_builder_line_to (builder, points[1].x, points[1].y);
  gsk_path_builder_line_to (builder, points[2].x, points[2].y);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
}

static void
paint_ring (GtkSnapshot *snapshot, float x, float y, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskStroke) stroke = gsk_stroke_new (BAR_WIDTH);
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), MARK_SIZE - 1);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

void
wf_deadline_paint_mark (GtkSnapshot *snapshot, WfDeadlineMark mark, float x,
                        const graphene_rect_t *area, gboolean to_left,
                        const WfDeadlineColors *colors)
{
  float top = area->origin.y, bottom = top + area->size.height, middle = (top + bottom) / 2;
  float back = to_left ? x + 2 * MARK_SIZE : x - 2 * MARK_SIZE;
  const graphene_rect_t bar = GRAPHENE_RECT_INIT (x - BAR_WIDTH / 2, top, BAR_WIDTH, bottom - top);

  switch (mark)
    {
    case WF_MARK_EVENT:
      paint_ring (snapshot, x, middle, &colors->text);
      break;
    case WF_MARK_REMINDER:
      fill_triangle (snapshot,
                     (const graphene_point_t[]) { { x - MARK_SIZE, top },
                                                  { x + MARK_SIZE, top },
                                                  { x, top + 1.6f * MARK_SIZE } },
                     &colors->text);
      break;
    case WF_MARK_DEADLINE:
      gtk_snapshot_append_color (snapshot, &colors->accent, &bar);
      fill_triangle (snapshot,
                     (const graphene_point_t[]) { { back, middle - MARK_SIZE },
                                                  { back, middle + MARK_SIZE },
                                                  { x, middle } },
                     &colors->accent);
      break;
    default:
      g_assert_not_reached ();
    }
}
