/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which step of one document is which of the other (B14). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-difference-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Steps are matched by id. The paths of a branch have none: they are the same when they have the
 * same name, else the same condition, else a step in common. What stands beside each other in one
 * document and in the other is found by numbers that matched paths share. */

static void
entry_clear (gpointer data)
{
  WfDifferenceEntry *self = data;

  g_free (self->title);
  g_clear_pointer (&self->keys, g_array_unref);
}

WfDifferenceEntry *
wf_difference_side_get (const WfDifferenceSide *self, int place)
{
  return &g_array_index (self->entries, WfDifferenceEntry, place);
}

const WfJson *
wf_difference_entry_get_path (const WfDifferenceEntry *branch, guint index)
{
  return wf_json_get_element (wf_json_get_member (branch->json, "paths"), index);
}

static guint
count_paths (const WfDifferenceEntry *entry)
{
  return wf_json_get_size (wf_json_get_member (entry->json, "paths"));
}

static gboolean
is_branch (const WfJson *step)
{
  return g_strcmp0 (wf_json_get_member_string (step, "kind"), wf_step_kind_names[WF_STEP_BRANCH]) ==
         0;
}

/* Recursion is bounded by the depth of documents. */
static void
add_steps (WfDifferenceSide *self, const WfJson *steps, int branch, guint path)
{
  const WfJson *value;
  WfJsonIter iter;

  wf_json_iter_init (&iter, steps);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfDifferenceEntry entry = {
        .json = value, .branch = branch, .path = path, .position = i, .other = -1
      };
      int place = (int) self->entries->len;

      entry.id = wf_json_get_member_string (value, "id");
      g_array_append_val (self->entries, entry);
      if (!is_branch (value))
        continue;
      for (guint j = 0; j < count_paths (&entry); j++)
        add_steps (self, wf_json_get_member (wf_difference_entry_get_path (&entry, j), "steps"),
                   place, j);
    }
}

/* ---- names ---- */

static char *
make_title (const WfJson *step, const WfOrganisation *organisation)
{
  const char *kind = wf_json_get_member_string (step, "kind");
  const char *type = wf_json_get_member_string (step, "activity-type");
  const WfStepKindInfo *info = wf_step_catalogue_find (kind);

  if (type != NULL && type[0] != '\0')
    return g_strdup (wf_organisation_get_entry_name (organisation, WF_ENTRY_ACTIVITY_TYPE, type));
  if (info != NULL)
    return g_strdup (wf_step_kind_to_text (info->kind));
  return g_strdup (kind != NULL && kind[0] != '\0' ? kind : wf_step_kind_to_text (WF_STEP_OTHER));
}

/* Two steps of the same kind are told apart by their ids. */
static void
name_entries (WfDifferenceSide *self, const WfOrganisation *organisation)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      WfDifferenceEntry *entry = wf_difference_side_get (self, (int) i);

      entry->title = make_title (entry->json, organisation);
      g_hash_table_insert (
          counts, g_strdup (entry->title),
          GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, entry->title)) + 1));
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      WfDifferenceEntry *entry = wf_difference_side_get (self, (int) i);
      g_autofree char *title = g_steal_pointer (&entry->title);

      if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, title)) > 1 && entry->id != NULL)
        /* Translators: what a step does, and its id */
        entry->title = g_strdup_printf (C_ ("step", "%1$s (%2$s)"), title, entry->id);
      else
        entry->title = g_steal_pointer (&title);
    }
}

char *
wf_difference_path_to_text (const WfJson *path, guint index, const WfOrganisation *organisation)
{
  const char *name = wf_json_get_member_string (path, "name");
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_get_member (path, "if"), NULL);
  g_autoptr (WfCondition) condition = NULL;

  if (name != NULL && name[0] != '\0')
    return g_strdup (name);
  if (cursor.value != NULL)
    condition = wf_condition_read (&cursor);
  if (condition != NULL)
    return wf_condition_to_text (condition, organisation);
  return g_strdup_printf ("%u", index + 1);
}

/* ---- paths ---- */

static gboolean
has_same_name (const WfJson *a, const WfJson *b)
{
  const char *name = wf_json_get_member_string (a, "name");

  return name != NULL && name[0] != '\0' &&
         g_strcmp0 (name, wf_json_get_member_string (b, "name")) == 0;
}

static gboolean
has_same_condition (const WfJson *a, const WfJson *b)
{
  const WfJson *x = wf_json_get_member (a, "if"), *y = wf_json_get_member (b, "if");

  return x == NULL ? y == NULL : y != NULL && wf_json_equal (x, y);
}

static gboolean
has_step (const WfJson *path, const char *id)
{
  const WfJson *steps = wf_json_get_member (path, "steps");

  for (guint i = 0; id != NULL && i < wf_json_get_size (steps); i++)
    if (g_strcmp0 (wf_json_get_member_string (wf_json_get_element (steps, i), "id"), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_common_step (const WfJson *a, const WfJson *b)
{
  const WfJson *steps = wf_json_get_member (a, "steps");

  for (guint i = 0; i < wf_json_get_size (steps); i++)
    if (has_step (b, wf_json_get_member_string (wf_json_get_element (steps, i), "id")))
      return TRUE;
  return FALSE;
}

static void
match_paths (const WfDifferenceEntry *before, const WfDifferenceEntry *after,
             gboolean (*fits) (const WfJson *, const WfJson *), guint *next)
{
  for (guint i = 0; i < before->keys->len; i++)
    for (guint j = 0; g_array_index (before->keys, guint, i) == 0 && j < after->keys->len; j++)
      if (g_array_index (after->keys, guint, j) == 0 &&
          fits (wf_difference_entry_get_path (before, i), wf_difference_entry_get_path (after, j)))
        g_array_index (before->keys, guint, i) = g_array_index (after->keys, guint, j) = (*next)++;
}

static void
number_rest (WfDifferenceSide *side, guint *next)
{
  for (guint i = 0; i < side->entries->len; i++)
    {
      const WfDifferenceEntry *entry = wf_difference_side_get (side, (int) i);

      for (guint j = 0; entry->keys != NULL && j < entry->keys->len; j++)
        if (g_array_index (entry->keys, guint, j) == 0)
          g_array_index (entry->keys, guint, j) = (*next)++;
    }
}

static void
make_keys (WfDifferenceSide *side)
{
  for (guint i = 0; i < side->entries->len; i++)
    {
      WfDifferenceEntry *entry = wf_difference_side_get (side, (int) i);

      if (!is_branch (entry->json))
        continue;
      entry->keys = g_array_new (FALSE, TRUE, sizeof (guint));
      g_array_set_size (entry->keys, count_paths (entry));
    }
}

static void
match_branches (WfDifferencePair *self)
{
  static gboolean (*const fits[]) (
      const WfJson *, const WfJson *) = { has_same_name, has_same_condition, has_common_step };
  guint next = WF_DIFFERENCE_ROOT + 1;

  make_keys (&self->before);
  make_keys (&self->after);
  for (guint i = 0; i < self->before.entries->len; i++)
    {
      const WfDifferenceEntry *before = wf_difference_side_get (&self->before, (int) i), *after;

      if (before->keys == NULL || before->other < 0)
        continue;
      after = wf_difference_side_get (&self->after, before->other);
      for (guint j = 0; after->keys != NULL && j < G_N_ELEMENTS (fits); j++)
        match_paths (before, after, fits[j], &next);
    }
  number_rest (&self->before, &next);
  number_rest (&self->after, &next);
}

guint
wf_difference_side_get_owner (const WfDifferenceSide *self, const WfDifferenceEntry *entry)
{
  if (entry->branch < 0)
    return WF_DIFFERENCE_ROOT;
  return g_array_index (wf_difference_side_get (self, entry->branch)->keys, guint, entry->path);
}

/* ---- steps ---- */

/* An id that is there twice is no proper document, but the second is the second of the other. */
static char *
make_step_key (GHashTable *counts, const WfDifferenceEntry *entry)
{
  const char *id = entry->id != NULL ? entry->id : "";
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, id)) + 1;

  g_hash_table_insert (counts, (gpointer) id, GUINT_TO_POINTER (n));
  return g_strdup_printf ("%u %s", n, id);
}

static void
match_steps (WfDifferencePair *self)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) counts_before = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) counts_after = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->after.entries->len; i++)
    g_hash_table_insert (
        places, make_step_key (counts_after, wf_difference_side_get (&self->after, (int) i)),
        GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < self->before.entries->len; i++)
    {
      WfDifferenceEntry *entry = wf_difference_side_get (&self->before, (int) i);
      g_autofree char *key = make_step_key (counts_before, entry);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, key));

      if (place == 0)
        continue;
      entry->other = (int) place - 1;
      wf_difference_side_get (&self->after, entry->other)->other = (int) i;
    }
}

/* The position in the other document of a step of the one before. */
static guint
get_new_position (const WfDifferencePair *self, GArray *items, guint index)
{
  const WfDifferenceEntry *before =
      wf_difference_side_get (&self->before, g_array_index (items, int, index));

  return wf_difference_side_get (&self->after, before->other)->position;
}

static gboolean
is_in_order (const WfDifferencePair *self, GArray *items)
{
  for (guint i = 1; i < items->len; i++)
    if (get_new_position (self, items, i) < get_new_position (self, items, i - 1))
      return FALSE;
  return TRUE;
}

/* Of the steps that are still beside each other, the longest row in the same order has stayed; the
 * others have moved. items: places before, in order. */
static void
mark_moved (WfDifferencePair *self, GArray *items)
{
  g_autofree guint *length = g_new0 (guint, items->len);
  g_autofree int *previous = g_new (int, items->len);
  int best = 0;

  if (is_in_order (self, items))
    return;
  for (guint i = 0; i < items->len; i++)
    {
      length[i] = 1;
      previous[i] = -1;
      for (guint j = 0; j < i; j++)
        if (get_new_position (self, items, j) < get_new_position (self, items, i) &&
            length[j] + 1 > length[i])
          {
            length[i] = length[j] + 1;
            previous[i] = (int) j;
          }
      if (length[i] > length[best])
        best = (int) i;
      wf_difference_side_get (&self->before, g_array_index (items, int, i))->moved = TRUE;
    }
  for (int i = best; i >= 0; i = previous[i])
    wf_difference_side_get (&self->before, g_array_index (items, int, i))->moved = FALSE;
}

static void
array_free (gpointer array)
{
  g_array_unref (array);
}

static void
find_moved (WfDifferencePair *self)
{
  g_autoptr (GHashTable) owners = /* key -> places before */
      g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, array_free);
  GHashTableIter iter;
  gpointer items;

  for (int i = 0; i < (int) self->before.entries->len; i++)
    {
      WfDifferenceEntry *before = wf_difference_side_get (&self->before, i), *after;
      guint owner = wf_difference_side_get_owner (&self->before, before);

      if (before->other < 0)
        continue;
      after = wf_difference_side_get (&self->after, before->other);
      before->moved = owner != wf_difference_side_get_owner (&self->after, after);
      if (before->moved)
        continue;
      items = g_hash_table_lookup (owners, GUINT_TO_POINTER (owner));
      if (items == NULL)
        g_hash_table_insert (owners, GUINT_TO_POINTER (owner),
                             items = g_array_new (FALSE, FALSE, sizeof (int)));
      g_array_append_val ((GArray *) items, i);
    }
  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, NULL, &items))
    mark_moved (self, items);
  for (guint i = 0; i < self->before.entries->len; i++)
    {
      const WfDifferenceEntry *before = wf_difference_side_get (&self->before, (int) i);

      if (before->other >= 0)
        wf_difference_side_get (&self->after, before->other)->moved = before->moved;
    }
}

static void
side_init (WfDifferenceSide *self, const WfWorkflow *workflow, const WfOrganisation *organisation)
{
  g_autofree char *text = workflow != NULL ? wf_workflow_to_text (workflow, FALSE) : NULL;

  self->workflow = workflow;
  self->document = text != NULL ? wf_json_document_parse (text, -1, 0, NULL) : NULL;
  self->entries = g_array_new (FALSE, FALSE, sizeof (WfDifferenceEntry));
  g_array_set_clear_func (self->entries, entry_clear);
  if (self->document != NULL)
    add_steps (self, wf_json_get_member (wf_json_document_get_root (self->document), "steps"), -1,
               0);
  name_entries (self, organisation);
}

void
wf_difference_pair_init (WfDifferencePair *self, const WfWorkflow *before, const WfWorkflow *after,
                         const WfOrganisation *organisation)
{
  self->organisation = organisation;
  side_init (&self->before, before, organisation);
  side_init (&self->after, after, organisation);
  match_steps (self);
  match_branches (self);
  find_moved (self);
}

static void
side_clear (WfDifferenceSide *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->document, wf_json_document_unref);
}

void
wf_difference_pair_clear (WfDifferencePair *self)
{
  side_clear (&self->before);
  side_clear (&self->after);
}
