/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes to a workflow that is not shared yet. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-edit.h"

#include <glib/gi18n-lib.h>

/* branch, path: whose the steps are. FALSE when there is no such step. */
static gboolean
find_step (GPtrArray *steps, const char *branch, guint path, const char *id, WfStepRoot *found)
{
  for (guint i = 0; i < steps->len; i++)
    {
      WfStep *step = g_ptr_array_index (steps, i);

      if (g_strcmp0 (step->id, id) == 0)
        {
          *found = (WfStepRoot) { step, steps, { branch, path, i } };
          return TRUE;
        }
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        {
          const WfPath *inner = g_ptr_array_index (step->paths, j);

          if (find_step (inner->steps, step->id, j, id, found))
            return TRUE;
        }
    }
  return FALSE;
}

/* The sequence that has the step, and its index there; NULL when there is no such step. */
static GPtrArray *
find_sequence (GPtrArray *steps, const char *id, guint *index)
{
  WfStepRoot found;

  if (!find_step (steps, NULL, 0, id, &found))
    return NULL;
  *index = found.place.position;
  return found.sequence;
}

gboolean
wf_workflow_edit_has_id (const WfStep *step)
{
  return step->id != NULL && *step->id != '\0';
}

/* The steps at a place; NULL when the branch or its path does not exist. Borrowed. */
GPtrArray *
wf_workflow_edit_get_sequence (WfWorkflow *workflow, const WfStepPlace *place)
{
  WfStep *branch;

  if (place->branch == NULL)
    return workflow->steps;
  branch = wf_workflow_find_step (workflow, place->branch);
  if (branch == NULL || branch->kind != WF_STEP_BRANCH || place->path >= branch->paths->len)
    return NULL;
  return ((WfPath *) g_ptr_array_index (branch->paths, place->path))->steps;
}

/* step: taken, also when the place does not exist (FALSE). A step without an id gets one. */
gboolean
wf_workflow_edit_insert (WfWorkflow *workflow, const WfStepPlace *place, WfStep *step)
{
  GPtrArray *steps = wf_workflow_edit_get_sequence (workflow, place);

  if (steps == NULL)
    {
      wf_step_free (step);
      return FALSE;
    }
  if (!wf_workflow_edit_has_id (step))
    {
      g_free (step->id);
      step->id = wf_workflow_make_step_id (workflow);
    }
  g_ptr_array_insert (steps, place->position >= steps->len ? -1 : (int) place->position, step);
  return TRUE;
}

/* step: taken; it keeps the place and the id of the one that it replaces. */
gboolean
wf_workflow_edit_replace (WfWorkflow *workflow, const char *id, WfStep *step)
{
  guint index;
  GPtrArray *steps = find_sequence (workflow->steps, id, &index);

  if (steps == NULL)
    {
      wf_step_free (step);
      return FALSE;
    }
  g_set_str (&step->id, id);
  wf_step_free (g_ptr_array_index (steps, index));
  g_ptr_array_index (steps, index) = step;
  return TRUE;
}

gboolean
wf_workflow_edit_locate (const WfWorkflow *workflow, const char *id, WfStepPlace *place)
{
  WfStepRoot found;

  if (!find_step (workflow->steps, NULL, 0, id, &found))
    return FALSE;
  *place = found.place;
  return TRUE;
}

static char *
make_pointer (GPtrArray *steps, const char *id, const char *base)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      if (g_strcmp0 (step->id, id) == 0)
        return g_strdup_printf ("%s/steps/%u", base, i);
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        {
          const WfPath *path = g_ptr_array_index (step->paths, j);
          g_autofree char *inner = g_strdup_printf ("%s/steps/%u/paths/%u", base, i, j);
          char *found = make_pointer (path->steps, id, inner);

          if (found != NULL)
            return found;
        }
    }
  return NULL;
}

char *
wf_workflow_edit_make_pointer (const WfWorkflow *workflow, const char *id)
{
  return make_pointer (workflow->steps, id, "");
}

void
wf_workflow_edit_add_usual_paths (WfStep *branch)
{
  const char *const names[] = { _ ("Path 1"), _ ("Otherwise") };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (branch->paths, wf_path_new (names[i]));
}
