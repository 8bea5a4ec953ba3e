/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to look again: after sleep and with another zone, on a bus of our own in the system bus's place. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-test-folder.h"
#include "wf-wake-monitor.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define MOST_SECONDS 20

typedef struct
{
  WfTestFolder *folder;
  char *localtime; /* (owned) */
  GDBusConnection *bus;
  WfWakeMonitor *monitor;
  guint n_woken, n_network; /* what the network's changes woke is no proof */
  gboolean owned, timed_out;
} Fixture;

static void
on_woken (Fixture *self)
{
  self->n_woken++;
}

static void
on_network_changed (Fixture *self)
{
  self->n_network++;
}

static gboolean
has_woken (const Fixture *self)
{
  return self->n_woken > self->n_network;
}

static gboolean
on_timeout (gpointer user_data)
{
  ((Fixture *) user_data)->timed_out = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
on_name_acquired (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((Fixture *) user_data)->owned = TRUE;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  *self = (Fixture) { 0 };
  self->folder = wf_test_folder_new ();
  self->localtime = wf_test_folder_build (self->folder, "localtime");
  g_assert_cmpint (symlink ("/usr/share/zoneinfo/UTC", self->localtime), ==, 0);
  self->bus =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SYSTEM_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  self->monitor = wf_wake_monitor_new (self->localtime);
  g_signal_connect_swapped (self->monitor, "woken", G_CALLBACK (on_woken), self);
  g_signal_connect_swapped (g_network_monitor_get_default (), "network-changed",
                            G_CALLBACK (on_network_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  g_object_unref (self->monitor);
  g_object_unref (self->bus);
  g_free (self->localtime);
  wf_test_folder_free (self->folder);
}

static gboolean
on_pulse (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* As the service of that name says it, again and again until the monitor, which is not told when it began to listen, has
 * heard it. */
static void
tell (Fixture *self, const char *name, const char *path, const char *interface, const char *signal,
      GVariant *arguments)
{
  g_autoptr (GVariant) kept = g_variant_ref_sink (arguments);
  guint owner = g_bus_own_name_on_connection (self->bus, name, G_BUS_NAME_OWNER_FLAGS_NONE,
                                              on_name_acquired, NULL, self, NULL);
  guint watchdog = g_timeout_add_seconds (MOST_SECONDS, on_timeout, self);
  guint pulse = g_timeout_add (20, on_pulse, NULL);

  while (!has_woken (self) && !self->timed_out)
    {
      if (self->owned)
        g_dbus_connection_emit_signal (self->bus, NULL, path, interface, signal, kept, NULL);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (pulse);
  g_source_remove (watchdog);
  g_bus_unown_name (owner);
  g_assert_false (self->timed_out);
}

static void
test_resume (Fixture *self, gconstpointer data)
{
  tell (self, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
        "PrepareForSleep", g_variant_new ("(b)", FALSE));
}

static void
test_zone_by_the_service (Fixture *self, gconstpointer data)
{
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "Timezone", g_variant_new_string ("Europe/Berlin"));
  tell (self, "org.freedesktop.timedate1", "/org/freedesktop/timedate1",
        "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(sa{sv}as)", "org.freedesktop.timedate1", &changed, NULL));
}

/* The link is replaced as a whole, as administrators and timedated do it. */
static void
test_zone_by_the_file (Fixture *self, gconstpointer data)
{
  g_autofree char *other = wf_test_folder_build (self->folder, "localtime.new");
  guint watchdog = g_timeout_add_seconds (MOST_SECONDS, on_timeout, self);

  g_assert_cmpint (symlink ("/usr/share/zoneinfo/Europe/Berlin", other), ==, 0);
  g_assert_cmpint (g_rename (other, self->localtime), ==, 0);
  while (!has_woken (self) && !self->timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_false (self->timed_out);
}

int
main (int argc, char **argv)
{
  /* Nothing is asked of the real system. */
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/wake-monitor/resume", Fixture, NULL, set_up, test_resume, tear_down);
  g_test_add ("/wake-monitor/zone-service", Fixture, NULL, set_up, test_zone_by_the_service,
              tear_down);
  g_test_add ("/wake-monitor/zone-file", Fixture, NULL, set_up, test_zone_by_the_file, tear_down);
  return g_test_run ();
}
