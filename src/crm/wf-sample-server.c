/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the demo CRM as its own process, or finds the one that already runs. */
#define G_LOG_DOMAIN "wf-crm"

#include "wf-sample-server.h"

#include "wf-credentials.h"
#include "wf-crm.h"
#include "wf-http.h"
#include "wf-json.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

/* It ends by itself this long after its last client, so that none is left behind. */
#define EXIT_WHEN_IDLE "180"
#define DEFAULT_PATH "/wfcrm/v1"
#define MOST_READY_BYTES 16384
/* A running server that does not answer its own computer within this time is not one. */
#define CHECK_SECONDS 3

typedef struct
{
  WfClock *clock;         /* (owned) */
  char *state_dir;        /* (owned) */
  char *person;           /* (owned) */
  WfHttp *http;           /* (owned) (nullable) */
  WfSampleServer *server; /* (owned) (nullable) while it is checked */
  GSubprocess *process;   /* (owned) (nullable) */
  gboolean started;       /* by us, or told by the program that it runs: no second try */
} Start;

void
wf_sample_server_free (WfSampleServer *self)
{
  g_free (self->url);
  wf_credentials_free_token (self->token);
  g_free (self);
}

static void
start_free (Start *start)
{
  g_clear_object (&start->clock);
  g_free (start->state_dir);
  g_free (start->person);
  g_clear_object (&start->http);
  g_clear_object (&start->process);
  g_clear_pointer (&start->server, wf_sample_server_free);
  g_free (start);
}

/* -- what a ready line says -------------------------------------------------------------------- */

static char *
read_token (const char *path, const char *person)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_load (path, MOST_READY_BYTES, NULL);

  if (document == NULL)
    return NULL;
  return g_strdup (wf_json_get_member_string (wf_json_document_get_root (document), person));
}

/* {"url", "tokens-file", "pid"}; NULL when it is none, its process is gone, or the person has no
 * token. */
static WfSampleServer *
read_ready (const char *text, const char *person, GError **error)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, MOST_READY_BYTES, NULL);
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;
  const char *url = wf_json_get_member_string (root, "url");
  const char *tokens_file = wf_json_get_member_string (root, "tokens-file");
  gint64 pid = 0;

  if (url == NULL || tokens_file == NULL ||
      !wf_json_get_int64 (wf_json_get_member (root, "pid"), &pid) || pid <= 0 || pid > G_MAXINT ||
      (kill ((pid_t) pid, 0) != 0 && errno == ESRCH))
    {
      g_set_error_literal (error, WF_CRM_ERROR, WF_CRM_ERROR_OFFLINE,
                           _ ("The sample company’s server did not start."));
      return NULL;
    }
  char *token = read_token (tokens_file, person);
  if (token == NULL)
    {
      g_set_error (error, WF_CRM_ERROR, WF_CRM_ERROR_AUTH,
                   _ ("Nobody called “%s” works at the sample company."), person);
      return NULL;
    }
  WfSampleServer *server = g_new0 (WfSampleServer, 1);
  server->url = g_strdup (url);
  server->token = token;
  return server;
}

/* -- the program ------------------------------------------------------------------------------- */

static char *
find_program (GError **error)
{
  const char *variable = g_getenv (WF_DEMO_CRM_VARIABLE);
  g_autofree char *path = variable != NULL && *variable != '\0'
                              ? g_strdup (variable)
                              : g_build_filename (WF_LIBEXECDIR, "workflow-demo-crm", NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_set_error (error, WF_CRM_ERROR, WF_CRM_ERROR_NOT_SUPPORTED,
                   _ ("The sample company’s server is not installed: %s is missing."), path);
      return NULL;
    }
  return g_steal_pointer (&path);
}

static void check (GTask *task);

static void
on_ready_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Start *start = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                                     result, NULL, &error);

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  start->server = read_ready (line != NULL ? line : "", start->person, &error);
  if (start->server == NULL)
    g_task_return_error (task, error);
  else
    check (g_steal_pointer (&task));
}

static void
spawn (GTask *task)
{
  g_autoptr (GTask) own = task;
  Start *start = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *program = find_program (&error);

  start->started = TRUE;
  if (program != NULL)
    start->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--port",
                                       "0", "--state-dir", start->state_dir, "--exit-when-idle",
                                       EXIT_WHEN_IDLE, "--print-ready", NULL);
  if (start->process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (start->process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                       on_ready_line, g_steal_pointer (&own));
}

/* -- does it answer? --------------------------------------------------------------------------- */

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Start *start = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WfHttpAnswer) answer = wf_http_send_finish (WF_HTTP (source), result, &error);

  if (answer != NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&start->server),
                             (GDestroyNotify) wf_sample_server_free);
      return;
    }
  if (start->started || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
  g_clear_pointer (&start->server, wf_sample_server_free);
  spawn (g_steal_pointer (&task));
}

static void
check (GTask *task)
{
  g_autoptr (GTask) own = task;
  Start *start = g_task_get_task_data (task);
  WfHttpRequest request = { .method = "GET", .path = "me", .only_once = !start->started };
  GError *error = NULL;

  g_clear_object (&start->http);
  start->http =
      wf_http_new (start->clock, start->server->url, DEFAULT_PATH, start->server->token, &error);
  if (start->http == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  wf_http_set_timeout (start->http, start->started ? WF_HTTP_TIMEOUT_SECONDS : CHECK_SECONDS);
  wf_http_send_async (start->http, &request, g_task_get_cancellable (task), on_checked,
                      g_steal_pointer (&own));
}

void
wf_sample_server_start_async (WfClock *clock, const char *state_dir, const char *person,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Start *start = g_new0 (Start, 1);
  g_autofree char *ready = g_build_filename (state_dir, "ready.json", NULL);
  g_autofree char *text = NULL;

  start->clock = g_object_ref (clock);
  start->state_dir = g_strdup (state_dir);
  start->person = g_strdup (person);
  g_task_set_source_tag (task, wf_sample_server_start_async);
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  if (g_file_get_contents (ready, &text, NULL, NULL))
    start->server = read_ready (text, person, NULL);
  if (start->server != NULL)
    check (task);
  else
    spawn (task);
}

WfSampleServer *
wf_sample_server_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
