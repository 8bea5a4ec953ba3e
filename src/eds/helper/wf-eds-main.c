/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflow-desktop-calendar: carries out what the program asks of this computer's calendars. */
#define G_LOG_DOMAIN "wf-eds"

#include "wf-crm.h"
#include "wf-eds-entries.h"
#include "wf-eds-error.h"
#include "wf-eds-protocol.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

/* One thread carries out one call after the other and may wait for a calendar; the other one hears when the
 * program ends, and ends too. */

typedef struct
{
  GMainLoop *loop;       /* (owned) */
  WfEdsSources *sources; /* (owned) only of the worker */
  GThreadPool *worker;   /* (owned) of GDBusMethodInvocation */
} Helper;

/* A tuple, floating; NULL: an error. */
static GVariant *
answer_text (char *text)
{
  GVariant *answer = text != NULL ? g_variant_new ("(s)", text) : NULL;

  g_free (text);
  return answer;
}

static GVariant *
answer_done (gboolean done)
{
  return done ? g_variant_new ("()") : NULL;
}

static GVariant *
carry_out (WfEdsSources *sources, const char *method, GVariant *parameters, GError **error)
{
  const char *text[4] = { NULL };

  for (gsize i = 0; i < g_variant_n_children (parameters) && i < G_N_ELEMENTS (text); i++)
    g_variant_get_child (parameters, i, "&s", &text[i]);
  if (g_str_equal (method, "List"))
    return wf_eds_sources_list (sources, error);
  if (g_str_equal (method, "Make"))
    return answer_done (wf_eds_sources_make (sources, text[0], text[1], error));
  if (g_str_equal (method, "Release"))
    return answer_done (wf_eds_sources_release (sources, text[0], error));
  if (g_str_equal (method, "Put"))
    return answer_text (wf_eds_entries_put (sources, text[0], text[1], text[2], text[3], error));
  if (g_str_equal (method, "Remove"))
    return answer_done (wf_eds_entries_remove (sources, text[0], text[1], text[2], error));
  return answer_text (wf_eds_entries_find (sources, text[0], text[1], error));
}

static void
work (gpointer data, gpointer user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (data);
  Helper *self = user_data;
  gboolean lost = FALSE;
  GError *error = NULL;
  GVariant *answer = carry_out (self->sources,
                                g_dbus_method_invocation_get_method_name (invocation),
                                g_dbus_method_invocation_get_parameters (invocation), &error);

  if (answer != NULL)
    {
      g_dbus_method_invocation_return_value (invocation, answer);
      return;
    }
  error = wf_eds_error_translate (error, &lost);
  if (lost)
    wf_eds_sources_reset (self->sources);
  g_dbus_method_invocation_take_error (invocation, error);
}

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  g_thread_pool_push (((Helper *) user_data)->worker, invocation, NULL);
}

static void
on_closed (Helper *self)
{
  g_main_loop_quit (self->loop);
}

/* NULL: this was not started by the program. */
static GDBusConnection *
connect_to_program (GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (WF_EDS_SOCKET, error);
  g_autoptr (GSocketConnection) stream = NULL;
  g_autofree char *guid = g_dbus_generate_guid ();

  if (socket == NULL)
    return NULL;
  stream = g_socket_connection_factory_create_connection (socket);
  return g_dbus_connection_new_sync (G_IO_STREAM (stream), guid,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER |
                                         G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                                     NULL, NULL, error);
}

static gboolean
serve (Helper *self, GError **error)
{
  static const GDBusInterfaceVTable table = { on_call, NULL, NULL, { NULL } };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (WF_EDS_XML, error);
  g_autoptr (GDBusConnection) connection = node != NULL ? connect_to_program (error) : NULL;

  if (connection == NULL ||
      g_dbus_connection_register_object (connection, WF_EDS_PATH, node->interfaces[0], &table, self,
                                         NULL, error) == 0)
    return FALSE;
  g_signal_connect_swapped (connection, "closed", G_CALLBACK (on_closed), self);
  g_dbus_connection_start_message_processing (connection);
  if (!g_dbus_connection_is_closed (connection))
    g_main_loop_run (self->loop);
  return TRUE;
}

int
main (int argc, char **argv)
{
  const char *locale_dir = g_getenv ("WORKFLOW_LOCALEDIR");
  g_autoptr (GError) error = NULL;
  Helper self = { 0 };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : WF_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.sources = wf_eds_sources_new ();
  self.worker = g_thread_pool_new (work, &self, 1, TRUE, NULL);
  if (!serve (&self, &error))
    {
      g_printerr ("workflow-desktop-calendar is started by Workflow itself: %s\n", error->message);
      return EXIT_FAILURE;
    }
  /* A call that still waits for a calendar is not waited for: nobody reads its answer. */
  _exit (EXIT_SUCCESS);
}
