/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completing merge fields. Braces are read as wf-merge-text.h does. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-merge-completion.h"

#include "wf-field-item.h"

#include <string.h>

#define LONGEST_QUERY 60 /* characters; whoever has typed more does not mean a field */

/* The brace that is open at the cursor; NULL: none. */
static const char *
find_open_brace (const char *text, const char *cursor)
{
  const char *open = NULL;

  for (const char *c = text; c < cursor; c++)
    {
      if (*c == '{' && c[1] == '{' && open == NULL)
        c++; /* stands for a brace */
      else if (*c == '{')
        open = c;
      else if (*c == '}' || *c == '\n')
        open = NULL;
    }
  return open;
}

/* The rest of a field's id behind the cursor, with its closing brace; without one nothing is
 * replaced. */
static const char *
find_end (const char *cursor)
{
  const char *end = cursor + strcspn (cursor, " \t\n{},;:!?");

  return *end == '}' ? end + 1 : cursor;
}

gboolean
wf_merge_completion_find (const char *text, guint cursor, WfMergeCompletion *completion)
{
  const char *at = g_utf8_offset_to_pointer (text, MIN ((glong) cursor, g_utf8_strlen (text, -1)));
  const char *open = find_open_brace (text, at);

  if (open == NULL || (open[1] == '{' && at > open + 1) ||
      g_utf8_pointer_to_offset (open + 1, at) > LONGEST_QUERY)
    return FALSE;
  completion->start = (guint) g_utf8_pointer_to_offset (text, open);
  completion->end = (guint) g_utf8_pointer_to_offset (text, find_end (at));
  completion->query = g_strndup (open + 1, (gsize) (at - open - 1));
  return TRUE;
}

void
wf_merge_completion_clear (WfMergeCompletion *self)
{
  g_clear_pointer (&self->query, g_free);
}

char *
wf_merge_completion_make_field (const char *field)
{
  return g_strdup_printf ("{%s}", field);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer query)
{
  return (int) wf_field_item_match (*(WfFieldItem *const *) b, query) -
         (int) wf_field_item_match (*(WfFieldItem *const *) a, query);
}

GPtrArray *
wf_merge_completion_list (const char *event_type, const char *query)
{
  g_autoptr (GListModel) fields = wf_field_item_list (event_type, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (WfFieldItem) item = g_list_model_get_item (fields, i);

      if (wf_field_item_match (item, query) > 0)
        g_ptr_array_add (found, g_steal_pointer (&item));
    }
  g_ptr_array_sort_with_data (found, compare, (gpointer) query); /* stable */
  return found;
}
