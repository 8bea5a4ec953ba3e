/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a package becomes in another company (B22). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-package-private.h"

#include "wf-text-fold.h"
#include "wf-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- what is here ---- */

/* One id and name of the organisation after the other. */
typedef gboolean (*NamedFunc) (const char *id, const char *name, gpointer user_data);

static gboolean
foreach_entry (const WfOrganisation *organisation, WfEntryKind kind, NamedFunc func,
               gpointer user_data)
{
  guint n;
  const WfEntry *entries = wf_organisation_get_entries (organisation, kind, &n);

  for (guint i = 0; i < n; i++)
    if (func (entries[i].id, entries[i].name, user_data))
      return TRUE;
  return FALSE;
}

static gboolean
foreach_stage (const WfOrganisation *organisation, NamedFunc func, gpointer user_data)
{
  guint n;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < pipelines[i].n_stages; j++)
      if (func (pipelines[i].stages[j].id, pipelines[i].stages[j].name, user_data))
        return TRUE;
  return FALSE;
}

static gboolean
foreach_person (const WfOrganisation *organisation, NamedFunc func, gpointer user_data)
{
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);

      if (func (person->id, person->name, user_data))
        return TRUE;
    }
  return FALSE;
}

/* Until func returns TRUE. */
static gboolean
foreach_named (const WfOrganisation *organisation, WfReferenceKind kind, NamedFunc func,
               gpointer user_data)
{
  switch (kind)
    {
    case WF_REFERENCE_ACTIVITY_TYPE:
      return foreach_entry (organisation, WF_ENTRY_ACTIVITY_TYPE, func, user_data);
    case WF_REFERENCE_GROUP:
      return foreach_entry (organisation, WF_ENTRY_GROUP, func, user_data);
    case WF_REFERENCE_PERSON:
      return foreach_person (organisation, func, user_data);
    case WF_REFERENCE_STAGE:
      return foreach_stage (organisation, func, user_data);
    case WF_REFERENCE_FIELD:
    case WF_REFERENCE_ADDRESS:
      break; /* an organisation does not tell */
    }
  return FALSE;
}

typedef struct
{
  const char *id;     /* (nullable) looked for */
  const char *folded; /* (nullable) looked for */
  const char *found_id, *found_name;
} Search;

static gboolean
is_searched (const char *id, const char *name, gpointer user_data)
{
  Search *search = user_data;

  if (search->id != NULL ? strcmp (id, search->id) != 0
                         : wf_text_compare_folded (name, search->folded) != 0)
    return FALSE;
  search->found_id = id;
  search->found_name = name;
  return TRUE;
}

void
wf_package_take_names (GPtrArray *needs, const WfOrganisation *organisation)
{
  for (guint i = 0; i < needs->len; i++)
    {
      WfPackageNeed *need = g_ptr_array_index (needs, i);
      Search search = { .id = need->id };

      if (foreach_named (organisation, wf_package_kinds[wf_package_need_get_rank (need)].kind,
                         is_searched, &search))
        g_set_str (&need->name, search.found_name);
    }
}

static void
match (WfPackageNeed *need, const WfOrganisation *organisation)
{
  WfReferenceKind kind = wf_package_kinds[wf_package_need_get_rank (need)].kind;
  g_autofree char *folded = wf_text_fold (need->name);
  Search by_id = { .id = need->id }, by_name = { .folded = folded };

  g_clear_pointer (&need->becomes, g_free);
  need->guessed = FALSE;
  if (kind == WF_REFERENCE_FIELD)
    {
      need->becomes = g_strdup (need->id);
      need->guessed = TRUE;
    }
  else if (foreach_named (organisation, kind, is_searched, &by_id))
    {
      need->becomes = g_strdup (by_id.found_id);
    }
  else if (foreach_named (organisation, kind, is_searched, &by_name))
    {
      need->becomes = g_strdup (by_name.found_id);
      need->guessed = TRUE;
    }
}

/**
 * wf_package_match:
 * @self: a package
 * @organisation: where it is to be used
 *
 * Finds for each need what it becomes here: the same id, else the same name. An organisation does
 * not list the fields of its CRM: a field becomes itself, as a guess.
 */
void
wf_package_match (WfPackage *self, const WfOrganisation *organisation)
{
  for (guint i = 0; i < self->needs->len; i++)
    match (g_ptr_array_index (self->needs, i), organisation);
}

typedef struct
{
  WfPackageChoiceFunc func;
  gpointer user_data;
} Choices;

static gboolean
tell_choice (const char *id, const char *name, gpointer user_data)
{
  const Choices *choices = user_data;

  choices->func (id, name, choices->user_data);
  return FALSE; /* the next one */
}

/**
 * wf_package_foreach_choice:
 * @need: of a package
 * @organisation: where it is to be used
 * @func: called for each that the need can become
 * @user_data: for @func
 */
void
wf_package_foreach_choice (const WfPackageNeed *need, const WfOrganisation *organisation,
                           WfPackageChoiceFunc func, gpointer user_data)
{
  Choices choices = { func, user_data };

  foreach_named (organisation, wf_package_kinds[wf_package_need_get_rank (need)].kind, tell_choice,
                 &choices);
}

/* ---- importing ---- */

typedef struct
{
  GPtrArray *needs;
  GHashTable *map; /* (nullable) */
} Import;

static char *
make_key (const char *kind, const char *id)
{
  return g_strconcat (kind, ":", id, NULL);
}

/* NULL or "" when nobody said. */
static const char *
find_answer (const Import *import, const WfPackageNeed *need)
{
  g_autofree char *key = make_key (need->kind, need->id);
  const char *chosen = import->map != NULL ? g_hash_table_lookup (import->map, key) : NULL;

  return chosen != NULL ? chosen : need->becomes;
}

static const char *
answer (const WfReference *reference, gpointer user_data)
{
  const Import *import = user_data;
  const char *kind = wf_reference_kind_names[reference->kind];
  const WfPackageNeed *need = wf_package_find_need (import->needs, kind, reference->id);
  const char *found = need != NULL ? find_answer (import, need) : NULL;

  return found != NULL && found[0] != '\0' ? found : NULL;
}

static void
add_unanswered (const WfPackageNeed *need, guint number, WfProblems *problems)
{
  static const char *const texts[] = {
    N_ ("Nothing here fits the activity type “%s”. Choose one that it becomes."),
    N_ ("Nothing here fits the group “%s”. Choose one that it becomes."),
    N_ ("Nobody here fits the person “%s”. Choose one that it becomes."),
    N_ ("Nothing here fits the stage “%s”. Choose one that it becomes."),
    N_ ("Nothing here fits the field “%s”. Choose one that it becomes."),
  };
  guint rank = wf_package_need_get_rank (need);
  g_autofree char *path = g_strdup_printf ("/needs/%s/%u", wf_package_kinds[rank].list, number);
  g_autoptr (GString) text = g_string_new (_ (texts[rank]));

  g_string_replace (text, "%s", need->name, 1);
  wf_problems_add (problems, WF_PROBLEM_ERROR, path, "need-unanswered", "%s", text->str);
}

static void
check_answers (const Import *import, WfProblems *problems)
{
  guint number = 0, rank = 0;

  for (guint i = 0; i < import->needs->len; i++)
    {
      const WfPackageNeed *need = g_ptr_array_index (import->needs, i);
      const char *found = find_answer (import, need);

      number = wf_package_need_get_rank (need) == rank ? number : 0;
      rank = wf_package_need_get_rank (need);
      if (found == NULL || found[0] == '\0')
        add_unanswered (need, number, problems);
      number++;
    }
}

/* A misspelt key would do nothing. In a fixed order, so that the same input says the same. */
static void
check_map (const Import *import, WfProblems *problems)
{
  g_autoptr (GHashTable) keys = NULL;
  g_autoptr (GPtrArray) given = NULL;

  if (import->map == NULL)
    return;
  keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < import->needs->len; i++)
    {
      const WfPackageNeed *need = g_ptr_array_index (import->needs, i);

      g_hash_table_add (keys, make_key (need->kind, need->id));
    }
  given = g_hash_table_get_keys_as_ptr_array (import->map);
  g_ptr_array_sort_values (given, (GCompareFunc) strcmp);
  for (guint i = 0; i < given->len; i++)
    if (!g_hash_table_contains (keys, g_ptr_array_index (given, i)))
      wf_problems_add (problems, WF_PROBLEM_ERROR, "/needs", "unknown-need",
                       _ ("The package does not need “%s”."),
                       (const char *) g_ptr_array_index (given, i));
}

static WfWorkflow *
import_workflow (const Import *import, const WfWorkflow *workflow)
{
  g_autofree char *text = wf_workflow_to_text (workflow, FALSE);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfJsonDocument) mapped = NULL;

  if (document == NULL)
    return wf_workflow_copy (workflow);
  mapped = wf_reference_map (wf_json_document_get_root (document), answer, (gpointer) import);
  return wf_workflow_read (wf_json_document_get_root (mapped), NULL);
}

/**
 * wf_package_import:
 * @self: a package, matched
 * @map: (nullable): from "group:inbound" to an id here, over what wf_package_match() found
 * @present: (nullable) (element-type WfWorkflow): the workflows that are here already
 * @problems: (nullable): receives a problem for each need without an answer
 *
 * Returns: (transfer container) (element-type WfWorkflow): drafts of version 1; what has no answer
 *   is as it was
 */
GPtrArray *
wf_package_import (const WfPackage *self, GHashTable *map, GPtrArray *present, WfProblems *problems)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const Import import = { self->needs, map };

  check_answers (&import, problems);
  check_map (&import, problems);
  for (guint i = 0; present != NULL && i < present->len; i++)
    g_hash_table_add (ids, g_strdup (((WfWorkflow *) g_ptr_array_index (present, i))->id));
  for (guint i = 0; i < self->workflows->len; i++)
    {
      WfWorkflow *draft = import_workflow (&import, g_ptr_array_index (self->workflows, i));

      draft->state = WF_WORKFLOW_DRAFT;
      draft->version = 1;
      if (draft->id[0] == '\0' || g_hash_table_contains (ids, draft->id))
        {
          g_free (draft->id);
          draft->id = wf_uuid_new ();
        }
      g_hash_table_add (ids, g_strdup (draft->id));
      g_ptr_array_add (drafts, draft);
    }
  return drafts;
}
