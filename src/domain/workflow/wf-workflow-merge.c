/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts two people's changes of one workflow together (S30). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-merge.h"

#include "wf-workflow-merge-private.h"

#include <string.h>

/* Policy. What only one side changed is taken from that side, and what both changed alike is taken
 * once. A place that both changed differently is mine, and a sentence says so. Places are:
 *
 * - each member of the workflow, of its trigger, of a step and of a path; conditions, times and
 *   lists of ids are one value each, and so is a wait, whose members belong together;
 * - whether a step or path is there: a deletion on one side against a change on the other is a
 *   conflict;
 * - in which sequence a step stands, and the order there.
 *
 * Steps are recognised by their ids, paths as wf-workflow-merge-side.c says. */

/* Members that are written otherwise. */
static const char *const apart_in_step[] = { "id", "paths", NULL };
static const char *const apart_in_path[] = { "steps", NULL };

typedef struct
{
  WfMergeSide base, mine, theirs;
  GPtrArray *conflicts; /* (nullable) of char* */
  GHashTable *places;   /* (owned) id -> list: of the steps that the result has */
  GHashTable *paths;    /* (owned) set of names: of the paths that the result has */
} Merge;

static void
tell (Merge *self, WfMergeConflict conflict, const WfJson *json, const char *member)
{
  wf_merge_tell (self->conflicts, conflict, json, member);
}

/* ---- what was changed ---- */

static gboolean is_edited (const Merge *self, const WfMergeSide *side, const WfMergeStep *step);

/* Something came into the sequence, or something in it was changed. */
static gboolean
is_list_edited (const Merge *self, const WfMergeSide *side, const char *list)
{
  const GPtrArray *ids = wf_merge_side_get_list (side, list);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const WfMergeStep *before = wf_merge_side_get_step (&self->base, id);

      if (before == NULL || strcmp (before->list, list) != 0 ||
          is_edited (self, side, wf_merge_side_get_step (side, id)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_path_edited (const Merge *self, const WfMergeSide *side, const char *name)
{
  const WfMergePath *before = wf_merge_side_get_path (&self->base, name);
  const WfMergePath *path = wf_merge_side_get_path (side, name);

  return before == NULL || wf_merge_differs (before->json, path->json, apart_in_path) ||
         is_list_edited (self, side, name);
}

/* Of a step that the base has. Recursion is bounded by the document's depth. */
static gboolean
is_edited (const Merge *self, const WfMergeSide *side, const WfMergeStep *step)
{
  const WfMergeStep *before = wf_merge_side_get_step (&self->base, step->id);
  const GPtrArray *paths = wf_merge_side_get_paths (side, step->id);

  if (before == NULL || wf_merge_differs (before->json, step->json, apart_in_step))
    return TRUE;
  for (guint i = 0; paths != NULL && i < paths->len; i++)
    if (is_path_edited (self, side, g_ptr_array_index (paths, i)))
      return TRUE;
  return FALSE;
}

static gboolean
is_moved (const Merge *self, const WfMergeStep *step)
{
  const WfMergeStep *before = wf_merge_side_get_step (&self->base, step->id);

  return before != NULL && strcmp (before->list, step->list) != 0;
}

/* ---- what the result has ---- */

static gboolean
has_list (const Merge *self, const char *list)
{
  return strcmp (list, WF_MERGE_TOP) == 0 || g_hash_table_contains (self->paths, list);
}

/* Mine has it, and theirs did away with the branch or path around it, in vain. */
static gboolean
is_kept_with_list (const Merge *self, const WfMergeStep *step)
{
  return strcmp (step->list, WF_MERGE_TOP) != 0 && has_list (self, step->list) &&
         wf_merge_side_get_path (&self->theirs, step->list) == NULL;
}

static gboolean
keeps_mine (Merge *self, const WfMergeStep *step)
{
  if (wf_merge_side_get_step (&self->theirs, step->id) != NULL ||
      wf_merge_side_get_step (&self->base, step->id) == NULL)
    return TRUE;
  if (is_edited (self, &self->mine, step) || is_moved (self, step))
    {
      tell (self, WF_MERGE_THEIRS_REMOVED, step->json, NULL);
      return TRUE;
    }
  return is_kept_with_list (self, step);
}

static gboolean
keeps_theirs (Merge *self, const WfMergeStep *step)
{
  if (wf_merge_side_get_step (&self->mine, step->id) != NULL)
    return TRUE;
  if (wf_merge_side_get_step (&self->base, step->id) == NULL)
    return has_list (self, step->list); /* else it went with what is around it, which is told */
  if (is_edited (self, &self->theirs, step) || is_moved (self, step))
    tell (self, WF_MERGE_MINE_REMOVED, step->json, NULL);
  return FALSE;
}

static gboolean
keeps_path (Merge *self, const WfMergeSide *side, const WfMergePath *path)
{
  const WfMergeSide *other = side == &self->mine ? &self->theirs : &self->mine;

  if (wf_merge_side_get_path (other, path->name) != NULL ||
      wf_merge_side_get_path (&self->base, path->name) == NULL ||
      wf_merge_side_get_step (other, path->branch) == NULL)
    return TRUE;
  if (is_path_edited (self, side, path->name))
    {
      tell (self, side == &self->mine ? WF_MERGE_THEIRS_REMOVED : WF_MERGE_MINE_REMOVED, path->json,
            NULL);
      return side == &self->mine;
    }
  return FALSE;
}

/* In reading order, so that what is around a step is known before it. */
static void
find_present (Merge *self, const WfMergeSide *side)
{
  for (guint i = 0; i < side->order->len; i++)
    {
      const WfMergeStep *step = g_ptr_array_index (side->order, i);
      const GPtrArray *paths = wf_merge_side_get_paths (side, step->id);

      if (side == &self->mine ? !keeps_mine (self, step) : !keeps_theirs (self, step))
        continue;
      g_hash_table_insert (self->places, (gpointer) step->id, (gpointer) step->list);
      for (guint j = 0; paths != NULL && j < paths->len; j++)
        {
          const char *name = g_ptr_array_index (paths, j);

          if (keeps_path (self, side, wf_merge_side_get_path (side, name)))
            g_hash_table_add (self->paths, (gpointer) name);
        }
    }
}

/* ---- where it stands ---- */

static const char *
choose_place (Merge *self, const char *id)
{
  const WfMergeStep *base = wf_merge_side_get_step (&self->base, id);
  const WfMergeStep *mine = wf_merge_side_get_step (&self->mine, id);
  const WfMergeStep *theirs = wf_merge_side_get_step (&self->theirs, id);

  if (mine == NULL || theirs == NULL)
    return mine != NULL ? mine->list : theirs->list;
  if (strcmp (mine->list, theirs->list) == 0 || !has_list (self, theirs->list))
    return mine->list;
  if (!has_list (self, mine->list))
    return theirs->list;
  if (base != NULL && strcmp (base->list, mine->list) == 0)
    return theirs->list;
  if (base == NULL || strcmp (base->list, theirs->list) != 0)
    tell (self, WF_MERGE_BOTH_MOVED, mine->json, NULL);
  return mine->list;
}

/* The branch around a list; NULL at the top. */
static const char *
get_branch (const Merge *self, const char *list)
{
  const WfMergePath *path = wf_merge_side_get_path (&self->mine, list);

  if (path == NULL)
    path = wf_merge_side_get_path (&self->theirs, list);
  return path != NULL ? path->branch : NULL;
}

static gboolean
is_inside_itself (const Merge *self, const char *id)
{
  const char *around = get_branch (self, g_hash_table_lookup (self->places, id));

  for (guint depth = 0; around != NULL && depth <= g_hash_table_size (self->places); depth++)
    {
      if (strcmp (around, id) == 0)
        return TRUE;
      around = get_branch (self, g_hash_table_lookup (self->places, around));
    }
  return FALSE;
}

/* Each side moved one branch into the other: mine is kept, where no branch is inside itself. */
static void
break_circles (Merge *self)
{
  for (guint i = 0; i < self->mine.order->len; i++)
    {
      const WfMergeStep *step = g_ptr_array_index (self->mine.order, i);
      const char *place = g_hash_table_lookup (self->places, step->id);

      if (place == NULL || !step->is_branch || !is_inside_itself (self, step->id) ||
          strcmp (place, step->list) == 0)
        continue;
      g_hash_table_replace (self->places, (gpointer) step->id,
                            (gpointer) (has_list (self, step->list) ? step->list : WF_MERGE_TOP));
      tell (self, WF_MERGE_BOTH_MOVED, step->json, NULL);
    }
}

static void
find_places (Merge *self, const WfMergeSide *side)
{
  for (guint i = 0; i < side->order->len; i++)
    {
      const char *id = ((const WfMergeStep *) g_ptr_array_index (side->order, i))->id;
      const char *place;

      if (!g_hash_table_contains (self->places, id) ||
          (side == &self->theirs && wf_merge_side_get_step (&self->mine, id) != NULL))
        continue;
      place = choose_place (self, id);
      g_hash_table_replace (self->places, (gpointer) id,
                            (gpointer) (has_list (self, place) ? place : WF_MERGE_TOP));
    }
}

/* ---- writing ---- */

/* Those that stand in the list in the result. */
static GPtrArray *
list_placed (const Merge *self, const GPtrArray *ids, const char *list)
{
  GPtrArray *placed = g_ptr_array_new ();

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *place = g_hash_table_lookup (self->places, g_ptr_array_index (ids, i));

      if (place != NULL && strcmp (place, list) == 0)
        g_ptr_array_add (placed, g_ptr_array_index (ids, i));
    }
  return placed;
}

/* What came here because its own place is gone stands last. */
static void
add_strays (const Merge *self, const char *list, GPtrArray *order)
{
  const WfMergeSide *sides[] = { &self->mine, &self->theirs };

  if (strcmp (list, WF_MERGE_TOP) != 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (guint j = 0; j < sides[i]->order->len; j++)
      {
        const WfMergeStep *step = g_ptr_array_index (sides[i]->order, j);

        if (g_strcmp0 (g_hash_table_lookup (self->places, step->id), list) == 0 &&
            !g_ptr_array_find_with_equal_func (order, step->id, g_str_equal, NULL))
          g_ptr_array_add (order, (gpointer) step->id);
      }
}

static GPtrArray *
order_list (Merge *self, const char *list)
{
  g_autoptr (GPtrArray) base = list_placed (self, wf_merge_side_get_list (&self->base, list), list);
  g_autoptr (GPtrArray) mine = list_placed (self, wf_merge_side_get_list (&self->mine, list), list);
  g_autoptr (GPtrArray) theirs =
      list_placed (self, wf_merge_side_get_list (&self->theirs, list), list);
  const WfMergePath *path = wf_merge_side_get_path (&self->mine, list);
  gboolean conflict;
  GPtrArray *order = wf_merge_order (base, mine, theirs, &conflict);

  if (conflict)
    tell (self, WF_MERGE_BOTH_ORDERED, path != NULL ? path->json : NULL, NULL);
  add_strays (self, list, order);
  return order;
}

static GPtrArray *
list_present_paths (const Merge *self, const GPtrArray *names)
{
  GPtrArray *present = g_ptr_array_new ();

  for (guint i = 0; names != NULL && i < names->len; i++)
    if (g_hash_table_contains (self->paths, g_ptr_array_index (names, i)))
      g_ptr_array_add (present, g_ptr_array_index (names, i));
  return present;
}

static GPtrArray *
order_paths (Merge *self, const char *branch)
{
  g_autoptr (GPtrArray) base =
      list_present_paths (self, wf_merge_side_get_paths (&self->base, branch));
  g_autoptr (GPtrArray) mine =
      list_present_paths (self, wf_merge_side_get_paths (&self->mine, branch));
  g_autoptr (GPtrArray) theirs =
      list_present_paths (self, wf_merge_side_get_paths (&self->theirs, branch));
  const WfMergeStep *step = wf_merge_side_get_step (&self->mine, branch);
  gboolean conflict;
  GPtrArray *order = wf_merge_order (base, mine, theirs, &conflict);

  if (conflict)
    tell (self, WF_MERGE_BOTH_ORDERED, step != NULL ? step->json : NULL, NULL);
  return order;
}

static void write_list (Merge *self, const char *list, WfJsonWriter *writer);

static const WfJson *
get_path_json (const WfMergeSide *side, const char *name)
{
  const WfMergePath *path = wf_merge_side_get_path (side, name);

  return path != NULL ? path->json : NULL;
}

static void
write_paths (Merge *self, const char *branch, WfJsonWriter *writer)
{
  g_autoptr (GPtrArray) names = order_paths (self, branch);

  wf_json_writer_begin_array (writer, "paths");
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      WfMergeMembers members = { .base = get_path_json (&self->base, name),
                                 .mine = get_path_json (&self->mine, name),
                                 .theirs = get_path_json (&self->theirs, name),
                                 .apart = apart_in_path };

      wf_merge_members_narrow_to_present (&members);
      members.subject = members.mine;
      wf_json_writer_begin_object (writer, NULL);
      wf_merge_members (&members, self->conflicts, writer);
      write_list (self, name, writer);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

static const WfJson *
get_step_json (const WfMergeSide *side, const char *id)
{
  const WfMergeStep *step = wf_merge_side_get_step (side, id);

  return step != NULL ? step->json : NULL;
}

static void
write_step (Merge *self, const char *id, WfJsonWriter *writer)
{
  WfMergeMembers members = { .base = get_step_json (&self->base, id),
                             .mine = get_step_json (&self->mine, id),
                             .theirs = get_step_json (&self->theirs, id),
                             .apart = apart_in_step };

  wf_merge_members_narrow_to_present (&members);
  wf_merge_members_narrow_to_one (&members, self->conflicts);
  members.subject = members.mine;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "id", id);
  wf_merge_members (&members, self->conflicts, writer);
  if (wf_merge_side_get_paths (&self->mine, id) != NULL ||
      wf_merge_side_get_paths (&self->theirs, id) != NULL)
    write_paths (self, id, writer);
  wf_json_writer_end (writer);
}

static void
write_list (Merge *self, const char *list, WfJsonWriter *writer)
{
  g_autoptr (GPtrArray) ids = order_list (self, list);

  wf_json_writer_begin_array (writer, "steps");
  for (guint i = 0; i < ids->len; i++)
    write_step (self, g_ptr_array_index (ids, i), writer);
  wf_json_writer_end (writer);
}

/* Who it is and how often it was published is theirs; what is under way there, too. */
static void
write_workflow (Merge *self, WfJsonWriter *writer)
{
  static const char *const apart[] = { "format", "id", "version", "trigger", "steps", NULL };
  static const char *const of_theirs[] = { "format", "id", "version", NULL };
  static const char *const decided[] = { "state",   "in-flight",      "paused", "resume",
                                         "release", "schedule-start", NULL };
  static const char *const not_told_of[] = { "note", NULL };
  WfMergeMembers members = { .base = self->base.root,
                             .mine = self->mine.root,
                             .theirs = self->theirs.root,
                             .apart = apart,
                             .of_theirs = decided,
                             .not_told_of = not_told_of };
  WfMergeMembers trigger = { .base = wf_json_get_member (self->base.root, "trigger"),
                             .mine = wf_json_get_member (self->mine.root, "trigger"),
                             .theirs = wf_json_get_member (self->theirs.root, "trigger") };

  wf_json_writer_begin_object (writer, NULL);
  for (guint i = 0; of_theirs[i] != NULL; i++)
    wf_json_writer_add_value (writer, of_theirs[i],
                              wf_json_get_member (self->theirs.root, of_theirs[i]));
  wf_merge_members (&members, self->conflicts, writer);
  wf_json_writer_begin_object (writer, "trigger");
  wf_merge_members (&trigger, self->conflicts, writer);
  wf_json_writer_end (writer);
  write_list (self, WF_MERGE_TOP, writer);
  wf_json_writer_end (writer);
}

/* ---- the whole ---- */

static gboolean
has_lost_steps (const WfProblems *problems)
{
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    if (g_str_equal (wf_problems_get (problems, i)->code, "too-deep") ||
        g_str_equal (wf_problems_get (problems, i)->code, "too-many-steps"))
      return TRUE;
  return FALSE;
}

static WfWorkflow *
put_together (Merge *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfWorkflow) merged = NULL;

  find_present (self, &self->mine);
  find_present (self, &self->theirs);
  find_places (self, &self->mine);
  find_places (self, &self->theirs);
  break_circles (self);
  write_workflow (self, writer);
  document = wf_json_writer_finish_document (writer);
  merged = wf_workflow_read (wf_json_document_get_root (document), problems);
  return has_lost_steps (problems) ? NULL : g_steal_pointer (&merged);
}

static WfWorkflow *
copy_with_ids (const WfWorkflow *workflow)
{
  WfWorkflow *copy = wf_workflow_copy (workflow);

  wf_merge_make_ids_unique (copy);
  return copy;
}

static WfWorkflow *
keep_mine (const WfWorkflow *mine, const WfWorkflow *theirs, GPtrArray *conflicts)
{
  WfWorkflow *kept = wf_workflow_copy (mine);

  kept->version = theirs->version;
  wf_merge_tell (conflicts, WF_MERGE_TOO_DEEP, NULL, NULL);
  return kept;
}

/**
 * wf_workflow_merge:
 * @base: (nullable): what both began with; without it everything that differs is a conflict
 * @mine: one side
 * @theirs: the other, which is published
 * @conflicts: (nullable) (element-type utf8): receives a sentence for each place that both changed
 *   differently; there mine is kept
 *
 * Returns: (transfer full): both together, with the version of @theirs
 */
WfWorkflow *
wf_workflow_merge (const WfWorkflow *base, const WfWorkflow *mine, const WfWorkflow *theirs,
                   GPtrArray *conflicts)
{
  g_autoptr (WfWorkflow) first = base != NULL ? copy_with_ids (base) : NULL;
  g_autoptr (WfWorkflow) own = copy_with_ids (mine);
  g_autoptr (WfWorkflow) other = copy_with_ids (theirs);
  guint n_before = conflicts != NULL ? conflicts->len : 0;
  WfWorkflow *merged;
  Merge self = { .conflicts = conflicts };

  wf_merge_part_ids (first, own, other);
  wf_merge_side_init (&self.base, first, NULL);
  wf_merge_side_init (&self.mine, own, &self.base);
  wf_merge_side_init (&self.theirs, other, &self.base);
  self.places = g_hash_table_new (g_str_hash, g_str_equal);
  self.paths = g_hash_table_new (g_str_hash, g_str_equal);
  merged = put_together (&self);
  if (merged == NULL)
    {
      if (conflicts != NULL)
        g_ptr_array_set_size (conflicts, (int) n_before);
      merged = keep_mine (mine, theirs, conflicts);
    }
  g_hash_table_unref (self.places);
  g_hash_table_unref (self.paths);
  wf_merge_side_clear (&self.base);
  wf_merge_side_clear (&self.mine);
  wf_merge_side_clear (&self.theirs);
  return merged;
}
