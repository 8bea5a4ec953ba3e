/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar of activities: day, week, month, agenda. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-page-private.h"

#include "wf-actions.h"
#include "wf-plain-text.h"
#include "wf-sync-banner.h"
#include "wf-toast.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WfCalendarPage, wf_calendar_page, WF_TYPE_PAGE)

/* ---- views ------------------------------------------------------------------------------------- */

static GtkWidget *
make_view (WfCalendarPage *self, WfCalendarView view)
{
  switch (view)
    {
    case WF_CALENDAR_MONTH:
      return wf_month_view_new (self->model);
    case WF_CALENDAR_AGENDA:
      return wf_agenda_view_new (self->model);
    case WF_CALENDAR_DAY:
    case WF_CALENDAR_WEEK:
    default:
      return wf_days_view_new (self->model);
    }
}

/* A day and a week are columns of the same view. */
static WfCalendarView
get_kind (WfCalendarView view)
{
  return view == WF_CALENDAR_DAY ? WF_CALENDAR_WEEK : view;
}

GtkWidget *
wf_calendar_page_get_view (WfCalendarPage *self)
{
  return gtk_stack_get_visible_child (self->stack);
}

/* Each is made when it is wanted for the first time, and shown when its days are there. */
static void
show_view (WfCalendarPage *self)
{
  WfCalendarView kind = get_kind (wf_calendar_model_get_span (self->model)->view);
  GtkWidget *before = wf_calendar_page_get_view (self);
  gboolean had_focus = before != NULL && gtk_widget_get_focus_child (before) != NULL;

  if (self->made[kind] == NULL)
    {
      self->made[kind] = make_view (self, kind);
      gtk_stack_add_child (self->stack, self->made[kind]);
    }
  if (before == self->made[kind])
    return;
  gtk_stack_set_visible_child (self->stack, self->made[kind]);
  if (had_focus)
    gtk_widget_grab_focus (self->made[kind]);
}

/* B6: above the days, for those who lead others; it hides itself from the others. */
static void
show_load (WfCalendarPage *self)
{
  WfCalendarView view = wf_calendar_model_get_span (self->model)->view;
  gboolean wanted = view != WF_CALENDAR_AGENDA &&
                    wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE);

  if (wanted && self->load == NULL)
    {
      self->load = wf_load_strip_new (self->model);
      adw_bin_set_child (self->load_place, self->load);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->load_place), wanted);
}

/* ---- states ------------------------------------------------------------------------------------ */

static guint
count_shown (WfCalendarPage *self)
{
  const WfCalendarDays *days = wf_calendar_model_get_days (self->model);
  guint n = 0;

  for (guint i = 0; days != NULL && i < days->n_days; i++)
    n += days->counts[i].open + days->counts[i].done + days->counts[i].closed;
  return n;
}

static const char *
describe_nothing (WfCalendarView view)
{
  switch (view)
    {
    case WF_CALENDAR_DAY:
      return _ ("Nothing planned on this day");
    case WF_CALENDAR_WEEK:
      return _ ("Nothing planned in this week");
    case WF_CALENDAR_MONTH:
      return _ ("Nothing planned in this month");
    case WF_CALENDAR_AGENDA:
    default:
      return _ ("Nothing planned in these weeks");
    }
}

static void
show_nothing (WfCalendarPage *self)
{
  gboolean loaded;

  g_object_get (self->model, "loaded", &loaded, NULL);
  if (!loaded) /* it stays as it was until it is known */
    return;
  gtk_label_set_text (self->nothing,
                      describe_nothing (wf_calendar_model_get_span (self->model)->view));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), count_shown (self) == 0);
}

static const char *
choose_state (WfCalendarPage *self)
{
  g_autoptr (GError) error = NULL;

  g_object_get (self->model, "error", &error, NULL);
  if (wf_calendar_model_get_days (self->model) != NULL)
    return "views";
  if (error != NULL)
    {
      wf_plain_page_set_description (self->error, error->message);
      return "error";
    }
  return wf_page_is_ready (WF_PAGE (self))
             ? "views"
             : "loading"; /* an empty grid for a moment, never a spinner again */
}

static void
show_state (WfCalendarPage *self)
{
  const char *state = choose_state (self);
  gboolean ready = !g_str_equal (state, "loading");

  gtk_stack_set_visible_child_name (self->states, state);
  show_nothing (self);
  if (!wf_page_set_ready (WF_PAGE (self), ready))
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && wf_calendar_page_get_view (self) != NULL)
    gtk_widget_grab_focus (wf_calendar_page_get_view (self));
}

/* How much room the header has: the details beside the calendar take as much as a step of the window. */
static WfCalendarRoom
get_room (WfCalendarPage *self)
{
  AdwBreakpoint *const steps[] = { self->small, self->slim,  self->narrow,
                                   self->lone,  self->tight, self->medium };
  static const WfCalendarRoom rooms[] = { WF_CALENDAR_ROOM_SMALL,  WF_CALENDAR_ROOM_SLIM,
                                          WF_CALENDAR_ROOM_NARROW, WF_CALENDAR_ROOM_TIGHT,
                                          WF_CALENDAR_ROOM_TIGHT,  WF_CALENDAR_ROOM_WIDE };
  AdwBreakpoint *current = adw_breakpoint_bin_get_current_breakpoint (self->bin);
  gboolean beside = adw_overlay_split_view_get_show_sidebar (self->split) &&
                    !adw_overlay_split_view_get_collapsed (self->split);

  for (guint i = 0; current != NULL && i < G_N_ELEMENTS (steps); i++)
    {
      if (current != steps[i])
        continue;
      if (!beside)
        return rooms[i];
      return current == self->medium ? WF_CALENDAR_ROOM_NARROW : WF_CALENDAR_ROOM_SLIM;
    }
  return beside ? WF_CALENDAR_ROOM_TIGHT : WF_CALENDAR_ROOM_WIDE;
}

/* Where the date would be cut, it is shortened. A month is short enough but for the narrowest. */
static gboolean
is_brief (WfCalendarPage *self)
{
  WfCalendarRoom room = get_room (self);

  return room <= WF_CALENDAR_ROOM_SLIM ||
         (room == WF_CALENDAR_ROOM_TIGHT &&
          wf_calendar_model_get_view (self->model) != WF_CALENDAR_MONTH);
}

static void
show_title (WfCalendarPage *self)
{
  g_autofree char *title = wf_calendar_model_describe_span (self->model);
  /* Translators: %s is what the calendar shows: "November 2026" */
  g_autofree char *words = g_strdup_printf (_ ("%s, choose a date"), title);
  g_autofree char *brief = wf_calendar_model_describe_span_briefly (self->model);

  gtk_label_set_text (self->title_label, is_brief (self) ? brief : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* The views are chosen in the header, or below the calendar where it has no room for them. */
static void
on_room_changed (WfCalendarPage *self)
{
  WfCalendarRoom room;

  if (self->model == NULL)
    return;
  room = get_room (self);
  gtk_widget_set_visible (GTK_WIDGET (self->views), room >= WF_CALENDAR_ROOM_TIGHT);
  gtk_widget_set_visible (self->narrow_bar, room < WF_CALENDAR_ROOM_TIGHT);
  gtk_widget_set_visible (self->today_button, room > WF_CALENDAR_ROOM_SMALL);
  show_title (self);
}

static void
show_chosen_view (WfCalendarPage *self)
{
  const char *name = wf_calendar_view_names[wf_calendar_model_get_view (self->model)];

  self->choosing = TRUE;
  adw_toggle_group_set_active_name (self->views, name);
  self->choosing = FALSE;
  show_title (self);
}

static void
on_changed (WfCalendarPage *self)
{
  show_view (self);
  show_load (self);
  show_state (self);
  show_title (self);
}

/* ---- details ----------------------------------------------------------------------------------- */

static gboolean
is_details_shown (WfCalendarPage *self)
{
  return adw_overlay_split_view_get_show_sidebar (self->split);
}

void
wf_calendar_page_update_actions (WfCalendarPage *self)
{
  if (self->actions != NULL)
    wf_activity_actions_update (self->actions);
}

void
wf_calendar_page_show_details (WfCalendarPage *self, WfActivity *activity)
{
  wf_activity_details_set_activity (self->details, activity);
  adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
  wf_calendar_page_update_actions (self);
}

static void
on_activity_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfCalendarPage) self = WF_CALENDAR_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity =
      wf_runtime_get_activity_finish (WF_RUNTIME (object), result, &error);

  if (self->model == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (activity != NULL)
    wf_calendar_page_show_details (self, activity);
  else
    wf_toast_show (GTK_WIDGET (self), error->message);
}

void
wf_calendar_page_open (WfCalendarPage *self, const char *activity)
{
  WfActivity *known;

  wf_calendar_model_select (self->model, activity);
  known = wf_calendar_model_get_selected_activity (self->model);
  if (known != NULL)
    wf_calendar_page_show_details (self, known);
  else
    wf_runtime_get_activity_async (self->runtime, activity, self->cancellable, on_activity_read,
                                   g_object_ref (self));
}

static void
on_selected (WfCalendarPage *self)
{
  WfActivity *selected = wf_calendar_model_get_selected_activity (self->model);

  if (selected != NULL && is_details_shown (self) &&
      !adw_overlay_split_view_get_collapsed (self->split))
    wf_activity_details_set_activity (self->details, selected);
  wf_calendar_page_update_actions (self);
}

static void
on_show_details_changed (WfCalendarPage *self)
{
  if (self->model == NULL)
    return;
  on_room_changed (self);
  wf_calendar_page_update_actions (self);
  if (!is_details_shown (self) && wf_calendar_page_get_view (self) != NULL)
    gtk_widget_grab_focus (wf_calendar_page_get_view (self));
}

/* Keeps what is shown in step with the store, also when it left the calendar. */
static void
on_shown_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfCalendarPage) self = WF_CALENDAR_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity =
      wf_runtime_get_activity_finish (WF_RUNTIME (object), result, &error);
  WfActivity *shown = self->model != NULL ? wf_activity_details_get_activity (self->details) : NULL;

  if (shown == NULL || !is_details_shown (self) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (activity == NULL)
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  else if (g_str_equal (activity->id, shown->id))
    {
      wf_activity_details_set_activity (self->details, activity);
      wf_calendar_page_update_actions (self);
    }
}

static void
on_activities_changed (WfCalendarPage *self)
{
  WfActivity *shown = is_details_shown (self) ? wf_activity_details_get_activity (self->details)
                                              : NULL;

  if (shown != NULL)
    wf_runtime_get_activity_async (self->runtime, shown->id, self->cancellable, on_shown_read,
                                   g_object_ref (self));
}

static void
on_other_opened (WfCalendarPage *self, const char *activity)
{
  wf_calendar_page_open (self, activity);
}

static void
on_comment (WfCalendarPage *self, const char *text)
{
  wf_activity_actions_comment (self->actions, text);
}

/* ---- what is wanted ---------------------------------------------------------------------------- */

static void
on_view_chosen (WfCalendarPage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->views);

  if (name != NULL && self->model != NULL && !self->choosing)
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.view", "s", name);
}

static void
on_day_selected (WfCalendarPage *self)
{
  g_autoptr (GDateTime) chosen = gtk_calendar_get_date (self->chooser);
  GDate date;

  if (self->choosing || self->model == NULL)
    return;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (chosen),
                  (GDateMonth) g_date_time_get_month (chosen),
                  (GDateYear) g_date_time_get_year (chosen));
  wf_calendar_model_set_date (self->model, &date);
  gtk_popover_popdown (self->date_popover);
}

static void
on_chooser_shown (WfCalendarPage *self)
{
  const GDate *date = wf_calendar_model_get_date (self->model);
  g_autoptr (GDateTime) time = g_date_time_new_local (
      g_date_get_year (date), g_date_get_month (date), g_date_get_day (date), 12, 0, 0);

  self->choosing = TRUE;
  if (time != NULL)
    gtk_calendar_select_day (self->chooser, time);
  self->choosing = FALSE;
}

static gboolean
is_list (char *const *list)
{
  return list != NULL && list[0] != NULL;
}

static void
use_filter (WfCalendarPage *self, const WfCalendarFilter *filter)
{
  g_autoptr (WfCalendarFilter) copy = wf_calendar_filter_copy (filter);
  gboolean narrow = is_list (copy->people) || is_list (copy->groups) || is_list (copy->types) ||
                    is_list (copy->workflows);

  g_set_str (&copy->origin, wf_origin_switch_get_origin (self->origin));
  wf_calendar_model_set_filter (self->model, copy);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
}

void
wf_calendar_page_use_filter (WfCalendarPage *self)
{
  use_filter (self, wf_calendar_filter_popover_get_filter (self->filter_popover));
}

static void
on_filter_changed (WfCalendarPage *self)
{
  if (self->model != NULL)
    wf_calendar_page_use_filter (self);
}

static void
on_origin_changed (WfCalendarPage *self)
{
  on_filter_changed (self);
  gtk_widget_set_visible (self->bars, gtk_widget_get_visible (GTK_WIDGET (self->origin)));
}

/* Policy: who leads others begins with everyone's activities, the others know only their own. */
static void
on_person_changed (WfCalendarPage *self)
{
  if (!self->filter_chosen && wf_runtime_get_organisation (self->runtime) != NULL &&
      wf_runtime_get_person (self->runtime) != NULL)
    {
      const WfCalendarFilter first = { .everyone =
                                           wf_runtime_may (self->runtime, WF_RIGHT_SEE_EVERYONE) };
      self->filter_chosen = TRUE;
      wf_calendar_filter_popover_set_filter (self->filter_popover, &first);
    }
  on_origin_changed (self);
  show_load (self);
  wf_calendar_page_update_actions (self);
}

/* ---- object ------------------------------------------------------------------------------------ */

static WfCalendarView
find_view (const char *name)
{
  for (guint i = 0; wf_calendar_view_names[i] != NULL; i++)
    {
      if (g_strcmp0 (wf_calendar_view_names[i], name) == 0)
        return (WfCalendarView) i;
    }
  return WF_CALENDAR_MONTH;
}

static void
watch (WfCalendarPage *self)
{
  static const char *const watched[] = { "notify::organisation", "notify::person" };

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->runtime, watched[i], G_CALLBACK (on_person_changed), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runtime, "activities-changed", G_CALLBACK (on_activities_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->minutes, "notify::now",
                           G_CALLBACK (wf_calendar_page_update_actions), self,
                           G_CONNECT_SWAPPED); /* what is late allows less */
  g_signal_connect_object (self->model, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::view", G_CALLBACK (show_chosen_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::date", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::error", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
}

static void
wf_calendar_page_constructed (GObject *object)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (object);
  g_autofree char *view = g_settings_get_string (self->settings, "calendar-view");

  G_OBJECT_CLASS (wf_calendar_page_parent_class)->constructed (object);
  self->runtime = wf_page_get_runtime (WF_PAGE (self));
  self->minutes = wf_page_get_minutes (WF_PAGE (self));
  self->model = wf_calendar_model_new (self->runtime, self->minutes);
  wf_calendar_model_set_view (self->model, find_view (view));
  wf_activity_details_set_up (self->details, self->runtime, self->minutes);
  self->actions = wf_activity_actions_new (GTK_WIDGET (self), self->runtime, self->minutes,
                                           self->details, &wf_calendar_page_activity_actions);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "today", self->actions);
  wf_calendar_filter_popover_set_runtime (self->filter_popover, self->runtime);
  wf_origin_switch_set_runtime (self->origin, self->runtime);
  wf_sync_banner_bind (self->banner, self->runtime);
  watch (self);
  on_person_changed (self);
  show_chosen_view (self);
  on_changed (self);
  on_room_changed (self);
}

static void
wf_calendar_page_map (GtkWidget *widget)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (widget);

  wf_calendar_model_set_active (self->model, TRUE);
  GTK_WIDGET_CLASS (wf_calendar_page_parent_class)->map (widget);
  if (wf_page_is_ready (WF_PAGE (self)) && wf_calendar_page_get_view (self) != NULL)
    gtk_widget_grab_focus (wf_calendar_page_get_view (self));
}

static void
wf_calendar_page_unmap (GtkWidget *widget)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (widget);

  wf_calendar_model_set_active (self->model, FALSE);
  GTK_WIDGET_CLASS (wf_calendar_page_parent_class)->unmap (widget);
}

static void
wf_calendar_page_dispose (GObject *object)
{
  WfCalendarPage *self = WF_CALENDAR_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "today", NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->model);
  self->minutes = NULL;
  g_clear_object (&self->settings);
  self->runtime = NULL;
  G_OBJECT_CLASS (wf_calendar_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WF_UI_RESOURCES "calendar/wf-calendar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, split);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, title_button);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, date_popover);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, filter_popover);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, banner);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, bars);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, bin);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, medium);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, tight);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, lone);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, narrow);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, slim);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, small);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, today_button);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, narrow_bar);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, views);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, origin);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, states);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, load_place);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, error);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, WfCalendarPage, details);
  gtk_widget_class_bind_template_callback (widget_class, on_show_details_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_view_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_room_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_chooser_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_origin_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_comment);
  gtk_widget_class_bind_template_callback (widget_class, on_other_opened);
}

static void
wf_calendar_page_class_init (WfCalendarPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wf_calendar_page_constructed;
  object_class->dispose = wf_calendar_page_dispose;
  widget_class->map = wf_calendar_page_map;
  widget_class->unmap = wf_calendar_page_unmap;
  g_type_ensure (WF_TYPE_ACTIVITY_DETAILS);
  g_type_ensure (WF_TYPE_CALENDAR_FILTER_POPOVER);
  g_type_ensure (WF_TYPE_ORIGIN_SWITCH);
  bind_template (widget_class);
  wf_calendar_page_install_actions (widget_class);
}

static void
wf_calendar_page_init (WfCalendarPage *self)
{
  self->cancellable = wf_page_get_cancellable (WF_PAGE (self));
  self->settings = g_settings_new (WF_APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  wf_calendar_page_add_gestures (self);
  wf_actions_add_shortcuts (GTK_WIDGET (self->stack), WF_SHORTCUT_CALENDAR);
  wf_actions_add_shortcuts (GTK_WIDGET (self->details), WF_SHORTCUT_CALENDAR);
}
