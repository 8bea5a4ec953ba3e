/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preferences of publishing: finding a calendar, publishing, what is said of it, and stopping. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-memory-calendar.h"
#include "wf-publish-page.h"
#include "wf-test-folder.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"

typedef struct
{
  WfFakeClock *clock;
  WfTestFolder *folder;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  WfMemoryCalendar *calendar;
  WfCalendarPublisher *publisher;
  GtkWindow *window;
  WfPublishPage *page;
} Fixture;

static gboolean
is_idle (gpointer data)
{
  Fixture *f = data;

  return !wf_calendar_publisher_is_busy (f->publisher) && !g_main_context_pending (NULL);
}

static void
settle (Fixture *f)
{
  for (guint i = 0; i < 3; i++)
    {
      for (int n = 0; n < 1000 && g_main_context_iteration (NULL, FALSE); n++)
        ;
      g_assert_true (wf_window_check_wait (is_idle, f));
    }
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();

  f->clock = wf_fake_clock_new_at ("2026-11-18T13:00:00Z");
  f->folder = wf_test_folder_new ();
  f->organisation = wf_fake_organisation_new (FALSE);
  f->runtime = wf_fake_runtime_new (WF_CLOCK (f->clock), f->organisation, "ana");
  wf_fake_runtime_set_folder (f->runtime, wf_test_folder_get_path (f->folder));
  wf_fake_runtime_add (
      f->runtime, wf_fake_activity_new ("a-1", "Call", "ana",
                                        wf_clock_now (WF_CLOCK (f->clock)) + G_TIME_SPAN_HOUR));
  f->calendar = wf_memory_calendar_new ();
  wf_memory_calendar_set_has_own (f->calendar, data != NULL);
  f->publisher = wf_calendar_publisher_new (f->runtime, WF_CALENDARS (f->calendar));
  f->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (f->window, 370, 700); /* 360 within its frame */
  f->page = g_object_new (WF_TYPE_PUBLISH_PAGE, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->page))); /* no account, no page */
  wf_publish_page_set_publisher (f->page, f->publisher, WF_CALENDARS (f->calendar));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), ADW_PREFERENCES_PAGE (f->page));
  gtk_window_present (f->window);
  adw_dialog_present (dialog, GTK_WIDGET (f->window));
  g_assert_true (wf_window_check_wait (is_mapped, f->page));
  settle (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (f->window);
  wf_calendar_publisher_stop (f->publisher);
  settle (f);
  g_assert_finalize_object (f->publisher);
  g_assert_finalize_object (f->calendar);
  g_assert_finalize_object (f->runtime);
  wf_organisation_unref (f->organisation);
  g_object_unref (f->clock);
  wf_test_folder_free (f->folder);
}

static GtkWidget *
find (Fixture *f, GType type, const char *name)
{
  return wf_window_check_find (GTK_WIDGET (f->page), type, name);
}

static void
enter (Fixture *f, GType type, const char *name, const char *text)
{
  GtkWidget *row = find (f, type, name);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* FALSE: there is no such button, or it cannot be pressed. */
static gboolean
press (Fixture *f, const char *name)
{
  GtkWidget *button = find (f, GTK_TYPE_BUTTON, name);

  if (button == NULL || !gtk_widget_is_sensitive (button))
    return FALSE;
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  settle (f);
  return TRUE;
}

static void
publish (Fixture *f)
{
  g_assert_false (press (f, "find_button"));
  enter (f, ADW_TYPE_ENTRY_ROW, "address", "cal.example");
  enter (f, ADW_TYPE_ENTRY_ROW, "user", "ana");
  enter (f, ADW_TYPE_PASSWORD_ENTRY_ROW, "password", "secret");
  g_assert_true (press (f, "find_button"));
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "Memory"));
  g_assert_true (press (f, "publish_button"));
}

static void
answer (Fixture *f, const char *response)
{
  GtkWidget *alert;

  g_assert_true (press (f, "stop_button"));
  alert = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (f->window)));
  g_assert_true (ADW_IS_ALERT_DIALOG (alert));
  g_signal_emit_by_name (alert, "response", response);
  adw_dialog_force_close (ADW_DIALOG (alert));
  settle (f);
}

static void
test_publish_and_stop (Fixture *f, gconstpointer data)
{
  publish (f);
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "1 activity published, just now"));
  g_assert_cmpuint (wf_memory_calendar_get_n (f->calendar), ==, 1);
  g_assert_null (find (f, ADW_TYPE_ENTRY_ROW, "address"));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (f->page)), ==, 0);
  wf_fake_clock_advance (f->clock, 2 * G_TIME_SPAN_MINUTE + G_TIME_SPAN_SECOND);
  settle (f);
  g_assert_true (
      wf_window_check_has_text (GTK_WIDGET (f->page), "1 activity published, 2 min ago"));
  answer (f, "cancel");
  g_assert_nonnull (wf_calendar_publisher_get_target (f->publisher));
  answer (f, "remove");
  g_assert_cmpuint (wf_memory_calendar_get_n (f->calendar), ==, 0);
  g_assert_null (wf_calendar_publisher_get_target (f->publisher));
  /* Nothing of the password is left in the window. */
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (find (f, ADW_TYPE_PASSWORD_ENTRY_ROW, "password"))), ==,
      "");
}

static void
test_leave_it_there (Fixture *f, gconstpointer data)
{
  publish (f);
  answer (f, "keep");
  g_assert_cmpuint (wf_memory_calendar_get_n (f->calendar), ==, 1);
  g_assert_null (wf_calendar_publisher_get_target (f->publisher));
}

static void
test_problem (Fixture *f, gconstpointer data)
{
  wf_memory_calendar_fail (f->calendar, 1, WF_CRM_ERROR_AUTH);
  publish (f);
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "As the test wants it"));
  g_assert_true (press (f, "again_button"));
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "1 activity published, just now"));
  g_assert_null (find (f, GTK_TYPE_BUTTON, "again_button"));
}

static void
test_only_meetings (Fixture *f, gconstpointer data)
{
  publish (f);
  adw_switch_row_set_active (ADW_SWITCH_ROW (find (f, ADW_TYPE_SWITCH_ROW, "only_meetings")), TRUE);
  settle (f);
  g_assert_true (wf_calendar_publisher_get_only_meetings (f->publisher));
  g_assert_cmpuint (wf_memory_calendar_get_n (f->calendar), ==, 0);
}

/* What was found for one server is not used for another. */
static void
test_another_address (Fixture *f, gconstpointer data)
{
  enter (f, ADW_TYPE_ENTRY_ROW, "address", "cal.example");
  g_assert_true (press (f, "find_button"));
  enter (f, ADW_TYPE_ENTRY_ROW, "address", "other.example");
  settle (f);
  g_assert_null (find (f, GTK_TYPE_BUTTON, "publish_button"));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (f->page)), ==, 0);
}

/* ---- this computer's calendar ------------------------------------------------------------------ */

static GtkCheckButton *
get_check (Fixture *f, const char *name)
{
  GtkWidget *check = find (f, GTK_TYPE_CHECK_BUTTON, name);

  g_assert_nonnull (check);
  return GTK_CHECK_BUTTON (check);
}

static gboolean
is_in_journal (Fixture *f, const char *line)
{
  GPtrArray *journal = wf_memory_calendar_get_journal (f->calendar);

  for (guint i = 0; i < journal->len; i++)
    if (g_str_equal (journal->pdata[i], line))
      return TRUE;
  return FALSE;
}

/* It says what is missing, and the server is what remains. */
static void
test_own_missing (Fixture *f, gconstpointer data)
{
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (get_check (f, "own_check"))));
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "No calendars here"));
  g_assert_true (gtk_check_button_get_active (get_check (f, "server_check")));
  g_assert_nonnull (find (f, ADW_TYPE_ENTRY_ROW, "address"));
}

/* The new calendar is made when it is needed, not when it is looked at. */
static void
test_own (Fixture *f, gconstpointer data)
{
  g_assert_null (find (f, ADW_TYPE_ENTRY_ROW, "address")); /* nothing is chosen yet */
  g_assert_null (find (f, GTK_TYPE_BUTTON, "publish_button"));
  gtk_check_button_set_active (get_check (f, "own_check"), TRUE);
  settle (f);
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "Workflow (new calendar)"));
  g_assert_nonnull (find (f, ADW_TYPE_SWITCH_ROW, "only_new"));
  g_assert_null (find (f, ADW_TYPE_PASSWORD_ENTRY_ROW, "password"));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (f->page)), ==, 0);
  /* A calendar that takes no tasks leaves nothing to choose. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (f, ADW_TYPE_COMBO_ROW, "target")), 1);
  g_assert_null (find (f, ADW_TYPE_SWITCH_ROW, "only_new"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (f, ADW_TYPE_COMBO_ROW, "target")), 0);
  g_assert_false (is_in_journal (f, "make own"));
  g_assert_true (press (f, "publish_button"));
  g_assert_true (is_in_journal (f, "make own"));
  g_assert_false (is_in_journal (f, "keep")); /* there is no password */
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "This computer’s calendar"));
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "1 activity published, just now"));
  g_assert_null (find (f, GTK_TYPE_CHECK_BUTTON, "own_check"));
  answer (f, "remove");
  g_assert_cmpuint (wf_memory_calendar_get_n (f->calendar), ==, 0);
  g_assert_nonnull (find (f, GTK_TYPE_CHECK_BUTTON, "own_check"));
}

static void
test_own_fails (Fixture *f, gconstpointer data)
{
  wf_memory_calendar_fail (f->calendar, 1, WF_CRM_ERROR_UNCERTAIN);
  gtk_check_button_set_active (get_check (f, "own_check"), TRUE);
  settle (f);
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "As the test wants it"));
  /* What was found, or was wrong, in one place is not there in the other. */
  gtk_check_button_set_active (get_check (f, "server_check"), TRUE);
  settle (f);
  g_assert_false (wf_window_check_has_text (GTK_WIDGET (f->page), "As the test wants it"));
  gtk_check_button_set_active (get_check (f, "own_check"), TRUE);
  settle (f);
  wf_memory_calendar_fail (f->calendar, 1, WF_CRM_ERROR_FORBIDDEN);
  g_assert_true (press (f, "publish_button"));
  g_assert_true (wf_window_check_has_text (GTK_WIDGET (f->page), "As the test wants it"));
  g_assert_null (wf_calendar_publisher_get_target (f->publisher));
  g_assert_true (press (f, "publish_button"));
  g_assert_nonnull (wf_calendar_publisher_get_target (f->publisher));
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
#define ADD(name, func)                                                                            \
  g_test_add ("/ui/publish-page/" name, Fixture, NULL, set_up, func, tear_down)
#define ADD_OWN(name, func)                                                                        \
  g_test_add ("/ui/publish-page/" name, Fixture, "own", set_up, func, tear_down)
  ADD ("publish-and-stop", test_publish_and_stop);
  ADD ("leave-it-there", test_leave_it_there);
  ADD ("problem", test_problem);
  ADD ("only-meetings", test_only_meetings);
  ADD ("another-address", test_another_address);
  ADD ("own-missing", test_own_missing);
  ADD_OWN ("own", test_own);
  ADD_OWN ("own-fails", test_own_fails);
#undef ADD
#undef ADD_OWN
  return g_test_run ();
}
