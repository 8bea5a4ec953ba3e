/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a step of one document differs from the same step of another, in sentences (B14). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-difference-private.h"

#include "wf-sentence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const WfDifferencePair *pair;
  const WfDifferenceEntry *before, *after;
  GPtrArray *sentences; /* (nullable) of char* */
  gboolean differs;
} Comparison;

static void
take_sentence (Comparison *self, char *sentence)
{
  self->differs = TRUE;
  if (self->sentences != NULL)
    g_ptr_array_add (self->sentences, sentence);
  else
    g_free (sentence);
}

static const char *
get_label (const WfSettingInfo *setting)
{
  return setting->type == WF_SETTING_DEADLINE ? C_ ("step setting", "Deadline")
                                              : wf_setting_to_text (setting);
}

static void
compare_setting (Comparison *self, const WfSettingInfo *setting)
{
  const WfJson *before = wf_json_get_member (self->before->json, setting->name);
  const WfJson *after = wf_json_get_member (self->after->json, setting->name);
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (setting->type == WF_SETTING_PATHS || wf_difference_is_same (setting, before, after))
    return;
  old = wf_difference_value_to_text (setting, before, self->pair->organisation);
  new = wf_difference_value_to_text (setting, after, self->pair->organisation);
  if (strcmp (old, new) == 0)
    /* Translators: a setting such as “Notes”, and a step such as “Call” */
    take_sentence (self, g_strdup_printf (_ ("%1$s of “%2$s” changed"), get_label (setting),
                                          self->after->title));
  else
    /* Translators: a setting such as “Deadline”, a step such as “Call”, the old and the new
     * value */
    take_sentence (self, g_strdup_printf (_ ("%1$s of “%2$s”: %3$s → %4$s"), get_label (setting),
                                          self->after->title, old, new));
}

static const WfStep *
find_step (const WfDifferenceSide *side, const WfDifferenceEntry *entry)
{
  return wf_workflow_find_step (side->workflow, entry->id);
}

static void
compare_run (Comparison *self)
{
  const WfStep *before = find_step (&self->pair->before, self->before);
  const WfStep *after = find_step (&self->pair->after, self->after);
  g_autofree char *old = before != NULL ? wf_sentence_for_run (&before->run) : g_strdup ("");
  g_autofree char *new = after != NULL ? wf_sentence_for_run (&after->run) : g_strdup ("");

  if (strcmp (old, new) != 0)
    /* Translators: a step such as “Call”; then for instance “Immediately” and “1 day later” */
    take_sentence (
        self, g_strdup_printf (_ ("Start of “%1$s”: %2$s → %3$s"), self->after->title, old, new));
}

/* ---- what the catalogue does not know ---- */

static gboolean
is_known (const WfStepKindInfo *kind, const char *name)
{
  return strcmp (name, "id") == 0 || strcmp (name, "kind") == 0 || strcmp (name, "run") == 0 ||
         (kind != NULL && wf_step_kind_info_get_setting (kind, name) != NULL);
}

/* TRUE when a has a member that b has not or that is another there. */
static gboolean
has_other_members (const WfJson *a, const WfJson *b, const WfStepKindInfo *kind)
{
  const WfJson *value;
  const char *name;
  WfJsonIter iter;

  wf_json_iter_init (&iter, a);
  while (wf_json_iter_next (&iter, &name, &value))
    {
      const WfJson *other = wf_json_get_member (b, name);

      if (!is_known (kind, name) && (other == NULL || !wf_json_equal (value, other)))
        return TRUE;
    }
  return FALSE;
}

static void
compare_rest (Comparison *self, const WfStepKindInfo *kind)
{
  if (has_other_members (self->before->json, self->after->json, kind) ||
      has_other_members (self->after->json, self->before->json, kind))
    take_sentence (self,
                   g_strdup_printf (_ ("Other settings of “%s” changed"), self->after->title));
}

/* ---- paths of a branch ---- */

static int
find_key (GArray *keys, guint key)
{
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    if (g_array_index (keys, guint, i) == key)
      return (int) i;
  return -1;
}

static void
compare_path_conditions (Comparison *self, const WfJson *before, const WfJson *after,
                         const char *name)
{
  static const WfSettingInfo condition = { "if", WF_SETTING_CONDITION, 0, NULL, NULL, NULL };
  const WfJson *old = wf_json_get_member (before, "if"), *new = wf_json_get_member (after, "if");
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (wf_difference_is_same (&condition, old, new))
    return;
  old_text = wf_difference_value_to_text (&condition, old, self->pair->organisation);
  new_text = wf_difference_value_to_text (&condition, new, self->pair->organisation);
  take_sentence (self, g_strdup_printf (_ ("Condition of branch “%1$s”: %2$s → %3$s"), name,
                                        old_text, new_text));
}

static void
compare_path (Comparison *self, guint old_index, guint new_index)
{
  const WfOrganisation *organisation = self->pair->organisation;
  const WfJson *before = wf_difference_entry_get_path (self->before, old_index);
  const WfJson *after = wf_difference_entry_get_path (self->after, new_index);
  g_autofree char *old = wf_difference_path_to_text (before, old_index, organisation);
  g_autofree char *new = wf_difference_path_to_text (after, new_index, organisation);

  if (g_strcmp0 (wf_json_get_member_string (before, "name"),
                 wf_json_get_member_string (after, "name")) != 0)
    take_sentence (self, g_strdup_printf (_ ("Branch “%1$s” is now called “%2$s”"), old, new));
  compare_path_conditions (self, before, after, new);
}

static void
find_removed_paths (Comparison *self)
{
  for (guint i = 0; i < self->before->keys->len; i++)
    {
      int place = find_key (self->after->keys, g_array_index (self->before->keys, guint, i));
      g_autofree char *name = NULL;

      if (place >= 0)
        continue;
      name = wf_difference_path_to_text (wf_difference_entry_get_path (self->before, i), i,
                                         self->pair->organisation);
      take_sentence (self, g_strdup_printf (_ ("Branch “%s” removed"), name));
    }
}

/* The first path that holds is taken: their order matters. */
static void
compare_paths (Comparison *self)
{
  gboolean in_order = TRUE;
  int last = -1;

  if (self->before->keys == NULL || self->after->keys == NULL)
    return;
  find_removed_paths (self);
  for (guint i = 0; i < self->after->keys->len; i++)
    {
      int place = find_key (self->before->keys, g_array_index (self->after->keys, guint, i));
      g_autofree char *name = NULL;

      if (place >= 0)
        {
          compare_path (self, (guint) place, i);
          in_order &= place > last;
          last = place;
          continue;
        }
      name = wf_difference_path_to_text (wf_difference_entry_get_path (self->after, i), i,
                                         self->pair->organisation);
      take_sentence (self, g_strdup_printf (_ ("Branch “%s” added"), name));
    }
  if (!in_order)
    take_sentence (self, g_strdup_printf (_ ("The branches of “%s” are asked in another order"),
                                          self->after->title));
}

/**
 * wf_difference_compare_step:
 * @self: two documents
 * @before: a step
 * @after: the same step in the other document
 * @sentences: (nullable) (element-type utf8): receives what is different
 *
 * Returns: whether anything is; that it moved, and what is inside a branch, does not count
 */
gboolean
wf_difference_compare_step (const WfDifferencePair *self, const WfDifferenceEntry *before,
                            const WfDifferenceEntry *after, GPtrArray *sentences)
{
  const char *old_kind = wf_json_get_member_string (before->json, "kind");
  const char *new_kind = wf_json_get_member_string (after->json, "kind");
  const WfStepKindInfo *kind = wf_step_catalogue_find (new_kind);
  Comparison comparison = { self, before, after, sentences, FALSE };

  if (g_strcmp0 (old_kind, new_kind) != 0)
    {
      take_sentence (&comparison,
                     g_strdup_printf (_ ("“%1$s” is now “%2$s”"), before->title, after->title));
      return TRUE;
    }
  compare_run (&comparison);
  for (guint i = 0; kind != NULL && i < kind->n_settings; i++)
    compare_setting (&comparison, &kind->settings[i]);
  compare_paths (&comparison);
  compare_rest (&comparison, kind);
  return comparison.differs;
}
