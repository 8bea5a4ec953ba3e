/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the audit trail. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-audit-cell.h"
#include "wf-audit-view-private.h"
#include "wf-time-text.h"

/* What a cell's factory knows: of which column it is. */
typedef struct
{
  WfAuditView *view; /* borrowed: it outlives its factories */
  WfAuditColumn column;
} Column;

#define COLUMN "wf-column"

static const WfLogEntry *
get_entry (GtkColumnViewCell *cell)
{
  WfPagedItem *item = gtk_column_view_cell_get_item (cell);
  gpointer row = item != NULL ? wf_paged_item_get_row (item) : NULL;

  return row != NULL ? wf_audit_row_get_entry (row) : NULL;
}

static char *
dup_when (WfAuditView *self, const WfLogEntry *entry)
{
  return wf_time_text_day_and_time (entry->at, wf_minute_clock_get_now (self->minutes),
                                    wf_minute_clock_get_zone (self->minutes));
}

static const char *
get_lead_name (WfAuditView *self, const WfLogEntry *entry)
{
  return entry->lead != NULL ? wf_lead_names_get (self->leads, entry->lead) : NULL;
}

/* ---- cells ------------------------------------------------------------------------------------- */

static void
show_label (WfAuditView *self, GtkWidget *label, WfAuditColumn column, const WfLogEntry *entry)
{
  g_autoptr (WfAuditText) text = entry != NULL && column != WF_AUDIT_WHEN
                                     ? wf_audit_text_new (entry, self->names, NULL)
                                     : NULL;
  g_autofree char *when = entry != NULL && column == WF_AUDIT_WHEN ? dup_when (self, entry) : NULL;
  g_autofree char *full =
      when != NULL ? wf_time_text_full (entry->at, wf_minute_clock_get_zone (self->minutes)) : NULL;
  const char *shown = when;

  if (text != NULL)
    shown = column == WF_AUDIT_WHO      ? text->who
            : column == WF_AUDIT_BEFORE ? text->before
                                        : text->after;
  gtk_label_set_text (GTK_LABEL (label), shown != NULL ? shown : "");
  gtk_widget_set_tooltip_text (label, full);
}

static void
show_what (WfAuditView *self, GtkWidget *cell, const WfLogEntry *entry)
{
  g_autoptr (WfAuditText) text =
      entry != NULL ? wf_audit_text_new (entry, self->names, get_lead_name (self, entry)) : NULL;
  g_autofree char *when = entry != NULL ? dup_when (self, entry) : NULL;

  wf_audit_cell_show (WF_AUDIT_CELL (cell), text, when, self->narrow);
}

static void
show_cell (GtkColumnViewCell *cell)
{
  const Column *column = g_object_get_data (G_OBJECT (cell), COLUMN);
  GtkWidget *child = gtk_column_view_cell_get_child (cell);

  if (column->column == WF_AUDIT_WHAT)
    show_what (column->view, child, get_entry (cell));
  else
    show_label (column->view, child, column->column, get_entry (cell));
}

static void
on_setup (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  GtkWidget *child = column->column == WF_AUDIT_WHAT ? wf_audit_cell_new () : gtk_label_new (NULL);

  if (GTK_IS_LABEL (child))
    {
      gtk_label_set_xalign (GTK_LABEL (child), 0);
      gtk_label_set_yalign (GTK_LABEL (child), 0);
      gtk_label_set_wrap (GTK_LABEL (child), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (child), PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (child, "numeric");
    }
  gtk_column_view_cell_set_child (cell, child);
  gtk_column_view_cell_set_focusable (cell, FALSE);
  g_object_set_data (G_OBJECT (cell), COLUMN, column);
}

/* The row may be read later, the name of its lead still later, and the day may pass. */
static void
on_bind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  g_signal_connect_swapped (gtk_column_view_cell_get_item (cell), "notify::row",
                            G_CALLBACK (show_cell), cell);
  g_signal_connect_swapped (column->view, "notify::narrow", G_CALLBACK (show_cell), cell);
  if (column->column == WF_AUDIT_WHEN || column->column == WF_AUDIT_WHAT)
    g_signal_connect_swapped (column->view->minutes, "notify::now", G_CALLBACK (show_cell), cell);
  if (column->column == WF_AUDIT_WHAT)
    g_signal_connect_swapped (column->view->leads, "found", G_CALLBACK (show_cell), cell);
  show_cell (cell);
}

static void
on_unbind (GtkListItemFactory *factory, GtkColumnViewCell *cell, Column *column)
{
  g_signal_handlers_disconnect_by_data (gtk_column_view_cell_get_item (cell), cell);
  g_signal_handlers_disconnect_by_data (column->view, cell);
  g_signal_handlers_disconnect_by_data (column->view->minutes, cell);
  g_signal_handlers_disconnect_by_data (column->view->leads, cell);
}

void
wf_audit_view_set_up_columns (WfAuditView *self)
{
  for (guint i = 0; i < WF_N_AUDIT_COLUMNS; i++)
    {
      g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
      Column *column = g_new0 (Column, 1);

      column->view = self;
      column->column = (WfAuditColumn) i;
      g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), column,
                             (GClosureNotify) (void (*) (void)) g_free, 0);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), column);
      g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), column);
      gtk_column_view_column_set_factory (self->columns[i], factory);
    }
}
