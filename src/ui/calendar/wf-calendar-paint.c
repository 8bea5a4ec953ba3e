/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the views of the calendar draw with. Signs are shapes, not colours alone: who sees no red sees the
 * mark. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-paint.h"

#include "wf-font.h"
#include "wf-palette.h"

static GdkRGBA
make_rgba (float red, float green, float blue)
{
  return (GdkRGBA) { red, green, blue, 1 };
}

void
wf_calendar_palette_init (WfCalendarPalette *self, GtkWidget *widget)
{
  WfPalette palette;

  wf_palette_init (&palette, widget);
  self->dark = palette.dark;
  self->high_contrast = palette.high_contrast;
  self->text = palette.text;
  self->dim = palette.dim;
  self->late = palette.error;
  self->warning = palette.warning;
  self->accent = palette.accent_fill;
  self->back = palette.dark ? make_rgba (0.114f, 0.114f, 0.125f)
                            : make_rgba (1, 1, 1); /* of a view */
  self->line = self->text;
  self->line.alpha *= self->high_contrast ? 0.6f : 0.12f;
  self->closed = self->text;
  self->closed.alpha *= self->high_contrast ? 0.1f : 0.035f;
}

static void
append_disc (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float size)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, size, size);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &bounds, size / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
append_ring (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float size)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, size, size);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &bounds, size / 2);
  gtk_snapshot_append_border (snapshot, &round, (const float[4]) { 1.5f, 1.5f, 1.5f, 1.5f },
                              (const GdkRGBA[4]) { *color, *color, *color, *color });
}

static void
append_mark (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float size)
{
  float width = size / 6, left = x + (size - width) / 2;

  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (left, y + size * 0.2f, width, size * 0.37f));
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (left, y + size * 0.66f, width, width));
}

static void
append_tick (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float size)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (size / 7);

  gsk_path_builder_move_to (builder, x + size * 0.2f, y + size * 0.55f);
  gsk_path_builder_line_to (builder, x + size * 0.42f, y + size * 0.75f);
  gsk_path_builder_line_to (builder, x + size * 0.82f, y + size * 0.28f);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

/**
 * wf_calendar_draw_sign:
 * @snapshot: what is drawn on
 * @palette: the colours
 * @sign: which
 * @x: its left side
 * @y: its top
 * @size: its width and height
 */
void
wf_calendar_draw_sign (GtkSnapshot *snapshot, const WfCalendarPalette *palette, WfCalendarSign sign,
                       float x, float y, float size)
{
  const GdkRGBA on_late = palette->dark ? make_rgba (0.15f, 0, 0) : make_rgba (1, 1, 1);

  switch (sign)
    {
    case WF_CALENDAR_SIGN_LATE:
      append_disc (snapshot, &palette->late, x, y, size);
      append_mark (snapshot, &on_late, x, y, size);
      break;
    case WF_CALENDAR_SIGN_REFUSED:
      append_ring (snapshot, &palette->warning, x, y, size);
      append_mark (snapshot, &palette->warning, x, y, size);
      break;
    case WF_CALENDAR_SIGN_WAITING:
      for (int i = 0; i < 3; i++)
        append_disc (snapshot, &palette->dim, x + size * (0.06f + 0.34f * (float) i),
                     y + size * 0.4f, size * 0.22f);
      break;
    case WF_CALENDAR_SIGN_CLOSED:
      append_tick (snapshot, &palette->dim, x, y, size);
      break;
    case WF_CALENDAR_SIGN_NONE:
    default:
      break;
    }
}

/**
 * wf_calendar_draw_hatch:
 * @snapshot: what is drawn on
 * @area: what is covered
 * @color: of the lines
 * @tile: side of the pattern's repeated square
 * @stroke: how thick the lines are
 */
void
wf_calendar_draw_hatch (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color,
                        float tile, float stroke)
{
  const graphene_rect_t square = GRAPHENE_RECT_INIT (area->origin.x, area->origin.y, tile, tile);
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskStroke) line = gsk_stroke_new (stroke);
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_move_to (builder, -1, tile + 1);
  gsk_path_builder_line_to (builder, tile + 1, -1);
  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_push_repeat (snapshot, area, &square);
  gtk_snapshot_push_clip (snapshot, &square);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &area->origin);
  gtk_snapshot_append_stroke (snapshot, path, line, color);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

int
wf_calendar_get_line_height (GtkWidget *widget)
{
  return wf_font_get_line_height (gtk_widget_get_pango_context (widget), NULL);
}
