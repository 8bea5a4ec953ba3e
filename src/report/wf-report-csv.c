/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole report as one file for a spreadsheet. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-csv.h"
#include "wf-report.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
add_title (GString *csv, const char *title)
{
  if (csv->len > 0)
    g_string_append (csv, "\r\n");
  wf_csv_append_field (csv, title, TRUE);
}

static void
add_table (GString *csv, WfChartData *data)
{
  g_autofree char *table = wf_chart_data_to_csv (data);

  add_title (csv, data->title);
  g_string_append (csv, table);
  wf_chart_data_unref (data);
}

/* before: NAN where there is nothing to compare with. */
static void
add_line (GString *csv, const char *name, WfValueKind kind, double now, double before)
{
  g_autofree char *value = wf_value_to_csv (kind, now), *other = wf_value_to_csv (kind, before);

  wf_csv_append_field (csv, name, FALSE);
  wf_csv_append_field (csv, value, FALSE);
  wf_csv_append_field (csv, other, TRUE);
}

static double
get_lateness (const WfReportFigures *figures, gint64 lateness)
{
  return wf_report_figures_know_lateness (figures) ? (double) lateness : NAN;
}

static void
add_figures (GString *csv, const WfReport *self)
{
  g_autofree char *range = wf_time_range_to_text (self->range);
  g_autofree char *previous = wf_time_range_to_text (self->previous);

  add_title (csv, _ ("Figures"));
  wf_csv_append_field (csv, _ ("Period"), FALSE);
  wf_csv_append_field (csv, range, FALSE);
  wf_csv_append_field (csv, previous, TRUE);
  for (guint i = 0; i < WF_N_MEASURES; i++)
    add_line (csv, wf_measure_get_title ((WfMeasure) i), WF_VALUE_COUNT, self->now.counts[i],
              self->before.counts[i]);
  add_line (csv, _ ("Median Lateness (hours)"), WF_VALUE_DURATION,
            get_lateness (&self->now, self->now.median),
            get_lateness (&self->before, self->before.median));
  add_line (csv, _ ("95th Percentile of Lateness (hours)"), WF_VALUE_DURATION,
            get_lateness (&self->now, self->now.percentile_95),
            get_lateness (&self->before, self->before.percentile_95));
  add_line (csv, _ ("New Leads That Were Contacted"), WF_VALUE_COUNT, self->contacted, NAN);
  add_line (csv, _ ("New Leads Not Contacted Yet"), WF_VALUE_COUNT, self->not_contacted, NAN);
  add_line (csv, _ ("Median Time to First Contact (hours)"), WF_VALUE_DURATION,
            self->contacted > 0 ? (double) self->contact_median : NAN, NAN);
  add_line (csv, _ ("95th Percentile of Time to First Contact (hours)"), WF_VALUE_DURATION,
            self->contacted > 0 ? (double) self->contact_percentile_95 : NAN, NAN);
  add_line (csv, _ ("Leads without a Next Activity"), WF_VALUE_COUNT, self->without_next, NAN);
  add_line (csv, _ ("Commission in All"), WF_VALUE_MONEY, self->commission, NAN);
}

/**
 * wf_report_to_csv:
 * @self: a report
 * @filter: what it was about
 * @rule: (nullable): of its commissions
 *
 * Returns: (transfer full): its figures and its tables, each under its title, with an empty line between
 *   two of them
 */
char *
wf_report_to_csv (const WfReport *self, const WfReportFilter *filter, const WfCommissionRule *rule)
{
  GString *csv = g_string_new (NULL);

  add_figures (csv, self);
  add_table (csv, wf_report_get_trend (self));
  add_table (csv, wf_report_get_breakdown_table (self, filter));
  add_table (csv, wf_report_get_heat_map (self, FALSE));
  add_table (csv, wf_report_get_heat_map (self, TRUE));
  add_table (csv, wf_report_get_causes (self));
  add_table (csv, wf_report_get_funnel (self));
  add_table (csv, wf_report_get_effects (self));
  add_table (csv, wf_report_get_commissions (self, rule));
  return g_string_free (csv, FALSE);
}
