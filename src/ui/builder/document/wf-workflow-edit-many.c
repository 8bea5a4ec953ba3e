/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of several steps at once. Each walks the workflow once, however many steps there are. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-workflow-edit.h"

typedef struct
{
  GHashTable *ids; /* still looked for */
  GArray *roots;
} RootSearch;

/* An id that a damaged document has twice means its first step, here as in
 * wf_workflow_find_step(). */
static void
find_roots (RootSearch *search, GPtrArray *steps, const char *branch, guint path)
{
  for (guint i = 0; i < steps->len && g_hash_table_size (search->ids) > 0; i++)
    {
      WfStep *step = g_ptr_array_index (steps, i);
      const WfStepRoot root = { step, steps, { branch, path, i } };

      if (g_hash_table_remove (search->ids, step->id))
        {
          g_array_append_val (search->roots, root);
          continue;
        }
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        find_roots (search, ((WfPath *) g_ptr_array_index (step->paths, j))->steps, step->id, j);
    }
}

GArray *
wf_workflow_edit_find_roots (const WfWorkflow *workflow, GHashTable *ids)
{
  g_autoptr (GHashTable) left = g_hash_table_new (g_str_hash, g_str_equal);
  RootSearch search = { left, g_array_new (FALSE, FALSE, sizeof (WfStepRoot)) };
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (left, id);
  find_roots (&search, workflow->steps, NULL, 0);
  return search.roots;
}

gboolean
wf_workflow_edit_is_block (const GArray *roots)
{
  const WfStepRoot *first = &g_array_index (roots, WfStepRoot, 0);

  for (guint i = 0; i < roots->len; i++)
    {
      const WfStepRoot *root = &g_array_index (roots, WfStepRoot, i);

      if (root->sequence != first->sequence || root->place.position != first->place.position + i)
        return FALSE;
    }
  return roots->len > 0;
}

static gboolean
has_sequence (const WfStep *step, GPtrArray *sequence)
{
  for (guint i = 0; step->kind == WF_STEP_BRANCH && i < step->paths->len; i++)
    {
      GPtrArray *steps = ((WfPath *) g_ptr_array_index (step->paths, i))->steps;

      if (steps == sequence)
        return TRUE;
      for (guint j = 0; j < steps->len; j++)
        if (has_sequence (g_ptr_array_index (steps, j), sequence))
          return TRUE;
    }
  return FALSE;
}

/* It is only looked at. */
static GPtrArray *
get_sequence (const WfWorkflow *workflow, const WfStepPlace *place)
{
  return wf_workflow_edit_get_sequence ((WfWorkflow *) workflow, place);
}

gboolean
wf_workflow_edit_is_outside (const WfWorkflow *workflow, const GArray *roots,
                             const WfStepPlace *place)
{
  GPtrArray *sequence = get_sequence (workflow, place);

  if (sequence == NULL)
    return FALSE;
  for (guint i = 0; i < roots->len; i++)
    if (has_sequence (g_array_index (roots, WfStepRoot, i).step, sequence))
      return FALSE;
  return TRUE;
}

GPtrArray *
wf_workflow_edit_take (WfWorkflow *workflow, const GArray *roots)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_step_free);

  g_ptr_array_set_size (taken, (int) roots->len);
  /* From the last one, so that the positions of those before it stay right. */
  for (guint i = roots->len; i > 0; i--)
    {
      const WfStepRoot *root = &g_array_index (roots, WfStepRoot, i - 1);

      g_ptr_array_index (taken, i - 1) =
          g_ptr_array_steal_index (root->sequence, root->place.position);
    }
  return taken;
}

static void
insert_into (GPtrArray *sequence, guint position, GPtrArray *steps)
{
  guint n = steps->len, at = MIN (position, sequence->len);

  g_ptr_array_set_size (sequence, (int) (sequence->len + n));
  memmove (sequence->pdata + at + n, sequence->pdata + at,
           (sequence->len - n - at) * sizeof (gpointer));
  for (guint i = 0; i < n; i++)
    sequence->pdata[at + i] = g_ptr_array_index (steps, i);
  /* They belong to the sequence now: only the array forgets them. */
  g_free (g_ptr_array_steal (steps, NULL));
}

gboolean
wf_workflow_edit_insert_many (WfWorkflow *workflow, const WfStepPlace *place, GPtrArray *steps)
{
  GPtrArray *sequence = wf_workflow_edit_get_sequence (workflow, place);

  if (sequence == NULL)
    return FALSE;
  insert_into (sequence, place->position, steps);
  return TRUE;
}

/* ---- moving ---- */

/* How many of the roots stand before the place in its sequence. */
static guint
count_before (const GArray *roots, GPtrArray *sequence, guint position)
{
  guint n = 0;

  for (guint i = 0; i < roots->len; i++)
    {
      const WfStepRoot *root = &g_array_index (roots, WfStepRoot, i);

      n += root->sequence == sequence && root->place.position < position;
    }
  return n;
}

static gboolean
stands_there (const GArray *roots, GPtrArray *sequence, guint position)
{
  const WfStepRoot *first = &g_array_index (roots, WfStepRoot, 0);
  guint at = MIN (position, sequence->len);

  return first->sequence == sequence && wf_workflow_edit_is_block (roots) &&
         at >= first->place.position && at <= first->place.position + roots->len;
}

/* The levels of branches that a step itself has: 0 for one without paths. */
static guint
get_height (const WfStep *step)
{
  guint most = 0;

  for (guint i = 0; step->kind == WF_STEP_BRANCH && i < step->paths->len; i++)
    {
      GPtrArray *steps = ((WfPath *) g_ptr_array_index (step->paths, i))->steps;

      most = MAX (most, 1);
      for (guint j = 0; j < steps->len; j++)
        most = MAX (most, 1 + get_height (g_ptr_array_index (steps, j)));
    }
  return most;
}

/* The levels of branches around a sequence. */
static gboolean
find_depth (GPtrArray *steps, GPtrArray *sequence, guint depth, guint *found)
{
  if (steps == sequence)
    {
      *found = depth;
      return TRUE;
    }
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        if (find_depth (((WfPath *) g_ptr_array_index (step->paths, j))->steps, sequence, depth + 1,
                        found))
          return TRUE;
    }
  return FALSE;
}

/* What does not become deeper than it was is no reason to refuse: a workflow that passes the limit
 * already can be mended. */
static gboolean
is_too_deep (const WfWorkflow *workflow, GPtrArray *sequence, const WfStepRoot *root)
{
  guint depth = 0, before = 0;

  find_depth (workflow->steps, sequence, 0, &depth);
  find_depth (workflow->steps, root->sequence, 0, &before);
  return depth > before && depth + get_height (root->step) > WF_WORKFLOW_MOST_DEPTH;
}

gboolean
wf_workflow_edit_can_move_to (const WfWorkflow *workflow, const GArray *roots,
                              const WfStepPlace *place)
{
  GPtrArray *sequence = get_sequence (workflow, place);

  if (sequence == NULL || roots->len == 0 || stands_there (roots, sequence, place->position) ||
      !wf_workflow_edit_is_outside (workflow, roots, place))
    return FALSE;
  for (guint i = 0; i < roots->len; i++)
    if (is_too_deep (workflow, sequence, &g_array_index (roots, WfStepRoot, i)))
      return FALSE;
  return TRUE;
}

gboolean
wf_workflow_edit_move_to (WfWorkflow *workflow, const GArray *roots, const WfStepPlace *place)
{
  GPtrArray *sequence = wf_workflow_edit_get_sequence (workflow, place);
  g_autoptr (GPtrArray) taken = NULL;
  guint position;

  if (!wf_workflow_edit_can_move_to (workflow, roots, place))
    return FALSE;
  position = MIN (place->position, sequence->len);
  position -= count_before (roots, sequence, position);
  taken = wf_workflow_edit_take (workflow, roots);
  insert_into (sequence, position, taken);
  return TRUE;
}

/* ---- copies ---- */

GPtrArray *
wf_workflow_edit_copy_roots (const GArray *roots)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_step_free);

  for (guint i = 0; i < roots->len; i++)
    g_ptr_array_add (copies, wf_step_copy (g_array_index (roots, WfStepRoot, i).step));
  return copies;
}

typedef struct
{
  GHashTable *ids; /* of the workflow */
  guint next;
} Renumbering;

static void
on_collect_id (WfStep *step, gpointer user_data)
{
  g_hash_table_add (user_data, step->id);
}

static char *
make_id (Renumbering *self)
{
  for (;;)
    {
      g_autofree char *id = g_strdup_printf ("step-%u", self->next++);

      if (!g_hash_table_contains (self->ids, id))
        return g_steal_pointer (&id);
    }
}

static void
renumber (Renumbering *self, GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      WfStep *step = g_ptr_array_index (steps, i);

      g_free (step->id);
      step->id = make_id (self);
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        renumber (self, ((WfPath *) g_ptr_array_index (step->paths, j))->steps);
    }
}

void
wf_workflow_edit_renumber (const WfWorkflow *workflow, GPtrArray *steps)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  Renumbering self = { ids, 1 };

  wf_workflow_foreach_step (workflow, on_collect_id, ids);
  self.next = g_hash_table_size (ids) + 1;
  renumber (&self, steps);
}

static gboolean
have_free_ids (GHashTable *ids, GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      if (!wf_workflow_edit_has_id (step) || !g_hash_table_add (ids, step->id))
        return FALSE;
      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        if (!have_free_ids (ids, ((WfPath *) g_ptr_array_index (step->paths, j))->steps))
          return FALSE;
    }
  return TRUE;
}

gboolean
wf_workflow_edit_have_free_ids (const WfWorkflow *workflow, GPtrArray *steps)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  wf_workflow_foreach_step (workflow, on_collect_id, ids);
  return have_free_ids (ids, steps);
}

static guint
count_steps (GPtrArray *steps)
{
  guint n = steps->len;

  for (guint i = 0; i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        n += count_steps (((WfPath *) g_ptr_array_index (step->paths, j))->steps);
    }
  return n;
}

guint
wf_workflow_edit_count (const WfWorkflow *workflow)
{
  return count_steps (workflow->steps);
}

gboolean
wf_workflow_edit_fits (const WfWorkflow *workflow, const WfStepPlace *place, GPtrArray *steps)
{
  GPtrArray *sequence = get_sequence (workflow, place);
  guint depth = 0;

  if (sequence == NULL ||
      wf_workflow_edit_count (workflow) + count_steps (steps) > WF_EDIT_MOST_STEPS)
    return FALSE;
  find_depth (workflow->steps, sequence, 0, &depth);
  for (guint i = 0; i < steps->len; i++)
    if (depth + get_height (g_ptr_array_index (steps, i)) > WF_WORKFLOW_MOST_DEPTH)
      return FALSE;
  return TRUE;
}
