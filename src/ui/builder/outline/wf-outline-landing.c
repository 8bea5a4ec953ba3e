/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where steps go that are dropped on the outline.
 *
 * Policy. On the upper half of a step they go before it, on the lower half after it; on a path, or
 * the lower half of a branch, to the beginning of the path. At the end of a branch several places
 * share one line: how far the pointer is to the left says which of the sequences around it is
 * meant. Below the last line is the end of the workflow. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-outline-landing.h"

void
wf_outline_spot_clear (WfOutlineSpot *spot)
{
  g_clear_pointer (&spot->place, wf_target_free);
}

static WfTarget *
make_place (const WfStepPlace *place)
{
  return wf_target_new_place (place->branch, place->path, place->position);
}

/* Out of as many branches as end here, while the pointer stands for less than depth. branch, path:
 * whose end it is. */
static void
go_out (WfOutlineSpot *spot, const WfWorkflow *workflow, const char *branch, guint path,
        guint depth)
{
  while (branch != NULL && depth + 2 <= spot->depth)
    {
      const WfStep *step = wf_workflow_find_step (workflow, branch);
      WfStepPlace place;

      if (step == NULL || path + 1 < step->paths->len ||
          !wf_workflow_edit_locate (workflow, branch, &place))
        return;
      place.position++;
      wf_target_free (spot->place);
      spot->place = make_place (&place);
      spot->depth -= 2;
      /* Only what ends with this branch ends here too. */
      const WfStepPlace next = { place.branch, place.path, 0 };
      GPtrArray *sequence = wf_workflow_edit_get_sequence ((WfWorkflow *) workflow, &next);
      if (sequence == NULL || place.position < sequence->len)
        return;
      branch = place.branch;
      path = place.path;
    }
}

static void
find_at_path (WfOutlineSpot *spot, WfOutlineItem *item, const WfWorkflow *workflow, gboolean lower,
              guint depth)
{
  const WfTarget *target = wf_outline_item_get_target (item);
  const WfStepPlace place = { target->step, target->path, 0 };
  GPtrArray *steps = wf_workflow_edit_get_sequence ((WfWorkflow *) workflow, &place);

  spot->place = make_place (&place);
  spot->below = TRUE;
  spot->depth = wf_outline_item_get_depth (item) + 1;
  if (lower && steps != NULL && steps->len == 0)
    go_out (spot, workflow, target->step, target->path, depth);
}

static void
find_at_step (WfOutlineSpot *spot, WfOutlineItem *item, const WfWorkflow *workflow, gboolean lower,
              guint depth)
{
  const WfTarget *target = wf_outline_item_get_target (item);
  WfStepPlace place = { .position = G_MAXUINT };
  guint n, number = wf_outline_item_get_number (item, &n);

  wf_workflow_edit_locate (workflow, target->step, &place);
  place.position += lower;
  spot->place = make_place (&place);
  spot->below = lower;
  spot->depth = wf_outline_item_get_depth (item);
  if (lower && number == n)
    go_out (spot, workflow, place.branch, place.path, depth);
}

static void
find_at_first_path (WfOutlineSpot *spot, WfOutlineItem *branch)
{
  spot->place = wf_target_new_place (wf_outline_item_get_target (branch)->step, 0, 0);
  spot->row++;
  spot->below = TRUE;
  spot->depth = wf_outline_item_get_depth (branch) + 2;
}

static gboolean
has_paths (WfOutlineItem *item, const WfWorkflow *workflow)
{
  const WfStep *step =
      wf_outline_item_is_branch (item)
          ? wf_workflow_find_step (workflow, wf_outline_item_get_target (item)->step)
          : NULL;

  return step != NULL && step->kind == WF_STEP_BRANCH && step->paths->len > 0;
}

gboolean
wf_outline_find_spot (GListModel *items, const WfWorkflow *workflow, guint position, gboolean lower,
                      guint depth, WfOutlineSpot *spot)
{
  guint n = g_list_model_get_n_items (items);
  g_autoptr (WfOutlineItem) item = NULL;

  if (n == 0)
    return FALSE;
  *spot = (WfOutlineSpot) { .row = MIN (position, n - 1), .below = TRUE };
  item = g_list_model_get_item (items, spot->row);
  if (position >= n)
    spot->place = wf_target_new_place (NULL, 0, G_MAXUINT);
  else if (wf_outline_item_get_target (item)->kind == WF_TARGET_TRIGGER)
    spot->place = wf_target_new_place (NULL, 0, 0);
  else if (wf_outline_item_is_path (item))
    find_at_path (spot, item, workflow, lower, depth);
  else if (lower && has_paths (item, workflow))
    find_at_first_path (spot, item);
  else
    find_at_step (spot, item, workflow, lower, depth);
  return TRUE;
}
