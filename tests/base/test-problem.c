/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of problems. */
#include "wf-problem.h"

static void
test_add (void)
{
  g_autoptr (WfProblems) problems = wf_problems_new ("a.json");
  g_autofree char *text = NULL;

  g_assert_false (wf_problems_has_errors (problems));
  wf_problems_add (problems, WF_PROBLEM_WARNING, "/steps/0", "odd", "Odd");
  g_assert_false (wf_problems_has_errors (problems));
  g_assert_null (wf_problems_find (problems, "/steps/0"));
  wf_problems_add (problems, WF_PROBLEM_ERROR, "/steps/0/notes", "wrong", "Wrong: %d", 7);
  g_assert_true (wf_problems_has_errors (problems));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 2);
  text = wf_problem_to_text (wf_problems_get (problems, 1));
  g_assert_cmpstr (text, ==, "a.json: /steps/0/notes: Wrong: 7");
  g_assert_cmpstr (wf_problems_find (problems, "/steps/0/notes")->code, ==, "wrong");
  g_assert_null (wf_problems_get (problems, 2));
}

static void
test_below (void)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autofree char *text = NULL;

  wf_problems_add (problems, WF_PROBLEM_ERROR, "/steps/10/id", "wrong", "Wrong");
  g_assert_nonnull (wf_problems_find_below (problems, "/steps/10"));
  g_assert_nonnull (wf_problems_find_below (problems, "/steps/10/id"));
  g_assert_null (wf_problems_find_below (problems, "/steps/1"));
  g_assert_null (wf_problems_find_below (problems, "/steps/10/id/x"));
  text = wf_problem_to_text (wf_problems_get (problems, 0));
  g_assert_cmpstr (text, ==, "/steps/10/id: Wrong");
}

static void
test_most (void)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  for (guint i = 0; i < WF_PROBLEMS_MOST; i++)
    wf_problems_add (problems, WF_PROBLEM_WARNING, "", "odd", "Odd");
  wf_problems_add (problems, WF_PROBLEM_ERROR, "", "wrong", "Wrong");
  g_assert_cmpuint (wf_problems_get_n (problems), ==, WF_PROBLEMS_MOST);
  g_assert_cmpuint (wf_problems_get_n_dropped (problems), ==, 1);
  g_assert_true (wf_problems_has_errors (problems));
  wf_problems_add (NULL, WF_PROBLEM_ERROR, "", "wrong", "Not collected");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/add", test_add);
  g_test_add_func ("/problem/below", test_below);
  g_test_add_func ("/problem/most", test_most);
  return g_test_run ();
}
