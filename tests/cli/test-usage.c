/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl: help, version, wrong usage, and where output goes. */
#include "wf-test-program.h"

#include <string.h>

static const char *const commands[] = { "deadline", "check",  "describe", "replay", "compare",
                                        "bench",    "engine", "export",   "import" };

static void
test_help (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *help = NULL;

  wf_test_program_init (&program);
  wf_test_program_run (&program, "--help", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.errors, ==, "");
  help = g_strdup (program.output);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("%s --help", commands[i]);
      g_autofree char *usage = g_strdup_printf ("workflowctl %s [OPTION", commands[i]);

      g_assert_nonnull (strstr (help, commands[i]));
      wf_test_program_run (&program, arguments, NULL, NULL);
      g_assert_cmpint (program.status, ==, 0);
      g_assert_nonnull (strstr (program.output, usage));
      g_assert_cmpstr (program.errors, ==, "");
    }
}

static void
test_version (void)
{
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  wf_test_program_run (&program, "--version", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.output, ==, "workflowctl " WF_VERSION "\n");
}

/* Nothing on standard output, a message that names what is wrong, status 2. */
static const struct
{
  const char *arguments, *message;
} wrong[] = {
  { "", "Usage:" },
  { "frobnicate", "frobnicate" },
  { "compare", "compare" },
  { "--frobnicate", "--frobnicate" },
  { "deadline", "--organisation" },
  { "deadline --frobnicate", "frobnicate" },
  { "deadline --organisation org.json", "--from" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00", "--amount" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00 --amount 30", "--unit" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00 --amount thirty --unit minutes",
    "thirty" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00 --amount 30 --unit fortnights",
    "fortnights" },
  { "deadline --organisation org.json --from yesterday --amount 30 --unit minutes", "yesterday" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00 --amount 30 --unit minutes",
    "2026-11-20T17:50:00" },
  { "deadline --organisation org.json --from 2026-02-30T17:50:00Z --amount 30 --unit minutes",
    "2026-02-30T17:50:00Z" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00 --amount 30 --unit minutes more",
    "more" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00 --amount 30 --unit minutes --notify 5",
    "--notify-unit" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00 --amount 30 --unit minutes --notify-unit hours",
    "--notify" },
  { "deadline --organisation org.json --from 2026-11-20T17:50:00-03:00 --amount 30 --unit minutes --notify 5 --notify-unit "
    "moons",
    "moons" },
  { "check", "file" },
  { "check --strict org.json", "strict" },
  { "describe", "file" },
  { "describe workflow.json org.json", "file" },
  { "describe workflow.json --language", "language" },
  { "replay", "--organisation" },
  { "replay --organisation org.json events.ndjson", "--workflow" },
  { "replay --organisation org.json --workflow workflow.json", "events" },
  { "replay --organisation org.json --workflow workflow.json events.ndjson more", "events" },
  { "replay --organisation org.json --workflow workflow.json --until soon events.ndjson", "soon" },
  { "engine", "--account" },
  { "engine --account a --server https://crm.example --token-file token", "--account" },
  { "engine --server https://crm.example", "--token-file" },
  { "engine --account a --token-file token", "--token-file" },
  { "engine --account a more", "more" },
};

static void
test_wrong_usage (void)
{
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      wf_test_program_run (&program, wrong[i].arguments, NULL, NULL);
      g_assert_cmpint (program.status, ==, 2);
      g_assert_cmpstr (program.output, ==, "");
      g_assert_nonnull (strstr (program.errors, wrong[i].message));
    }
}

/* A result that cannot be written is no success. */
static void
test_full_output (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *arguments = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("There is no /dev/full here.");
      return;
    }
  wf_test_program_init (&program);
  arguments =
      g_strdup_printf ("-c '\"%s\" describe workflow.json > /dev/full'", g_getenv ("WORKFLOWCTL"));
  g_setenv ("WORKFLOWCTL_KEPT", g_getenv ("WORKFLOWCTL"), TRUE);
  g_setenv ("WORKFLOWCTL", "/bin/sh", TRUE);
  wf_test_program_run (&program, arguments, NULL, NULL);
  g_setenv ("WORKFLOWCTL", g_getenv ("WORKFLOWCTL_KEPT"), TRUE);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_cmpstr (program.errors, !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/usage/help", test_help);
  g_test_add_func ("/cli/usage/version", test_version);
  g_test_add_func ("/cli/usage/wrong", test_wrong_usage);
  g_test_add_func ("/cli/usage/full-output", test_full_output);
  return g_test_run ();
}
