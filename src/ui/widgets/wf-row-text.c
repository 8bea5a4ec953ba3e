/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of a long list says. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-row-text.h"

#include "wf-font.h"

#include <math.h>

/* Policy. A list view keeps some two hundred rows alive, and when it scrolls or another query is asked, twenty of them say something
 * else with one frame. A label lays out its whole row anew with each text, so the row draws its own words: another text is another
 * drawing and nothing else. What the words measure is asked of those rows alone that are seen. */

#define GAP 12  /* between parts */
#define NEAR 4  /* of an icon, to its text */
#define BELOW 2 /* a line, the next one */
#define ICON 16
#define BADGE_BESIDE 8
#define BADGE_ABOVE 2
#define SMALL 0.82        /* of the font: libadwaita's caption */
#define MOST_OF_END 0.6f  /* of the width */
#define LEAST_OF_TITLE 60 /* that a badge has to leave */

typedef struct
{
  char *text;          /* (owned) (nullable) */
  PangoLayout *layout; /* (owned) (nullable) not before it is drawn */
  WfTone tone;
  float natural;        /* its width when nothing is cut; below 0: not known yet */
  graphene_rect_t area; /* empty when it was not drawn */
} Line;

typedef struct
{
  char *name;              /* (owned) (nullable) */
  GdkPaintable *paintable; /* (owned) (nullable) not before it is drawn */
  graphene_rect_t area;
} Icon;

struct _WfRowText
{
  GtkWidget parent_instance;

  Line lines[WF_ROW_N_LINES];
  Icon icons[WF_ROW_N_ICONS];
  int title_height, note_height; /* 0: not known yet */
};

G_DEFINE_FINAL_TYPE (WfRowText, wf_row_text, GTK_TYPE_WIDGET)

/* ---- fonts and icons --------------------------------------------------------------------------- */

static gboolean
is_small (WfRowLine line)
{
  return line == WF_ROW_SUBTITLE || line == WF_ROW_BADGE || line == WF_ROW_END_NOTE;
}

static void
learn_heights (WfRowText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  if (self->title_height != 0)
    return;
  g_autoptr (PangoFontDescription) small = wf_font_new_scaled (context, SMALL);
  self->title_height = wf_font_get_line_height (context, NULL);
  self->note_height = wf_font_get_line_height (context, small);
}

static PangoAttrList *
make_attributes (WfRowLine line)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (is_small (line))
    pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL));
  if (line == WF_ROW_END || line == WF_ROW_END_NOTE)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  return attributes;
}

static PangoLayout *
get_layout (WfRowText *self, WfRowLine line)
{
  Line *it = &self->lines[line];

  if (it->layout != NULL)
    return it->layout;
  g_autoptr (PangoAttrList) attributes = make_attributes (line);
  it->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), it->text);
  pango_layout_set_attributes (it->layout, attributes);
  pango_layout_set_ellipsize (it->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (it->layout, TRUE);
  return it->layout;
}

/* In pixels, when nothing is cut. */
static float
get_natural_width (WfRowText *self, WfRowLine line)
{
  Line *it = &self->lines[line];
  int width;

  if (it->text == NULL)
    return 0;
  if (it->natural >= 0)
    return it->natural;
  pango_layout_set_width (get_layout (self, line), -1);
  pango_layout_get_pixel_size (get_layout (self, line), &width, NULL);
  it->natural = (float) width;
  return it->natural;
}

/* With each width a text is shaped anew: the short ones have one only where they are cut. */
static void
cut (WfRowText *self, WfRowLine line)
{
  Line *it = &self->lines[line];
  gboolean fits = it->natural >= 0 && it->natural <= it->area.size.width;

  pango_layout_set_width (get_layout (self, line),
                          fits ? -1 : (int) it->area.size.width * PANGO_SCALE);
}

static void
forget_widths (WfRowText *self)
{
  self->title_height = 0;
  for (guint i = 0; i < WF_ROW_N_LINES; i++)
    self->lines[i].natural = -1;
}

static GdkPaintable *
get_paintable (WfRowText *self, Icon *icon)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (icon->paintable == NULL)
    icon->paintable = GDK_PAINTABLE (gtk_icon_theme_lookup_icon (
        gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), icon->name, NULL, ICON,
        gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget), 0));
  return icon->paintable;
}

/* Of the theme, the direction or the display's scale. */
static void
drop_icons (WfRowText *self)
{
  for (guint i = 0; i < WF_ROW_N_ICONS; i++)
    g_clear_object (&self->icons[i].paintable);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- where what is ----------------------------------------------------------------------------- */

/* From the side where the language begins. */
static void
place (WfRowText *self, graphene_rect_t *area, float x, float y, float width, float height)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = (float) gtk_widget_get_width (widget) - x - width;
  graphene_rect_init (area, x, y, width, height);
}

static void
place_icon (WfRowText *self, WfRowIcon icon, float x, float y)
{
  if (self->icons[icon].name != NULL)
    place (self, &self->icons[icon].area, x, y, ICON, ICON);
}

static void
place_line (WfRowText *self, WfRowLine line, float x, float y, float width)
{
  if (self->lines[line].text != NULL && width > 0)
    place (self, &self->lines[line].area, x, y, width,
           (float) (is_small (line) ? self->note_height : self->title_height));
}

/* Where the lines at the end leave room to, above and below. */
typedef struct
{
  float above, below;
} Room;

static float
leave_gap (float width, float taken)
{
  return taken > 0 ? width - taken - GAP : width;
}

static Room
place_end (WfRowText *self, float width, float top, float below)
{
  float most = width * MOST_OF_END;
  float before = self->icons[WF_ROW_END_ICON].name != NULL ? ICON + NEAR : 0;
  float end = MIN (get_natural_width (self, WF_ROW_END), MAX (most - before, 0));
  float note = MIN (get_natural_width (self, WF_ROW_END_NOTE), most);

  place_line (self, WF_ROW_END, width - end, top, end);
  place_line (self, WF_ROW_END_NOTE, width - note, below, note);
  place_icon (self, WF_ROW_END_ICON, width - end - before,
              top + ((float) self->title_height - ICON) / 2);
  return (Room) { leave_gap (width, end + before), leave_gap (width, note) };
}

/* Sign and badge stand before both lines. */
static void
place_between (WfRowText *self, float start, float middle, Room *room)
{
  float left = MIN (room->above, room->below);
  float badge = get_natural_width (self, WF_ROW_BADGE) + 2 * BADGE_BESIDE;
  gboolean has_sign = self->icons[WF_ROW_SIGN].name != NULL;

  place_icon (self, WF_ROW_SIGN, left - ICON, middle - ICON / 2.0f);
  if (has_sign)
    left -= ICON + GAP;
  gboolean has_badge = self->lines[WF_ROW_BADGE].text != NULL &&
                       left - GAP - badge - start >= LEAST_OF_TITLE;
  if (has_badge)
    {
      place_line (self, WF_ROW_BADGE, left - badge + BADGE_BESIDE,
                  middle - (float) self->note_height / 2, badge - 2 * BADGE_BESIDE);
      left -= badge + GAP;
    }
  if (has_sign || has_badge)
    *room = (Room) { left, left };
}

static void
place_all (WfRowText *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  float width = (float) gtk_widget_get_width (widget);
  float middle = (float) gtk_widget_get_height (widget) / 2;
  float start = ICON + GAP;

  learn_heights (self);
  for (guint i = 0; i < WF_ROW_N_LINES; i++)
    self->lines[i].area = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  for (guint i = 0; i < WF_ROW_N_ICONS; i++)
    self->icons[i].area = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  float top = middle - (float) (self->title_height + BELOW + self->note_height) / 2;
  float below = top + (float) (self->title_height + BELOW);
  Room room = place_end (self, width, top, below);

  place_icon (self, WF_ROW_ICON, 0, middle - ICON / 2.0f);
  place_between (self, start, middle, &room);
  place_line (self, WF_ROW_TITLE, start, top, room.above - start);
  place_line (self, WF_ROW_SUBTITLE, start, below, room.below - start);
}

/* ---- drawing ----------------------------------------------------------------------------------- */

static gboolean
is_at_end (WfRowLine line)
{
  return line == WF_ROW_END || line == WF_ROW_END_NOTE;
}

/* A text of the other direction stands at the far end of a layout that has a width. */
static void
draw_line (WfRowText *self, GtkSnapshot *snapshot, WfRowLine line, const GdkRGBA *color)
{
  const graphene_rect_t *area = &self->lines[line].area;
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  PangoLayout *layout = get_layout (self, line);
  PangoRectangle logical;

  cut (self, line);
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  float rest = reversed != is_at_end (line) ? area->size.width - (float) logical.width : 0;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (roundf (area->origin.x + rest) - (float) logical.x,
                                                roundf (area->origin.y)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_badge (WfRowText *self, GtkSnapshot *snapshot, const WfPalette *palette)
{
  graphene_rect_t area = self->lines[WF_ROW_BADGE].area;
  GdkRGBA fill = palette->accent_fill;
  GskRoundedRect outline;

  fill.alpha = 0.15f;
  graphene_rect_inset (&area, -BADGE_BESIDE, -BADGE_ABOVE);
  gsk_rounded_rect_init_from_rect (&outline, &area, area.size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &area);
  gtk_snapshot_pop (snapshot);
  draw_line (self, snapshot, WF_ROW_BADGE, &palette->accent);
}

static void
draw_icon (WfRowText *self, GtkSnapshot *snapshot, WfRowIcon icon, const WfPalette *palette,
           const GdkRGBA *color)
{
  Icon *it = &self->icons[icon];
  const GdkRGBA colors[] = { *color, palette->error, palette->warning, palette->accent };

  if (it->name == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (roundf (it->area.origin.x), roundf (it->area.origin.y)));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (get_paintable (self, it)),
                                            GDK_SNAPSHOT (snapshot), ICON, ICON, colors,
                                            G_N_ELEMENTS (colors));
  gtk_snapshot_restore (snapshot);
}

static void
wf_row_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WfRowText *self = WF_ROW_TEXT (widget);
  WfPalette palette;

  wf_palette_init (&palette, widget);
  place_all (self);
  for (guint i = 0; i < WF_ROW_N_LINES; i++)
    {
      if (self->lines[i].area.size.width <= 0)
        continue;
      if (i == WF_ROW_BADGE)
        draw_badge (self, snapshot, &palette);
      else
        draw_line (self, snapshot, i, wf_palette_get_tone (&palette, self->lines[i].tone));
    }
  draw_icon (self, snapshot, WF_ROW_ICON, &palette, &palette.text);
  draw_icon (self, snapshot, WF_ROW_SIGN, &palette, &palette.dim);
  draw_icon (self, snapshot, WF_ROW_END_ICON, &palette,
             wf_palette_get_tone (&palette, self->lines[WF_ROW_END].tone));
}

static void
wf_row_text_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  WfRowText *self = WF_ROW_TEXT (widget);

  *minimum = *natural = ICON + GAP;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  learn_heights (self);
  *minimum = *natural = MAX (ICON, self->title_height + BELOW + self->note_height);
}

/* ---- object ------------------------------------------------------------------------------------ */

/* GTK lays it out anew when the font is another one. */
static void
wf_row_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  forget_widths (WF_ROW_TEXT (widget));
  GTK_WIDGET_CLASS (wf_row_text_parent_class)->css_changed (widget, change);
}

static void
wf_row_text_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (wf_row_text_parent_class)->direction_changed (widget, previous);
  for (guint i = 0; i < WF_ROW_N_LINES; i++)
    g_clear_object (&WF_ROW_TEXT (widget)->lines[i].layout);
  forget_widths (WF_ROW_TEXT (widget));
  drop_icons (WF_ROW_TEXT (widget));
}

static void
wf_row_text_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (wf_row_text_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_ICON_THEME)
    drop_icons (WF_ROW_TEXT (widget));
}

static void
wf_row_text_dispose (GObject *object)
{
  WfRowText *self = WF_ROW_TEXT (object);

  for (guint i = 0; i < WF_ROW_N_LINES; i++)
    g_clear_object (&self->lines[i].layout);
  for (guint i = 0; i < WF_ROW_N_ICONS; i++)
    g_clear_object (&self->icons[i].paintable);
  G_OBJECT_CLASS (wf_row_text_parent_class)->dispose (object);
}

static void
wf_row_text_finalize (GObject *object)
{
  WfRowText *self = WF_ROW_TEXT (object);

  for (guint i = 0; i < WF_ROW_N_LINES; i++)
    g_free (self->lines[i].text);
  for (guint i = 0; i < WF_ROW_N_ICONS; i++)
    g_free (self->icons[i].name);
  G_OBJECT_CLASS (wf_row_text_parent_class)->finalize (object);
}

static void
wf_row_text_class_init (WfRowTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wf_row_text_dispose;
  object_class->finalize = wf_row_text_finalize;
  widget_class->measure = wf_row_text_measure;
  widget_class->snapshot = wf_row_text_snapshot;
  widget_class->css_changed = wf_row_text_css_changed;
  widget_class->direction_changed = wf_row_text_direction_changed;
  widget_class->system_setting_changed = wf_row_text_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "wf-row-text");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wf_row_text_init (WfRowText *self)
{
  self->lines[WF_ROW_SUBTITLE].tone = WF_TONE_DIMMED;
  self->lines[WF_ROW_END_NOTE].tone = WF_TONE_DIMMED;
  forget_widths (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (drop_icons), NULL);
  wf_palette_follow (GTK_WIDGET (self));
}

void
wf_row_text_set_line (WfRowText *self, WfRowLine line, const char *text)
{
  g_return_if_fail (WF_IS_ROW_TEXT (self));
  Line *it = &self->lines[line];

  if (!g_set_str (&it->text, text))
    return;
  it->natural = -1;
  if (it->layout != NULL)
    pango_layout_set_text (it->layout, text != NULL ? text : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
wf_row_text_get_line (WfRowText *self, WfRowLine line)
{
  g_return_val_if_fail (WF_IS_ROW_TEXT (self), NULL);
  return self->lines[line].text;
}

void
wf_row_text_set_tone (WfRowText *self, WfRowLine line, WfTone tone)
{
  g_return_if_fail (WF_IS_ROW_TEXT (self));
  if (self->lines[line].tone == tone)
    return;
  self->lines[line].tone = tone;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

WfTone
wf_row_text_get_tone (WfRowText *self, WfRowLine line)
{
  g_return_val_if_fail (WF_IS_ROW_TEXT (self), WF_TONE_PLAIN);
  return self->lines[line].tone;
}

void
wf_row_text_set_icon (WfRowText *self, WfRowIcon icon, const char *name)
{
  g_return_if_fail (WF_IS_ROW_TEXT (self));
  if (!g_set_str (&self->icons[icon].name, name))
    return;
  g_clear_object (&self->icons[icon].paintable);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
wf_row_text_get_icon (WfRowText *self, WfRowIcon icon)
{
  g_return_val_if_fail (WF_IS_ROW_TEXT (self), NULL);
  return self->icons[icon].name;
}

void
wf_row_text_wait (WfRowText *self)
{
  g_return_if_fail (WF_IS_ROW_TEXT (self));
  for (guint i = 0; i < WF_ROW_N_LINES; i++)
    wf_row_text_set_line (self, i, i == WF_ROW_TITLE ? "…" : NULL);
  for (guint i = 0; i < WF_ROW_N_ICONS; i++)
    wf_row_text_set_icon (self, i, NULL);
}

static gboolean
take_area (const graphene_rect_t *from, graphene_rect_t *area)
{
  *area = *from;
  return from->size.width > 0;
}

gboolean
wf_row_text_get_line_area (WfRowText *self, WfRowLine line, graphene_rect_t *area)
{
  g_return_val_if_fail (WF_IS_ROW_TEXT (self), FALSE);
  return take_area (&self->lines[line].area, area);
}

gboolean
wf_row_text_get_icon_area (WfRowText *self, WfRowIcon icon, graphene_rect_t *area)
{
  g_return_val_if_fail (WF_IS_ROW_TEXT (self), FALSE);
  return take_area (&self->icons[icon].area, area);
}
