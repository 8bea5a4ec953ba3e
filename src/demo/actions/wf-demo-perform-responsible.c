/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets a lead: the proposal, or by turns, or whoever has the least to do (R109). */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-perform.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where a group's turn is kept. */
#define TURN "turn/"

static gboolean
is_active (const WfPerson *person)
{
  return person != NULL && person->active;
}

/* Of the action, else the group's: who is there now, in the organisation's order. */
static GPtrArray *
list_candidates (WfDemoPerformance *self, const char *group)
{
  const WfOrganisation *organisation = self->crm->organisation;
  const WfJson *named = wf_action_get_member (self->action, "candidates");
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < wf_json_get_size (named); i++)
    {
      const char *id = wf_json_get_string (wf_json_get_element (named, i));
      const WfPerson *person = id != NULL ? wf_organisation_get_person (organisation, id) : NULL;
      g_autofree char *pointer = g_strdup_printf ("/candidates/%u", i);

      if (person == NULL)
        wf_demo_perform_refuse (self, pointer, "unknown-person", _ ("There is no such person."));
      else if (is_active (person))
        g_ptr_array_add (list, (gpointer) person);
    }
  if (wf_json_get_size (named) > 0 || group == NULL)
    return list;
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);

      if (is_active (person) && wf_person_in_group (person, group))
        g_ptr_array_add (list, (gpointer) person);
    }
  return list;
}

/* The group's, or of the same people without one. Owned by the caller. */
static char *
make_turn_key (GPtrArray *candidates, const char *group)
{
  g_autoptr (GString) key = g_string_new (TURN);

  if (group != NULL)
    g_string_append (key, group);
  for (guint i = 0; group == NULL && i < candidates->len; i++)
    g_string_append_printf (key, "/%s", ((const WfPerson *) candidates->pdata[i])->id);
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* The counter outlives the process and counts leads, not computers: however many ask, each lead
 * moves the turn by one. */
static const WfPerson *
take_turn (WfDemoPerformance *self, GPtrArray *candidates, const char *group)
{
  g_autofree char *key = make_turn_key (candidates, group);
  g_autofree char *text = wf_demo_database_dup_meta (self->crm->database, key);
  guint64 turn = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
  g_autofree char *next = g_strdup_printf ("%" G_GUINT64_FORMAT, turn + 1);

  wf_demo_database_set_meta (self->crm->database, key, next);
  return candidates->pdata[turn % candidates->len];
}

static gint64
count_open (WfDemoCrm *crm, const char *person)
{
  return wf_demo_database_get_number (
      crm->database, 0, "SELECT count(*) FROM activities WHERE person = ? AND status = 'open'", "s",
      person);
}

static const WfPerson *
find_least_loaded (WfDemoPerformance *self, GPtrArray *candidates)
{
  const WfPerson *best = NULL;
  gint64 fewest = G_MAXINT64;

  for (guint i = 0; i < candidates->len; i++)
    {
      const WfPerson *person = candidates->pdata[i];
      gint64 n = count_open (self->crm, person->id);

      if (n < fewest)
        {
          best = person;
          fewest = n;
        }
    }
  return best;
}

static gboolean
check_strategy (WfDemoPerformance *self, const char *strategy, const char *group)
{
  if (strategy != NULL && !g_str_equal (strategy, "round-robin") &&
      !g_str_equal (strategy, "least-loaded"))
    wf_demo_perform_refuse (self, "/strategy", "wrong-value",
                            _ ("This must be round-robin or least-loaded."));
  if (group != NULL &&
      wf_organisation_get_entry (self->crm->organisation, WF_ENTRY_GROUP, group) == NULL)
    wf_demo_perform_refuse (self, "/group", "unknown-group", _ ("There is no such group."));
  return !wf_demo_outcome_is_problem (self->outcome);
}

/* Owned by the caller; NULL with a problem. */
static char *
choose_owner (WfDemoPerformance *self)
{
  const char *owner = wf_demo_perform_get_text (self, "owner", TRUE, 128);
  const char *strategy = wf_demo_perform_get_text (self, "strategy", FALSE, 64);
  const char *group = wf_demo_perform_get_text (self, "group", FALSE, 128);
  const WfPerson *chosen = NULL;

  if (wf_demo_outcome_is_problem (self->outcome) || !check_strategy (self, strategy, group))
    return NULL;
  g_autoptr (GPtrArray) candidates = list_candidates (self, group);
  if (wf_demo_outcome_is_problem (self->outcome))
    return NULL;
  /* Nobody is there: the proposal stands. */
  if (strategy != NULL && candidates->len > 0)
    chosen = g_str_equal (strategy, "round-robin") ? take_turn (self, candidates, group)
                                                   : find_least_loaded (self, candidates);
  return g_strdup (chosen != NULL ? chosen->id : owner);
}

/* S11: nobody is to be responsible; who is to choose somebody says so with a strategy. */
static gboolean
gives_to_queue (const WfAction *action)
{
  return wf_json_is (wf_action_get_member (action, "owner"), WF_JSON_NULL) &&
         wf_action_get_text (action, "strategy") == NULL;
}

void
wf_demo_perform_responsible (WfDemoPerformance *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *owner = NULL;

  if (gives_to_queue (self->action))
    {
      wf_demo_perform_change (self, self->action, "/owner");
      return;
    }
  owner = choose_owner (self);
  if (owner == NULL)
    return;
  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_string (writer, "owner", owner);
  wf_json_writer_end (writer);
  g_autoptr (WfAction) decided = wf_action_new (WF_ACTION_CHANGE_RESPONSIBLE, self->action->key,
                                                self->action->lead,
                                                wf_json_writer_finish_document (writer));
  wf_demo_perform_change (self, decided, "/owner");
}
