/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects what is wrong with an input, as text for people. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-problem.h"

#include <string.h>

struct _WfProblems
{
  char *file;      /* (owned) (nullable) */
  GPtrArray *kept; /* (owned) of WfProblem */
  guint n_dropped; /* beyond WF_PROBLEMS_MOST */
  gboolean errors; /* among kept and dropped */
};

static void
problem_free (gpointer data)
{
  WfProblem *problem = data;

  g_free (problem->file);
  g_free (problem->path);
  g_free (problem->code);
  g_free (problem->text);
  g_free (problem);
}

WfProblems *
wf_problems_new (const char *file)
{
  WfProblems *self = g_new0 (WfProblems, 1);

  self->file = g_strdup (file);
  self->kept = g_ptr_array_new_with_free_func (problem_free);
  return self;
}

void
wf_problems_free (WfProblems *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_ptr_array_unref (self->kept);
  g_free (self);
}

static void
add_valist (WfProblems *self, WfProblemSeverity severity, const char *path, const char *code,
            const char *format, va_list arguments)
{
  WfProblem *problem;

  self->errors |= severity == WF_PROBLEM_ERROR;
  if (self->kept->len >= WF_PROBLEMS_MOST)
    {
      self->n_dropped++;
      return;
    }
  problem = g_new0 (WfProblem, 1);
  problem->severity = severity;
  problem->file = g_strdup (self->file);
  problem->path = g_strdup (path != NULL ? path : "");
  problem->code = g_strdup (code);
  problem->text = g_strdup_vprintf (format, arguments);
  g_ptr_array_add (self->kept, problem);
}

/**
 * wf_problems_add:
 * @self: (nullable): the list; with NULL nothing happens, for callers that only want to know
 *   whether it works
 * @severity: whether the input can still be used
 * @path: (nullable): RFC 6901 pointer
 * @code: stable machine word
 * @format: the reason in the user's language
 *
 * Adds a problem, or only counts it when there are WF_PROBLEMS_MOST already.
 */
void
wf_problems_add (WfProblems *self, WfProblemSeverity severity, const char *path, const char *code,
                 const char *format, ...)
{
  va_list arguments;

  if (self == NULL)
    return;
  va_start (arguments, format);
  add_valist (self, severity, path, code, format, arguments);
  va_end (arguments);
}

guint
wf_problems_get_n (const WfProblems *self)
{
  return self->kept->len;
}

guint
wf_problems_get_n_dropped (const WfProblems *self)
{
  return self->n_dropped;
}

const WfProblem *
wf_problems_get (const WfProblems *self, guint index)
{
  return index < self->kept->len ? g_ptr_array_index (self->kept, index) : NULL;
}

gboolean
wf_problems_has_errors (const WfProblems *self)
{
  return self->errors;
}

const WfProblem *
wf_problems_find (const WfProblems *self, const char *path)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      const WfProblem *problem = g_ptr_array_index (self->kept, i);

      if (problem->severity == WF_PROBLEM_ERROR && g_str_equal (problem->path, path))
        return problem;
    }
  return NULL;
}

/* The first error at the path or anywhere below it. */
const WfProblem *
wf_problems_find_below (const WfProblems *self, const char *path)
{
  gsize length = strlen (path);

  for (guint i = 0; i < self->kept->len; i++)
    {
      const WfProblem *problem = g_ptr_array_index (self->kept, i);

      if (problem->severity == WF_PROBLEM_ERROR && strncmp (problem->path, path, length) == 0 &&
          (problem->path[length] == '\0' || problem->path[length] == '/'))
        return problem;
    }
  return NULL;
}

char *
wf_problem_to_text (const WfProblem *problem)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (problem->file != NULL)
    g_string_append_printf (text, "%s: ", problem->file);
  if (problem->path[0] != '\0')
    g_string_append_printf (text, "%s: ", problem->path);
  g_string_append (text, problem->text);
  return g_string_free_and_steal (g_steal_pointer (&text));
}
