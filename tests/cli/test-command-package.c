/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workflowctl export and import: out of one company, into another. */
#include "wf-test-program.h"

#include <glib/gstdio.h>
#include <string.h>

#define IMPORT "import --organisation other.json "
#define ANSWERS "--map activity-type:filter-1=call --map group:inbound=sales "

/* Another company: nothing has the same id, and one thing the same name. */
static const char other[] = "{\"format\":1,\"name\":\"Other\",\"process\":\"1\",\"people\":[],"
                            "\"groups\":[{\"id\":\"sales\",\"name\":\"Vendas\"}],"
                            "\"activity-types\":[{\"id\":\"call\",\"name\":\"Ligar\"}]}";

static void
init (WfTestProgram *program)
{
  wf_test_program_init (program);
  wf_test_program_write (program, "other.json", other);
  wf_test_program_run (
      program, "export --organisation org.json --output all.workflow-package.json workflow.json",
      NULL, NULL);
  g_assert_cmpint (program->status, ==, 0);
}

static char *
read_file (const WfTestProgram *program, const char *name)
{
  g_autofree char *path = wf_test_folder_build (program->folder, name);
  char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  return content;
}

static void
test_export (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autoptr (WfJsonDocument) told = NULL;
  g_autoptr (WfJsonDocument) package = NULL;
  g_autofree char *content = NULL;

  init (&program);
  told = wf_test_program_get_value (&program);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_document_get_root (told), "file"), ==,
                   "all.workflow-package.json");
  content = read_file (&program, "all.workflow-package.json");
  package = wf_json_document_parse (content, -1, 0, NULL);
  g_assert_nonnull (package);
  g_assert_cmpstr (wf_json_get_member_string (wf_json_document_get_root (package), "kind"), ==,
                   "workflow-package");
  g_assert_nonnull (strstr (content, "\"Realizar Filtro 1\""));

  /* Without a file the same goes to standard output. */
  wf_test_program_run (&program, "export --organisation org.json workflow.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_true (g_str_has_prefix (program.output, content));

  wf_test_program_run (&program, "check all.workflow-package.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.output, ==, "");
}

static void
test_import (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autoptr (WfJsonDocument) document = NULL;
  const WfJson *root, *step;

  init (&program);
  wf_test_program_run (&program, IMPORT ANSWERS "all.workflow-package.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpstr (program.errors, ==, "");
  document = wf_test_program_get_value (&program);
  root = wf_json_document_get_root (document);
  g_assert_cmpstr (wf_json_get_member_string (root, "state"), ==, "draft");
  step = wf_json_get_element (wf_json_get_member (root, "steps"), 0);
  g_assert_cmpstr (wf_json_get_member_string (step, "activity-type"), ==, "call");

  /* In the company that it comes from nothing has to be said. A single document is a package too. */
  wf_test_program_run (&program, "import --organisation org.json workflow.json", NULL, NULL);
  g_assert_cmpint (program.status, ==, 0);
  g_assert_cmpuint (wf_test_program_count_lines (&program), ==, 1);
}

/* Files are named after the workflows; what is there stays, and gets no brother with its id. */
static void
test_folder (void)
{
  g_auto (WfTestProgram) program = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  init (&program);
  for (guint i = 0; i < 2; i++)
    {
      wf_test_program_run (&program,
                           IMPORT ANSWERS "--output-folder made/here all.workflow-package.json",
                           NULL, NULL);
      g_assert_cmpint (program.status, ==, 0);
      g_assert_cmpuint (wf_test_program_count_lines (&program), ==, 1);
    }
  first = read_file (&program, "made/here/first-contact.workflow.json");
  second = read_file (&program, "made/here/first-contact-2.workflow.json");
  g_assert_nonnull (strstr (first, "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"));
  g_assert_null (strstr (second, "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"));
  wf_test_program_run (&program,
                       "check made/here/first-contact.workflow.json "
                       "made/here/first-contact-2.workflow.json",
                       NULL, NULL);
  g_assert_nonnull (strstr (program.output, "\"code\":\"same-activity\""));
  g_assert_cmpint (program.status, ==, 0); /* a warning */
}

static void
test_problems (void)
{
  static const struct
  {
    const char *arguments;
    int status;
    const char *error;
  } table[] = {
    { "export", 2, "At least one file" },
    { "export nowhere.json", 1, "nowhere.json: " },
    { "export --organisation nowhere.json workflow.json", 1, "nowhere.json: " },
    { "export workflow.json workflow.json", 1, "workflow.json: /id: " },
    { "export --output nowhere/x.json workflow.json", 1, "nowhere/x.json: " },
    { "import all.workflow-package.json", 2, "--organisation" },
    { IMPORT, 2, "One file" },
    { IMPORT "nowhere.json", 1, "nowhere.json: " },
    { IMPORT "org.json", 1, "org.json: " },
    { IMPORT "--map sales all.workflow-package.json", 2, "--map" },
    { IMPORT "--map moon:a=b all.workflow-package.json", 2, "--map" },
    { IMPORT "--map group:=b all.workflow-package.json", 2, "--map" },
    { IMPORT "--map group:a= all.workflow-package.json", 2, "--map" },
    { IMPORT "--map address:a=b all.workflow-package.json", 2, "--map" },
    { IMPORT "all.workflow-package.json", 1,
      "all.workflow-package.json: /needs/activity-types/0: " },
    { IMPORT "all.workflow-package.json", 1, "/needs/groups/0: " },
    { IMPORT ANSWERS "--map group:moon=sales all.workflow-package.json", 1, "group:moon" },
    { IMPORT "--map activity-type:filter-1=call --map group:inbound=moon "
             "all.workflow-package.json",
      1, "has no such “moon”" },
    { IMPORT ANSWERS "--output-folder org.json/x all.workflow-package.json", 1, "org.json/x: " },
  };
  g_auto (WfTestProgram) program = { 0 };

  init (&program);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      wf_test_program_run (&program, table[i].arguments, NULL, "LC_ALL=C.UTF-8");
      g_assert_cmpint (program.status, ==, table[i].status);
      g_assert_cmpstr (program.output, ==, "");
      g_assert_nonnull (strstr (program.errors, table[i].error));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/package/export", test_export);
  g_test_add_func ("/cli/package/import", test_import);
  g_test_add_func ("/cli/package/folder", test_folder);
  g_test_add_func ("/cli/package/problems", test_problems);
  return g_test_run ();
}
