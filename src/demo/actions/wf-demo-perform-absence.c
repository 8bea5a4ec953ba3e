/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions with which people tell that somebody is away, and that they are back (B10): they change
 * the document of the organisation, which everyone reads. */
#define G_LOG_DOMAIN "wf-demo"

#include "wf-demo-perform.h"

#include "wf-absence.h"

#include <glib/gi18n-lib.h>

/* One's own, or of whom one manages; machines tell for everyone. FALSE with a problem. */
static gboolean
may_tell (WfDemoPerformance *self, const char *person)
{
  g_autofree char *refusal = NULL;

  if (wf_organisation_get_person (self->crm->organisation, person) == NULL)
    {
      wf_demo_perform_refuse (self, "/person", "unknown-person", _ ("There is no such person."));
      return FALSE;
    }
  if (self->caller->kind != WF_DEMO_CALLER_PERSON)
    return TRUE;
  refusal =
      wf_organisation_explain_absence_right (self->crm->organisation, self->caller->person, person);
  if (refusal == NULL)
    return TRUE;
  wf_demo_outcome_fail (self->outcome, 403, "forbidden", refusal);
  return FALSE;
}

static void
store (WfDemoPerformance *self, WfOrganisation *changed)
{
  g_autofree char *before = wf_organisation_to_text (self->crm->organisation, FALSE);
  g_autofree char *after = wf_organisation_to_text (changed, FALSE);

  if (g_str_equal (before, after))
    {
      self->note = WF_DEMO_NOTE_SO;
      wf_organisation_unref (changed);
      return;
    }
  wf_demo_crm_change_organisation (self->crm, self->caller, changed);
}

/* NULL with a problem. Owned by the caller. */
static WfAbsence *
read_absence (WfDemoPerformance *self, const char *person)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfAbsence) absence =
      wf_absence_read (wf_action_get_member (self->action, "absence"), problems);
  g_autofree char *refusal = NULL;

  if (absence == NULL || wf_problems_has_errors (problems))
    {
      wf_demo_perform_refuse (self, "/absence", "wrong-value",
                              wf_problems_get_n (problems) > 0 ? wf_problems_get (problems, 0)->text
                                                               : _ ("This is no absence."));
      return NULL;
    }
  refusal = wf_organisation_explain_absence (self->crm->organisation, person, absence);
  if (refusal == NULL)
    return g_steal_pointer (&absence);
  wf_demo_perform_refuse (self, "/absence", "wrong-value", refusal);
  return NULL;
}

/* What a document cannot have (a rule for a type that there is not) is said, not left out. */
static WfOrganisation *
put (WfDemoPerformance *self, const char *person, const WfAbsence *absence)
{
  WfOrganisation *changed = wf_organisation_with_absence (self->crm->organisation, person, absence);
  const WfPerson *who = changed != NULL ? wf_organisation_get_person (changed, person) : NULL;
  const WfAbsence *written = who != NULL ? wf_person_find_absence (who, absence->id) : NULL;

  if (written != NULL && wf_absence_equal (written, absence))
    return changed;
  g_clear_pointer (&changed, wf_organisation_unref);
  wf_demo_perform_refuse (self, "/absence/rules", "wrong-value",
                          _ ("A rule names a type of activity that there is not."));
  return NULL;
}

void
wf_demo_perform_absence (WfDemoPerformance *self)
{
  const char *person = wf_demo_perform_get_text (self, "person", TRUE, 128);
  g_autoptr (WfAbsence) absence = NULL;
  WfOrganisation *changed;

  if (wf_demo_outcome_is_problem (self->outcome) || !may_tell (self, person))
    return;
  absence = read_absence (self, person);
  changed = absence != NULL ? put (self, person, absence) : NULL;
  if (changed != NULL)
    store (self, changed);
}

void
wf_demo_perform_absence_end (WfDemoPerformance *self)
{
  const char *person = wf_demo_perform_get_text (self, "person", TRUE, 128);
  const char *id = wf_demo_perform_get_text (self, "absence", TRUE, 128);
  WfOrganisation *changed;

  if (wf_demo_outcome_is_problem (self->outcome) || !may_tell (self, person))
    return;
  changed = wf_organisation_end_absence (self->crm->organisation, person, id,
                                         wf_demo_crm_now (self->crm));
  if (changed != NULL)
    store (self, changed);
  else
    self->note = WF_DEMO_NOTE_SO; /* there is none any more */
}
