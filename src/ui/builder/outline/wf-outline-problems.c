/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which line of the outline each problem of a workflow is about. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-item-private.h"

/* The length of "/name/NUMBER" when the text begins so, else 0. */
static gsize
measure_index (const char *text, const char *name)
{
  gsize length = strlen (name);
  gsize digits;

  if (text[0] != '/' || strncmp (text + 1, name, length) != 0 || text[length + 1] != '/')
    return 0;
  digits = strspn (text + length + 2, "0123456789");
  if (digits == 0 || (text[length + 2 + digits] != '/' && text[length + 2 + digits] != '\0'))
    return 0;
  return length + 2 + digits;
}

/* The innermost step or path that the problem's pointer names, "" for the trigger; NULL when it is
 * about the workflow as a whole. */
static char *
make_key (const char *pointer)
{
  gsize end = 0, more;

  if (g_str_equal (pointer, "/trigger") || g_str_has_prefix (pointer, "/trigger/"))
    return g_strdup ("");
  while ((more = measure_index (pointer + end, "steps")) > 0)
    {
      end += more;
      more = measure_index (pointer + end, "paths");
      if (more == 0)
        break;
      end += more;
    }
  return end > 0 ? g_strndup (pointer, end) : NULL;
}

GHashTable *
wf_outline_problems_new (const WfProblems *problems)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);
      g_autofree char *key = make_key (problem->path);
      const WfProblem *before = key != NULL ? g_hash_table_lookup (found, key) : NULL;

      if (key != NULL && (before == NULL || (before->severity == WF_PROBLEM_WARNING &&
                                             problem->severity == WF_PROBLEM_ERROR)))
        g_hash_table_replace (found, g_steal_pointer (&key), (gpointer) problem);
    }
  return found;
}
