/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Native notifications through GNotification: one for each reminder, one for everything that was missed. */
#define G_LOG_DOMAIN "wf-desktop"

#include "wf-desktop-notifier.h"

#include "wf-time-left.h"

#include <glib/gi18n-lib.h>

/* Policy: one notification an activity, its id made from the activity's, so that a later reminder of the same activity
 * replaces the one on the screen instead of standing beside it. What was missed comes as one (B12). An activity that is
 * late is urgent, also among others; a reminder ahead of its deadline is not; within quiet hours nothing pops up. Nothing
 * counts as shown before the session bus took it for a server that is there, or that the bus starts for it (S20). GLib
 * chooses between the servers once, when it is first asked; so it is not asked before there is one. What is withdrawn before
 * the desktop has answered is withdrawn again once it has: servers of org.freedesktop.Notifications number what they show,
 * and until GLib has heard the number it does not know what to take away. */

#define SERVER "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"
#define BUS "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"
#define MOST_MS 5000 /* of the bus itself, which answers at once */

/* In the order in which GLib prefers them; the first one only where it is the way out of a sandbox. */
typedef enum
{
  SERVER_PORTAL,
  SERVER_GTK,
  SERVER_FREEDESKTOP,
  N_SERVERS,
} Server;

static const char *const server_names[N_SERVERS] = { "org.freedesktop.portal.Desktop",
                                                     "org.gtk.Notifications", SERVER };

#define CATCH_UP_ID "catch-up"
#define CATCH_UP_NAMED 3

struct _WfDesktopNotifier
{
  GObject parent_instance;

  GApplication *application; /* (unowned): it outlives us, and owns what owns us */
  GHashTable *unanswered;    /* (owned) id -> whether it was withdrawn since it was sent */

  GDBusConnection *bus; /* (owned) (nullable) until the servers were looked for */
  guint watches[N_SERVERS];
  gboolean has_owner[N_SERVERS], can_start[N_SERVERS];
  gboolean chosen; /* GLib has made its choice */
  Server server;   /* which one */
};

static void wf_desktop_notifier_iface_init (WfNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WfDesktopNotifier, wf_desktop_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_NOTIFIER,
                                                      wf_desktop_notifier_iface_init))

static char *
make_id (const char *id)
{
  return g_strconcat ("activity-", id, NULL);
}

/* What is quiet goes to the list of notifications only: no pop-up, no sound (B23). */
static GNotificationPriority
get_priority (gboolean late, gboolean quiet)
{
  if (quiet)
    return G_NOTIFICATION_PRIORITY_LOW;
  return late ? G_NOTIFICATION_PRIORITY_URGENT : G_NOTIFICATION_PRIORITY_HIGH;
}

static char *
make_reminder_title (const WfActivity *activity)
{
  if (activity->lead_name == NULL)
    return g_strdup (activity->title);
  /* Translators: an activity and the lead it is for: "Perform Filter 1: Padaria Sol" */
  return g_strdup_printf (_ ("%s: %s"), activity->title, activity->lead_name);
}

static char *
make_reminder_body (const WfActivity *activity, WfInstant now)
{
  g_autofree char *left = wf_time_left_to_sentence (activity->due, now);

  if (activity->notes == NULL || *activity->notes == '\0')
    return g_steal_pointer (&left);
  return g_strconcat (left, "\n", activity->notes, NULL);
}

/* -- the servers ------------------------------------------------------------------------------- */

static void
on_owner_changed (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                  const char *signal, GVariant *arguments, gpointer user_data)
{
  WfDesktopNotifier *self = user_data;
  const char *name, *owner;

  g_variant_get (arguments, "(&s&s&s)", &name, NULL, &owner);
  for (guint i = 0; i < N_SERVERS; i++)
    if (g_str_equal (name, server_names[i]))
      self->has_owner[i] = *owner != '\0';
}

static gboolean
has_owner (GDBusConnection *bus, const char *name)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      bus, BUS, BUS_PATH, BUS, "NameHasOwner", g_variant_new ("(s)", name), G_VARIANT_TYPE ("(b)"),
      G_DBUS_CALL_FLAGS_NONE, MOST_MS, NULL, NULL);
  gboolean has = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &has);
  return has;
}

static void
find_startable (WfDesktopNotifier *self)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      self->bus, BUS, BUS_PATH, BUS, "ListActivatableNames", NULL, G_VARIANT_TYPE ("(as)"),
      G_DBUS_CALL_FLAGS_NONE, MOST_MS, NULL, NULL);
  g_autofree const char **names = NULL;

  if (answer == NULL)
    return;
  g_variant_get (answer, "(^a&s)", &names);
  for (guint i = 0; i < N_SERVERS; i++)
    self->can_start[i] = g_strv_contains (names, server_names[i]);
}

/* The bus is asked once, as GLib itself does, and tells from then on. FALSE: there is no bus. */
static gboolean
watch_servers (WfDesktopNotifier *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (self->application);

  if (bus == NULL || self->bus != NULL)
    return self->bus != NULL;
  self->bus = g_object_ref (bus);
  for (guint i = 0; i < N_SERVERS; i++)
    {
      self->watches[i] = g_dbus_connection_signal_subscribe (
          bus, BUS, BUS, "NameOwnerChanged", BUS_PATH, server_names[i], G_DBUS_SIGNAL_FLAGS_NONE,
          on_owner_changed, self, NULL);
      self->has_owner[i] = has_owner (bus, server_names[i]);
    }
  find_startable (self);
  return TRUE;
}

/* As GLib decides it. */
static gboolean
is_confined (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP_NAME") != NULL ||
         g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0;
}

static Server
get_server (WfDesktopNotifier *self)
{
  if (self->chosen)
    return self->server;
  if (is_confined ())
    return SERVER_PORTAL;
  return self->has_owner[SERVER_GTK] ? SERVER_GTK : SERVER_FREEDESKTOP;
}

static gboolean
is_there (WfDesktopNotifier *self)
{
  Server server = get_server (self);

  return self->has_owner[server] || self->can_start[server];
}

/* Before GLib is asked for anything. */
static void
choose (WfDesktopNotifier *self)
{
  self->server = get_server (self);
  self->chosen = TRUE;
}

/* -- sending ----------------------------------------------------------------------------------- */

typedef struct
{
  GWeakRef notifier;
  char *id; /* (owned) */
} Sent;

/* Where there is no such server, its error comes as soon. */
static void
on_answered (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Sent *sent = user_data;
  g_autoptr (WfDesktopNotifier) self = g_weak_ref_get (&sent->notifier);
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);

  if (self != NULL && GPOINTER_TO_INT (g_hash_table_lookup (self->unanswered, sent->id)))
    g_application_withdraw_notification (self->application, sent->id);
  if (self != NULL)
    g_hash_table_remove (self->unanswered, sent->id);
  g_weak_ref_clear (&sent->notifier);
  g_free (sent->id);
  g_free (sent);
}

/* A server answers one question after the other, so what follows a notification is answered after it. */
static void
ask_after (WfDesktopNotifier *self, GDBusConnection *bus, const char *id)
{
  Sent *sent = g_new0 (Sent, 1);

  g_weak_ref_init (&sent->notifier, self);
  sent->id = g_strdup (id);
  g_hash_table_insert (self->unanswered, g_strdup (id), GINT_TO_POINTER (FALSE));
  g_dbus_connection_call (bus, SERVER, SERVER_PATH, SERVER, "GetServerInformation", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_answered, sent);
}

/* GNotification has no answer of its own; a flushed bus says that the message left this process. */
static gboolean
send_and_flush (WfDesktopNotifier *self, const char *id, GNotification *notification,
                GError **error)
{
  if (!watch_servers (self))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
                           _ ("There is no session bus to show notifications on"));
      return FALSE;
    }
  if (!is_there (self))
    {
      /* For the log: whoever has no notifications sees none. */
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "Nothing on this desktop shows notifications");
      return FALSE;
    }
  choose (self);
  g_application_send_notification (self->application, id, notification);
  ask_after (self, self->bus, id);
  return g_dbus_connection_flush_sync (self->bus, NULL, error);
}

/* -- what is shown ----------------------------------------------------------------------------- */

/* Desktops show the first three at least; opening is also what a click on the notification does. */
static void
add_buttons (GNotification *notification, const WfActivity *activity)
{
  if (activity->kind == WF_ACTIVITY_APPROVAL)
    {
      g_notification_add_button_with_target (notification, _ ("Approve"), "app.approve-activity",
                                             "s", activity->id);
      g_notification_add_button_with_target (notification, _ ("Reject"), "app.reject-activity", "s",
                                             activity->id);
    }
  else
    g_notification_add_button_with_target (notification, _ ("Complete"), "app.complete-activity",
                                           "s", activity->id);
  g_notification_add_button_with_target (notification, _ ("Snooze"), "app.snooze-activity", "s",
                                         activity->id);
  g_notification_add_button_with_target (notification, _ ("Open"), "app.open-activity", "s",
                                         activity->id);
}

static gboolean
wf_desktop_notifier_show_reminder (WfNotifier *notifier, WfActivity *activity, WfInstant now,
                                   gboolean quiet, GError **error)
{
  WfDesktopNotifier *self = WF_DESKTOP_NOTIFIER (notifier);
  g_autofree char *id = make_id (activity->id);
  g_autofree char *title = make_reminder_title (activity);
  g_autofree char *body = make_reminder_body (activity, now);
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autoptr (GIcon) icon = g_themed_icon_new ("alarm-symbolic");

  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_category (notification, "im.received");
  g_notification_set_priority (notification,
                               get_priority (wf_activity_is_late (activity, now), quiet));
  g_notification_set_default_action_and_target (notification, "app.open-activity", "s",
                                                activity->id);
  add_buttons (notification, activity);
  return send_and_flush (self, id, notification, error);
}

static char *
make_catch_up_body (GPtrArray *activities, WfInstant now)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < activities->len && i < CATCH_UP_NAMED; i++)
    {
      const WfActivity *activity = g_ptr_array_index (activities, i);
      g_autofree char *title = make_reminder_title (activity);
      g_autofree char *left = wf_time_left_to_sentence (activity->due, now);

      /* Translators: one line of a list: what, and how much time is left */
      g_string_append_printf (body, _ ("%s — %s"), title, left);
      g_string_append_c (body, '\n');
    }
  if (activities->len > CATCH_UP_NAMED)
    {
      guint more = activities->len - CATCH_UP_NAMED;

      g_string_append_printf (body, ngettext ("and %u more", "and %u more", more), more);
    }
  return g_strchomp (g_string_free (body, FALSE));
}

static gboolean
names_late (GPtrArray *activities, WfInstant now)
{
  for (guint i = 0; i < activities->len; i++)
    if (wf_activity_is_late (g_ptr_array_index (activities, i), now))
      return TRUE;
  return FALSE;
}

static gboolean
wf_desktop_notifier_show_catch_up (WfNotifier *notifier, GPtrArray *activities, WfInstant now,
                                   gboolean quiet, GError **error)
{
  WfDesktopNotifier *self = WF_DESKTOP_NOTIFIER (notifier);
  guint n = activities->len;
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u activity waits for you", "%u activities wait for you", n), n);
  g_autofree char *body = make_catch_up_body (activities, now);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, get_priority (names_late (activities, now), quiet));
  g_notification_set_default_action (notification, "app.show-today");
  return send_and_flush (self, CATCH_UP_ID, notification, error);
}

static gboolean
wf_desktop_notifier_show_message (WfNotifier *notifier, const char *id, const char *title,
                                  const char *text, gboolean quiet, GError **error)
{
  WfDesktopNotifier *self = WF_DESKTOP_NOTIFIER (notifier);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, text);
  if (quiet)
    g_notification_set_priority (notification, get_priority (FALSE, TRUE));
  g_notification_set_default_action (notification, "app.show-today");
  return send_and_flush (self, id, notification, error);
}

static void
wf_desktop_notifier_withdraw (WfNotifier *notifier, const char *activity)
{
  WfDesktopNotifier *self = WF_DESKTOP_NOTIFIER (notifier);
  g_autofree char *id = g_str_equal (activity, WF_NOTIFIER_CATCH_UP) ? g_strdup (CATCH_UP_ID)
                                                                     : make_id (activity);

  /* Where there is no server, nothing of ours stands on the screen. */
  if (!watch_servers (self) || !is_there (self))
    return;
  choose (self);
  g_application_withdraw_notification (self->application, id);
  if (g_hash_table_contains (self->unanswered, id))
    g_hash_table_replace (self->unanswered, g_steal_pointer (&id), GINT_TO_POINTER (TRUE));
}

static void
wf_desktop_notifier_iface_init (WfNotifierInterface *iface)
{
  iface->show_reminder = wf_desktop_notifier_show_reminder;
  iface->show_catch_up = wf_desktop_notifier_show_catch_up;
  iface->show_message = wf_desktop_notifier_show_message;
  iface->withdraw = wf_desktop_notifier_withdraw;
}

static void
wf_desktop_notifier_dispose (GObject *object)
{
  WfDesktopNotifier *self = WF_DESKTOP_NOTIFIER (object);

  for (guint i = 0; self->bus != NULL && i < N_SERVERS; i++)
    g_dbus_connection_signal_unsubscribe (self->bus, self->watches[i]);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (wf_desktop_notifier_parent_class)->dispose (object);
}

static void
wf_desktop_notifier_finalize (GObject *object)
{
  g_hash_table_unref (WF_DESKTOP_NOTIFIER (object)->unanswered);
  G_OBJECT_CLASS (wf_desktop_notifier_parent_class)->finalize (object);
}

static void
wf_desktop_notifier_class_init (WfDesktopNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_desktop_notifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = wf_desktop_notifier_finalize;
}

static void
wf_desktop_notifier_init (WfDesktopNotifier *self)
{
  self->unanswered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* application: registered; not referenced, since it owns the one who owns the notifier. */
WfNotifier *
wf_desktop_notifier_new (GApplication *application)
{
  WfDesktopNotifier *self = g_object_new (WF_TYPE_DESKTOP_NOTIFIER, NULL);

  self->application = application;
  return WF_NOTIFIER (self);
}
