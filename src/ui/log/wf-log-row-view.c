/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the log. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-log-row-view.h"

#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

/* An event may have a hundred verdicts: the first ones, until the row is activated. */
#define FEW_LINES 6

struct _WfLogRowView
{
  GtkBox parent_instance;

  WfMinuteClock *minutes;  /* (owned) */
  WfLeadNames *leads;      /* (owned) */
  gulong found_handler;    /* 0 = the name of the lead is not waited for */
  const WfLogNames *names; /* borrowed while bound */
  GtkListItem *list_item;  /* (nullable) borrowed while bound */
  WfPagedItem *item;       /* (owned) (nullable) while bound */
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *time;
  GtkLabel *lead;
  GtkLabel *lines;
};

G_DEFINE_FINAL_TYPE (WfLogRowView, wf_log_row_view, GTK_TYPE_BOX)

static char *
join_lines (GPtrArray *lines, gboolean all)
{
  GString *text = g_string_new (NULL);
  guint n = all || lines->len <= FEW_LINES ? lines->len : FEW_LINES - 1;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) lines->pdata[i]);
  if (n < lines->len)
    {
      guint rest = lines->len - n;
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", rest), rest);
    }
  return g_string_free_and_steal (text);
}

static void
show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
stop_waiting (WfLogRowView *self)
{
  if (self->found_handler != 0)
    g_clear_signal_handler (&self->found_handler, self->leads);
}

/* The lead's name, or its id until the name is found. */
static void
show_lead (WfLogRowView *self)
{
  const WfLogRow *row = wf_paged_item_get_row (self->item);
  const char *lead = row != NULL ? row->entry->lead : NULL;
  const char *name = lead != NULL ? wf_lead_names_get (self->leads, lead) : NULL;

  stop_waiting (self);
  show_label (self->lead, name != NULL ? name : lead);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->lead), name != NULL ? lead : NULL);
  if (lead == NULL || name != NULL)
    return;
  g_autofree char *signal = g_strconcat ("found::", lead, NULL);
  self->found_handler =
      g_signal_connect_swapped (self->leads, signal, G_CALLBACK (show_lead), self);
}

static void
show_entry (WfLogRowView *self, const WfLogRow *row)
{
  const WfLogEntry *entry = row->entry;
  g_autofree char *title = wf_log_title (entry);
  g_autoptr (GPtrArray) lines = wf_log_lines (entry, self->names);
  g_autofree char *text = join_lines (lines, row->expanded);
  GTimeZone *zone = wf_minute_clock_get_zone (self->minutes);
  g_autofree char *time =
      wf_time_text_day_and_time (entry->at, wf_minute_clock_get_now (self->minutes), zone);
  g_autofree char *full = wf_time_text_full (entry->at, zone);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", title, time, text);

  gtk_image_set_from_icon_name (self->icon, wf_log_icon (entry));
  if (wf_log_is_problem (entry))
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warning");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), full);
  show_lead (self);
  show_label (self->lines, text);
  gtk_list_item_set_accessible_label (self->list_item, spoken);
}

static void
show_row (WfLogRowView *self)
{
  const WfLogRow *row = wf_paged_item_get_row (self->item);

  if (row != NULL)
    {
      show_entry (self, row);
      return;
    }
  gtk_label_set_text (self->title, "…");
  gtk_label_set_text (self->time, "");
  show_label (self->lead, NULL);
  show_label (self->lines, NULL);
}

static void
wf_log_row_view_dispose (GObject *object)
{
  WfLogRowView *self = WF_LOG_ROW_VIEW (object);

  wf_log_row_view_unbind (self);
  g_clear_object (&self->minutes);
  g_clear_object (&self->leads);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_LOG_ROW_VIEW);
  G_OBJECT_CLASS (wf_log_row_view_parent_class)->dispose (object);
}

static void
wf_log_row_view_class_init (WfLogRowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wf_log_row_view_dispose;
  gtk_widget_class_set_css_name (widget_class, "wf-log-row");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "log/wf-log-row-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WfLogRowView, icon);
  gtk_widget_class_bind_template_child (widget_class, WfLogRowView, title);
  gtk_widget_class_bind_template_child (widget_class, WfLogRowView, time);
  gtk_widget_class_bind_template_child (widget_class, WfLogRowView, lead);
  gtk_widget_class_bind_template_child (widget_class, WfLogRowView, lines);
}

static void
wf_log_row_view_init (WfLogRowView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wf_log_row_view_new (WfMinuteClock *minutes, WfLeadNames *leads)
{
  WfLogRowView *self = g_object_new (WF_TYPE_LOG_ROW_VIEW, NULL);

  self->minutes = g_object_ref (minutes);
  self->leads = g_object_ref (leads);
  return GTK_WIDGET (self);
}

void
wf_log_row_view_bind (WfLogRowView *self, GtkListItem *list_item, const WfLogNames *names)
{
  g_return_if_fail (WF_IS_LOG_ROW_VIEW (self) && self->item == NULL);
  self->names = names;
  self->list_item = list_item;
  self->item = g_object_ref (gtk_list_item_get_item (list_item));
  g_signal_connect_swapped (self->item, "notify::row", G_CALLBACK (show_row), self);
  show_row (self);
}

void
wf_log_row_view_unbind (WfLogRowView *self)
{
  g_return_if_fail (WF_IS_LOG_ROW_VIEW (self));
  if (self->item == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->item, self);
  stop_waiting (self);
  g_clear_object (&self->item);
  self->list_item = NULL;
}
