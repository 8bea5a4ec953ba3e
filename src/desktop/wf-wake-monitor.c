/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches the network and the login service's sleep signal, and says when to look again. */
#define G_LOG_DOMAIN "wf-desktop"

#include "wf-wake-monitor.h"

#define LOGIN_NAME "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1"
#define LOGIN_INTERFACE "org.freedesktop.login1.Manager"

struct _WfWakeMonitor
{
  GObject parent_instance;

  GCancellable *cancellable;
  GDBusConnection *system_bus; /* (nullable) until it answers; stays so where there is none */
  guint sleep_subscription;
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
}

static void
wf_wake_monitor_dispose (GObject *object)
{
  WfWakeMonitor *self = WF_WAKE_MONITOR (object);

  g_cancellable_cancel (self->cancellable);
  if (self->sleep_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system_bus, self->sleep_subscription);
  self->sleep_subscription = 0;
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

/* Begins to watch at once; the buses are asked without blocking. */
WfWakeMonitor *
wf_wake_monitor_new (void)
{
  return g_object_new (WF_TYPE_WAKE_MONITOR, NULL);
}
