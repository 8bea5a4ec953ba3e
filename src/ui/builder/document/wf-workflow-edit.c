/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes to a workflow that is not shared yet. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-edit.h"

/* The sequence that has the step, and its index there; NULL when there is no such step. */
static GPtrArray *
find_sequence (GPtrArray *steps, const char *id, guint *index)
{
  for (guint i = 0; i < steps->len; i++)
    {
      WfStep *step = g_ptr_array_index (steps, i);

      if (g_strcmp0 (step->id, id) == 0)
        {
          *index = i;
          return steps;
        }
      if (step->kind != WF_STEP_BRANCH)
        continue;
      for (guint j = 0; j < step->paths->len; j++)
        {
          WfPath *path = g_ptr_array_index (step->paths, j);
          GPtrArray *found = find_sequence (path->steps, id, index);

          if (found != NULL)
            return found;
        }
    }
  return NULL;
}

/* Every step of a copied subtree gets an id of its own. */
static void
renumber (WfWorkflow *workflow, WfStep *step)
{
  g_free (step->id);
  step->id = wf_workflow_make_step_id (workflow);
  if (step->kind != WF_STEP_BRANCH)
    return;
  for (guint i = 0; i < step->paths->len; i++)
    {
      WfPath *path = g_ptr_array_index (step->paths, i);

      for (guint j = 0; j < path->steps->len; j++)
        renumber (workflow, g_ptr_array_index (path->steps, j));
    }
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
  g_free (step->id);
  step->id = g_strdup (id);
  wf_step_free (g_ptr_array_index (steps, index));
  g_ptr_array_index (steps, index) = step;
  return TRUE;
}

gboolean
wf_workflow_edit_remove (WfWorkflow *workflow, const char *id)
{
  guint index;
  GPtrArray *steps = find_sequence (workflow->steps, id, &index);

  if (steps == NULL)
    return FALSE;
  g_ptr_array_remove_index (steps, index);
  return TRUE;
}

/* Whether the step can go up (by < 0) or down within its sequence. */
gboolean
wf_workflow_edit_can_move (WfWorkflow *workflow, const char *id, int by)
{
  guint index;
  GPtrArray *steps = find_sequence (workflow->steps, id, &index);

  return steps != NULL && (int) index + by >= 0 && (int) index + by < (int) steps->len;
}

gboolean
wf_workflow_edit_move (WfWorkflow *workflow, const char *id, int by)
{
  guint index;
  GPtrArray *steps = find_sequence (workflow->steps, id, &index);
  WfStep *step;

  if (!wf_workflow_edit_can_move (workflow, id, by))
    return FALSE;
  step = g_ptr_array_steal_index (steps, index);
  g_ptr_array_insert (steps, (int) index + by, step);
  return TRUE;
}

/* A copy with new ids directly below the step. */
gboolean
wf_workflow_edit_duplicate (WfWorkflow *workflow, const char *id)
{
  guint index;
  GPtrArray *steps = find_sequence (workflow->steps, id, &index);
  WfStep *copy;

  if (steps == NULL)
    return FALSE;
  copy = wf_step_copy (g_ptr_array_index (steps, index));
  g_ptr_array_insert (steps, (int) index + 1, copy);
  renumber (workflow, copy);
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
