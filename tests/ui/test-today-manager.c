/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manager's Today: what needs a manager, each line with one thing to do, and nothing else (R6). */
#include "wf-exceptions-view.h"
#include "wf-late-row.h"
#include "wf-refused-dialog.h"
#include "wf-today-window.h"

#define shows(self, text) wf_today_window_assert_shows ((self)->page, text)
#define hides(self, text) wf_today_window_assert_hides ((self)->page, text)

static GtkWidget *
find_button (WfTodayWindow *self, const char *id)
{
  GtkWidget *button = wf_window_check_find (self->page, GTK_TYPE_BUTTON, id);

  g_assert_nonnull (button);
  return button;
}

static void
test_good_news (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Tomorrow’s", "ana", 24 * 60);
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "carla");
  shows (self, "Nothing Needs You");
  gboolean ready;
  g_object_get (self->page, "ready", &ready, NULL);
  g_assert_true (ready);
  g_assert_cmpuint (wf_window_check_count_nameless (self->page), ==, 0);
  wf_today_window_activate (self, "today.show-everyone", NULL, NULL);
  shows (self, "Tomorrow’s");
}

static void
test_figures (WfTodayWindow *self, gconstpointer data)
{
  const WfExceptions figures = {
    .without_next = 11, .failing = 12, .held = 13, .conflicts = 14, .problems = 15, .refused = 16
  };

  wf_today_window_add (self, "a-1", "Late", "ana", -120);
  wf_today_window_add (self, "a-2", "Late too", "ana", -60);
  wf_today_window_add (self, "b-1", "Late of another", "bruno", -30);
  wf_today_window_add (self, "b-2", "Soon", "bruno", 30);
  wf_today_window_add (self, "q-1", "Nobody’s", NULL, 24 * 60);
  wf_fake_runtime_set_exceptions (self->runtime, &figures);
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "carla");
  for (guint i = 11; i <= 16; i++)
    {
      g_autofree char *figure = g_strdup_printf ("%u", i);
      shows (self, figure);
    }
  shows (self, "Ana Souza");
  shows (self, "2 late");
  shows (self, "the oldest 2 h late");
  shows (self, "the oldest 30 min late · 1 due within the hour");
  GtkWidget *row = wf_window_check_find (self->page, WF_TYPE_LATE_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Ana Souza");
  GtkWidget *bar = wf_window_check_find (row, GTK_TYPE_LEVEL_BAR, NULL);
  /* One colour, however long it is. */
  g_assert_false (
      gtk_level_bar_get_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW, NULL));
  g_assert_false (
      gtk_level_bar_get_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH, NULL));
  g_assert_false (
      gtk_level_bar_get_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL, NULL));
  g_assert_cmpuint (wf_window_check_count_nameless (self->page), ==, 0);
  g_assert_cmpstr (
      gtk_actionable_get_action_name (GTK_ACTIONABLE (find_button (self, "without_next_button"))),
      ==, "win.show-leads-without-next");
}

/* A person's line leads to what is late of that person, the queue's to the queue. */
static void
test_lines_lead_on (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Late", "ana", -120);
  wf_today_window_add (self, "a-2", "Not yet", "ana", 24 * 60);
  wf_today_window_add (self, "b-1", "Soon", "bruno", 30);
  wf_today_window_add (self, "q-1", "Nobody’s", NULL, 24 * 60);
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "carla");
  shows (self, "Ana Souza");
  GtkWidget *row = wf_window_check_find (self->page, WF_TYPE_LATE_ROW, NULL);
  GtkWidget *button = wf_window_check_find (row, GTK_TYPE_BUTTON, "button");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Show what is late of Ana Souza");
  g_signal_emit_by_name (button, "clicked");
  shows (self, "Late · 1");
  hides (self, "Not yet");
  hides (self, "Soon");

  wf_today_window_show (self, "exceptions");
  g_signal_emit_by_name (find_button (self, "unassigned_button"), "clicked");
  shows (self, "Nobody’s");
  hides (self, "Soon");

  wf_today_window_show (self, "exceptions");
  g_signal_emit_by_name (find_button (self, "at_risk_button"), "clicked");
  shows (self, "Soon");
  hides (self, "Nobody’s");
}

/* It follows what happens, without a touch. */
static void
test_follows (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_add (self, "a-1", "Soon", "ana", 1);
  wf_fake_runtime_tell (self->runtime);
  wf_today_window_open (self, "carla");
  shows (self, "At Risk in the Next Hour");
  hides (self, "Late by Person");
  wf_fake_clock_advance (self->clock, 2 * G_TIME_SPAN_MINUTE);
  shows (self, "1 late");
  hides (self, "At Risk in the Next Hour");
  wf_fake_runtime_change (self->runtime, "a-1")->status = WF_ACTIVITY_DONE;
  wf_fake_runtime_tell (self->runtime);
  shows (self, "Nothing Needs You");
}

static WfPendingChange *
make_refused (const char *what)
{
  WfPendingChange *change = g_new0 (WfPendingChange, 1);

  change->what = g_strdup (what);
  change->problem = g_strdup ("It was closed by Bruno.");
  change->state = WF_OUTBOX_FAILED;
  change->at = 0;
  return change;
}

/* B18: the CRM says otherwise: each change is sent again or given up. */
static void
test_refused (WfTodayWindow *self, gconstpointer data)
{
  const WfExceptions figures = { .refused = 2 };

  wf_fake_runtime_set_exceptions (self->runtime, &figures);
  wf_fake_runtime_add_pending (self->runtime, "a-1", make_refused ("Completed “Call”"));
  wf_fake_runtime_add_pending (self->runtime, "a-2", make_refused ("Moved “Visit”"));
  wf_today_window_open (self, "carla");
  shows (self, "Changes That the CRM Refused");
  g_signal_emit_by_name (find_button (self, "refused_button"), "clicked");
  GtkWidget *dialog = GTK_WIDGET (wf_today_window_get_dialog (self));
  g_assert_true (WF_IS_REFUSED_DIALOG (dialog));
  wf_today_window_assert_shows (dialog, "Completed “Call”");
  wf_today_window_assert_shows (dialog, "Moved “Visit”");
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);
  g_signal_emit_by_name (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "retry"), "clicked");
  wf_today_window_assert_command (self, "retry 1");
  wf_today_window_assert_hides (dialog, "Completed “Call”");
  g_signal_emit_by_name (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "drop"), "clicked");
  wf_today_window_assert_command (self, "drop 2");
  wf_today_window_assert_shows (dialog, "Nothing Is Refused");
}

static void
test_error (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_open (self, "carla");
  shows (self, "Nothing Needs You");
  wf_today_window_show (self, "everyone");
  wf_fake_clock_run_idle ();
  wf_fake_runtime_fail_next (self->runtime, "The disk is full.");
  wf_today_window_show (self, "exceptions");
  shows (self, "The disk is full.");
  wf_fake_runtime_tell (self->runtime);
  shows (self, "Nothing Needs You");
}

/* The view is as it was left; who sees nobody else's activities never gets it. */
static void
test_remembered (WfTodayWindow *self, gconstpointer data)
{
  wf_today_window_open (self, "carla");
  wf_today_window_show (self, "everyone");
  shows (self, "All Done");
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);
  g_autofree char *view = g_settings_get_string (settings, "today-view");
  g_assert_cmpstr (view, ==, "everyone");
  wf_fake_runtime_set_account (self->runtime, self->organisation, "ana");
  wf_fake_clock_run_idle ();
  GtkWidget *people = wf_window_check_find (self->page, ADW_TYPE_TOGGLE_GROUP, "people");
  g_assert_cmpuint (adw_toggle_group_get_n_toggles (ADW_TOGGLE_GROUP (people)), ==, 2);
  g_assert_cmpstr (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (people)), ==, "mine");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/today-manager/" name, WfTodayWindow, GINT_TO_POINTER (FALSE),                      \
              wf_today_window_set_up, func, wf_today_window_tear_down)

int
main (int argc, char **argv)
{
  wf_today_window_init (&argc, &argv);
  ADD ("good-news", test_good_news);
  ADD ("figures", test_figures);
  ADD ("lines-lead-on", test_lines_lead_on);
  ADD ("follows", test_follows);
  ADD ("refused", test_refused);
  ADD ("error", test_error);
  ADD ("remembered", test_remembered);
  return g_test_run ();
}
