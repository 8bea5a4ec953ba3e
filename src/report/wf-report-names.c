/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numbers and the rows of a report are called. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *const wf_measure_names[] = { "created",   "on-time",    "late", "open-late",
                                         "cancelled", "not-needed", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (wf_measure_names) == WF_N_MEASURES + 1);

const char *
wf_measure_get_title (WfMeasure measure)
{
  static const char *const titles[] = {
    [WF_MEASURE_CREATED] = NC_ ("activities", "Created"),
    [WF_MEASURE_ON_TIME] = NC_ ("activities", "Done on Time"),
    [WF_MEASURE_LATE] = NC_ ("activities", "Done Late"),
    [WF_MEASURE_OPEN_LATE] = NC_ ("activities", "Open and Late"),
    [WF_MEASURE_CANCELLED] = NC_ ("activities", "Cancelled"),
    [WF_MEASURE_NOT_NEEDED] = NC_ ("activities", "No Longer Needed"),
  };

  return g_dpgettext2 (NULL, "activities", titles[measure]);
}

/* A published version comes before its draft. */
GHashTable *
wf_report_list_workflow_names (WfStore *store)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) workflows = wf_store_list_workflows (store);

  for (guint i = 0; workflows != NULL && i < workflows->len; i++)
    {
      const WfStoredWorkflow *stored = workflows->pdata[i];

      if (!stored->is_draft || !g_hash_table_contains (names, stored->workflow->id))
        g_hash_table_replace (names, g_strdup (stored->workflow->id),
                              g_strdup (stored->workflow->name));
    }
  return names;
}

static const char *
get_workflow_name (GHashTable *names, const char *id)
{
  const char *name = names != NULL ? g_hash_table_lookup (names, id) : NULL;

  return name != NULL && name[0] != '\0' ? name : id;
}

static char *
name_version (GHashTable *names, const char *id)
{
  const char *slash = strrchr (id, '/');
  g_autofree char *workflow = slash != NULL ? g_strndup (id, (gsize) (slash - id)) : NULL;

  if (slash == NULL)
    return g_strdup (id);
  /* Translators: a workflow's name and a number */
  return g_strdup_printf (_ ("%s, version %s"), get_workflow_name (names, workflow), slash + 1);
}

static const char *
name_origin (const char *id)
{
  return strcmp (id, "web") == 0    ? C_ ("origin", "Web")
         : strcmp (id, "flow") == 0 ? C_ ("origin", "Store")
                                    : id;
}

/**
 * wf_report_name_entry:
 * @organisation: whose people, groups, stages and so on have names
 * @dimension: what the entry is one of
 * @id: the entry's, as filters and rows have it; empty for those that have none
 * @workflow_names: (nullable): names of workflows by their ids
 *
 * The one place where entries get their names, in a window, on paper and in a table. What is not known any more is called by its
 * id. In any thread.
 *
 * Returns: (transfer full): the name in the user's language
 */
char *
wf_report_name_entry (const WfOrganisation *organisation, WfDimension dimension, const char *id,
                      GHashTable *workflow_names)
{
  if (id[0] == '\0')
    return g_strdup (dimension == WF_DIMENSION_PERSON ? _ ("Unassigned") : _ ("None"));
  switch (dimension)
    {
    case WF_DIMENSION_PERSON:
      return g_strdup (wf_organisation_get_person_name (organisation, id));
    case WF_DIMENSION_GROUP:
      return g_strdup (wf_organisation_get_entry_name (organisation, WF_ENTRY_GROUP, id));
    case WF_DIMENSION_TEAM:
      return g_strdup (wf_organisation_get_entry_name (organisation, WF_ENTRY_TEAM, id));
    case WF_DIMENSION_UNIT:
      return g_strdup (wf_organisation_get_entry_name (organisation, WF_ENTRY_UNIT, id));
    case WF_DIMENSION_TYPE:
      return g_strdup (wf_organisation_get_entry_name (organisation, WF_ENTRY_ACTIVITY_TYPE, id));
    case WF_DIMENSION_WORKFLOW:
      return g_strdup (get_workflow_name (workflow_names, id));
    case WF_DIMENSION_VERSION:
      return name_version (workflow_names, id);
    case WF_DIMENSION_STAGE:
      return g_strdup (wf_organisation_get_stage_name (organisation, id));
    case WF_DIMENSION_SOURCE:
      return g_strdup (id);
    case WF_DIMENSION_ORIGIN:
      return g_strdup (name_origin (id));
    }
  g_assert_not_reached ();
}
