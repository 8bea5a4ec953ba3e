/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that draws its words: where what stands, in either direction and with little room, in which colours, and that other words lay
 * nothing out. */
#include "wf-row-text.h"
#include "wf-window-check.h"

#include <adwaita.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  GtkWidget *window;
  WfRowText *row;
  guint n_layouts, n_frames;
} Fixture;

static void
on_layout (Fixture *self)
{
  self->n_layouts++;
}

static void
on_painted (Fixture *self)
{
  self->n_frames++;
}

static gboolean
is_drawn (gpointer data)
{
  Fixture *self = data;
  graphene_rect_t area;

  return self->n_frames > 1 && wf_row_text_get_line_area (self->row, WF_ROW_TITLE, &area);
}

static void
fill (WfRowText *row)
{
  wf_row_text_set_icon (row, WF_ROW_ICON, "call-start-symbolic");
  wf_row_text_set_icon (row, WF_ROW_SIGN, "view-refresh-symbolic");
  wf_row_text_set_icon (row, WF_ROW_END_ICON, "alarm-symbolic");
  wf_row_text_set_line (row, WF_ROW_TITLE, "Confirm the meeting");
  wf_row_text_set_line (row, WF_ROW_SUBTITLE, "Padaria Sol · First contact");
  wf_row_text_set_line (row, WF_ROW_BADGE, "Unassigned");
  wf_row_text_set_line (row, WF_ROW_END, "in 25 min");
  wf_row_text_set_line (row, WF_ROW_END_NOTE, "14:30");
  wf_row_text_set_tone (row, WF_ROW_END, WF_TONE_WARNING);
}

/* width: of the row, in pixels. */
static void
set_up (Fixture *self, gconstpointer width)
{
  GdkFrameClock *clock;

  self->row = g_object_ref_sink (g_object_new (WF_TYPE_ROW_TEXT, "halign", GTK_ALIGN_CENTER,
                                               "width-request", GPOINTER_TO_INT (width), NULL));
  fill (self->row);
  self->window = g_object_new (GTK_TYPE_WINDOW, "default-width", 700, "default-height", 100,
                               "child", self->row, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
  clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect_swapped (clock, "layout", G_CALLBACK (on_layout), self);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_painted), self);
  gtk_widget_queue_draw (self->window);
  g_assert_true (wf_window_check_wait (is_drawn, self));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (self->window), self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->row);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static graphene_rect_t
get_line (Fixture *self, WfRowLine line)
{
  graphene_rect_t area;

  g_assert_true (wf_row_text_get_line_area (self->row, line, &area));
  return area;
}

static graphene_rect_t
get_icon (Fixture *self, WfRowIcon icon)
{
  graphene_rect_t area;

  g_assert_true (wf_row_text_get_icon_area (self->row, icon, &area));
  return area;
}

static float
get_right (graphene_rect_t area)
{
  return area.origin.x + area.size.width;
}

static float
get_below (graphene_rect_t area)
{
  return area.origin.y + area.size.height;
}

static gboolean
has_painted (gpointer data)
{
  return ((Fixture *) data)->n_frames > 0;
}

static void
draw (Fixture *self)
{
  self->n_frames = self->n_layouts = 0;
  g_assert_true (wf_window_check_wait (has_painted, self));
}

/* A window that has just been shown is laid out some more times. */
static void
settle (Fixture *self)
{
  guint n_left = 50;

  do
    {
      gtk_widget_queue_draw (GTK_WIDGET (self->row));
      draw (self);
    }
  while (self->n_layouts > 0 && --n_left > 0);
  g_assert_cmpuint (n_left, >, 0);
}

/* ---- where what stands ------------------------------------------------------------------------- */

static void
test_places (Fixture *self, gconstpointer data)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self->row));

  g_assert_cmpfloat (get_icon (self, WF_ROW_ICON).origin.x, ==, 0);
  g_assert_cmpfloat (get_line (self, WF_ROW_TITLE).origin.x, >,
                     get_right (get_icon (self, WF_ROW_ICON)));
  g_assert_cmpfloat (get_line (self, WF_ROW_TITLE).origin.x, ==,
                     get_line (self, WF_ROW_SUBTITLE).origin.x);
  g_assert_cmpfloat (get_below (get_line (self, WF_ROW_TITLE)), <,
                     get_line (self, WF_ROW_SUBTITLE).origin.y);
  g_assert_cmpfloat (get_right (get_line (self, WF_ROW_TITLE)), <,
                     get_line (self, WF_ROW_BADGE).origin.x);
  g_assert_cmpfloat (get_right (get_line (self, WF_ROW_BADGE)), <,
                     get_icon (self, WF_ROW_SIGN).origin.x);
  g_assert_cmpfloat (get_right (get_icon (self, WF_ROW_SIGN)), <,
                     get_icon (self, WF_ROW_END_ICON).origin.x);
  g_assert_cmpfloat (get_right (get_icon (self, WF_ROW_END_ICON)), <,
                     get_line (self, WF_ROW_END).origin.x);
  g_assert_cmpfloat (get_right (get_line (self, WF_ROW_END)), ==, width);
  g_assert_cmpfloat (get_right (get_line (self, WF_ROW_END_NOTE)), ==, width);
  g_assert_cmpfloat (get_below (get_line (self, WF_ROW_SUBTITLE)), <=,
                     gtk_widget_get_height (GTK_WIDGET (self->row)) + 1);
}

/* Without anything between, each line has the room that its own neighbour leaves. */
static void
test_own_room (Fixture *self, gconstpointer data)
{
  wf_row_text_set_line (self->row, WF_ROW_BADGE, NULL);
  wf_row_text_set_icon (self->row, WF_ROW_SIGN, NULL);
  wf_row_text_set_line (self->row, WF_ROW_END_NOTE, "Wednesday, 13:56");
  wf_row_text_set_line (self->row, WF_ROW_END, "now");
  wf_row_text_set_icon (self->row, WF_ROW_END_ICON, NULL);
  draw (self);
  g_assert_cmpfloat (get_line (self, WF_ROW_TITLE).size.width, >,
                     get_line (self, WF_ROW_SUBTITLE).size.width);
  g_assert_cmpfloat (get_right (get_line (self, WF_ROW_SUBTITLE)), <,
                     get_line (self, WF_ROW_END_NOTE).origin.x);
  graphene_rect_t area;
  g_assert_false (wf_row_text_get_line_area (self->row, WF_ROW_BADGE, &area));
  g_assert_false (wf_row_text_get_icon_area (self->row, WF_ROW_SIGN, &area));
}

/* With little room the badge goes before the title does, and what stands at the end is cut. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self->row));
  graphene_rect_t area;

  g_assert_false (wf_row_text_get_line_area (self->row, WF_ROW_BADGE, &area));
  g_assert_cmpfloat (get_line (self, WF_ROW_TITLE).size.width, >, 30);
  wf_row_text_set_line (self->row, WF_ROW_END, "a text that is far longer than there is any room");
  draw (self);
  g_assert_cmpfloat (get_line (self, WF_ROW_END).size.width, <, width * 0.61f);
  g_assert_cmpfloat (get_line (self, WF_ROW_END).origin.x, >, 0);
}

static void
test_right_to_left (Fixture *self, gconstpointer data)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self->row));
  graphene_rect_t left[WF_ROW_N_LINES];

  for (WfRowLine line = 0; line < WF_ROW_N_LINES; line++)
    left[line] = get_line (self, line);
  gtk_widget_set_direction (GTK_WIDGET (self->row), GTK_TEXT_DIR_RTL);
  draw (self);
  g_assert_cmpfloat (get_right (get_icon (self, WF_ROW_ICON)), ==, width);
  for (WfRowLine line = 0; line < WF_ROW_N_LINES; line++)
    g_assert_cmpfloat_with_epsilon (get_right (get_line (self, line)), width - left[line].origin.x,
                                    0.5);
}

/* ---- drawing ----------------------------------------------------------------------------------- */

/* GTK rounds a colour when it becomes a node, and writes some of them in another way. */
static gboolean
is_near (const char *text, const GdkRGBA *color)
{
  GdkRGBA drawn = { .alpha = 1 };

  if (sscanf (text, "color(srgb %f %f %f", &drawn.red, &drawn.green, &drawn.blue) != 3)
    {
      g_autofree char *written = g_strndup (text, strcspn (text, ";"));
      g_assert_true (gdk_rgba_parse (&drawn, written));
    }
  return fabsf (drawn.red - color->red) < 0.01f && fabsf (drawn.green - color->green) < 0.01f &&
         fabsf (drawn.blue - color->blue) < 0.01f && fabsf (drawn.alpha - color->alpha) < 0.01f;
}

/* How many texts are drawn in a colour. Read from what the nodes are written as: gsk_text_node_get_color() does not tell it in
 * GTK 4.18. */
static guint
count_drawn (Fixture *self, const GdkRGBA *color)
{
  static const char begin[] = "text {\n  color: ";
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  guint n = 0;

  GTK_WIDGET_GET_CLASS (self->row)->snapshot (GTK_WIDGET (self->row), snapshot);
  g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);
  g_autoptr (GBytes) written = gsk_render_node_serialize (node);
  const char *at = g_bytes_get_data (written, NULL); /* ends with a zero */
  while ((at = strstr (at, begin)) != NULL)
    {
      at += strlen (begin);
      n += is_near (at, color);
    }
  return n;
}

static void
test_colors (Fixture *self, gconstpointer data)
{
  WfPalette palette;

  wf_palette_init (&palette, GTK_WIDGET (self->row));
  g_assert_cmpuint (count_drawn (self, &palette.text), ==, 1);    /* the title */
  g_assert_cmpuint (count_drawn (self, &palette.dim), ==, 2);     /* the lower lines */
  g_assert_cmpuint (count_drawn (self, &palette.warning), ==, 1); /* the end */
  g_assert_cmpuint (count_drawn (self, &palette.accent), ==, 1);  /* the badge */
  wf_row_text_set_tone (self->row, WF_ROW_END, WF_TONE_ERROR);
  wf_row_text_set_tone (self->row, WF_ROW_TITLE, WF_TONE_DIMMED);
  g_assert_cmpuint (count_drawn (self, &palette.error), ==, 1);
  g_assert_cmpuint (count_drawn (self, &palette.warning), ==, 0);
  g_assert_cmpuint (count_drawn (self, &palette.dim), ==, 3);
  wf_row_text_wait (self->row);
  g_assert_cmpuint (count_drawn (self, &palette.dim), ==, 1); /* "…" where the title was */
  g_assert_cmpuint (count_drawn (self, &palette.error), ==, 0);
}

/* Contrasts change without anything that GTK knows of: what is dim is less so. */
static void
test_follows_contrast (Fixture *self, gconstpointer data)
{
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (self->window));

  settle (self);
  g_object_notify (G_OBJECT (manager), "high-contrast");
  draw (self);
  g_assert_cmpuint (self->n_frames, >, 0);
}

/* ---- other words ------------------------------------------------------------------------------- */

static void
test_draws_only (Fixture *self, gconstpointer data)
{
  settle (self);
  wf_row_text_set_line (self->row, WF_ROW_TITLE,
                        "Another title that is longer than the one before");
  wf_row_text_set_line (self->row, WF_ROW_END, "2 hours late");
  wf_row_text_set_tone (self->row, WF_ROW_END, WF_TONE_ERROR);
  wf_row_text_set_icon (self->row, WF_ROW_END_ICON, NULL);
  wf_row_text_set_line (self->row, WF_ROW_BADGE, NULL);
  draw (self);
  g_assert_cmpuint (self->n_layouts, ==, 0);
  g_assert_cmpstr (wf_row_text_get_line (self->row, WF_ROW_END), ==, "2 hours late");
  g_assert_cmpint (wf_row_text_get_tone (self->row, WF_ROW_END), ==, WF_TONE_ERROR);
  g_assert_null (wf_row_text_get_icon (self->row, WF_ROW_END_ICON));

  /* A widget that is asked for another size would. */
  gtk_widget_queue_resize (GTK_WIDGET (self->row));
  draw (self);
  g_assert_cmpuint (self->n_layouts, ==, 1);
}

static int
measure_height (Fixture *self)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->row), GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL,
                      NULL);
  return minimum;
}

/* The row grows with the font. */
static void
test_large_text (Fixture *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int height = measure_height (self), dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 3 / 2, NULL);
  draw (self);
  g_assert_cmpint (measure_height (self), >, height * 5 / 4);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_accessible (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (self->row)), ==, "wf-row-text");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

#define ADD(name, width, func)                                                                     \
  g_test_add (name, Fixture, GINT_TO_POINTER (width), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/row-text/places", 600, test_places);
  ADD ("/row-text/own-room", 400, test_own_room);
  ADD ("/row-text/narrow", 240, test_narrow);
  ADD ("/row-text/right-to-left", 600, test_right_to_left);
  ADD ("/row-text/colors", 600, test_colors);
  ADD ("/row-text/follows-contrast", 600, test_follows_contrast);
  ADD ("/row-text/draws-only", 600, test_draws_only);
  ADD ("/row-text/large-text", 600, test_large_text);
  ADD ("/row-text/accessible", 600, test_accessible);
  return g_test_run ();
}
