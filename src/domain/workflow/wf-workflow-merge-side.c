/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One side of a merge, taken apart. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-workflow-merge-private.h"

#include <string.h>

static void
path_free (gpointer data)
{
  WfMergePath *self = data;

  g_free (self->name);
  g_free (self);
}

/* ---- paths ---- */

/* Paths have no ids. One is the base's with the same name, else one with some of the same steps,
 * else the one at its place; what is left is new and is called by its name. */

static const char *
get_name (const WfJson *path)
{
  const char *name = wf_json_get_member_string (path, "name");

  return name != NULL ? name : "";
}

static gboolean
has_same_name (const WfJson *a, const WfJson *b)
{
  return strcmp (get_name (a), get_name (b)) == 0;
}

static gboolean
has_step (const WfJson *path, const char *id)
{
  const WfJson *steps = wf_json_get_member (path, "steps"), *step;
  WfJsonIter iter;

  wf_json_iter_init (&iter, steps);
  while (wf_json_iter_next (&iter, NULL, &step))
    if (g_strcmp0 (wf_json_get_member_string (step, "id"), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
shares_step (const WfJson *a, const WfJson *b)
{
  const WfJson *steps = wf_json_get_member (a, "steps"), *step;
  WfJsonIter iter;

  wf_json_iter_init (&iter, steps);
  while (wf_json_iter_next (&iter, NULL, &step))
    if (has_step (b, wf_json_get_member_string (step, "id")))
      return TRUE;
  return FALSE;
}

typedef gboolean (*Fits) (const WfJson *a, const WfJson *b);

/* matches: of int, -1 where a path of this side has none so far. fits NULL: the same place. */
static void
match (const WfJson *base, const WfJson *side, Fits fits, int *matches, gboolean *taken)
{
  guint n_base = wf_json_get_size (base), n_side = wf_json_get_size (side);

  for (guint i = 0; i < n_side; i++)
    for (guint j = 0; matches[i] < 0 && j < n_base; j++)
      {
        if (taken[j] ||
            (fits != NULL ? !fits (wf_json_get_element (base, j), wf_json_get_element (side, i))
                          : n_base != n_side || i != j))
          continue;
        matches[i] = (int) j;
        taken[j] = TRUE;
      }
}

static int *
match_paths (const WfJson *base, const WfJson *side)
{
  guint n_side = wf_json_get_size (side);
  int *matches = g_new (int, n_side + 1);
  g_autofree gboolean *taken = g_new0 (gboolean, wf_json_get_size (base) + 1);

  for (guint i = 0; i < n_side; i++)
    matches[i] = -1;
  match (base, side, has_same_name, matches, taken);
  match (base, side, shares_step, matches, taken);
  match (base, side, NULL, matches, taken);
  return matches;
}

/* Ids and names may contain anything but what comes between them. */
static char *
make_list_name (const WfMergeSide *self, const char *branch, int match, const WfJson *path)
{
  if (match >= 0)
    return g_strdup_printf ("%s\x1f%d", branch, match);
  for (guint n = 0;; n++)
    {
      g_autofree char *name = g_strdup_printf ("%s\x1f+%u\x1f%s", branch, n, get_name (path));

      if (!g_hash_table_contains (self->paths, name))
        return g_steal_pointer (&name);
    }
}

/* ---- taking apart ---- */

static void add_list (WfMergeSide *self, const WfMergeSide *base, const char *list,
                      const WfJson *steps);

static void
add_paths (WfMergeSide *self, const WfMergeSide *base, const WfMergeStep *step)
{
  const WfMergeStep *before = base != NULL ? wf_merge_side_get_step (base, step->id) : NULL;
  const WfJson *paths = wf_json_get_member (step->json, "paths");
  g_autofree int *matches =
      match_paths (before != NULL ? wf_json_get_member (before->json, "paths") : NULL, paths);
  GPtrArray *names = g_ptr_array_new ();

  g_hash_table_insert (self->branches, (gpointer) step->id, names);
  for (guint i = 0; i < wf_json_get_size (paths); i++)
    {
      WfMergePath *path = g_new0 (WfMergePath, 1);

      path->json = wf_json_get_element (paths, i);
      path->branch = step->id;
      path->name = make_list_name (self, step->id, base == NULL ? (int) i : matches[i], path->json);
      g_hash_table_insert (self->paths, path->name, path);
      g_ptr_array_add (names, path->name);
      add_list (self, base, path->name, wf_json_get_member (path->json, "steps"));
    }
}

static void
add_list (WfMergeSide *self, const WfMergeSide *base, const char *list, const WfJson *steps)
{
  GPtrArray *ids = g_ptr_array_new ();
  const WfJson *json;
  WfJsonIter iter;

  g_hash_table_insert (self->lists, (gpointer) list, ids);
  wf_json_iter_init (&iter, steps);
  while (wf_json_iter_next (&iter, NULL, &json))
    {
      WfMergeStep *step = g_new0 (WfMergeStep, 1);

      step->json = json;
      step->id = wf_json_get_member_string (json, "id");
      step->list = list;
      step->is_branch = g_strcmp0 (wf_json_get_member_string (json, "kind"),
                                   wf_step_kind_names[WF_STEP_BRANCH]) == 0;
      g_ptr_array_add (self->order, step);
      g_hash_table_insert (self->steps, (gpointer) step->id, step);
      g_ptr_array_add (ids, (gpointer) step->id);
      if (step->is_branch)
        add_paths (self, base, step);
    }
}

void
wf_merge_side_init (WfMergeSide *self, const WfWorkflow *workflow, const WfMergeSide *base)
{
  g_autofree char *text = workflow != NULL ? wf_workflow_to_text (workflow, FALSE) : NULL;

  *self = (WfMergeSide) { 0 };
  self->order = g_ptr_array_new_with_free_func (g_free);
  self->steps = g_hash_table_new (g_str_hash, g_str_equal);
  self->lists =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, path_free);
  self->branches =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  if (text == NULL)
    return;
  self->document = wf_json_document_parse (text, -1, 0, NULL);
  self->root = wf_json_document_get_root (self->document);
  add_list (self, base, WF_MERGE_TOP, wf_json_get_member (self->root, "steps"));
}

void
wf_merge_side_clear (WfMergeSide *self)
{
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_pointer (&self->branches, g_hash_table_unref);
  g_clear_pointer (&self->paths, g_hash_table_unref);
  g_clear_pointer (&self->steps, g_hash_table_unref);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  wf_json_document_unref (self->document);
}

const WfMergeStep *
wf_merge_side_get_step (const WfMergeSide *self, const char *id)
{
  return g_hash_table_lookup (self->steps, id);
}

const WfMergePath *
wf_merge_side_get_path (const WfMergeSide *self, const char *name)
{
  return g_hash_table_lookup (self->paths, name);
}

const GPtrArray *
wf_merge_side_get_list (const WfMergeSide *self, const char *list)
{
  return g_hash_table_lookup (self->lists, list);
}

const GPtrArray *
wf_merge_side_get_paths (const WfMergeSide *self, const char *branch)
{
  return g_hash_table_lookup (self->branches, branch);
}

/* ---- order ---- */

static gboolean
contains (const GPtrArray *list, const char *one)
{
  return list != NULL &&
         g_ptr_array_find_with_equal_func ((GPtrArray *) list, one, g_str_equal, NULL);
}

/* Whether what both have is in the same order. */
static gboolean
is_same_order (const GPtrArray *a, const GPtrArray *b)
{
  guint j = 0;

  for (guint i = 0; i < a->len; i++)
    {
      if (!contains (b, g_ptr_array_index (a, i)))
        continue;
      while (!contains (a, g_ptr_array_index (b, j)))
        j++;
      if (strcmp (g_ptr_array_index (a, i), g_ptr_array_index (b, j++)) != 0)
        return FALSE;
    }
  return TRUE;
}

/* The same as above, of those that the base has too. */
static gboolean
is_untouched (const GPtrArray *base, const GPtrArray *side, const GPtrArray *other)
{
  g_autoptr (GPtrArray) common = g_ptr_array_new ();

  for (guint i = 0; base != NULL && i < base->len; i++)
    if (contains (other, g_ptr_array_index (base, i)))
      g_ptr_array_add (common, g_ptr_array_index (base, i));
  return base != NULL && is_same_order (common, side);
}

GPtrArray *
wf_merge_order (const GPtrArray *base, const GPtrArray *mine, const GPtrArray *theirs,
                gboolean *conflict)
{
  const GPtrArray *first = mine, *second = theirs;
  GPtrArray *order = g_ptr_array_new ();
  guint at = 0;

  *conflict = FALSE;
  if (!is_same_order (mine, theirs))
    {
      if (is_untouched (base, mine, theirs))
        {
          first = theirs;
          second = mine;
        }
      else
        {
          *conflict = !is_untouched (base, theirs, mine);
        }
    }
  for (guint i = 0; i < first->len; i++)
    g_ptr_array_add (order, g_ptr_array_index (first, i));
  for (guint i = 0; i < second->len; i++)
    {
      gpointer one = g_ptr_array_index (second, i);
      guint found;

      if (!g_ptr_array_find_with_equal_func (order, one, g_str_equal, &found))
        g_ptr_array_insert (order, (int) (found = at), one);
      at = found + 1;
    }
  return order;
}

/* ---- ids ---- */

typedef struct
{
  GHashTable *all; /* (owned) set of ids, on any side */
  const WfWorkflow *base, *other;
} Parting;

static void
on_collect (WfStep *step, gpointer user_data)
{
  g_hash_table_add (user_data, g_strdup (step->id));
}

static GHashTable *
new_ids (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
rename_step (GHashTable *ids, WfStep *step, const char *stem, guint n)
{
  g_autofree char *id = g_strdup_printf ("%s-%u", stem, n);

  while (g_hash_table_contains (ids, id))
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", stem, ++n);
    }
  g_set_str (&step->id, id);
  g_hash_table_add (ids, g_steal_pointer (&id));
}

typedef struct
{
  GHashTable *ids;  /* (owned) those of the workflow, and new ones */
  GHashTable *seen; /* (owned) */
} Unique;

/* By what it is called already, so that the same is called the same on each side. */
static void
on_make_unique (WfStep *step, gpointer user_data)
{
  Unique *self = user_data;
  g_autofree char *id = g_strdup (step->id);

  if (id[0] == '\0' || g_hash_table_contains (self->seen, id))
    rename_step (self->ids, step, id[0] != '\0' ? id : "step", 2);
  g_hash_table_add (self->seen, g_strdup (step->id));
}

void
wf_merge_make_ids_unique (WfWorkflow *workflow)
{
  Unique self = { new_ids (), new_ids () };

  wf_workflow_foreach_step (workflow, on_collect, self.ids);
  wf_workflow_foreach_step (workflow, on_make_unique, &self);
  g_hash_table_unref (self.ids);
  g_hash_table_unref (self.seen);
}

static gboolean
is_same_step (const WfStep *a, const WfStep *b)
{
  g_autofree char *x = wf_step_to_text (a);
  g_autofree char *y = wf_step_to_text (b);

  return strcmp (x, y) == 0;
}

static gboolean
is_other_kind (const WfStep *a, const WfStep *b)
{
  return b != NULL && (a->kind == WF_STEP_BRANCH) != (b->kind == WF_STEP_BRANCH);
}

/* inside: in a step that has another id now, so it is not the other side's either. */
static void
part (Parting *self, GPtrArray *steps, gboolean inside)
{
  for (guint i = 0; i < steps->len; i++)
    {
      WfStep *step = g_ptr_array_index (steps, i);
      const WfStep *before = self->base != NULL ? wf_workflow_find_step (self->base, step->id)
                                                : NULL;
      const WfStep *other = wf_workflow_find_step (self->other, step->id);
      gboolean added_by_both = self->base != NULL && before == NULL && other != NULL;
      gboolean differs = is_other_kind (step, before) || is_other_kind (step, other) ||
                         (added_by_both && (inside || !is_same_step (step, other)));

      for (guint j = 0; step->kind == WF_STEP_BRANCH && j < step->paths->len; j++)
        part (self, ((WfPath *) g_ptr_array_index (step->paths, j))->steps,
              (added_by_both && differs) || (inside && before == NULL));
      if (differs)
        rename_step (self->all, step, "step", g_hash_table_size (self->all) + 1);
    }
}

void
wf_merge_part_ids (const WfWorkflow *base, WfWorkflow *mine, WfWorkflow *theirs)
{
  Parting self = { .all = new_ids (), .base = base };

  if (base != NULL)
    wf_workflow_foreach_step (base, on_collect, self.all);
  wf_workflow_foreach_step (mine, on_collect, self.all);
  wf_workflow_foreach_step (theirs, on_collect, self.all);
  if (base != NULL) /* only what became another kind; what mine added gives way below */
    {
      self.other = base;
      part (&self, theirs->steps, FALSE);
    }
  self.other = theirs;
  part (&self, mine->steps, FALSE);
  g_hash_table_unref (self.all);
}
