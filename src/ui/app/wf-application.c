/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: one account's session, its window, and its life as a background service. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-application.h"

#include "wf-accessible-actions.h"
#include "wf-account-failure.h"
#include "wf-accounts.h"
#include "wf-actions.h"
#include "wf-approval-question.h"
#include "wf-background-question.h"
#include "wf-desktop-notifier.h"
#include "wf-first-frame.h"
#include "wf-last-account.h"
#include "wf-options.h"
#include "wf-outcome-dialog.h"
#include "wf-preferences-dialog.h"
#include "wf-screenshot.h"
#include "wf-session.h"
#include "wf-toast.h"
#include "wf-today-page.h"
#include "wf-ui-gresource.h"
#include "wf-wake-monitor.h"
#include "wf-window.h"

#include <glib/gi18n-lib.h>

#define SAMPLE_NAME "sample"
#define RUN_NAME "this-run"

struct _WfApplication
{
  AdwApplication parent_instance;

  WfClock *clock;
  WfAccounts *accounts;
  WfSession *session;     /* (owned) from start-up on */
  WfCalendars *calendars; /* (owned) (nullable) */
  WfWakeMonitor *wake;    /* (owned) from start-up on */
  GSettings *settings;    /* (owned) from start-up on */
  WfOptions options;
  gboolean held; /* stays without a window */
  gboolean quitting;
  gboolean in_background; /* started at login: nobody has asked for a window yet */
  gboolean told_of_failure;
  GPtrArray *pending; /* (owned) of Request: asked for before the account was open */
};

/* An action of a notification. */
typedef struct
{
  char *action;   /* (owned) */
  char *activity; /* (owned) */
} Request;

enum
{
  PROP_RUNTIME = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfApplication, wf_application, ADW_TYPE_APPLICATION)

static void
request_free (Request *request)
{
  g_free (request->action);
  g_free (request->activity);
  g_free (request);
}

/* ---- window and background --------------------------------------------------------------------- */

static WfWindow *
get_window (WfApplication *self)
{
  for (GList *windows = gtk_application_get_windows (GTK_APPLICATION (self)); windows != NULL;
       windows = windows->next)
    {
      if (WF_IS_WINDOW (windows->data))
        return windows->data;
    }
  return NULL;
}

static void
on_screenshot_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_screenshot_finish (result, &error))
    g_printerr ("%s\n", error->message);
  g_application_quit (G_APPLICATION (user_data));
}

/* Consent at the moment when it means something: the window goes, and reminders would stay. */
static gboolean
on_window_close_request (WfApplication *self, GtkWindow *window)
{
  if (self->quitting || wf_session_get_state (self->session) == WF_SESSION_CLOSED ||
      !wf_background_question_is_open (self->settings))
    return FALSE;
  wf_background_question_ask (G_APPLICATION (self), self->settings, window);
  return TRUE;
}

static WfWindow *
make_window (WfApplication *self)
{
  WfWindow *window =
      wf_window_new (GTK_APPLICATION (self), self->session, self->accounts, self->options.page);

  if (self->options.width > 0)
    {
      gtk_window_unmaximize (GTK_WINDOW (window));
      gtk_window_set_default_size (GTK_WINDOW (window), self->options.width, self->options.height);
    }
  g_signal_connect_object (window, "close-request", G_CALLBACK (on_window_close_request), self,
                           G_CONNECT_SWAPPED);
  if (self->options.announce_frame)
    wf_first_frame_announce (window);
  if (self->options.screenshot != NULL)
    wf_screenshot_take_async (window, self->options.screenshot, on_screenshot_saved, self);
  return window;
}

static WfWindow *
present_window (WfApplication *self)
{
  WfWindow *window = get_window (self);

  self->in_background = FALSE;
  if (window == NULL)
    window = make_window (self);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Policy: reminders go on without a window as long as an account is open and the person agrees. A notification's button
 * reaches only a running program on desktops other than GNOME, so it stays (platform.md). */
static void
update_hold (WfApplication *self)
{
  gboolean hold = !self->quitting && wf_session_get_state (self->session) != WF_SESSION_CLOSED &&
                  g_settings_get_boolean (self->settings, "run-in-background");

  if (hold == self->held)
    return;
  self->held = hold;
  if (hold)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

/* ---- account ----------------------------------------------------------------------------------- */

static gboolean
is_for_this_run (WfApplication *self)
{
  return self->options.server != NULL || self->options.state_dir != NULL;
}

static void
open_sample (WfApplication *self, const char *person)
{
  g_autoptr (WfAccount) account = wf_account_new (SAMPLE_NAME, WF_ACCOUNT_KIND_SAMPLE, NULL,
                                                  person != NULL ? person : WF_SAMPLE_PERSON);

  wf_session_open (self->session, account, self->options.state_dir);
}

static gboolean
open_known (WfApplication *self, const char *name)
{
  g_autoptr (GPtrArray) known = wf_accounts_list (self->accounts);

  for (guint i = 0; i < known->len; i++)
    {
      const WfAccount *account = known->pdata[i];
      if (!g_str_equal (account->name, name))
        continue;
      wf_session_open (self->session, account, self->options.state_dir);
      return TRUE;
    }
  return FALSE;
}

static void
open_last (WfApplication *self)
{
  g_autoptr (WfAccount) account =
      wf_last_account_find (self->settings, self->accounts, self->in_background);

  if (account != NULL)
    wf_session_open (self->session, account, self->options.state_dir);
}

/* The account that the command line names, else the last one. Does nothing while there is one. */
static void
open_first_account (WfApplication *self)
{
  if (wf_session_get_state (self->session) != WF_SESSION_CLOSED)
    return;
  if (self->options.sample)
    open_sample (self, NULL);
  else if (self->options.server != NULL)
    {
      g_autoptr (WfAccount) account =
          wf_account_new (RUN_NAME, WF_ACCOUNT_KIND_OPEN, self->options.server, NULL);
      wf_session_open (self->session, account, self->options.state_dir);
    }
  else
    open_last (self);
}

static void
remember_account (WfApplication *self)
{
  const WfAccount *account = wf_session_get_account (self->session);

  if (is_for_this_run (self) || account == NULL)
    return;
  wf_last_account_remember (self->settings, self->accounts, account);
}

static void
on_command_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfApplication) self = WF_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_command_finish (WF_RUNTIME (object), result, &error))
    wf_toast_show (GTK_WIDGET (present_window (self)), error->message);
}

static void
on_snoozed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfApplication) self = WF_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;

  if (wf_runtime_snooze_finish (WF_RUNTIME (object), result, &error) == WF_INSTANT_NONE &&
      error != NULL)
    wf_toast_show (GTK_WIDGET (present_window (self)), error->message);
}

/* Who is asked, and about what. */
typedef struct
{
  WfApplication *application; /* (owned) */
  char *activity;             /* (owned) */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->application);
  g_free (asked->activity);
  g_free (asked);
}

static void
complete (WfApplication *self, const char *activity, const char *outcome)
{
  WfRuntime *runtime = wf_session_get_runtime (self->session);

  if (runtime != NULL)
    wf_runtime_complete_async (runtime, activity, outcome, NULL, on_command_done,
                               g_object_ref (self));
}

static void
on_approval_answered (const char *outcome, gpointer user_data)
{
  const Asked *asked = user_data;

  if (outcome != NULL)
    complete (asked->application, asked->activity, outcome);
}

static void
ask_for_approval (WfApplication *self, const WfActivity *activity)
{
  WfWindow *window = present_window (self);
  Asked *asked = g_new0 (Asked, 1);

  asked->application = g_object_ref (self);
  asked->activity = g_strdup (activity->id);
  wf_approval_ask (GTK_WIDGET (window), activity, on_approval_answered, asked, asked_free);
}

static void
on_outcome_chosen (const char *outcome, const char *note, gpointer user_data)
{
  const Asked *asked = user_data;
  WfRuntime *runtime = wf_session_get_runtime (asked->application->session);

  if (outcome == NULL)
    return;
  complete (asked->application, asked->activity, outcome);
  if (note != NULL && runtime != NULL)
    wf_runtime_comment_async (runtime, asked->activity, note, NULL, on_command_done,
                              g_object_ref (asked->application));
}

/* A type that has outcomes is asked about in the window, also from a notification. */
static void
ask_for_outcome (WfApplication *self, WfOrganisation *organisation, const WfActivity *activity)
{
  WfWindow *window = present_window (self);
  Asked *asked = g_new0 (Asked, 1);

  asked->application = g_object_ref (self);
  asked->activity = g_strdup (activity->id);
  wf_outcome_ask (GTK_WIDGET (window), organisation, activity->type, activity->title,
                  on_outcome_chosen, asked, asked_free);
}

/* A reminder may have been shown before its activity was known as an approval: which of the two it is now decides. */
static void
on_completed_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfApplication) self = WF_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WfActivity) activity =
      wf_runtime_get_activity_finish (WF_RUNTIME (object), result, &error);

  if (activity == NULL)
    wf_toast_show (GTK_WIDGET (present_window (self)), error->message);
  else if (activity->kind == WF_ACTIVITY_APPROVAL && activity->status == WF_ACTIVITY_OPEN)
    ask_for_approval (self, activity);
  else if (activity->status == WF_ACTIVITY_OPEN &&
           wf_outcome_is_asked (wf_runtime_get_organisation (WF_RUNTIME (object)), activity->type))
    ask_for_outcome (self, wf_runtime_get_organisation (WF_RUNTIME (object)), activity);
  else
    complete (self, activity->id, NULL);
}

static void
carry_out (WfApplication *self, const Request *request)
{
  WfRuntime *runtime = wf_session_get_runtime (self->session);

  if (g_str_equal (request->action, "complete-activity"))
    wf_runtime_get_activity_async (runtime, request->activity, NULL, on_completed_read,
                                   g_object_ref (self));
  else if (g_str_equal (request->action, "approve-activity"))
    complete (self, request->activity, WF_OUTCOME_APPROVED);
  else if (g_str_equal (request->action, "reject-activity"))
    complete (self, request->activity, WF_OUTCOME_REJECTED);
  else if (g_str_equal (request->action, "snooze-activity"))
    wf_runtime_snooze_async (runtime, request->activity, WF_SNOOZE_15_MINUTES, NULL, on_snoozed,
                             g_object_ref (self));
  else
    {
      WfWindow *window = present_window (self);
      wf_window_show_page (window, "today");
      wf_today_page_open (WF_TODAY_PAGE (wf_window_get_page (window, NULL)), request->activity);
    }
}

/* ---- an account that does not open ------------------------------------------------------------- */

/* Policy (S20: a reminder that cannot come is said, not left out). Without a window a notification says that the account does
 * not open, once it is not a matter of seconds (wf-session.c), and goes when the account is open. What a button of another
 * notification asked for meanwhile is kept and carried out then; that it waits is shown in the window, which opens for it. */

static void
take_failure_back (WfApplication *self)
{
  if (self->told_of_failure)
    wf_account_failure_take_back (G_APPLICATION (self));
  self->told_of_failure = FALSE;
}

static void
show_waiting (WfApplication *self)
{
  wf_toast_show (GTK_WIDGET (present_window (self)),
                 _ ("This is done as soon as the account is open."));
}

static void
on_session_failed (WfApplication *self)
{
  if (self->pending->len > 0 && get_window (self) == NULL)
    show_waiting (self);
  else if (wf_session_needs_person (self->session) && get_window (self) == NULL &&
           !self->told_of_failure)
    {
      wf_account_failure_tell (G_APPLICATION (self), self->session);
      self->told_of_failure = TRUE;
    }
}

static void
on_session_changed (WfApplication *self)
{
  update_hold (self);
  if (wf_session_get_state (self->session) == WF_SESSION_FAILED)
    on_session_failed (self);
  else if (wf_session_get_state (self->session) != WF_SESSION_CONNECTING)
    take_failure_back (self);
  if (wf_session_get_runtime (self->session) != NULL)
    {
      remember_account (self);
      g_autoptr (GPtrArray) pending = g_steal_pointer (&self->pending);
      self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
      for (guint i = 0; i < pending->len; i++)
        carry_out (self, pending->pdata[i]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNTIME]);
}

static void
on_woken (WfApplication *self)
{
  WfRuntime *runtime = wf_session_get_runtime (self->session);

  if (runtime != NULL)
    wf_runtime_poke (runtime);
  wf_session_retry (self->session);
  if (wf_session_get_report_runner (self->session) != NULL)
    wf_report_schedule_runner_look (wf_session_get_report_runner (self->session));
}

/* ---- actions ----------------------------------------------------------------------------------- */

/* complete-activity, approve-activity, reject-activity, snooze-activity, open-activity: buttons of notifications, which may
 * start the program. */
static void
activity_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WfApplication *self = WF_APPLICATION (user_data);
  Request *request = g_new0 (Request, 1);

  request->action = g_strdup (g_action_get_name (G_ACTION (action)));
  request->activity = g_variant_dup_string (parameter, NULL);
  if (wf_session_get_runtime (self->session) != NULL)
    {
      carry_out (self, request);
      request_free (request);
      return;
    }
  g_ptr_array_add (self->pending, request);
  open_first_account (self);
  /* Failed, or there is no account to open: the window says so, and lets the person do something about it. */
  if (wf_session_get_state (self->session) != WF_SESSION_CONNECTING)
    show_waiting (self);
  wf_session_retry (self->session);
}

static void
show_today_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WfApplication *self = WF_APPLICATION (user_data);

  open_first_account (self);
  wf_session_retry (self->session);
  wf_window_show_page (present_window (self), "today");
}

static void
open_sample_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_sample (WF_APPLICATION (user_data), NULL);
  present_window (WF_APPLICATION (user_data));
}

static void
open_account_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_known (WF_APPLICATION (user_data), g_variant_get_string (parameter, NULL));
}

/* page: NULL: the first. */
static void
show_preferences (WfApplication *self, const char *page)
{
  AdwDialog *dialog =
      wf_preferences_dialog_new (G_APPLICATION (self), self->accounts, self->session);

  if (page != NULL)
    adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), page);
  adw_dialog_present (dialog, GTK_WIDGET (present_window (self)));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_preferences (WF_APPLICATION (user_data), NULL);
}

static void
publish_calendar_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_preferences (WF_APPLICATION (user_data), "calendar");
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AdwAboutDialog *dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());

  adw_about_dialog_set_application_name (dialog, _ ("Workflow"));
  adw_about_dialog_set_application_icon (dialog, WF_APPLICATION_ID);
  adw_about_dialog_set_version (dialog, WF_VERSION);
  adw_about_dialog_set_developer_name (dialog, _ ("The Workflow developers"));
  adw_about_dialog_set_comments (
      dialog, _ ("Turns what happens in a CRM into activities, for the right person and in time."));
  adw_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  /* Translators: your names, one a line */
  adw_about_dialog_set_translator_credits (dialog, _ ("translator-credits"));
  adw_dialog_present (ADW_DIALOG (dialog),
                      GTK_WIDGET (present_window (WF_APPLICATION (user_data))));
}

static void
on_help_launched (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWindow) window = WF_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    wf_toast_show (GTK_WIDGET (window),
                   _ ("There is no help viewer. Install Yelp to read the help."));
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WfWindow *window = present_window (WF_APPLICATION (user_data));
  g_autofree char *uri = g_strconcat ("help:workflow/", wf_window_get_help_page (window), NULL);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (window), NULL, on_help_launched,
                           g_object_ref (window));
}

/* Ends really, also the reminders. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WfApplication *self = WF_APPLICATION (user_data);
  WfWindow *window = get_window (self);

  self->quitting = TRUE;
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  update_hold (self);
  wf_session_close (self->session);
  g_application_quit (G_APPLICATION (self));
}

static const GActionEntry actions[] = {
  { "complete-activity", activity_action, "s", NULL, NULL, { 0 } },
  { "approve-activity", activity_action, "s", NULL, NULL, { 0 } },
  { "reject-activity", activity_action, "s", NULL, NULL, { 0 } },
  { "snooze-activity", activity_action, "s", NULL, NULL, { 0 } },
  { "open-activity", activity_action, "s", NULL, NULL, { 0 } },
  { "show-today", show_today_action, NULL, NULL, NULL, { 0 } },
  { "open-sample", open_sample_action, NULL, NULL, NULL, { 0 } },
  { "open-account", open_account_action, "s", NULL, NULL, { 0 } },
  { "preferences", preferences_action, NULL, NULL, NULL, { 0 } },
  { "publish-calendar", publish_calendar_action, NULL, NULL, NULL, { 0 } },
  { "about", about_action, NULL, NULL, NULL, { 0 } },
  { "help", help_action, NULL, NULL, NULL, { 0 } },
  { "quit", quit_action, NULL, NULL, NULL, { 0 } },
};

/* ---- life -------------------------------------------------------------------------------------- */

static void
wf_application_startup (GApplication *application)
{
  WfApplication *self = WF_APPLICATION (application);

  wf_ui_register_resource (); /* before libadwaita looks for the style sheet */
  G_APPLICATION_CLASS (wf_application_parent_class)->startup (application);
  wf_accessible_actions_install ();
  gtk_window_set_default_icon_name (WF_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  wf_actions_install (GTK_APPLICATION (self));
  if (self->options.dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  self->settings = g_settings_new (WF_APPLICATION_ID);
  g_autoptr (WfNotifier) notifier = wf_desktop_notifier_new (application);
  self->session = wf_session_new (self->clock, self->accounts, notifier);
  wf_session_set_calendars (self->session, self->calendars);
  /* After the window, which makes the pages that a request wants to show. */
  g_signal_connect_data (self->session, "notify::state", G_CALLBACK (on_session_changed), self,
                         NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (self->settings, "changed::run-in-background", G_CALLBACK (update_hold),
                            self);
  self->wake = wf_wake_monitor_new (NULL);
  g_signal_connect_swapped (self->wake, "woken", G_CALLBACK (on_woken), self);
}

static void
wf_application_activate (GApplication *application)
{
  WfApplication *self = WF_APPLICATION (application);
  gboolean background = self->options.background;

  self->options.background = FALSE; /* the next one asks for a window */
  self->in_background = background;
  open_first_account (self);
  wf_session_retry (self->session);
  if (!background)
    present_window (self);
}

static void
wf_application_shutdown (GApplication *application)
{
  WfApplication *self = WF_APPLICATION (application);

  self->quitting = TRUE;
  g_clear_object (&self->wake);
  if (self->session != NULL)
    wf_session_close (self->session);
  G_APPLICATION_CLASS (wf_application_parent_class)->shutdown (application);
}

/* What a second start asks of the program that runs already. */
static int
ask_primary (GApplication *application, const WfOptions *options)
{
  if (options->sample)
    g_action_group_activate_action (G_ACTION_GROUP (application), "open-sample", NULL);
  else if (!options->background)
    g_application_activate (application);
  return 0;
}

static gboolean
is_name_taken (GApplication *application)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  gboolean taken = FALSE;

  if (bus == NULL)
    return FALSE;
  answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", g_application_get_application_id (application)), G_VARIANT_TYPE ("(b)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  if (answer != NULL)
    g_variant_get (answer, "(b)", &taken);
  return taken;
}

static int
wf_application_handle_local_options (GApplication *application, GVariantDict *values)
{
  WfApplication *self = WF_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (values, "version"))
    {
      g_print ("Workflow %s\n", WF_VERSION);
      return 0;
    }
  if (!wf_options_read (&self->options, values, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (self->options.token_file != NULL)
    g_setenv ("WORKFLOW_TOKEN_FILE", self->options.token_file, TRUE); /* see wf-crm-accounts.h */
  /* A picture is a program of its own; an account of this run only becomes one when the name is taken, since without the name
   * the buttons of its notifications could not come back. */
  if (self->options.screenshot != NULL || (is_for_this_run (self) && is_name_taken (application)))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return g_application_get_is_remote (application) ? ask_primary (application, &self->options) : -1;
}

static void
wf_application_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUNTIME:
      g_value_set_object (value, wf_application_get_runtime (WF_APPLICATION (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_application_dispose (GObject *object)
{
  WfApplication *self = WF_APPLICATION (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->accounts);
  g_clear_object (&self->calendars);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  wf_options_clear (&self->options);
  G_OBJECT_CLASS (wf_application_parent_class)->dispose (object);
}

static void
wf_application_class_init (WfApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->get_property = wf_application_get_property;
  object_class->dispose = wf_application_dispose;
  application_class->startup = wf_application_startup;
  application_class->activate = wf_application_activate;
  application_class->shutdown = wf_application_shutdown;
  application_class->handle_local_options = wf_application_handle_local_options;
  props[PROP_RUNTIME] =
      g_param_spec_object ("runtime", NULL, NULL, WF_TYPE_RUNTIME,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_application_init (WfApplication *self)
{
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  wf_options_add_to (G_APPLICATION (self));
}

WfApplication *
wf_application_new (WfClock *clock, WfAccounts *accounts)
{
  WfApplication *self = g_object_new (WF_TYPE_APPLICATION, "application-id", WF_APPLICATION_ID,
                                      "resource-base-path", "/org/example/Workflow", NULL);

  self->clock = g_object_ref (clock);
  self->accounts = g_object_ref (accounts);
  return self;
}

void
wf_application_set_calendars (WfApplication *self, WfCalendars *calendars)
{
  g_return_if_fail (WF_IS_APPLICATION (self) && self->session == NULL);
  g_set_object (&self->calendars, calendars);
}

WfRuntime *
wf_application_get_runtime (WfApplication *self)
{
  g_return_val_if_fail (WF_IS_APPLICATION (self), NULL);
  return self->session != NULL ? wf_session_get_runtime (self->session) : NULL;
}

WfReportScheduleRunner *
wf_application_get_report_runner (WfApplication *self)
{
  g_return_val_if_fail (WF_IS_APPLICATION (self), NULL);
  return self->session != NULL ? wf_session_get_report_runner (self->session) : NULL;
}

WfAccounts *
wf_application_get_accounts (WfApplication *self)
{
  g_return_val_if_fail (WF_IS_APPLICATION (self), NULL);
  return self->accounts;
}
