/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The charts on a display: what a screen reader is told, the ways in by keyboard and pointer, and what is drawn. */
#include "wf-chart-layout.h"
#include "wf-chart-private.h"
#include "wf-chart-sample.h"
#include "wf-spark-line.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

#include <math.h>

typedef struct
{
  GtkWidget *window;
  char *told; /* (owned) (nullable) what was activated last */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 500);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_free (self->told);
}

static gboolean
is_allocated (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 100;
}

static void
present (Fixture *self, GtkWidget *widget)
{
  adw_window_set_content (ADW_WINDOW (self->window), widget);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (wf_window_check_wait (is_allocated, widget));
}

static WfChart *
present_chart (Fixture *self, WfChartSample sample)
{
  GtkWidget *chart = wf_chart_sample_new_chart (sample);
  g_autoptr (WfChartData) data = wf_chart_sample_make (sample);

  wf_chart_set_data (WF_CHART (chart), data);
  present (self, chart);
  return WF_CHART (chart);
}

static void
on_activated (WfChart *chart, guint series, guint category, Fixture *self)
{
  g_free (self->told);
  self->told = series == G_MAXUINT ? g_strdup_printf ("all %u", category)
                                   : g_strdup_printf ("%u %u", series, category);
}

static void
assert_told (Fixture *self, const char *expected)
{
  g_assert_cmpstr (self->told, ==, expected);
  g_clear_pointer (&self->told, g_free);
}

/* ---- what a screen reader is told ---- */

static void
test_accessible (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint n, mark;
    const char *css_name, *words;
  } expected[] = {
    { 30, 1, "linechart",
      "2 November 2026: Created 27, Done on Time 19, Done Late 3, Created in the Period Before 27" },
    { 6, 3, "barchart", "Never Reminded: Median 54 min, More at the 95th Percentile 57 min" },
    { 6, 0, "barchart", "Ana Souza: Done on Time 48, Done Late 9, Open and Late 2" },
    { 168, 24 + 9, "heatmap", "Tuesday, 09:00: 11" },
    { 5, 4, "funnelchart",
      "Sold: Entered 9, Left 0, Here Now 9, Median Time none, 95th Percentile none" },
  };

  for (guint i = 0; i < WF_N_CHART_SAMPLES; i++)
    {
      WfChart *chart = present_chart (self, (WfChartSample) i);
      GtkAccessible *mark = GTK_ACCESSIBLE (wf_chart_get_mark (chart, expected[i].mark));

      g_assert_cmpstr (gtk_widget_get_css_name (GTK_WIDGET (chart)), ==, expected[i].css_name);
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_ROLE_LIST);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           wf_chart_get_data (chart)->title);
      g_assert_cmpuint (wf_chart_get_n_marks (chart), ==, expected[i].n);
      gtk_test_accessible_assert_role (mark, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      gtk_test_accessible_assert_property (mark, GTK_ACCESSIBLE_PROPERTY_LABEL, expected[i].words);
      gtk_test_accessible_assert_relation (mark, GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                           (int) expected[i].mark + 1);
      gtk_test_accessible_assert_relation (mark, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                           (int) expected[i].n);
    }
}

static void
test_bottleneck (Fixture *self, gconstpointer data)
{
  WfChart *chart = present_chart (self, WF_CHART_SAMPLE_FUNNEL);

  wf_funnel_chart_mark (GTK_WIDGET (chart), "Filtro 1");
  g_assert_true (
      g_str_has_prefix (wf_chart_mark_get_words (WF_CHART_MARK (wf_chart_get_mark (chart, 1))),
                        "Filtro 1 (bottleneck): Entered 212"));
  wf_funnel_chart_mark (GTK_WIDGET (chart), NULL);
  g_assert_true (
      g_str_has_prefix (wf_chart_mark_get_words (WF_CHART_MARK (wf_chart_get_mark (chart, 1))),
                        "Filtro 1: Entered 212"));
}

/* ---- keyboard and pointer ---- */

static gboolean
focus (WfChart *chart, GtkDirectionType direction, guint expected)
{
  gboolean moved = gtk_widget_child_focus (GTK_WIDGET (chart), direction);

  return moved && gtk_widget_is_focus (wf_chart_get_mark (chart, expected));
}

static void
test_keyboard (Fixture *self, gconstpointer data)
{
  WfChart *line = present_chart (self, WF_CHART_SAMPLE_TREND), *people, *heat;

  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  g_assert_true (focus (line, GTK_DIR_TAB_FORWARD, 0));
  g_assert_true (focus (line, GTK_DIR_RIGHT, 1));
  g_assert_true (focus (line, GTK_DIR_RIGHT, 2));
  g_assert_true (focus (line, GTK_DIR_LEFT, 1));
  g_assert_true (focus (line, GTK_DIR_LEFT, 0));
  g_assert_true (focus (line, GTK_DIR_LEFT, 0)); /* it stays at the end */
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (line), GTK_DIR_DOWN)); /* and goes out */
  g_assert_false (
      gtk_widget_child_focus (GTK_WIDGET (line), GTK_DIR_TAB_FORWARD)); /* by Tab, too */
  people = present_chart (self, WF_CHART_SAMPLE_PEOPLE);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  g_assert_true (focus (people, GTK_DIR_TAB_FORWARD, 0));
  g_assert_true (focus (people, GTK_DIR_DOWN, 1));
  g_assert_true (focus (people, GTK_DIR_UP, 0));
  heat = present_chart (self, WF_CHART_SAMPLE_HEAT);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  g_assert_true (focus (heat, GTK_DIR_TAB_FORWARD, 0));
  g_assert_true (focus (heat, GTK_DIR_DOWN, 24));
  g_assert_true (focus (heat, GTK_DIR_RIGHT, 25));
  g_assert_true (focus (heat, GTK_DIR_LEFT, 24));
  g_assert_true (focus (heat, GTK_DIR_LEFT, 24)); /* not into the day before */
  g_assert_true (focus (heat, GTK_DIR_UP, 0));
}

/* The first mark stands right of the last. */
static gboolean
is_mirrored (gpointer chart)
{
  graphene_rect_t first, last;

  return gtk_widget_compute_bounds (wf_chart_get_mark (chart, 0), chart, &first) &&
         gtk_widget_compute_bounds (wf_chart_get_mark (chart, 29), chart, &last) &&
         first.origin.x > last.origin.x;
}

static void
test_right_to_left (Fixture *self, gconstpointer data)
{
  WfChart *chart = present_chart (self, WF_CHART_SAMPLE_TREND);
  g_autoptr (GskRenderNode) straight = wf_chart_draw (chart, 400, 200, FALSE), mirrored = NULL;
  g_autoptr (GBytes) first = gsk_render_node_serialize (straight), second = NULL;

  gtk_widget_set_direction (GTK_WIDGET (chart), GTK_TEXT_DIR_RTL);
  mirrored = wf_chart_draw (chart, 400, 200, FALSE);
  second = gsk_render_node_serialize (mirrored);
  g_assert_false (g_bytes_equal (first, second));
  g_assert_true (wf_window_check_wait (is_mirrored, chart));
  gtk_widget_grab_focus (GTK_WIDGET (chart));
  g_assert_true (focus (chart, GTK_DIR_LEFT, 1));
  g_assert_true (focus (chart, GTK_DIR_RIGHT, 0));
}

static void
click (WfChart *chart, double x, double y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (chart));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        g_signal_emit_by_name (controller, "released", 1, x, y);
    }
}

static void
test_activation (Fixture *self, gconstpointer data)
{
  WfChart *chart = present_chart (self, WF_CHART_SAMPLE_PEOPLE);
  GtkWidget *mark = wf_chart_get_mark (chart, 0);
  graphene_rect_t place;

  g_signal_connect (chart, "activated", G_CALLBACK (on_activated), self);
  g_assert_true (gtk_widget_compute_bounds (mark, GTK_WIDGET (chart), &place));
  gtk_widget_activate_action (mark, "mark.activate", NULL);
  click (chart, 10, place.size.height / 2);
  g_assert_null (self->told);
  wf_chart_set_activatable (chart, TRUE);
  g_assert_true (gtk_widget_activate_action (mark, "mark.activate", NULL));
  assert_told (self, "all 0");
  /* on the name: the person; on a part of the bar: that part */
  click (chart, 10, place.size.height / 2);
  assert_told (self, "all 0");
  g_assert_true (gtk_widget_is_focus (mark));
  click (chart, place.size.width * 0.45, place.size.height / 2);
  assert_told (self, "0 0");
  click (chart, place.size.width * 0.45, place.size.height * 1.5);
  assert_told (self, "0 1");
  click (chart, 10, 5000);
  g_assert_null (self->told);
  chart = present_chart (self, WF_CHART_SAMPLE_HEAT);
  wf_chart_set_activatable (chart, TRUE);
  g_signal_connect (chart, "activated", G_CALLBACK (on_activated), self);
  gtk_widget_activate_action (wf_chart_get_mark (chart, 50), "mark.activate", NULL);
  assert_told (self, "2 2");
}

/* ---- movement ---- */

static gboolean
is_moved (gpointer chart)
{
  return fabs (wf_chart_get_shown (chart, 0, 0) - 60) < 0.001;
}

static void
test_movement (Fixture *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  WfChart *chart;
  GtkWidget *mark;
  g_autoptr (WfChartData) other = wf_chart_sample_make_other (WF_CHART_SAMPLE_TREND);
  g_autoptr (WfChartData) same = wf_chart_sample_make (WF_CHART_SAMPLE_TREND);

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  chart = present_chart (self, WF_CHART_SAMPLE_TREND);
  mark = wf_chart_get_mark (chart, 3);
  gtk_widget_grab_focus (mark);
  g_assert_cmpfloat (wf_chart_get_shown (chart, 0, 0), ==, 20); /* the first are there at once */
  wf_chart_set_data (chart, other);
  g_assert_cmpfloat (wf_chart_get_shown (chart, 0, 0), <, 60);
  g_assert_true (isnan (wf_chart_get_shown (chart, 3, 25)));
  g_assert_true (wf_window_check_wait (is_moved, chart));
  g_assert_true (wf_chart_get_mark (chart, 3) == mark);
  g_assert_true (gtk_widget_is_focus (mark)); /* nobody loses their place */
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  wf_chart_set_data (chart, same);
  g_assert_cmpfloat (wf_chart_get_shown (chart, 0, 0), ==, 20);
}

/* ---- odd numbers ---- */

static WfChartData *
make_odd (guint n_categories, guint n_series, double value, const char *name)
{
  WfChartData *data = wf_chart_data_new ("Odd", "Thing", n_categories, n_series);

  for (guint s = 0; s < n_series; s++)
    wf_chart_data_set_series (data, s, NULL, name, WF_SERIES_PLAIN, WF_VALUE_COUNT);
  for (guint c = 0; c < n_categories; c++)
    {
      wf_chart_data_set_category (data, c, NULL, name, NULL);
      for (guint s = 0; s < n_series; s++)
        data->series[s].values[c] = value;
    }
  return data;
}

static gboolean
has_places (gpointer chart)
{
  guint n = wf_chart_get_n_marks (chart);

  return n == 0 || gtk_widget_get_width (wf_chart_get_mark (chart, n - 1)) > 0;
}

static void
check_marks (WfChart *chart)
{
  int width = gtk_widget_get_width (GTK_WIDGET (chart));

  for (guint i = 0; i < wf_chart_get_n_marks (chart); i++)
    {
      graphene_rect_t place;

      g_assert_true (
          gtk_widget_compute_bounds (wf_chart_get_mark (chart, i), GTK_WIDGET (chart), &place));
      g_assert_cmpfloat (place.origin.x, >=, 0);
      g_assert_cmpfloat (place.size.width, >=, 1);
      g_assert_cmpfloat (place.size.height, >=, 1);
      g_assert_cmpfloat (place.origin.x + place.size.width, <=, (float) width + 1);
    }
}

static void
check_odd (WfChart *chart, WfChartData *data)
{
  static const int sizes[][2] = { { 1, 1 }, { 40, 30 }, { 360, 200 }, { 2000, 1200 } };
  gboolean empty = wf_chart_data_is_empty (data);

  wf_chart_set_data (chart, data);
  g_assert_true (wf_window_check_wait (has_places, chart));
  check_marks (chart);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GskRenderNode) screen = wf_chart_draw (chart, sizes[i][0], sizes[i][1], FALSE);
      g_autoptr (GskRenderNode) paper = wf_chart_draw (chart, sizes[i][0], sizes[i][1], TRUE);

      g_assert_cmpint (screen == NULL, ==, empty);
      g_assert_cmpint (paper == NULL, ==, empty);
    }
}

static void
test_odd_numbers (Fixture *self, gconstpointer data)
{
  static const char long_name[] =
      "Daniel de Oliveira Figueiredo Neto, from the branch office of the far north of the country";
  static const struct
  {
    guint n_categories, n_series;
    double value;
    const char *name;
  } odd[] = {
    { 0, 0, 0, "" },     { 0, 3, 0, "A" },     { 3, 0, 0, "A" },       { 1, 1, 0, "A" },
    { 1, 1, 1, "A" },    { 3, 2, NAN, "A" },   { 3, 2, -7, "A" },      { 400, 2, 12, "Day 1" },
    { 2, 3, 1e18, "A" }, { 2, 2, 1e300, "A" }, { 6, 9, 5, long_name }, { 1, 1, 1e-9, long_name },
  };

  for (guint sample = 0; sample < WF_N_CHART_SAMPLES; sample++)
    {
      GtkWidget *chart = wf_chart_sample_new_chart ((WfChartSample) sample),
                *scroll = gtk_scrolled_window_new ();

      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), chart);
      present (self, scroll);
      for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
        {
          g_autoptr (WfChartData) numbers =
              make_odd (odd[i].n_categories, odd[i].n_series, odd[i].value, odd[i].name);

          check_odd (WF_CHART (chart), numbers);
        }
      g_assert_cmpuint (wf_chart_get_n_marks (WF_CHART (chart)), ==, 1);
      wf_chart_set_data (WF_CHART (chart), NULL);
      g_assert_cmpuint (wf_chart_get_n_marks (WF_CHART (chart)), ==, 0);
      g_assert_null (wf_chart_draw (WF_CHART (chart), 100, 100, FALSE));
    }
}

/* On paper and in high contrast, what is late is hatched. */
static void
test_patterns (Fixture *self, gconstpointer data)
{
  WfChart *chart = present_chart (self, WF_CHART_SAMPLE_PEOPLE);
  g_autoptr (GskRenderNode) screen = wf_chart_draw (chart, 600, 300, FALSE);
  g_autoptr (GskRenderNode) paper = wf_chart_draw (chart, 600, 300, TRUE);
  g_autoptr (GBytes) first = gsk_render_node_serialize (screen);
  g_autoptr (GBytes) second = gsk_render_node_serialize (paper);
  g_autofree char *on_screen = g_strndup (g_bytes_get_data (first, NULL), g_bytes_get_size (first));
  g_autofree char *on_paper =
      g_strndup (g_bytes_get_data (second, NULL), g_bytes_get_size (second));

  g_assert_null (strstr (on_screen, "stroke {"));
  g_assert_nonnull (strstr (on_paper, "stroke {"));
}

typedef struct
{
  GArray *texts; /* of float: where they begin */
  float line;    /* where the line stands at which bars begin */
} Places;

static void
collect_places (const GskRenderNode *node, float x, Places *places)
{
  graphene_rect_t bounds;
  float dx, dy;

  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        collect_places (gsk_container_node_get_child (node, i), x, places);
      break;
    case GSK_TRANSFORM_NODE:
      gsk_transform_to_translate (gsk_transform_node_get_transform (node), &dx, &dy);
      collect_places (gsk_transform_node_get_child (node), x + dx, places);
      break;
    case GSK_TEXT_NODE:
      x += gsk_text_node_get_offset (node)->x;
      g_array_append_val (places->texts, x);
      break;
    case GSK_COLOR_NODE:
      gsk_render_node_get_bounds ((GskRenderNode *) node, &bounds);
      if (bounds.size.width == 1)
        places->line = x + bounds.origin.x;
      break;
    default: /* bars */
      break;
    }
}

/* The number of an empty bar stands as far behind the line as that of another stands behind the bar. */
static void
test_empty_bar (Fixture *self, gconstpointer data)
{
  GtkWidget *chart = wf_bar_chart_new (GTK_ORIENTATION_HORIZONTAL);
  g_autoptr (WfChartData) numbers = make_odd (2, 1, 4, "A");
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (float));
  Places places = { texts, -1 };

  numbers->series[0].values[1] = 0;
  wf_chart_set_data (WF_CHART (chart), numbers);
  present (self, chart);
  node = wf_chart_draw (WF_CHART (chart), 400, 100, FALSE);
  collect_places (node, 0, &places);
  g_assert_cmpuint (texts->len, ==, 4); /* a name and a number of each */
  g_assert_cmpfloat (places.line, >, g_array_index (texts, float, 2));
  g_assert_cmpfloat_with_epsilon (g_array_index (texts, float, 3), places.line + 1 + WF_CHART_GAP,
                                  1);
  g_assert_cmpfloat (g_array_index (texts, float, 1), >, g_array_index (texts, float, 3));
}

/* Every piece of text with its font and places, a line each. */
static void
describe_texts (const GskRenderNode *node, GString *texts)
{
  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        describe_texts (gsk_container_node_get_child (node, i), texts);
      break;
    case GSK_TRANSFORM_NODE:
      describe_texts (gsk_transform_node_get_child (node), texts);
      break;
    case GSK_CLIP_NODE:
      describe_texts (gsk_clip_node_get_child (node), texts);
      break;
    case GSK_ROUNDED_CLIP_NODE:
      describe_texts (gsk_rounded_clip_node_get_child (node), texts);
      break;
    case GSK_TEXT_NODE:
      {
        g_autoptr (PangoFontDescription) font = pango_font_describe (gsk_text_node_get_font (node));
        g_autofree char *name = pango_font_description_to_string (font);
        guint n;
        const PangoGlyphInfo *glyphs = gsk_text_node_get_glyphs (node, &n);

        g_string_append_printf (texts, "%s:", name);
        for (guint i = 0; i < n; i++)
          g_string_append_printf (texts, " %u/%d", glyphs[i].glyph, glyphs[i].geometry.width);
        g_string_append_c (texts, '\n');
      }
      break;
    default:
      break;
    }
}

/* As it is on the screen, with the words that it keeps. */
static char *
describe_shown_texts (WfChart *chart)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GString *texts = g_string_new (NULL);

  GTK_WIDGET_GET_CLASS (chart)->snapshot (GTK_WIDGET (chart), snapshot);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  describe_texts (node, texts);
  return g_string_free (texts, FALSE);
}

static char *
describe_fresh_texts (WfChart *chart)
{
  g_autoptr (GskRenderNode) node = wf_chart_draw (chart, gtk_widget_get_width (GTK_WIDGET (chart)),
                                                  gtk_widget_get_height (GTK_WIDGET (chart)),
                                                  FALSE);
  GString *texts = g_string_new (NULL);

  describe_texts (node, texts);
  return g_string_free (texts, FALSE);
}

static gboolean
is_large (gpointer data)
{
  PangoContext *context = gtk_widget_get_pango_context (data);

  return pango_font_description_get_size (pango_context_get_font_description (context)) >=
         30 * PANGO_SCALE * 3 / 4;
}

static gboolean
is_small (gpointer data)
{
  return !is_large (data);
}

/* Words that are kept are those that would be made now: drawn again, cut, of another size, of other numbers. */
static void
test_kept_words (Fixture *self, gconstpointer data)
{
  static const WfChartSample samples[] = { WF_CHART_SAMPLE_PEOPLE, WF_CHART_SAMPLE_HEAT };
  GdkDisplay *display = gdk_display_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
      WfChart *chart = present_chart (self, samples[i]);
      g_autoptr (WfChartData) other = wf_chart_sample_make (WF_CHART_SAMPLE_PEOPLE);
      g_autofree char *first = describe_shown_texts (chart), *again = describe_shown_texts (chart);
      g_autofree char *fresh = describe_fresh_texts (chart), *large = NULL, *fresh_large = NULL;
      g_autofree char *shown_other = NULL, *fresh_other = NULL;

      g_assert_cmpuint (strlen (first), >, 100);
      g_assert_cmpstr (first, ==, fresh);
      g_assert_cmpstr (again, ==, fresh);
      gtk_css_provider_load_from_string (style, "* { font-size: 30px; }");
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                                  GTK_STYLE_PROVIDER_PRIORITY_USER);
      g_assert_true (wf_window_check_wait (is_large, chart));
      large = describe_shown_texts (chart);
      fresh_large = describe_fresh_texts (chart);
      g_assert_cmpstr (large, ==, fresh_large);
      g_assert_cmpstr (large, !=, first);
      gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (style));
      g_assert_true (wf_window_check_wait (is_small, chart));
      other->series[0].values[0] += 1234;
      wf_chart_set_data (chart, other);
      shown_other = describe_shown_texts (chart);
      fresh_other = describe_fresh_texts (chart);
      g_assert_cmpstr (shown_other, ==, fresh_other);
    }
}

/* ---- the view ---- */

static WfChartView *
present_view (Fixture *self, WfChartSample sample, gboolean activatable)
{
  GtkWidget *view = wf_chart_view_new (WF_CHART (wf_chart_sample_new_chart (sample)));
  g_autoptr (WfChartData) data = wf_chart_sample_make (sample);

  wf_chart_view_set_activatable (WF_CHART_VIEW (view), activatable);
  wf_chart_view_set_data (WF_CHART_VIEW (view), data, "What is counted.");
  present (self, view);
  return WF_CHART_VIEW (view);
}

static void
collect_texts (GtkWidget *widget, GPtrArray *texts)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (texts, (gpointer) gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_texts (child, texts);
}

static gboolean
has_cells (gpointer table)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  collect_texts (table, texts);
  return texts->len >= 4 + 6 * 4;
}

/* What one sees and what one reads are the same numbers. */
static void
test_table (Fixture *self, gconstpointer is_activatable)
{
  WfChartView *view = present_view (self, WF_CHART_SAMPLE_PEOPLE, GPOINTER_TO_INT (is_activatable));
  WfChartData *numbers = wf_chart_view_get_table (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  GtkWidget *table;
  guint at = 0;

  g_assert_null (wf_window_check_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL));
  gtk_widget_activate_action (GTK_WIDGET (view), "chart.show-table", NULL);
  table = wf_window_check_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL);
  g_assert_nonnull (table);
  g_assert_true (wf_window_check_wait (has_cells, table));
  collect_texts (table, texts);
  g_assert_cmpstr (texts->pdata[at++], ==, "Person");
  for (guint s = 0; s < numbers->n_series; s++)
    g_assert_cmpstr (texts->pdata[at++], ==, numbers->series[s].name);
  for (guint c = 0; c < numbers->n_categories; c++)
    {
      g_assert_cmpstr (texts->pdata[at++], ==, numbers->categories[c].label);
      for (guint s = 0; s < numbers->n_series; s++)
        {
          g_autofree char *value =
              wf_value_to_text (numbers->series[s].kind, numbers->series[s].values[c]);

          g_assert_cmpstr (texts->pdata[at++], ==, value);
        }
    }
  g_assert_cmpuint (at, ==, texts->len);
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (view)), ==, 0);
}

static void
sort_by (GtkColumnView *table, guint column, GtkSortType order)
{
  g_autoptr (GtkColumnViewColumn) chosen =
      g_list_model_get_item (gtk_column_view_get_columns (table), column);

  gtk_column_view_sort_by_column (table, chosen, order);
}

static void
test_sorting (Fixture *self, gconstpointer data)
{
  WfChartView *view = present_view (self, WF_CHART_SAMPLE_FUNNEL, FALSE);
  g_autoptr (WfChartData) other = wf_chart_sample_make_other (WF_CHART_SAMPLE_FUNNEL);
  GtkColumnView *table;

  wf_chart_view_set_show_table (view, TRUE);
  table = GTK_COLUMN_VIEW (wf_window_check_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL));
  g_assert_cmpuint (wf_chart_table_get_category (table, 0), ==, 0);
  sort_by (table, 3, GTK_SORT_DESCENDING); /* here now */
  g_assert_cmpuint (wf_chart_table_get_category (table, 0), ==, 1);
  sort_by (table, 4, GTK_SORT_ASCENDING); /* what is missing comes first */
  g_assert_cmpuint (wf_chart_table_get_category (table, 0), ==, 4);
  sort_by (table, 0, GTK_SORT_ASCENDING);
  g_assert_cmpuint (wf_chart_table_get_category (table, 0), ==, 1);
  wf_chart_view_set_data (view, other, NULL); /* other numbers keep the order */
  g_assert_cmpuint (wf_chart_table_get_category (table, 0), ==, 1);
}

static guint
count_columns (WfChartView *view)
{
  GtkWidget *table = wf_window_check_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL);

  return g_list_model_get_n_items (gtk_column_view_get_columns (GTK_COLUMN_VIEW (table)));
}

/* A table that nobody looks at makes no widgets; who looks sees the last numbers, in rows that stay. */
static void
test_unseen_table (Fixture *self, gconstpointer data)
{
  WfChartView *view = present_view (self, WF_CHART_SAMPLE_PEOPLE, FALSE);
  g_autoptr (WfChartData) more = wf_chart_sample_make (WF_CHART_SAMPLE_FUNNEL),
                          other = wf_chart_sample_make_other (WF_CHART_SAMPLE_FUNNEL);
  GtkSelectionModel *rows;
  GtkColumnView *table;

  wf_chart_view_set_both (view, more, more, "What is counted.");
  g_assert_null (wf_window_check_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL));
  g_assert_true (wf_chart_view_get_table (view) == more);
  wf_chart_view_set_show_table (view, TRUE);
  g_assert_cmpuint (count_columns (view), ==, more->n_series + 1);
  table = GTK_COLUMN_VIEW (wf_window_check_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL));
  rows = gtk_column_view_get_model (table);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, more->n_categories);
  wf_chart_view_set_both (view, other, other, "What is counted.");
  g_assert_true (gtk_column_view_get_model (table) == rows);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, other->n_categories);
}

static void
on_view_activated (WfChartView *view, WfChartData *data, guint series, guint category,
                   Fixture *self)
{
  on_activated (NULL, series, category, self);
  g_assert_true (data == wf_chart_view_get_table (view));
}

static void
test_cell_activation (Fixture *self, gconstpointer data)
{
  WfChartView *view = present_view (self, WF_CHART_SAMPLE_PEOPLE, TRUE);
  g_autoptr (WfChartData) more = wf_chart_sample_make_other (WF_CHART_SAMPLE_PEOPLE);
  GtkWidget *table, *name;

  g_signal_connect (view, "activated", G_CALLBACK (on_view_activated), self);
  wf_chart_view_set_table (view, more);
  wf_chart_view_set_show_table (view, TRUE);
  table = wf_window_check_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL);
  g_assert_true (wf_window_check_wait (has_cells, table));
  name = wf_window_check_find (table, GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (name, "clicked");
  assert_told (self, "all 0");
}

/* What the pointer shows: the words of the mark below it, and a crosshair that is gone when it leaves. */
static void
test_pointer (Fixture *self, gconstpointer data)
{
  WfChart *chart = present_chart (self, WF_CHART_SAMPLE_TREND);
  const WfChartData *numbers = wf_chart_get_data (chart);
  GtkTooltip *tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  g_autofree char *words = wf_chart_words_get_markup (numbers, G_MAXUINT, 2, NULL);
  g_autofree char *value = wf_value_to_text (numbers->series[0].kind, numbers->series[0].values[2]);
  graphene_rect_t place;
  gboolean shown = FALSE;

  g_assert_nonnull (strstr (words, numbers->series[0].name));
  g_assert_nonnull (strstr (words, value));
  g_assert_true (
      gtk_widget_compute_bounds (wf_chart_get_mark (chart, 2), GTK_WIDGET (chart), &place));
  g_signal_emit_by_name (chart, "query-tooltip", (int) (place.origin.x + place.size.width / 2),
                         (int) (place.origin.y + place.size.height / 2), FALSE, tooltip, &shown);
  g_assert_true (shown);
  g_signal_emit_by_name (chart, "query-tooltip", 1, -50, FALSE, tooltip, &shown);
  g_assert_false (shown);
  gtk_widget_grab_focus (wf_chart_get_mark (chart, 2)); /* and by keyboard */
  g_signal_emit_by_name (chart, "query-tooltip", 0, 0, TRUE, tooltip, &shown);
  g_assert_true (shown);
  g_object_unref (tooltip);
}

static GtkEventController *
find_motion (WfChart *chart)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (chart));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        return controller; /* the widget has it */
    }
  g_error ("The pointer is not followed");
}

/* As it would be drawn now, in words. */
static char *
draw_to_text (GtkWidget *widget)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;

  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  bytes = gsk_render_node_serialize (node);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A line through the pointer's category, with larger points, that goes when the pointer does; by keyboard too. */
static void
test_crosshair (Fixture *self, gconstpointer data)
{
  WfChart *chart = present_chart (self, WF_CHART_SAMPLE_TREND);
  GtkEventController *motion = find_motion (chart);
  g_autofree char *before = draw_to_text (GTK_WIDGET (chart)), *second = NULL, *third = NULL,
                  *after = NULL;
  graphene_rect_t place;

  for (guint i = 2; i <= 3; i++)
    {
      g_assert_true (
          gtk_widget_compute_bounds (wf_chart_get_mark (chart, i), GTK_WIDGET (chart), &place));
      g_signal_emit_by_name (motion, "motion", (double) place.origin.x + place.size.width / 2,
                             (double) place.origin.y + place.size.height / 2);
      *(i == 2 ? &second : &third) = draw_to_text (GTK_WIDGET (chart));
    }
  g_signal_emit_by_name (motion, "leave");
  after = draw_to_text (GTK_WIDGET (chart));
  g_assert_cmpstr (second, !=, before);
  g_assert_cmpuint (strlen (second), >, strlen (before));
  g_assert_cmpstr (third, !=, second);
  g_assert_cmpstr (after, ==, before);
}

/* ---- the small line of a card ---- */

static void
collect_bars (const GskRenderNode *node, GArray *bars)
{
  g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_CONTAINER_NODE);
  for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
    {
      graphene_rect_t bounds;

      gsk_render_node_get_bounds (gsk_container_node_get_child (node, i), &bounds);
      g_array_append_val (bars, bounds);
    }
}

static GArray *
list_bars (GtkWidget *line)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  GTK_WIDGET_GET_CLASS (line)->snapshot (line, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  collect_bars (node, bars);
  return bars;
}

/* A bar a value, as high as it is against the highest; nothing is a low one; from the right where the language begins there. */
static void
test_spark_line (Fixture *self, gconstpointer data)
{
  static const guint values[] = { 1, 0, 4, 2 };
  GtkWidget *line = wf_spark_line_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autoptr (GArray) bars = NULL, mirrored = NULL;
  const graphene_rect_t *bar;
  int width;

  wf_spark_line_set_values (WF_SPARK_LINE (line), values, G_N_ELEMENTS (values), "How it went");
  gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), line);
  present (self, box);
  g_assert_cmpstr (gtk_widget_get_css_name (line), ==, "sparkline");
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (line)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "How it went");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (line), ==, "How it went");
  bars = list_bars (line);
  g_assert_cmpuint (bars->len, ==, G_N_ELEMENTS (values));
  bar = &g_array_index (bars, graphene_rect_t, 0);
  g_assert_cmpfloat (bar[2].size.height, ==, gtk_widget_get_height (line));
  g_assert_cmpfloat (bar[3].size.height, ==, bar[2].size.height / 2);
  g_assert_cmpfloat (bar[0].size.height, ==, bar[2].size.height / 4);
  g_assert_cmpfloat (bar[1].size.height, ==, 1);
  for (guint i = 1; i < bars->len; i++)
    g_assert_cmpfloat (bar[i].origin.x, >, bar[i - 1].origin.x);
  gtk_widget_measure (line, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpfloat (bar[3].origin.x + bar[3].size.width, <=, width);
  gtk_widget_set_direction (line, GTK_TEXT_DIR_RTL);
  mirrored = list_bars (line);
  for (guint i = 0; i < bars->len; i++)
    g_assert_cmpfloat (g_array_index (mirrored, graphene_rect_t, i).origin.x, ==,
                       bar[bars->len - 1 - i].origin.x);
}

/* ---- the view, empty ---- */

/* As long as nothing was counted, nobody is told that there is nothing. */
static void
test_not_counted (Fixture *self, gconstpointer data)
{
  static const char text[] = "There is nothing to count here with this filter.";
  GtkWidget *view =
      wf_chart_view_new (WF_CHART (wf_chart_sample_new_chart (WF_CHART_SAMPLE_TREND)));
  g_autoptr (WfChartData) none = wf_chart_data_new ("Activities over Time", "Day", 0, 0);

  present (self, view);
  g_assert_false (wf_window_check_has_text (view, text));
  wf_chart_view_set_data (WF_CHART_VIEW (view), none, NULL);
  g_assert_true (wf_window_check_has_text (view, text));
}

/* The numbers may go, and nothing moves. */
static void
test_empty (Fixture *self, gconstpointer data)
{
  WfChartView *view = present_view (self, WF_CHART_SAMPLE_TREND, FALSE);
  g_autoptr (WfChartData) none = wf_chart_data_new ("Activities over Time", "Day", 30, 4);
  int before, after;

  gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_VERTICAL, 600, NULL, &before, NULL, NULL);
  for (guint s = 0; s < 4; s++)
    wf_chart_data_set_series (none, s, NULL, wf_chart_view_get_table (view)->series[s].name,
                              WF_SERIES_PLAIN, WF_VALUE_COUNT);
  wf_chart_view_set_data (view, none, "What is counted.");
  g_assert_null (wf_window_check_find (GTK_WIDGET (view), WF_TYPE_CHART, NULL));
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (view),
                                           "There is nothing to count here with this filter."));
  gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_VERTICAL, 600, NULL, &after, NULL, NULL);
  g_assert_cmpint (before, ==, after);
  g_assert_null (wf_chart_view_draw (view, 400, 300, TRUE));
}

static void
test_picture (Fixture *self, gconstpointer data)
{
  WfChartView *view = present_view (self, WF_CHART_SAMPLE_HEAT, FALSE);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  GdkContentProvider *content;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "chart.copy-picture", NULL));
  content = gdk_clipboard_get_content (clipboard);
  g_assert_nonnull (content);
  g_value_init (&value, GDK_TYPE_TEXTURE);
  g_assert_true (gdk_content_provider_get_value (content, &value, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (g_value_get_object (&value)), ==, 1800);
  g_assert_cmpint (gdk_texture_get_height (g_value_get_object (&value)), >, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wf_ui_register_resource ();
#define ADD(path, function, data) g_test_add (path, Fixture, data, set_up, function, tear_down)
  ADD ("/ui/charts/accessible", test_accessible, NULL);
  ADD ("/ui/charts/bottleneck", test_bottleneck, NULL);
  ADD ("/ui/charts/keyboard", test_keyboard, NULL);
  ADD ("/ui/charts/right-to-left", test_right_to_left, NULL);
  ADD ("/ui/charts/activation", test_activation, NULL);
  ADD ("/ui/charts/movement", test_movement, NULL);
  ADD ("/ui/charts/odd-numbers", test_odd_numbers, NULL);
  ADD ("/ui/charts/patterns", test_patterns, NULL);
  ADD ("/ui/charts/empty-bar", test_empty_bar, NULL);
  ADD ("/ui/charts/kept-words", test_kept_words, NULL);
  ADD ("/ui/chart-view/table", test_table, NULL);
  ADD ("/ui/chart-view/table-activatable", test_table, GINT_TO_POINTER (TRUE));
  ADD ("/ui/chart-view/sorting", test_sorting, NULL);
  ADD ("/ui/chart-view/cell-activation", test_cell_activation, NULL);
  ADD ("/ui/chart-view/empty", test_empty, NULL);
  ADD ("/ui/chart-view/picture", test_picture, NULL);
  ADD ("/charts/pointer", test_pointer, NULL);
  ADD ("/charts/crosshair", test_crosshair, NULL);
  ADD ("/charts/spark-line", test_spark_line, NULL);
  ADD ("/ui/chart-view/not-counted", test_not_counted, NULL);
  ADD ("/ui/chart-view/unseen-table", test_unseen_table, NULL);
  return g_test_run ();
}
