/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any document as an organisation: every person's rights and hours can be asked for. */
#include "fuzz-target.h"
#include "wf-absence.h"
#include "wf-outcome.h"

/* In order, apart from each other, and the same again when written. */
static void
check_absences (const WfPerson *person)
{
  for (guint i = 0; i < person->n_absences; i++)
    {
      const WfAbsence *absence = &person->absences[i];
      g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

      FUZZ_CHECK (absence->from < absence->until);
      FUZZ_CHECK (i == 0 || person->absences[i - 1].until <= absence->from);
      FUZZ_CHECK (wf_person_get_absence (person, absence->from) == absence);
      FUZZ_CHECK (wf_person_get_absence (person, absence->until - 1) == absence);
      FUZZ_CHECK (wf_person_find_absence (person, absence->id) == absence);
      wf_absence_write (absence, writer, NULL, NULL);
      g_autoptr (WfJsonDocument) document = wf_json_writer_finish_document (writer);
      g_autoptr (WfAbsence) again = wf_absence_read (wf_json_document_get_root (document), NULL);
      FUZZ_CHECK (again != NULL && wf_absence_equal (again, absence));
    }
}

static void
check_outcomes (const WfOrganisation *organisation)
{
  guint n;
  const WfEntry *types = wf_organisation_get_entries (organisation, WF_ENTRY_ACTIVITY_TYPE, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *list = wf_entry_list_outcomes (&types[i]);

      for (guint j = 0; j < types[i].n_outcomes; j++)
        FUZZ_CHECK (wf_entry_find_outcome (&types[i], types[i].outcomes[j].id) ==
                    &types[i].outcomes[j]);
      FUZZ_CHECK ((list[0] == '\0') == (types[i].n_outcomes == 0));
    }
}

static void
check_person (const WfOrganisation *organisation, const WfPerson *person)
{
  FUZZ_CHECK (wf_organisation_get_person (organisation, person->id) == person);
  FUZZ_CHECK (wf_organisation_get_hours_for (organisation, person) != NULL);
  FUZZ_CHECK (person->capacity > 0);
  check_absences (person);
  for (int right = WF_RIGHT_EDIT_WORKFLOWS; right <= WF_RIGHT_SEE_LOG; right++)
    {
      g_autofree char *reason =
          wf_organisation_explain_right (organisation, person, (WfRight) right);

      FUZZ_CHECK ((reason == NULL) ==
                  wf_organisation_person_may (organisation, person, (WfRight) right));
    }
}

static void
check_hours (const WfOrganisation *organisation)
{
  const WfWorkingHours *hours = wf_organisation_get_hours (organisation);
  WfInstant at = G_GINT64_CONSTANT (1795207800000000);
  WfInstant open = wf_working_hours_next_open (hours, at);

  FUZZ_CHECK (open == WF_INSTANT_NONE || (open >= at && wf_working_hours_is_open (hours, open)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autofree char *text = NULL;

  if (document == NULL)
    return 0;
  problems = wf_problems_new (NULL);
  organisation = wf_organisation_read (wf_json_document_get_root (document), problems);
  if (organisation == NULL)
    {
      FUZZ_CHECK (wf_problems_has_errors (problems));
      return 0;
    }
  for (guint i = 0; i < wf_organisation_get_n_people (organisation); i++)
    check_person (organisation, wf_organisation_get_person_at (organisation, i));
  check_hours (organisation);
  check_outcomes (organisation);
  text = wf_organisation_to_text (organisation, TRUE);
  FUZZ_CHECK (text != NULL);
  return 0;
}
