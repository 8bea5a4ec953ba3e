/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving steps: by one line of the outline, or to a place.
 *
 * Policy. One block of steps moves as a line of an outline does: past the step above or below it,
 * into the nearest path of a branch that stands there, from path to path, and at the branch's edge
 * out of it again; up and down undo each other. Several blocks move each within its own sequence,
 * as far as it has room: what a person selected apart stays apart. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-builder-commands-private.h"

#include <glib/gi18n-lib.h>

/* The branch at index, when it has paths to go into; else NULL. */
static const WfStep *
get_open_branch (GPtrArray *sequence, guint index)
{
  const WfStep *step = g_ptr_array_index (sequence, index);

  return step->kind == WF_STEP_BRANCH && step->paths->len > 0 ? step : NULL;
}

/* The place above a block, in terms of the workflow as it is; FALSE at the very top. */
static gboolean
find_above (const WfWorkflow *workflow, const WfStepRoot *first, WfStepPlace *place)
{
  const WfStep *branch;

  *place = first->place;
  if (place->position > 0)
    {
      branch = get_open_branch (first->sequence, place->position - 1);
      if (branch == NULL)
        place->position--;
      else
        *place = (WfStepPlace) { branch->id, branch->paths->len - 1, G_MAXUINT };
      return TRUE;
    }
  if (place->branch == NULL)
    return FALSE;
  if (place->path == 0)
    return wf_workflow_edit_locate (workflow, place->branch, place);
  *place = (WfStepPlace) { place->branch, place->path - 1, G_MAXUINT };
  return TRUE;
}

static gboolean
find_below (const WfWorkflow *workflow, const WfStepRoot *last, WfStepPlace *place)
{
  const WfStep *branch;

  *place = last->place;
  if (place->position + 1 < last->sequence->len)
    {
      branch = get_open_branch (last->sequence, place->position + 1);
      if (branch == NULL)
        place->position += 2;
      else
        *place = (WfStepPlace) { branch->id, 0, 0 };
      return TRUE;
    }
  if (place->branch == NULL)
    return FALSE;
  branch = wf_workflow_find_step (workflow, place->branch);
  if (place->path + 1 < branch->paths->len)
    {
      *place = (WfStepPlace) { place->branch, place->path + 1, 0 };
      return TRUE;
    }
  wf_workflow_edit_locate (workflow, place->branch, place);
  place->position++;
  return TRUE;
}

/* ---- one block ---- */

/* Past a branch that cannot be gone into, because that would be too deep. */
static gboolean
find_past (const GArray *block, int by, WfStepPlace *place)
{
  const WfStepRoot *first = &g_array_index (block, WfStepRoot, 0);
  const WfStepRoot *last = &g_array_index (block, WfStepRoot, block->len - 1);

  *place = by < 0 ? first->place : last->place;
  if (by < 0 ? place->position == 0 : place->position + 1 >= last->sequence->len)
    return FALSE;
  place->position = by < 0 ? place->position - 1 : place->position + 2;
  return TRUE;
}

static gboolean
find_place_of_block (const WfWorkflow *workflow, const GArray *block, int by, WfStepPlace *place)
{
  const WfStepRoot *first = &g_array_index (block, WfStepRoot, 0);
  const WfStepRoot *last = &g_array_index (block, WfStepRoot, block->len - 1);

  if ((by < 0 ? find_above (workflow, first, place) : find_below (workflow, last, place)) &&
      wf_workflow_edit_can_move_to (workflow, block, place))
    return TRUE;
  return find_past (block, by, place) && wf_workflow_edit_can_move_to (workflow, block, place);
}

/* ---- several blocks ---- */

/* Whether the root can take the place of the one beside it, which is not one of the roots that stay
 * at the edge. */
static gboolean
swap_in_sequence (const WfStepRoot *root, int by, GHashTable *stuck)
{
  guint index;
  gpointer other;

  g_ptr_array_find (root->sequence, root->step, &index);
  if (by < 0 ? index == 0 : index + 1 >= root->sequence->len)
    return FALSE;
  other = g_ptr_array_index (root->sequence, (int) index + by);
  if (g_hash_table_contains (stuck, other))
    return FALSE;
  root->sequence->pdata[(int) index + by] = root->step;
  root->sequence->pdata[index] = other;
  return TRUE;
}

static gboolean
move_blocks (const GArray *roots, int by)
{
  g_autoptr (GHashTable) stuck = g_hash_table_new (NULL, NULL);
  gboolean moved = FALSE;

  for (guint i = 0; i < roots->len; i++)
    {
      const WfStepRoot *root = &g_array_index (roots, WfStepRoot, by < 0 ? i : roots->len - 1 - i);

      if (swap_in_sequence (root, by, stuck))
        moved = TRUE;
      else
        g_hash_table_add (stuck, root->step);
    }
  return moved;
}

static gboolean
can_move_blocks (const GArray *roots, int by)
{
  guint n_first = 0, n_last = 0;

  /* They are all stuck when each sequence's roots stand together at its edge. */
  for (guint i = 0; i < roots->len; i++)
    {
      const WfStepRoot *root = &g_array_index (roots, WfStepRoot, by < 0 ? i : roots->len - 1 - i);
      const WfStepRoot *before =
          i > 0 ? &g_array_index (roots, WfStepRoot, by < 0 ? i - 1 : roots->len - i) : NULL;
      gboolean follows = before != NULL && before->sequence == root->sequence;

      n_first = follows ? n_first + 1 : 0;
      n_last = by < 0 ? root->place.position : root->sequence->len - 1 - root->place.position;
      if (n_last != n_first)
        return TRUE;
    }
  return FALSE;
}

/* ---- commands ---- */

static const char *
get_name (const GArray *roots)
{
  return ngettext ("Move Step", "Move Steps", (gulong) roots->len);
}

gboolean
wf_builder_can_move (WfStepSelection *self, int by)
{
  const WfWorkflow *workflow = wf_builder_get_workflow (self);
  g_autoptr (GArray) roots = wf_builder_find_roots (self, workflow);
  WfStepPlace place;

  if (wf_workflow_edit_is_block (roots))
    return find_place_of_block (workflow, roots, by, &place);
  return can_move_blocks (roots, by);
}

static gboolean
move_roots (WfWorkflow *workflow, const GArray *roots, int by)
{
  WfStepPlace place;

  if (!wf_workflow_edit_is_block (roots))
    return move_blocks (roots, by);
  return find_place_of_block (workflow, roots, by, &place) &&
         wf_workflow_edit_move_to (workflow, roots, &place);
}

/* The moved steps are selected, the focus stays with the step that has it. */
static void
commit_move (WfStepSelection *self, WfWorkflow *next, const GArray *roots)
{
  const WfTarget *focus = wf_step_selection_get_focus (self);

  wf_builder_commit (self, next, NULL, get_name (roots), wf_builder_dup_root_ids (roots),
                     focus->kind == WF_TARGET_STEP ? wf_target_copy (focus) : NULL);
}

gboolean
wf_builder_move (WfStepSelection *self, int by)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  g_autoptr (GArray) roots = wf_builder_find_roots (self, next);

  if (!move_roots (next, roots, by))
    return FALSE;
  commit_move (self, g_steal_pointer (&next), roots);
  return TRUE;
}

gboolean
wf_builder_can_move_to (WfStepSelection *self, const WfStepPlace *place)
{
  const WfWorkflow *workflow = wf_builder_get_workflow (self);
  g_autoptr (GArray) roots = wf_builder_find_roots (self, workflow);

  return wf_workflow_edit_can_move_to (workflow, roots, place);
}

gboolean
wf_builder_move_to (WfStepSelection *self, const WfStepPlace *place)
{
  g_autoptr (WfWorkflow) next = wf_workflow_copy (wf_builder_get_workflow (self));
  g_autoptr (GArray) roots = wf_builder_find_roots (self, next);

  if (!wf_workflow_edit_move_to (next, roots, place))
    return FALSE;
  commit_move (self, g_steal_pointer (&next), roots);
  return TRUE;
}

/* The copies become selected. */
gboolean
wf_builder_copy_to (WfStepSelection *self, const WfStepPlace *place)
{
  const WfWorkflow *workflow = wf_builder_get_workflow (self);
  g_autoptr (GArray) roots = wf_builder_find_roots (self, workflow);
  g_autoptr (GPtrArray) copies = wf_workflow_edit_copy_roots (roots);

  wf_workflow_edit_renumber (workflow, copies);
  return wf_builder_insert (self, place, copies,
                            ngettext ("Copy Step", "Copy Steps", (gulong) roots->len));
}
