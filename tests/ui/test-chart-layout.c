/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of charts stand, their colours and their words, without a display. */
#include "wf-chart-layout.h"
#include "wf-chart-private.h"
#include "wf-chart-sample.h"

#include <math.h>

/* ---- words along an axis ---- */

static void
check_places (const float *widths, const float *middles, guint n, float until, float most_width)
{
  g_autofree WfLabelPlace *places = g_new0 (WfLabelPlace, n);
  guint n_places = wf_chart_place_labels (widths, middles, n, 0, until, most_width, places);
  float end = 0;

  g_assert_cmpuint (n_places, >=, 1);
  g_assert_cmpuint (n_places, <=, n);
  g_assert_cmpuint (places[0].index, ==, 0);
  for (guint i = 0; i < n_places; i++)
    {
      g_assert_cmpfloat (places[i].x, >=, i == 0 ? 0 : end + WF_CHART_GAP - 0.01f);
      end = places[i].x + places[i].width;
      g_assert_cmpfloat (end, <=, until + 0.01f);
      g_assert_cmpfloat (places[i].width, <=, widths[places[i].index]);
      g_assert_cmpuint (places[i].index, ==, i * (n_places > 1 ? places[1].index : 0));
    }
}

/* Whatever the widths: no two words touch, none stands out, and the distance is always the same. */
static void
test_labels_never_touch (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint n = (guint) g_test_rand_int_range (1, 120);
      float until = (float) g_test_rand_double_range (60, 1200);
      g_autofree float *widths = g_new (float, n), *middles = g_new (float, n);

      for (guint i = 0; i < n; i++)
        {
          widths[i] = (float) g_test_rand_double_range (5, 200);
          middles[i] = until * ((float) i + 0.5f) / (float) n;
        }
      check_places (widths, middles, n, until, 0);
      check_places (widths, middles, n, until, until / (float) n - WF_CHART_GAP);
    }
}

static void
test_labels (void)
{
  const float widths[] = { 30, 30, 30, 30 }, wide[] = { 90, 90, 90, 90 };
  const float middles[] = { 20, 60, 100, 140 };
  const float spread_middles[] = { 30, 90, 150, 210 };
  const float far_middles[] = { 40, 120, 200, 280 };
  WfLabelPlace places[4];

  g_assert_cmpuint (wf_chart_place_labels (widths, middles, 4, 0, 160, 0, places), ==, 4);
  g_assert_cmpfloat (places[1].x, ==, 45);
  /* every other one has room; the last is not pushed over the edge */
  g_assert_cmpuint (wf_chart_place_labels (wide, spread_middles, 4, 0, 240, 0, places), ==, 2);
  g_assert_cmpuint (places[1].index, ==, 2);
  /* names are cut before any is left out, */
  g_assert_cmpuint (wf_chart_place_labels (wide, far_middles, 4, 0, 320, 74, places), ==, 4);
  g_assert_cmpfloat (places[0].width, ==, 74);
  /* but not to a letter */
  g_assert_cmpuint (wf_chart_place_labels (wide, middles, 4, 0, 160, 34, places), <, 4);
  g_assert_cmpuint (wf_chart_place_labels (widths, middles, 0, 0, 160, 0, places), ==, 0);
  g_assert_cmpuint (wf_chart_place_labels (widths, middles, 4, 10, 10, 0, places), ==, 0);
}

/* ---- upright values ---- */

static void
test_plot (void)
{
  WfPlot plot;

  wf_plot_init (&plot, 426, 200, 20, 14, 40, 10);
  g_assert_cmpfloat (plot.plot.origin.x, ==, 26);
  g_assert_cmpfloat (wf_plot_get_slot_width (&plot), ==, 40);
  g_assert_cmpfloat (wf_plot_get_x (&plot, 0), ==, 46);
  g_assert_cmpfloat (wf_plot_get_y (&plot, 40), ==, plot.plot.origin.y);
  g_assert_cmpfloat (wf_plot_get_y (&plot, 0), ==, plot.plot.origin.y + plot.plot.size.height);
  g_assert_cmpfloat (wf_plot_get_y (&plot, 4000), ==, plot.plot.origin.y);
  g_assert_cmpfloat (wf_plot_get_y (&plot, -1), ==, wf_plot_get_y (&plot, 0));
  g_assert_cmpfloat (wf_plot_get_bar_width (&plot), <, 40);
  wf_plot_init (&plot, 300, 200, 20, 14, 0, 400);
  g_assert_cmpfloat (wf_plot_get_bar_width (&plot), >, 0);
  g_assert_cmpfloat (wf_plot_get_bar_width (&plot), <=, wf_plot_get_slot_width (&plot) + 0.01f);
  wf_plot_init (&plot, 3, 3, 200, 14, 1, 0); /* no room at all */
  g_assert_cmpfloat (plot.plot.size.width, >, 0);
  g_assert_cmpfloat (plot.plot.size.height, >, 0);
  g_assert_cmpuint (wf_plot_get_most_ticks (20, 14), ==, 1);
  g_assert_cmpuint (wf_plot_get_most_ticks (2000, 14), <=, 6);
}

/* ---- stacks ---- */

static void
test_stack (void)
{
  const double values[] = { 10, NAN, 0, 1, -4, 29 };
  float begins[6], lengths[6], end;

  end = wf_chart_stack (values, 6, 40, 400, begins, lengths);
  g_assert_cmpfloat (end, ==, 400);
  g_assert_cmpfloat (lengths[0], ==, 100);
  g_assert_cmpfloat (lengths[1], ==, 0);
  g_assert_cmpfloat (lengths[2], ==, 0);
  g_assert_cmpfloat (begins[3], ==, 100);
  g_assert_cmpfloat (lengths[4], ==, 0);
  g_assert_cmpfloat (begins[5], ==, 110);
  /* what is little is seen, and what is nothing is not */
  end = wf_chart_stack ((const double[]) { 1, 0 }, 2, 100000, 200, begins, lengths);
  g_assert_cmpfloat (end, ==, WF_CHART_LEAST_BAR);
  g_assert_cmpfloat (lengths[1], ==, 0);
  /* never over the end */
  end = wf_chart_stack ((const double[]) { 99999, 1, 1 }, 3, 100001, 200, begins, lengths);
  g_assert_cmpfloat (end, ==, 200);
  g_assert_cmpfloat (begins[2] + lengths[2], <=, 200.01f);
  end = wf_chart_stack ((const double[]) { 1e300, 1e300 }, 2, 2e300, 200, begins, lengths);
  g_assert_cmpfloat_with_epsilon (lengths[0], 100, 0.1f);
  g_assert_cmpfloat (wf_chart_stack (values, 6, 0, 400, begins, lengths), <=, 400);
}

/* ---- rows and cells ---- */

static void
test_rows (void)
{
  WfBarRows rows;

  wf_bar_rows_init (&rows, 400, wf_bar_rows_get_least_height (5, 14), 900, 30, 14, 5);
  g_assert_cmpfloat (rows.label_width, <=, 160);
  g_assert_cmpfloat (rows.bar_x + rows.bar_length + 30, <=, 400);
  g_assert_cmpfloat (rows.row_height * 5, <=, wf_bar_rows_get_least_height (5, 14) + 0.01f);
  for (guint i = 0; i < 5; i++)
    {
      graphene_rect_t row = wf_bar_rows_get_row (&rows, i, 400);
      float y = wf_bar_rows_get_bar_y (&rows, i);

      g_assert_cmpfloat (y, >=, row.origin.y);
      g_assert_cmpfloat (y + rows.bar_height, <=, row.origin.y + row.size.height);
    }
  wf_bar_rows_init (&rows, 400, 2000, 40, 30, 14, 2); /* much room does not make walls of bars */
  g_assert_cmpfloat (rows.bar_height, <=, 48);
}

static void
test_cells (void)
{
  graphene_rect_t last;
  WfCells cells;

  wf_cells_init (&cells, 400, 200, 30, 14, 24, 7);
  last = wf_cells_get_cell (&cells, 6, 23);
  g_assert_cmpfloat_with_epsilon (last.origin.x + last.size.width, 400, 0.01f);
  g_assert_cmpfloat (last.origin.y + last.size.height, <=, 200 - 14);
  wf_cells_init (&cells, 10, 5, 30, 14, 24, 7);
  last = wf_cells_get_cell (&cells, 6, 23);
  g_assert_cmpfloat (last.size.width, >, 0);
  g_assert_cmpfloat (last.size.height, >, 0);
}

static void
test_funnel (void)
{
  static const float widths[] = { 300, 503, 504, 1200 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      gboolean wide = widths[i] >= 504; /* 36 times 14 */
      WfFunnel funnel;

      wf_funnel_init (&funnel, widths[i], wf_funnel_get_least_height (wide, 4, 14), 14, 4);
      g_assert_cmpint (funnel.wide, ==, wide);
      for (guint row = 0; row < 4; row++)
        {
          graphene_rect_t whole = wf_funnel_get_row (&funnel, row);
          graphene_rect_t words = wf_funnel_get_words (&funnel, row);
          graphene_rect_t bar = wf_funnel_get_bar (&funnel, row, 1);
          graphene_rect_t both;

          g_assert_true (graphene_rect_contains_rect (&whole, &words));
          g_assert_true (graphene_rect_contains_rect (&whole, &bar));
          g_assert_false (graphene_rect_intersection (&words, &bar, &both));
          bar = wf_funnel_get_bar (&funnel, row, 0.5);
          g_assert_cmpfloat_with_epsilon (bar.size.width, funnel.bars_width / 2, 0.01f);
          g_assert_cmpfloat (wf_funnel_get_bar (&funnel, row, 1e-9).size.width, >=, 1);
          g_assert_cmpfloat (wf_funnel_get_bar (&funnel, row, 0).size.width, ==, 0);
        }
    }
}

/* ---- colours ---- */

static double
get_light (const GdkRGBA *color)
{
  const double parts[] = { color->red, color->green, color->blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double light = 0;

  for (guint i = 0; i < 3; i++)
    light += weights[i] *
             (parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return light;
}

static double
get_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double x = get_light (a), y = get_light (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

/* WCAG 2.2: graphics 3:1 (1.4.11), words 4.5:1 (1.4.3). */
static void
check_palette (const WfChartPalette *palette)
{
  g_autoptr (WfChartData) data = wf_chart_data_new ("", "", 1, WF_SERIES_BEFORE + 1 + 8);

  for (guint i = 0; i < data->n_series; i++)
    wf_chart_data_set_series (data, i, NULL, NULL,
                              i <= WF_SERIES_BEFORE ? (WfSeriesRole) i : WF_SERIES_PLAIN,
                              WF_VALUE_COUNT);
  for (guint i = 0; i < data->n_series; i++)
    {
      WfSeriesStyle style;
      GdkRGBA words;

      wf_series_style_init (&style, palette, data, i);
      words = wf_chart_palette_get_text_on (&style.color);
      g_assert_cmpfloat (get_contrast (&style.color, &palette->card), >=, 3);
      g_assert_cmpfloat (get_contrast (&words, &style.color), >=, 4.5);
    }
  g_assert_cmpfloat (get_contrast (&palette->dim, &palette->card), >=, 4.5);
  g_assert_cmpfloat (get_contrast (&palette->text, &palette->card), >=, 7);
  for (guint i = 0; i <= 10; i++)
    {
      GdkRGBA shade = wf_chart_palette_get_shade (palette, i / 10.0);
      GdkRGBA words = wf_chart_palette_get_text_on (&shade);

      g_assert_cmpfloat (get_contrast (&words, &shade), >=, 4.5);
      if (palette->high_contrast)
        g_assert_cmpfloat (get_contrast (&shade, &palette->card), >=, 3);
    }
}

static void
test_palette (void)
{
  const GdkRGBA light_text = { 0, 0, 0.024f, 0.8f }, dark_text = { 1, 1, 1, 1 };
  WfChartPalette palette;

  wf_chart_palette_init (&palette, FALSE, FALSE, &light_text);
  check_palette (&palette);
  wf_chart_palette_init (&palette, FALSE, TRUE, &light_text);
  check_palette (&palette);
  wf_chart_palette_init (&palette, TRUE, FALSE, &dark_text);
  check_palette (&palette);
  wf_chart_palette_init (&palette, TRUE, TRUE, &dark_text);
  check_palette (&palette);
  wf_chart_palette_init_for_paper (&palette);
  check_palette (&palette);
}

/* Two series of one chart are never told apart by colour alone. */
static void
test_styles_differ (void)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  WfChartPalette palette;

  wf_chart_palette_init (&palette, FALSE, TRUE, &black);
  for (guint sample = 0; sample < WF_CHART_SAMPLE_HEAT; sample++)
    {
      g_autoptr (WfChartData) data = wf_chart_sample_make ((WfChartSample) sample);

      for (guint a = 0; a < data->n_series; a++)
        {
          for (guint b = a + 1; b < data->n_series; b++)
            {
              WfSeriesStyle first, second;

              wf_series_style_init (&first, &palette, data, a);
              wf_series_style_init (&second, &palette, data, b);
              g_assert_true (first.marker != second.marker);
              g_assert_true (sample == WF_CHART_SAMPLE_TREND || first.fill != second.fill);
            }
        }
    }
}

/* ---- words ---- */

static void
test_words (void)
{
  g_autoptr (WfChartData) people = wf_chart_sample_make (WF_CHART_SAMPLE_PEOPLE);
  g_autoptr (WfChartData) heat = wf_chart_sample_make (WF_CHART_SAMPLE_HEAT);
  g_autoptr (WfChartData) funnel = wf_chart_sample_make (WF_CHART_SAMPLE_FUNNEL);
  g_autofree char *person = wf_chart_words_get_category (people, 0, NULL);
  g_autofree char *stage = wf_chart_words_get_category (funnel, 4, "bottleneck");
  g_autofree char *cell = NULL, *markup = NULL;

  g_assert_cmpstr (person, ==, "Ana Souza: Done on Time 48, Done Late 9, Open and Late 2");
  g_assert_cmpstr (stage, ==,
                   "Sold (bottleneck): Entered 9, Left 0, Here Now 9, Median Time none, 95th "
                   "Percentile none");
  heat->series[0].values[14] = 5;
  cell = wf_chart_words_get_cell (heat, 0, 14);
  g_assert_cmpstr (cell, ==, "Monday, 14:00: 5");
  g_set_str (&people->categories[0].label, "Ana <& Co>");
  markup = wf_chart_words_get_markup (people, G_MAXUINT, 0, NULL);
  g_assert_true (g_str_has_prefix (markup, "<b>Ana &lt;&amp; Co&gt;</b>\n"));
  g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
  g_assert_nonnull (strstr (markup, "Done Late: 9"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/chart-layout/labels", test_labels);
  g_test_add_func ("/ui/chart-layout/labels-never-touch", test_labels_never_touch);
  g_test_add_func ("/ui/chart-layout/plot", test_plot);
  g_test_add_func ("/ui/chart-layout/stack", test_stack);
  g_test_add_func ("/ui/chart-layout/rows", test_rows);
  g_test_add_func ("/ui/chart-layout/cells", test_cells);
  g_test_add_func ("/ui/chart-layout/funnel", test_funnel);
  g_test_add_func ("/ui/chart-layout/palette", test_palette);
  g_test_add_func ("/ui/chart-layout/styles-differ", test_styles_differ);
  g_test_add_func ("/ui/chart-layout/words", test_words);
  return g_test_run ();
}
