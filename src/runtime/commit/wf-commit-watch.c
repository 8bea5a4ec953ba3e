/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which events may mean something for activities that are there already: so that the others cost
 * nothing. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include <string.h>

/* Policy. Most events concern no open activity, and looking for those of the lead would be the
 * dearest part of taking an event in. So each activity, when it comes here, leaves the types of
 * events that retire it (B9) and the records whose dates it hangs on (S5) in one small set, which
 * only grows: "email.replied", "meeting.". */

#define FACT_WATCHED "watched"

static GHashTable *
get_words (WfCommit *self)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (self->watched != NULL)
    return self->watched;
  self->watched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  text = wf_store_get_fact (self->store, FACT_WATCHED);
  words = g_strsplit (text != NULL ? text : "", " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_hash_table_add (self->watched, g_strdup (words[i]));
  return self->watched;
}

static gboolean
keep_words (WfCommit *self, GError **error)
{
  g_autofree char **words = (char **) g_hash_table_get_keys_as_array (get_words (self), NULL);
  g_autofree char *text = g_strjoinv (" ", words);

  return wf_store_set_fact (self->store, FACT_WATCHED, text, error);
}

static char *
dup_group (const char *name)
{
  const char *dot = strchr (name, '.');

  return dot != NULL ? g_strndup (name, (gsize) (dot - name) + 1) : NULL;
}

gboolean
wf_commit_watch (WfCommit *self, const WfActivity *activity, GError **error)
{
  g_auto (WfActivityStep) step = { NULL };
  g_autofree char *group = NULL;
  gboolean grown = FALSE;

  if (activity->lead == NULL || !wf_commit_find_step (self, activity, &step) ||
      (step.retire_on == NULL && step.before == NULL))
    return TRUE;
  for (guint i = 0; step.retire_on != NULL && step.retire_on[i] != NULL; i++)
    grown |= g_hash_table_add (get_words (self), g_strdup (step.retire_on[i]));
  group = step.before != NULL ? dup_group (step.before) : NULL;
  if (group != NULL)
    grown |= g_hash_table_add (get_words (self), g_steal_pointer (&group));
  return !grown || keep_words (self, error);
}

gboolean
wf_commit_is_watched (WfCommit *self, const char *type)
{
  GHashTable *words = get_words (self);
  g_autofree char *group = NULL;

  if (g_hash_table_size (words) == 0)
    return FALSE;
  group = dup_group (type);
  return g_hash_table_contains (words, type) ||
         (group != NULL && g_hash_table_contains (words, group));
}
