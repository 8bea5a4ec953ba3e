/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the page of reports: what is behind a number, other filters, files. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-reports-page-private.h"

#include "wf-commission-dialog.h"
#include "wf-period-dialog.h"
#include "wf-report-part-page.h"
#include "wf-save-file.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

/* ---- what is behind a number ------------------------------------------------------------------- */

gboolean
wf_reports_page_may_show_parts (WfReportsPage *self)
{
  return wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE);
}

void
wf_reports_page_show_part (WfReportsPage *self, const WfReportPart *part)
{
  const WfReport *report = wf_report_model_get_report (self->model);
  const WfReportQuery *query = wf_report_model_get_query (self->model);
  g_autofree char *title = NULL;

  if (report == NULL || query == NULL || !wf_reports_page_may_show_parts (self))
    return;
  title = wf_report_part_to_text (part, report, query->filter, self->choices);
  adw_navigation_view_push (self->navigation,
                            wf_report_part_page_new (self->model, self->minutes, part, title));
}

/* FALSE: it is not the number of any activities. */
static gboolean
find_measure (const WfChartData *data, guint series, WfMeasure otherwise, WfMeasure *measure)
{
  const char *id = series < data->n_series ? data->series[series].id : NULL;

  *measure = otherwise;
  if (id == NULL)
    return TRUE;
  for (guint i = 0; i < WF_N_MEASURES; i++)
    {
      if (!g_str_equal (wf_measure_names[i], id))
        continue;
      *measure = (WfMeasure) i;
      return TRUE;
    }
  if (g_str_equal (id, "median") || g_str_equal (id, "percentile-95") || g_str_equal (id, "total"))
    *measure = WF_MEASURE_LATE;
  else
    return FALSE;
  return TRUE;
}

/* Only it, in this dimension. */
static void
narrow_to (WfReportsPage *self, WfDimension dimension, const char *id)
{
  g_autoptr (WfReportFilter) filter =
      wf_report_filter_copy (wf_report_model_get_filter (self->model));
  const char *const only[] = { id, NULL };

  g_strfreev (filter->only[dimension]);
  filter->only[dimension] = g_strdupv ((char **) only);
  wf_reports_page_set_filter (self, filter, TRUE);
}

static void
activate_breakdown (WfReportsPage *self, const WfChartData *data, guint series, guint category)
{
  const WfReportQuery *query = wf_report_model_get_query (self->model);
  const char *id = data->categories[category].id;
  WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_CREATED);

  if (id == NULL) /* the others: the table has them all */
    wf_chart_view_set_show_table (self->views[WF_REPORT_CHART_BREAKDOWN], TRUE);
  else if (series >= data->n_series || !wf_reports_page_may_show_parts (self))
    narrow_to (self, query->filter->by, id);
  else if (find_measure (data, series, WF_MEASURE_CREATED, &part.measure))
    {
      part.row = id;
      wf_reports_page_show_part (self, &part);
    }
}

static void
activate_hour (WfReportsPage *self, const WfChartData *data, guint series, guint category)
{
  gboolean due = g_strcmp0 (adw_toggle_group_get_active_name (self->heat_kind), "due") == 0;
  WfReportPart part = WF_REPORT_PART_ALL (due ? WF_MEASURE_CREATED : WF_MEASURE_ON_TIME);

  part.all_done = !due;
  part.hour = (int) category;
  if (series < data->n_series)
    part.weekday = (int) g_ascii_strtoull (data->series[series].id, NULL, 10);
  wf_reports_page_show_part (self, &part);
}

static void
activate_part (WfReportsPage *self, WfReportChart chart, const WfChartData *data, guint series,
               guint category)
{
  WfReportPart part = WF_REPORT_PART_ALL (WF_MEASURE_CREATED);
  WfMeasure otherwise = chart == WF_REPORT_CHART_CAUSES ? WF_MEASURE_LATE : WF_MEASURE_CREATED;

  if (!find_measure (data, series, otherwise, &part.measure))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (chart == WF_REPORT_CHART_TREND)
    part.point = (int) category;
  else if (chart == WF_REPORT_CHART_CAUSES)
    part.cause = (int) category;
  else
    part.workflow = data->categories[category].id;
  wf_reports_page_show_part (self, &part);
}

void
wf_reports_page_activate_mark (WfReportsPage *self, WfReportChart chart, const WfChartData *data,
                               guint series, guint category)
{
  if (wf_report_model_get_query (self->model) == NULL || category >= data->n_categories)
    return;
  switch (chart)
    {
    case WF_REPORT_CHART_BREAKDOWN:
      activate_breakdown (self, data, series, category);
      break;
    case WF_REPORT_CHART_HEAT:
      activate_hour (self, data, series, category);
      break;
    case WF_REPORT_CHART_FUNNEL:
      if (data->categories[category].id != NULL)
        narrow_to (self, WF_DIMENSION_STAGE, data->categories[category].id);
      break;
    case WF_REPORT_CHART_TREND:
    case WF_REPORT_CHART_CAUSES:
    case WF_REPORT_CHART_EFFECTS:
      activate_part (self, chart, data, series, category);
      break;
    case WF_REPORT_CHART_COMMISSIONS:
    case WF_REPORT_CHART_WORKLOAD:
      break;
    }
}

static void
show_measure_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *wanted = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < WF_N_MEASURES; i++)
    {
      const WfReportPart part = WF_REPORT_PART_ALL ((WfMeasure) i);
      if (g_str_equal (wf_measure_names[i], wanted))
        wf_reports_page_show_part (WF_REPORTS_PAGE (widget), &part);
    }
}

/* ---- filters ----------------------------------------------------------------------------------- */

static void
on_days_chosen (WfReportsPage *self, const char *text)
{
  g_object_set (self, "period", text, NULL);
}

static void
choose_days_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfReportsPage *self = WF_REPORTS_PAGE (widget);
  const WfReport *report = wf_report_model_get_report (self->model);
  AdwDialog *dialog;

  if (report == NULL)
    return;
  dialog = wf_period_dialog_new (&report->range->first, &report->range->last);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_days_chosen), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
choose_period_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (WF_REPORTS_PAGE (widget)->period_button);
}

static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (WF_REPORTS_PAGE (widget)->filter_button);
}

static void
clear_filters_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfReportsPage *self = WF_REPORTS_PAGE (widget);
  g_autoptr (WfReportFilter) filter =
      wf_report_filter_copy (wf_report_model_get_filter (self->model));

  for (guint i = 0; i < WF_N_DIMENSIONS; i++)
    g_clear_pointer (&filter->only[i], g_strfreev);
  wf_reports_page_set_filter (self, filter, TRUE);
}

/* From a list behind a number to the report, and from what a click narrowed to what was before. */
static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfReportsPage *self = WF_REPORTS_PAGE (widget);

  if (!adw_navigation_view_pop (self->navigation) && !wf_reports_page_go_back (self))
    gtk_widget_error_bell (widget);
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_report_model_reload (WF_REPORTS_PAGE (widget)->model);
}

/* ---- commissions ------------------------------------------------------------------------------- */

static void
on_rule_saved (WfReportsPage *self, const WfCommissionRule *rule)
{
  wf_report_model_set_rule (self->model, rule);
}

static void
edit_rule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfReportsPage *self = WF_REPORTS_PAGE (widget);
  AdwDialog *dialog =
      wf_commission_dialog_new (self->runtime, wf_report_model_get_rule (self->model));

  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_rule_saved), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* ---- export ------------------------------------------------------------------------------------ */

static GBytes *
make_csv (gpointer data)
{
  WfReportsPage *self = data;
  const WfReport *report = self->model != NULL ? wf_report_model_get_report (self->model) : NULL;
  const WfReportQuery *query = report != NULL ? wf_report_model_get_query (self->model) : NULL;
  char *csv;

  if (query == NULL)
    return NULL;
  csv = wf_report_to_csv (report, query->filter, query->rule);
  return g_bytes_new_take (csv, strlen (csv));
}

static void
say (gpointer data, const char *text)
{
  wf_toast_show (GTK_WIDGET (data), text);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* Translators: name of a file */
  wf_save_file (widget, _ ("Save the Report"), _ ("report.csv"), _ ("The report was saved"),
                make_csv, say, g_object_ref (widget), g_object_unref);
}

/* ---- all of them ------------------------------------------------------------------------------- */

void
wf_reports_page_update_actions (WfReportsPage *self)
{
  gboolean any = wf_report_model_get_report (self->model) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reports.export", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reports.print", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reports.pdf", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reports.show-measure",
                                 any && wf_reports_page_may_show_parts (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reports.choose-days", any);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "reports.clear-filters",
      wf_report_filter_is_narrow (wf_report_model_get_filter (self->model)));
}

void
wf_reports_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name, *type;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "reports.show-measure", "s", show_measure_action },
    { "reports.choose-period", NULL, choose_period_action },
    { "reports.choose-days", NULL, choose_days_action },
    { "reports.filter", NULL, filter_action },
    { "reports.clear-filters", NULL, clear_filters_action },
    { "reports.back", NULL, back_action },
    { "reports.reload", NULL, reload_action },
    { "reports.edit-rule", NULL, edit_rule_action },
    { "reports.export", NULL, export_action },
  };

  wf_reports_page_install_sharing (widget_class);
  gtk_widget_class_install_property_action (widget_class, "reports.period", "period");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].func);
}
