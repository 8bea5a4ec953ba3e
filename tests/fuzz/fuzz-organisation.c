/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any document as an organisation: every person's rights and hours can be asked for. */
#include "fuzz-target.h"
#include "wf-organisation.h"

static void
check_person (const WfOrganisation *organisation, const WfPerson *person)
{
  FUZZ_CHECK (wf_organisation_get_person (organisation, person->id) == person);
  FUZZ_CHECK (wf_organisation_get_hours_for (organisation, person) != NULL);
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
  text = wf_organisation_to_text (organisation, TRUE);
  FUZZ_CHECK (text != NULL);
  return 0;
}
