/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as charts and tables. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-instant.h"
#include "wf-report.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define HOURS 24
#define WEEKDAYS 7

static WfSeriesRole
get_role (WfMeasure measure)
{
  switch (measure)
    {
    case WF_MEASURE_CREATED:
      return WF_SERIES_CREATED;
    case WF_MEASURE_ON_TIME:
      return WF_SERIES_ON_TIME;
    case WF_MEASURE_LATE:
      return WF_SERIES_LATE;
    case WF_MEASURE_OPEN_LATE:
      return WF_SERIES_OPEN_LATE;
    case WF_MEASURE_CANCELLED:
    case WF_MEASURE_NOT_NEEDED:
      return WF_SERIES_CLOSED;
    }
  return WF_SERIES_PLAIN;
}

static void
set_measure (WfChartData *data, guint series, WfMeasure measure)
{
  wf_chart_data_set_series (data, series, wf_measure_names[measure], wf_measure_get_title (measure),
                            get_role (measure), WF_VALUE_COUNT);
}

/* A column of a table. */
typedef struct
{
  const char *id, *name; /* name: translated */
  WfSeriesRole role;
  WfValueKind kind;
} Column;

static void
set_columns (WfChartData *data, const Column *columns, guint n)
{
  for (guint i = 0; i < n; i++)
    wf_chart_data_set_series (data, i, columns[i].id, columns[i].name, columns[i].role,
                              columns[i].kind);
}

static double
get_duration (gint64 value, gboolean known)
{
  return known ? (double) value : NAN;
}

/* -- over time --------------------------------------------------------------------------------- */

static char *
name_point (const WfTimeRange *range, guint point)
{
  g_autoptr (GDateTime) at = wf_instant_to_date_time (range->bounds[point], range->zone);

  if (at == NULL)
    return NULL;
  switch (range->step)
    {
    case WF_TIME_STEP_DAY:
      return g_date_time_format (at, _ ("%A, %-d %B %Y"));
    case WF_TIME_STEP_WEEK:
      return g_date_time_format (at, _ ("Week from %-d %B %Y"));
    case WF_TIME_STEP_MONTH:
      return g_date_time_format (at, C_ ("month of a report", "%B %Y"));
    case WF_TIME_STEP_HOUR:
      break;
    }
  return NULL;
}

static void
set_point (WfChartData *data, const WfReport *self, guint point, const WfMeasure *measures, guint n)
{
  g_autofree char *id = g_strdup_printf ("%u", point);
  g_autofree char *label = wf_time_range_get_label (self->range, point);
  g_autofree char *name = name_point (self->range, point);
  gboolean ahead = self->range->bounds[point] > self->at;

  wf_chart_data_set_category (data, point, id, label, name);
  for (guint i = 0; i < n; i++)
    data->series[i].values[point] = ahead ? NAN : self->trend[measures[i]][point];
  data->series[n].values[point] =
      point < self->previous->n ? self->trend_before[WF_MEASURE_CREATED][point] : NAN;
}

/**
 * wf_report_get_trend:
 * @self: a report
 *
 * Points that are still ahead have no values; ids of the points are their numbers.
 *
 * Returns: (transfer full): created, done on time and done late over time, and what was created in the
 *   period before
 */
WfChartData *
wf_report_get_trend (const WfReport *self)
{
  static const WfMeasure measures[] = { WF_MEASURE_CREATED, WF_MEASURE_ON_TIME, WF_MEASURE_LATE };
  static const char *const heads[] = { [WF_TIME_STEP_HOUR] = N_ ("Hour"),
                                       [WF_TIME_STEP_DAY] = N_ ("Day"),
                                       [WF_TIME_STEP_WEEK] = N_ ("Week"),
                                       [WF_TIME_STEP_MONTH] = N_ ("Month") };
  guint n = G_N_ELEMENTS (measures);
  WfChartData *data = wf_chart_data_new (_ ("Activities over Time"), _ (heads[self->range->step]),
                                         self->range->n, n + 1);

  for (guint i = 0; i < n; i++)
    set_measure (data, i, measures[i]);
  wf_chart_data_set_series (data, n, "created-before", _ ("Created in the Period Before"),
                            WF_SERIES_BEFORE, WF_VALUE_COUNT);
  for (guint point = 0; point < self->range->n; point++)
    set_point (data, self, point, measures, n);
  return data;
}

static void
set_weekday (WfChartData *data, guint series, guint weekday)
{
  /* A week that began on a Monday. */
  g_autoptr (GDateTime) day = g_date_time_new_utc (2024, 1, 1 + (int) weekday, 0, 0, 0);
  g_autofree char *name = g_date_time_format (day, "%A");
  g_autofree char *id = g_strdup_printf ("%u", weekday);

  wf_chart_data_set_series (data, series, id, name, WF_SERIES_PLAIN, WF_VALUE_COUNT);
}

/**
 * wf_report_get_heat_map:
 * @self: a report
 * @of_deadlines: when created ones are due, instead of when done ones were done
 *
 * Returns: (transfer full): the hours of the day as categories, the weekdays as series, in the order of
 *   the week; their ids are numbers, Monday's is 0
 */
WfChartData *
wf_report_get_heat_map (const WfReport *self, gboolean of_deadlines)
{
  WfChartData *data = wf_chart_data_new (of_deadlines ? _ ("Deadlines by Weekday and Hour")
                                                      : _ ("Done by Weekday and Hour"),
                                         _ ("Hour"), HOURS, WEEKDAYS);
  guint begin = self->first_weekday == G_DATE_BAD_WEEKDAY ? 0 : self->first_weekday - 1;

  for (guint hour = 0; hour < HOURS; hour++)
    {
      g_autofree char *id = g_strdup_printf ("%u", hour);
      g_autofree char *label = g_strdup_printf ("%02u:00", hour);

      wf_chart_data_set_category (data, hour, id, label, NULL);
    }
  for (guint i = 0; i < WEEKDAYS; i++)
    {
      guint weekday = (begin + i) % WEEKDAYS;

      set_weekday (data, i, weekday);
      for (guint hour = 0; hour < HOURS; hour++)
        data->series[i].values[hour] = of_deadlines ? self->due_hours[weekday][hour]
                                                    : self->hours[weekday][hour];
    }
  return data;
}

/* -- the break-down ---------------------------------------------------------------------------- */

static const char *
get_breakdown_title (WfDimension by)
{
  static const char *const titles[] = {
    [WF_DIMENSION_PERSON] = N_ ("Activities by Person"),
    [WF_DIMENSION_GROUP] = N_ ("Activities by Group"),
    [WF_DIMENSION_TEAM] = N_ ("Activities by Team"),
    [WF_DIMENSION_UNIT] = N_ ("Activities by Unit"),
    [WF_DIMENSION_TYPE] = N_ ("Activities by Type"),
    [WF_DIMENSION_WORKFLOW] = N_ ("Activities by Workflow"),
    [WF_DIMENSION_VERSION] = N_ ("Activities by Version of the Workflow"),
    [WF_DIMENSION_STAGE] = N_ ("Activities by Stage of the Lead"),
    [WF_DIMENSION_SOURCE] = N_ ("Activities by Source of the Lead"),
    [WF_DIMENSION_ORIGIN] = N_ ("Activities by Origin of the Lead"),
  };

  return _ (titles[by]);
}

/**
 * wf_report_get_breakdown:
 * @self: a report
 * @filter: what it was about
 * @most: rows at most, 0: all
 *
 * Returns: (transfer full): done on time, done late, and open and late, by row; what is beyond @most rows
 *   in a further one without an id
 */
WfChartData *
wf_report_get_breakdown (const WfReport *self, const WfReportFilter *filter, guint most)
{
  static const WfMeasure measures[] = { WF_MEASURE_ON_TIME, WF_MEASURE_LATE, WF_MEASURE_OPEN_LATE };
  guint shown = most == 0 ? self->rows->len : MIN (self->rows->len, most);
  guint n = G_N_ELEMENTS (measures), n_categories = shown + (shown < self->rows->len ? 1 : 0);
  WfChartData *data = wf_chart_data_new (get_breakdown_title (filter->by),
                                         wf_dimension_get_title (filter->by), n_categories, n);

  for (guint i = 0; i < n; i++)
    set_measure (data, i, measures[i]);
  if (n_categories > shown)
    wf_chart_data_set_category (data, shown, NULL, _ ("Others"), NULL);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const WfReportRow *row = self->rows->pdata[i];
      guint category = MIN (i, shown);

      if (i < shown)
        wf_chart_data_set_category (data, i, row->id, row->name, NULL);
      for (guint j = 0; j < n; j++)
        data->series[j].values[category] += row->figures.counts[measures[j]];
    }
  return data;
}

/**
 * wf_report_get_breakdown_table:
 * @self: a report
 * @filter: what it was about
 *
 * Returns: (transfer full): all columns of all rows
 */
WfChartData *
wf_report_get_breakdown_table (const WfReport *self, const WfReportFilter *filter)
{
  const Column latenesses[] = {
    { "median", _ ("Median Lateness"), WF_SERIES_PLAIN, WF_VALUE_DURATION },
    { "percentile-95", _ ("95th Percentile of Lateness"), WF_SERIES_PLAIN, WF_VALUE_DURATION },
  };
  WfChartData *data = wf_chart_data_new (get_breakdown_title (filter->by),
                                         wf_dimension_get_title (filter->by), self->rows->len,
                                         WF_N_MEASURES + G_N_ELEMENTS (latenesses));

  for (guint i = 0; i < WF_N_MEASURES; i++)
    set_measure (data, i, (WfMeasure) i);
  for (guint i = 0; i < G_N_ELEMENTS (latenesses); i++)
    wf_chart_data_set_series (data, WF_N_MEASURES + i, latenesses[i].id, latenesses[i].name,
                              latenesses[i].role, latenesses[i].kind);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const WfReportRow *row = self->rows->pdata[i];
      gboolean known = wf_report_figures_know_lateness (&row->figures);

      wf_chart_data_set_category (data, i, row->id, row->name, NULL);
      for (guint j = 0; j < WF_N_MEASURES; j++)
        data->series[j].values[i] = row->figures.counts[j];
      data->series[WF_N_MEASURES].values[i] = get_duration (row->figures.median, known);
      data->series[WF_N_MEASURES + 1].values[i] = get_duration (row->figures.percentile_95, known);
    }
  return data;
}

/* -- tables ------------------------------------------------------------------------------------ */

/**
 * wf_report_get_causes:
 * @self: a report
 *
 * Returns: (transfer full): what was done late by its cause, in the order of WfCause
 */
WfChartData *
wf_report_get_causes (const WfReport *self)
{
  static const char *const ids[] = { "system",         "absence",  "reassigned",
                                     "never-reminded", "reminded", "unknown" };
  const Column columns[] = {
    { "late", wf_measure_get_title (WF_MEASURE_LATE), WF_SERIES_LATE, WF_VALUE_COUNT },
    { "total", _ ("Lateness in All"), WF_SERIES_PLAIN, WF_VALUE_DURATION },
    { "median", _ ("Median Lateness"), WF_SERIES_PLAIN, WF_VALUE_DURATION },
  };
  WfChartData *data = wf_chart_data_new (_ ("Why Activities Were Late"), _ ("Cause"), WF_N_CAUSES,
                                         G_N_ELEMENTS (columns));

  G_STATIC_ASSERT (G_N_ELEMENTS (ids) == WF_N_CAUSES);
  set_columns (data, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < self->causes->len; i++)
    {
      const WfCauseRow *row = &g_array_index (self->causes, WfCauseRow, i);

      wf_chart_data_set_category (data, i, ids[row->cause], wf_cause_get_title (row->cause), NULL);
      data->series[0].values[i] = row->n;
      data->series[1].values[i] = get_duration (row->total, row->n > 0);
      data->series[2].values[i] = get_duration (row->median, row->n > 0);
    }
  return data;
}

/**
 * wf_report_get_funnel:
 * @self: a report
 *
 * Returns: (transfer full): leads by stage; where they are held up is said in the stage's whole name
 */
WfChartData *
wf_report_get_funnel (const WfReport *self)
{
  const Column columns[] = {
    { "entered", _ ("Came In"), WF_SERIES_PLAIN, WF_VALUE_COUNT },
    { "left", _ ("Left"), WF_SERIES_PLAIN, WF_VALUE_COUNT },
    { "here", _ ("There Now"), WF_SERIES_PLAIN, WF_VALUE_COUNT },
    { "median", _ ("Median Time There"), WF_SERIES_PLAIN, WF_VALUE_DURATION },
    { "percentile-95", _ ("95th Percentile of Time There"), WF_SERIES_PLAIN, WF_VALUE_DURATION },
  };
  WfChartData *data = wf_chart_data_new (_ ("Leads by Stage"), _ ("Stage"), self->funnel->len,
                                         G_N_ELEMENTS (columns));

  set_columns (data, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < self->funnel->len; i++)
    {
      const WfFunnelRow *row = self->funnel->pdata[i];
      g_autofree char *name = row->bottleneck ? g_strdup_printf (_ ("%s (bottleneck)"), row->name)
                                              : NULL;

      wf_chart_data_set_category (data, i, row->stage, row->name, name);
      data->series[0].values[i] = row->entered;
      data->series[1].values[i] = row->left;
      data->series[2].values[i] = row->here;
      data->series[3].values[i] = get_duration (row->median, row->left > 0);
      data->series[4].values[i] = get_duration (row->percentile_95, row->left > 0);
    }
  return data;
}

static void
set_effect (WfChartData *data, guint i, const WfEffectRow *row)
{
  const double values[] = {
    row->created,
    row->on_time,
    row->late,
    row->open_late,
    row->not_needed,
    row->leads,
    row->advanced,
    row->leads > 0 ? 100.0 * row->advanced / row->leads : NAN,
    get_duration (row->median, row->late > 0),
  };

  wf_chart_data_set_category (data, i, row->workflow, row->name, NULL);
  for (guint j = 0; j < G_N_ELEMENTS (values); j++)
    data->series[j].values[i] = values[j];
}

/**
 * wf_report_get_effects:
 * @self: a report
 *
 * Returns: (transfer full): what each workflow created and what became of it and of its leads
 */
WfChartData *
wf_report_get_effects (const WfReport *self)
{
  const Column columns[] = {
    { "created", wf_measure_get_title (WF_MEASURE_CREATED), WF_SERIES_CREATED, WF_VALUE_COUNT },
    { "on-time", wf_measure_get_title (WF_MEASURE_ON_TIME), WF_SERIES_ON_TIME, WF_VALUE_COUNT },
    { "late", wf_measure_get_title (WF_MEASURE_LATE), WF_SERIES_LATE, WF_VALUE_COUNT },
    { "open-late", wf_measure_get_title (WF_MEASURE_OPEN_LATE), WF_SERIES_OPEN_LATE,
      WF_VALUE_COUNT },
    { "not-needed", wf_measure_get_title (WF_MEASURE_NOT_NEEDED), WF_SERIES_CLOSED,
      WF_VALUE_COUNT },
    { "leads", _ ("Leads"), WF_SERIES_PLAIN, WF_VALUE_COUNT },
    { "advanced", _ ("Leads That Advanced"), WF_SERIES_PLAIN, WF_VALUE_COUNT },
    { "advanced-share", _ ("Share That Advanced"), WF_SERIES_PLAIN, WF_VALUE_PERCENT },
    { "median", _ ("Median Lateness"), WF_SERIES_PLAIN, WF_VALUE_DURATION },
  };
  WfChartData *data = wf_chart_data_new (_ ("What Workflows Achieve"), _ ("Workflow"),
                                         self->effects->len, G_N_ELEMENTS (columns));

  set_columns (data, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < self->effects->len; i++)
    set_effect (data, i, self->effects->pdata[i]);
  return data;
}

static const char *
get_commission_head (const WfCommissionRule *rule)
{
  switch (rule != NULL ? rule->by : WF_COMMISSION_BY_ORIGIN)
    {
    case WF_COMMISSION_BY_ORIGIN:
      return wf_dimension_get_title (WF_DIMENSION_ORIGIN);
    case WF_COMMISSION_BY_PRODUCT:
      return _ ("Product");
    case WF_COMMISSION_BY_PERSON:
      return wf_dimension_get_title (WF_DIMENSION_PERSON);
    }
  g_assert_not_reached ();
}

/**
 * wf_report_get_commissions:
 * @self: a report
 * @rule: (nullable): by which it was computed
 *
 * Returns: (transfer full): the deals that were closed and the commission on them
 */
WfChartData *
wf_report_get_commissions (const WfReport *self, const WfCommissionRule *rule)
{
  const Column columns[] = {
    { "deals", _ ("Deals"), WF_SERIES_PLAIN, WF_VALUE_COUNT },
    { "value", _ ("Value"), WF_SERIES_PLAIN, WF_VALUE_MONEY },
    { "percent", _ ("Share"), WF_SERIES_PLAIN, WF_VALUE_PERCENT },
    { "commission", _ ("Commission"), WF_SERIES_PLAIN, WF_VALUE_MONEY },
  };
  WfChartData *data = wf_chart_data_new (_ ("Commissions on Closed Deals"),
                                         get_commission_head (rule), self->commissions->len,
                                         G_N_ELEMENTS (columns));

  set_columns (data, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < self->commissions->len; i++)
    {
      const WfCommissionRow *row = self->commissions->pdata[i];

      wf_chart_data_set_category (data, i, row->id, row->name, NULL);
      data->series[0].values[i] = row->deals;
      data->series[1].values[i] = row->value;
      data->series[2].values[i] = row->percent;
      data->series[3].values[i] = row->commission;
    }
  return data;
}
