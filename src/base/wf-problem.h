/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with an input: where (file, JSON pointer) and why, as text for people. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WF_PROBLEM_ERROR,   /* the input cannot be used */
  WF_PROBLEM_WARNING, /* it can, but a person should know */
} WfProblemSeverity;

typedef struct
{
  WfProblemSeverity severity;
  char *file; /* (owned) (nullable) */
  char *path; /* (owned) RFC 6901 pointer, "" is the whole document */
  char *code; /* (owned) stable machine word such as "duration-too-short", "unknown-member" */
  char *text; /* (owned) the reason in the user's language */
} WfProblem;

/* A growing list of problems; at most WF_PROBLEMS_MOST are kept, the rest only counted. */
typedef struct _WfProblems WfProblems;
#define WF_PROBLEMS_MOST 200

/* file: name put into each problem, NULL for none. Everything that takes WfProblems takes NULL
 * too: not collected. */
WfProblems *wf_problems_new (const char *file);
void wf_problems_free (WfProblems *self);
void wf_problems_add (WfProblems *self, WfProblemSeverity severity, const char *path,
                      const char *code, const char *format, ...) G_GNUC_PRINTF (5, 6);
guint wf_problems_get_n (const WfProblems *self);
guint wf_problems_get_n_dropped (const WfProblems *self); /* counted, not kept */
const WfProblem *wf_problems_get (const WfProblems *self, guint index);
gboolean wf_problems_has_errors (const WfProblems *self);
/* The first error at this path, or NULL. */
const WfProblem *wf_problems_find (const WfProblems *self, const char *path);
/* The first error at this path or below it, or NULL. */
const WfProblem *wf_problems_find_below (const WfProblems *self, const char *path);
/* "file: path: text" of one problem. Owned by the caller. */
char *wf_problem_to_text (const WfProblem *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfProblems, wf_problems_free)

G_END_DECLS
