/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows a problem's pointer into the workflow. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-problem-place.h"

#include "wf-sentence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads "/NAME/INDEX" at *rest and moves behind it. FALSE when something else is there. */
static gboolean
take_element (const char **rest, const char *name, guint *index)
{
  g_autofree char *prefix = g_strconcat ("/", name, "/", NULL);
  const char *begin;
  char *end = NULL;
  guint64 number;

  if (!g_str_has_prefix (*rest, prefix))
    return FALSE;
  begin = *rest + strlen (prefix);
  if (!g_ascii_isdigit (*begin))
    return FALSE;
  number = g_ascii_strtoull (begin, &end, 10);
  if ((*end != '\0' && *end != '/') || number >= G_MAXUINT)
    return FALSE;
  *index = (guint) number;
  *rest = end;
  return TRUE;
}

/**
 * wf_problem_place_find:
 * @workflow: the workflow that the problem is about
 * @pointer: RFC 6901 pointer into its document
 *
 * Returns: (transfer full): the step or path that holds the place; else the trigger
 */
WfTarget *
wf_problem_place_find (const WfWorkflow *workflow, const char *pointer)
{
  const GPtrArray *steps = workflow->steps;
  WfTarget *found = wf_target_new_trigger ();
  const char *rest = pointer;
  guint index;

  while (take_element (&rest, "steps", &index) && index < steps->len)
    {
      const WfStep *step = g_ptr_array_index (steps, index);

      wf_target_free (found);
      found = wf_target_new_step (step->id);
      if (step->kind != WF_STEP_BRANCH || !take_element (&rest, "paths", &index) ||
          index >= step->paths->len)
        break;
      wf_target_free (found);
      found = wf_target_new_path (step->id, index);
      steps = ((const WfPath *) g_ptr_array_index (step->paths, index))->steps;
    }
  return found;
}

static char *
path_to_text (const WfStep *branch, guint index)
{
  const WfPath *path = branch != NULL && branch->kind == WF_STEP_BRANCH &&
                               index < branch->paths->len
                           ? g_ptr_array_index (branch->paths, index)
                           : NULL;

  if (path == NULL || path->name == NULL || *path->name == '\0')
    return g_strdup_printf (_ ("Path %u"), index + 1);
  /* Translators: a path of a branch, by its name */
  return g_strdup_printf (_ ("Path “%s”"), path->name);
}

/**
 * wf_problem_place_to_text:
 * @target: trigger, step or path
 * @workflow: the workflow that has it
 * @organisation: (nullable): for names
 *
 * Returns: (transfer full): the place in the user's language; the bare id of a step that does not
 *   exist
 */
char *
wf_problem_place_to_text (const WfTarget *target, const WfWorkflow *workflow,
                          const WfOrganisation *organisation)
{
  const WfStep *step;

  if (target->kind == WF_TARGET_TRIGGER || target->step == NULL)
    return wf_sentence_for_trigger (workflow, organisation);
  step = wf_workflow_find_step (workflow, target->step);
  if (target->kind == WF_TARGET_PATH)
    return path_to_text (step, target->path);
  return step != NULL ? wf_sentence_for_step (step, organisation) : g_strdup (target->step);
}
