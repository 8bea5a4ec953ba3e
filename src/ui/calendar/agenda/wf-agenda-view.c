/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar as a list of days: those without anything are left out. Ctrl and the arrows move the selected activity by a day or a
 * quarter of an hour, with Shift, too, they change how long it lasts: as in the columns, but the question comes at once, since there
 * is no grid in which it could be shown where it would land. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-agenda-row.h"

#include "wf-actions.h"
#include "wf-calendar-arrow.h"
#include "wf-calendar-layout.h"
#include "wf-calendar-reschedule.h"

#include <glib/gi18n-lib.h>

#define QUARTER (15 * G_TIME_SPAN_MINUTE)

struct _WfAgendaView
{
  AdwBin parent_instance;

  WfCalendarModel *model;        /* (owned) */
  GListStore *items;             /* (owned) of WfAgendaItem */
  GtkSingleSelection *selection; /* (owned) */
  GtkListView *list;
  GDate first;     /* of the span that is shown */
  char *followed;  /* (owned) (nullable) id of what is moved: selected again at its new place */
  WfInstant there; /* when it is due then */
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

/* Where an activity is, with its present state. */
static guint
find_activity (WfAgendaView *self, const char *id, WfActivity **activity)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      *activity = wf_agenda_item_get_activity (peek (self, i));
      if (*activity != NULL && g_str_equal ((*activity)->id, id))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* What was moved by the keyboard keeps the selection, and the focus. */
static void
follow (WfAgendaView *self)
{
  WfActivity *activity;
  guint position;

  if (self->followed == NULL)
    return;
  position = find_activity (self, self->followed, &activity);
  if (position == GTK_INVALID_LIST_POSITION || activity->due != self->there)
    return;
  g_clear_pointer (&self->followed, g_free);
  gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS,
                           NULL);
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
  follow (self);
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

/* ---- the keyboard ------------------------------------------------------------------------------ */

static WfActivity *
get_selected (WfAgendaView *self)
{
  WfAgendaItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? wf_agenda_item_get_activity (item) : NULL;
}

static void
on_moved (gboolean moved, gpointer data)
{
  WfAgendaView *self = data;

  if (moved)
    follow (self); /* it may have been read before the answer came */
  else
    g_clear_pointer (&self->followed, g_free);
}

/* The row with the focus, where the question is asked; FALSE: there is none. */
static gboolean
get_focus_area (WfAgendaView *self, GdkRectangle *area)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    return FALSE;
  *area = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                           (int) bounds.size.height };
  return TRUE;
}

static void
move_activity (WfAgendaView *self, WfActivity *activity, int days, int quarters)
{
  WfInstant due = days != 0 ? wf_calendar_move_days (activity->due, days,
                                                     wf_calendar_model_get_zone (self->model))
                            : activity->due + quarters * QUARTER;
  GdkRectangle area;
  gboolean has_area = get_focus_area (self, &area);

  g_set_str (&self->followed, activity->id);
  self->there = due;
  wf_calendar_reschedule (GTK_WIDGET (self), has_area ? &area : NULL, self->model, activity, due,
                          on_moved, self);
}

static void
set_length (WfAgendaView *self, WfActivity *activity, int quarters)
{
  WfInstant from, until;

  wf_calendar_get_extent (activity, &from, &until);
  wf_calendar_set_length (GTK_WIDGET (self), self->model, activity, until + quarters * QUARTER,
                          NULL, NULL);
}

/* The same commands as in the columns, under the same names: the shortcuts are listed once. */
static const struct
{
  const char *name;
  int days, quarters, length;
} moves[] = {
  { "days.move-earlier", 0, -1, 0 },  { "days.move-later", 0, 1, 0 },
  { "days.move-day-back", -1, 0, 0 }, { "days.move-day-on", 1, 0, 0 },
  { "days.set-shorter", 0, 0, -1 },   { "days.set-longer", 0, 0, 1 },
};

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfAgendaView *self = WF_AGENDA_VIEW (widget);
  WfActivity *activity = get_selected (self);

  for (guint i = 0; activity != NULL && i < G_N_ELEMENTS (moves); i++)
    {
      if (!g_str_equal (moves[i].name, name))
        continue;
      if (moves[i].length != 0)
        set_length (self, activity, moves[i].length);
      else
        move_activity (self, activity, moves[i].days, moves[i].quarters);
    }
}

/* Before the list, whose own Ctrl and arrows move the focus without the selection. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        WfAgendaView *self)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);
  WfActivity *activity = get_selected (self);
  int days, quarters;

  if ((held & GDK_CONTROL_MASK) == 0 || (held & GDK_ALT_MASK) != 0 || activity == NULL ||
      !wf_calendar_arrow_read (GTK_WIDGET (self), key, &days, &quarters))
    return FALSE;
  if ((held & GDK_SHIFT_MASK) == 0)
    move_activity (self, activity, days, quarters);
  else if (quarters != 0)
    set_length (self, activity, quarters);
  return TRUE;
}

static void
add_keys (WfAgendaView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
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
  g_free (self->followed);
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
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_install_action (widget_class, moves[i].name, NULL, move_action);
  gtk_widget_class_set_css_name (widget_class, "wf-agenda-view");
}

static void
wf_agenda_view_init (WfAgendaView *self)
{
  self->items = g_list_store_new (WF_TYPE_AGENDA_ITEM);
  g_date_clear (&self->first, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_actions_add_shortcuts (GTK_WIDGET (self->list), WF_SHORTCUT_CALENDAR);
  add_keys (self);
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
