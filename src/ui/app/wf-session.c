/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connects an account and keeps its runtime. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-session.h"

#include "wf-backoff.h"

/* Policy. A token that cannot be read is no answer of the CRM: at login the password service may start after this program, or
 * be locked until somebody types its password. It is asked again with the shared back-off, when its service appears on the
 * bus, and whenever somebody or the computer wakes us; the person hears of it once it is not a matter of seconds. Whatever
 * else fails is left to the person at once: a wrong token does not become right. A password store whose question the person
 * has turned down says that there is no token, so nobody is asked every minute. */

#define SECRET_SERVICE "org.freedesktop.secrets"
#define PATIENT_FAILURES 3 /* so many in a row are a matter of seconds */

struct _WfSession
{
  GObject parent_instance;

  WfClock *clock;
  WfAccounts *accounts;
  WfNotifier *notifier;                  /* (owned) (nullable) */
  WfCalendars *calendars;                /* (owned) (nullable) */
  WfCalendarPublisher *publisher;        /* (owned) (nullable) of the runtime that is open */
  WfReportScheduleRunner *report_runner; /* (owned) (nullable) of the runtime that is open */
  WfSessionState state;
  WfAccount *account;        /* (owned) (nullable) */
  char *store_path;          /* (owned) (nullable) */
  WfRuntime *runtime;        /* (owned) (nullable) also while it starts */
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the attempt */
  char *state_dir;           /* (owned) (nullable) */
  gboolean trying;
  guint n_failures;         /* in a row */
  WfAlarm *alarm;           /* (owned) (nullable) the next attempt, once one has failed */
  guint secret_watch;       /* 0: none */
  gboolean was_secret_away; /* its service was seen to be absent since */
};

/* An attempt to connect; a later one makes it void. */
typedef struct
{
  WfSession *session;        /* (owned) */
  GCancellable *cancellable; /* (owned) tells one attempt from another */
} Attempt;

enum
{
  PROP_STATE = 1,
  PROP_RUNTIME,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WfSession, wf_session, G_TYPE_OBJECT)

static void
set_state (WfSession *self, WfSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNTIME]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* ---- trying again ------------------------------------------------------------------------------ */

static void
on_pause_ended (WfAlarmReason reason, gpointer user_data)
{
  wf_session_retry (user_data);
}

static void
on_secret_service_appeared (GDBusConnection *bus, const char *name, const char *owner,
                            gpointer user_data)
{
  WfSession *self = user_data;

  /* The first call only says that it is there already. */
  if (self->was_secret_away)
    wf_session_retry (self);
  self->was_secret_away = FALSE;
}

static void
on_secret_service_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((WfSession *) user_data)->was_secret_away = TRUE;
}

static void
plan_retry (WfSession *self)
{
  if (self->alarm == NULL)
    self->alarm = wf_clock_new_alarm (self->clock, on_pause_ended, self);
  wf_alarm_set (self->alarm, wf_clock_now (self->clock) +
                                 wf_backoff_delay (self->n_failures - 1, 0, g_random_double ()));
  if (self->secret_watch == 0)
    self->secret_watch =
        g_bus_watch_name (G_BUS_TYPE_SESSION, SECRET_SERVICE, G_BUS_NAME_WATCHER_FLAGS_NONE,
                          on_secret_service_appeared, on_secret_service_vanished, self, NULL);
}

static void
forget_retry (WfSession *self)
{
  self->n_failures = 0;
  self->was_secret_away = FALSE;
  g_clear_pointer (&self->alarm, wf_alarm_free);
  g_clear_handle_id (&self->secret_watch, g_bus_unwatch_name);
}

static void
fail (WfSession *self, GError *error)
{
  g_info ("The account cannot be opened: %s %d", g_quark_to_string (error->domain), error->code);
  g_clear_error (&self->error);
  self->error = error;
  self->trying = FALSE;
  g_clear_object (&self->runtime);
  self->n_failures++;
  if (wf_crm_error_is_token_unread (error))
    plan_retry (self);
  if (self->state == WF_SESSION_FAILED)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  else
    set_state (self, WF_SESSION_FAILED);
}

/* ---- an attempt -------------------------------------------------------------------------------- */

static Attempt *
attempt_new (WfSession *self)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->session = g_object_ref (self);
  attempt->cancellable = g_object_ref (self->cancellable);
  return attempt;
}

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->session);
  g_object_unref (attempt->cancellable);
  g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

static gboolean
attempt_is_current (const Attempt *attempt)
{
  return attempt->session->cancellable == attempt->cancellable;
}

static void
on_runtime_started (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Attempt) attempt = user_data;
  g_autoptr (GError) error = NULL;
  gboolean started = wf_runtime_start_finish (WF_RUNTIME (object), result, &error);

  if (!attempt_is_current (attempt))
    {
      if (started)
        wf_runtime_stop (WF_RUNTIME (object));
      return;
    }
  if (!started)
    {
      fail (attempt->session, g_steal_pointer (&error));
      return;
    }
  attempt->session->trying = FALSE;
  forget_retry (attempt->session);
  if (attempt->session->calendars != NULL)
    attempt->session->publisher =
        wf_calendar_publisher_new (WF_RUNTIME (object), attempt->session->calendars);
  attempt->session->report_runner =
      wf_report_schedule_runner_new (WF_RUNTIME (object), attempt->session->notifier);
  set_state (attempt->session, WF_SESSION_OPEN);
}

static void
on_connected (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Attempt) attempt = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WfCrm) crm = wf_accounts_connect_finish (WF_ACCOUNTS (object), result, &error);
  WfSession *self = attempt->session;

  if (!attempt_is_current (attempt))
    return;
  if (crm == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }
  self->runtime = wf_runtime_new (self->clock, crm, self->notifier, self->store_path);
  wf_runtime_start_async (self->runtime, self->cancellable, on_runtime_started,
                          g_steal_pointer (&attempt));
}

static void
wf_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WfSession *self = WF_SESSION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_RUNTIME:
      g_value_set_object (value, wf_session_get_runtime (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wf_session_dispose (GObject *object)
{
  WfSession *self = WF_SESSION (object);

  wf_session_close (self);
  g_clear_object (&self->clock);
  g_clear_object (&self->accounts);
  g_clear_object (&self->notifier);
  g_clear_object (&self->calendars);
  g_clear_pointer (&self->account, wf_account_free);
  g_clear_pointer (&self->store_path, g_free);
  g_clear_pointer (&self->state_dir, g_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wf_session_parent_class)->dispose (object);
}

static void
wf_session_class_init (WfSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = wf_session_get_property;
  object_class->dispose = wf_session_dispose;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, WF_SESSION_CLOSED, WF_SESSION_FAILED,
                                        WF_SESSION_CLOSED, flags);
  props[PROP_RUNTIME] = g_param_spec_object ("runtime", NULL, NULL, WF_TYPE_RUNTIME, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wf_session_init (WfSession *self)
{
}

WfSession *
wf_session_new (WfClock *clock, WfAccounts *accounts, WfNotifier *notifier)
{
  WfSession *self = g_object_new (WF_TYPE_SESSION, NULL);

  self->clock = g_object_ref (clock);
  self->accounts = g_object_ref (accounts);
  g_set_object (&self->notifier, notifier);
  return self;
}

void
wf_session_set_calendars (WfSession *self, WfCalendars *calendars)
{
  g_return_if_fail (WF_IS_SESSION (self) && self->state == WF_SESSION_CLOSED);
  g_set_object (&self->calendars, calendars);
}

WfCalendars *
wf_session_get_calendars (WfSession *self)
{
  g_return_val_if_fail (WF_IS_SESSION (self), NULL);
  return self->calendars;
}

WfCalendarPublisher *
wf_session_get_publisher (WfSession *self)
{
  g_return_val_if_fail (WF_IS_SESSION (self), NULL);
  return self->state == WF_SESSION_OPEN ? self->publisher : NULL;
}

WfReportScheduleRunner *
wf_session_get_report_runner (WfSession *self)
{
  g_return_val_if_fail (WF_IS_SESSION (self), NULL);
  return self->state == WF_SESSION_OPEN ? self->report_runner : NULL;
}

static void
close_account (WfSession *self, gboolean for_good)
{
  gboolean was_open = self->state == WF_SESSION_OPEN;
  WfRuntime *runtime = g_steal_pointer (&self->runtime);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->trying = FALSE;
  forget_retry (self);
  g_autoptr (WfCalendarPublisher) publisher = g_steal_pointer (&self->publisher);
  if (publisher != NULL)
    wf_calendar_publisher_stop (publisher);
  g_autoptr (WfReportScheduleRunner) runner = g_steal_pointer (&self->report_runner);
  if (runner != NULL)
    wf_report_schedule_runner_stop (runner);
  set_state (self, WF_SESSION_CLOSED);
  if (was_open && for_good)
    wf_runtime_withdraw_all (runtime);
  if (was_open)
    wf_runtime_stop (runtime);
  g_clear_object (&runtime);
}

void
wf_session_close (WfSession *self)
{
  g_return_if_fail (WF_IS_SESSION (self));
  close_account (self, FALSE);
}

void
wf_session_leave (WfSession *self)
{
  g_return_if_fail (WF_IS_SESSION (self));
  close_account (self, TRUE);
}

static gboolean
is_same_account (const WfAccount *a, const WfAccount *b)
{
  return a != NULL && g_str_equal (a->name, b->name) && g_strcmp0 (a->person, b->person) == 0;
}

static void
try (WfSession *self)
{
  self->trying = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wf_accounts_connect_async (self->accounts, self->account, self->cancellable, on_connected,
                             attempt_new (self));
}

void
wf_session_retry (WfSession *self)
{
  g_return_if_fail (WF_IS_SESSION (self));

  if (self->state != WF_SESSION_FAILED || self->trying)
    return;
  if (self->alarm != NULL)
    wf_alarm_set (self->alarm, WF_INSTANT_NONE);
  try (self);
}

gboolean
wf_session_needs_person (WfSession *self)
{
  g_return_val_if_fail (WF_IS_SESSION (self), FALSE);

  return self->state == WF_SESSION_FAILED &&
         (self->n_failures >= PATIENT_FAILURES || !wf_crm_error_is_token_unread (self->error));
}

void
wf_session_open (WfSession *self, const WfAccount *account, const char *state_dir)
{
  g_return_if_fail (WF_IS_SESSION (self) && account != NULL);
  WfAccount *copy = wf_account_copy (account);

  close_account (self, !is_same_account (self->account, copy));
  g_clear_pointer (&self->account, wf_account_free);
  self->account = copy;
  g_clear_error (&self->error);
  g_free (self->store_path);
  self->store_path = wf_session_make_store_path (copy, state_dir);
  g_set_str (&self->state_dir, state_dir);
  set_state (self, WF_SESSION_CONNECTING);
  try (self);
}

WfSessionState
wf_session_get_state (WfSession *self)
{
  g_return_val_if_fail (WF_IS_SESSION (self), WF_SESSION_CLOSED);
  return self->state;
}

WfRuntime *
wf_session_get_runtime (WfSession *self)
{
  g_return_val_if_fail (WF_IS_SESSION (self), NULL);
  return self->state == WF_SESSION_OPEN ? self->runtime : NULL;
}

const WfAccount *
wf_session_get_account (WfSession *self)
{
  g_return_val_if_fail (WF_IS_SESSION (self), NULL);
  return self->account;
}

const GError *
wf_session_get_error (WfSession *self)
{
  g_return_val_if_fail (WF_IS_SESSION (self), NULL);
  return self->state == WF_SESSION_FAILED ? self->error : NULL;
}

/* One store a person: the same sample seen by two people is two stores. Slashes of a name would leave the folder. */
char *
wf_session_make_store_path (const WfAccount *account, const char *state_dir)
{
  g_autofree char *name = account->person != NULL
                              ? g_strdup_printf ("%s-%s", account->name, account->person)
                              : g_strdup (account->name);
  g_autofree char *escaped = g_uri_escape_string (name, " ", TRUE);
  g_autofree char *file = g_strconcat (escaped, ".sqlite", NULL);

  if (state_dir != NULL)
    return g_build_filename (state_dir, file, NULL);
  return g_build_filename (g_get_user_state_dir (), "workflow", file, NULL);
}

char *
wf_session_dup_store_path (WfSession *self, const WfAccount *account)
{
  g_return_val_if_fail (WF_IS_SESSION (self), NULL);
  return wf_session_make_store_path (account, self->state_dir);
}
