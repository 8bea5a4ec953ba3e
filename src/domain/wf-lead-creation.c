/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may create a lead of the store flow, for which unit, and how it begins (R58, R60, R64). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-lead.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * wf_organisation_get_first_stage:
 * @self: an organisation
 *
 * Returns: (transfer none) (nullable): the stage in which a new lead begins: the first one of the
 *   first pipeline of leads; %NULL when there is none
 */
const char *
wf_organisation_get_first_stage (const WfOrganisation *self)
{
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (self, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (pipelines[i].record, "lead") == 0 && pipelines[i].n_stages > 0)
      return pipelines[i].stages[0].id;
  return NULL;
}

/**
 * wf_person_list_store_units:
 * @organisation: the organisation
 * @person: somebody in it
 *
 * Returns: (transfer container): of the person's units, or of all where the person has none or is
 *   an administrator, those with store flow
 */
GPtrArray *
wf_person_list_store_units (const WfOrganisation *organisation, const WfPerson *person)
{
  gboolean any = person->role == WF_ROLE_ADMINISTRATOR || person->units[0] == NULL;
  GPtrArray *list = g_ptr_array_new ();
  guint n = 0;
  const WfEntry *units = wf_organisation_get_entries (organisation, WF_ENTRY_UNIT, &n);

  for (guint i = 0; i < n; i++)
    if (units[i].store_flow && (any || g_strv_contains (person->units, units[i].id)))
      g_ptr_array_add (list, (gpointer) &units[i]);
  return list;
}

/**
 * wf_organisation_explain_new_lead:
 * @self: an organisation
 * @person: (nullable): who wants to create it
 * @unit: (inout) (nullable): the unit in which the client is served; %NULL: the only one
 *
 * Returns: (transfer full) (nullable): why it is refused, in the user's language; %NULL when it is
 *   allowed
 */
char *
wf_organisation_explain_new_lead (const WfOrganisation *self, const WfPerson *person,
                                  const char **unit)
{
  char *refusal = wf_organisation_explain_right (self, person, WF_RIGHT_CREATE_FLOW_LEAD);
  g_autoptr (GPtrArray) units = refusal == NULL ? wf_person_list_store_units (self, person) : NULL;
  guint n = 0;

  if (refusal != NULL)
    return refusal;
  for (guint i = 0; i < units->len && *unit != NULL; i++)
    if (strcmp (((const WfEntry *) units->pdata[i])->id, *unit) == 0)
      return NULL;
  if (*unit != NULL)
    return g_strdup_printf (_ ("“%s” is not a unit with store flow in which %s works."),
                            wf_organisation_get_entry_name (self, WF_ENTRY_UNIT, *unit),
                            person->name);
  if (units->len == 1)
    *unit = ((const WfEntry *) units->pdata[0])->id;
  if (units->len > 1)
    return g_strdup (_ ("Choose the unit in which the client is served."));
  wf_organisation_get_entries (self, WF_ENTRY_UNIT, &n);
  return units->len == 0 && n > 0 ? g_strdup (_ ("Store flow is not switched on in any unit."))
                                  : NULL;
}

/**
 * wf_person_owns_new_leads:
 * @person: who creates a lead
 *
 * Returns: %TRUE when the person serves clients and so becomes responsible for the lead
 */
gboolean
wf_person_owns_new_leads (const WfPerson *person)
{
  switch (person->role)
    {
    case WF_ROLE_ATTENDANT:
    case WF_ROLE_PRE_SELLER:
    case WF_ROLE_SELLER:
      return TRUE;
    case WF_ROLE_ADMINISTRATOR:
    case WF_ROLE_COORDINATOR:
    case WF_ROLE_MANAGER:
    case WF_ROLE_RECEPTION:
    case WF_ROLE_MEDIA:
    case WF_ROLE_RANKING:
      return FALSE;
    }
  g_assert_not_reached ();
}
