/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart with its title, its legend and its table. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-view-private.h"

#include <glib/gi18n-lib.h>

struct _WfChartView
{
  GtkWidget parent_instance;

  GtkLabel *title, *note, *nothing;
  GtkWidget *menu_button;
  WfChartLegend *legend;
  GtkStack *stack;
  GtkColumnView *table;

  WfChart *chart;
  WfChartData *table_data; /* (owned) (nullable) where they are more than the chart's */
  gboolean show_table;
  gboolean
      table_stale; /* it has other numbers, or none yet: it is filled when somebody looks at it */
};

enum
{
  PROP_SHOW_TABLE = 1,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfChartView, wf_chart_view, GTK_TYPE_WIDGET)

static gboolean
has_numbers (WfChartView *self)
{
  WfChartData *data = wf_chart_get_data (self->chart);

  return data != NULL && !wf_chart_data_is_empty (data);
}

static gboolean
has_table (WfChartView *self)
{
  WfChartData *data = wf_chart_view_get_table (self);

  return data != NULL && data->n_categories > 0 && !wf_chart_data_is_empty (data);
}

static void
emit_activated (WfChartView *self, WfChartData *data, guint series, guint category)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, data, series, category);
}

static void
on_chart_activated (WfChart *chart, guint series, guint category, WfChartView *self)
{
  emit_activated (self, wf_chart_get_data (chart), series, category);
}

static void
on_cell (gpointer user_data, guint series, guint category)
{
  WfChartView *self = user_data;

  emit_activated (self, wf_chart_view_get_table (self), series, category);
}

/* Policy: a table of some hundred rows costs more than all else of a page, because each cell is a widget. */
static void
fill_table (WfChartView *self)
{
  self->table_stale = FALSE;
  wf_chart_table_fill (self->table, wf_chart_view_get_table (self),
                       wf_chart_get_activatable (self->chart) ? on_cell : NULL, self);
}

/* The stack is as high as its highest page, so what stands below does not move. */
static void
show_page (WfChartView *self)
{
  gboolean table = self->show_table && has_table (self);
  gboolean chart = has_numbers (self), counted = wf_chart_get_data (self->chart) != NULL;

  if (table && self->table_stale)
    fill_table (self);
  gtk_stack_set_visible_child_name (self->stack, table ? "table" : chart ? "chart" : "empty");
  /* before anything was counted nobody knows that there is nothing */
  gtk_label_set_label (self->nothing,
                       counted ? _ ("There is nothing to count here with this filter.") : "");
  /* it keeps its place, too */
  gtk_widget_set_opacity (GTK_WIDGET (self->legend), chart && !table ? 1 : 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chart.copy-picture", chart);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chart.save", has_table (self));
}

/* The table's numbers, or what its cells do, are others now. */
static void
refresh_table (WfChartView *self)
{
  self->table_stale = TRUE;
  show_page (self);
}

static void
on_copy_picture (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_chart_view_copy_picture (WF_CHART_VIEW (widget));
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wf_chart_view_save (WF_CHART_VIEW (widget));
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_chart_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOW_TABLE:
      g_value_set_boolean (value, WF_CHART_VIEW (object)->show_table);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_chart_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOW_TABLE:
      wf_chart_view_set_show_table (WF_CHART_VIEW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_chart_view_dispose (GObject *object)
{
  WfChartView *self = WF_CHART_VIEW (object);
  GtkWidget *child;

  g_clear_pointer (&self->table_data, wf_chart_data_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), WF_TYPE_CHART_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wf_chart_view_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_SHOW_TABLE] =
      g_param_spec_boolean ("show-table", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", WF_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 3, WF_TYPE_CHART_DATA,
                                            G_TYPE_UINT, G_TYPE_UINT);
}

static void
wf_chart_view_class_init (WfChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wf_chart_view_get_property;
  object_class->set_property = wf_chart_view_set_property;
  object_class->dispose = wf_chart_view_dispose;
  install_properties (object_class);
  g_type_ensure (WF_TYPE_CHART_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "widgets/charts/wf-chart-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WfChartView, title);
  gtk_widget_class_bind_template_child (widget_class, WfChartView, note);
  gtk_widget_class_bind_template_child (widget_class, WfChartView, nothing);
  gtk_widget_class_bind_template_child (widget_class, WfChartView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, WfChartView, legend);
  gtk_widget_class_bind_template_child (widget_class, WfChartView, stack);
  gtk_widget_class_bind_template_child (widget_class, WfChartView, table);
  gtk_widget_class_install_property_action (widget_class, "chart.show-table", "show-table");
  gtk_widget_class_install_action (widget_class, "chart.copy-picture", NULL, on_copy_picture);
  gtk_widget_class_install_action (widget_class, "chart.save", NULL, on_save);
  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wf_chart_view_init (WfChartView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wf_chart_view_new:
 * @chart: (transfer floating): what is shown in it
 */
GtkWidget *
wf_chart_view_new (WfChart *chart)
{
  WfChartView *self = g_object_new (WF_TYPE_CHART_VIEW, NULL);

  self->chart = chart;
  gtk_stack_add_named (self->stack, GTK_WIDGET (chart), "chart");
  g_signal_connect_object (chart, "activated", G_CALLBACK (on_chart_activated), self, 0);
  show_page (self);
  return GTK_WIDGET (self);
}

/**
 * wf_chart_view_set_data:
 * @self: a view
 * @data: (nullable): the chart's numbers
 * @note: (nullable): a sentence under the title
 */
void
wf_chart_view_set_data (WfChartView *self, WfChartData *data, const char *note)
{
  g_autofree char *menu = NULL;

  g_return_if_fail (WF_IS_CHART_VIEW (self));
  gtk_label_set_text (self->title, data != NULL ? data->title : "");
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  if (data != NULL)
    {
      /* Translators: the name of a menu button for a screen reader; %s is the title of a chart */
      menu = g_strdup_printf (_ ("Menu of %s"), data->title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      data->title, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      data->title, -1);
    }
  wf_chart_set_data (self->chart, data);
  wf_chart_legend_set (self->legend, data, wf_chart_view_get_legend_kind (self));
  refresh_table (self);
}

static void
keep_table (WfChartView *self, WfChartData *table)
{
  if (table != NULL)
    wf_chart_data_ref (table);
  g_clear_pointer (&self->table_data, wf_chart_data_unref);
  self->table_data = table;
}

/**
 * wf_chart_view_set_table:
 * @self: a view
 * @table: (nullable): the table's numbers where they are more than the chart's
 */
void
wf_chart_view_set_table (WfChartView *self, WfChartData *table)
{
  g_return_if_fail (WF_IS_CHART_VIEW (self));
  if (self->table_data == table)
    return;
  keep_table (self, table);
  refresh_table (self);
}

/**
 * wf_chart_view_set_both:
 * @self: a view
 * @data: (nullable): the chart's numbers
 * @table: (nullable): the table's numbers where they are more than the chart's
 * @note: (nullable): a sentence under the title
 *
 * As wf_chart_view_set_table() and wf_chart_view_set_data(), at once.
 */
void
wf_chart_view_set_both (WfChartView *self, WfChartData *data, WfChartData *table, const char *note)
{
  g_return_if_fail (WF_IS_CHART_VIEW (self));
  keep_table (self, table);
  wf_chart_view_set_data (self, data, note);
}

/**
 * wf_chart_view_set_activatable:
 * @self: a view
 * @activatable: whether something happens on a click on a mark or on a number
 */
void
wf_chart_view_set_activatable (WfChartView *self, gboolean activatable)
{
  g_return_if_fail (WF_IS_CHART_VIEW (self));
  if (wf_chart_get_activatable (self->chart) == activatable)
    return;
  wf_chart_set_activatable (self->chart, activatable);
  refresh_table (self);
}

void
wf_chart_view_set_show_table (WfChartView *self, gboolean show_table)
{
  g_return_if_fail (WF_IS_CHART_VIEW (self));
  if (self->show_table == show_table)
    return;
  self->show_table = show_table;
  show_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_TABLE]);
}

WfChart *
wf_chart_view_get_chart (WfChartView *self)
{
  g_return_val_if_fail (WF_IS_CHART_VIEW (self), NULL);
  return self->chart;
}

WfChartData *
wf_chart_view_get_table (WfChartView *self)
{
  g_return_val_if_fail (WF_IS_CHART_VIEW (self), NULL);
  return self->table_data != NULL ? self->table_data : wf_chart_get_data (self->chart);
}

WfLegendKind
wf_chart_view_get_legend_kind (WfChartView *self)
{
  return WF_CHART_GET_CLASS (self->chart)->legend;
}

const char *
wf_chart_view_get_note (WfChartView *self)
{
  return gtk_label_get_text (self->note);
}
