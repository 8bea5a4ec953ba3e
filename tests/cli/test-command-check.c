/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl check: every kind of file, every problem named with file, path and reason. */
#include "wf-test-program.h"

#include <string.h>

#define START                                                                                      \
  "{\"format\":1,\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"name\":\"A\",\"state\":\"draft\",\"version\":1,"
#define TRIGGER "\"trigger\":{\"event\":\"lead.received\"},"
#define STEP(within, more)                                                                                                   \
  "\"steps\":[{\"id\":\"a\",\"kind\":\"create-activity\",\"run\":{\"mode\":\"immediately\"},\"activity-type\":\"filter-1\"," \
  "\"complete-within\":{\"amount\":" within "},\"permission\":{\"scope\":\"all\"}" more "}]}"
#define EVENT_START                                                                                \
  "{\"specversion\":\"1.0\",\"source\":\"/crm\",\"type\":\"lead.received\",\"id\":\"e\","

#define PACKAGE(workflows, needs)                                                                  \
  "{\"format\":1,\"kind\":\"workflow-package\",\"workflows\":[" workflows "],\"needs\":" needs "}"
/* Starts itself again. */
#define LOOP                                                                                       \
  START                                                                                            \
  "\"trigger\":{\"event\":\"lead.stage-changed\",\"own-events\":true},\"steps\":[{\"id\":\"a\","   \
  "\"kind\":\"change-stage\",\"stage\":\"new\"}]}"
#define TEMPLATE(event, text)                                                                               \
  "{\"format\":1,\"id\":\"a\",\"category\":\"sales\",\"name\":{\"en\":\"A\",\"pt_BR\":\"B\"},\"scenario\":" \
  "{\"en\":\"A\"},\"flow\":{\"en\":\"A\"},\"benefits\":{\"en\":\"A\"},\"workflow\":{\"format\":1,"          \
  "\"id\":\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\",\"objective\":{\"en\":\"A\"},\"trigger\":{\"event\":"    \
  "\"" event                                                                                                \
  "\"},\"steps\":[{\"id\":\"a\",\"kind\":\"notify\",\"text\":{\"en\":\"A\",\"pt_BR\":\"" text               \
  "\"}}]}}"

static const struct
{
  const char *content;
  const char *path, *code; /* of the first error; NULL: fine */
} files[] = {
  { wf_test_workflow },
  { wf_test_organisation },
  { wf_test_events },
  { START TRIGGER STEP ("30,\"unit\":\"minutes\"", "") },
  { START TRIGGER STEP ("29,\"unit\":\"minutes\"", ""), "/steps/0/complete-within", NULL },
  { START TRIGGER STEP ("0,\"unit\":\"hours\"", ""), "/steps/0/complete-within/amount",
    "amount-out-of-range" },
  { START TRIGGER STEP ("1,\"unit\":\"moons\"", ""), "/steps/0/complete-within/unit",
    "unknown-value" },
  { START TRIGGER STEP ("30,\"unit\":\"minutes\"", ",\"colour\":\"red\""), "/steps/0/colour",
    "unknown-member" },
  { START TRIGGER STEP ("30,\"unit\":\"minutes\",\"x\":1", ""), "/steps/0/complete-within/x",
    "unknown-member" },
  { START TRIGGER STEP ("30,\"unit\":\"minutes\"", ",\"id\":\"b\""), "/steps/0/id",
    "duplicate-member" },
  { START
    "\"fallback-person\":\"ana\",\"trigger\":{\"event\":\"lead.received\",\"keep-when-left\":true}," STEP (
        "30,\"unit\":\"minutes\"", "") },
  { START "\"trigger\":{\"event\":\"lead.received\",\"keep-when-left\":1},\"steps\":[]}",
    "/trigger/keep-when-left", "wrong-type" },
  { START "\"trigger\":{\"event\":\"lead.received\",\"when\":1},\"steps\":[]}", "/trigger/when",
    "unknown-member" },
  { "{\"format\":1,\"name\":\"A\",\"process\":\"4\",\"people\":[]}", "/process", "unknown-value" },
  { "{\"format\":1,\"name\":\"A\",\"process\":\"1\",\"working-hours\":{\"time-zone\":\"Mars/Base\",\"week\":{}}}",
    "/working-hours/time-zone", "unknown-zone" },
  { "{\"format\":1,\"name\":\"A\",\"process\":\"1\",\"motto\":\"x\"}", "/motto", "unknown-member" },
  { EVENT_START "\"time\":\"2026-11-20T17:50:00-03:00\",\"data\":{\"lead\":{\"id\":\"l\"}}}" },
  { EVENT_START "\"time\":\"yesterday\",\"data\":{}}", "/time", NULL },
  { "[" EVENT_START
    "\"time\":\"2026-11-20T17:50:00-03:00\",\"data\":{\"lead\":{\"id\":\"l\"}}}," EVENT_START
    "\"time\":\"yesterday\",\"data\":{}}]",
    "/1/time", NULL },
  { PACKAGE (START TRIGGER STEP ("30,\"unit\":\"minutes\"", ""), "{}") },
  { PACKAGE (START TRIGGER STEP ("29,\"unit\":\"minutes\"", ""), "{}"),
    "/workflows/0/steps/0/complete-within", NULL },
  { PACKAGE (START TRIGGER STEP ("1,\"unit\":\"moons\"", ""), "{}"),
    "/workflows/0/steps/0/complete-within/unit", "unknown-value" },
  { PACKAGE (LOOP, "{}"), "/workflows/0/steps/0", "cycle" },
  { PACKAGE ("", "{\"moons\":[]}"), "/needs/moons", "unknown-member" },
  { "{\"format\":1,\"kind\":\"cake\",\"workflows\":[]}", "/kind", "unknown-value" },
  { TEMPLATE ("lead.received", "{lead.name}") },
  { TEMPLATE ("lead.received", "{lead.moon}"), "/workflow/steps/0/text", "unknown-field" },
  { "{\"category\":\"sales\",\"name\":{\"en\":\"A\"},\"scenario\":{},\"flow\":{}}", "/workflow",
    "missing" },
  { "{\"hello\":1}", "", "unknown-document" },
  { "42", "", "unknown-document" },
  { "{\"format\":1,", "", "not-json" },
  { "", "", "not-json" },
  { "\xff\xfe", "", "not-json" },
};

static const WfJson *
find_first_error (WfJsonDocument **document, const char *output)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_clear_pointer (document, wf_json_document_unref);
      *document = wf_json_document_parse (lines[i], -1, 0, NULL);
      if (*document != NULL &&
          g_strcmp0 (wf_json_get_member_string (wf_json_document_get_root (*document), "severity"),
                     "error") == 0)
        return wf_json_document_get_root (*document);
    }
  return NULL;
}

static void
test_files (void)
{
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (WfJsonDocument) document = NULL;
      const WfJson *error;

      wf_test_program_write (&program, "file.json", files[i].content);
      wf_test_program_run (&program, "check file.json", NULL, NULL);
      g_test_message ("file %u: %s", (guint) i, program.output);
      wf_test_program_count_lines (&program);
      error = find_first_error (&document, program.output);
      g_assert_cmpint (program.status, ==, files[i].path != NULL ? 1 : 0);
      g_assert_cmpint (error != NULL, ==, files[i].path != NULL);
      if (error == NULL)
        continue;
      g_assert_cmpstr (wf_json_get_member_string (error, "file"), ==, "file.json");
      g_assert_true (g_str_has_prefix (wf_json_get_member_string (error, "path"), files[i].path));
      if (files[i].code != NULL)
        {
          g_assert_cmpstr (wf_json_get_member_string (error, "path"), ==, files[i].path);
          g_assert_cmpstr (wf_json_get_member_string (error, "code"), ==, files[i].code);
        }
      g_assert_cmpstr (wf_json_get_member_string (error, "text"), !=, "");
      g_assert_nonnull (strstr (program.errors, "file.json: "));
      g_assert_nonnull (strstr (program.errors, wf_json_get_member_string (error, "text")));
    }
}

/* With an organisation among the files, in any order, workflows are checked against it. */
static void
test_against_organisation (void)
{
  const char *const orders[] = { "check org.json sales.json", "check sales.json org.json" };
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  wf_test_program_write (&program, "sales.json",
                         START TRIGGER STEP ("30,\"unit\":\"minutes\"", ",\"notes\":\"x\""));
  wf_test_program_run (&program, "check sales.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  wf_test_program_run (&program, "check sales.json org.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);

  wf_test_program_write (
      &program, "sales.json",
      START TRIGGER
      "\"steps\":[{\"id\":\"a\",\"kind\":\"create-activity\",\"run\":{\"mode\":"
      "\"immediately\"},\"activity-type\":\"dance\",\"complete-within\":{\"amount\":30,\"unit\":"
      "\"minutes\"},\"permission\":{\"scope\":\"groups\",\"groups\":[\"nobody\"]}}]}");
  wf_test_program_run (&program, "check sales.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      wf_test_program_run (&program, orders[i], NULL, NULL);
      g_assert_cmpint (program.status, ==, 1);
      g_assert_nonnull (strstr (program.errors, "sales.json: /steps/0/activity-type: "));
      g_assert_nonnull (strstr (program.errors, "sales.json: /steps/0/permission/groups/0: "));
    }
}

static void
test_several_files (void)
{
  g_auto (WfTestProgram) program = { 0 };

  wf_test_program_init (&program);
  wf_test_program_run (&program, "check org.json workflow.json events.ndjson", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.output, ==, "");
  g_assert_cmpstr (program.errors, ==, "");

  /* The rest is checked when one file is missing. */
  wf_test_program_write (&program, "copy.json", wf_test_workflow);
  wf_test_program_run (&program, "check nowhere.json workflow.json copy.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_cmpuint (wf_test_program_count_lines (&program), ==, 2);
  g_assert_nonnull (strstr (program.errors, "nowhere.json: "));
  g_assert_nonnull (strstr (program.errors, "copy.json: /id: "));
}

/* A line that is wrong is named by its number, and the lines after it are still checked. */
static void
test_lines (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autoptr (GString) long_line = g_string_new (wf_test_events);
  g_autofree char *lines = g_strconcat (wf_test_events, "\n{broken\n", wf_test_events,
                                        "{\"specversion\":\"1.0\"}\n", NULL);

  wf_test_program_init (&program);
  wf_test_program_write (&program, "lines.ndjson", lines);
  wf_test_program_run (&program, "check lines.ndjson", NULL, NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (strstr (program.errors, "lines.ndjson:5: "));
  g_assert_nonnull (strstr (program.errors, "lines.ndjson:9: /"));
  g_assert_null (strstr (program.errors, "lines.ndjson:6: "));

  for (guint i = 0; i < 1100; i++)
    g_string_append_printf (long_line, "%01024d", 0);
  g_string_append (long_line, "\n{broken");
  wf_test_program_write (&program, "lines.ndjson", long_line->str);
  wf_test_program_run (&program, "check lines.ndjson", NULL, NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (
      strstr (program.output, "\"file\":\"lines.ndjson:4\",\"path\":\"\",\"code\":\"too-long\""));
  g_assert_nonnull (
      strstr (program.output, "\"file\":\"lines.ndjson:5\",\"path\":\"\",\"code\":\"not-json\""));
}

/* Of several workflows, or with the organisation, what does not fit together is found too. */
static void
test_health (void)
{
  static const char first[] = START TRIGGER STEP ("30,\"unit\":\"minutes\"", "");
  g_auto (WfTestProgram) program = { 0 };
  g_autoptr (GString) second = g_string_new (first);
  g_autoptr (GString) gone = g_string_new (wf_test_organisation);

  wf_test_program_init (&program);
  g_string_replace (second, "6f0c", "7f0c", 1);
  wf_test_program_write (&program, "one.json", first);
  wf_test_program_write (&program, "two.json", second->str);
  wf_test_program_run (&program, "check one.json", NULL, NULL);
  g_assert_cmpstr (program.output, ==, "");
  wf_test_program_run (&program, "check one.json two.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0); /* a warning */
  g_assert_cmpuint (wf_test_program_count_lines (&program), ==, 1);
  g_assert_nonnull (strstr (
      program.output,
      "{\"file\":\"one.json\",\"path\":\"/steps/0\",\"code\":\"same-activity\",\"severity\":"
      "\"warning\""));
  g_assert_nonnull (strstr (program.output,
                            "\"workflows\":[\"6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\","
                            "\"7f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11\"]"));
  g_assert_nonnull (strstr (program.errors, "one.json: /steps/0: "));

  /* A cycle is an error. One workflow alone, without its organisation, is not looked at. */
  wf_test_program_write (&program, "loop.json", LOOP);
  wf_test_program_run (&program, "check loop.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  wf_test_program_run (&program, "check loop.json org.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 1);
  g_assert_nonnull (strstr (program.output, "\"code\":\"cycle\",\"severity\":\"error\""));

  /* Nobody is left in the group; nothing is told twice. */
  g_string_replace (gone, "\"active\":true", "\"active\":false", 0);
  wf_test_program_write (&program, "gone.json", gone->str);
  wf_test_program_run (&program, "check workflow.json gone.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpuint (wf_test_program_count_lines (&program), ==, 1);
  g_assert_nonnull (strstr (program.output, "\"path\":\"/steps/0/permission/groups/0\",\"code\":"
                                            "\"empty-group\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/check/files", test_files);
  g_test_add_func ("/cli/check/against-organisation", test_against_organisation);
  g_test_add_func ("/cli/check/several-files", test_several_files);
  g_test_add_func ("/cli/check/lines", test_lines);
  g_test_add_func ("/cli/check/health", test_health);
  return g_test_run ();
}
