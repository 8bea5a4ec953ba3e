/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the real workflowctl in a folder with the documents of the specification. */
#include "wf-test-program.h"

#include <gio/gio.h>
#include <string.h>

#define DAY "[[\"09:00\",\"12:00\"],[\"13:00\",\"18:00\"]]"

const char wf_test_organisation[] =
    "{\"format\":1,\"name\":\"Acme\",\"process\":\"2-with-store-flow\",\"working-hours\":{\"time-zone\":"
    "\"America/Sao_Paulo\",\"week\":{\"mon\":" DAY ",\"tue\":" DAY ",\"wed\":" DAY ",\"thu\":" DAY
    ",\"fri\":" DAY
    ",\"sat\":[],\"sun\":[]},\"holidays\":[{\"date\":\"2026-10-12\",\"name\":\"Nossa Senhora Aparecida\"},"
    "{\"every\":\"12-25\",\"name\":\"Natal\"}]},\"people\":[{\"id\":\"ana\",\"name\":\"Ana Souza\",\"role\":\"attendant\","
    "\"active\":true,\"groups\":[\"inbound\"],\"teams\":[\"sp\"],\"units\":[],\"may\":[\"receive-web-leads\"]}],"
    "\"groups\":[{\"id\":\"inbound\",\"name\":\"Inbound\",\"coordinator\":\"ana\"}],\"teams\":[{\"id\":\"sp\",\"name\":"
    "\"São Paulo\"}],\"units\":[],\"activity-types\":[{\"id\":\"filter-1\",\"name\":\"Realizar Filtro 1\"}],\"pipelines\":"
    "[{\"id\":\"leads\",\"record\":\"lead\",\"stages\":[{\"id\":\"new\",\"name\":\"Novo\"}]}]}";

const char wf_test_workflow[] =
    "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"First contact\",\"state\":\"live\","
    "\"version\":3,\"trigger\":{\"event\":\"lead.received\",\"conditions\":{\"all\":[{\"field\":\"lead.source\",\"op\":"
    "\"eq\",\"value\":\"marketing-platform\"}]},\"reentry\":\"every-event\"},\"steps\":[{\"id\":\"filter1\",\"kind\":"
    "\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"filter-1\",\"complete-within\":{\"amount\":"
    "30,\"unit\":\"minutes\"},\"notify\":{\"amount\":10,\"unit\":\"minutes\"},\"permission\":{\"scope\":\"groups\","
    "\"groups\":[\"inbound\"]},\"business-hours\":true}]}";

#define EVENT(id, time, lead, source)                                                              \
  "{\"specversion\":\"1.0\",\"id\":\"" id                                                          \
  "\",\"source\":\"/crm/acme\",\"type\":\"lead.received\",\"time\":\"" time                        \
  "\",\"data\":{\"lead\":{\"id\":\"" lead                                                          \
  "\",\"name\":\"Padaria Sol\",\"owner\":\"ana\",\"source\":\"" source "\"}}}\n"

const char wf_test_events[] =
    EVENT ("e-1", "2026-11-20T17:50:00-03:00", "l-1", "marketing-platform")
        EVENT ("e-2", "2026-11-20T17:51:00-03:00", "l-2", "web")
            EVENT ("e-3", "2026-11-21T10:00:00-03:00", "l-3", "marketing-platform");

/**
 * wf_test_program_init:
 * @self: a place on the stack
 */
void
wf_test_program_init (WfTestProgram *self)
{
  *self = (WfTestProgram) { .folder = wf_test_folder_new () };
  wf_test_program_write (self, "org.json", wf_test_organisation);
  wf_test_program_write (self, "workflow.json", wf_test_workflow);
  wf_test_program_write (self, "events.ndjson", wf_test_events);
}

/**
 * wf_test_program_clear:
 * @self: removes the folder
 */
void
wf_test_program_clear (WfTestProgram *self)
{
  g_clear_pointer (&self->folder, wf_test_folder_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->errors, g_free);
}

/**
 * wf_test_program_write:
 * @self: the program
 * @name: a file in its folder
 * @content: what to write
 */
void
wf_test_program_write (WfTestProgram *self, const char *name, const char *content)
{
  g_autofree char *path = wf_test_folder_write (self->folder, name, content, -1);

  g_assert_nonnull (path);
}

static GSubprocess *
spawn (WfTestProgram *self, const char *arguments, const char *environment)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *line = g_strdup_printf ("'%s' %s", g_getenv ("WORKFLOWCTL"), arguments);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, &error));
  g_subprocess_launcher_set_cwd (launcher, wf_test_folder_get_path (self->folder));
  if (environment != NULL)
    {
      g_auto (GStrv) pair = g_strsplit (environment, "=", 2);

      g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
    }
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  return process;
}

/* The data of no bytes is NULL. */
static char *
take_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return data != NULL ? g_strndup (data, length) : g_strdup ("");
}

/**
 * wf_test_program_run:
 * @self: the program
 * @arguments: as in a shell
 * @input: (nullable): its standard input
 * @environment: (nullable): one more "NAME=VALUE"
 */
void
wf_test_program_run (WfTestProgram *self, const char *arguments, const char *input,
                     const char *environment)
{
  g_autoptr (GSubprocess) process = spawn (self, arguments, environment);
  g_autoptr (GBytes) in =
      g_bytes_new (input != NULL ? input : "", input != NULL ? strlen (input) : 0);
  g_autoptr (GBytes) out = NULL, err = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate (process, in, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_free (self->output);
  g_free (self->errors);
  self->output = take_text (out);
  self->errors = take_text (err);
  g_test_message ("workflowctl %s", arguments);
  if (self->errors[0] != '\0')
    g_test_message ("%s", self->errors);
  g_assert_true (g_subprocess_get_if_exited (process));
  self->status = g_subprocess_get_exit_status (process);
}

/**
 * wf_test_program_get_value:
 * @self: the program
 *
 * Returns: (transfer full): the one value that it printed
 */
WfJsonDocument *
wf_test_program_get_value (const WfTestProgram *self)
{
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document;

  g_assert_cmpuint (wf_test_program_count_lines (self), ==, 1);
  document = wf_json_document_parse (self->output, -1, 0, &error);
  g_assert_no_error (error);
  return document;
}

/**
 * wf_test_program_count_lines:
 * @self: the program
 *
 * Returns: how many lines it printed, each a JSON value
 */
guint
wf_test_program_count_lines (const WfTestProgram *self)
{
  g_auto (GStrv) lines = g_strsplit (self->output, "\n", -1);
  guint n = g_strv_length (lines);

  if (n == 0)
    return 0;
  g_assert_cmpstr (lines[n - 1], ==, ""); /* the last line is complete */
  for (guint i = 0; i + 1 < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WfJsonDocument) document = wf_json_document_parse (lines[i], -1, 0, &error);

      g_assert_no_error (error);
    }
  return n - 1;
}
