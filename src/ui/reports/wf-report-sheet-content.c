/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a report's paper: its words and numbers, copied from the report, which may be replaced while it is printed. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-sheet-private.h"

#include "wf-report-text.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_BARS 16u
#define MOST_NAMES 8u /* of one kind in the filter */

static void
clear_card (gpointer data)
{
  WfSheetCard *card = data;

  g_free (card->label);
  g_free (card->value);
  g_free (card->difference);
}

static void
part_free (gpointer data)
{
  WfSheetPart *part = data;

  g_clear_pointer (&part->chart, wf_chart_data_unref);
  g_clear_pointer (&part->table, wf_chart_data_unref);
  g_free (part->note);
  g_free (part->bottleneck);
  g_free (part);
}

/* ---- cards ---- */

/* What it was before, and by how much of that it is another now. */
static char *
describe_difference (WfValueKind kind, double now, double before)
{
  g_autofree char *text = wf_value_to_text (kind, before);
  double percent = before > 0 ? round ((now - before) / before * 100) : 0;

  if (before <= 0)
    /* Translators: a number of the time before */
    return g_strdup_printf (_ ("Before: %s"), text);
  if (percent == 0)
    return g_strdup_printf (_ ("Before: %s (the same)"), text);
  /* Translators: a number of the time before, and the difference in per cent with its sign */
  return g_strdup_printf (_ ("Before: %1$s (%2$s%3$.0f %%)"), text, percent > 0 ? "+" : "−",
                          fabs (percent));
}

static void
add_card (WfSheetContent *self, const char *label, WfValueKind kind, double now)
{
  WfSheetCard card = { g_strdup (label),
                       isnan (now) ? g_strdup ("–") : wf_value_to_text (kind, now), NULL };

  g_array_append_val (self->cards, card);
}

static void
compare_card (WfSheetContent *self, WfValueKind kind, double now, double before)
{
  if (isnan (now) || isnan (before))
    return;
  g_array_index (self->cards, WfSheetCard, self->cards->len - 1).difference =
      describe_difference (kind, now, before);
}

static void
add_compared (WfSheetContent *self, const char *label, WfValueKind kind, double now, double before)
{
  add_card (self, label, kind, now);
  compare_card (self, kind, now, before);
}

/* Of what was done; NAN: nothing was. */
static double
get_rate (const WfReportFigures *figures)
{
  guint done = figures->counts[WF_MEASURE_ON_TIME] + figures->counts[WF_MEASURE_LATE];

  return done > 0 ? 100.0 * figures->counts[WF_MEASURE_ON_TIME] / done : NAN;
}

static double
get_lateness (const WfReportFigures *figures, gint64 lateness)
{
  return wf_report_figures_know_lateness (figures) ? (double) lateness : NAN;
}

static void
add_cards (WfSheetContent *self, const WfReport *report)
{
  static const WfMeasure measures[] = { WF_MEASURE_CREATED, WF_MEASURE_ON_TIME, WF_MEASURE_LATE,
                                        WF_MEASURE_OPEN_LATE };
  const WfReportFigures *now = &report->now, *before = &report->before;

  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    add_compared (self, wf_measure_get_title (measures[i]), WF_VALUE_COUNT,
                  now->counts[measures[i]], before->counts[measures[i]]);
  add_compared (self, _ ("On Time, of All Done"), WF_VALUE_PERCENT, get_rate (now),
                get_rate (before));
  add_compared (self, _ ("Median Lateness"), WF_VALUE_DURATION, get_lateness (now, now->median),
                get_lateness (before, before->median));
  add_compared (self, _ ("95 % Are Less Late Than"), WF_VALUE_DURATION,
                get_lateness (now, now->percentile_95),
                get_lateness (before, before->percentile_95));
  add_card (self, _ ("First Contact After"), WF_VALUE_DURATION,
            report->contacted > 0 ? (double) report->contact_median : NAN);
  add_card (self, _ ("Leads Without a Next Activity"), WF_VALUE_COUNT, report->without_next);
  if (report->commission > 0)
    add_card (self, _ ("Commissions"), WF_VALUE_MONEY, report->commission);
}

/* ---- charts ---- */

static WfSheetPart *
add_part (WfSheetContent *self, WfSheetChart kind, WfChartData *chart, const char *note)
{
  WfSheetPart *part = g_new0 (WfSheetPart, 1);

  part->kind = kind;
  part->chart = chart;
  part->table = wf_chart_data_ref (chart);
  part->note = g_strdup (note);
  g_ptr_array_add (self->parts, part);
  return part;
}

static const char *
find_bottleneck (const WfReport *report)
{
  for (guint i = 0; i < report->funnel->len; i++)
    {
      const WfFunnelRow *row = report->funnel->pdata[i];
      if (row->bottleneck)
        return row->stage;
    }
  return NULL;
}

/* Long texts beside bars would leave none of them: only what is counted is drawn. */
static WfChartData *
pick_counts (const WfChartData *table, guint most)
{
  guint n = 0, s = 0, rows = MIN (table->n_categories, most);
  WfChartData *picked;

  for (guint i = 0; i < table->n_series; i++)
    n += table->series[i].kind == WF_VALUE_COUNT;
  picked = wf_chart_data_new (table->title, table->head, rows, n);
  for (guint c = 0; c < rows; c++)
    wf_chart_data_set_category (picked, c, table->categories[c].id, table->categories[c].label,
                                table->categories[c].name);
  for (guint i = 0; i < table->n_series; i++)
    if (table->series[i].kind == WF_VALUE_COUNT)
      wf_chart_data_copy_series (picked, s++, &table->series[i]);
  return picked;
}

/* One series as bars, the others in the table only. */
static WfChartData *
pick_series (const WfChartData *table, guint series, guint most)
{
  guint rows = MIN (table->n_categories, most);
  const WfSeries *from = &table->series[series];
  WfChartData *picked = wf_chart_data_new (table->title, table->head, rows, 1);

  for (guint c = 0; c < rows; c++)
    wf_chart_data_set_category (picked, c, table->categories[c].id, table->categories[c].label,
                                table->categories[c].name);
  wf_chart_data_copy_series (picked, 0, from);
  return picked;
}

/* All others together would be so long that nothing could be told of the bars: they are in the table. */
static WfChartData *
drop_others (WfChartData *data)
{
  guint n = data->n_categories;
  WfChartData *picked;

  if (n == 0 || data->categories[n - 1].id != NULL)
    return data;
  picked = wf_chart_data_new (data->title, data->head, n - 1, data->n_series);
  for (guint c = 0; c < n - 1; c++)
    wf_chart_data_set_category (picked, c, data->categories[c].id, data->categories[c].label,
                                data->categories[c].name);
  for (guint s = 0; s < data->n_series; s++)
    wf_chart_data_copy_series (picked, s, &data->series[s]);
  wf_chart_data_unref (data);
  return picked;
}

/* The last series of what is paid, or the first that is counted. */
static guint
find_series (const WfChartData *table, WfValueKind kind)
{
  for (guint i = table->n_series; i > 0; i--)
    if (table->series[i - 1].kind == kind)
      return i - 1;
  return 0;
}

static void
add_with_table (WfSheetContent *self, WfChartData *chart, WfChartData *table, const char *note)
{
  WfSheetPart *part = add_part (self, WF_SHEET_BARS, chart, note);

  g_clear_pointer (&part->table, wf_chart_data_unref);
  part->table = table;
}

/* What was created is not stacked upon what was done of it. */
static WfChartData *
pick_outcomes (const WfChartData *effects)
{
  g_autoptr (WfChartData) counts = pick_counts (effects, MOST_BARS);
  static const WfSeriesRole roles[] = { WF_SERIES_ON_TIME, WF_SERIES_LATE, WF_SERIES_OPEN_LATE };
  WfChartData *picked;
  guint n = 0, s = 0;

  for (guint i = 0; i < counts->n_series; i++)
    for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
      n += counts->series[i].role == roles[r];
  if (n == 0)
    return pick_series (effects, 0, MOST_BARS);
  picked = wf_chart_data_new (counts->title, counts->head, counts->n_categories, n);
  for (guint c = 0; c < counts->n_categories; c++)
    wf_chart_data_set_category (picked, c, counts->categories[c].id, counts->categories[c].label,
                                counts->categories[c].name);
  for (guint i = 0; i < counts->n_series; i++)
    for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
      if (counts->series[i].role == roles[r])
        wf_chart_data_copy_series (picked, s++, &counts->series[i]);
  return picked;
}

static void
add_parts (WfSheetContent *self, const WfReport *report, const WfReportQuery *query)
{
  WfChartData *effects = wf_report_get_effects (report), *causes = wf_report_get_causes (report);
  WfSheetPart *funnel;

  add_part (self, WF_SHEET_LINES, wf_report_get_trend (report), NULL);
  add_with_table (self, drop_others (wf_report_get_breakdown (report, query->filter, MOST_BARS)),
                  wf_report_get_breakdown_table (report, query->filter),
                  report->rows->len > MOST_BARS ? _ ("Those with the most; the table has all.")
                                                : NULL);
  add_part (self, WF_SHEET_HEAT, wf_report_get_heat_map (report, FALSE),
            _ ("Activities that were done, by the hour at which they were done."));
  add_with_table (self, pick_series (causes, 0, MOST_BARS), causes,
                  _ ("Why activities were done late: the first cause that applies."));
  funnel = add_part (self, WF_SHEET_FUNNEL, wf_report_get_funnel (report), NULL);
  funnel->bottleneck = g_strdup (find_bottleneck (report));
  add_with_table (self, pick_outcomes (effects), effects,
                  _ ("What workflows created, and what became of it."));
  if (report->commissions->len > 0 && query->rule != NULL)
    {
      WfChartData *paid = wf_report_get_commissions (report, query->rule);

      add_with_table (self, pick_series (paid, find_series (paid, WF_VALUE_MONEY), MOST_BARS), paid,
                      _ ("Deals that were closed in this time."));
    }
}

/* ---- words ---- */

/* Of workflows that created anything; keys and values are the report's. */
static GHashTable *
list_workflow_names (const WfReport *report)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < report->effects->len; i++)
    {
      const WfEffectRow *row = report->effects->pdata[i];
      g_hash_table_insert (names, row->workflow, row->name);
    }
  return names;
}

/* "Ana, Bruno and 12 more". */
static char *
list_names (const WfOrganisation *organisation, WfDimension dimension, GStrv ids,
            GHashTable *workflow_names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_strv_length (ids), shown = n > MOST_NAMES ? MOST_NAMES - 1 : n;

  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *name =
          wf_report_name_entry (organisation, dimension, ids[i], workflow_names);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  if (shown < n)
    g_string_append_printf (text, g_dngettext (NULL, " and %u more", " and %u more", n - shown),
                            n - shown);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
wf_sheet_content_describe_filter (const WfReport *report, const WfReportQuery *query)
{
  g_autoptr (GHashTable) workflow_names = list_workflow_names (report);
  g_autoptr (GString) text = g_string_new (NULL);

  for (WfDimension i = 0; i < WF_N_DIMENSIONS; i++)
    if (query->filter->only[i] != NULL)
      {
        g_autofree char *names =
            list_names (query->organisation, i, query->filter->only[i], workflow_names);
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "  ·  " : "",
                                wf_dimension_get_title (i), names);
      }
  if (query->origin != NULL && query->filter->only[WF_DIMENSION_ORIGIN] == NULL)
    {
      g_autofree char *origin =
          wf_report_name_entry (query->organisation, WF_DIMENSION_ORIGIN, query->origin, NULL);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "  ·  " : "",
                              wf_dimension_get_title (WF_DIMENSION_ORIGIN), origin);
    }
  if (text->len == 0)
    g_string_append (text, _ ("All activities and leads"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "Last 30 Days: 20 October – 18 November 2026". */
static char *
describe_period (const WfReport *report, const WfReportFilter *filter)
{
  g_autofree char *range = wf_time_range_to_text (report->range);

  if (filter->period.kind == WF_PERIOD_FIXED)
    return g_steal_pointer (&range);
  /* Translators: a kind of time, such as "Last 7 Days", and its days */
  return g_strdup_printf (_ ("%1$s: %2$s"), wf_period_kind_get_title (filter->period.kind), range);
}

WfSheetContent *
wf_sheet_content_new (const WfReport *report, const WfReportQuery *query, const char *title)
{
  WfSheetContent *self = g_new0 (WfSheetContent, 1);
  g_autofree char *before = wf_time_range_to_text (report->previous);

  g_atomic_ref_count_init (&self->ref_count);
  self->title = g_strdup (title != NULL && title[0] != '\0' ? title : _ ("Report"));
  self->period = describe_period (report, query->filter);
  self->before = g_strdup_printf (_ ("Compared with %s"), before);
  self->people = wf_sheet_content_describe_filter (report, query);
  self->company = g_strdup (wf_organisation_get_name (query->organisation));
  self->date = wf_time_text_full (query->now, query->zone);
  self->cards = g_array_new (FALSE, FALSE, sizeof (WfSheetCard));
  g_array_set_clear_func (self->cards, clear_card);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  add_cards (self, report);
  add_parts (self, report, query);
  return self;
}

WfSheetContent *
wf_sheet_content_ref (WfSheetContent *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
wf_sheet_content_unref (WfSheetContent *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->title);
  g_free (self->period);
  g_free (self->before);
  g_free (self->people);
  g_free (self->company);
  g_free (self->date);
  g_array_unref (self->cards);
  g_ptr_array_unref (self->parts);
  g_free (self);
}
