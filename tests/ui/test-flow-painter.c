/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the canvas draws: texts fit their cards, nodes are remembered, nothing is told by colour alone. */
#include "wf-flow-painter.h"
#include "wf-flow-sample.h"

#include <adwaita.h>
#include <math.h>

typedef struct
{
  GtkWidget *window;
  WfOrganisation *organisation;
  WfFlowPainter *painter;
  WfFlowMetrics metrics;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  WfFlowPalette palette;

  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), adw_bin_new ());
  gtk_window_present (GTK_WINDOW (self->window));
  self->organisation = wf_flow_sample_organisation ();
  self->painter = wf_flow_painter_new (gtk_widget_get_pango_context (self->window));
  wf_flow_palette_init (&palette, self->window);
  wf_flow_painter_set_palette (self->painter, &palette);
  wf_flow_metrics_init (&self->metrics, 1);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->painter);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  wf_organisation_unref (self->organisation);
}

static WfFlowLayout *
lay_out (Fixture *self, const WfWorkflow *workflow)
{
  return wf_flow_layout_new (workflow, NULL, self->organisation, &self->metrics,
                             wf_flow_painter_measure, self->painter, NULL);
}

static GskRenderNode *
draw_card (Fixture *self, const WfFlowLayout *layout, guint card, WfCardFlags flags,
           const WfFlowMarks *marks, gboolean detail)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  wf_flow_painter_draw_card (self->painter, snapshot, layout, card, flags, marks, detail,
                             gtk_icon_theme_get_for_display (gdk_display_get_default ()), 1);
  return gtk_snapshot_free_to_node (snapshot);
}

static GskRenderNode *
draw_edge (Fixture *self, const WfFlowLayout *layout, guint edge, const WfFlowMarks *marks,
           gboolean detail)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  wf_flow_painter_draw_edge (self->painter, snapshot, layout, edge, marks, detail);
  return gtk_snapshot_free_to_node (snapshot);
}

/* The node inside of the one that moves it to its place. */
static GskRenderNode *
get_inner (GskRenderNode *node)
{
  while (gsk_render_node_get_node_type (node) == GSK_TRANSFORM_NODE)
    node = gsk_transform_node_get_child (node);
  return node;
}

static gboolean
is_within (const graphene_rect_t *outer, const graphene_rect_t *inner, float beyond)
{
  graphene_rect_t wider;

  graphene_rect_inset_r (outer, -beyond, -beyond, &wider);
  return graphene_rect_contains_rect (&wider, inner);
}

static void
test_fits (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (i, 40);
      g_autoptr (WfFlowLayout) layout = NULL;

      wf_flow_metrics_init (&self->metrics, i == 3 ? 1.5 : 1);
      self->metrics.mirrored = i == 2;
      layout = lay_out (self, workflow);
      for (guint j = 0; j < wf_flow_layout_get_n_cards (layout); j++)
        {
          g_autoptr (GskRenderNode) node = draw_card (self, layout, j, 0, NULL, TRUE);
          graphene_rect_t bounds;

          gsk_render_node_get_bounds (node, &bounds);
          g_assert_true (is_within (&wf_flow_layout_get_card (layout, j)->bounds, &bounds, 2));
        }
      for (guint j = 0; j < wf_flow_layout_get_n_edges (layout); j++)
        {
          g_autoptr (GskRenderNode) node = draw_edge (self, layout, j, NULL, TRUE);
          g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
          graphene_rect_t bounds;

          gsk_render_node_get_bounds (node, &bounds);
          wf_flow_layout_list_edges_in (layout, &bounds, found);
          g_assert_cmpuint (found->len, >, 0);
        }
    }
}

static void
assert_remembered (Fixture *self, const WfFlowLayout *layout, guint card, WfCardFlags flags,
                   const WfFlowMarks *marks, gboolean detail)
{
  g_autoptr (GskRenderNode) first = draw_card (self, layout, card, flags, marks, detail);
  g_autoptr (GskRenderNode) again = draw_card (self, layout, card, flags, marks, detail);

  g_assert_true (get_inner (first) == get_inner (again));
}

/* The same content has the same node, also in the layout after an edit; another state has another one. */
static void
test_remembers (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (2, 30);
  g_autoptr (WfFlowLayout) layout = lay_out (self, workflow);
  g_autoptr (WfFlowLayout) other = lay_out (self, workflow);
  g_autoptr (WfFlowMarks) marks = wf_flow_marks_new ();
  g_autoptr (GskRenderNode) plain = draw_card (self, layout, 1, 0, marks, TRUE);
  g_autoptr (GskRenderNode) later = draw_card (self, other, 1, 0, marks, TRUE);
  WfFlowPalette palette;

  g_assert_true (get_inner (plain) == get_inner (later));
  for (WfCardFlags flags = 0; flags < 16; flags++)
    {
      g_autoptr (GskRenderNode) node = draw_card (self, layout, 1, flags, marks, TRUE);

      g_assert_cmpint (get_inner (node) == get_inner (plain), ==, flags == 0);
      assert_remembered (self, layout, 1, flags, marks, TRUE);
      assert_remembered (self, layout, 1, flags, marks, FALSE);
    }
  for (WfMarkKind kind = WF_MARK_PASSED; kind <= WF_MARK_MOVED; kind++)
    {
      wf_flow_marks_set (marks, &wf_flow_layout_get_card (layout, 1)->target, kind, "3 changed");
      g_autoptr (GskRenderNode) node = draw_card (self, layout, 1, 0, marks, TRUE);

      g_assert_true (get_inner (node) != get_inner (plain));
      assert_remembered (self, layout, 1, 0, marks, TRUE);
    }
  wf_flow_palette_init_for_print (&palette);
  wf_flow_painter_set_palette (self->painter, &palette);
  g_autoptr (GskRenderNode) printed = draw_card (self, layout, 1, 0, NULL, TRUE);
  g_assert_true (get_inner (printed) != get_inner (plain));
}

/* A workflow whose branch has two paths, of which a test took the second. */
static WfWorkflow *
make_tested (void)
{
  return wf_flow_sample_read (
      "{\"event\":\"lead.received\"}",
      "[{\"id\":\"b\",\"kind\":\"branch\",\"paths\":[{\"name\":\"Hot\",\"if\":{\"all\":["
      "{\"field\":\"lead.score\",\"op\":\"ge\",\"value\":80}]},\"steps\":["
      "{\"id\":\"x\",\"kind\":\"notify\",\"text\":\"Hot\",\"recipient\":\"responsible\"}]},"
      "{\"name\":\"Other\",\"steps\":["
      "{\"id\":\"y\",\"kind\":\"notify\",\"text\":\"Cold\",\"recipient\":\"responsible\"}]}]},"
      "{\"id\":\"z\",\"kind\":\"notify\",\"text\":\"After\",\"recipient\":\"responsible\"}]");
}

static void
mark (WfFlowMarks *marks, const char *step, int path, WfMarkKind kind)
{
  const WfTarget target = { .kind = step == NULL ? WF_TARGET_TRIGGER
                                    : path >= 0  ? WF_TARGET_PATH
                                                 : WF_TARGET_STEP,
                            .step = (char *) step,
                            .path = (guint) MAX (path, 0) };

  wf_flow_marks_set (marks, &target, kind, NULL);
}

/* How wide the line of an edge is drawn; what a test went along is wider, not only of another colour. */
static float
get_line_width (GskRenderNode *node)
{
  node = get_inner (node);
  if (gsk_render_node_get_node_type (node) == GSK_CONTAINER_NODE)
    node = gsk_container_node_get_child (node, 0);
  g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_STROKE_NODE);
  return gsk_stroke_get_line_width (gsk_stroke_node_get_stroke (node));
}

static void
assert_went (Fixture *self, const WfFlowLayout *layout, const WfFlowMarks *marks,
             const char *branch, guint path, guint position, gboolean went)
{
  const WfTarget place = { WF_TARGET_PLACE, (char *) branch, path, position };
  guint edge = wf_flow_layout_find_edge (layout, &place);
  g_autoptr (GskRenderNode) node = draw_edge (self, layout, edge, marks, TRUE);

  g_assert_cmpfloat (get_line_width (node), ==, went ? 3 : 2);
}

static void
test_way_of_a_test (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = make_tested ();
  g_autoptr (WfFlowLayout) layout = lay_out (self, workflow);
  g_autoptr (WfFlowMarks) marks = wf_flow_marks_new ();

  mark (marks, NULL, -1, WF_MARK_PASSED);
  mark (marks, "b", -1, WF_MARK_PASSED);
  mark (marks, "b", 0, WF_MARK_NOT_TAKEN);
  mark (marks, "x", -1, WF_MARK_NOT_TAKEN);
  mark (marks, "b", 1, WF_MARK_PASSED);
  mark (marks, "y", -1, WF_MARK_PASSED);
  mark (marks, "z", -1, WF_MARK_WAITS);
  assert_went (self, layout, marks, NULL, 0, 0, TRUE);
  assert_went (self, layout, marks, "b", 0, 0, FALSE);
  assert_went (self, layout, marks, "b", 0, 1, FALSE);
  assert_went (self, layout, marks, "b", 1, 0, TRUE);
  assert_went (self, layout, marks, "b", 1, 1, TRUE);
  assert_went (self, layout, marks, NULL, 0, 1, TRUE);
  assert_went (self, layout, marks, NULL, 0, 2, FALSE);
  mark (marks, "y", -1, WF_MARK_WAITS);
  mark (marks, "z", -1, WF_MARK_NONE);
  assert_went (self, layout, marks, "b", 1, 0, TRUE);
  assert_went (self, layout, marks, "b", 1, 1, FALSE);
  assert_went (self, layout, marks, NULL, 0, 1, FALSE);
}

static GskRenderNode *
make_overview (Fixture *self, const WfFlowLayout *layout, const WfFlowMarks *marks)
{
  float width, height;

  wf_flow_layout_get_size (layout, &width, &height);
  return wf_flow_painter_make_overview_of (self->painter, layout, marks,
                                           &GRAPHENE_RECT_INIT (0, 0, width, height));
}

/* All of it, or what a part of it shows; nothing where nothing is. */
static void
test_overview (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (4, 300);
  g_autoptr (WfFlowLayout) layout = lay_out (self, workflow);
  g_autoptr (WfFlowMarks) marks = wf_flow_marks_new ();
  g_autoptr (GskRenderNode) all = make_overview (self, layout, NULL), part = NULL, marked = NULL;
  graphene_rect_t bounds, part_bounds;
  float width, height;

  wf_flow_layout_get_size (layout, &width, &height);
  gsk_render_node_get_bounds (all, &bounds);
  g_assert_true (is_within (&GRAPHENE_RECT_INIT (0, 0, width, height), &bounds, 0));
  part = wf_flow_painter_make_overview_of (self->painter, layout, NULL,
                                           &GRAPHENE_RECT_INIT (0, 0, width, 600));
  gsk_render_node_get_bounds (part, &part_bounds);
  g_assert_cmpfloat (part_bounds.size.height, <, bounds.size.height / 2);
  mark (marks, "s1", -1, WF_MARK_ADDED);
  marked = make_overview (self, layout, marks);
  g_assert_cmpuint (gsk_container_node_get_n_children (marked), >,
                    gsk_container_node_get_n_children (all));
  g_assert_null (wf_flow_painter_make_overview_of (
      self->painter, layout, NULL, &GRAPHENE_RECT_INIT (0, height + 500, 100, 100)));
}

static void
assert_drawn (GskRenderNode *node, const WfFlowLayout *layout, int width, int height)
{
  float whole_width, whole_height;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  const guint32 *pixels;
  guint n = 0;

  wf_flow_layout_get_size (layout, &whole_width, &whole_height);
  cairo_scale (cr, width / (double) whole_width, height / (double) whole_height);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (surface);
  for (int i = 0; i < width * height; i++)
    n += pixels[i] != 0;
  g_assert_cmpuint (n, >, 100);
  cairo_surface_destroy (surface);
}

/* The first time each text is shaped, later none is. */
static void
test_time (Fixture *self, gconstpointer data)
{
  g_autoptr (WfWorkflow) workflow = wf_flow_sample_random (11, 1000);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) overview = NULL;
  g_autoptr (WfFlowLayout) layout = NULL;
  gint64 times[6];

  times[0] = g_get_monotonic_time ();
  layout = lay_out (self, workflow);
  times[1] = g_get_monotonic_time ();
  for (guint i = 0; i < wf_flow_layout_get_n_cards (layout); i++)
    wf_flow_painter_draw_card (self->painter, snapshot, layout, i, 0, NULL, TRUE, NULL, 1);
  times[2] = g_get_monotonic_time ();
  for (guint i = 0; i < wf_flow_layout_get_n_cards (layout); i++)
    wf_flow_painter_draw_card (self->painter, snapshot, layout, i, 0, NULL, TRUE, NULL, 1);
  times[3] = g_get_monotonic_time ();
  overview = make_overview (self, layout, NULL);
  times[4] = g_get_monotonic_time ();
  assert_drawn (overview, layout, 1200, 800);
  times[5] = g_get_monotonic_time ();
  gsk_render_node_unref (gtk_snapshot_free_to_node (snapshot));
  g_test_message (
      "1,000 steps: laid out with texts in %.1f ms; %u cards drawn in %.1f ms, again in "
      "%.2f ms; overview made in %.1f ms, drawn in %.1f ms",
      (double) (times[1] - times[0]) / 1000, wf_flow_layout_get_n_cards (layout),
      (double) (times[2] - times[1]) / 1000, (double) (times[3] - times[2]) / 1000,
      (double) (times[4] - times[3]) / 1000, (double) (times[5] - times[4]) / 1000);
}

/* As seen by people who need contrast: every mark's colour on the fill of its badge. */
static double
get_luminance (const GdkRGBA *colour)
{
  const float parts[3] = { colour->red, colour->green, colour->blue };
  static const double weights[3] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double part = (double) parts[i];

      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static void
assert_contrast (const GdkRGBA *a, const GdkRGBA *b, double least)
{
  double first = get_luminance (a) + 0.05;
  double second = get_luminance (b) + 0.05;

  g_assert_cmpfloat (MAX (first, second) / MIN (first, second), >=, least);
}

static void
test_contrast (Fixture *self, gconstpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  for (AdwColorScheme scheme = ADW_COLOR_SCHEME_FORCE_LIGHT; scheme <= ADW_COLOR_SCHEME_FORCE_DARK;
       scheme++)
    {
      WfFlowPalette palette;

      adw_style_manager_set_color_scheme (manager, scheme);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      wf_flow_palette_init (&palette, self->window);
      assert_contrast (&palette.text, &palette.card, 7);
      assert_contrast (&palette.dim, &palette.card, 4.5);
      assert_contrast (&palette.success, &palette.card, 4.5);
      assert_contrast (&palette.warning, &palette.card, 4.5);
      assert_contrast (&palette.error, &palette.card, 4.5);
      assert_contrast (&palette.accent, &palette.card, 3);
    }
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/ui/flow-painter/fits", test_fits);
  ADD ("/ui/flow-painter/remembers", test_remembers);
  ADD ("/ui/flow-painter/way-of-a-test", test_way_of_a_test);
  ADD ("/ui/flow-painter/overview", test_overview);
  ADD ("/ui/flow-painter/time", test_time);
  ADD ("/ui/flow-painter/contrast", test_contrast);
#undef ADD
  return g_test_run ();
}
