/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as reports have them. */
#include "wf-chart-sample.h"

#include "wf-chart.h"

#include <math.h>

#define MINUTE ((double) G_TIME_SPAN_MINUTE)

const char *const wf_chart_sample_names[] = { "trend", "hours", "people", "heat", "funnel", NULL };

GtkWidget *
wf_chart_sample_new_chart (WfChartSample sample)
{
  switch (sample)
    {
    case WF_CHART_SAMPLE_TREND:
      return wf_line_chart_new ();
    case WF_CHART_SAMPLE_HOURS:
      return wf_bar_chart_new (GTK_ORIENTATION_VERTICAL);
    case WF_CHART_SAMPLE_PEOPLE:
      return wf_bar_chart_new (GTK_ORIENTATION_HORIZONTAL);
    case WF_CHART_SAMPLE_HEAT:
      return wf_heat_map_new ();
    case WF_CHART_SAMPLE_FUNNEL:
    default:
      return wf_funnel_chart_new ();
    }
}

static WfChartData *
make_trend (guint factor)
{
  WfChartData *data = wf_chart_data_new ("Activities over Time", "Day", 30, 4);

  wf_chart_data_set_series (data, 0, "created", "Created", WF_SERIES_CREATED, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 1, "on-time", "Done on Time", WF_SERIES_ON_TIME, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 2, "late", "Done Late", WF_SERIES_LATE, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 3, "before", "Created in the Period Before", WF_SERIES_BEFORE,
                            WF_VALUE_COUNT);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u Nov", i + 1);
      g_autofree char *name = g_strdup_printf ("%u November 2026", i + 1);
      gboolean open = i % 7 < 5;

      wf_chart_data_set_category (data, i, name, label, name);
      data->series[0].values[i] = open ? factor * (20 + i * 7 % 23) : 2;
      data->series[1].values[i] = open ? factor * (14 + i * 5 % 17) : 0;
      data->series[2].values[i] = open ? i * 3 % 7 : 0;
      data->series[3].values[i] = i < 22 ? 16 + i * 11 % 13 : NAN;
    }
  return data;
}

static WfChartData *
make_hours (guint factor)
{
  WfChartData *data = wf_chart_data_new ("Lateness by Cause", "Cause", 6, 2);
  static const char *const causes[] = { "System",         "Absence",  "Reassigned",
                                        "Never Reminded", "Reminded", "Not Known" };

  wf_chart_data_set_series (data, 0, "median", "Median", WF_SERIES_PLAIN, WF_VALUE_DURATION);
  wf_chart_data_set_series (data, 1, "rest", "More at the 95th Percentile", WF_SERIES_PLAIN,
                            WF_VALUE_DURATION);
  for (guint i = 0; i < 6; i++)
    {
      wf_chart_data_set_category (data, i, causes[i], causes[i], NULL);
      data->series[0].values[i] = factor * MINUTE * (15 + i * 13);
      data->series[1].values[i] = MINUTE * (40 + i * 29 % 70);
    }
  return data;
}

static WfChartData *
make_people (guint factor)
{
  static const char *const names[] = { "Ana Souza",    "Bruno Lima",
                                       "Carla Mendes", "Daniel de Oliveira Figueiredo Neto",
                                       "Elisa",        "Not Assigned" };
  static const guint numbers[][3] = { { 48, 9, 2 }, { 40, 4, 0 }, { 22, 12, 7 },
                                      { 18, 2, 1 }, { 3, 0, 0 },  { 0, 0, 4 } };
  WfChartData *data = wf_chart_data_new ("Activities by Person", "Person", 6, 3);

  wf_chart_data_set_series (data, 0, "on-time", "Done on Time", WF_SERIES_ON_TIME, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 1, "late", "Done Late", WF_SERIES_LATE, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 2, "open-late", "Open and Late", WF_SERIES_OPEN_LATE,
                            WF_VALUE_COUNT);
  for (guint i = 0; i < 6; i++)
    {
      wf_chart_data_set_category (data, i, names[i], names[i], NULL);
      for (guint s = 0; s < 3; s++)
        data->series[s].values[i] = factor * numbers[i][s];
    }
  return data;
}

static WfChartData *
make_heat (guint factor)
{
  static const char *const days[][2] = { { "Mon", "Monday" },    { "Tue", "Tuesday" },
                                         { "Wed", "Wednesday" }, { "Thu", "Thursday" },
                                         { "Fri", "Friday" },    { "Sat", "Saturday" },
                                         { "Sun", "Sunday" } };
  WfChartData *data = wf_chart_data_new ("Done by Weekday and Hour", "Hour", 24, 7);

  for (guint s = 0; s < 7; s++)
    wf_chart_data_set_series (data, s, days[s][0], days[s][1], WF_SERIES_PLAIN, WF_VALUE_COUNT);
  for (guint c = 0; c < 24; c++)
    {
      g_autofree char *label = g_strdup_printf ("%02u:00", c);

      wf_chart_data_set_category (data, c, label, label, NULL);
      for (guint s = 0; s < 5; s++)
        data->series[s].values[c] = c < 8 || c > 18 || c == 12 ? 0
                                                               : factor * ((c * 7 + s * 5) % 19);
    }
  return data;
}

static WfChartData *
make_funnel (guint factor)
{
  static const char *const stages[] = { "New", "Filtro 1", "Filtro 2", "Meeting Scheduled",
                                        "Sold" };
  static const guint numbers[][3] = {
    { 240, 212, 28 }, { 212, 120, 61 }, { 118, 96, 12 }, { 96, 44, 30 }, { 9, 0, 9 }
  };
  WfChartData *data = wf_chart_data_new ("Pipeline", "Stage", 5, 5);

  wf_chart_data_set_series (data, 0, "entered", "Entered", WF_SERIES_PLAIN, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 1, "left", "Left", WF_SERIES_PLAIN, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 2, "here", "Here Now", WF_SERIES_PLAIN, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 3, "median", "Median Time", WF_SERIES_PLAIN, WF_VALUE_DURATION);
  wf_chart_data_set_series (data, 4, "p95", "95th Percentile", WF_SERIES_PLAIN, WF_VALUE_DURATION);
  for (guint c = 0; c < 5; c++)
    {
      wf_chart_data_set_category (data, c, stages[c], stages[c], NULL);
      for (guint s = 0; s < 3; s++)
        data->series[s].values[c] = factor * numbers[c][s];
      data->series[3].values[c] = c == 4 ? NAN : MINUTE * (95 + c * 1900);
      data->series[4].values[c] = c == 4 ? NAN : MINUTE * (900 + c * 6100);
    }
  return data;
}

static WfChartData *
make (WfChartSample sample, guint factor)
{
  switch (sample)
    {
    case WF_CHART_SAMPLE_TREND:
      return make_trend (factor);
    case WF_CHART_SAMPLE_HOURS:
      return make_hours (factor);
    case WF_CHART_SAMPLE_PEOPLE:
      return make_people (factor);
    case WF_CHART_SAMPLE_HEAT:
      return make_heat (factor);
    case WF_CHART_SAMPLE_FUNNEL:
    default:
      return make_funnel (factor);
    }
}

WfChartData *
wf_chart_sample_make (WfChartSample sample)
{
  return make (sample, 1);
}

WfChartData *
wf_chart_sample_make_other (WfChartSample sample)
{
  return make (sample, 3);
}
