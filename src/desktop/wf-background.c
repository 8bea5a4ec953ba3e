/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Start at login: the background portal where the desktop has it, else an autostart entry of the user. */
#define G_LOG_DOMAIN "wf-desktop"

#include "wf-background.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_BACKGROUND "org.freedesktop.portal.Background"
#define PORTAL_REQUEST "org.freedesktop.portal.Request"

/* Policy. Where the desktop has a background portal, it asks the person or knows their answer, and it keeps the entry; an entry
 * of our own from before is removed with it. Where there is none, as on small desktops, the entry is ours. An answer may take as
 * long as a person takes; who gives up waiting closes the portal's question. */

typedef struct
{
  GDBusConnection *bus; /* (owned) (nullable) */
  char *handle;         /* (owned) (nullable) of the portal's request */
  gboolean autostart;
  guint response_subscription;
  gulong cancelled_handler;
} Request;

static void
forget_response (Request *request)
{
  if (request->response_subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->response_subscription);
  request->response_subscription = 0;
}

static void
request_free (Request *request)
{
  forget_response (request);
  g_clear_object (&request->bus);
  g_free (request->handle);
  g_free (request);
}

static char *
get_entry_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", WF_APPLICATION_ID ".desktop",
                           NULL);
}

static gboolean
write_entry (GError **error)
{
  g_autofree char *path = get_entry_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) entry = g_key_file_new ();

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved),
                   _ ("The folder for programs that start at login cannot be made: %s"),
                   g_strerror (saved));
      return FALSE;
    }
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                         "Application");
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Workflow");
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC,
                         "workflow --background");
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON,
                         WF_APPLICATION_ID);
  g_key_file_set_boolean (entry, G_KEY_FILE_DESKTOP_GROUP, "X-GNOME-UsesNotifications", TRUE);
  return g_key_file_save_to_file (entry, path, error);
}

static gboolean
remove_entry (GError **error)
{
  g_autofree char *path = get_entry_path ();

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  int saved = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved),
               _ ("The entry for starting at login cannot be removed: %s"), g_strerror (saved));
  return FALSE;
}

static void
use_autostart_entry (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean done = request->autostart ? write_entry (&error) : remove_entry (&error);

  if (!done)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, request->autostart);
}

/* Whatever comes first ends it: the answer, no portal, or the caller who gives up. FALSE: it ended already. */
static gboolean
end_waiting (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gboolean waiting = request->response_subscription != 0;

  forget_response (request);
  if (request->cancelled_handler != 0)
    g_signal_handler_disconnect (cancellable, request->cancelled_handler);
  request->cancelled_handler = 0;
  return waiting;
}

static void
on_portal_response (GDBusConnection *bus, const char *sender, const char *path,
                    const char *interface, const char *name, GVariant *parameters,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  g_autoptr (GError) error = NULL;
  guint32 response = 2;
  gboolean autostart = FALSE;

  if (!end_waiting (task))
    return;
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == 0)
    g_variant_lookup (results, "autostart", "b", &autostart);
  if (response == 0 && !request->autostart && !remove_entry (&error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, autostart);
}

static void
listen_to (GTask *task, const char *handle)
{
  Request *request = g_task_get_task_data (task);

  forget_response (request);
  g_set_str (&request->handle, handle);
  request->response_subscription = g_dbus_connection_signal_subscribe (
      request->bus, PORTAL_NAME, PORTAL_REQUEST, "Response", handle, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_portal_response, g_object_ref (task), g_object_unref);
}

static void
on_portal_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *handle;

  if (request->response_subscription == 0)
    return; /* answered, or given up, before the call came back */
  if (answer == NULL)
    {
      end_waiting (task);
      g_debug ("No background portal: %s", error->message);
      use_autostart_entry (task);
      return;
    }
  g_variant_get (answer, "(&o)", &handle);
  if (!g_str_equal (handle, request->handle)) /* portals before version 0.9 choose it themselves */
    listen_to (task, handle);
}

static gboolean
give_up (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Request *request = g_task_get_task_data (task);

  if (!end_waiting (task))
    return G_SOURCE_REMOVE;
  g_dbus_connection_call (request->bus, PORTAL_NAME, request->handle, PORTAL_REQUEST, "Close", NULL,
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  return G_SOURCE_REMOVE;
}

/* Not here: who disconnects within the signal of a cancellable waits for ever. */
static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, give_up, g_object_ref (user_data), g_object_unref);
}

/* Known beforehand, so that an answer that is faster than the call's is not missed. */
static char *
make_handle (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  return g_strconcat (PORTAL_PATH, "/request/", g_strdelimit (sender, ".", '_'), "/", token, NULL);
}

static GVariant *
make_options (const char *token, gboolean autostart)
{
  const char *const command[] = { "workflow", "--background", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("Remind you of activities before they are due")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (autostart));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  return g_variant_new ("(s@a{sv})", "", g_variant_builder_end (&options));
}

/**
 * wf_background_set_autostart_async:
 * @application: a registered application
 * @autostart: %TRUE asks for consent to start at login, %FALSE takes it back
 * @cancellable: (nullable): gives up waiting for the person's answer
 * @callback: called once it is decided
 * @user_data: for @callback
 */
void
wf_background_set_autostart_async (GApplication *application, gboolean autostart,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (application, cancellable, callback, user_data);
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  Request *request = g_new0 (Request, 1);
  g_autofree char *token = g_strdup_printf ("workflow%u", g_random_int ());
  g_autofree char *handle = NULL;

  g_task_set_source_tag (task, wf_background_set_autostart_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  request->autostart = autostart;
  if (g_task_return_error_if_cancelled (task))
    return;
  if (bus == NULL)
    {
      use_autostart_entry (task);
      return;
    }
  request->bus = g_object_ref (bus);
  handle = make_handle (bus, token);
  listen_to (task, handle);
  if (cancellable != NULL)
    request->cancelled_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                                        g_object_ref (task), g_object_unref);
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_BACKGROUND, "RequestBackground",
                          make_options (token, autostart), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_portal_called, g_object_ref (task));
}

gboolean
wf_background_set_autostart_finish (GAsyncResult *result, gboolean *autostart, GError **error)
{
  GTask *task = G_TASK (result);
  gboolean value = g_task_propagate_boolean (task, error);

  if (g_task_had_error (task))
    return FALSE;
  *autostart = value;
  return TRUE;
}
