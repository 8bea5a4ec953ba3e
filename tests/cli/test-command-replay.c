/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl replay: the same input always prints the same bytes. */
#include "wf-test-program.h"

#include <string.h>

#define REPLAY "replay --organisation org.json --workflow workflow.json "
#define UNTIL "--until 2026-11-30T00:00:00-03:00 "

static void
test_effects (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_auto (GStrv) lines = NULL;
  g_autoptr (WfJsonDocument) document = NULL;
  const WfJson *root;

  wf_test_program_init (&program);
  wf_test_program_run (&program, REPLAY "events.ndjson", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.errors, ==, "");
  g_assert_cmpuint (wf_test_program_count_lines (&program), ==, 2);
  lines = g_strsplit (program.output, "\n", -1);
  document = wf_json_document_parse (lines[0], -1, 0, NULL);
  root = wf_json_document_get_root (document);
  g_assert_cmpstr (wf_json_get_member_string (root, "time"), ==, "2026-11-20T17:50:00-03:00");
  g_assert_cmpstr (wf_json_get_member_string (root, "workflow"), ==,
                   "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11");
  g_assert_cmpstr (wf_json_get_member_string (root, "step"), ==, "filter1");
  g_assert_cmpstr (wf_json_get_member_string (root, "kind"), ==, "create-activity");
  g_assert_cmpstr (wf_json_get_member_string (root, "lead"), ==, "l-1");
  g_assert_cmpstr (wf_json_get_member_string (root, "person"), ==, "ana");
  g_assert_cmpstr (wf_json_get_member_string (root, "due"), ==, "2026-11-23T09:20:00-03:00");
  g_assert_cmpstr (wf_json_get_member_string (root, "remind"), ==, "2026-11-23T09:10:00-03:00");
}

/* The effect key is that of the specification, whoever computes it. */
static void
test_key (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  static const guint8 space[] = { 0x6f, 0x0c, 0x4a, 0x0e, 0x6d, 0x0a, 0x4b, 0x67,
                                  0x9a, 0x55, 0x3f, 0x3f, 0x6f, 0x1b, 0x0c, 0x11 };
  static const char name[] = "/crm/acme\ne-1\nfilter1\n0";
  guint8 digest[20];
  gsize length = sizeof digest;
  g_autofree char *key = NULL;

  g_checksum_update (sum, space, sizeof space);
  g_checksum_update (sum, (const guchar *) name, sizeof name - 1);
  g_checksum_get_digest (sum, digest, &length);
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  key = g_strdup_printf (
      "\"key\":\"%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x\"", digest[0],
      digest[1], digest[2], digest[3], digest[4], digest[5], digest[6], digest[7], digest[8],
      digest[9], digest[10], digest[11], digest[12], digest[13], digest[14], digest[15]);
  wf_test_program_init (&program);
  wf_test_program_run (&program, REPLAY "events.ndjson", NULL, NULL);
  g_assert_nonnull (strstr (program.output, key));
}

static void
test_same_bytes (void)
{
  g_auto (WfTestProgram) program = { 0 };
  const char *const arguments[] = { REPLAY UNTIL "events.ndjson",
                                    REPLAY UNTIL "--explain events.ndjson",
                                    REPLAY UNTIL "--explain -" };
  g_autofree char *previous = NULL;

  wf_test_program_init (&program);
  for (gsize i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autofree char *first = NULL;

      wf_test_program_run (&program, arguments[i], i == 2 ? wf_test_events : NULL, NULL);
      g_assert_cmpint (program.status, ==, 0);
      first = g_strdup (program.output);
      wf_test_program_run (&program, arguments[i], i == 2 ? wf_test_events : NULL, "TZ=Asia/Tokyo");
      g_assert_cmpstr (program.output, ==, first);
      if (i == 2)
        g_assert_cmpstr (first, ==, previous); /* standard input is a file like any other */
      g_free (previous);
      previous = g_steal_pointer (&first);
    }
}

/* The virtual clock goes on after the last event: reminders and lateness of both leads. */
static void
test_until (void)
{
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  wf_test_program_run (&program, REPLAY UNTIL "events.ndjson", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpuint (wf_test_program_count_lines (&program), ==, 6);
  g_assert_nonnull (strstr (program.output, "\"kind\":\"reminder\""));
}

static void
test_explain (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_auto (GStrv) lines = NULL;
  guint n_verdicts = 0;

  wf_test_program_init (&program);
  wf_test_program_run (&program, REPLAY "--explain events.ndjson", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  lines = g_strsplit (program.output, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    n_verdicts += strstr (lines[i], "\"verdict\":") != NULL;
  g_assert_cmpuint (n_verdicts, ==, 3);
  g_assert_nonnull (strstr (program.output, "\"verdict\":\"condition-failed\""));
  g_assert_nonnull (strstr (program.output, "\"field\":\"lead.source\""));
  g_assert_nonnull (strstr (program.output, "\"seen\":\"web\""));
}

static void
test_malformed_lines (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *lines =
      g_strconcat ("{broken\n", wf_test_events, "[]\n\n{\"specversion\":\"1.0\"}\n", NULL);
  g_autofree char *clean = NULL;

  wf_test_program_init (&program);
  wf_test_program_run (&program, REPLAY "events.ndjson", NULL, NULL);
  clean = g_strdup (program.output);
  wf_test_program_write (&program, "lines.ndjson", lines);
  wf_test_program_run (&program, REPLAY "lines.ndjson", NULL, NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_cmpstr (program.output, ==, clean);
  g_assert_nonnull (strstr (program.errors, "lines.ndjson:1: "));
  g_assert_nonnull (strstr (program.errors, "lines.ndjson:5: "));
  g_assert_nonnull (strstr (program.errors, "lines.ndjson:7: "));
  g_assert_null (strstr (program.errors, "lines.ndjson:2: "));
  wf_test_program_run (&program, REPLAY "-", lines, NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (strstr (program.errors, "standard input:1: "));
}

static void
test_bad_documents (void)
{
  const char *const arguments[] = {
    "replay --organisation nowhere.json --workflow workflow.json events.ndjson",
    "replay --organisation org.json --workflow nowhere.json events.ndjson",
    "replay --organisation org.json --workflow workflow.json nowhere.json",
    "replay --organisation org.json --workflow workflow.json --workflow workflow.json "
    "events.ndjson",
    "replay --organisation org.json --workflow org.json events.ndjson"
  };
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  for (gsize i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      wf_test_program_run (&program, arguments[i], NULL, NULL);
      g_assert_cmpint (program.status, ==, 1);
      g_assert_cmpstr (program.output, ==, "");
      g_assert_nonnull (strstr (program.errors, i == 4   ? "org.json: "
                                                : i == 3 ? "workflow.json: "
                                                         : "nowhere.json: "));
    }
}

/* A workflow with a schedule starts on the virtual clock by itself, and is as repeatable. */
static void
test_schedule (void)
{
  static const char scheduled[] =
      "{\"format\":1,\"id\":\"7f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"Each morning\",\"state\":\"live\","
      "\"version\":1,\"trigger\":{\"event\":\"schedule.tick\",\"schedule\":{\"every\":\"day\",\"at\":\"09:00\"}},"
      "\"steps\":[{\"id\":\"tell\",\"kind\":\"notify\",\"text\":\"Look\",\"recipient\":\"person:ana\"}]}";
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *first = NULL;

  wf_test_program_init (&program);
  wf_test_program_write (&program, "scheduled.json", scheduled);
  for (guint i = 0; i < 2; i++)
    {
      wf_test_program_run (
          &program,
          "replay --organisation org.json --workflow scheduled.json "
          "--workflow workflow.json --until 2026-11-24T00:00:00-03:00 events.ndjson",
          NULL, i == 0 ? NULL : "TZ=Asia/Tokyo");
      g_assert_cmpint (program.status, ==, 0);
      g_assert_cmpstr (program.errors, ==, "");
      if (i == 0)
        first = g_strdup (program.output);
    }
  g_assert_cmpstr (program.output, ==, first);
  /* The log begins on Friday evening. */
  g_assert_nonnull (strstr (first, "{\"time\":\"2026-11-21T09:00:00-03:00\",\"workflow\":\"7f0c"));
  g_assert_nonnull (strstr (first, "{\"time\":\"2026-11-23T09:00:00-03:00\",\"workflow\":\"7f0c"));
  g_assert_null (strstr (first, "{\"time\":\"2026-11-20T09:00:00-03:00\",\"workflow\":\"7f0c"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/replay/effects", test_effects);
  g_test_add_func ("/cli/replay/key", test_key);
  g_test_add_func ("/cli/replay/same-bytes", test_same_bytes);
  g_test_add_func ("/cli/replay/until", test_until);
  g_test_add_func ("/cli/replay/explain", test_explain);
  g_test_add_func ("/cli/replay/malformed-lines", test_malformed_lines);
  g_test_add_func ("/cli/replay/bad-documents", test_bad_documents);
  g_test_add_func ("/cli/replay/schedule", test_schedule);
  return g_test_run ();
}
