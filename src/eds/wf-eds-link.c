/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The helper program for this computer's calendars. */
#define G_LOG_DOMAIN "wf-eds"

#include "wf-eds-link.h"

#include "wf-crm.h"
#include "wf-eds-protocol.h"

#include <errno.h>
#include <gio/gunixconnection.h>
#include <glib/gi18n-lib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Policy. The library of the desktop's calendars brings some fifty others: a process of its own has them, only
 * while something is published. It is started by the first call and ended some time after the last one; it
 * ends by itself when the program does. When it ends otherwise, or does not answer, nobody knows how far it
 * came: the caller looks, and the next call starts another one. */

#define HELPER "workflow-desktop-calendar"
/* Between two entries of one pass, and for somebody who still looks at the list of calendars. */
#define CALM (30 * G_TIME_SPAN_SECOND)
/* Calendars that are on a server, too, may take their time. */
#define LONGEST_CALL_MS (60 * 1000)

struct _WfEdsLink
{
  GObject parent_instance;

  WfAlarm *calm;               /* (owned) ends the helper */
  WfClock *clock;              /* (owned) */
  GDBusConnection *connection; /* (owned) (nullable) */
  GQueue waiting;              /* of GTask, until the helper was started */
  gboolean starting;
  guint n_calls; /* under way */
};

typedef struct
{
  char *method;         /* (owned) */
  GVariant *parameters; /* (owned) (nullable) */
} Call;

G_DEFINE_FINAL_TYPE (WfEdsLink, wf_eds_link, G_TYPE_OBJECT)

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->method);
  g_clear_pointer (&call->parameters, g_variant_unref);
  g_free (call);
}

/* Owned by the caller. */
static char *
find_helper (void)
{
  const char *variable = g_getenv (WF_EDS_HELPER_VARIABLE);

  return variable != NULL ? g_strdup (variable) : g_build_filename (WF_LIBEXECDIR, HELPER, NULL);
}

gboolean
wf_eds_link_is_installed (GError **error)
{
  g_autofree char *helper = find_helper ();

  if (g_file_test (helper, G_FILE_TEST_IS_EXECUTABLE))
    return TRUE;
  g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED,
                       _ ("The part of Workflow for this computer’s calendars is not installed."));
  return FALSE;
}

/* ---- the end of the helper --------------------------------------------------------------------- */

static void
close_link (WfEdsLink *self)
{
  if (self->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_dbus_connection_close (self->connection, NULL, NULL, NULL);
  g_clear_object (&self->connection);
}

static void
on_calm (WfAlarmReason reason, gpointer user_data)
{
  WfEdsLink *self = WF_EDS_LINK (user_data);

  if (self->n_calls == 0)
    close_link (self);
}

static void
on_closed (WfEdsLink *self)
{
  close_link (self);
}

/* ---- calls ------------------------------------------------------------------------------------- */

/* Takes the error. */
static GError *
translate (WfEdsLink *self, GError *error)
{
  g_dbus_error_strip_remote_error (error);
  if (error->domain == WF_CRM_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  g_info ("The helper for calendars fails: %s", error->message);
  g_error_free (error);
  close_link (self);
  return g_error_new_literal (WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN,
                              _ ("This computer’s calendar did not answer."));
}

static void
on_answered (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  WfEdsLink *self = g_task_get_source_object (task);
  GError *error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (--self->n_calls == 0)
    wf_alarm_set (self->calm, wf_clock_now (self->clock) + CALM);
  if (answer == NULL)
    g_task_return_error (task, translate (self, error));
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
}

/* Takes the task. */
static void
call (WfEdsLink *self, GTask *task)
{
  const Call *data = g_task_get_task_data (task);

  self->n_calls++;
  g_dbus_connection_call (self->connection, NULL, WF_EDS_PATH, WF_EDS_INTERFACE, data->method,
                          data->parameters, NULL, G_DBUS_CALL_FLAGS_NONE, LONGEST_CALL_MS,
                          g_task_get_cancellable (task), on_answered, task);
}

static void
on_connected (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfEdsLink) self = WF_EDS_LINK (user_data);
  g_autoptr (GError) error = NULL;
  GTask *task;

  self->starting = FALSE;
  self->connection = g_dbus_connection_new_finish (result, &error);
  if (self->connection != NULL)
    g_signal_connect_swapped (self->connection, "closed", G_CALLBACK (on_closed), self);
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    if (self->connection != NULL)
      call (self, task);
    else
      {
        g_task_return_error (task, translate (self, g_error_copy (error)));
        g_object_unref (task);
      }
}

static gboolean
spawn (int helper_end, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *helper = find_helper ();
  const char *const arguments[] = { helper, NULL };
  g_autoptr (GSubprocess) process = NULL;

  g_subprocess_launcher_take_fd (launcher, helper_end, WF_EDS_SOCKET);
  process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  return process != NULL;
}

static gboolean
start (WfEdsLink *self, GError **error)
{
  g_autoptr (GSocketConnection) stream = NULL;
  g_autoptr (GSocket) socket = NULL;
  int ends[2];

  if (!wf_eds_link_is_installed (error))
    return FALSE;
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                           g_strerror (errno));
      return FALSE;
    }
  socket = g_socket_new_from_fd (ends[0], error);
  if (socket == NULL)
    {
      close (ends[0]);
      close (ends[1]);
      return FALSE;
    }
  if (!spawn (ends[1], error))
    return FALSE;
  stream = g_socket_connection_factory_create_connection (socket);
  self->starting = TRUE;
  g_dbus_connection_new (G_IO_STREAM (stream), NULL, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT,
                         NULL, NULL, on_connected, g_object_ref (self));
  return TRUE;
}

/**
 * wf_eds_link_call_async:
 * @self: the helper
 * @method: of the protocol
 * @parameters: (nullable): floating
 * @cancellable: (nullable): the answer is not waited for any more
 * @callback: called in the caller's main context
 * @user_data: for @callback
 */
void
wf_eds_link_call_async (WfEdsLink *self, const char *method, GVariant *parameters,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *data = g_new0 (Call, 1);
  GError *error = NULL;

  data->method = g_strdup (method);
  data->parameters = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  g_task_set_source_tag (task, wf_eds_link_call_async);
  g_task_set_task_data (task, data, call_free);
  if (self->connection != NULL)
    call (self, task);
  else if (self->starting || start (self, &error))
    g_queue_push_tail (&self->waiting, task);
  else
    {
      g_task_return_error (task, translate (self, error));
      g_object_unref (task);
    }
}

GVariant *
wf_eds_link_call_finish (WfEdsLink *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wf_eds_link_return_done:
 * @link: the helper
 * @result: of the call
 * @user_data: (transfer full): a #GTask, which returns %TRUE when the call has an answer, and its error else
 *
 * The callback of wf_eds_link_call_async() for a call whose answer says nothing but that it was done.
 */
void
wf_eds_link_return_done (GObject *link, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GVariant) answer = wf_eds_link_call_finish (WF_EDS_LINK (link), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
wf_eds_link_is_open (WfEdsLink *self)
{
  return self->connection != NULL;
}

/* ---- object ------------------------------------------------------------------------------------ */

static void
wf_eds_link_dispose (GObject *object)
{
  WfEdsLink *self = WF_EDS_LINK (object);

  close_link (self);
  g_clear_pointer (&self->calm, wf_alarm_free);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (wf_eds_link_parent_class)->dispose (object);
}

static void
wf_eds_link_class_init (WfEdsLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wf_eds_link_dispose;
}

static void
wf_eds_link_init (WfEdsLink *self)
{
  g_queue_init (&self->waiting);
}

/**
 * wf_eds_link_new:
 * @clock: says when the helper was idle for long enough
 *
 * Returns: (transfer full): the helper, which is not started yet
 */
WfEdsLink *
wf_eds_link_new (WfClock *clock)
{
  WfEdsLink *self = g_object_new (WF_TYPE_EDS_LINK, NULL);

  wf_crm_error_quark (); /* its name must be known before an answer is read */
  self->clock = g_object_ref (clock);
  self->calm = wf_clock_new_alarm (clock, on_calm, self);
  return self;
}
