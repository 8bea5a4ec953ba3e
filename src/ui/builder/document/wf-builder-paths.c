/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with the paths of a branch. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-builder-commands-private.h"

#include <glib/gi18n-lib.h>

/* NULL when there is no such branch. */
static WfStep *
find_branch (const WfWorkflow *workflow, const char *id)
{
  WfStep *step = wf_workflow_find_step (workflow, id);

  return step != NULL && step->kind == WF_STEP_BRANCH ? step : NULL;
}

/* A path that is always taken stays the last one. */
static guint
find_place_of_new_path (const WfStep *branch)
{
  const WfPath *last;

  if (branch->paths->len == 0)
    return 0;
  last = g_ptr_array_index (branch->paths, branch->paths->len - 1);
  return last->condition == NULL ? branch->paths->len - 1 : branch->paths->len;
}

/* The first of "Path 1", "Path 2"... that no path of the branch has. */
static char *
make_path_name (const WfStep *branch)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *name = g_strdup_printf (_ ("Path %u"), number);
      gboolean taken = FALSE;

      for (guint i = 0; i < branch->paths->len; i++)
        taken |= g_strcmp0 (((WfPath *) g_ptr_array_index (branch->paths, i))->name, name) == 0;
      if (!taken)
        return g_steal_pointer (&name);
    }
}

gboolean
wf_builder_add_path (WfStepSelection *self, const char *branch)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  WfStep *step = find_branch (next, branch);
  g_autofree char *name = NULL;
  guint place;

  if (step == NULL)
    return FALSE;
  name = make_path_name (step);
  place = find_place_of_new_path (step);
  g_ptr_array_insert (step->paths, (int) place, wf_path_new (name));
  wf_builder_commit (self, g_steal_pointer (&next), NULL, _ ("Add Path"), NULL,
                     wf_target_new_path (branch, place));
  return TRUE;
}

/* Its steps go too. Not the only one: a branch without paths leads nowhere (R96), it is deleted
 * itself. */
gboolean
wf_builder_remove_path (WfStepSelection *self, const char *branch, guint path)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  WfStep *step = find_branch (next, branch);

  if (step == NULL || path >= step->paths->len || step->paths->len < 2)
    return FALSE;
  g_ptr_array_remove_index (step->paths, path);
  wf_builder_commit (self, g_steal_pointer (&next), NULL, _ ("Delete Path"), NULL,
                     wf_target_new_path (branch, MIN (path, step->paths->len - 1)));
  return TRUE;
}

/* by: -1 to the left (before), 1 to the right (after). The focus follows it. */
gboolean
wf_builder_move_path (WfStepSelection *self, const char *branch, guint path, int by)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  WfStep *step = find_branch (next, branch);
  gint64 to = (gint64) path + by;

  if (step == NULL || path >= step->paths->len || by == 0 || to < 0 || to >= step->paths->len)
    return FALSE;
  g_ptr_array_insert (step->paths, (int) to, g_ptr_array_steal_index (step->paths, path));
  wf_builder_commit (self, g_steal_pointer (&next), NULL, _ ("Move Path"), NULL,
                     wf_target_new_path (branch, (guint) to));
  return TRUE;
}

/* FALSE also when the path is as it was. */
gboolean
wf_builder_set_path (WfStepSelection *self, const char *branch, guint path, const char *name,
                     WfCondition *condition, const char *merge)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  WfStep *step = find_branch (next, branch);
  WfPath *changed;

  if (step == NULL || path >= step->paths->len)
    return FALSE;
  changed = g_ptr_array_index (step->paths, path);
  if (g_strcmp0 (changed->name, name) == 0 && wf_condition_equal (changed->condition, condition))
    return FALSE;
  g_set_str (&changed->name, name);
  if (condition != NULL)
    wf_condition_ref (condition);
  wf_condition_unref (changed->condition);
  changed->condition = condition;
  wf_workflow_document_change_named (wf_step_selection_get_document (self), g_steal_pointer (&next),
                                     merge, _ ("Change Path"));
  return TRUE;
}
