/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An application that asks to start at login, or not any more, and prints how it ended: "on", "off",
 * "given up", or an error. Arguments: "on" or "off"; "give-up" behind it does not wait for the answer. */
#include "wf-background.h"

#include <stdio.h>

typedef struct
{
  gboolean autostart, give_up;
  GCancellable *cancellable;
} Client;

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean autostart = FALSE;

  if (wf_background_set_autostart_finish (result, &autostart, &error))
    printf ("%s\n", autostart ? "on" : "off");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    printf ("given up\n");
  else
    printf ("%s\n", error->message);
  g_application_release (G_APPLICATION (source));
}

/* Only once the question is there. */
static void
on_asked (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
          const char *name, GVariant *parameters, gpointer user_data)
{
  g_cancellable_cancel (((Client *) user_data)->cancellable);
}

static void
on_activate (GApplication *application, Client *client)
{
  GDBusConnection *bus = g_application_get_dbus_connection (application);

  g_application_hold (application);
  if (client->give_up)
    g_dbus_connection_signal_subscribe (bus, NULL, "org.example.Workflow.Test.Portal", "Asked",
                                        NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_asked, client,
                                        NULL);
  wf_background_set_autostart_async (application, client->autostart, client->cancellable, on_set,
                                     NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application =
      g_application_new ("org.example.WorkflowBackground", G_APPLICATION_DEFAULT_FLAGS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Client client = { argc > 1 && g_str_equal (argv[1], "on"), argc > 2, cancellable };

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &client);
  return g_application_run (application, 1, argv);
}
