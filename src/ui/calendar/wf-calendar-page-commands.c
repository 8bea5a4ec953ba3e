/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the calendar, for its buttons, keys and gestures. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-page-private.h"

#include "wf-calendar-export.h"
#include "wf-calendar-reschedule.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define SWIPE 300.0    /* of a finger: pixels a second, sideways */
#define SCROLLED 120.0 /* of a touchpad: how far, until it is meant */

/* ---- for the activity's own commands ----------------------------------------------------------- */

/* The selected one; else, when the calendar has none, that of the details. */
static WfActivity *
get_current (GtkWidget *widget)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (widget);
  WfActivity *selected = self->model != NULL ? wf_calendar_model_get_selected_activity (self->model)
                                             : NULL;

  if (adw_overlay_split_view_get_show_sidebar (self->split))
    return wf_activity_details_get_activity (self->details);
  return selected;
}

static void
open_current (GtkWidget *widget)
{
  WfActivity *current = get_current (widget);

  if (current != NULL)
    wf_calendar_page_show_details (WF_CALENDAR_PAGE (widget), current);
}

static void
close_details (GtkWidget *widget)
{
  adw_overlay_split_view_set_show_sidebar (WF_CALENDAR_PAGE (widget)->split, FALSE);
}

static void
leave_details (GtkWidget *widget)
{
  if (adw_overlay_split_view_get_collapsed (WF_CALENDAR_PAGE (widget)->split))
    close_details (widget);
}

static void
reload (GtkWidget *widget)
{
  if (WF_CALENDAR_PAGE (widget)->model != NULL)
    wf_calendar_model_reload (WF_CALENDAR_PAGE (widget)->model);
}

const WfActivityActionsPage wf_calendar_page_activity_actions = {
  .get_current = get_current,
  .open = open_current,
  .close = close_details,
  .leave = leave_details,
  .reload = reload,
};

/* ---- where to ---------------------------------------------------------------------------------- */

/* A screen reader is told where it is, and how much there is. */
static void
announce (WfCalendarPage *self)
{
  const WfCalendarSpan *span = wf_calendar_model_get_span (self->model);
  const WfCalendarDays *days = wf_calendar_model_get_days (self->model);
  g_autofree char *title = wf_calendar_model_describe_span (self->model);
  GString *text = g_string_new (title);
  guint n = 0, late = 0;

  for (guint i = span->main_from; days != NULL && i < span->main_until; i++)
    {
      n += days->counts[i].open + days->counts[i].done + days->counts[i].closed;
      late += days->counts[i].late;
    }
  if (days != NULL)
    g_string_append_printf (text, ngettext (", %u activity", ", %u activities", n), n);
  if (late > 0)
    g_string_append_printf (text, ngettext (", %u late", ", %u late", late), late);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text->str,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  g_string_free (text, TRUE);
}

static void
step (WfCalendarPage *self, int direction)
{
  wf_calendar_model_step (self->model, direction);
  announce (self);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (WF_CALENDAR_PAGE (widget), g_variant_get_int32 (parameter) < 0 ? -1 : 1);
}

/* (i): to the right or to the left, whatever that means in the language. */
static void
turn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int direction = g_variant_get_int32 (parameter) < 0 ? -1 : 1;

  step (WF_CALENDAR_PAGE (widget), reversed ? -direction : direction);
}

static void
today_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (widget);
  GDate today;

  wf_calendar_model_get_today (self->model, &today);
  wf_calendar_model_set_date (self->model, &today);
  gtk_popover_popdown (self->date_popover);
  announce (self);
  if (wf_calendar_page_get_view (self) != NULL)
    gtk_widget_grab_focus (wf_calendar_page_get_view (self));
}

static void
set_view (WfCalendarPage *self, WfCalendarView view)
{
  g_settings_set_string (self->settings, "calendar-view", wf_calendar_view_names[view]);
  wf_calendar_model_set_view (self->model, view);
}

static void
view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *wanted = g_variant_get_string (parameter, NULL);

  for (guint i = 0; wf_calendar_view_names[i] != NULL; i++)
    {
      if (g_str_equal (wf_calendar_view_names[i], wanted))
        set_view (WF_CALENDAR_PAGE (widget), (WfCalendarView) i);
    }
}

/* (i): the next view of the row, day to agenda, or the one before. */
static void
zoom_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (widget);
  int view = (int) wf_calendar_model_get_view (self->model) + g_variant_get_int32 (parameter);

  if (view < WF_CALENDAR_DAY || view > WF_CALENDAR_AGENDA)
    gtk_widget_error_bell (widget);
  else
    set_view (self, (WfCalendarView) view);
}

/* text: "2026-11-18". */
static void
show_day (WfCalendarPage *self, const char *text)
{
  g_autofree char *midnight = g_strdup_printf ("%sT00:00:00", text);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, utc);
  GDate date;

  if (day == NULL)
    return;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (day), g_date_time_get_month (day),
                  g_date_time_get_year (day));
  wf_calendar_model_set_date (self->model, &date);
  set_view (self, WF_CALENDAR_DAY);
}

static void
show_day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_day (WF_CALENDAR_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* (ss): a person, a day. The person is chosen in the filter, where it is seen and can be taken out again. */
static void
show_person_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (widget);
  g_autoptr (WfCalendarFilter) filter =
      wf_calendar_filter_copy (wf_calendar_filter_popover_get_filter (self->filter_popover));
  const char *person, *day;

  g_variant_get (parameter, "(&s&s)", &person, &day);
  const char *const people[] = { person, NULL };
  g_strfreev (filter->people);
  filter->people = g_strdupv ((char **) people);
  g_clear_pointer (&filter->groups, g_strfreev);
  wf_calendar_filter_popover_set_filter (self->filter_popover, filter);
  wf_calendar_page_use_filter (self);
  show_day (self, day);
}

/* ---- what to do -------------------------------------------------------------------------------- */

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_calendar_page_open (WF_CALENDAR_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
reschedule_to_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (widget);
  const char *id;
  gint64 due;
  WfActivity *activity;

  g_variant_get (parameter, "(&sx)", &id, &due);
  wf_calendar_model_select (self->model, id);
  activity = wf_calendar_model_get_selected_activity (self->model);
  if (activity != NULL)
    wf_calendar_reschedule (wf_calendar_page_get_view (self), NULL, self->model, activity, due,
                            NULL, NULL);
}

static void
choose_date_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (WF_CALENDAR_PAGE (widget)->title_button);
}

static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (WF_CALENDAR_PAGE (widget)->filter_button);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wf_calendar_export_ask (widget, WF_CALENDAR_PAGE (widget)->model);
}

void
wf_calendar_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "calendar.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "calendar.turn", "i", turn_action);
  gtk_widget_class_install_action (widget_class, "calendar.today", NULL, today_action);
  gtk_widget_class_install_action (widget_class, "calendar.view", "s", view_action);
  gtk_widget_class_install_action (widget_class, "calendar.zoom", "i", zoom_action);
  gtk_widget_class_install_action (widget_class, "calendar.show-day", "s", show_day_action);
  gtk_widget_class_install_action (widget_class, "calendar.show-person", "(ss)",
                                   show_person_action);
  gtk_widget_class_install_action (widget_class, "calendar.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "calendar.reschedule-to", "(sx)",
                                   reschedule_to_action);
  gtk_widget_class_install_action (widget_class, "calendar.choose-date", NULL, choose_date_action);
  gtk_widget_class_install_action (widget_class, "calendar.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "calendar.export", NULL, export_action);
}

/* ---- gestures ---------------------------------------------------------------------------------- */

/* The page follows the fingers: to the left is on. */
static void
on_swipe (WfCalendarPage *self, double x, double y)
{
  if (fabs (x) > SWIPE && fabs (x) > 2 * fabs (y))
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.turn", "i", x < 0 ? 1 : -1);
}

static void
on_scroll_begin (WfCalendarPage *self)
{
  self->scrolled = 0;
}

/* A touchpad steps once each time the fingers are put down, however far they go. */
static gboolean
on_scroll (GtkEventControllerScroll *controller, double x, double y, WfCalendarPage *self)
{
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  double before = self->scrolled;

  if (wheel)
    {
      if (y == 0 || wf_calendar_model_get_view (self->model) != WF_CALENDAR_MONTH)
        return GDK_EVENT_PROPAGATE;
      step (self, y > 0 ? 1 : -1);
      return GDK_EVENT_STOP;
    }
  if (fabs (x) <= fabs (y))
    return GDK_EVENT_PROPAGATE;
  self->scrolled += x;
  if (fabs (before) < SCROLLED && fabs (self->scrolled) >= SCROLLED)
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.turn", "i",
                                self->scrolled > 0 ? 1 : -1);
  return GDK_EVENT_STOP;
}

void
wf_calendar_page_add_gestures (WfCalendarPage *self)
{
  GtkGesture *swipe = gtk_gesture_swipe_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (swipe), TRUE);
  g_signal_connect_swapped (swipe, "swipe", G_CALLBACK (on_swipe), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (swipe));
  g_signal_connect_swapped (scroll, "scroll-begin", G_CALLBACK (on_scroll_begin), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), scroll);
}
