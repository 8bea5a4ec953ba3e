/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar as a list of days: those without anything are left out. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-agenda-row.h"

#include "wf-actions.h"

#include <glib/gi18n-lib.h>

struct _WfAgendaView
{
  AdwBin parent_instance;

  WfCalendarModel *model;        /* (owned) */
  GListStore *items;             /* (owned) of WfAgendaItem */
  GtkSingleSelection *selection; /* (owned) */
  GtkListView *list;
  GDate first; /* of the span that is shown */
};

G_DEFINE_FINAL_TYPE (WfAgendaView, wf_agenda_view, ADW_TYPE_BIN)

/* ---- what is shown ----------------------------------------------------------------------------- */

static void
take_item (GPtrArray *items, WfAgendaKind kind, const GDate *date, WfActivity *activity, guint n)
{
  g_ptr_array_add (items, wf_agenda_item_new (kind, date, activity, n));
}

/* The line of the present time stands between what is due before and after it. */
static void
list_day (WfAgendaView *self, GPtrArray *items, const WfCalendarDays *days, guint day,
          const GDate *date, gboolean is_today)
{
  const GPtrArray *first = days->first[day];
  const WfDayFigures *counts = &days->counts[day];
  guint total = counts->open + counts->done + counts->closed;
  WfInstant now = wf_calendar_model_get_now (self->model);
  gboolean passed = !is_today;

  for (guint i = 0; i < first->len; i++)
    {
      WfActivity *activity = first->pdata[i];
      if (!passed && activity->due > now)
        {
          take_item (items, WF_AGENDA_NOW, date, NULL, 0);
          passed = TRUE;
        }
      take_item (items, WF_AGENDA_ACTIVITY, date, activity, 0);
    }
  if (!passed)
    take_item (items, WF_AGENDA_NOW, date, NULL, 0);
  if (total > first->len)
    take_item (items, WF_AGENDA_MORE, date, NULL, total - first->len);
}

static GPtrArray *
list_items (WfAgendaView *self, const WfCalendarSpan *span, const WfCalendarDays *days)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GDate date = span->first, today;

  wf_calendar_model_get_today (self->model, &today);
  for (guint i = 0; days != NULL && i < days->n_days; i++)
    {
      gboolean is_today = g_date_compare (&date, &today) == 0;
      if (is_today || days->first[i]->len > 0)
        list_day (self, items, days, i, &date, is_today);
      g_date_add_days (&date, 1);
    }
  return items;
}

static WfAgendaItem *
peek (WfAgendaView *self, guint position)
{
  g_autoptr (WfAgendaItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item; /* the store keeps it */
}

/* Rows that stay keep their items, with selection, focus and the place on the screen. */
static void
replace_items (WfAgendaView *self, GPtrArray *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint start = 0, end = 0;

  while (start < MIN (n, items->len) &&
         wf_agenda_item_is_same (peek (self, start), items->pdata[start]))
    {
      wf_agenda_item_take (peek (self, start), items->pdata[start]);
      start++;
    }
  while (end < MIN (n, items->len) - start &&
         wf_agenda_item_is_same (peek (self, n - 1 - end), items->pdata[items->len - 1 - end]))
    {
      wf_agenda_item_take (peek (self, n - 1 - end), items->pdata[items->len - 1 - end]);
      end++;
    }
  if (start + end < n || start + end < items->len)
    g_list_store_splice (self->items, start, n - start - end, items->pdata + start,
                         items->len - start - end);
}

/* A list scrolls to the row that gets the focus when it is next laid out, and leaves the heading above
 * the first row out: the frame after that shows it again. */
#define FRAMES 2

static gboolean
on_frame (GtkWidget *list, GdkFrameClock *frames, gpointer data)
{
  guint *left = data;

  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list)), 0);
  return --*left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
stay_at_top (WfAgendaView *self)
{
  guint *left = g_new (guint, 1);

  *left = FRAMES;
  gtk_widget_add_tick_callback (GTK_WIDGET (self->list), on_frame, left, g_free);
}

static void
refresh (WfAgendaView *self)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (self->model);
  g_autoptr (GPtrArray) items = NULL;
  gboolean other;

  if (span->view != WF_CALENDAR_AGENDA)
    return;
  other = !g_date_valid (&self->first) || g_date_compare (&self->first, &span->first) != 0;
  self->first = span->first;
  items = list_items (self, span, wf_calendar_model_get_days (self->model));
  replace_items (self, items);
  if (other)
    stay_at_top (self);
}

/* ---- selection --------------------------------------------------------------------------------- */

static void
on_selection_changed (WfAgendaView *self)
{
  WfAgendaItem *item = gtk_single_selection_get_selected_item (self->selection);
  WfActivity *activity = item != NULL ? wf_agenda_item_get_activity (item) : NULL;

  wf_calendar_model_select (self->model, activity != NULL ? activity->id : NULL);
}

static void
open_day (WfAgendaView *self, const GDate *date)
{
  char text[32];

  g_snprintf (text, sizeof text, "%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date),
              g_date_get_day (date));
  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.show-day", "s", text);
}

static void
on_activated (WfAgendaView *self, guint position)
{
  g_autoptr (WfAgendaItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  WfActivity *activity = item != NULL ? wf_agenda_item_get_activity (item) : NULL;

  if (activity != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.open", "s", activity->id);
  else if (item != NULL && wf_agenda_item_get_kind (item) == WF_AGENDA_MORE)
    open_day (self, wf_agenda_item_get_date (item));
}

/* ---- rows and headings ------------------------------------------------------------------------- */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item, WfAgendaView *self)
{
  gtk_list_item_set_child (list_item, wf_agenda_row_new (self->model));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  wf_agenda_row_bind (WF_AGENDA_ROW (gtk_list_item_get_child (list_item)), list_item);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  wf_agenda_row_unbind (WF_AGENDA_ROW (gtk_list_item_get_child (list_item)));
}

static void
on_header_setup (GtkListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

/* "Today · Wednesday, 18 November · Consciência Negra · Ana is away" */
static char *
describe_day (WfAgendaView *self, const GDate *date)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (self->model);
  int day = g_date_days_between (&span->first, date);
  g_autofree char *name = wf_calendar_date_to_text (date, FALSE);
  g_autofree char *holiday = NULL, *away = NULL;
  GString *text = g_string_new (NULL);
  GDate today;

  wf_calendar_model_get_today (self->model, &today);
  if (g_date_compare (date, &today) == 0)
    g_string_append_printf (text, "%s · ", _ ("Today"));
  g_string_append (text, name);
  if (day < 0 || (guint) day >= span->n_days)
    return g_string_free_and_steal (text);
  g_array_unref (wf_calendar_list_closed (wf_calendar_model_get_hours (self->model),
                                          span->bounds[day], span->bounds[day + 1], &holiday));
  away = wf_calendar_model_describe_absences (self->model, (guint) day);
  if (holiday != NULL)
    g_string_append_printf (text, " · %s", holiday);
  if (away != NULL)
    g_string_append_printf (text, " · %s", away);
  return g_string_free_and_steal (text);
}

static void
on_header_bind (GtkListItemFactory *factory, GtkListHeader *header, WfAgendaView *self)
{
  WfAgendaItem *item = gtk_list_header_get_item (header);
  g_autofree char *text = describe_day (self, wf_agenda_item_get_date (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), text);
}

static int
compare_days (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_date_compare (wf_agenda_item_get_date ((WfAgendaItem *) a),
                         wf_agenda_item_get_date ((WfAgendaItem *) b));
}

static void
set_up_list (WfAgendaView *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) by_day = GTK_SORTER (gtk_custom_sorter_new (compare_days, NULL, NULL));
  /* The items are in order; the sorter only says where a day begins. */
  GtkSortListModel *sorted =
      gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->items)), NULL);

  gtk_sort_list_model_set_section_sorter (sorted, by_day);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect (rows, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (rows, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (rows, "unbind", G_CALLBACK (on_unbind), NULL);
  g_signal_connect (headers, "setup", G_CALLBACK (on_header_setup), NULL);
  g_signal_connect (headers, "bind", G_CALLBACK (on_header_bind), self);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

/* ---- object ------------------------------------------------------------------------------------ */

static gboolean
wf_agenda_view_grab_focus (GtkWidget *widget)
{
  WfAgendaView *self = WF_AGENDA_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  gboolean at_top = adjustment == NULL || gtk_adjustment_get_value (adjustment) <= 0;

  if (!gtk_widget_grab_focus (GTK_WIDGET (self->list)))
    return FALSE;
  if (at_top)
    stay_at_top (self);
  return TRUE;
}

static void
wf_agenda_view_dispose (GObject *object)
{
  WfAgendaView *self = WF_AGENDA_VIEW (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (object), WF_TYPE_AGENDA_VIEW);
  G_OBJECT_CLASS (wf_agenda_view_parent_class)->dispose (object);
}

static void
wf_agenda_view_finalize (GObject *object)
{
  WfAgendaView *self = WF_AGENDA_VIEW (object);

  g_object_unref (self->items);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (wf_agenda_view_parent_class)->finalize (object);
}

static void
wf_agenda_view_class_init (WfAgendaViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wf_agenda_view_dispose;
  object_class->finalize = wf_agenda_view_finalize;
  widget_class->grab_focus = wf_agenda_view_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/agenda/wf-agenda-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WfAgendaView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_set_css_name (widget_class, "wf-agenda-view");
}

static void
wf_agenda_view_init (WfAgendaView *self)
{
  self->items = g_list_store_new (WF_TYPE_AGENDA_ITEM);
  g_date_clear (&self->first, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_actions_add_shortcuts (GTK_WIDGET (self->list), WF_SHORTCUT_CALENDAR);
}

/**
 * wf_agenda_view_new:
 * @model: what it shows
 *
 * Returns: (transfer floating): the calendar as a list of days
 */
GtkWidget *
wf_agenda_view_new (WfCalendarModel *model)
{
  WfAgendaView *self = g_object_new (WF_TYPE_AGENDA_VIEW, NULL);

  self->model = g_object_ref (model);
  set_up_list (self);
  g_signal_connect_object (model, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
