/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the table of leads. Sorting is the query's: a head only says which order is wanted. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-leads-page-private.h"

#include "wf-lead-cell.h"
#include "wf-lead-text.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name; /* of the action that sorts */
  WfLeadOrder order;
} orders[WF_N_LEAD_COLUMNS] = {
  [WF_LEAD_COLUMN_NAME] = { "name", WF_LEADS_BY_NAME },
  [WF_LEAD_COLUMN_STAGE] = { "stage", WF_LEADS_BY_STAGE },
  [WF_LEAD_COLUMN_OWNER] = { "owner", WF_LEADS_BY_OWNER },
  [WF_LEAD_COLUMN_SCORE] = { "score", WF_LEADS_BY_SCORE },
  [WF_LEAD_COLUMN_ORIGIN] = { "origin", WF_LEADS_BY_ORIGIN },
  [WF_LEAD_COLUMN_NEXT] = { "next", WF_LEADS_BY_NEXT },
  [WF_LEAD_COLUMN_CONTACT] = { "contact", WF_LEADS_BY_LAST_CONTACT },
};

#define COLUMN "wf-column"

static WfLeadsPage *
get_page (GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, WF_TYPE_LEADS_PAGE);

  return page != NULL ? WF_LEADS_PAGE (page) : NULL;
}

/* ---- texts ------------------------------------------------------------------------------------- */

static char *
dup_text (WfLeadsPage *self, const WfLead *lead, WfLeadColumn column)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  WfInstant now = wf_minute_clock_get_now (self->minutes);
  GTimeZone *zone = wf_minute_clock_get_zone (self->minutes);

  switch (column)
    {
    case WF_LEAD_COLUMN_STAGE:
      return g_strdup (wf_lead_stage_name (lead, organisation));
    case WF_LEAD_COLUMN_OWNER:
      return g_strdup (wf_lead_owner_name (lead, organisation));
    case WF_LEAD_COLUMN_SCORE:
      return wf_lead_score_text (lead);
    case WF_LEAD_COLUMN_ORIGIN:
      return g_strdup (wf_lead_origin_name (lead));
    case WF_LEAD_COLUMN_NEXT:
      return wf_lead_next_text (lead, now, zone);
    case WF_LEAD_COLUMN_CONTACT:
      return wf_lead_contact_text (lead, now, zone);
    case WF_LEAD_COLUMN_CHECK:
    case WF_LEAD_COLUMN_NAME:
    case WF_N_LEAD_COLUMNS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Colour only for meaning, and never alone: the words say it, too. */
static void
show_meaning (GtkWidget *label, const WfLead *lead, WfLeadColumn column, WfInstant now)
{
  gboolean next = lead != NULL && column == WF_LEAD_COLUMN_NEXT;
  gboolean late = next && wf_lead_is_next_late (lead, now);
  gboolean missing = (next && lead->next == WF_INSTANT_NONE) ||
                     (lead != NULL && column == WF_LEAD_COLUMN_OWNER && lead->owner == NULL);

  if (late)
    gtk_widget_add_css_class (label, "error");
  else
    gtk_widget_remove_css_class (label, "error");
  if (missing)
    gtk_widget_add_css_class (label, "warning");
  else
    gtk_widget_remove_css_class (label, "warning");
}

/* ---- text cells -------------------------------------------------------------------------------- */

typedef struct
{
  WfLeadsPage *page; /* borrowed: it outlives its factories */
  WfLeadColumn column;
  GHashTable *bound; /* (owned) of GtkColumnViewCell, borrowed while they show a row */
} Column;

static void
column_free (Column *column)
{
  g_hash_table_unref (column->bound);
  g_free (column);
}

static const WfLead *
get_lead (GtkColumnViewCell *cell)
{
  WfPagedItem *item = gtk_column_view_cell_get_item (cell);

  return item != NULL ? wf_paged_item_get_row (item) : NULL;
}

static void
show_text (GtkColumnViewCell *cell)
{
  Column *column = g_object_get_data (G_OBJECT (cell), COLUMN);
  GtkWidget *text = gtk_column_view_cell_get_child (cell);
  const WfLead *lead = get_lead (cell);
  g_autofree char *words = lead != NULL ? dup_text (column->page, lead, column->column) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (text), words != NULL ? words : "");
  show_meaning (text, lead, column->column, wf_minute_clock_get_now (column->page->minutes));
}

/* Made when somebody asks for it: with each tooltip that is set, GTK asks the display where the pointer is. */
static gboolean
on_query_instant (GtkWidget *text, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip,
                  GtkColumnViewCell *cell)
{
  Column *column = g_object_get_data (G_OBJECT (cell), COLUMN);
  const WfLead *lead = get_lead (cell);
  WfInstant at = lead == NULL                               ? WF_INSTANT_NONE
                 : column->column == WF_LEAD_COLUMN_NEXT    ? lead->next
                 : column->column == WF_LEAD_COLUMN_CONTACT ? lead->last_contact
                                                            : WF_INSTANT_NONE;

  if (at == WF_INSTANT_NONE)
    return FALSE;
  g_autofree char *full = wf_time_text_full (at, wf_minute_clock_get_zone (column->page->minutes));
  gtk_tooltip_set_text (tooltip, full);
  return TRUE;
}

static gboolean
shows_time (WfLeadColumn column)
{
  return column == WF_LEAD_COLUMN_NEXT || column == WF_LEAD_COLUMN_CONTACT;
}

/* An inscription is not measured: the width is the column's, and rows go by by the hundred. */
static void
on_text_setup (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  GtkWidget *text = gtk_inscription_new (NULL);
  gboolean number = column->column == WF_LEAD_COLUMN_SCORE;

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), number ? 1 : 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER); /* one line, also in a higher row */
  gtk_widget_add_css_class (text, "numeric");
  gtk_column_view_cell_set_child (cell, text);
  gtk_column_view_cell_set_focusable (cell, FALSE);
  g_object_set_data (G_OBJECT (cell), COLUMN, column);
  if (!shows_time (column->column))
    return;
  gtk_widget_set_has_tooltip (text, TRUE);
  g_signal_connect_object (text, "query-tooltip", G_CALLBACK (on_query_instant), cell, 0);
}

static void
on_text_bind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  g_signal_connect_swapped (gtk_column_view_cell_get_item (cell), "notify::row",
                            G_CALLBACK (show_text), cell);
  g_hash_table_add (column->bound, cell);
  show_text (cell);
}

static void
on_text_unbind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  g_signal_handlers_disconnect_by_data (gtk_column_view_cell_get_item (cell), cell);
  g_hash_table_remove (column->bound, cell);
}

/* One for a column: among the handlers of a thousand cells each one had to be looked for. */
static void
on_minute (GtkListItemFactory *factory)
{
  Column *column = g_object_get_data (G_OBJECT (factory), COLUMN);
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, column->bound);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    show_text (cell);
}

/* ---- the name ---------------------------------------------------------------------------------- */

static void
on_cell_open (WfLeadCell *cell, const char *lead)
{
  WfLeadsPage *self = get_page (GTK_WIDGET (cell));

  if (self != NULL && !self->selecting)
    gtk_widget_activate_action (GTK_WIDGET (cell), "leads.open-one", "s", lead);
}

static void
on_name_setup (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  GtkWidget *name = wf_lead_cell_new (column->page->runtime, column->page->minutes);

  g_object_bind_property (column->page, "narrow", name, "narrow", G_BINDING_SYNC_CREATE);
  g_signal_connect (name, "open", G_CALLBACK (on_cell_open), NULL);
  gtk_column_view_cell_set_child (cell, name);
  gtk_column_view_cell_set_focusable (cell, FALSE);
}

static void
on_name_bind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  wf_lead_cell_bind (WF_LEAD_CELL (gtk_column_view_cell_get_child (cell)), cell);
}

static void
on_name_unbind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  wf_lead_cell_unbind (WF_LEAD_CELL (gtk_column_view_cell_get_child (cell)));
}

/* ---- check marks ------------------------------------------------------------------------------- */

static void
on_selected_changed (GtkColumnViewCell *cell)
{
  GtkWidget *check = gtk_column_view_cell_get_child (cell);

  g_object_set_data (G_OBJECT (check), "filling", cell);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), gtk_column_view_cell_get_selected (cell));
  g_object_set_data (G_OBJECT (check), "filling", NULL);
}

static void
on_check_toggled (GtkCheckButton *check, GtkColumnViewCell *cell)
{
  Column *column = g_object_get_data (G_OBJECT (cell), COLUMN);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (column->page->selection);
  guint position = gtk_column_view_cell_get_position (cell);

  if (g_object_get_data (G_OBJECT (check), "filling") != NULL)
    return;
  if (gtk_check_button_get_active (check))
    gtk_selection_model_select_item (model, position, FALSE);
  else
    gtk_selection_model_unselect_item (model, position);
}

static void
on_check_setup (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_add_css_class (check, "selection-mode");
  gtk_widget_set_focusable (check, FALSE);
  gtk_column_view_cell_set_child (cell, check);
  gtk_column_view_cell_set_focusable (cell, FALSE);
  g_object_set_data (G_OBJECT (cell), COLUMN, column);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_check_toggled), cell, 0);
  g_signal_connect (cell, "notify::selected", G_CALLBACK (on_selected_changed), NULL);
}

static void
name_check (GtkColumnViewCell *cell)
{
  WfPagedItem *item = gtk_column_view_cell_get_item (cell);
  const WfLead *lead = wf_paged_item_get_row (item);
  g_autofree char *label = lead != NULL ? g_strdup_printf (_ ("Select “%s”"), lead->name)
                                        : g_strdup (_ ("Select"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_column_view_cell_get_child (cell)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
on_check_bind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  g_signal_connect_swapped (gtk_column_view_cell_get_item (cell), "notify::row",
                            G_CALLBACK (name_check), cell);
  name_check (cell);
  on_selected_changed (cell);
}

static void
on_check_unbind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  g_signal_handlers_disconnect_by_data (gtk_column_view_cell_get_item (cell), cell);
}

/* ---- rows -------------------------------------------------------------------------------------- */

static void
tell_reader (GtkColumnViewRow *row)
{
  WfLeadsPage *self = g_object_get_data (G_OBJECT (row), COLUMN);
  WfPagedItem *item = gtk_column_view_row_get_item (row);
  const WfLead *lead = item != NULL ? wf_paged_item_get_row (item) : NULL;
  g_autofree char *spoken = lead != NULL
                                ? wf_lead_spoken (lead, wf_runtime_get_organisation (self->runtime),
                                                  wf_minute_clock_get_now (self->minutes),
                                                  wf_minute_clock_get_zone (self->minutes))
                                : NULL;

  gtk_column_view_row_set_accessible_label (row, spoken != NULL ? spoken : "");
}

static void
on_row_bind (GtkListItemFactory *factory, GtkColumnViewRow *row, WfLeadsPage *self)
{
  g_object_set_data (G_OBJECT (row), COLUMN, self);
  g_signal_connect_swapped (gtk_column_view_row_get_item (row), "notify::row",
                            G_CALLBACK (tell_reader), row);
  tell_reader (row);
}

static void
on_row_unbind (GtkListItemFactory *factory, GtkColumnViewRow *row, WfLeadsPage *self)
{
  g_signal_handlers_disconnect_by_data (gtk_column_view_row_get_item (row), row);
}

/* ---- columns ----------------------------------------------------------------------------------- */

static GtkListItemFactory *
make_factory (WfLeadsPage *self, WfLeadColumn which)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column *column = g_new0 (Column, 1);
  GCallback setup = G_CALLBACK (on_text_setup), bind = G_CALLBACK (on_text_bind),
            unbind = G_CALLBACK (on_text_unbind);

  *column = (Column) { self, which, g_hash_table_new (NULL, NULL) };
  g_object_set_data_full (G_OBJECT (factory), COLUMN, column, (GDestroyNotify) column_free);
  if (shows_time (which))
    g_signal_connect_object (self->minutes, "notify::now", G_CALLBACK (on_minute), factory,
                             G_CONNECT_SWAPPED);
  if (which == WF_LEAD_COLUMN_NAME)
    {
      setup = G_CALLBACK (on_name_setup);
      bind = G_CALLBACK (on_name_bind);
      unbind = G_CALLBACK (on_name_unbind);
    }
  else if (which == WF_LEAD_COLUMN_CHECK)
    {
      setup = G_CALLBACK (on_check_setup);
      bind = G_CALLBACK (on_check_bind);
      unbind = G_CALLBACK (on_check_unbind);
    }
  g_signal_connect (factory, "setup", setup, column);
  g_signal_connect (factory, "bind", bind, column);
  g_signal_connect (factory, "unbind", unbind, column);
  return factory;
}

/* A head needs a sorter to be pressed; what it would compare is compared by the query. */
static void
add_sorter (GtkColumnViewColumn *column)
{
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));

  gtk_column_view_column_set_sorter (column, sorter);
}

/* The rows are in a list inside of the table, which a screen reader comes to by itself. */
static void
name_rows (WfLeadsPage *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->table)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Leads"), -1);
}

void
wf_lead_columns_set_up (WfLeadsPage *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();

  g_signal_connect (rows, "bind", G_CALLBACK (on_row_bind), self);
  g_signal_connect (rows, "unbind", G_CALLBACK (on_row_unbind), self);
  name_rows (self);
  gtk_column_view_set_row_factory (self->table, rows);
  for (guint i = 0; i < WF_N_LEAD_COLUMNS; i++)
    {
      g_autoptr (GtkListItemFactory) factory = make_factory (self, i);
      gtk_column_view_column_set_factory (self->columns[i], factory);
      if (orders[i].name != NULL)
        add_sorter (self->columns[i]);
    }
}

WfLeadOrder
wf_lead_columns_get_order (WfLeadsPage *self, gboolean *descending)
{
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (self->table));
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);

  *descending = gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING;
  for (guint i = 0; i < WF_N_LEAD_COLUMNS; i++)
    {
      if (column != NULL && self->columns[i] == column)
        return orders[i].order;
    }
  return WF_LEADS_BY_NEXT;
}

void
wf_lead_columns_sort (WfLeadsPage *self, const char *order)
{
  gboolean descending;
  WfLeadOrder before = wf_lead_columns_get_order (self, &descending);

  for (guint i = 0; i < WF_N_LEAD_COLUMNS; i++)
    {
      if (g_strcmp0 (orders[i].name, order) != 0)
        continue;
      gboolean again = before == orders[i].order && !descending;
      gtk_column_view_sort_by_column (self->table, self->columns[i],
                                      again ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}
