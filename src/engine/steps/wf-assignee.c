/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who of several gets it.
 *
 * The engine knows neither whose turn it is nor how much each has to do: only the CRM sees what
 * every computer gives out. So the engine proposes one of the candidates, by the effect's key:
 * every computer proposes the same one (S15, S16), over many effects each candidate comes as
 * often as the others, and a CRM that knows better may choose another candidate. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-assignee.h"

#include <string.h>

const char *const wf_strategy_names[] = { NULL, "round-robin", "least-loaded" };

WfStrategy
wf_assignee_get_strategy (const char *assignee, const char **group)
{
  *group = NULL;
  for (guint i = WF_STRATEGY_ROUND_ROBIN; assignee != NULL && i < G_N_ELEMENTS (wf_strategy_names);
       i++)
    {
      gsize length = strlen (wf_strategy_names[i]);

      if (strncmp (assignee, wf_strategy_names[i], length) == 0 && assignee[length] == ':')
        {
          *group = assignee + length + 1;
          return (WfStrategy) i;
        }
    }
  return WF_STRATEGY_NONE;
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  const WfPerson *const *x = a, *const *y = b;

  return strcmp ((*x)->id, (*y)->id);
}

GPtrArray *
wf_group_list_active (const WfOrganisation *organisation, const char *group)
{
  guint n = organisation != NULL ? wf_organisation_get_n_people (organisation) : 0;
  GPtrArray *people = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);

      if (person->active && wf_person_in_group (person, group))
        g_ptr_array_add (people, (gpointer) person);
    }
  g_ptr_array_sort (people, compare_people);
  return people;
}

static void
add_person (GPtrArray *ids, const char *id)
{
  if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, g_strdup (id));
}

static void
add_group (GPtrArray *ids, const WfOrganisation *organisation, const char *group)
{
  g_autoptr (GPtrArray) people = wf_group_list_active (organisation, group);

  for (guint i = 0; i < people->len; i++)
    add_person (ids, ((const WfPerson *) g_ptr_array_index (people, i))->id);
}

char **
wf_recipients_list_people (const WfOrganisation *organisation, const WfWorkflow *workflow,
                           const char *owner, const char *const *recipients)
{
  GPtrArray *ids = g_ptr_array_new_null_terminated (8, g_free, TRUE);

  for (guint i = 0; recipients != NULL && recipients[i] != NULL; i++)
    {
      WfResponsible one;
      const char *reason;

      if (g_str_has_prefix (recipients[i], "group:"))
        add_group (ids, organisation, recipients[i] + strlen ("group:"));
      else if (wf_responsible_resolve_recipient (organisation, workflow, owner, recipients[i], &one,
                                                 &reason))
        add_person (ids, one.person);
    }
  return (char **) g_ptr_array_free (ids, FALSE);
}

/* The key is a hash already (S15): its first 32 bits spread evenly. */
static guint
choose (const char *key, guint n)
{
  char first[9];

  g_strlcpy (first, key, sizeof first);
  return (guint) (g_ascii_strtoull (first, NULL, 16) % n);
}

static gboolean
resolve_in_group (const WfOrganisation *organisation, const WfWorkflow *workflow,
                  WfStrategy strategy, const char *group, const char *key,
                  WfResponsible *responsible, const char **reason)
{
  g_autoptr (GPtrArray) people = wf_group_list_active (organisation, group);

  responsible->group = group;
  responsible->person = NULL;
  if (people->len == 0)
    {
      *reason = organisation != NULL &&
                        wf_organisation_get_entry (organisation, WF_ENTRY_GROUP, group) == NULL
                    ? "unknown-group"
                    : "no-member";
      return wf_responsible_find_group_stand_in (organisation, workflow, group, responsible);
    }
  responsible->how = strategy == WF_STRATEGY_ROUND_ROBIN ? WF_RESPONSIBLE_ROUND_ROBIN
                                                         : WF_RESPONSIBLE_LEAST_LOADED;
  responsible->n_candidates = people->len;
  responsible->place = choose (key, people->len);
  responsible->person = ((const WfPerson *) g_ptr_array_index (people, responsible->place))->id;
  return TRUE;
}

gboolean
wf_assignee_resolve (const WfOrganisation *organisation, const WfWorkflow *workflow,
                     const char *owner, const char *assignee, const char *key,
                     WfResponsible *responsible, const char **reason)
{
  const char *group;
  WfStrategy strategy = wf_assignee_get_strategy (assignee, &group);
  gboolean found;

  if (strategy != WF_STRATEGY_NONE)
    {
      *responsible = wf_responsible_resolve (organisation, workflow, owner);
      found = resolve_in_group (organisation, workflow, strategy, group, key, responsible, reason);
    }
  else
    {
      found = wf_responsible_resolve_recipient (organisation, workflow, owner, assignee,
                                                responsible, reason);
    }
  responsible->assignee = g_strcmp0 (assignee, "responsible") != 0 ? assignee : NULL;
  return found;
}
