/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a document's problems belong to one member of one step. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-dialog-problems.h"

#include <string.h>

static gboolean
is_below (const char *path, const char *base)
{
  gsize length = strlen (base);

  return g_str_has_prefix (path, base) && (path[length] == '\0' || path[length] == '/');
}

static gboolean
is_excepted (const char *path, const char *base, const char *const *except)
{
  for (guint i = 0; except != NULL && except[i] != NULL; i++)
    {
      g_autofree char *member = g_strconcat (base, "/", except[i], NULL);

      if (is_below (path, member))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_of_inner_step (const char *path, const char *base)
{
  return strstr (path + strlen (base), "/steps/") != NULL;
}

static const WfProblem *
find (const WfProblems *problems, const char *base, const char *member, const char *const *except,
      WfProblemSeverity least)
{
  g_autofree char *path = member != NULL ? g_strconcat (base, "/", member, NULL) : g_strdup (base);

  for (int severity = WF_PROBLEM_ERROR; severity <= (int) least; severity++)
    for (guint i = 0; i < wf_problems_get_n (problems); i++)
      {
        const WfProblem *problem = wf_problems_get (problems, i);

        if ((int) problem->severity == severity && is_below (problem->path, path) &&
            !is_of_inner_step (problem->path, base) && !is_excepted (problem->path, path, except))
          return problem;
      }
  return NULL;
}

const char *
wf_step_problem_find (const WfProblems *problems, const char *base, const char *member,
                      WfProblemSeverity least)
{
  const WfProblem *problem = find (problems, base, member, NULL, least);

  return problem != NULL ? problem->text : NULL;
}

const WfProblem *
wf_step_problem_find_in (const WfProblems *problems, const char *base, const char *member,
                         const char *const *except)
{
  return find (problems, base, member, except, WF_PROBLEM_WARNING);
}

const WfProblem *
wf_step_problem_find_own (const WfProblems *problems, const char *base)
{
  g_autofree char *kind = g_strconcat (base, "/kind", NULL);

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      if (problem->severity == WF_PROBLEM_ERROR &&
          (g_str_equal (problem->path, base) || g_str_equal (problem->path, kind)))
        return problem;
    }
  return NULL;
}

const WfProblem *
wf_step_problem_find_error (const WfProblems *problems, const char *base)
{
  return find (problems, base, NULL, NULL, WF_PROBLEM_ERROR);
}
