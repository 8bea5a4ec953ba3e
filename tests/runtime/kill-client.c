/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program to be killed: the real runtime on the real connector, with a notifier that appends
 * to a file. Arguments: address, token, store file, file for what was shown. Ends by SIGTERM. */
#define G_LOG_DOMAIN "wf-test"

#include "wf-notifier.h"
#include "wf-open-crm.h"
#include "wf-runtime.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define KILL_TYPE_NOTIFIER (kill_notifier_get_type ())
G_DECLARE_FINAL_TYPE (KillNotifier, kill_notifier, KILL, NOTIFIER, GObject)

struct _KillNotifier
{
  GObject parent_instance;
  int fd;
};

static void notifier_init (WfNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KillNotifier, kill_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WF_TYPE_NOTIFIER, notifier_init))

/* One write a line: it is in the file as a whole or not at all, whenever the program dies. */
static gboolean
append (WfNotifier *notifier, const char *line)
{
  gsize length = strlen (line);

  return write (KILL_NOTIFIER (notifier)->fd, line, length) == (gssize) length;
}

static gboolean
show_reminder (WfNotifier *notifier, WfActivity *activity, WfInstant now, gboolean quiet,
               GError **error)
{
  g_autofree char *line = g_strdup_printf ("reminder %s\n", activity->id);

  return append (notifier, line);
}

static gboolean
show_catch_up (WfNotifier *notifier, GPtrArray *activities, WfInstant now, gboolean quiet,
               GError **error)
{
  g_autoptr (GString) line = g_string_new ("catch-up");

  for (guint i = 0; i < activities->len; i++)
    g_string_append_printf (line, " %s", ((WfActivity *) g_ptr_array_index (activities, i))->id);
  g_string_append_c (line, '\n');
  return append (notifier, line->str);
}

static gboolean
show_message (WfNotifier *notifier, const char *id, const char *title, const char *text,
              gboolean quiet, GError **error)
{
  g_autofree char *line = g_strdup_printf ("message %s\n", id);

  return append (notifier, line);
}

static void
withdraw (WfNotifier *notifier, const char *id)
{
}

static void
notifier_init (WfNotifierInterface *iface)
{
  iface->show_reminder = show_reminder;
  iface->show_catch_up = show_catch_up;
  iface->show_message = show_message;
  iface->withdraw = withdraw;
}

static void
kill_notifier_class_init (KillNotifierClass *class)
{
}

static void
kill_notifier_init (KillNotifier *self)
{
}

static gboolean
on_terminate (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wf_runtime_start_finish (WF_RUNTIME (source), result, &error))
    g_error ("The runtime does not start: %s", error->message);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (WfClock) clock = wf_system_clock_new ();
  g_autoptr (GError) error = NULL;

  if (argc != 5)
    return 2;
  prctl (PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nothing behind */

  g_autoptr (WfCrm) crm = wf_open_crm_new (clock, argv[1], argv[2], &error);
  if (crm == NULL)
    g_error ("The address cannot be used: %s", error->message);
  g_autoptr (KillNotifier) notifier = g_object_new (KILL_TYPE_NOTIFIER, NULL);
  notifier->fd = open (argv[4], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (notifier->fd < 0)
    g_error ("The file for what was shown cannot be opened");

  g_autoptr (WfRuntime) runtime = wf_runtime_new (clock, crm, WF_NOTIFIER (notifier), argv[3]);
  g_unix_signal_add (SIGTERM, on_terminate, loop);
  wf_runtime_start_async (runtime, NULL, on_started, NULL);
  g_main_loop_run (loop);
  wf_runtime_stop (runtime);
  close (notifier->fd);
  return 0;
}
