/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the columns draw by themselves: closed time, the hours, now, and where a move would land. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-private.h"

#include "wf-calendar-paint.h"
#include "wf-time-text.h"

#include <math.h>

#define TILE 6.0f /* of the pattern */
#define STROKE 1.0f
#define NOW_HEIGHT 2.0f
#define NOW_DOT 4.0f
#define LEAST_FOR_HALVES 44 /* height of an hour whose half is marked */
#define RADIUS 6.0f
#define LANDING_BORDER 2.0f
#define TEXT_INSET 6
#define NOTE_WIDTH 220
#define NOTE_GAP 4

typedef struct
{
  GdkRGBA text, accent, error;
  gboolean high_contrast;
} Colors;

static void
colors_init (Colors *self, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  gboolean dark = adw_style_manager_get_dark (manager);

  gtk_widget_get_color (widget, &self->text);
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager), dark,
                                       &self->accent);
  self->high_contrast = adw_style_manager_get_high_contrast (manager);
  gdk_rgba_parse (&self->error, dark ? "#ff7b63" : "#c01c28");
}

static GdkRGBA
fade (const GdkRGBA *color, float alpha, gboolean high_contrast)
{
  GdkRGBA faded = *color;

  faded.alpha *= high_contrast ? MIN (1.0f, alpha * 2.5f) : alpha;
  return faded;
}

/* ---- behind the chips -------------------------------------------------------------------------- */

static graphene_rect_t
get_stretch (WfDaysGrid *self, guint day, gint64 from, gint64 until)
{
  int x, width, top = wf_days_grid_get_y (self, from);

  wf_days_grid_get_column (self, day, &x, &width);
  return GRAPHENE_RECT_INIT ((float) x, (float) top, (float) width,
                             (float) (wf_days_grid_get_y (self, until) - top));
}

static void
paint_closed (WfDaysGrid *self, GtkSnapshot *snapshot, const Colors *colors, guint day)
{
  const GArray *closed = self->closed->pdata[day];
  GdkRGBA shade = fade (&colors->text, 0.06f, colors->high_contrast);
  gint64 from, until;

  for (guint i = 0; i < closed->len; i++)
    {
      const WfCalendarStretch *stretch = &g_array_index (closed, WfCalendarStretch, i);
      const graphene_rect_t area = get_stretch (self, day, stretch->from, stretch->until);

      gtk_snapshot_append_color (snapshot, &shade, &area);
    }
  if (wf_days_get_clock_change (&self->span, day, wf_days_grid_get_zone (self), &from, &until))
    {
      const graphene_rect_t area = get_stretch (self, day, MIN (from, until), MAX (from, until));
      GdkRGBA lines = fade (&colors->text, 0.25f, colors->high_contrast);

      /* Not the colour alone tells that an hour does not exist, or comes twice. */
      wf_calendar_draw_hatch (snapshot, &area, &lines, TILE, STROKE);
    }
}

static void
paint_lines (WfDaysGrid *self, GtkSnapshot *snapshot, const Colors *colors)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  int hour = self->metrics.hour_height, x, column;
  GdkRGBA whole = fade (&colors->text, 0.12f, colors->high_contrast);
  GdkRGBA half = fade (&colors->text, 0.05f, colors->high_contrast);

  for (int i = 1; i < WF_DAYS_HOURS; i++)
    gtk_snapshot_append_color (snapshot, &whole,
                               &GRAPHENE_RECT_INIT (0, (float) (i * hour), width, 1));
  for (int i = 0; hour >= LEAST_FOR_HALVES && i < WF_DAYS_HOURS; i++)
    gtk_snapshot_append_color (snapshot, &half,
                               &GRAPHENE_RECT_INIT (0, (float) (i * hour + hour / 2), width, 1));
  for (guint i = 0; i < self->span.n_days; i++)
    {
      wf_days_grid_get_column (self, i, &x, &column);
      gtk_snapshot_append_color (
          snapshot, &whole, &GRAPHENE_RECT_INIT ((float) x, 0, 1, (float) (WF_DAYS_HOURS * hour)));
    }
}

void
wf_days_paint_back (WfDaysGrid *self, GtkSnapshot *snapshot)
{
  Colors colors;

  colors_init (&colors, GTK_WIDGET (self));
  for (guint i = 0; i < self->span.n_days && i < self->closed->len; i++)
    paint_closed (self, snapshot, &colors, i);
  paint_lines (self, snapshot, &colors);
}

/* ---- above the chips --------------------------------------------------------------------------- */

static void
paint_now (WfDaysGrid *self, GtkSnapshot *snapshot, const Colors *colors)
{
  WfInstant now = wf_calendar_model_get_now (self->model);
  int day = wf_calendar_span_find (&self->span, now), x, width;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GskRoundedRect dot;
  float y, side;

  if (day < 0)
    return;
  wf_days_grid_get_column (self, (guint) day, &x, &width);
  y = (float) wf_days_grid_get_y (
      self, wf_days_get_wall_time (&self->span, (guint) day, now, wf_days_grid_get_zone (self)));
  side = mirrored ? (float) (x + width) - NOW_DOT : (float) x + NOW_DOT;
  gtk_snapshot_append_color (
      snapshot, &colors->accent,
      &GRAPHENE_RECT_INIT ((float) x, y - NOW_HEIGHT / 2, (float) width, NOW_HEIGHT));
  gsk_rounded_rect_init_from_rect (
      &dot, &GRAPHENE_RECT_INIT (side - NOW_DOT, y - NOW_DOT, 2 * NOW_DOT, 2 * NOW_DOT), NOW_DOT);
  gtk_snapshot_push_rounded_clip (snapshot, &dot);
  gtk_snapshot_append_color (snapshot, &colors->accent, &dot.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
paint_box (GtkSnapshot *snapshot, const graphene_rect_t *bounds, const GdkRGBA *fill,
           const GdkRGBA *border, float border_width)
{
  const float widths[] = { border_width, border_width, border_width, border_width };
  GskRoundedRect box;

  gsk_rounded_rect_init_from_rect (&box, bounds, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, fill, bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &box, widths,
                              (const GdkRGBA[]) { *border, *border, *border, *border });
}

static void
paint_text (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* What is to be said of the landing, beside it and where it can be seen. */
static void
paint_note (WfDaysGrid *self, GtkSnapshot *snapshot, const Colors *colors,
            const GdkRectangle *place)
{
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self), self->move.note);
  double top = gtk_adjustment_get_value (self->vadjustment);
  double bottom = top + gtk_adjustment_get_page_size (self->vadjustment);
  double left = gtk_adjustment_get_value (self->hadjustment);
  double right = left + gtk_adjustment_get_page_size (self->hadjustment);
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkRGBA fill = adw_style_manager_get_dark (manager) ? (GdkRGBA) { 0.21f, 0.21f, 0.23f, 1 }
                                                      : (GdkRGBA) { 1, 1, 1, 1 };
  GdkRGBA border = self->move.verdict == WF_MOVE_REFUSED ? colors->error : colors->accent;
  int width, height, x, y;

  pango_layout_set_width (layout, NOTE_WIDTH * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, &width, &height);
  width += 2 * TEXT_INSET;
  height += TEXT_INSET;
  x = CLAMP (place->x, (int) left, MAX ((int) left, (int) right - width));
  y = place->y + place->height + NOTE_GAP;
  if (y + height > bottom)
    y = place->y - NOTE_GAP - height;
  y = MAX (y, (int) top);
  paint_box (snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height),
             &fill, &border, 1);
  paint_text (snapshot, layout, (float) (x + TEXT_INSET), (float) (y + TEXT_INSET / 2),
              &colors->text);
}

/* As large as the chips. */
static void
shrink (PangoLayout *layout)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
}

/* A filled place with an outline and its time; what is refused has a red outline, no filling, and says
 * why. */
static void
paint_landing (WfDaysGrid *self, GtkSnapshot *snapshot, const Colors *colors)
{
  gboolean refused = self->move.verdict == WF_MOVE_REFUSED;
  const GdkRGBA *border = refused ? &colors->error : &colors->accent;
  GdkRGBA fill = *border;
  GdkRectangle place;

  if (!wf_days_drag_get_landing (self, &place))
    return;
  g_autofree char *time =
      wf_time_text_clock (self->move.due, wf_calendar_model_get_zone (self->model));
  g_autofree char *end =
      self->move.is_length
          ? wf_time_text_clock (self->move.ends, wf_calendar_model_get_zone (self->model))
          : NULL;
  g_autofree char *text = g_strdup_printf ("%s%s%s  %s", time, end != NULL ? "–" : "",
                                           end != NULL ? end : "", self->move.activity->title);
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self), refused ? time : text);
  fill.alpha *= refused ? 0.0f : 0.3f;
  paint_box (snapshot,
             &GRAPHENE_RECT_INIT ((float) place.x, (float) place.y, (float) place.width,
                                  (float) place.height),
             &fill, border, LANDING_BORDER);
  shrink (layout);
  pango_layout_set_width (layout, MAX (1, place.width - 2 * TEXT_INSET) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  paint_text (snapshot, layout, (float) (place.x + TEXT_INSET), (float) (place.y + 1),
              &colors->text);
  if (self->move.note != NULL && self->move.kind != WF_DAYS_MOVE_ASKED)
    paint_note (self, snapshot, colors, &place);
}

void
wf_days_paint_front (WfDaysGrid *self, GtkSnapshot *snapshot)
{
  Colors colors;

  colors_init (&colors, GTK_WIDGET (self));
  paint_now (self, snapshot, &colors);
  if (self->move.kind >= WF_DAYS_MOVE_POINTER)
    paint_landing (self, snapshot, &colors);
}
