/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches the network, the login service's sleep signal and the computer's zone, and says when to look again. */
#define G_LOG_DOMAIN "wf-desktop"

#include "wf-wake-monitor.h"

#define LOGIN_NAME "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1"
#define LOGIN_INTERFACE "org.freedesktop.login1.Manager"
#define ZONE_NAME "org.freedesktop.timedate1"
#define ZONE_PATH "/org/freedesktop/timedate1"
#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

struct _WfWakeMonitor
{
  GObject parent_instance;

  GCancellable *cancellable;
  GDBusConnection *system_bus; /* (nullable) until it answers; stays so where there is none */
  guint sleep_subscription, zone_subscription;
  GFileMonitor *localtime; /* (owned) (nullable) where files cannot be watched */
};

enum
{
  WOKEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WfWakeMonitor, wf_wake_monitor, G_TYPE_OBJECT)

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, WfWakeMonitor *self)
{
  if (available)
    g_signal_emit (self, signals[WOKEN], 0);
}

static void
on_prepare_for_sleep (GDBusConnection *bus, const char *sender, const char *path,
                      const char *interface, const char *name, GVariant *parameters,
                      gpointer user_data)
{
  gboolean going_to_sleep = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &going_to_sleep);
  if (!going_to_sleep)
    g_signal_emit (user_data, signals[WOKEN], 0);
}

static void
on_zone_properties_changed (GDBusConnection *bus, const char *sender, const char *path,
                            const char *interface, const char *name, GVariant *parameters,
                            gpointer user_data)
{
  g_signal_emit (user_data, signals[WOKEN], 0);
}

/* Without timedated somebody sets the link by hand. It is replaced as a whole, so that any event of it counts. */
static void
on_localtime_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                      WfWakeMonitor *self)
{
  g_signal_emit (self, signals[WOKEN], 0);
}

static void
on_system_bus_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfWakeMonitor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      /* No login service, as in a container: the wall-clock alarm and the minute's backstop notice a resume as well. */
      g_debug ("No system bus: %s", error->message);
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->system_bus = g_steal_pointer (&bus);
  self->sleep_subscription = g_dbus_connection_signal_subscribe (
      self->system_bus, LOGIN_NAME, LOGIN_INTERFACE, "PrepareForSleep", LOGIN_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_prepare_for_sleep, self, NULL);
  self->zone_subscription = g_dbus_connection_signal_subscribe (
      self->system_bus, ZONE_NAME, PROPERTIES_INTERFACE, "PropertiesChanged", ZONE_PATH, ZONE_NAME,
      G_DBUS_SIGNAL_FLAGS_NONE, on_zone_properties_changed, self, NULL);
}

static void
wf_wake_monitor_dispose (GObject *object)
{
  WfWakeMonitor *self = WF_WAKE_MONITOR (object);

  g_cancellable_cancel (self->cancellable);
  if (self->sleep_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system_bus, self->sleep_subscription);
  self->sleep_subscription = 0;
  if (self->zone_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system_bus, self->zone_subscription);
  self->zone_subscription = 0;
  g_clear_object (&self->localtime);
  g_clear_object (&self->system_bus);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (wf_wake_monitor_parent_class)->dispose (object);
}

static void
wf_wake_monitor_class_init (WfWakeMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_wake_monitor_dispose;
  signals[WOKEN] = g_signal_new ("woken", WF_TYPE_WAKE_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
wf_wake_monitor_init (WfWakeMonitor *self)
{
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (on_network_changed), self, G_CONNECT_DEFAULT);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_system_bus_ready, g_object_ref (self));
}

/**
 * wf_wake_monitor_new:
 * @localtime: (nullable): the file that says which zone the computer is in; %NULL: the system's
 *
 * Begins to watch at once; the buses are asked without blocking.
 */
WfWakeMonitor *
wf_wake_monitor_new (const char *localtime)
{
  WfWakeMonitor *self = g_object_new (WF_TYPE_WAKE_MONITOR, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (localtime != NULL ? localtime : "/etc/localtime");
  g_autoptr (GError) error = NULL;

  self->localtime = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->localtime == NULL)
    g_debug ("The zone's file cannot be watched: %s", error->message);
  else
    g_signal_connect_object (self->localtime, "changed", G_CALLBACK (on_localtime_changed), self,
                             G_CONNECT_DEFAULT);
  return self;
}
