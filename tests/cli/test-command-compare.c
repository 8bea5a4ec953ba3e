/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl compare and bench: what an edited workflow would change, and unusual dates. */
#include "wf-test-program.h"

#include <string.h>

#define COMPARE "compare --organisation org.json workflow.json new.json "
#define BENCH "bench --organisation org.json --at 2026-11-18T12:00:00-03:00 "

/* The workflow with another deadline, for all sources. */
static void
write_new (WfTestProgram *program)
{
  g_autoptr (GString) text = g_string_new (wf_test_workflow);

  g_assert_cmpuint (g_string_replace (text, "\"amount\":30", "\"amount\":45", 1), ==, 1);
  g_assert_cmpuint (g_string_replace (text, "marketing-platform", "web", 1), ==, 1);
  wf_test_program_write (program, "new.json", text->str);
}

static gint64
get_number (const WfJson *object, const char *path)
{
  gint64 number = -1;

  g_assert_true (wf_json_get_int64 (wf_json_get_path (object, path), &number));
  return number;
}

static void
test_compare (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autoptr (WfJsonDocument) document = NULL;
  const WfJson *root, *differences, *figure;
  static const char *const members[] = { "events",  "activities",  "late",
                                         "people",  "days",        "activity-types",
                                         "effects", "differences", "summary" };

  wf_test_program_init (&program);
  write_new (&program);
  wf_test_program_run (&program, COMPARE "events.ndjson", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.errors, ==, "");
  document = wf_test_program_get_value (&program);
  root = wf_json_document_get_root (document);
  g_assert_cmpuint (wf_json_get_size (root), ==, G_N_ELEMENTS (members));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_nonnull (wf_json_get_member (root, members[i]));
  g_assert_cmpint (get_number (root, "events"), ==, 3);
  g_assert_cmpint (get_number (root, "activities.before"), ==, 2);
  g_assert_cmpint (get_number (root, "activities.after"), ==, 1);
  figure = wf_json_get_element (wf_json_get_member (root, "people"), 0);
  g_assert_cmpstr (wf_json_get_member_string (figure, "person"), ==, "ana");
  g_assert_cmpstr (wf_json_get_member_string (figure, "name"), ==, "Ana Souza");
  figure = wf_json_get_element (wf_json_get_member (root, "days"), 0);
  g_assert_cmpstr (wf_json_get_member_string (figure, "day"), ==, "2026-11-23");
  differences = wf_json_get_member (root, "differences");
  g_assert_cmpuint (wf_json_get_size (differences), ==, 2);
  g_assert_cmpstr (wf_json_get_string (wf_json_get_element (differences, 1)), ==,
                   "Deadline of “Realizar Filtro 1”: 30 minutes → 45 minutes");
}

/* In another zone, and from standard input, the same bytes. */
static void
test_same_bytes (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *first = NULL;

  wf_test_program_init (&program);
  write_new (&program);
  wf_test_program_run (&program, COMPARE "--until 2026-12-30T00:00:00-03:00 events.ndjson", NULL,
                       NULL);
  g_assert_cmpint (program.status, ==, 0);
  first = g_strdup (program.output);
  wf_test_program_run (&program, COMPARE "--until 2026-12-30T00:00:00-03:00 -", wf_test_events,
                       "TZ=Asia/Tokyo");
  g_assert_cmpstr (program.output, ==, first);
}

static void
test_compare_problems (void)
{
  static const struct
  {
    const char *arguments;
    int status;
    const char *error;
  } table[] = {
    { "compare workflow.json new.json events.ndjson", 2, "--organisation" },
    { "compare --organisation org.json workflow.json events.ndjson", 2, "Three files" },
    { COMPARE "--until yesterday events.ndjson", 2, "--until" },
    { COMPARE "nowhere.ndjson", 1, "nowhere.ndjson: " },
    { "compare --organisation org.json nowhere.json new.json events.ndjson", 1, "nowhere.json: " },
    { "compare --organisation nowhere.json workflow.json new.json events.ndjson", 1,
      "nowhere.json: " },
    { "compare --organisation org.json workflow.json org.json events.ndjson", 1, "org.json: " },
    { COMPARE "lines.ndjson", 1, "lines.ndjson:1: " },
  };
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  write_new (&program);
  wf_test_program_write (&program, "lines.ndjson", "{broken\n");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      wf_test_program_run (&program, table[i].arguments, NULL, NULL);
      g_assert_cmpint (program.status, ==, table[i].status);
      g_assert_nonnull (strstr (program.errors, table[i].error));
    }
}

/* ---- bench ---- */

static void
test_bench (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_auto (GStrv) lines = NULL;
  g_autofree char *first = NULL;
  guint n;

  wf_test_program_init (&program);
  wf_test_program_run (&program, BENCH "workflow.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.errors, ==, "");
  n = wf_test_program_count_lines (&program);
  g_assert_cmpuint (n, ==, 19);
  lines = g_strsplit (program.output, "\n", -1);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WfJsonDocument) document = wf_json_document_parse (lines[i], -1, 0, NULL);
      const WfJson *root = wf_json_document_get_root (document);

      g_assert_cmpuint (wf_json_get_size (root), ==, 4);
      g_assert_cmpstr (wf_json_get_member_string (root, "case"), !=, "");
      g_assert_cmpstr (wf_json_get_member_string (root, "text"), !=, "");
      g_assert_false (wf_json_get_boolean (wf_json_get_member (root, "failed"), TRUE));
      g_assert_true (wf_json_is (wf_json_get_member (root, "remarks"), WF_JSON_ARRAY));
    }
  first = g_strdup (program.output);
  wf_test_program_run (&program, BENCH "workflow.json", NULL, "TZ=Asia/Tokyo");
  g_assert_cmpstr (program.output, ==, first);
  wf_test_program_run (&program, BENCH "--lines workflow.json", NULL, NULL);
  g_assert_nonnull (strstr (program.output, "\"lines\":[{\"time\":"));
  wf_test_program_run (&program, "bench --organisation org.json workflow.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
}

static void
test_bench_problems (void)
{
  static const struct
  {
    const char *arguments;
    int status;
    const char *error;
  } table[] = {
    { "bench workflow.json", 2, "--organisation" },
    { BENCH, 2, "One file" },
    { BENCH "workflow.json workflow.json", 2, "One file" },
    { "bench --organisation org.json --at noon workflow.json", 2, "--at" },
    { BENCH "nowhere.json", 1, "nowhere.json: " },
    { BENCH "strange.json", 1, "strange.json: /steps/0/permission/groups/0: " },
  };
  g_auto (WfTestProgram) program = { 0 };
  g_autoptr (GString) strange = g_string_new (wf_test_workflow);

  wf_test_program_init (&program);
  g_string_replace (strange, "\"groups\":[\"inbound\"]", "\"groups\":[\"moon\"]", 0);
  wf_test_program_write (&program, "strange.json", strange->str);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      wf_test_program_run (&program, table[i].arguments, NULL, NULL);
      g_assert_cmpint (program.status, ==, table[i].status);
      g_assert_nonnull (strstr (program.errors, table[i].error));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/compare/result", test_compare);
  g_test_add_func ("/cli/compare/same-bytes", test_same_bytes);
  g_test_add_func ("/cli/compare/problems", test_compare_problems);
  g_test_add_func ("/cli/bench/cases", test_bench);
  g_test_add_func ("/cli/bench/problems", test_bench_problems);
  return g_test_run ();
}
