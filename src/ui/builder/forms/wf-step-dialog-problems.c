/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a document's problems belong to one member of one step. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-step-dialog-problems.h"

static gboolean
is_below (const char *path, const char *base)
{
  gsize length = strlen (base);

  return g_str_has_prefix (path, base) && (path[length] == '\0' || path[length] == '/');
}

/* The text of the first problem at "base/member" or below it, errors before warnings; least: WF_PROBLEM_ERROR leaves the
 * warnings out. member: nullable, the step itself. NULL when there is none. Borrowed. */
const char *
wf_step_problem_find (const WfProblems *problems, const char *base, const char *member,
                      WfProblemSeverity least)
{
  g_autofree char *path = member != NULL ? g_strconcat (base, "/", member, NULL) : g_strdup (base);

  for (int severity = WF_PROBLEM_ERROR; severity <= (int) least; severity++)
    for (guint i = 0; i < wf_problems_get_n (problems); i++)
      {
        const WfProblem *problem = wf_problems_get (problems, i);

        if ((int) problem->severity == severity && is_below (problem->path, path))
          return problem->text;
      }
  return NULL;
}

/* The text of the first error that is about the step as a whole and not about a member. */
const char *
wf_step_problem_find_own (const WfProblems *problems, const char *base)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);

      if (problem->severity == WF_PROBLEM_ERROR && g_str_equal (problem->path, base))
        return problem->text;
    }
  return NULL;
}

gboolean
wf_step_problem_any_error (const WfProblems *problems, const char *base)
{
  return wf_step_problem_find (problems, base, NULL, WF_PROBLEM_ERROR) != NULL;
}
