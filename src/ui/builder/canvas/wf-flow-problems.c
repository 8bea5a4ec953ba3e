/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the problems of a workflow to the cards that they are about: a problem's path is followed
 * down to the innermost step or path that it names. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-flow-layout-private.h"

#include <string.h>

/* Goes over "/name/NUMBER" at the beginning of a path. */
static gboolean
take_index (const char **at, const char *name, guint *index)
{
  gsize length = strlen (name);
  guint64 number;
  char *end;

  if ((*at)[0] != '/' || strncmp (*at + 1, name, length) != 0 || (*at)[length + 1] != '/' ||
      !g_ascii_isdigit ((*at)[length + 2]))
    return FALSE;
  number = g_ascii_strtoull (*at + length + 2, &end, 10);
  if ((*end != '/' && *end != '\0') || number >= G_MAXUINT)
    return FALSE;
  *index = (guint) number;
  *at = end;
  return TRUE;
}

static gboolean
is_trigger (const char *path)
{
  return g_str_equal (path, "/trigger") || g_str_has_prefix (path, "/trigger/");
}

/* The card, or G_MAXUINT when it is about the workflow as a whole. */
static guint
find_card (const WfFlowLayout *self, const char *path)
{
  const WfFlowSequence *sequence = &self->root;
  guint found = is_trigger (path) ? 0 : G_MAXUINT;
  guint index;

  while (take_index (&path, "steps", &index) && index < sequence->n_items)
    {
      const WfFlowItem *item = &sequence->items[index];

      found = item->card;
      if (item->branch == NULL || !take_index (&path, "paths", &index) ||
          index >= item->branch->n_columns)
        break;
      found = item->branch->columns[index].head;
      sequence = &item->branch->columns[index].sequence;
    }
  return found;
}

/* Each card has the first error, or without one the first warning. */
void
wf_flow_layout_put_problems (WfFlowLayout *self, const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);
      guint index = find_card (self, problem->path);
      gboolean is_error = problem->severity == WF_PROBLEM_ERROR;
      WfFlowCard *card;

      if (index == G_MAXUINT)
        continue;
      card = wf_flow_layout_card (self, index);
      if (card->problem != NULL && (card->is_error || !is_error))
        continue;
      g_set_str (&card->problem, problem->text);
      card->is_error = is_error;
    }
}
