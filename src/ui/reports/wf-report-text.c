/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of reports says in words, and charts that are not of the report itself. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-text.h"

#include <glib/gi18n-lib.h>

#include <math.h>
#include <string.h>

#define LEAST_DIFFERENCE 0.5 /* of a count; of the other kinds their texts decide */

/* ---- against the period before ----------------------------------------------------------------- */

WfTrend
wf_report_compare (double now, double before, WfGood good)
{
  if (fabs (now - before) < LEAST_DIFFERENCE)
    return WF_TREND_SAME;
  if (good == WF_GOOD_NEITHER)
    return WF_TREND_OTHER;
  return (now > before) == (good == WF_GOOD_MORE) ? WF_TREND_BETTER : WF_TREND_WORSE;
}

char *
wf_report_difference_to_text (WfValueKind kind, double now, double before, WfGood good)
{
  g_autofree char *size = wf_value_to_text (kind, fabs (now - before));
  g_autofree char *signed_size = g_strconcat (now > before ? "+" : "−", size, NULL);

  switch (wf_report_compare (now, before, good))
    {
    case WF_TREND_BETTER:
      /* Translators: %s is a difference with its sign: “+12, better” */
      return g_strdup_printf (_ ("%s, better"), signed_size);
    case WF_TREND_WORSE:
      return g_strdup_printf (_ ("%s, worse"), signed_size);
    case WF_TREND_OTHER:
      return g_steal_pointer (&signed_size);
    case WF_TREND_SAME:
    default:
      return g_strdup (_ ("As before"));
    }
}

/* ---- what a number is about -------------------------------------------------------------------- */

static char *
dup_weekday (int weekday)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2024, 1, 1 + weekday, 12, 0, 0); /* a Monday */

  return g_date_time_format (day, "%A");
}

char *
wf_report_part_to_text (const WfReportPart *part, const WfReport *report,
                        const WfReportFilter *filter, WfReportChoices *choices)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup (part->all_done ? C_ ("activities", "Done")
                                                   : wf_measure_get_title (part->measure)));
  if (part->workflow != NULL)
    g_ptr_array_add (words,
                     wf_report_choices_dup_name (choices, WF_DIMENSION_WORKFLOW, part->workflow));
  if (part->row != NULL)
    g_ptr_array_add (words, wf_report_choices_dup_name (choices, filter->by, part->row));
  if (part->cause >= 0)
    g_ptr_array_add (words, g_strdup (wf_cause_get_title ((WfCause) part->cause)));
  if (part->point >= 0)
    g_ptr_array_add (words, wf_time_range_get_label (report->range, (guint) part->point));
  if (part->weekday >= 0)
    g_ptr_array_add (words, dup_weekday (part->weekday));
  if (part->hour >= 0)
    g_ptr_array_add (words, g_strdup_printf ("%02d:00", part->hour));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (char **) words->pdata);
}

/* ---- charts ------------------------------------------------------------------------------------ */

void
wf_chart_data_copy_series (WfChartData *copy, guint to, const WfSeries *series)
{
  wf_chart_data_set_series (copy, to, series->id, series->name, series->role, series->kind);
  if (copy->n_categories > 0) /* else there is no room for any */
    memcpy (copy->series[to].values, series->values, copy->n_categories * sizeof (double));
}

WfChartData *
wf_chart_data_take_series (const WfChartData *data, guint first, guint n)
{
  g_return_val_if_fail (first + n <= data->n_series, NULL);
  WfChartData *copy = wf_chart_data_new (data->title, data->head, data->n_categories, n);

  for (guint i = 0; i < data->n_categories; i++)
    wf_chart_data_set_category (copy, i, data->categories[i].id, data->categories[i].label,
                                data->categories[i].name);
  for (guint i = 0; i < n; i++)
    wf_chart_data_copy_series (copy, i, &data->series[first + i]);
  return copy;
}

/* What is not used of the capacity ends the bar, so that bars with an equal capacity and nothing over it are equally long. */
static void
set_load (WfChartData *data, guint person, const WfDayLoad *days, guint n_days, gboolean as_table)
{
  double parts[3] = { 0 }, capacity = 0, total = 0;

  for (guint i = 0; i < n_days; i++)
    {
      parts[0] += days[i].certain;
      parts[1] += days[i].committed;
      parts[2] += days[i].expected;
      capacity += days[i].capacity;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      data->series[i].values[person] = round (parts[i]);
      total += round (parts[i]);
    }
  data->series[3].values[person] = as_table ? capacity : MAX (0, capacity - total);
  if (as_table)
    data->series[4].values[person] = capacity > 0 ? 100 * total / capacity : NAN;
}

/* Who has nothing to do on these days is in the table only. */
static gboolean
is_busy (const WfWorkload *workload, guint person)
{
  for (guint i = 0; i < workload->n_days; i++)
    {
      const WfDayLoad *day = &workload->loads[person * workload->n_days + i];
      if (day->certain + day->committed + day->expected > 0)
        return TRUE;
    }
  return FALSE;
}

static guint
count_busy (const WfWorkload *workload)
{
  guint n = 0;

  for (guint i = 0; i < workload->n_people; i++)
    n += is_busy (workload, i) ? 1 : 0;
  return n;
}

/**
 * wf_report_get_workload:
 * @workload: of some days
 * @organisation: whose people they are
 * @as_table: with the capacity and how much of it is used, in place of what is free of it
 *
 * Returns: (transfer full): by person
 */
WfChartData *
wf_report_get_workload (const WfWorkload *workload, const WfOrganisation *organisation,
                        gboolean as_table)
{
  WfChartData *data = wf_chart_data_new (_ ("Workload of the Next Seven Days"), _ ("Person"),
                                         as_table ? workload->n_people : count_busy (workload),
                                         as_table ? 5 : 4);
  guint person = 0;

  wf_chart_data_set_series (data, 0, "certain", _ ("Certain"), WF_SERIES_PLAIN, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 1, "committed", _ ("Committed"), WF_SERIES_PLAIN, WF_VALUE_COUNT);
  wf_chart_data_set_series (data, 2, "expected", _ ("Expected"), WF_SERIES_PLAIN, WF_VALUE_COUNT);
  if (as_table)
    {
      wf_chart_data_set_series (data, 3, "capacity", _ ("Capacity"), WF_SERIES_PLAIN,
                                WF_VALUE_COUNT);
      wf_chart_data_set_series (data, 4, "used", _ ("Used"), WF_SERIES_PLAIN, WF_VALUE_PERCENT);
    }
  else
    wf_chart_data_set_series (data, 3, "free", _ ("Free Capacity"), WF_SERIES_BEFORE,
                              WF_VALUE_COUNT);
  for (guint i = 0; i < workload->n_people; i++)
    {
      const char *id = workload->people[i];
      if (!as_table && !is_busy (workload, i))
        continue;
      wf_chart_data_set_category (data, person, id,
                                  wf_organisation_get_person_name (organisation, id), NULL);
      set_load (data, person++, &workload->loads[i * workload->n_days], workload->n_days, as_table);
    }
  return data;
}
