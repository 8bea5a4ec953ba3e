/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A view that moves: the window is not laid out anew, yet everything is where it is seen, and where the view is can be
 * seen and dragged. */
#include "wf-canvas-fixture.h"
#include "wf-canvas-private.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

#define WIDTH WF_CANVAS_FIXTURE_WIDTH
#define HEIGHT WF_CANVAS_FIXTURE_HEIGHT
#define N_FRAMES 40
#define PAN_STEP 37

typedef struct
{
  WfCanvasFixture base;
  WfCanvas *canvas;
  GtkScrolledWindow *scrolled;
  GtkAdjustment *down, *across;
  guint n_layouts;
} Fixture;

static void
on_layout (GdkFrameClock *frames, Fixture *self)
{
  self->n_layouts++;
}

static gboolean
is_settled (gpointer data)
{
  return ((const WfCanvas *) data)->settling == 0;
}

/* A thousand steps, seen so large that there is something at each side. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_canvas_sample_new_large (1000);

  wf_canvas_fixture_set_up (&self->base, workflow, TRUE);
  self->canvas = self->base.view.canvas;
  self->scrolled = self->base.view.scrolled;
  self->down = gtk_scrolled_window_get_vadjustment (self->scrolled);
  self->across = gtk_scrolled_window_get_hadjustment (self->scrolled);
  wf_canvas_zoom_to (self->canvas, 1.5, WIDTH / 2.0, 0);
  g_assert_true (wf_window_check_wait (is_settled, self->canvas));
  wf_canvas_fixture_wait_for_frame (&self->base);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (self->canvas)), "layout",
                    G_CALLBACK (on_layout), self);
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
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (GTK_WIDGET (self->canvas)),
                                        on_layout, self);
  wf_canvas_fixture_tear_down (&self->base);
}

/* Whatever was waited for with this source is now so. */
static void
hasten (guint source)
{
  GSource *found = g_main_context_find_source_by_id (NULL, source);

  g_assert_nonnull (found);
  g_source_set_ready_time (found, 0);
}

/* ---- the ways to move it ---- */

static void
scroll (Fixture *self, guint i)
{
  gtk_adjustment_set_value (self->down, 1000 + i * PAN_STEP);
}

static void
scroll_across (Fixture *self, guint i)
{
  gtk_adjustment_set_value (self->across, i * 3);
}

static void
drag (Fixture *self, guint i)
{
  if (i == 0)
    g_assert_true (wf_canvas_begin_drag (self->canvas, 400, 650, TRUE, FALSE));
  wf_canvas_update_drag (self->canvas, 400, 640 - i * 10.0, FALSE);
  if (i == N_FRAMES - 1)
    wf_canvas_drop (self->canvas);
}

static void
drag_minimap (Fixture *self, guint i)
{
  wf_canvas_set_offset (self->canvas, gtk_adjustment_get_value (self->across), 2000 + i * 20.0);
}

static void
zoom (Fixture *self, guint i)
{
  wf_canvas_zoom_to (self->canvas, 1.5 - i * 0.01, 400, 300);
}

/* Every widget that can be seen lies where the canvas draws what it stands for. */
static void
assert_in_place (Fixture *self)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT);
  guint n = 0;

  for (guint i = 0; i < self->canvas->cards->len; i++)
    {
      GtkWidget *card = g_ptr_array_index (self->canvas->cards, i);
      graphene_rect_t bounds;
      GdkRectangle rect;

      g_assert_true (gtk_widget_compute_bounds (card, GTK_WIDGET (self->canvas), &bounds));
      g_assert_true (
          wf_canvas_get_target_rect (self->canvas, WF_CANVAS_CARD (card)->target, &rect));
      g_assert_cmpfloat_with_epsilon (bounds.origin.x, (float) rect.x, 1.5f);
      g_assert_cmpfloat_with_epsilon (bounds.origin.y, (float) rect.y, 1.5f);
      n += graphene_rect_intersection (&bounds, &view, NULL);
    }
  g_assert_cmpuint (n, >, 1);
}

/* A click goes to the "+" that is seen. */
static void
assert_picked (Fixture *self)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT);
  guint n = 0;

  for (guint i = 0; i < self->canvas->pluses->len; i++)
    {
      GtkWidget *plus = g_ptr_array_index (self->canvas->pluses, i);
      graphene_rect_t bounds;
      graphene_point_t middle;

      g_assert_true (gtk_widget_compute_bounds (plus, GTK_WIDGET (self->canvas), &bounds));
      graphene_rect_get_center (&bounds, &middle);
      if (!graphene_rect_contains_point (&view, &middle))
        continue;
      g_assert_true (gtk_widget_pick (GTK_WIDGET (self->canvas), (double) middle.x,
                                      (double) middle.y, GTK_PICK_NON_TARGETABLE) == plus);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

static const struct
{
  const char *name;
  void (*move) (Fixture *self, guint i);
} moves[] = {
  { "scroll", scroll }, { "scroll-across", scroll_across },
  { "drag", drag },     { "minimap", drag_minimap },
  { "zoom", zoom },
};

/* Only where other cards come near does their order change, which GTK makes a layout of: once in many frames. */
static void
test_no_layout (Fixture *self, gconstpointer data)
{
  guint kind = GPOINTER_TO_UINT (data), n_still = 0;

  for (guint i = 0; i < N_FRAMES; i++)
    {
      graphene_rect_t covered = self->canvas->covered;

      self->n_layouts = 0;
      moves[kind].move (self, i);
      g_clear_handle_id (&self->canvas->settling, g_source_remove); /* it has its own test */
      wf_canvas_fixture_wait_for_frame (&self->base);
      assert_in_place (self);
      if (!graphene_rect_equal (&covered, &self->canvas->covered))
        continue;
      g_assert_cmpuint (self->n_layouts, ==, 0);
      n_still++;
    }
  assert_picked (self);
  g_assert_cmpuint (n_still, >, N_FRAMES * 3 / 4);
}

/* Now and then, and after the last move, GTK looks for what is under the pointer. */
static void
test_settles (Fixture *self, gconstpointer data)
{
  scroll (self, 0);
  g_assert_cmpuint (self->canvas->settling, !=, 0);
  scroll (self, 1);
  wf_canvas_fixture_wait_for_frame (&self->base);
  hasten (self->canvas->settling);
  g_assert_true (wf_window_check_wait (is_settled, self->canvas));
  self->n_layouts = 0;
  wf_canvas_fixture_wait_for_frame (&self->base);
  g_assert_cmpuint (self->n_layouts, ==, 1);
  assert_in_place (self);
}

/* ---- the marks of the position ---- */

static guchar *
take_picture (Fixture *self, double opacity)
{
  GtkWidget *widget = GTK_WIDGET (self->canvas);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guchar *pixels = g_malloc0 (WIDTH * HEIGHT * 4);
  double before = self->canvas->bars_opacity;

  self->canvas->bars_opacity = opacity;
  /* What lies below is the same for both. */
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0.5f, 0.5f, 0.5f, 1 },
                             &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  wf_canvas_snapshot_bars (self->canvas, snapshot);
  self->canvas->bars_opacity = before;
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  gdk_texture_download (texture, pixels, WIDTH * 4);
  return pixels;
}

/* What the marks cover of a part of the canvas; FALSE: nothing. */
static gboolean
find_mark (Fixture *self, const GdkRectangle *part, GdkRectangle *mark)
{
  g_autofree guchar *with = take_picture (self, 1), *without = take_picture (self, 0);
  gboolean is_found = FALSE;

  for (int y = part->y; y < part->y + part->height; y++)
    for (int x = part->x; x < part->x + part->width; x++)
      {
        gsize at = 4 * ((gsize) y * WIDTH + (gsize) x);
        GdkRectangle pixel = { x, y, 1, 1 };

        if (memcmp (with + at, without + at, 4) == 0)
          continue;
        if (is_found)
          gdk_rectangle_union (mark, &pixel, mark);
        else
          *mark = pixel;
        is_found = TRUE;
      }
  return is_found;
}

/* Both are where the view is: the same part of the edge before them as of the workflow before the view. */
static void
test_marks (Fixture *self, gconstpointer data)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self->canvas)) == GTK_TEXT_DIR_RTL;
  const GdkRectangle side = { is_mirrored ? 0 : WIDTH - 20, 0, 20, HEIGHT - 20 };
  const GdkRectangle foot = { 20, HEIGHT - 20, WIDTH - 40, 20 };

  for (guint i = 0; i <= 4; i++)
    {
      GdkRectangle mark;
      double end = gtk_adjustment_get_upper (self->down) -
                   gtk_adjustment_get_page_size (self->down);

      gtk_adjustment_set_value (self->down, end * i / 4);
      g_assert_true (find_mark (self, &side, &mark));
      g_assert_cmpint (mark.width, <=, 5);
      g_assert_cmpfloat_with_epsilon ((mark.y - 8.0) / (HEIGHT - 16 - mark.height), i / 4.0, 0.05);
      end = gtk_adjustment_get_upper (self->across) - gtk_adjustment_get_page_size (self->across);
      g_assert_cmpfloat (end, >, 0);
      gtk_adjustment_set_value (self->across, end * i / 4);
      g_assert_true (find_mark (self, &foot, &mark));
      g_assert_cmpint (mark.height, <=, 5);
    }
  wf_canvas_zoom_to_fit (self->canvas);
  {
    GdkRectangle mark;
    const GdkRectangle all = { 0, 0, WIDTH, HEIGHT };

    g_assert_false (find_mark (self, &all, &mark)); /* there is nowhere to go */
  }
}

static gboolean
is_invisible (gpointer data)
{
  return ((const WfCanvas *) data)->bars_opacity <= 0;
}

/* They come with a move and go some time after it. */
static void
test_fade (Fixture *self, gconstpointer data)
{
  hasten (self->canvas->bars_shown); /* it has moved already */
  g_assert_true (wf_window_check_wait (is_invisible, self->canvas));
  scroll (self, 0);
  g_assert_cmpfloat (self->canvas->bars_opacity, ==, 1);
  hasten (self->canvas->bars_shown);
  g_assert_true (wf_window_check_wait (is_invisible, self->canvas));
}

/* ---- the scroll bars ---- */

static void
move_pointer (Fixture *self, double x, double y)
{
  g_signal_emit_by_name (self->canvas->pointer, "motion", x, y);
}

static void
assert_bars (Fixture *self, gboolean are_there)
{
  GtkPolicyType across, down, expected = are_there ? GTK_POLICY_AUTOMATIC : GTK_POLICY_EXTERNAL;

  gtk_scrolled_window_get_policy (self->scrolled, &across, &down);
  g_assert_cmpint (across, ==, expected);
  g_assert_cmpint (down, ==, expected);
  g_assert_cmpint (self->canvas->draws_bars, ==, !are_there);
}

/* They come to the pointer, at the side where the language has them. */
static void
test_pointer (Fixture *self, gconstpointer data)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self->canvas)) == GTK_TEXT_DIR_RTL;
  double near_side = is_mirrored ? 5 : WIDTH - 5, far_side = is_mirrored ? WIDTH - 5 : 5;

  assert_bars (self, FALSE);
  move_pointer (self, WIDTH / 2.0, HEIGHT / 2.0);
  assert_bars (self, FALSE);
  move_pointer (self, far_side, HEIGHT / 2.0);
  assert_bars (self, FALSE);
  move_pointer (self, near_side, HEIGHT / 2.0);
  assert_bars (self, TRUE);
  wf_canvas_fixture_wait_for_frame (&self->base);
  g_assert_true (gtk_widget_get_mapped (gtk_scrolled_window_get_vscrollbar (self->scrolled)));
  move_pointer (self, is_mirrored ? 30 : WIDTH - 30, HEIGHT / 2.0); /* not far enough */
  assert_bars (self, TRUE);
  move_pointer (self, WIDTH / 2.0, HEIGHT / 2.0);
  assert_bars (self, FALSE);
  move_pointer (self, WIDTH / 2.0, HEIGHT - 5);
  assert_bars (self, TRUE);
  g_signal_emit_by_name (self->canvas->pointer, "leave");
  assert_bars (self, FALSE);
}

/* The canvas counts from the left in every language. */
static void
test_not_flipped (Fixture *self, gconstpointer data)
{
  GtkWidget *range =
      gtk_widget_get_first_child (gtk_scrolled_window_get_hscrollbar (self->scrolled));

  g_assert_true (GTK_IS_RANGE (range));
  g_assert_false (gtk_range_get_flippable (GTK_RANGE (range)));
}

/* Who wants scroll bars beside what they scroll has them there always. */
static void
test_beside (Fixture *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();

  assert_bars (self, FALSE);
  g_object_set (settings, "gtk-overlay-scrolling", FALSE, NULL);
  assert_bars (self, TRUE);
  scroll (self, 0);
  move_pointer (self, WIDTH / 2.0, HEIGHT / 2.0);
  assert_bars (self, TRUE);
  g_object_set (settings, "gtk-overlay-scrolling", TRUE, NULL);
  assert_bars (self, FALSE);
}

/* ---- the minimap ---- */

static GdkTexture *
get_map (Fixture *self)
{
  wf_canvas_fixture_wait_for_frame (&self->base);
  return self->base.view.minimap->picture;
}

/* It differs from what it was, and is remembered for the next time. */
static void
assert_another_map (Fixture *self, GdkTexture **map)
{
  g_assert_true (get_map (self) != *map);
  g_set_object (map, get_map (self));
  g_assert_nonnull (*map);
}

/* The picture of the workflow is kept while the view moves, and is never an old one. */
static void
test_map (Fixture *self, gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr (WfFlowMarks) marks = wf_flow_marks_new ();
  g_autoptr (WfTarget) step = wf_target_new_step ("s3");
  g_autoptr (GdkTexture) map = g_object_ref (get_map (self));

  for (guint i = 0; i < N_FRAMES; i++)
    {
      gtk_adjustment_set_value (self->down, i * 10);
      g_assert_true (get_map (self) == map);
    }
  gtk_adjustment_set_value (self->down, 40000); /* far away from what it has */
  assert_another_map (self, &map);
  gtk_adjustment_set_value (self->down, 0);
  assert_another_map (self, &map);
  wf_flow_marks_set (marks, step, WF_MARK_PASSED, NULL);
  wf_canvas_set_marks (self->canvas, marks);
  assert_another_map (self, &map);
  wf_canvas_set_marks (self->canvas, NULL);
  assert_another_map (self, &map);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  assert_another_map (self, &map);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  assert_another_map (self, &map);
  wf_step_selection_set_ids (wf_builder_context_get_selection (self->base.context),
                             (const char *[]) { "s3", NULL });
  g_assert_true (wf_builder_delete (wf_builder_context_get_selection (self->base.context)));
  assert_another_map (self, &map);
}

#define ADD(path, start, func)                                                                     \
  g_test_add ("/ui/canvas-moves/" path, Fixture, NULL, start, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/canvas-moves/no-layout/%s", moves[i].name);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_no_layout, tear_down);
    }
  ADD ("settles", set_up, test_settles);
  ADD ("marks", set_up, test_marks);
  ADD ("marks-mirrored", set_up_mirrored, test_marks);
  ADD ("fade", set_up, test_fade);
  ADD ("pointer", set_up, test_pointer);
  ADD ("pointer-mirrored", set_up_mirrored, test_pointer);
  ADD ("not-flipped", set_up_mirrored, test_not_flipped);
  ADD ("beside", set_up, test_beside);
  ADD ("map", set_up, test_map);
  return g_test_run ();
}
