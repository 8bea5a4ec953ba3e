/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards and charts of the page of reports, as the report is. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reports-page-private.h"

#include "wf-runtime-day.h"

#include <glib/gi18n-lib.h>

#define MOST_ROWS 10 /* of the break-down: the rest is in one bar, and in the table */
#define WORKLOAD_DAYS 7
#define FUNNEL_COLUMNS 4 /* the 95th percentile is in the table only */

/* ---- cards ------------------------------------------------------------------------------------- */

typedef struct
{
  WfValueKind kind;
  WfGood good;
  double now, before;
  gboolean known, known_before;
  const guint *trend; /* nullable */
} Figure;

static char *
describe_before (const WfReport *report, const Figure *figure)
{
  g_autofree char *range = wf_time_range_to_text (report->previous);
  g_autofree char *value = figure->known_before ? wf_value_to_text (figure->kind, figure->before)
                                                : g_strdup (_ ("none"));

  /* Translators: a figure and the period before: “12 in 1 – 31 October 2026” */
  return g_strdup_printf (_ ("Before: %s in %s"), value, range);
}

static void
show_figure (WfReportCard *card, const WfReport *report, const Figure *figure)
{
  g_autofree char *value = figure->known ? wf_value_to_text (figure->kind, figure->now)
                                         : g_strdup ("–");
  gboolean both = figure->known && figure->known_before;
  g_autofree char *difference =
      both ? wf_report_difference_to_text (figure->kind, figure->now, figure->before, figure->good)
           : NULL;
  g_autofree char *before = describe_before (report, figure);

  wf_report_card_show (card, value,
                       both ? wf_report_compare (figure->now, figure->before, figure->good)
                            : WF_TREND_SAME,
                       difference, before, figure->trend, report->range->n);
}

static void
show_counts (WfReportsPage *self, const WfReport *report)
{
  static const WfGood goods[] = { WF_GOOD_NEITHER, WF_GOOD_MORE, WF_GOOD_LESS, WF_GOOD_LESS };

  for (guint i = WF_REPORT_CARD_CREATED; i <= WF_REPORT_CARD_OPEN_LATE; i++)
    {
      const Figure figure = {
        .kind = WF_VALUE_COUNT,
        .good = goods[i],
        .now = report->now.counts[i],
        .before = report->before.counts[i],
        .known = TRUE,
        .known_before = TRUE,
        .trend = report->trend[i],
      };
      show_figure (self->cards[i], report, &figure);
    }
}

static void
show_lateness (WfReportsPage *self, const WfReport *report)
{
  Figure figure = {
    .kind = WF_VALUE_DURATION,
    .good = WF_GOOD_LESS,
    .now = (double) report->now.median,
    .before = (double) report->before.median,
    .known = wf_report_figures_know_lateness (&report->now),
    .known_before = wf_report_figures_know_lateness (&report->before),
  };

  show_figure (self->cards[WF_REPORT_CARD_MEDIAN], report, &figure);
  figure.now = (double) report->now.percentile_95;
  figure.before = (double) report->before.percentile_95;
  show_figure (self->cards[WF_REPORT_CARD_PERCENTILE], report, &figure);
}

static void
show_leads (WfReportsPage *self, const WfReport *report)
{
  guint leads = report->contacted + report->not_contacted;
  g_autofree char *contact =
      report->contacted > 0 ? wf_value_to_text (WF_VALUE_DURATION, (double) report->contact_median)
                            : g_strdup ("–");
  /* Translators: how many new leads somebody has spoken to, and how many there are */
  g_autofree char *of = g_strdup_printf (
      ngettext ("%u of %u new lead contacted", "%u of %u new leads contacted", leads),
      report->contacted, leads);
  g_autofree char *most =
      wf_value_to_text (WF_VALUE_DURATION, (double) report->contact_percentile_95);
  g_autofree char *tooltip =
      report->contacted > 0 ? g_strdup_printf (_ ("Median; 95 of 100 within %s"), most) : NULL;
  g_autofree char *without = wf_value_to_text (WF_VALUE_COUNT, report->without_next);

  wf_report_card_show (self->cards[WF_REPORT_CARD_CONTACT], contact, WF_TREND_SAME, of, tooltip,
                       NULL, 0);
  wf_report_card_show (self->cards[WF_REPORT_CARD_WITHOUT_NEXT], without, WF_TREND_SAME,
                       _ ("Now, of open leads"), NULL, NULL, 0);
}

/* ---- charts of the report ---------------------------------------------------------------------- */

/* Takes both over; table: nullable. */
static void
show_chart (WfReportsPage *self, WfReportChart chart, WfChartData *data, WfChartData *table,
            const char *note)
{
  wf_chart_view_set_both (self->views[chart], data, table, note);
  g_clear_pointer (&data, wf_chart_data_unref);
  g_clear_pointer (&table, wf_chart_data_unref);
}

static void
show_breakdown (WfReportsPage *self, const WfReport *report, const WfReportFilter *filter)
{
  show_chart (self, WF_REPORT_CHART_BREAKDOWN, wf_report_get_breakdown (report, filter, MOST_ROWS),
              wf_report_get_breakdown_table (report, filter),
              wf_reports_page_may_show_parts (self)
                  ? _ ("Activate a part to see its activities, a name to narrow the report to it.")
                  : _ ("Activate a bar to narrow the report to it."));
}

void
wf_reports_page_show_heat_map (WfReportsPage *self)
{
  const WfReport *report = wf_report_model_get_report (self->model);
  gboolean due = g_strcmp0 (adw_toggle_group_get_active_name (self->heat_kind), "due") == 0;

  show_chart (self, WF_REPORT_CHART_HEAT, wf_report_get_heat_map (report, due), NULL,
              due ? _ ("When what was created in the period is due.")
                  : _ ("When activities were done."));
}

/* What is drawn is of one kind: the other columns are in the table. */
static void
show_wide (WfReportsPage *self, WfReportChart chart, WfChartData *table, guint first, guint n,
           const char *note)
{
  show_chart (self, chart, wf_chart_data_take_series (table, first, n), table, note);
}

static void
show_funnel (WfReportsPage *self, const WfReport *report)
{
  WfChart *chart = wf_chart_view_get_chart (self->views[WF_REPORT_CHART_FUNNEL]);
  const char *bottleneck = NULL;
  g_autofree char *note = NULL;

  for (guint i = 0; i < report->funnel->len; i++)
    {
      const WfFunnelRow *row = report->funnel->pdata[i];
      if (!row->bottleneck)
        continue;
      bottleneck = row->stage;
      /* Translators: %s is a stage of the pipeline */
      note = g_strdup_printf (_ ("Bottleneck: %s. Leads stay there longest."), row->name);
    }
  wf_funnel_chart_mark (GTK_WIDGET (chart), bottleneck);
  show_wide (self, WF_REPORT_CHART_FUNNEL, wf_report_get_funnel (report), 0, FUNNEL_COLUMNS, note);
}

static guint
find_series (const WfChartData *data, const char *id)
{
  for (guint i = 0; i < data->n_series; i++)
    {
      if (g_strcmp0 (data->series[i].id, id) == 0)
        return i;
    }
  return 0;
}

static void
show_commissions (WfReportsPage *self, const WfReport *report, const WfReportQuery *query)
{
  WfChartData *table = wf_report_get_commissions (report, query->rule);
  g_autofree char *sum = wf_value_to_text (WF_VALUE_MONEY, report->commission);
  /* Translators: %s is an amount of money */
  g_autofree char *note = g_strdup_printf (_ ("Deals closed in the period. In all: %s"), sum);

  show_wide (self, WF_REPORT_CHART_COMMISSIONS, table, find_series (table, "commission"), 1, note);
}

void
wf_reports_page_show_report (WfReportsPage *self)
{
  const WfReport *report = wf_report_model_get_report (self->model);
  const WfReportQuery *query = wf_report_model_get_query (self->model);
  WfChartData *effects = wf_report_get_effects (report);

  show_counts (self, report);
  show_lateness (self, report);
  show_leads (self, report);
  show_chart (self, WF_REPORT_CHART_TREND, wf_report_get_trend (report), NULL, NULL);
  show_breakdown (self, report, query->filter);
  wf_reports_page_show_heat_map (self);
  show_funnel (self, report);
  show_wide (self, WF_REPORT_CHART_CAUSES, wf_report_get_causes (report), 0, 1,
             _ ("Of what was done late. Each has one cause, the first that holds."));
  show_wide (
      self, WF_REPORT_CHART_EFFECTS, effects, find_series (effects, "on-time"), 3,
      _ ("What became of the activities of each workflow; leads that advanced are in the table."));
  show_commissions (self, report, query);
}

/* ---- workload (B6) ----------------------------------------------------------------------------- */

static void
on_workload_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfReportsPage) self = WF_REPORTS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfWorkload) workload =
      wf_runtime_get_workload_finish (WF_RUNTIME (object), result, &error);
  const WfOrganisation *organisation = wf_runtime_get_organisation (WF_RUNTIME (object));

  self->reading_workload = FALSE;
  if (self->model == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (workload == NULL)
    g_warning ("The workload cannot be read: %s", error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->places[WF_REPORT_CHART_WORKLOAD]), workload != NULL);
  if (workload == NULL)
    return;
  show_chart (self, WF_REPORT_CHART_WORKLOAD,
              wf_report_get_workload (workload, organisation, FALSE),
              wf_report_get_workload (workload, organisation, TRUE),
              _ ("Open activities, those that workflows will create, and those to be expected, "
                 "against the capacity. Not narrowed by the filter."));
}

static void
get_days (WfReportsPage *self, WfInstant *bounds)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc_usec (wf_minute_clock_get_now (self->minutes));
  g_autoptr (GDateTime) local = g_date_time_to_timezone (now, zone);
  g_autoptr (GDateTime) day = g_date_time_new (zone, g_date_time_get_year (local),
                                               g_date_time_get_month (local),
                                               g_date_time_get_day_of_month (local), 0, 0, 0);

  for (int i = 0; i <= WORKLOAD_DAYS; i++)
    {
      g_autoptr (GDateTime) begin = g_date_time_add_days (day, i);
      bounds[i] = g_date_time_to_unix_usec (begin);
    }
}

void
wf_reports_page_read_workload (WfReportsPage *self)
{
  WfInstant bounds[WORKLOAD_DAYS + 1];

  if (self->reading_workload || !wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE))
    return;
  self->reading_workload = TRUE;
  get_days (self, bounds);
  wf_runtime_get_workload_async (self->runtime, NULL, bounds, WORKLOAD_DAYS, self->cancellable,
                                 on_workload_read, g_object_ref (self));
}

/* ---- making them ------------------------------------------------------------------------------- */

static GtkWidget *
make_chart (WfReportChart chart)
{
  switch (chart)
    {
    case WF_REPORT_CHART_TREND:
      return wf_line_chart_new ();
    case WF_REPORT_CHART_HEAT:
      return wf_heat_map_new ();
    case WF_REPORT_CHART_FUNNEL:
      return wf_funnel_chart_new ();
    case WF_REPORT_CHART_BREAKDOWN:
    case WF_REPORT_CHART_CAUSES:
    case WF_REPORT_CHART_EFFECTS:
    case WF_REPORT_CHART_COMMISSIONS:
    case WF_REPORT_CHART_WORKLOAD:
    default:
      return wf_bar_chart_new (GTK_ORIENTATION_HORIZONTAL);
    }
}

static void
on_mark_activated (WfChartView *view, const WfChartData *data, guint series, guint category,
                   WfReportsPage *self)
{
  for (guint i = 0; i < WF_N_REPORT_CHARTS; i++)
    {
      if (self->views[i] == view)
        wf_reports_page_activate_mark (self, (WfReportChart) i, data, series, category);
    }
}

/* R62: what a role may not see is not offered. */
static gboolean
leads_on (WfReportsPage *self, WfReportChart chart)
{
  switch (chart)
    {
    case WF_REPORT_CHART_COMMISSIONS:
    case WF_REPORT_CHART_WORKLOAD:
      return FALSE;
    case WF_REPORT_CHART_BREAKDOWN:
    case WF_REPORT_CHART_FUNNEL:
      return TRUE; /* narrows the report */
    case WF_REPORT_CHART_TREND:
    case WF_REPORT_CHART_HEAT:
    case WF_REPORT_CHART_CAUSES:
    case WF_REPORT_CHART_EFFECTS:
    default:
      return wf_reports_page_may_show_parts (self);
    }
}

void
wf_reports_page_add_charts (WfReportsPage *self)
{
  for (guint i = 0; i < WF_N_REPORT_CHARTS; i++)
    {
      GtkWidget *view = wf_chart_view_new (WF_CHART (make_chart ((WfReportChart) i)));
      gtk_widget_set_vexpand (view, TRUE);
      self->views[i] = WF_CHART_VIEW (view);
      wf_chart_view_set_activatable (self->views[i], leads_on (self, (WfReportChart) i));
      g_signal_connect_object (view, "activated", G_CALLBACK (on_mark_activated), self, 0);
      gtk_box_prepend (self->places[i], view);
    }
  for (guint i = 0; i < WF_N_REPORT_CARDS; i++)
    {
      if (!wf_reports_page_may_show_parts (self))
        wf_report_card_lead_nowhere (self->cards[i]);
      wf_report_card_show_nothing (self->cards[i]);
    }
}
