/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with names: axes, words, and files for a spreadsheet. */
#include "wf-chart-data.h"

#include <locale.h>
#include <math.h>

#define MINUTE ((double) G_TIME_SPAN_MINUTE)
#define HOUR ((double) G_TIME_SPAN_HOUR)
#define DAY ((double) G_TIME_SPAN_DAY)

/* ---- axes ---- */

static const struct
{
  WfValueKind kind;
  double most;
  guint most_ticks;
  double step;
  guint n_ticks;
} axes[] = {
  { WF_VALUE_COUNT, 0, 5, 1, 1 },
  { WF_VALUE_COUNT, NAN, 5, 1, 1 },
  { WF_VALUE_COUNT, -4, 5, 1, 1 },
  { WF_VALUE_COUNT, 0.5, 5, 1, 1 },
  { WF_VALUE_COUNT, 1, 5, 1, 1 },
  { WF_VALUE_COUNT, 5, 5, 1, 5 },
  { WF_VALUE_COUNT, 6, 5, 2, 3 },
  { WF_VALUE_COUNT, 10, 5, 2, 5 },
  { WF_VALUE_COUNT, 11, 5, 5, 3 },
  { WF_VALUE_COUNT, 26, 5, 10, 3 },
  { WF_VALUE_COUNT, 1000, 4, 500, 2 },
  { WF_VALUE_COUNT, 1000, 5, 200, 5 },
  { WF_VALUE_COUNT, 1234567, 5, 500000, 3 },
  { WF_VALUE_COUNT, 7, 1, 10, 1 },
  { WF_VALUE_COUNT, 7, 0, 10, 1 },
  { WF_VALUE_DURATION, 0, 4, MINUTE, 1 },
  { WF_VALUE_DURATION, 4 * MINUTE, 4, MINUTE, 4 },
  { WF_VALUE_DURATION, 5 * MINUTE, 4, 2 * MINUTE, 3 },
  { WF_VALUE_DURATION, 20 * MINUTE, 4, 5 * MINUTE, 4 },
  { WF_VALUE_DURATION, 21 * MINUTE, 4, 10 * MINUTE, 3 },
  { WF_VALUE_DURATION, 41 * MINUTE, 4, 15 * MINUTE, 3 },
  { WF_VALUE_DURATION, 61 * MINUTE, 4, 30 * MINUTE, 3 },
  { WF_VALUE_DURATION, 121 * MINUTE, 4, HOUR, 3 },
  { WF_VALUE_DURATION, 5 * HOUR, 4, 2 * HOUR, 3 },
  { WF_VALUE_DURATION, 9 * HOUR, 4, 4 * HOUR, 3 },
  { WF_VALUE_DURATION, 17 * HOUR, 4, 8 * HOUR, 3 },
  { WF_VALUE_DURATION, 33 * HOUR, 4, DAY, 2 },
  { WF_VALUE_DURATION, 5 * DAY, 4, 2 * DAY, 3 },
  { WF_VALUE_DURATION, 9 * DAY, 4, 7 * DAY, 2 },
  { WF_VALUE_DURATION, 29 * DAY, 4, 14 * DAY, 3 },
  { WF_VALUE_PERCENT, 100, 4, 25, 4 },
  { WF_VALUE_PERCENT, 100, 5, 20, 5 },
  { WF_VALUE_PERCENT, 90, 3, 50, 2 },
  { WF_VALUE_PERCENT, 7, 4, 2, 4 },
  { WF_VALUE_PERCENT, 250, 4, 100, 3 },
  { WF_VALUE_PERCENT, 900, 4, 500, 2 },
  { WF_VALUE_MONEY, 0.04, 4, 0.01, 4 },
  { WF_VALUE_MONEY, 0.3, 3, 0.1, 3 },
  { WF_VALUE_MONEY, 1240.5, 5, 500, 3 },
};

static void
test_axes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      WfAxis axis;

      wf_axis_init (&axis, axes[i].kind, axes[i].most, axes[i].most_ticks);
      g_test_message ("axis of %g, kind %d", axes[i].most, axes[i].kind);
      g_assert_cmpfloat_with_epsilon (axis.step, axes[i].step, axes[i].step * 1e-9);
      g_assert_cmpuint (axis.n_ticks, ==, axes[i].n_ticks);
      g_assert_cmpfloat_with_epsilon (axis.top, axis.step * axis.n_ticks, axis.step * 1e-9);
    }
}

/* Whatever the numbers: the axis reaches them, with at most as many ticks, and hardly more than needed. */
static void
test_axes_hold (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      WfValueKind kind = (WfValueKind) g_test_rand_int_range (0, WF_VALUE_MONEY + 1);
      double most = pow (10, g_test_rand_double_range (-1, 16));
      guint most_ticks = (guint) g_test_rand_int_range (1, 12);
      WfAxis axis;

      wf_axis_init (&axis, kind, most, most_ticks);
      g_assert_cmpuint (axis.n_ticks, >=, 1);
      g_assert_cmpuint (axis.n_ticks, <=, most_ticks);
      g_assert_cmpfloat (axis.top, >=, most * (1 - 1e-6));
      g_assert_cmpfloat (axis.top - axis.step, <, most + 1e-6);
    }
}

static void
test_endless_axis (void)
{
  WfAxis axis;

  wf_axis_init (&axis, WF_VALUE_COUNT, INFINITY, 5);
  g_assert_true (isfinite (axis.top));
  g_assert_cmpuint (axis.n_ticks, <=, 5);
}

static void
check_tick (WfValueKind kind, double most, guint tick, const char *expected)
{
  g_autofree char *text = NULL;
  WfAxis axis;

  wf_axis_init (&axis, kind, most, 4);
  text = wf_axis_get_text (&axis, kind, tick);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_tick_texts (void)
{
  check_tick (WF_VALUE_COUNT, 40, 0, "0");
  check_tick (WF_VALUE_COUNT, 40, 4, "40");
  check_tick (WF_VALUE_DURATION, 2 * HOUR, 0, "0 min");
  check_tick (WF_VALUE_DURATION, 2 * HOUR, 3, "1 h 30 min");
  check_tick (WF_VALUE_DURATION, 12 * HOUR, 3, "12 h");
  check_tick (WF_VALUE_PERCENT, 100, 4, "100 %");
  check_tick (WF_VALUE_MONEY, 4000, 2, "2000");
  check_tick (WF_VALUE_MONEY, 2, 2, "1.00");
}

static void
test_strides (void)
{
  static const guint table[][3] = { { 0, 5, 1 },   { 1, 5, 1 },  { 5, 5, 1 },   { 6, 5, 2 },
                                    { 10, 5, 2 },  { 11, 5, 3 }, { 31, 10, 4 }, { 92, 1, 92 },
                                    { 92, 0, 92 }, { 24, 7, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      guint n = table[i][0], most = table[i][1];
      guint stride = wf_axis_get_label_stride (n, most);

      g_assert_cmpuint (stride, ==, table[i][2]);
      if (n > 0 && most > 0)
        g_assert_cmpuint ((n - 1) / stride + 1, <=, most);
    }
}

/* ---- words ---- */

static const struct
{
  WfValueKind kind;
  double value;
  const char *text, *csv;
} values[] = {
  { WF_VALUE_COUNT, 0, "0", "0" },
  { WF_VALUE_COUNT, 12, "12", "12" },
  { WF_VALUE_COUNT, NAN, "–", "" },
  { WF_VALUE_COUNT, 1e20, "1e+20", "100000000000000000000" },
  { WF_VALUE_DURATION, 0, "0 min", "0" },
  { WF_VALUE_DURATION, 1, "1 min", "0" }, /* S24 */
  { WF_VALUE_DURATION, 30 * MINUTE, "30 min", "0.5" },
  { WF_VALUE_DURATION, 2 * HOUR + 15 * MINUTE, "2 h 15 min", "2.25" },
  { WF_VALUE_DURATION, 5 * HOUR + 40 * MINUTE, "5 h 40 min", "5.6667" },
  { WF_VALUE_DURATION, 8 * HOUR, "8 h", "8" },
  { WF_VALUE_DURATION, 24 * HOUR, "1 day", "24" },
  { WF_VALUE_DURATION, 24 * HOUR + 1 * MINUTE, "1 day 1 h", "24.0167" },
  { WF_VALUE_DURATION, 47 * HOUR, "1 day 23 h", "47" },
  { WF_VALUE_DURATION, 48 * HOUR - 1 * MINUTE, "2 days", "47.9833" },
  { WF_VALUE_DURATION, 3 * DAY + 4 * HOUR, "3 days 4 h", "76" },
  { WF_VALUE_DURATION, -90 * MINUTE, "−1 h 30 min", "-1.5" },
  { WF_VALUE_DURATION, NAN, "–", "" },
  { WF_VALUE_PERCENT, 83, "83 %", "83" },
  { WF_VALUE_PERCENT, 83.3333, "83.3 %", "83.3" },
  { WF_VALUE_PERCENT, 99.99, "100 %", "100" },
  { WF_VALUE_PERCENT, 0.04, "0 %", "0" },
  { WF_VALUE_PERCENT, NAN, "–", "" },
  { WF_VALUE_MONEY, 1240.5, "1240.50", "1240.50" },
  { WF_VALUE_MONEY, 0.005, "0.01", "0.01" },
  { WF_VALUE_MONEY, INFINITY, "inf", "" },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = wf_value_to_text (values[i].kind, values[i].value);
      g_autofree char *csv = wf_value_to_csv (values[i].kind, values[i].value);

      g_assert_cmpstr (text, ==, values[i].text);
      g_assert_cmpstr (csv, ==, values[i].csv);
    }
}

/* Words follow the person's language, files do not. */
static void
test_language (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_NUMERIC, NULL));
  g_autofree char *text = NULL, *csv = NULL;

  if (setlocale (LC_NUMERIC, "pt_BR.UTF-8") == NULL)
    {
      g_test_skip ("pt_BR.UTF-8 is not installed");
      return;
    }
  text = wf_value_to_text (WF_VALUE_MONEY, 1240.5);
  csv = wf_value_to_csv (WF_VALUE_MONEY, 1240.5);
  g_assert_nonnull (setlocale (LC_NUMERIC, before));
  g_assert_cmpstr (text, ==, "1.240,50");
  g_assert_cmpstr (csv, ==, "1240.50");
}

/* ---- the numbers ---- */

static WfChartData *
make_data (void)
{
  WfChartData *data = wf_chart_data_new ("Activities by Person", "Person", 3, 3);

  wf_chart_data_set_category (data, 0, "ana", "Ana", "Ana \"Nina\" Souza, Filtro 1");
  wf_chart_data_set_category (data, 1, "", "=HYPERLINK(\"x\")", NULL);
  wf_chart_data_set_category (data, 2, NULL, "Others\nand more", NULL);
  wf_chart_data_set_series (data, 0, "created", "Created", WF_SERIES_CREATED, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 1, "median", "Median Lateness", WF_SERIES_LATE,
                            WF_VALUE_DURATION);
  wf_chart_data_set_series (data, 2, "share", "On Time", WF_SERIES_ON_TIME, WF_VALUE_PERCENT);
  data->series[0].values[0] = 12000;
  data->series[0].values[1] = -3;
  data->series[1].values[0] = 2.25 * HOUR;
  data->series[1].values[1] = NAN;
  data->series[2].values[0] = 83.3333;
  data->series[2].values[2] = 100;
  return data;
}

/* Reads fields as RFC 4180 has them. */
static GStrv
read_line (const char **text)
{
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();
  const char *c = *text;

  for (;; c++)
    {
      g_autoptr (GString) field = g_string_new (NULL);

      g_assert_cmpint (*c, ==, '"');
      for (c++; *c != '"' || c[1] == '"'; c++)
        {
          g_assert_cmpint (*c, !=, '\0');
          c += *c == '"';
          g_string_append_c (field, *c);
        }
      c++;
      g_strv_builder_add (fields, field->str);
      if (*c != ',')
        break;
    }
  g_assert_true (g_str_has_prefix (c, "\r\n"));
  *text = c + 2;
  return g_strv_builder_end (fields);
}

static void
check_line (const char **text, const char *const *expected)
{
  g_auto (GStrv) fields = read_line (text);

  g_assert_cmpstrv (fields, expected);
}

static void
test_csv (void)
{
  g_autoptr (WfChartData) data = make_data ();
  g_autofree char *csv = wf_chart_data_to_csv (data);
  const char *text = csv;

  check_line (&text, (const char *const[]) { "Person", "Created", "Median Lateness (hours)",
                                             "On Time (%)", NULL });
  check_line (&text, (const char *const[]) { "Ana \"Nina\" Souza, Filtro 1", "12000", "2.25",
                                             "83.3", NULL });
  check_line (&text, (const char *const[]) { "'=HYPERLINK(\"x\")", "-3", "", "0", NULL });
  check_line (&text, (const char *const[]) { "Others\nand more", "0", "0", "100", NULL });
  g_assert_cmpstr (text, ==, "");
}

static void
test_csv_without_numbers (void)
{
  g_autoptr (WfChartData) data = wf_chart_data_new (NULL, "Person", 0, 0);
  g_autofree char *csv = wf_chart_data_to_csv (data);

  g_assert_cmpstr (csv, ==, "\"Person\"\r\n");
}

static void
test_sums (void)
{
  g_autoptr (WfChartData) data = wf_chart_data_new ("Title", "Day", 2, 2);
  g_autoptr (WfChartData) more = wf_chart_data_ref (data);

  g_assert_true (wf_chart_data_is_empty (data));
  data->series[0].values[0] = NAN;
  g_assert_true (wf_chart_data_is_empty (data));
  data->series[1].values[0] = 4;
  data->series[0].values[1] = 1;
  data->series[1].values[1] = 2;
  g_assert_false (wf_chart_data_is_empty (more));
  g_assert_cmpfloat (wf_chart_data_get_sum (data, 0), ==, 4);
  g_assert_cmpfloat (wf_chart_data_get_sum (data, 1), ==, 3);
  g_assert_cmpstr (data->categories[0].label, ==, "");
  g_assert_null (data->categories[0].id);
  g_assert_cmpstr (data->series[0].id, ==, "");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/axis/table", test_axes);
  g_test_add_func ("/report/axis/hold", test_axes_hold);
  g_test_add_func ("/report/axis/endless", test_endless_axis);
  g_test_add_func ("/report/axis/texts", test_tick_texts);
  g_test_add_func ("/report/axis/strides", test_strides);
  g_test_add_func ("/report/value/texts", test_values);
  g_test_add_func ("/report/value/language", test_language);
  g_test_add_func ("/report/chart-data/csv", test_csv);
  g_test_add_func ("/report/chart-data/csv-without-numbers", test_csv_without_numbers);
  g_test_add_func ("/report/chart-data/sums", test_sums);
  return g_test_run ();
}
