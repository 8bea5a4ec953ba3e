/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today's page in a window with a runtime in memory, for tests. */
#include "wf-today-window.h"

#include "wf-activity-details.h"

WfInstant
wf_today_window_now (WfTodayWindow *self)
{
  return wf_clock_now (WF_CLOCK (self->clock));
}

void
wf_today_window_open (WfTodayWindow *self, const char *person)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (self->window);

  wf_fake_runtime_set_account (self->runtime, self->organisation, person);
  self->page = g_object_new (WF_TYPE_TODAY_PAGE, "runtime", self->runtime, NULL);
  adw_application_window_set_content (window, adw_toast_overlay_new ());
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (adw_application_window_get_content (window)),
                               self->page);
  gtk_window_present (GTK_WINDOW (self->window));
}

void
wf_today_window_set_up (WfTodayWindow *self, gconstpointer store_flow)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);

  g_settings_reset (settings, "today-view");
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->organisation = wf_fake_organisation_new (GPOINTER_TO_INT (store_flow));
  self->runtime = wf_fake_runtime_new (WF_CLOCK (self->clock), NULL, NULL);
  self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "default-width", 1000, "default-height",
                               700, NULL);
}

void
wf_today_window_tear_down (WfTodayWindow *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==,
                    0); /* nothing goes on without a window */
  g_assert_finalize_object (self->runtime);
  wf_organisation_unref (self->organisation);
  g_object_unref (self->clock);
}

void
wf_today_window_init (int *argc, char ***argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (argc, argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
}

WfActivity *
wf_today_window_add (WfTodayWindow *self, const char *id, const char *title, const char *person,
                     int minutes)
{
  WfActivity *activity = wf_fake_activity_new (
      id, title, person, wf_today_window_now (self) + minutes * G_TIME_SPAN_MINUTE);

  wf_fake_runtime_add (self->runtime, activity);
  return activity;
}

void
wf_today_window_show (WfTodayWindow *self, const char *toggle)
{
  GtkWidget *people = wf_window_check_find (self->page, ADW_TYPE_TOGGLE_GROUP, "people");

  g_assert_nonnull (people);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (people), toggle);
  g_assert_cmpstr (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (people)), ==, toggle);
}

void
wf_today_window_activate (WfTodayWindow *self, const char *action, const char *format,
                          const char *target)
{
  g_assert_true (target != NULL ? gtk_widget_activate_action (self->page, action, format, target)
                                : gtk_widget_activate_action (self->page, action, NULL));
}

GtkSelectionModel *
wf_today_window_get_selection (WfTodayWindow *self)
{
  return gtk_list_view_get_model (
      GTK_LIST_VIEW (wf_window_check_find (self->page, GTK_TYPE_LIST_VIEW, "list")));
}

AdwDialog *
wf_today_window_get_dialog (WfTodayWindow *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
}

static gboolean
has_no_dialog (gpointer window)
{
  return adw_application_window_get_visible_dialog (window) == NULL;
}

void
wf_today_window_wait_no_dialog (WfTodayWindow *self)
{
  g_assert_true (wf_window_check_wait (has_no_dialog, self->window));
}

GtkWidget *
wf_today_window_get_details (WfTodayWindow *self)
{
  return wf_window_check_find (self->page, WF_TYPE_ACTIVITY_DETAILS, NULL);
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} Text;

static gboolean
shows_text (gpointer data)
{
  return wf_window_check_has_text (((Text *) data)->root, ((Text *) data)->text);
}

static gboolean
hides_text (gpointer data)
{
  return !shows_text (data);
}

void
wf_today_window_assert_shows (GtkWidget *root, const char *text)
{
  if (!wf_window_check_wait (shows_text, &(Text) { root, text }))
    g_error ("“%s” is not shown", text);
}

void
wf_today_window_assert_hides (GtkWidget *root, const char *text)
{
  if (!wf_window_check_wait (hides_text, &(Text) { root, text }))
    g_error ("“%s” is still shown", text);
}

void
wf_today_window_assert_command (WfTodayWindow *self, const char *command)
{
  g_assert_cmpstr (wf_fake_runtime_get_last_command (self->runtime), ==, command);
}
