/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a document's problems belong to one member of one step. */
#pragma once

#include "wf-problem.h"

G_BEGIN_DECLS

const char *wf_step_problem_find (const WfProblems *problems, const char *base, const char *member,
                                  WfProblemSeverity least);
const char *wf_step_problem_find_own (const WfProblems *problems, const char *base);
gboolean wf_step_problem_any_error (const WfProblems *problems, const char *base);

G_END_DECLS
