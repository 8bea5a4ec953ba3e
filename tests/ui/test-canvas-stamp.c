/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures instead of cards and "+" buttons: they look as what they stand for, are never old, and
 * are few.
 *
 *   test-canvas-stamp                  at the usual contrast and scale
 *   test-canvas-stamp high-contrast    both are chosen before the display is opened
 *   test-canvas-stamp scaled           two device pixels to a pixel */
#include "wf-canvas-fixture.h"
#include "wf-canvas-private.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

#define WIDTH WF_CANVAS_FIXTURE_WIDTH
#define HEIGHT WF_CANVAS_FIXTURE_HEIGHT
/* Of 255, a channel: what is half covered is rounded once in the picture and once when that is laid
 * down. */
#define MOST_DIFFERENCE 2
/* Where a line of letters is cut by the edge of the view, cairo draws it another way, up to a row
 * of pixels less. */
#define EDGE 24
/* Nothing more is made once as many frames were the same; sooner or later that is so. */
#define STEADY_FRAMES 4
#define MOST_FRAMES 200
/* As many pixels as the part of the canvas that is covered with widgets, in views. */
#define MOST_VIEWS 4

typedef struct
{
  WfCanvasFixture base;
  WfCanvas *canvas;
} Fixture;

static void
set_up_with (Fixture *self, WfWorkflow *workflow)
{
  wf_canvas_fixture_set_up (&self->base, workflow, TRUE);
  self->canvas = self->base.view.canvas;
  self->canvas->draws_bars = FALSE; /* they come and go above the cards */
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new ();

  set_up_with (self, workflow);
}

static void
set_up_large (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new_large (1000);

  set_up_with (self, workflow);
}

static void
set_up_mirrored (Fixture *self, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (self, data);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wf_canvas_fixture_tear_down (&self->base);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

/* ---- pictures of the canvas ---- */

static void
draw_frame (Fixture *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
  wf_canvas_fixture_wait_for_frame (&self->base);
}

static gboolean
has_rested (gpointer data)
{
  return ((const WfCanvas *) data)->resting == 0;
}

static guint
count_stamps (Fixture *self)
{
  guint n = 0;

  for (guint i = 0; i < self->canvas->cards->len; i++)
    n += ((const WfCanvasCard *) g_ptr_array_index (self->canvas->cards, i))->stamp.texture != NULL;
  for (guint i = 0; i < self->canvas->pluses->len; i++)
    n += ((const WfCanvasPlus *) g_ptr_array_index (self->canvas->pluses, i))->stamp.texture !=
         NULL;
  return n;
}

/* A child is shown without a picture at first; then pictures are made over as many frames as the
 * machine needs. */
static void
settle (Fixture *self)
{
  guint n_same = 0, before = G_MAXUINT;

  for (guint i = 0; n_same < STEADY_FRAMES; i++)
    {
      guint n;

      g_assert_cmpuint (i, <, MOST_FRAMES);
      g_assert_true (wf_window_check_wait (has_rested, self->canvas));
      draw_frame (self);
      n = count_stamps (self);
      n_same = n == before && self->canvas->sharpening == 0 && self->canvas->resting == 0
                   ? n_same + 1
                   : 0;
      before = n;
    }
}

typedef struct
{
  guchar *pixels; /* (owned) premultiplied, four bytes each */
  gsize width, height;
} Picture;

static void
picture_clear (Picture *self)
{
  g_clear_pointer (&self->pixels, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
take_picture (Fixture *self, Picture *picture)
{
  GtkWidget *widget = GTK_WIDGET (self->canvas);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GdkPaintable) paintable = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int scale = gtk_widget_get_scale_factor (widget), width, height;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  settle (self);
  paintable = gtk_widget_paintable_new (widget);
  width = gtk_widget_get_width (widget);
  height = gtk_widget_get_height (widget);
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (
      renderer, node,
      &GRAPHENE_RECT_INIT (0, 0, (float) (width * scale), (float) (height * scale)));
  picture->width = (gsize) gdk_texture_get_width (texture);
  picture->height = (gsize) gdk_texture_get_height (texture);
  picture->pixels = g_malloc (picture->width * picture->height * 4);
  gdk_texture_download (texture, picture->pixels, picture->width * 4);
}

/* Pixels of which a channel differs by more than this. */
static guint
count_different (const Picture *a, const Picture *b, int most)
{
  gsize edge = EDGE * (a->height > HEIGHT ? 2 : 1), first = edge * a->width;
  guint n = 0;

  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  for (gsize i = 4 * first; i < 4 * (a->width * a->height - first); i += 4)
    {
      gboolean differs = FALSE;

      for (gsize c = 0; c < 4; c++)
        differs |= ABS ((int) a->pixels[i + c] - (int) b->pixels[i + c]) > most;
      n += differs;
    }
  return n;
}

/* picture: (out) (nullable): as it is with stamps. */
static void
assert_same (Fixture *self, Picture *picture)
{
  g_auto (Picture) stamped = { 0 }, plain = { 0 };

  take_picture (self, &stamped);
  g_assert_cmpuint (count_stamps (self), >, 6);
  self->canvas->draws_plainly = TRUE;
  take_picture (self, &plain);
  self->canvas->draws_plainly = FALSE;
  g_assert_cmpuint (count_different (&stamped, &plain, MOST_DIFFERENCE), ==, 0);
  if (picture != NULL)
    {
      *picture = stamped;
      stamped.pixels = NULL;
    }
}

/* It looks different from what it was, and as it is without stamps. */
static void
assert_follows (Fixture *self, Picture *before)
{
  Picture now;

  assert_same (self, &now);
  g_assert_cmpuint (count_different (before, &now, 32), >, 20);
  picture_clear (before);
  *before = now;
}

/* ---- tests ---- */

static const double zooms[] = { 1, 0.8, 1.25, 0.63 };

static void
zoom_to (Fixture *self, double zoom)
{
  wf_canvas_zoom_to (self->canvas, zoom, WIDTH / 2, 80);
}

static void
test_same (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      zoom_to (self, zooms[i]);
      assert_same (self, NULL);
    }
}

static void
test_dark (Fixture *self, gconstpointer data)
{
  g_auto (Picture) picture = { 0 };

  assert_same (self, &picture);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  assert_follows (self, &picture);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  assert_follows (self, &picture);
}

static void
test_scrolled (Fixture *self, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->base.view.scrolled);

  zoom_to (self, 0.8);
  for (double at = 0; at < 800; at += 133.3) /* the view goes by whole pixels nevertheless */
    {
      gtk_adjustment_set_value (adjustment, at);
      assert_same (self, NULL);
    }
}

/* Selected, pointed to, with the ring of the focus. */
static void
test_states (Fixture *self, gconstpointer data)
{
  WfStepSelection *selection = wf_builder_context_get_selection (self->base.context);
  g_autoptr (WfTarget) a = wf_target_new_step ("a"), c = wf_target_new_step ("c");
  g_auto (Picture) picture = { 0 };
  guint index = wf_flow_layout_find_card (wf_canvas_get_layout (self->canvas), c);

  assert_same (self, &picture);
  wf_canvas_move_focus (self->canvas,
                        wf_flow_layout_find_card (wf_canvas_get_layout (self->canvas), a),
                        WF_SELECT_REPLACE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  gtk_window_set_focus_visible (GTK_WINDOW (self->base.view.window), TRUE);
  g_assert_true (wf_step_selection_is_selected (selection, "a"));
  assert_follows (self, &picture);
  self->canvas->hovered = index;
  wf_canvas_update_flags (self->canvas);
  assert_same (self, NULL);
  self->canvas->hovered = G_MAXUINT;
  wf_canvas_update_flags (self->canvas);
  gtk_widget_set_state_flags (g_ptr_array_index (self->canvas->pluses, 0), GTK_STATE_FLAG_PRELIGHT,
                              FALSE);
  assert_follows (self, &picture);
}

static void
test_marks (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *step;
    WfMarkKind kind;
  } kinds[] = {
    { "a", WF_MARK_PASSED }, { "b", WF_MARK_CHANGED }, { "c", WF_MARK_NOT_TAKEN },
    { "d", WF_MARK_WAITS },  { "e", WF_MARK_REMOVED },
  };
  g_autoptr (WfFlowMarks) marks = wf_flow_marks_new (), others = wf_flow_marks_new ();
  g_auto (Picture) picture = { 0 };
  g_autoptr (WfTarget) a = wf_target_new_step ("a");

  assert_same (self, &picture);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (WfTarget) target = wf_target_new_step (kinds[i].step);

      wf_flow_marks_set (marks, target, kinds[i].kind, i % 2 == 0 ? "Mon 09:30" : NULL);
      wf_flow_marks_set_count (marks, target, 1000 * i);
    }
  wf_canvas_set_marks (self->canvas, marks);
  assert_follows (self, &picture);
  wf_flow_marks_set (others, a, WF_MARK_STOPPED, "Tue 10:00");
  wf_canvas_set_marks (self->canvas, others);
  assert_follows (self, &picture);
  wf_canvas_set_marks (self->canvas, NULL);
  assert_follows (self, &picture);
}

static void
test_edited (Fixture *self, gconstpointer data)
{
  WfWorkflow *next = wf_workflow_copy (wf_workflow_document_get_workflow (self->base.document));
  WfStep *step = g_ptr_array_index (next->steps, 0);
  g_auto (Picture) picture = { 0 };

  g_assert_cmpint (step->kind, ==, WF_STEP_CREATE_ACTIVITY);
  assert_same (self, &picture);
  step->create_activity.complete_within.amount = 9;
  wf_workflow_document_change (self->base.document, next, NULL);
  assert_follows (self, &picture);
  wf_workflow_document_undo (self->base.document);
  assert_follows (self, &picture);
}

/* The font of the desktop: cards have other sizes and letters. */
static void
test_large_text (Fixture *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_auto (Picture) picture = { 0 };
  int dpi;

  assert_same (self, &picture);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 3 / 2, NULL);
  assert_follows (self, &picture);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  assert_follows (self, &picture);
}

static gsize
get_size (const WfCanvasStamp *stamp)
{
  return stamp->texture != NULL ? (gsize) gdk_texture_get_width (stamp->texture) *
                                      (gsize) gdk_texture_get_height (stamp->texture)
                                : 0;
}

static void
test_bounded (Fixture *self, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->base.view.scrolled);
  WfCanvas *canvas = self->canvas;
  gsize scale = (gsize) gtk_widget_get_scale_factor (GTK_WIDGET (canvas));
  gsize most = MOST_VIEWS * WIDTH * HEIGHT * scale * scale;

  for (guint i = 0; i < 20; i++)
    {
      gsize size = 0;

      gtk_adjustment_set_value (adjustment, 400 * i);
      if (i % 5 == 4)
        zoom_to (self, zooms[i / 5]);
      settle (self);
      for (guint j = 0; j < canvas->cards->len; j++)
        size += get_size (&((const WfCanvasCard *) g_ptr_array_index (canvas->cards, j))->stamp);
      for (guint j = 0; j < canvas->pluses->len; j++)
        size += get_size (&((const WfCanvasPlus *) g_ptr_array_index (canvas->pluses, j))->stamp);
      g_assert_cmpuint (size, >, 0);
      g_assert_cmpuint (size, <, most);
      for (guint j = 0; j < canvas->spare_cards->len; j++)
        g_assert_null (
            ((const WfCanvasCard *) g_ptr_array_index (canvas->spare_cards, j))->stamp.texture);
      for (guint j = 0; j < canvas->spare_pluses->len; j++)
        g_assert_null (
            ((const WfCanvasPlus *) g_ptr_array_index (canvas->spare_pluses, j))->stamp.texture);
    }
}

static gboolean
show (Fixture *self, WfCanvasCard *card, WfCanvasStampPlace *place)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gboolean is_sharp = wf_canvas_stamp_show (&card->stamp, GTK_WIDGET (self->canvas),
                                            GTK_WIDGET (card), place, snapshot);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);

  g_assert_nonnull (node);
  return is_sharp;
}

/* When a frame has no time left, what is shown is the picture that there is; so a zoom never makes
 * one frame long. */
static void
test_late (Fixture *self, gconstpointer data)
{
  WfCanvasStampPlace place = {
    .corner = GRAPHENE_POINT_INIT (20, 20),
    .zoom = 1.2,
    .scale = gtk_widget_get_scale_factor (GTK_WIDGET (self->canvas)),
  };
  const GdkTexture *texture;
  WfCanvasCard *card;

  settle (self);
  card = g_ptr_array_index (self->canvas->cards, 1);
  texture = card->stamp.texture;
  g_assert_nonnull (texture);
  place.renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self->canvas)));
  g_assert_false (show (self, card, &place));
  g_assert_true (card->stamp.texture == texture);
  place.zoom = 3; /* too far from it to be stretched: as the card draws itself */
  g_assert_true (show (self, card, &place));
  g_assert_true (card->stamp.texture == texture);
  place.zoom = 1.2;
  place.deadline = G_MAXINT64;
  place.is_rough = TRUE;
  g_assert_false (show (self, card, &place));
  g_assert_true (card->stamp.texture == texture);
  place.is_rough = FALSE;
  g_assert_true (show (self, card, &place));
  g_assert_cmpfloat (card->stamp.zoom, ==, 1.2);
}

/* After a zoom everything in view is sharp again by itself, however many frames that takes. */
static void
test_rests (Fixture *self, gconstpointer data)
{
  graphene_rect_t view;

  settle (self);
  zoom_to (self, 0.9);
  settle (self);
  wf_canvas_get_view (self->canvas, &view);
  for (guint i = 0; i < self->canvas->cards->len; i++)
    {
      const WfCanvasCard *card = g_ptr_array_index (self->canvas->cards, i);
      const graphene_rect_t *bounds =
          &wf_flow_layout_get_card (self->canvas->layout, card->index)->bounds;

      if (!graphene_rect_intersection (&view, bounds, NULL))
        continue;
      g_assert_nonnull (card->stamp.texture);
      g_assert_cmpfloat (card->stamp.zoom, ==, 0.9);
    }
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  wf_ui_register_resource ();
  gtk_css_provider_load_from_resource (style, WF_UI_RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

#define ADD(path, start, func)                                                                     \
  g_test_add ("/ui/canvas-stamp/" path, Fixture, NULL, start, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 2 && g_str_equal (argv[1], "high-contrast"))
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  else if (argc == 2 && g_str_equal (argv[1], "scaled"))
    g_setenv ("GDK_SCALE", "2", TRUE);
  else
    g_assert_cmpint (argc, ==, 1);
  adw_init ();
  load_style ();
  ADD ("same", set_up, test_same);
  ADD ("mirrored", set_up_mirrored, test_same);
  ADD ("dark", set_up, test_dark);
  ADD ("scrolled", set_up_large, test_scrolled);
  ADD ("states", set_up, test_states);
  ADD ("marks", set_up, test_marks);
  ADD ("edited", set_up, test_edited);
  ADD ("large-text", set_up, test_large_text);
  ADD ("bounded", set_up_large, test_bounded);
  ADD ("late", set_up, test_late);
  ADD ("rests", set_up_large, test_rests);
  return g_test_run ();
}
