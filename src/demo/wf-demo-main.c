/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM as a program: workflow-demo-crm --port N --state-dir DIR. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-server.h"

#include "wf-json-writer.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#define DEFAULT_SEED 20261120
#define IDLE_CHECK_SECONDS 5
/* The sample's past is written within this time, also on a slow computer. */
#define LONGEST_START_SECONDS 30

typedef struct
{
  GMainLoop *loop;
  WfDemoServer *server;
  WfClock *clock;
  int exit_when_idle; /* seconds; 0 = never */
} Program;

static char *
make_ready_line (WfDemoServer *server)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "url", wf_demo_server_get_uri (server));
  wf_json_writer_add_string (writer, "tokens-file", wf_demo_server_get_tokens_file (server));
  wf_json_writer_add_int (writer, "pid", getpid ());
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_idle_check (gpointer user_data)
{
  Program *program = user_data;

  if (wf_clock_now (program->clock) - wf_demo_server_get_last_use (program->server) >
      program->exit_when_idle * G_TIME_SPAN_SECOND)
    g_main_loop_quit (program->loop);
  return G_SOURCE_CONTINUE;
}

/* Another server has the folder: its clients can be ours, as soon as it is ready itself. */
static int
tell_running (const char *state_dir, const GError *error)
{
  g_autofree char *path = g_build_filename (state_dir, WF_DEMO_READY_FILE, NULL);
  g_autofree char *line = NULL;
  gboolean busy = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY);

  for (guint i = 0; busy && i < LONGEST_START_SECONDS * 10; i++)
    {
      if (g_file_get_contents (path, &line, NULL, NULL))
        {
          printf ("%s\n", line);
          return 0;
        }
      g_usleep (G_USEC_PER_SEC / 10);
    }
  g_printerr ("workflow-demo-crm: %s\n", error->message);
  return 1;
}

static gboolean
write_ready (const char *state_dir, const char *line)
{
  g_autofree char *path = g_build_filename (state_dir, WF_DEMO_READY_FILE, NULL);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return TRUE;
  g_printerr ("workflow-demo-crm: %s\n", error->message);
  return FALSE;
}

static void
remove_ready (const char *state_dir)
{
  g_autofree char *path = g_build_filename (state_dir, WF_DEMO_READY_FILE, NULL);

  g_unlink (path);
}

static int
run (const char *state_dir, int port, WfDemoFlags flags, int seed, int exit_when_idle)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WfDemoServer) server =
      wf_demo_server_new_full (state_dir, clock, flags, (guint) port, (guint) seed, &error);
  Program program = {
    .loop = loop, .server = server, .clock = clock, .exit_when_idle = exit_when_idle
  };
  guint idle = 0;

  if (server == NULL)
    return tell_running (state_dir, error);

  g_autofree char *line = make_ready_line (server);
  if (!write_ready (state_dir, line))
    return 1;
  printf ("%s\n", line);
  fflush (stdout);
  guint interrupt = g_unix_signal_add (SIGINT, on_signal, loop),
        terminate = g_unix_signal_add (SIGTERM, on_signal, loop);
  if (exit_when_idle > 0)
    idle = g_timeout_add_seconds (IDLE_CHECK_SECONDS, on_idle_check, &program);
  g_main_loop_run (loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  if (idle != 0)
    g_source_remove (idle);
  remove_ready (state_dir);
  wf_demo_server_stop (server);
  return 0;
}

int
main (int argc, char **argv)
{
  int port = 0, seed = DEFAULT_SEED, exit_when_idle = 0;
  g_autofree char *state_dir = NULL;
  gboolean no_generator = FALSE, no_history = FALSE, print_ready = FALSE, allow_private = FALSE;
  g_autoptr (GError) error = NULL;
  const GOptionEntry options[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_ ("Port on this computer; 0 takes a free one"),
      "N" },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &state_dir,
      N_ ("Folder of the sample company’s data"), "DIR" },
    { "no-generator", 0, 0, G_OPTION_ARG_NONE, &no_generator, N_ ("Let nothing happen by itself"),
      NULL },
    { "no-history", 0, 0, G_OPTION_ARG_NONE, &no_history, N_ ("Begin without the past months"),
      NULL },
    { "allow-private-webhooks", 0, 0, G_OPTION_ARG_NONE, &allow_private,
      N_ ("Let workflows call this computer and its network, where their actions ask for it"),
      NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, N_ ("Seed of what happens"), "N" },
    { "print-ready", 0, 0, G_OPTION_ARG_NONE, &print_ready,
      N_ ("Print one line when ready (always done)"), NULL },
    { "exit-when-idle", 0, 0, G_OPTION_ARG_INT, &exit_when_idle,
      N_ ("End this many seconds after the last client"), "N" },
    { NULL },
  };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, WF_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_summary (
      context, _ ("A CRM with a sample company, for trying Workflow on this computer."));
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("workflow-demo-crm: %s\n", error->message);
      return 2;
    }
  if (argc > 1 || state_dir == NULL || port < 0 || port > G_MAXUINT16 || exit_when_idle < 0)
    {
      g_printerr ("workflow-demo-crm: %s\n", _ ("Tell --state-dir DIR, and nothing but options."));
      return 2;
    }
  return run (state_dir, port,
              (no_generator ? WF_DEMO_NO_GENERATOR : 0) | (no_history ? WF_DEMO_NO_HISTORY : 0) |
                  (allow_private ? WF_DEMO_ALLOW_PRIVATE_WEBHOOKS : 0),
              seed, exit_when_idle);
}
