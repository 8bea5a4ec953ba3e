/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl engine against the demo CRM: works without a window, several at once, and ends when
 * asked to. */
#include "wf-demo-server.h"
#include "wf-test-program.h"

#include <signal.h>
#include <string.h>

#define GUARD_SECONDS 60 /* a broken engine must not hang the tests */

#define EVENT                                                                                                                 \
  "{\"specversion\":\"1.0\",\"type\":\"lead.received\",\"data\":{\"lead\":{\"id\":\"L1\",\"name\":\"Padaria Sol\",\"owner\":" \
  "\"ana\",\"source\":\"marketing-platform\"}}}"

typedef struct
{
  WfTestProgram program;
  WfClock *clock;
  WfDemoServer *server;
} Fixture;

/* One engine process, whose lines are read as they come. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *lines;
  char *status; /* the last one told */
  gboolean ended;
} Engine;

static void
fixture_init (Fixture *self, const char *person)
{
  g_autoptr (GError) error = NULL;

  wf_test_program_init (&self->program);
  self->clock = wf_system_clock_new ();
  self->server = wf_demo_server_new (WF_DEMO_MEMORY, self->clock,
                                     WF_DEMO_NO_GENERATOR | WF_DEMO_NO_HISTORY, &error);
  g_assert_no_error (error);
  wf_test_program_write (&self->program, "token",
                         person != NULL ? wf_demo_server_get_token (self->server, person)
                                        : "no-token");
}

static void
fixture_clear (Fixture *self)
{
  wf_demo_server_stop (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->clock);
  wf_test_program_clear (&self->program);
}

static gboolean
on_guard (gpointer user_data)
{
  g_test_message ("The engine did not do it in %d seconds.", GUARD_SECONDS);
  g_assert_not_reached ();
}

/* Runs the main context, in which the server lives, until something holds. */
#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint guard = g_timeout_add_seconds (GUARD_SECONDS, on_guard, NULL);                           \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (guard);                                                                       \
  }                                                                                                \
  G_STMT_END

static void
on_line_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Engine *engine = user_data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  if (line == NULL)
    return;
  document = wf_json_document_parse (line, -1, 0, &error);
  g_assert_no_error (error);
  g_free (engine->status);
  engine->status =
      g_strdup (wf_json_get_member_string (wf_json_document_get_root (document), "status"));
  g_test_message ("%s", line);
  g_data_input_stream_read_line_async (engine->lines, G_PRIORITY_DEFAULT, NULL, on_line_read,
                                       engine);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Engine *engine = user_data;

  engine->ended = g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
}

static void
engine_start (Engine *self, Fixture *fixture, const char *state_dir)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;

  *self = (Engine) { NULL };
  g_subprocess_launcher_set_cwd (launcher, wf_test_folder_get_path (fixture->program.folder));
  self->process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("WORKFLOWCTL"), "engine",
                                               "--server", wf_demo_server_get_uri (fixture->server),
                                               "--token-file", "token", "--state-dir", state_dir,
                                               NULL);
  g_assert_no_error (error);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, NULL, on_line_read, self);
  g_subprocess_wait_async (self->process, NULL, on_ended, self);
}

static void
engine_end (Engine *self, int signal)
{
  g_subprocess_send_signal (self->process, signal);
  WAIT_UNTIL (self->ended);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->lines);
  g_clear_object (&self->process);
  g_clear_pointer (&self->status, g_free);
}

/* Two engines on one account see the same event; the effect keys make one activity of it (S15,
 * S16). */
static void
test_two_engines (void)
{
  Fixture fixture;
  Engine first, second;
  g_autoptr (GError) error = NULL;
  gint64 n;

  fixture_init (&fixture, WF_DEMO_ENGINE);
  n = wf_demo_server_count (fixture.server, "activities");
  engine_start (&first, &fixture, "first");
  engine_start (&second, &fixture, "second");
  WAIT_UNTIL (g_strcmp0 (first.status, "up-to-date") == 0 &&
              g_strcmp0 (second.status, "up-to-date") == 0);
  g_assert_true (wf_demo_server_add_event (fixture.server, EVENT, &error));
  g_assert_no_error (error);
  WAIT_UNTIL (wf_demo_server_count (fixture.server, "activities") > n);
  engine_end (&first, SIGTERM);
  engine_end (&second, SIGINT);
  g_assert_cmpint (wf_demo_server_count (fixture.server, "activities"), ==, n + 1);
  fixture_clear (&fixture);
}

/* What happened while the engine was away is done when it comes back, once. */
static void
test_restart (void)
{
  Fixture fixture;
  Engine engine;
  g_autoptr (GError) error = NULL;
  gint64 n;

  fixture_init (&fixture, WF_DEMO_ENGINE);
  engine_start (&engine, &fixture, "state");
  WAIT_UNTIL (g_strcmp0 (engine.status, "up-to-date") == 0);
  engine_end (&engine, SIGTERM);
  n = wf_demo_server_count (fixture.server, "activities");
  g_assert_true (wf_demo_server_add_event (fixture.server, EVENT, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      engine_start (&engine, &fixture, "state");
      WAIT_UNTIL (g_strcmp0 (engine.status, "up-to-date") == 0 &&
                  wf_demo_server_count (fixture.server, "activities") > n);
      engine_end (&engine, SIGTERM);
    }
  g_assert_cmpint (wf_demo_server_count (fixture.server, "activities"), ==, n + 1);
  fixture_clear (&fixture);
}

static void
test_wrong_token (void)
{
  Fixture fixture;
  Engine engine;

  fixture_init (&fixture, NULL);
  engine_start (&engine, &fixture, "state");
  WAIT_UNTIL (g_strcmp0 (engine.status, "needs-sign-in") == 0);
  engine_end (&engine, SIGTERM);
  fixture_clear (&fixture);
}

static void
test_refused (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *environment = NULL;

  wf_test_program_init (&program);
  wf_test_program_write (&program, "token", "secret-word");
  wf_test_program_write (&program, "empty", " \n");
  environment = g_strdup_printf ("XDG_CONFIG_HOME=%s", wf_test_folder_get_path (program.folder));
  wf_test_program_run (&program, "engine --account nobody", NULL, environment);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (strstr (program.errors, "nobody"));
  wf_test_program_run (&program, "engine --server https://crm.example --token-file nowhere", NULL,
                       NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (strstr (program.errors, "nowhere"));
  wf_test_program_run (&program, "engine --server https://crm.example --token-file empty", NULL,
                       NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (strstr (program.errors, "empty"));
  /* Without TLS a token goes to this computer only; and no message shows it. */
  wf_test_program_run (&program, "engine --server http://crm.example --token-file token", NULL,
                       NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (strstr (program.errors, "--server: "));
  g_assert_null (strstr (program.errors, "secret-word"));
  g_assert_cmpstr (program.output, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/engine/two-engines", test_two_engines);
  g_test_add_func ("/cli/engine/restart", test_restart);
  g_test_add_func ("/cli/engine/wrong-token", test_wrong_token);
  g_test_add_func ("/cli/engine/refused", test_refused);
  return g_test_run ();
}
