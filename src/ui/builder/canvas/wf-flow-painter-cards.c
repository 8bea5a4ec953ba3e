/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards with their texts, states and marks. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-painter-private.h"

#include <math.h>

/* Height of the shade below a card. */
#define SHADE 2.0f

/* What one card is drawn from; at the origin. */
typedef struct
{
  WfFlowPainter *painter;
  GtkSnapshot *snapshot;
  const WfFlowMetrics *metrics;
  const WfFlowCard *card;
  graphene_rect_t box;
  float radius;
  WfCardFlags flags;
  WfMarkKind mark;
  const char *mark_text;
  WfMarkLook look;
  GtkIconTheme *icons;
  int scale_factor;
} Drawing;

/* ---- marks ---- */

gboolean
wf_flow_painter_get_mark_look (WfFlowPainter *self, WfMarkKind kind, WfMarkLook *look)
{
  const WfFlowPalette *palette = &self->palette;

  switch (kind)
    {
    case WF_MARK_NONE:
      return FALSE;
    case WF_MARK_PASSED:
      *look = (WfMarkLook) { WF_SIGN_CHECK, palette->success, FALSE };
      return TRUE;
    case WF_MARK_WAITS:
      *look = (WfMarkLook) { WF_SIGN_CLOCK, palette->accent, FALSE };
      return TRUE;
    case WF_MARK_SKIPPED:
      *look = (WfMarkLook) { WF_SIGN_SKIP, palette->dim, TRUE };
      return TRUE;
    case WF_MARK_NOT_TAKEN:
      *look = (WfMarkLook) { WF_SIGN_NOT_TAKEN, palette->dim, TRUE };
      return TRUE;
    case WF_MARK_STOPPED:
      *look = (WfMarkLook) { WF_SIGN_STOP, palette->error, FALSE };
      return TRUE;
    case WF_MARK_ADDED:
      *look = (WfMarkLook) { WF_SIGN_PLUS, palette->success, FALSE };
      return TRUE;
    case WF_MARK_REMOVED:
      *look = (WfMarkLook) { WF_SIGN_MINUS, palette->error, TRUE };
      return TRUE;
    case WF_MARK_CHANGED:
      *look = (WfMarkLook) { WF_SIGN_NOT_EQUAL, palette->warning, FALSE };
      return TRUE;
    case WF_MARK_MOVED:
      *look = (WfMarkLook) { WF_SIGN_MOVED, palette->accent, FALSE };
      return TRUE;
    }
  g_assert_not_reached ();
}

/* A check says "passed" by itself; everything else is said in words too. Owned by the caller. */
static char *
make_mark_text (WfMarkKind kind, const char *text)
{
  if (kind == WF_MARK_PASSED)
    return g_strdup (text != NULL ? text : "");
  if (text == NULL || text[0] == '\0')
    return g_strdup (wf_mark_kind_to_text (kind));
  return g_strdup_printf ("%s · %s", wf_mark_kind_to_text (kind), text);
}

/* A pill on the upper edge of the card, at the end at which its text ends. */
static void
draw_badge (const Drawing *drawing)
{
  WfFlowPainter *self = drawing->painter;
  const WfFlowMetrics *metrics = drawing->metrics;
  g_autofree char *text = make_mark_text (drawing->mark, drawing->mark_text);
  float sign = metrics->icon_size * 0.75f;
  float pad = metrics->padding / 2;
  float most = drawing->box.size.width - 2 * metrics->padding - sign;
  float width = 0, height, total;
  GdkRGBA fill = wf_flow_mix (&self->palette.card, &drawing->look.colour, 0.12f);
  graphene_rect_t rect;
  float x;

  wf_flow_text_measure (self->text, text[0] != '\0' ? text : "0", WF_FLOW_TEXT_CHIP, 0, &width,
                        &height);
  width = text[0] != '\0' ? MIN (width, most) : 0;
  total = sign + 2 * pad + (width > 0 ? width + pad / 2 : 0);
  height = MAX (height, sign) + pad / 2;
  x = metrics->mirrored ? metrics->padding : drawing->box.size.width - metrics->padding - total;
  rect = GRAPHENE_RECT_INIT (x, -floorf (height / 2), total, height);
  wf_flow_fill_rounded (drawing->snapshot, &rect, height / 2, &fill);
  wf_flow_outline (drawing->snapshot, &rect, height / 2, 1, &drawing->look.colour);
  wf_flow_draw_sign (drawing->snapshot, self->signs[drawing->look.sign],
                     metrics->mirrored ? x + total - pad - sign : x + pad,
                     rect.origin.y + (height - sign) / 2, sign, &drawing->look.colour);
  if (width > 0)
    {
      PangoLayout *layout =
          wf_flow_text_lay_out (self->text, text, WF_FLOW_TEXT_CHIP, width, metrics->mirrored);
      int h;

      pango_layout_set_height (layout, -1);
      pango_layout_get_pixel_size (layout, NULL, &h);
      wf_flow_draw_layout (
          drawing->snapshot, layout, metrics->mirrored ? x + pad : x + pad + sign + pad / 2,
          rect.origin.y + floorf ((height - (float) h) / 2), &drawing->look.colour);
    }
}

/* ---- the box ---- */

static float
get_radius (const WfFlowMetrics *metrics, const WfFlowCard *card)
{
  switch (card->kind)
    {
    case WF_FLOW_WAIT:
      return MIN (card->bounds.size.height / 2, metrics->padding * 1.5f);
    case WF_FLOW_END:
      return card->bounds.size.height / 2;
    default:
      return metrics->padding; /* 12 px: that of libadwaita's cards */
    }
}

static GdkRGBA
get_fill (const Drawing *drawing)
{
  const WfFlowPalette *palette = &drawing->painter->palette;
  GdkRGBA fill = palette->card;

  if (drawing->card->kind == WF_FLOW_WAIT)
    fill = wf_flow_mix (&palette->window, &palette->text, 0.05f);
  else if (drawing->card->kind == WF_FLOW_PATH)
    fill = wf_flow_mix (&palette->window, &palette->accent, 0.06f);
  else if (drawing->card->kind == WF_FLOW_END)
    return palette->edge;
  if ((drawing->flags & WF_CARD_SELECTED) != 0)
    fill = wf_flow_mix (&fill, &palette->accent, 0.08f);
  if ((drawing->flags & WF_CARD_HOVERED) != 0)
    fill = wf_flow_mix (&fill, &palette->text, 0.04f);
  return fill;
}

/* The border says what is wrong, what a mark says, or nothing. */
static GdkRGBA
get_line (const Drawing *drawing, float *width)
{
  const WfFlowPalette *palette = &drawing->painter->palette;

  *width = 2;
  if ((drawing->flags & WF_CARD_SELECTED) != 0)
    return palette->accent;
  if (drawing->mark != WF_MARK_NONE && !drawing->look.dims)
    return drawing->look.colour;
  if (drawing->mark == WF_MARK_REMOVED)
    return drawing->look.colour;
  if (drawing->card->problem != NULL && drawing->card->is_error)
    return palette->error;
  *width = 1;
  return palette->border;
}

/* As libadwaita's: a ring with a gap around the card. */
static void
draw_focus (const Drawing *drawing)
{
  const WfFlowPalette *palette = &drawing->painter->palette;
  GdkRGBA colour = palette->accent;
  graphene_rect_t ring;

  graphene_rect_inset_r (&drawing->box, -3, -3, &ring);
  colour.alpha = palette->high_contrast ? 1 : 0.6f;
  wf_flow_outline (drawing->snapshot, &ring, drawing->radius + 3, 2, &colour);
}

/* A line below instead of a blurred shadow, which costs the most of all without a graphics card.
 * Only what is seen of it is drawn: a whole box that lets something through takes twice as long. */
static void
draw_shade (const Drawing *drawing)
{
  float width = drawing->box.size.width, height = drawing->box.size.height;
  float radius = MIN (drawing->radius, MIN (width, height) / 2);
  GskPathBuilder *builder = gsk_path_builder_new ();
  GdkRGBA shade = drawing->painter->palette.text;
  g_autoptr (GskPath) path = NULL;

  shade.alpha = 0.05f;
  gsk_path_builder_move_to (builder, 0, height - radius);
  gsk_path_builder_rel_svg_arc_to (builder, radius, radius, 0, FALSE, FALSE, radius, radius);
  gsk_path_builder_line_to (builder, width - radius, height);
  gsk_path_builder_rel_svg_arc_to (builder, radius, radius, 0, FALSE, FALSE, radius, -radius);
  gsk_path_builder_rel_line_to (builder, 0, SHADE);
  gsk_path_builder_rel_svg_arc_to (builder, radius, radius, 0, FALSE, TRUE, -radius, radius);
  gsk_path_builder_line_to (builder, radius, height + SHADE);
  gsk_path_builder_rel_svg_arc_to (builder, radius, radius, 0, FALSE, TRUE, -radius, -radius);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_free_to_path (builder);
  gtk_snapshot_append_fill (drawing->snapshot, path, GSK_FILL_RULE_WINDING, &shade);
}

/* At the side at which the text begins. */
static void
draw_stripe (const Drawing *drawing, const graphene_rect_t *box, float radius)
{
  float edge = floorf (drawing->metrics->padding / 3);
  float x = drawing->metrics->mirrored ? drawing->box.size.width - edge : 0;
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, box, radius);
  gtk_snapshot_push_rounded_clip (drawing->snapshot, &rounded);
  gtk_snapshot_append_color (drawing->snapshot, &drawing->painter->palette.accent,
                             &GRAPHENE_RECT_INIT (x, 0, edge, drawing->box.size.height));
  gtk_snapshot_pop (drawing->snapshot);
}

static void
draw_box (const Drawing *drawing)
{
  const WfFlowKind kind = drawing->card->kind;
  GdkRGBA fill = get_fill (drawing);
  GdkRGBA line;
  float width;

  if (kind == WF_FLOW_END)
    {
      wf_flow_fill_rounded (drawing->snapshot, &drawing->box, drawing->radius, &fill);
      return;
    }
  if (kind != WF_FLOW_WAIT && !drawing->painter->palette.high_contrast)
    draw_shade (drawing);
  line = get_line (drawing, &width);
  wf_flow_fill_framed (drawing->snapshot, &drawing->box, drawing->radius, width, &fill, &line);
  if (kind == WF_FLOW_TRIGGER)
    {
      graphene_rect_t inner;

      graphene_rect_inset_r (&drawing->box, width, width, &inner);
      draw_stripe (drawing, &inner, drawing->radius - width);
    }
}

/* ---- what is inside ---- */

static gboolean
has_icon (const Drawing *drawing)
{
  return drawing->card->icon != NULL && drawing->icons != NULL;
}

/* Where something of a width is, counted from the side at which the text begins. */
static float
from_start (const Drawing *drawing, float start, float width)
{
  return drawing->metrics->mirrored ? drawing->box.size.width - start - width : start;
}

static float
get_text_start (const Drawing *drawing)
{
  const WfFlowMetrics *metrics = drawing->metrics;

  return has_icon (drawing)
             ? metrics->padding + metrics->icon_size + wf_flow_metrics_get_spacing (metrics)
             : metrics->padding;
}

/* Returns its height. */
static float
draw_text (const Drawing *drawing, const char *text, WfFlowTextStyle style, float start,
           float width, float y, const GdkRGBA *colour)
{
  PangoLayout *layout =
      wf_flow_text_lay_out (drawing->painter->text, text, style, width, drawing->metrics->mirrored);
  float text_width, height;

  wf_flow_text_measure (drawing->painter->text, text, style, width, &text_width, &height);
  wf_flow_draw_layout (drawing->snapshot, layout, from_start (drawing, start, width), y, colour);
  return height;
}

static void
draw_problem (const Drawing *drawing, float y)
{
  const WfFlowMetrics *metrics = drawing->metrics;
  WfFlowPainter *self = drawing->painter;
  const GdkRGBA *colour = drawing->card->is_error ? &self->palette.error : &self->palette.warning;
  float start = get_text_start (drawing);
  float sign = metrics->icon_size;

  wf_flow_draw_sign (drawing->snapshot,
                     self->signs[drawing->card->is_error ? WF_SIGN_ERROR : WF_SIGN_WARNING],
                     from_start (drawing, start, sign), y, sign, colour);
  draw_text (drawing, drawing->card->problem, WF_FLOW_TEXT_SUBTITLE,
             start + sign + wf_flow_metrics_get_line_gap (metrics),
             wf_flow_metrics_get_problem_width (metrics, drawing->card->kind), y, colour);
}

static const GdkRGBA *
get_icon_colour (const Drawing *drawing)
{
  const WfFlowPalette *palette = &drawing->painter->palette;
  WfFlowKind kind = drawing->card->kind;

  return kind == WF_FLOW_TRIGGER || kind == WF_FLOW_BRANCH ? &palette->accent : &palette->dim;
}

/* The icon stands in the middle of the first line. */
static void
draw_card_icon (const Drawing *drawing, float y)
{
  const WfFlowMetrics *metrics = drawing->metrics;
  float width, line;

  wf_flow_text_measure (drawing->painter->text, "0", WF_FLOW_TEXT_TITLE, 0, &width, &line);
  wf_flow_painter_draw_icon (drawing->painter, drawing->snapshot, drawing->icons,
                             drawing->card->icon,
                             from_start (drawing, metrics->padding, metrics->icon_size),
                             y + floorf ((line - metrics->icon_size) / 2), metrics->icon_size,
                             drawing->scale_factor, get_icon_colour (drawing));
}

static void
draw_content (const Drawing *drawing)
{
  const WfFlowMetrics *metrics = drawing->metrics;
  const WfFlowPalette *palette = &drawing->painter->palette;
  const WfFlowCard *card = drawing->card;
  float start = get_text_start (drawing);
  float width = wf_flow_metrics_get_text_width (metrics, card->kind);
  float y = wf_flow_metrics_get_padding (metrics, card->kind);
  float top = y;

  if (has_icon (drawing))
    draw_card_icon (drawing, y);
  y += draw_text (drawing, card->title,
                  card->kind == WF_FLOW_PATH ? WF_FLOW_TEXT_NAME : WF_FLOW_TEXT_TITLE, start, width,
                  y, &palette->text);
  if (card->subtitle != NULL)
    {
      y += wf_flow_metrics_get_line_gap (metrics);
      y += draw_text (drawing, card->subtitle, WF_FLOW_TEXT_SUBTITLE, start, width, y,
                      &palette->dim);
    }
  if (card->problem != NULL)
    draw_problem (drawing,
                  MAX (y, top + metrics->icon_size) + wf_flow_metrics_get_line_gap (metrics));
}

static void
draw_detailed (const Drawing *drawing)
{
  gboolean faint = drawing->mark != WF_MARK_NONE && drawing->look.dims;

  if ((drawing->flags & WF_CARD_DRAGGED) != 0)
    gtk_snapshot_push_opacity (drawing->snapshot, 0.4);
  draw_box (drawing);
  if (drawing->card->kind != WF_FLOW_END)
    {
      if (faint)
        gtk_snapshot_push_opacity (drawing->snapshot,
                                   drawing->painter->palette.high_contrast ? 0.8 : 0.55);
      draw_content (drawing);
      if (faint)
        gtk_snapshot_pop (drawing->snapshot);
    }
  if ((drawing->flags & WF_CARD_FOCUSED) != 0)
    draw_focus (drawing);
  if (drawing->mark != WF_MARK_NONE)
    draw_badge (drawing); /* over the ring */
  if ((drawing->flags & WF_CARD_DRAGGED) != 0)
    gtk_snapshot_pop (drawing->snapshot);
}

/* Below a zoom of about 0.4 nothing can be read: what kind it is, where it is, and whether
 * something is wrong or marked. */
static void
draw_plain (const Drawing *drawing)
{
  const WfFlowPalette *palette = &drawing->painter->palette;
  GdkRGBA fill = get_fill (drawing);
  float size = MIN (2 * drawing->metrics->icon_size, drawing->box.size.height * 0.7f);
  float width;
  GdkRGBA line = get_line (drawing, &width);

  if (drawing->card->kind == WF_FLOW_TRIGGER)
    fill = wf_flow_mix (&fill, &palette->accent, 0.3f);
  if (drawing->mark != WF_MARK_NONE)
    fill = wf_flow_mix (&fill, &drawing->look.colour, drawing->look.dims ? 0.08f : 0.2f);
  if (drawing->card->kind == WF_FLOW_END)
    wf_flow_fill_rounded (drawing->snapshot, &drawing->box, drawing->radius, &fill);
  else
    wf_flow_fill_framed (drawing->snapshot, &drawing->box, drawing->radius, 2 * width, &fill,
                         &line);
  if (has_icon (drawing))
    wf_flow_painter_draw_icon (drawing->painter, drawing->snapshot, drawing->icons,
                               drawing->card->icon, (drawing->box.size.width - size) / 2,
                               (drawing->box.size.height - size) / 2, floorf (size),
                               drawing->scale_factor, get_icon_colour (drawing));
  if ((drawing->flags & WF_CARD_FOCUSED) != 0)
    draw_focus (drawing);
}

/* ---- one card ---- */

static void
make_key (const Drawing *drawing, gboolean detail)
{
  WfFlowPainter *self = drawing->painter;
  const WfFlowCard *card = drawing->card;
  const int numbers[] = { (int) card->kind,          card->is_error,         (int) drawing->flags,
                          (int) drawing->mark,       drawing->icons != NULL, drawing->scale_factor,
                          drawing->metrics->mirrored };

  wf_flow_painter_begin_key (self, detail ? 'C' : 'c');
  wf_flow_painter_add_bytes (self, numbers, sizeof numbers);
  wf_flow_painter_add_bytes (self, &drawing->box.size, sizeof drawing->box.size);
  wf_flow_painter_add_bytes (self, &drawing->metrics->padding, sizeof drawing->metrics->padding);
  wf_flow_painter_add_text (self, card->icon);
  wf_flow_painter_add_text (self, detail ? card->problem : card->problem != NULL ? "" : NULL);
  if (!detail)
    return; /* all of a kind and size look the same */
  wf_flow_painter_add_text (self, card->title);
  wf_flow_painter_add_text (self, card->subtitle);
  wf_flow_painter_add_text (self, drawing->mark_text);
}

/**
 * wf_flow_painter_draw_card:
 * @snapshot: drawn at the layout's coordinates; a focus ring and a mark's badge are a little
 *   outside of the card's bounds
 * @card: index
 * @flags: its state
 * @marks: (nullable): what is marked
 * @detail: %FALSE: a plain box with its icon
 * @icons: (nullable): without them the text begins at the edge
 * @scale_factor: of the surface
 */
void
wf_flow_painter_draw_card (WfFlowPainter *self, GtkSnapshot *snapshot, const WfFlowLayout *layout,
                           guint card, WfCardFlags flags, const WfFlowMarks *marks, gboolean detail,
                           GtkIconTheme *icons, int scale_factor)
{
  const WfFlowCard *of = wf_flow_layout_card (layout, card);
  Drawing drawing = { .painter = self,
                      .metrics = &layout->metrics,
                      .card = of,
                      .box = { .size = of->bounds.size },
                      .radius = get_radius (&layout->metrics, of),
                      .flags = flags,
                      .icons = icons,
                      .scale_factor = scale_factor };
  GskRenderNode *node;

  if (marks != NULL)
    drawing.mark = wf_flow_marks_get (marks, &of->target, &drawing.mark_text);
  wf_flow_painter_get_mark_look (self, drawing.mark, &drawing.look);
  make_key (&drawing, detail);
  node = wf_flow_painter_find (self);
  if (node == NULL)
    {
      drawing.snapshot = gtk_snapshot_new ();
      (detail ? draw_detailed : draw_plain) (&drawing);
      node = wf_flow_painter_put (self, drawing.snapshot);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &of->bounds.origin);
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}
