/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does with the steps of a workflow. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-builder-commands-private.h"

#include <glib/gi18n-lib.h>

WfWorkflow *
wf_builder_get_workflow (WfStepSelection *self)
{
  return wf_workflow_document_get_workflow (wf_step_selection_get_document (self));
}

GArray *
wf_builder_find_roots (WfStepSelection *self, const WfWorkflow *workflow)
{
  g_auto (GStrv) selected = wf_step_selection_dup_ids (self, FALSE);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  const WfTarget *focus = wf_step_selection_get_focus (self);

  for (guint i = 0; selected[i] != NULL; i++)
    g_hash_table_add (ids, selected[i]);
  if (selected[0] == NULL && focus->kind == WF_TARGET_STEP)
    g_hash_table_add (ids, focus->step);
  return wf_workflow_edit_find_roots (workflow, ids);
}

char **
wf_builder_dup_ids (GPtrArray *steps)
{
  char **ids = g_new0 (char *, steps->len + 1);

  for (guint i = 0; i < steps->len; i++)
    ids[i] = g_strdup (((WfStep *) g_ptr_array_index (steps, i))->id);
  return ids;
}

char **
wf_builder_dup_root_ids (const GArray *roots)
{
  char **ids = g_new0 (char *, roots->len + 1);

  for (guint i = 0; i < roots->len; i++)
    ids[i] = g_strdup (g_array_index (roots, WfStepRoot, i).step->id);
  return ids;
}

void
wf_builder_commit (WfStepSelection *self, WfWorkflow *next, const char *merge, const char *name,
                   char **ids, WfTarget *focus)
{
  if (focus == NULL && ids != NULL && ids[0] != NULL)
    focus = wf_target_new_step (ids[g_strv_length (ids) - 1]);
  wf_workflow_document_change_selecting (wf_step_selection_get_document (self), next, merge, name,
                                         wf_selection_state_new_take (ids, focus));
}

/* ---- delete ---- */

/* What a person looks at next: the step that takes the place of the last one that goes, the one
 * before, the path, the trigger. */
static WfTarget *
find_neighbour (const GArray *roots)
{
  const WfStepRoot *last = &g_array_index (roots, WfStepRoot, roots->len - 1);
  g_autoptr (GHashTable) gone = g_hash_table_new (NULL, NULL);
  const WfStepPlace *place = &last->place;

  for (guint i = 0; i < roots->len; i++)
    g_hash_table_add (gone, g_array_index (roots, WfStepRoot, i).step);
  if (place->position + 1 < last->sequence->len)
    return wf_target_new_step (
        ((WfStep *) g_ptr_array_index (last->sequence, place->position + 1))->id);
  for (guint i = place->position; i > 0; i--)
    {
      const WfStep *before = g_ptr_array_index (last->sequence, i - 1);

      if (!g_hash_table_contains (gone, before))
        return wf_target_new_step (before->id);
    }
  return place->branch != NULL ? wf_target_new_path (place->branch, place->path)
                               : wf_target_new_trigger ();
}

gboolean
wf_builder_can_delete (WfStepSelection *self)
{
  g_autoptr (GArray) roots = wf_builder_find_roots (self, wf_builder_get_workflow (self));

  return roots->len > 0;
}

gboolean
wf_builder_delete_as (WfStepSelection *self, const char *name)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  g_autoptr (GArray) roots = wf_builder_find_roots (self, next);
  g_autoptr (GPtrArray) taken = NULL;
  WfTarget *focus;
  char **ids;

  if (roots->len == 0)
    return FALSE;
  focus = find_neighbour (roots);
  ids = g_new0 (char *, 2);
  if (focus->kind == WF_TARGET_STEP)
    ids[0] = g_strdup (focus->step);
  taken = wf_workflow_edit_take (next, roots);
  wf_builder_commit (self, g_steal_pointer (&next), NULL, name, ids, focus);
  return TRUE;
}

/* The step that takes the place becomes selected. */
gboolean
wf_builder_delete (WfStepSelection *self)
{
  g_autoptr (GArray) roots = wf_builder_find_roots (self, wf_builder_get_workflow (self));

  return wf_builder_delete_as (self, ngettext ("Delete Step", "Delete Steps", (gulong) roots->len));
}

/* ---- add, duplicate, wrap ---- */

gboolean
wf_builder_insert (WfStepSelection *self, const WfStepPlace *place, GPtrArray *steps,
                   const char *name)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  WfStepPlace at;
  char **ids;

  if (place != NULL)
    at = *place;
  else
    wf_target_get_place (wf_step_selection_get_focus (self), next, &at);
  if (steps->len == 0 || !wf_workflow_edit_fits (next, &at, steps))
    return FALSE;
  ids = wf_builder_dup_ids (steps);
  wf_workflow_edit_insert_many (next, &at, steps);
  wf_builder_commit (self, g_steal_pointer (&next), NULL, name, ids, NULL);
  return TRUE;
}

/**
 * wf_builder_add:
 * @self: the selection
 * @place: (nullable): where; %NULL: after the focus
 * @step: (transfer full): it gets an id unless it has one that is free. A branch without paths gets
 *   the first two.
 *
 * Returns: %FALSE when there is no such place, or the workflow cannot take more
 */
gboolean
wf_builder_add (WfStepSelection *self, const WfStepPlace *place, WfStep *step)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_step_free);
  WfWorkflow *workflow = wf_builder_get_workflow (self);

  g_ptr_array_add (steps, step);
  if (step->kind == WF_STEP_BRANCH && step->paths->len == 0)
    wf_workflow_edit_add_usual_paths (step);
  if (!wf_workflow_edit_have_free_ids (workflow, steps))
    wf_workflow_edit_renumber (workflow, steps);
  return wf_builder_insert (self, place, steps, _ ("Add Step"));
}

/* The last root of those that stand in the same sequence as the one at index. */
static guint
find_last_of_sequence (const GArray *roots, guint index)
{
  guint last = index;

  for (guint i = index + 1; i < roots->len; i++)
    if (g_array_index (roots, WfStepRoot, i).sequence ==
        g_array_index (roots, WfStepRoot, index).sequence)
      last = i;
  return last;
}

/* The copies of the steps of one sequence follow its last one. From the end, so that the places of
 * those before stay right. */
static void
insert_copies (const GArray *roots, GPtrArray *copies)
{
  for (guint i = roots->len; i > 0; i--)
    {
      const WfStepRoot *root = &g_array_index (roots, WfStepRoot, i - 1);
      const WfStepRoot *last =
          &g_array_index (roots, WfStepRoot, find_last_of_sequence (roots, i - 1));

      g_ptr_array_insert (root->sequence, (int) last->place.position + 1,
                          g_ptr_array_index (copies, i - 1));
    }
}

/* The copies become selected. */
gboolean
wf_builder_duplicate (WfStepSelection *self)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  g_autoptr (GArray) roots = wf_builder_find_roots (self, next);
  g_autoptr (GPtrArray) copies = wf_workflow_edit_copy_roots (roots);
  const WfStepPlace top = { 0 };
  char **ids;

  if (roots->len == 0 || !wf_workflow_edit_fits (next, &top, copies))
    return FALSE;
  wf_workflow_edit_renumber (next, copies);
  ids = wf_builder_dup_ids (copies);
  insert_copies (roots, copies);
  g_free (g_ptr_array_steal (copies, NULL));
  wf_builder_commit (self, g_steal_pointer (&next), NULL,
                     ngettext ("Duplicate Step", "Duplicate Steps", (gulong) roots->len), ids,
                     NULL);
  return TRUE;
}

/* The branch becomes selected. Steps from several places come together in reading order where the
 * first one stood. */
gboolean
wf_builder_wrap_in_branch (WfStepSelection *self)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  g_autoptr (GArray) roots = wf_builder_find_roots (self, next);
  g_autoptr (GPtrArray) taken = NULL;
  WfStepPlace inside, place;
  WfStep *branch;
  char **ids;

  if (roots->len == 0 || wf_workflow_edit_count (next) >= WF_EDIT_MOST_STEPS)
    return FALSE;
  place = g_array_index (roots, WfStepRoot, 0).place;
  branch = wf_step_new (WF_STEP_BRANCH);
  g_free (branch->id);
  branch->id = wf_workflow_make_step_id (next);
  wf_workflow_edit_add_usual_paths (branch);
  taken = wf_workflow_edit_take (next, roots);
  wf_workflow_edit_insert (next, &place, branch);
  inside = (WfStepPlace) { branch->id, 0, 0 };
  if (!wf_workflow_edit_fits (next, &inside, taken))
    return FALSE;
  wf_workflow_edit_insert_many (next, &inside, taken);
  ids = g_new0 (char *, 2);
  ids[0] = g_strdup (branch->id);
  wf_builder_commit (self, g_steal_pointer (&next), NULL, _ ("Put into a Branch"), ids, NULL);
  return TRUE;
}

/* ---- replace ---- */

static gboolean
is_same (const WfStep *a, const WfStep *b)
{
  g_autofree char *text_a = wf_step_to_text (a);
  g_autofree char *text_b = wf_step_to_text (b);

  return g_str_equal (text_a, text_b);
}

/* FALSE also when the step is as it was: nothing is there to be undone. */
gboolean
wf_builder_replace (WfStepSelection *self, const WfStep *step, const char *merge)
{
  g_autoptr (WfWorkflow) next = NULL;
  const WfStep *old = wf_workflow_find_step (wf_builder_get_workflow (self), step->id);

  if (old == NULL || is_same (old, step))
    return FALSE;
  next = wf_workflow_copy (wf_builder_get_workflow (self));
  wf_workflow_edit_replace (next, step->id, wf_step_copy (step));
  wf_workflow_document_change_named (wf_step_selection_get_document (self), g_steal_pointer (&next),
                                     merge, _ ("Change Step"));
  return TRUE;
}
