/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths and problems of documents that people wrote. */
#include "wf-json-cursor.h"

typedef struct
{
  WfJsonDocument *document;
  WfProblems *problems;
  WfJsonCursor root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer text)
{
  fixture->document = wf_json_document_parse (text, -1, 0, NULL);
  fixture->problems = wf_problems_new (NULL);
  fixture->root =
      wf_json_cursor_root (wf_json_document_get_root (fixture->document), fixture->problems);
}

static void
tear_down (Fixture *fixture, gconstpointer text)
{
  wf_json_document_unref (fixture->document);
  wf_problems_free (fixture->problems);
}

static void
assert_problem (Fixture *fixture, guint index, WfProblemSeverity severity, const char *path,
                const char *code)
{
  const WfProblem *problem = wf_problems_get (fixture->problems, index);

  g_assert_nonnull (problem);
  g_assert_cmpint (problem->severity, ==, severity);
  g_assert_cmpstr (problem->path, ==, path);
  g_assert_cmpstr (problem->code, ==, code);
}

static void
test_paths (Fixture *fixture, gconstpointer text)
{
  WfJsonCursor list = wf_json_cursor_member (&fixture->root, "a/b~c");
  WfJsonCursor element = wf_json_cursor_element (&list, 1);
  WfJsonCursor member = wf_json_cursor_member (&element, "x");
  g_autofree char *root_path = wf_json_cursor_dup_path (&fixture->root);
  g_autofree char *path = wf_json_cursor_dup_path (&member);

  g_assert_cmpstr (root_path, ==, "");
  g_assert_cmpstr (path, ==, "/a~1b~0c/1/x");
  g_assert_cmpstr (wf_json_get_string (member.value), ==, "here");
}

static void
test_types (Fixture *fixture, gconstpointer text)
{
  static const char *const names[] = { "one", "two", NULL };
  WfJsonCursor string = wf_json_cursor_member (&fixture->root, "s");
  WfJsonCursor number = wf_json_cursor_member (&fixture->root, "n");
  WfJsonCursor real = wf_json_cursor_member (&fixture->root, "r");
  WfJsonCursor truth = wf_json_cursor_member (&fixture->root, "t");
  WfJsonCursor zero = wf_json_cursor_member (&fixture->root, "z");
  WfJsonCursor none = wf_json_cursor_member (&fixture->root, "none");

  g_assert_cmpstr (wf_json_cursor_get_string (&string, TRUE), ==, "two");
  g_assert_cmpint (wf_json_cursor_get_int64 (&number, TRUE, 0), ==, 5);
  g_assert_true (wf_json_cursor_get_boolean (&truth, TRUE, FALSE));
  g_assert_cmpint (wf_json_cursor_get_enum (&string, names, TRUE), ==, 1);
  g_assert_true (wf_json_cursor_expect (&fixture->root, WF_JSON_OBJECT));
  g_assert_null (wf_json_cursor_get_string (&none, FALSE));
  g_assert_cmpint (wf_json_cursor_get_int64 (&none, FALSE, 9), ==, 9);
  g_assert_cmpint (wf_json_cursor_get_enum (&none, names, FALSE), ==, -1);
  g_assert_true (wf_json_cursor_is_missing (&none));
  g_assert_cmpuint (wf_problems_get_n (fixture->problems), ==, 0);

  g_assert_null (wf_json_cursor_get_string (&number, FALSE));
  assert_problem (fixture, 0, WF_PROBLEM_ERROR, "/n", "wrong-type");
  g_assert_null (wf_json_cursor_get_string (&none, TRUE));
  assert_problem (fixture, 1, WF_PROBLEM_ERROR, "/none", "missing");
  g_assert_cmpint (wf_json_cursor_get_int64 (&real, TRUE, 7), ==, 7);
  assert_problem (fixture, 2, WF_PROBLEM_ERROR, "/r", "wrong-type");
  g_assert_false (wf_json_cursor_get_boolean (&string, TRUE, FALSE));
  assert_problem (fixture, 3, WF_PROBLEM_ERROR, "/s", "wrong-type");
  g_assert_cmpint (wf_json_cursor_get_enum (&number, names, TRUE), ==, -1);
  assert_problem (fixture, 4, WF_PROBLEM_ERROR, "/n", "wrong-type");
  g_assert_null (wf_json_cursor_get_string (&zero, TRUE));
  assert_problem (fixture, 5, WF_PROBLEM_ERROR, "/z", "wrong-text");
  g_assert_false (wf_json_cursor_expect (&string, WF_JSON_ARRAY));
  assert_problem (fixture, 6, WF_PROBLEM_ERROR, "/s", "wrong-type");
}

static void
test_enum (Fixture *fixture, gconstpointer text)
{
  static const char *const names[] = { "one", "three", NULL };
  WfJsonCursor string = wf_json_cursor_member (&fixture->root, "s");

  g_assert_cmpint (wf_json_cursor_get_enum (&string, names, TRUE), ==, -1);
  assert_problem (fixture, 0, WF_PROBLEM_ERROR, "/s", "unknown-value");
  g_assert_cmpstr (wf_problems_get (fixture->problems, 0)->text, ==,
                   "“two” is not known here. Known are: one, three.");
}

static void
test_unknown (Fixture *fixture, gconstpointer text)
{
  static const char *const some[] = { "s", "n", "r", "z", NULL };
  static const char *const all[] = { "s", "n", "r", "t", "z", NULL };
  g_autoptr (WfJsonDocument) extra = wf_json_cursor_dup_unknown (&fixture->root, some);

  g_assert_cmpuint (wf_json_get_size (wf_json_document_get_root (extra)), ==, 1);
  g_assert_true (
      wf_json_get_boolean (wf_json_get_member (wf_json_document_get_root (extra), "t"), FALSE));
  assert_problem (fixture, 0, WF_PROBLEM_WARNING, "/t", "unknown-member");
  g_assert_null (wf_json_cursor_dup_unknown (&fixture->root, all));
}

#define VALUES "{\"s\": \"two\", \"n\": 5, \"r\": 0.5, \"t\": true, \"z\": \"a\\u0000b\"}"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/json-cursor/paths", Fixture, "{\"a/b~c\": [0, {\"x\": \"here\"}]}", set_up,
              test_paths, tear_down);
  g_test_add ("/json-cursor/types", Fixture, VALUES, set_up, test_types, tear_down);
  g_test_add ("/json-cursor/enum", Fixture, VALUES, set_up, test_enum, tear_down);
  g_test_add ("/json-cursor/unknown", Fixture, VALUES, set_up, test_unknown, tear_down);
  return g_test_run ();
}
