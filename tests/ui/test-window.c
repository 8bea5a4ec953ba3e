/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: from the welcome into an account and back, what each role is shown, and the connection dialog. */
#include "wf-connect-dialog.h"
#include "wf-crm.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"
#include "wf-pages.h"
#include "wf-preferences-dialog.h"
#include "wf-problem-row.h"
#include "wf-sidebar-row.h"
#include "wf-ui-gresource.h"
#include "wf-window-check.h"
#include "wf-window.h"

#include <glib/gstdio.h>

typedef struct
{
  WfFakeClock *clock;
  WfAccounts *accounts;
  WfSession *session;
  WfWindow *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer width)
{
  g_autoptr (GSettings) settings = g_settings_new (WF_APPLICATION_ID);

  g_settings_set_int (settings, "window-width", GPOINTER_TO_INT (width));
  self->clock = wf_fake_clock_new_at ("2026-11-18T10:00:00Z");
  self->accounts = wf_fake_accounts_new ();
  self->session = wf_session_new (WF_CLOCK (self->clock), self->accounts, NULL);
  self->window = wf_window_new (NULL, self->session, self->accounts, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wf_session_close (self->session);
  wf_fake_clock_run_idle ();
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->accounts);
  g_object_unref (self->clock);
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

static void
assert_shows (Fixture *self, const char *text)
{
  if (!wf_window_check_wait (shows_text, &(Text) { GTK_WIDGET (self->window), text }))
    g_error ("“%s” is not shown", text);
}

static void
open_account (Fixture *self)
{
  g_autoptr (WfAccount) account =
      wf_account_new ("Padrão", WF_ACCOUNT_KIND_OPEN, "https://crm.example", NULL);

  wf_session_open (self->session, account, "/nowhere");
}

static gboolean
is_open (gpointer data)
{
  return wf_session_get_runtime (((Fixture *) data)->session) != NULL;
}

static char *
list_pages (Fixture *self)
{
  GtkWidget *row = wf_window_check_find (GTK_WIDGET (self->window), WF_TYPE_SIDEBAR_ROW, NULL);
  GString *names = g_string_new (NULL);

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (names, "%s ", wf_sidebar_row_get_page (WF_SIDEBAR_ROW (row))->name);
  return g_string_free_and_steal (names);
}

static void
test_welcome (Fixture *self, gconstpointer data)
{
  assert_shows (self, "Welcome to Workflow");
  assert_shows (self, "Try the Sample Company");
  g_assert_true (wf_window_is_ready (self->window));
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (self->window)), ==, 0);
}

static void
test_open_and_leave (Fixture *self, gconstpointer data)
{
  const char *page;

  open_account (self);
  g_assert_cmpint (wf_session_get_state (self->session), ==, WF_SESSION_CONNECTING);
  assert_shows (self, "Opening Padrão…");
  g_assert_true (wf_window_check_wait (is_open, self));
  assert_shows (self, "Padrão Móveis");
  assert_shows (self, "Carla Mendes");
  assert_shows (self, "Up to date, just now");
  assert_shows (self, "Nothing Needs You"); /* a manager begins with the exceptions */
  g_assert_nonnull (wf_window_get_page (self->window, &page));
  g_assert_cmpstr (page, ==, "today");
  g_assert_cmpuint (wf_window_check_count_nameless (GTK_WIDGET (self->window)), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.leave-account", NULL);
  assert_shows (self, "Welcome to Workflow");
}

static void
test_fails_and_tries_again (Fixture *self, gconstpointer data)
{
  wf_fake_accounts_fail_next (self->accounts,
                              g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_AUTH, "401"));
  open_account (self);
  assert_shows (self, "Padrão cannot be opened");
  assert_shows (self, "The CRM does not accept this token. Copy it again, or ask for a new one.");
  assert_shows (self, "Sign In…");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.reconnect", NULL);
  assert_shows (self, "Padrão Móveis");
}

static void
fail_next_unread (Fixture *self)
{
  wf_fake_accounts_fail_next (self->accounts,
                              wf_crm_error_new_token_unread ("The password store is locked."));
}

static gboolean
is_failed (gpointer data)
{
  return wf_session_get_state (((Fixture *) data)->session) == WF_SESSION_FAILED;
}

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer n)
{
  (*(guint *) n)++;
}

static void
wait_for_notify (guint *n, guint wanted)
{
  for (guint i = 0; *n < wanted && i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (*n, ==, wanted);
}

/* At login the password service may start later: asked again with the back-off, and the person is needed only once it is not a
 * matter of seconds. */
static void
test_unread_token (Fixture *self, gconstpointer data)
{
  guint n = 0;

  fail_next_unread (self);
  open_account (self);
  g_assert_true (wf_window_check_wait (is_failed, self));
  /* Not what a CRM says, which was not asked; nor would another token help. */
  assert_shows (self, "The password store is locked.");
  g_assert_false (wf_session_needs_person (self->session));
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 1);
  g_signal_connect (self->session, "notify::state", G_CALLBACK (count_notify), &n);
  for (guint i = 1; i <= 2; i++)
    {
      fail_next_unread (self);
      wf_fake_clock_advance (self->clock, i * G_TIME_SPAN_SECOND); /* longer each time */
      wait_for_notify (&n, i);
      g_assert_true (is_failed (self));
    }
  g_assert_true (wf_session_needs_person (self->session));
  wf_fake_clock_advance (self->clock, G_TIME_SPAN_MINUTE);
  g_assert_true (wf_window_check_wait (is_open, self));
  g_assert_false (wf_session_needs_person (self->session));
  g_signal_handlers_disconnect_by_func (self->session, count_notify, &n);
  assert_shows (self, "Padrão Móveis");
}

/* What the CRM or the account itself says waits for the person, and for being woken. */
static void
test_no_retry_by_itself (Fixture *self, gconstpointer data)
{
  wf_fake_accounts_fail_next (self->accounts,
                              g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_AUTH, "No token"));
  open_account (self);
  g_assert_true (wf_window_check_wait (is_failed, self));
  g_assert_true (wf_session_needs_person (self->session));
  g_assert_cmpuint (wf_fake_clock_get_n_alarms (self->clock), ==, 0);
  wf_session_retry (self->session);
  g_assert_true (wf_window_check_wait (is_open, self));
}

/* Another account chosen meanwhile makes the first attempt void. */
static void
test_second_attempt_wins (Fixture *self, gconstpointer data)
{
  open_account (self);
  g_autoptr (WfAccount) second =
      wf_account_new ("Second", WF_ACCOUNT_KIND_OPEN, "https://crm.example", NULL);
  wf_session_open (self->session, second, "/nowhere");
  g_assert_true (wf_window_check_wait (is_open, self));
  g_assert_cmpstr (wf_session_get_account (self->session)->name, ==, "Second");
}

/* R7, R62: what a role may not do is not shown. */
static void
test_roles (Fixture *self, gconstpointer data)
{
  open_account (self);
  assert_shows (self, "Carla Mendes");
  g_autofree char *manager = list_pages (self);
  g_assert_cmpstr (manager, ==, "today calendar leads workflows reports log ");
  g_assert_true (wf_window_show_page (self->window, "log"));

  WfRuntime *runtime = wf_session_get_runtime (self->session);
  g_autoptr (WfOrganisation) organisation = wf_fake_organisation_new (FALSE);
  wf_fake_runtime_set_account (runtime, organisation, "ana");
  assert_shows (self, "Ana Souza");
  g_autofree char *attendant = list_pages (self);
  g_assert_cmpstr (attendant, ==, "today calendar leads ");
  g_assert_false (wf_window_show_page (self->window, "log"));
  g_assert_false (wf_window_show_page (self->window, "nonsense"));
  const char *page;
  wf_window_get_page (self->window, &page);
  g_assert_cmpstr (page, ==, "today");
}

static void
test_counter (Fixture *self, gconstpointer data)
{
  open_account (self);
  assert_shows (self, "Carla Mendes");
  WfRuntime *runtime = wf_session_get_runtime (self->session);
  WfInstant now = wf_clock_now (WF_CLOCK (self->clock));
  wf_fake_runtime_add (runtime,
                       wf_fake_activity_new ("a-1", "One", "carla", now - G_TIME_SPAN_HOUR));
  wf_fake_runtime_add (runtime,
                       wf_fake_activity_new ("a-2", "Two", "carla", now + G_TIME_SPAN_HOUR));
  wf_fake_runtime_tell (runtime);
  assert_shows (self, "2");
  GtkWidget *row = wf_window_check_find (GTK_WIDGET (self->window), WF_TYPE_SIDEBAR_ROW, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Today");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1 late, 1 due today");
}

/* B18: the problem in words, and the way out. */
static void
test_sync_state (Fixture *self, gconstpointer data)
{
  open_account (self);
  assert_shows (self, "Carla Mendes");
  WfRuntime *runtime = wf_session_get_runtime (self->session);
  wf_fake_runtime_set_sync (runtime, WF_SYNC_STATUS_OFFLINE, "The network is away.", 3,
                            wf_clock_now (WF_CLOCK (self->clock)));
  assert_shows (self, "Offline, 3 changes on this computer");
  assert_shows (self, "The network is away.");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.refresh", NULL);
  g_assert_cmpstr (wf_fake_runtime_get_last_command (runtime), ==, "poke");
  wf_fake_runtime_set_sync (runtime, WF_SYNC_STATUS_NEEDS_SIGN_IN, NULL, 0, WF_INSTANT_NONE);
  assert_shows (self, "Sign in again");
}

static gboolean
is_dialog_there (gpointer data)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (data)) != NULL;
}

static gboolean
is_no_dialog_there (gpointer data)
{
  return !is_dialog_there (data);
}

static gboolean
is_form_there (gpointer dialog)
{
  return wf_window_check_find (dialog, GTK_TYPE_BUTTON, "connect_button") != NULL;
}

static GtkWidget *
open_connect_dialog (Fixture *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.connect", NULL);
  g_assert_true (wf_window_check_wait (is_dialog_there, self->window));
  GtkWidget *dialog = GTK_WIDGET (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
  g_assert_true (wf_window_check_wait (is_form_there, dialog));
  return dialog;
}

static void
type_in (GtkWidget *dialog, const char *field, const char *text)
{
  GtkWidget *row = wf_window_check_find (dialog, GTK_TYPE_EDITABLE, field);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
test_connect_dialog (Fixture *self, gconstpointer data)
{
  GtkWidget *dialog = open_connect_dialog (self);
  GtkWidget *button = wf_window_check_find (dialog, GTK_TYPE_BUTTON, "connect_button");

  g_assert_false (gtk_widget_get_sensitive (button));
  type_in (dialog, "name", "Padrão");
  type_in (dialog, "address", "http://crm.example");
  type_in (dialog, "token", "abc");
  g_assert_false (gtk_widget_get_sensitive (button)); /* not over http */
  type_in (dialog, "address", "https://crm.example");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_cmpuint (wf_window_check_count_nameless (dialog), ==, 0);

  /* A refused token is said at its field, and for a screen reader too. */
  wf_fake_accounts_fail_next (self->accounts,
                              g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_AUTH, "401"));
  g_signal_emit_by_name (button, "clicked");
  assert_shows (self, "The CRM does not accept this token. Copy it again, or ask for a new one.");
  GtkWidget *token = wf_window_check_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, "token");
  g_assert_true (gtk_widget_has_css_class (token, "error"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (token), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  type_in (dialog, "token", "abcd");
  g_assert_false (gtk_widget_has_css_class (token, "error"));

  wf_fake_accounts_fail_next (self->accounts,
                              g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_CERTIFICATE, "x"));
  g_signal_emit_by_name (button, "clicked");
  assert_shows (
      self,
      "The server cannot prove that it is who it says: its certificate is not valid. Nothing was sent. Check "
      "the address, or ask your administrator.");

  type_in (dialog, "address", "https://crm2.example");
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wf_window_check_wait (is_no_dialog_there, self->window));
  assert_shows (self, "Padrão Móveis");
  g_assert_cmpstr (wf_session_get_account (self->session)->url, ==, "https://crm2.example");
}

static void
test_name_taken (Fixture *self, gconstpointer data)
{
  wf_accounts_add_async (self->accounts, "Padrão", WF_ACCOUNT_KIND_OPEN, "https://a.example", "t",
                         NULL, NULL, NULL);
  GtkWidget *dialog = open_connect_dialog (self);
  type_in (dialog, "name", "Padrão");
  type_in (dialog, "address", "https://crm.example");
  type_in (dialog, "token", "abc");
  g_assert_false (
      gtk_widget_get_sensitive (wf_window_check_find (dialog, GTK_TYPE_BUTTON, "connect_button")));
  adw_dialog_close (ADW_DIALOG (dialog));
  g_assert_true (wf_window_check_wait (is_no_dialog_there, self->window));
}

/* ---- removing an account ----------------------------------------------------------------------- */

typedef struct
{
  char *state_dir; /* (owned) */
  char *store;     /* (owned) of the account */
  AdwDialog *preferences;
} Removal;

static gboolean
is_question_there (gpointer data)
{
  return ADW_IS_ALERT_DIALOG (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (data)));
}

static gboolean
is_store_gone (gpointer data)
{
  return !g_file_test (((Removal *) data)->store, G_FILE_TEST_EXISTS);
}

/* An account with a store; it is open with as many changes that wait. */
static void
begin_removal (Fixture *self, Removal *removal, guint n_waiting)
{
  g_autoptr (WfAccount) account =
      wf_account_new ("Padrão", WF_ACCOUNT_KIND_OPEN, "https://crm.example", NULL);

  wf_accounts_add_async (self->accounts, "Padrão", WF_ACCOUNT_KIND_OPEN, "https://crm.example", "t",
                         NULL, NULL, NULL);
  removal->state_dir = g_dir_make_tmp ("workflow-XXXXXX", NULL);
  removal->store = wf_session_make_store_path (account, removal->state_dir);
  g_assert_true (g_file_set_contents (removal->store, "x", 1, NULL));
  wf_session_open (self->session, account, removal->state_dir);
  g_assert_true (wf_window_check_wait (is_open, self));
  assert_shows (self, "Carla Mendes");
  wf_fake_runtime_set_sync (wf_session_get_runtime (self->session), WF_SYNC_STATUS_OFFLINE,
                            "The network is away.", n_waiting, WF_INSTANT_NONE);
  removal->preferences = wf_preferences_dialog_new (NULL, self->accounts, self->session);
  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (removal->preferences),
                                                "accounts");
  adw_dialog_present (removal->preferences, GTK_WIDGET (self->window));
  assert_shows (self, "Padrão");
}

static gboolean
is_remove_button (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) &&
         g_strcmp0 (gtk_widget_get_tooltip_text (widget), "Remove “Padrão”") == 0;
}

static GtkWidget *
find_remove_button (GtkWidget *root)
{
  GtkWidget *found = is_remove_button (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_remove_button (child);
  return found;
}

static AdwAlertDialog *
ask_to_remove (Fixture *self, Removal *removal)
{
  GtkWidget *button = find_remove_button (GTK_WIDGET (removal->preferences));

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wf_window_check_wait (is_question_there, self->window));
  return ADW_ALERT_DIALOG (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
}

static void
answer (AdwAlertDialog *question, const char *response)
{
  g_signal_emit_by_name (question, "response", response);
  adw_dialog_force_close (ADW_DIALOG (question));
}

static gboolean
is_preferences_gone (gpointer data)
{
  return ((Removal *) data)->preferences == NULL;
}

static void
end_removal (Fixture *self, Removal *removal)
{
  g_object_add_weak_pointer (G_OBJECT (removal->preferences), (gpointer *) &removal->preferences);
  adw_dialog_force_close (removal->preferences);
  g_assert_true (wf_window_check_wait (is_no_dialog_there, self->window));
  g_assert_true (wf_window_check_wait (is_preferences_gone, removal));
  g_remove (removal->store);
  g_assert_cmpint (g_rmdir (removal->state_dir), ==, 0);
  g_free (removal->store);
  g_free (removal->state_dir);
}

/* B18: how much would be lost is said; what is removed leaves nothing behind. */
static void
test_remove_account (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint n;
    const char *text; /* (nullable) */
  } cases[] = {
    { 0, NULL },
    { 1, "1 change was not sent yet and would be lost." },
    { 3, "3 changes were not sent yet and would be lost." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Removal removal = { NULL };
      AdwAlertDialog *question;
      g_autoptr (GPtrArray) known = NULL;

      begin_removal (self, &removal, cases[i].n);
      question = ask_to_remove (self, &removal);
      g_assert_cmpint (g_str_has_prefix (adw_alert_dialog_get_body (question),
                                         cases[i].text != NULL ? cases[i].text : "Its token"),
                       ==, TRUE);
      g_assert_cmpint (adw_alert_dialog_has_response (question, "send"), ==, cases[i].n > 0);
      g_assert_false (is_store_gone (&removal));
      answer (question, "remove");
      g_assert_true (wf_window_check_wait (is_store_gone, &removal));
      known = wf_accounts_list (self->accounts);
      g_assert_cmpuint (known->len, ==, 0);
      g_assert_cmpint (wf_session_get_state (self->session), ==, WF_SESSION_CLOSED);
      end_removal (self, &removal);
    }
}

/* Sent first: it goes only once nothing waits and the CRM has answered. */
static void
test_send_before_removal (Fixture *self, gconstpointer data)
{
  Removal removal = { NULL };
  g_autoptr (WfRuntime) runtime = NULL;

  begin_removal (self, &removal, 2);
  runtime = g_object_ref (wf_session_get_runtime (self->session));
  answer (ask_to_remove (self, &removal), "send");
  g_assert_cmpstr (wf_fake_runtime_get_last_command (runtime), ==, "poke");
  wf_fake_runtime_set_sync (runtime, WF_SYNC_STATUS_UP_TO_DATE, NULL, 1, WF_INSTANT_NONE);
  g_assert_true (is_open (self));
  wf_fake_runtime_set_sync (runtime, WF_SYNC_STATUS_OFFLINE, NULL, 0, WF_INSTANT_NONE);
  g_assert_true (is_open (self));
  g_assert_false (is_store_gone (&removal));
  wf_fake_runtime_set_sync (runtime, WF_SYNC_STATUS_UP_TO_DATE, NULL, 0, WF_INSTANT_NONE);
  g_assert_true (wf_window_check_wait (is_store_gone, &removal));
  g_assert_cmpint (wf_session_get_state (self->session), ==, WF_SESSION_CLOSED);
  end_removal (self, &removal);
}

/* What an account's reminders show goes with it, but stays after a mere end. */
static void
test_leave_or_close (Fixture *self, gconstpointer data)
{
  g_autoptr (WfAccount) second =
      wf_account_new ("Second", WF_ACCOUNT_KIND_OPEN, "https://crm.example", NULL);
  WfRuntime *runtime;

  for (guint i = 0; i < 4; i++)
    {
      open_account (self);
      g_assert_true (wf_window_check_wait (is_open, self));
      runtime = g_object_ref (wf_session_get_runtime (self->session));
      if (i == 0)
        wf_session_open (self->session, second, "/nowhere");
      else if (i == 1)
        gtk_widget_activate_action (GTK_WIDGET (self->window), "win.leave-account", NULL);
      else if (i == 2)
        open_account (self);
      else
        wf_session_close (self->session);
      g_assert_cmpint (wf_fake_runtime_was_withdrawn (runtime), ==, i < 2);
      g_object_unref (runtime);
      wf_session_close (self->session);
    }
}

static gboolean
is_page_narrow (gpointer data)
{
  int width = gtk_widget_get_width (wf_window_get_page (((Fixture *) data)->window, NULL));

  return width > 0 && width <= 360;
}

/* The smallest phone width: one pane, the page first, nothing wider than the window. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  open_account (self);
  assert_shows (self, "Carla Mendes");
  static const char *const names[] = { "today", "workflows", "log" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (wf_window_show_page (self->window, names[i]));
      if (!wf_window_check_wait (is_page_narrow, self))
        g_error ("%s needs %d pixels", names[i],
                 gtk_widget_get_width (wf_window_get_page (self->window, NULL)));
    }
}

#define ADD(name, width, func)                                                                     \
  g_test_add (name, Fixture, GINT_TO_POINTER (width), set_up, func, tear_down)

/* F1 leads somewhere on each page. */
static void
test_help (void)
{
  guint n;
  const WfPageInfo *pages = wf_pages_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat (pages[i].help, ".page", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "help", "C", name, NULL);

      g_test_message ("%s", path);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  wf_ui_register_resource ();
  ADD ("/window/welcome", 1000, test_welcome);
  ADD ("/window/open-and-leave", 1000, test_open_and_leave);
  ADD ("/window/fails-and-tries-again", 1000, test_fails_and_tries_again);
  ADD ("/window/unread-token", 1000, test_unread_token);
  ADD ("/window/no-retry-by-itself", 1000, test_no_retry_by_itself);
  ADD ("/window/second-attempt-wins", 1000, test_second_attempt_wins);
  ADD ("/window/roles", 1000, test_roles);
  ADD ("/window/counter", 1000, test_counter);
  ADD ("/window/sync-state", 1000, test_sync_state);
  ADD ("/window/connect-dialog", 1000, test_connect_dialog);
  ADD ("/window/name-taken", 1000, test_name_taken);
  ADD ("/window/remove-account", 1000, test_remove_account);
  ADD ("/window/send-before-removal", 1000, test_send_before_removal);
  ADD ("/window/leave-or-close", 1000, test_leave_or_close);
  ADD ("/window/narrow", 360, test_narrow);
  g_test_add_func ("/window/help", test_help);
  return g_test_run ();
}
