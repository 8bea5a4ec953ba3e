/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a chart as a table: a row a category, a column a series, sorted by a click on a head. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-chart-private.h"

#include <math.h>

#define SERIES_OF_HEAD G_MAXUINT
#define COLUMN "wf-chart-column"

/* ---- rows -------------------------------------------------------------------------------------- */

#define WF_TYPE_CHART_ROW (wf_chart_row_get_type ())
G_DECLARE_FINAL_TYPE (WfChartRow, wf_chart_row, WF, CHART_ROW, GObject)

struct _WfChartRow
{
  GObject parent_instance;

  WfChartData *data; /* (owned) */
  guint category;
};

G_DEFINE_FINAL_TYPE (WfChartRow, wf_chart_row, G_TYPE_OBJECT)

static void
wf_chart_row_finalize (GObject *object)
{
  wf_chart_data_unref (WF_CHART_ROW (object)->data);
  G_OBJECT_CLASS (wf_chart_row_parent_class)->finalize (object);
}

static void
wf_chart_row_class_init (WfChartRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wf_chart_row_finalize;
}

static void
wf_chart_row_init (WfChartRow *self)
{
}

static WfChartRow *
wf_chart_row_new (WfChartData *data, guint category)
{
  WfChartRow *self = g_object_new (WF_TYPE_CHART_ROW, NULL);

  self->data = wf_chart_data_ref (data);
  self->category = category;
  return self;
}

static const char *
get_row_name (const WfChartRow *row)
{
  const WfCategory *category = &row->data->categories[row->category];

  return category->name != NULL ? category->name : category->label;
}

/* ---- columns ----------------------------------------------------------------------------------- */

typedef struct
{
  guint series;            /* or SERIES_OF_HEAD */
  WfChartCellFunc on_cell; /* (nullable) */
  gpointer user_data;
} Column;

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return g_utf8_collate (get_row_name (a), get_row_name (b));
}

/* What there is no number of comes first, as if it were less than 0. */
static int
compare_values (gconstpointer a, gconstpointer b, gpointer user_data)
{
  guint series = GPOINTER_TO_UINT (user_data);
  const WfChartRow *first = a, *second = b;
  double x = first->data->series[series].values[first->category];
  double y = second->data->series[series].values[second->category];

  if (isnan (x) || isnan (y))
    return isnan (x) ? (isnan (y) ? 0 : -1) : 1;
  return x < y ? -1 : x > y;
}

static char *
dup_cell_text (const WfChartRow *row, guint series)
{
  const WfSeries *entry;

  if (series == SERIES_OF_HEAD)
    return g_strdup (get_row_name (row));
  entry = &row->data->series[series];
  return wf_value_to_text (entry->kind, entry->values[row->category]);
}

static void
on_cell_clicked (GtkButton *button, GtkColumnViewCell *cell)
{
  const Column *column = g_object_get_data (G_OBJECT (cell), COLUMN);
  WfChartRow *row = gtk_column_view_cell_get_item (cell);

  if (row != NULL)
    column->on_cell (column->user_data, column->series, row->category);
}

static GtkWidget *
make_label (const Column *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column->series == SERIES_OF_HEAD ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), column->series == SERIES_OF_HEAD
                                                  ? PANGO_ELLIPSIZE_END
                                                  : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (GTK_LABEL (label), column->series == SERIES_OF_HEAD ? 10 : -1);
  if (column->series != SERIES_OF_HEAD)
    gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
on_setup (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  GtkWidget *label = make_label (column), *button;

  g_object_set_data (G_OBJECT (cell), COLUMN, column);
  gtk_column_view_cell_set_focusable (cell, column->on_cell == NULL);
  if (column->on_cell == NULL)
    {
      gtk_column_view_cell_set_child (cell, label);
      return;
    }
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "wf-chart-cell");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_cell_clicked), cell, 0);
  gtk_column_view_cell_set_child (cell, button);
}

static void
on_bind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  WfChartRow *row = gtk_column_view_cell_get_item (cell);
  GtkWidget *child = gtk_column_view_cell_get_child (cell);
  g_autofree char *text = dup_cell_text (row, column->series);
  GtkWidget *label = GTK_IS_BUTTON (child) ? gtk_button_get_child (GTK_BUTTON (child)) : child;

  gtk_label_set_text (GTK_LABEL (label), text);
  if (GTK_IS_BUTTON (child))
    {
      g_autofree char *words = column->series == SERIES_OF_HEAD
                                   ? g_strdup (text)
                                   : g_strdup_printf ("%s, %s: %s", get_row_name (row),
                                                      row->data->series[column->series].name, text);

      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
    }
}

static GtkColumnViewColumn *
make_column (const char *title, guint series, WfChartCellFunc on_cell, gpointer user_data)
{
  g_autoptr (GtkSorter) sorter = NULL;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *result = gtk_column_view_column_new (title, factory);
  Column *column = g_new (Column, 1);

  *column = (Column) { series, on_cell, user_data };
  /* freed with the factory, which outlives its cells' being bound */
  g_object_set_data_full (G_OBJECT (factory), COLUMN, column, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), column);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), column);
  sorter =
      GTK_SORTER (series == SERIES_OF_HEAD
                      ? gtk_custom_sorter_new (compare_names, NULL, NULL)
                      : gtk_custom_sorter_new (compare_values, GUINT_TO_POINTER (series), NULL));
  gtk_column_view_column_set_sorter (result, sorter);
  gtk_column_view_column_set_resizable (result, TRUE);
  gtk_column_view_column_set_expand (result, series == SERIES_OF_HEAD);
  return result;
}

static void
append_column (GtkColumnView *table, const char *title, guint series, WfChartCellFunc on_cell,
               gpointer user_data)
{
  g_autoptr (GtkColumnViewColumn) column = make_column (title, series, on_cell, user_data);

  gtk_column_view_append_column (table, column);
}

static void
remove_columns (GtkColumnView *table)
{
  GListModel *columns = gtk_column_view_get_columns (table);

  gtk_column_view_set_model (table, NULL);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (table, column);
    }
}

/* In the place of those that are there: the cells' widgets stay. */
static void
replace_rows (GListStore *rows, WfChartData *data)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < data->n_categories; i++)
    g_ptr_array_add (added, wf_chart_row_new (data, i));
  g_list_store_splice (rows, 0, g_list_model_get_n_items (G_LIST_MODEL (rows)), added->pdata,
                       added->len);
}

/* The rows of a table, unsorted; made when there are none. Borrowed. */
static GListStore *
get_rows (GtkColumnView *table)
{
  GtkSelectionModel *shown = gtk_column_view_get_model (table);
  GListStore *rows;

  if (shown != NULL)
    {
      GListModel *sorted = gtk_no_selection_get_model (GTK_NO_SELECTION (shown));

      return G_LIST_STORE (gtk_sort_list_model_get_model (GTK_SORT_LIST_MODEL (sorted)));
    }
  rows = g_list_store_new (WF_TYPE_CHART_ROW);
  g_autoptr (GtkSelectionModel) model =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (gtk_sort_list_model_new (
          G_LIST_MODEL (rows), g_object_ref (gtk_column_view_get_sorter (table))))));
  gtk_column_view_set_model (table, model);
  return rows;
}

/* Other numbers with the same columns keep the order that was chosen. */
static gboolean
has_columns (GtkColumnView *table, const WfChartData *data)
{
  GListModel *columns = gtk_column_view_get_columns (table);

  if (g_list_model_get_n_items (columns) != data->n_series + 1)
    return FALSE;
  for (guint i = 0; i <= data->n_series; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const char *title = gtk_column_view_column_get_title (column);

      if (g_strcmp0 (title, i == 0 ? data->head : data->series[i - 1].name) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_same_callback (GtkColumnView *table, WfChartCellFunc on_cell)
{
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (table), 0);
  const Column *entry =
      g_object_get_data (G_OBJECT (gtk_column_view_column_get_factory (column)), COLUMN);

  return entry->on_cell == on_cell;
}

/**
 * wf_chart_table_fill:
 * @table: a table
 * @data: (nullable): its numbers; without them it is empty
 * @on_cell: (nullable): called on a click on a cell, or on Enter; series G_MAXUINT: on the name
 * @user_data: for @on_cell
 */
void
wf_chart_table_fill (GtkColumnView *table, WfChartData *data, WfChartCellFunc on_cell,
                     gpointer user_data)
{
  if (data == NULL)
    {
      remove_columns (table);
      return;
    }
  if (!has_columns (table, data) || !is_same_callback (table, on_cell))
    {
      remove_columns (table);
      append_column (table, data->head, SERIES_OF_HEAD, on_cell, user_data);
      for (guint i = 0; i < data->n_series; i++)
        append_column (table, data->series[i].name, i, on_cell, user_data);
    }
  replace_rows (get_rows (table), data);
}

guint
wf_chart_table_get_category (GtkColumnView *table, guint position)
{
  g_autoptr (WfChartRow) row =
      g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (table)), position);

  return row != NULL ? row->category : G_MAXUINT;
}
