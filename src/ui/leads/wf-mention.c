/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mentions in a comment. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-mention.h"

#include "wf-word-match.h"

#include <string.h>

#define LONGEST_QUERY 60 /* characters: longer than names that anybody types */

void
wf_mention_clear (WfMention *self)
{
  g_clear_pointer (&self->query, g_free);
}

/* The @ of an address is no mention: it stands within a word. */
static gboolean
begins_word (const char *text, const char *at)
{
  if (at == text)
    return TRUE;
  gunichar before = g_utf8_get_char (g_utf8_prev_char (at));
  return !g_unichar_isalnum (before) && before != '.' && before != '_' && before != '-';
}

static int
compare_people (gconstpointer a, gconstpointer b, gpointer query)
{
  const WfPerson *x = *(const WfPerson *const *) a, *y = *(const WfPerson *const *) b;
  WfWordMatch match_x = wf_word_match (x->name, query), match_y = wf_word_match (y->name, query);

  return match_x != match_y ? (int) match_y - (int) match_x : g_utf8_collate (x->name, y->name);
}

GPtrArray *
wf_mention_list (const WfOrganisation *organisation, const char *query, const char *but)
{
  GPtrArray *people = g_ptr_array_new ();
  guint n = organisation != NULL ? wf_organisation_get_n_people (organisation) : 0;

  for (guint i = 0; i < n; i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (person->active && g_strcmp0 (person->id, but) != 0 &&
          (*query == '\0' || wf_word_match (person->name, query) >= WF_WORD_MATCH_WORD))
        g_ptr_array_add (people, (gpointer) person);
    }
  g_ptr_array_sort_with_data (people, compare_people, (gpointer) query);
  return people;
}

gboolean
wf_mention_find (const char *text, guint cursor, const WfOrganisation *organisation,
                 WfMention *mention)
{
  const char *end = g_utf8_offset_to_pointer (text, (glong) cursor), *at = end;

  for (guint i = 0; at > text && i <= LONGEST_QUERY; i++)
    {
      at = g_utf8_prev_char (at);
      if (*at == '\n')
        return FALSE;
      if (*at != '@')
        continue;
      g_autofree char *query = g_strndup (at + 1, (gsize) (end - at - 1));
      g_autoptr (GPtrArray) people = wf_mention_list (organisation, query, NULL);
      if (!begins_word (text, at) || g_str_has_prefix (query, " ") ||
          g_str_has_suffix (query, " ") || people->len == 0)
        return FALSE;
      mention->start = (guint) g_utf8_pointer_to_offset (text, at);
      mention->end = cursor;
      mention->query = g_steal_pointer (&query);
      return TRUE;
    }
  return FALSE;
}

char *
wf_mention_to_text (const WfPerson *person)
{
  return g_strdup_printf ("@%s ", person->name);
}

/* The longest name that stands behind the @: "@Ana Maria" does not mean Ana. */
static const WfPerson *
find_mentioned (const char *name, const WfOrganisation *organisation)
{
  const WfPerson *found = NULL;
  gsize longest = 0;

  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      gsize length = strlen (person->name);
      if (!person->active || length <= longest || !g_str_has_prefix (name, person->name) ||
          g_unichar_isalnum (g_utf8_get_char (name + length)))
        continue;
      found = person;
      longest = length;
    }
  return found;
}

char **
wf_mentions_read (const char *text, const WfOrganisation *organisation)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (const char *at = strchr (text, '@'); organisation != NULL && at != NULL;
       at = strchr (at + 1, '@'))
    {
      const WfPerson *person = begins_word (text, at) ? find_mentioned (at + 1, organisation)
                                                      : NULL;
      if (person != NULL && !g_ptr_array_find_with_equal_func (ids, person->id, g_str_equal, NULL))
        g_ptr_array_add (ids, g_strdup (person->id));
    }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}
