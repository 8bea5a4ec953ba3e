/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a document's problems belong to one member of one step. Steps inside of a branch have
 * problems of their own. */
#pragma once

#include "wf-problem.h"

G_BEGIN_DECLS

/* The text of the first problem at "base/member" or below it, errors before warnings. least:
 * WF_PROBLEM_ERROR leaves the warnings out. member: nullable, the step itself. NULL when there is
 * none. Borrowed. */
const char *wf_step_problem_find (const WfProblems *problems, const char *base, const char *member,
                                  WfProblemSeverity least);
/* The same as a problem, warnings too. except: nullable, NULL-terminated: what is inside of the
 * member and shown elsewhere. */
const WfProblem *wf_step_problem_find_in (const WfProblems *problems, const char *base,
                                          const char *member, const char *const *except);
/* The first error about the step as a whole: not about a member, or about its kind. Nullable. */
const WfProblem *wf_step_problem_find_own (const WfProblems *problems, const char *base);
/* The first error anywhere in the step. Nullable. */
const WfProblem *wf_step_problem_find_error (const WfProblems *problems, const char *base);

G_END_DECLS
