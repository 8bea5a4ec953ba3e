/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How activities of a type may end. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-outcome.h"

#include <glib/gi18n-lib.h>

static const char *const outcome_members[] = { "id", "name", NULL };

static gboolean
read_outcome (WfOutcome *outcome, const WfJsonCursor *cursor, GHashTable *ids)
{
  WfJsonCursor id = wf_json_cursor_member (cursor, "id");
  WfJsonCursor name = wf_json_cursor_member (cursor, "name");

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return FALSE;
  outcome->id = wf_json_cursor_get_string (&id, TRUE);
  outcome->name = wf_json_cursor_get_string (&name, TRUE);
  wf_json_document_unref (wf_json_cursor_dup_unknown (cursor, outcome_members));
  if (outcome->id == NULL)
    return FALSE;
  if (outcome->id[0] == '\0')
    {
      wf_json_cursor_problem (&id, "missing", "%s", _ ("This is empty."));
      return FALSE;
    }
  if (!g_hash_table_add (ids, (gpointer) outcome->id))
    {
      wf_json_cursor_problem (&id, "duplicate-id", _ ("The id “%s” is used twice."), outcome->id);
      return FALSE;
    }
  if (outcome->name == NULL || outcome->name[0] == '\0')
    outcome->name = outcome->id;
  return TRUE;
}

const WfOutcome *
wf_outcomes_read (const WfJsonCursor *type, guint *n)
{
  WfJsonCursor list = wf_json_cursor_member (type, "outcomes");
  g_autoptr (GHashTable) ids = NULL;
  WfOutcome *outcomes;
  const WfJson *value;
  WfJsonIter iter;

  *n = 0;
  if (wf_json_cursor_is_missing (&list) || wf_json_is (list.value, WF_JSON_NULL) ||
      !wf_json_cursor_expect (&list, WF_JSON_ARRAY))
    return NULL;
  ids = g_hash_table_new (g_str_hash, g_str_equal);
  outcomes = g_new0 (WfOutcome, MAX (wf_json_get_size (list.value), 1));
  wf_json_iter_init (&iter, list.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      WfJsonCursor element = {
        .parent = &list, .index = i, .value = value, .problems = type->problems
      };

      if (read_outcome (&outcomes[*n], &element, ids))
        (*n)++;
      else
        outcomes[*n] = (WfOutcome) { NULL };
    }
  return outcomes;
}

const WfOutcome *
wf_entry_find_outcome (const WfEntry *type, const char *id)
{
  for (guint i = 0; id != NULL && i < type->n_outcomes; i++)
    if (g_str_equal (type->outcomes[i].id, id))
      return &type->outcomes[i];
  return NULL;
}

char *
wf_entry_list_outcomes (const WfEntry *type)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < type->n_outcomes; i++)
    {
      if (i > 0)
        g_string_append (list, ", ");
      g_string_append_printf (list, _ ("“%s”"), type->outcomes[i].name);
    }
  return g_string_free (list, FALSE);
}

const char *
wf_organisation_get_outcome_name (const WfOrganisation *self, const char *type, const char *outcome)
{
  const WfEntry *entry =
      self != NULL ? wf_organisation_get_entry (self, WF_ENTRY_ACTIVITY_TYPE, type) : NULL;
  const WfOutcome *found = entry != NULL ? wf_entry_find_outcome (entry, outcome) : NULL;

  return found != NULL ? found->name : outcome;
}
