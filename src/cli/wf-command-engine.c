/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl engine: evaluates without a window, for an always-on computer. */
#define G_LOG_DOMAIN "wf-cli"

#include "wf-crm-accounts.h"
#include "wf-ctl-command.h"
#include "wf-ctl-output.h"
#include "wf-instant.h"
#include "wf-open-crm.h"
#include "wf-runtime.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

/* The store is an own file, not that of the window: both may run at once, and the effect keys keep
 * anything from being done twice (S15, S16). */

#define TOKEN_MOST_BYTES 65536

typedef struct
{
  char *account, *server, *token_file, *state_dir; /* (owned) (nullable) */
} Options;

static void
options_clear (Options *self)
{
  g_free (self->account);
  g_free (self->server);
  g_free (self->token_file);
  g_free (self->state_dir);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct
{
  const Options *options;
  WfClock *clock;            /* (owned) */
  WfAccounts *accounts;      /* (owned) (nullable) */
  WfCrm *crm;                /* (owned) (nullable) until known */
  WfRuntime *runtime;        /* (owned) (nullable) until known */
  GMainLoop *loop;           /* (owned) */
  GCancellable *cancellable; /* (owned) */
  guint signals[2];          /* source ids; 0 once over */
  int told_status;           /* WfSyncStatus told last, -1: none */
  WfCtlStatus result;
} Service;

static WfCtlStatus run (char **arguments);

const WfCtlCommand wf_command_engine = {
  "engine",
  "--account NAME",
  N_ ("Run workflows without a window until the program is ended"),
  run,
};

static const char *const status_names[] = {
  [WF_SYNC_STATUS_STARTING] = "starting",
  [WF_SYNC_STATUS_UP_TO_DATE] = "up-to-date",
  [WF_SYNC_STATUS_SYNCING] = "syncing",
  [WF_SYNC_STATUS_OFFLINE] = "offline",
  [WF_SYNC_STATUS_NEEDS_SIGN_IN] = "needs-sign-in",
  [WF_SYNC_STATUS_PROBLEM] = "problem",
};

static void
fail (Service *self, const char *message)
{
  wf_ctl_message ("workflowctl engine: %s", message);
  self->result = WF_CTL_PROBLEMS;
  g_main_loop_quit (self->loop);
}

/* A line for each change of the state that matters to somebody who watches: short syncs in between
 * do not. */
static void
tell_status (Service *self)
{
  WfSyncStatus status = wf_runtime_get_sync_status (self->runtime);
  g_autoptr (WfJsonWriter) writer = NULL;
  g_autofree char *time = NULL, *text = NULL;

  if (status == WF_SYNC_STATUS_SYNCING || (int) status == self->told_status)
    return;
  self->told_status = (int) status;
  time = wf_instant_format_utc (wf_clock_now (self->clock));
  writer = wf_json_writer_new ();
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "time", time);
  wf_json_writer_add_string (writer, "status", status_names[status]);
  wf_json_writer_add_int (writer, "pending-changes",
                          wf_runtime_get_pending_changes (self->runtime));
  wf_json_writer_add_string (writer, "problem", wf_runtime_get_problem (self->runtime));
  text = wf_json_writer_finish (writer, FALSE);
  if (!wf_ctl_print_line (text) || !wf_ctl_flush ())
    {
      self->result = WF_CTL_PROBLEMS;
      g_main_loop_quit (self->loop);
    }
}

static void
on_runtime_notify (WfRuntime *runtime, GParamSpec *property, gpointer user_data)
{
  tell_status (user_data);
}

static void
on_runtime_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Service *self = user_data;
  g_autoptr (GError) error = NULL;

  if (wf_runtime_start_finish (WF_RUNTIME (source), result, &error))
    tell_status (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, error->message);
}

/* A server's address or an account's name as a file name: what is not a plain character becomes its
 * code. */
static char *
make_store_path (const Options *options)
{
  const char *name = options->account != NULL ? options->account : options->server;
  g_autofree char *escaped = g_uri_escape_string (name, NULL, TRUE);
  g_autofree char *file = g_strconcat (escaped, ".sqlite", NULL);

  if (options->state_dir != NULL)
    return g_build_filename (options->state_dir, file, NULL);
  return g_build_filename (g_get_user_state_dir (), "workflow", "engine", file, NULL);
}

static void
start_runtime (Service *self)
{
  g_autofree char *store_path = make_store_path (self->options);

  self->runtime = wf_runtime_new (self->clock, self->crm, NULL, store_path);
  g_signal_connect (self->runtime, "notify::sync-status", G_CALLBACK (on_runtime_notify), self);
  wf_runtime_start_async (self->runtime, self->cancellable, on_runtime_started, self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Service *self = user_data;
  g_autoptr (GError) error = NULL;

  self->crm = wf_accounts_connect_finish (WF_ACCOUNTS (source), result, &error);
  if (self->crm != NULL)
    start_runtime (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, error->message);
}

static gboolean
connect_account (Service *self)
{
  g_autoptr (GPtrArray) list = NULL;

  self->accounts = wf_crm_accounts_new (self->clock, NULL, NULL);
  list = wf_accounts_list (self->accounts);
  for (guint i = 0; i < list->len; i++)
    {
      const WfAccount *account = g_ptr_array_index (list, i);

      if (!g_str_equal (account->name, self->options->account))
        continue;
      wf_accounts_connect_async (self->accounts, account, self->cancellable, on_connected, self);
      return TRUE;
    }
  wf_ctl_message (_ ("workflowctl engine: --account: there is no account “%s” on this computer."),
                  self->options->account);
  return FALSE;
}

/* Owned by the caller; NULL after a message. */
static char *
read_token (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    {
      wf_ctl_message ("workflowctl engine: --token-file: %s", error->message);
      return NULL;
    }
  g_strstrip (text);
  if (text[0] == '\0' || length > TOKEN_MOST_BYTES || !g_str_is_ascii (text))
    {
      wf_ctl_message (_ ("workflowctl engine: --token-file: the file %s holds no token."), path);
      return NULL;
    }
  return g_steal_pointer (&text);
}

static gboolean
connect_server (Service *self)
{
  g_autofree char *token = read_token (self->options->token_file);
  g_autoptr (GError) error = NULL;

  if (token == NULL)
    return FALSE;
  self->crm = wf_open_crm_new (self->clock, self->options->server, token, &error);
  if (self->crm == NULL)
    {
      wf_ctl_message ("workflowctl engine: --server: %s", error->message);
      return FALSE;
    }
  start_runtime (self);
  return TRUE;
}

static gboolean
on_terminate (gpointer user_data)
{
  Service *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static void
service_init (Service *self, const Options *options)
{
  self->options = options;
  self->clock = wf_system_clock_new ();
  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  self->told_status = -1;
  self->result = WF_CTL_FINE;
  self->signals[0] = g_unix_signal_add (SIGTERM, on_terminate, self);
  self->signals[1] = g_unix_signal_add (SIGINT, on_terminate, self);
}

/* What was asked for and is under way ends before the service does. */
static void
service_clear (Service *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->runtime != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->runtime, self);
      wf_runtime_stop (self->runtime);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (gsize i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  g_clear_object (&self->runtime);
  g_clear_object (&self->crm);
  g_clear_object (&self->accounts);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

static WfCtlStatus
serve (const Options *options)
{
  Service self = { 0 };
  gboolean begun;

  service_init (&self, options);
  begun = options->account != NULL ? connect_account (&self) : connect_server (&self);
  if (begun)
    g_main_loop_run (self.loop);
  else
    self.result = WF_CTL_PROBLEMS;
  service_clear (&self);
  return self.result;
}

static WfCtlStatus
run (char **arguments)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account,
      N_ ("An account of this computer’s user"), "NAME" },
    { "server", 0, 0, G_OPTION_ARG_STRING, &options.server,
      N_ ("A server of the open API, without an account"), "URL" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options.token_file,
      N_ ("The file with the token for --server"), "FILE" },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &options.state_dir,
      N_ ("The folder for the engine’s store"), "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  WfCtlStatus status;

  if (!wf_ctl_command_parse (&wf_command_engine, entries, arguments, &rest, &status))
    return status;
  if (rest[1] != NULL)
    return wf_ctl_command_usage (&wf_command_engine, _ ("“%s” is too much here."), rest[1]);
  if ((options.account != NULL) == (options.server != NULL))
    return wf_ctl_command_usage (&wf_command_engine, "%s",
                                 _ ("Either --account or --server is needed."));
  if ((options.server != NULL) != (options.token_file != NULL))
    return wf_ctl_command_usage (&wf_command_engine, "%s",
                                 _ ("--server and --token-file belong together."));
  return serve (&options);
}
