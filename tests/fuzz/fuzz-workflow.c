/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any document as a workflow: read, checked, described, copied; writing it once more changes
 * nothing. */
#include "fuzz-target.h"
#include "wf-sentence.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfWorkflow) workflow = NULL;
  g_autoptr (WfWorkflow) copy = NULL;
  g_autoptr (WfWorkflow) again = NULL;
  g_autoptr (WfJsonDocument) written = NULL;
  g_autofree char *sentences = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  if (document == NULL)
    return 0;
  problems = wf_problems_new ("fuzz");
  workflow = wf_workflow_read (wf_json_document_get_root (document), problems);
  if (workflow == NULL)
    {
      FUZZ_CHECK (wf_problems_has_errors (problems));
      return 0;
    }
  organisation = wf_organisation_new_empty ();
  wf_workflow_validate (workflow, organisation, problems);
  sentences = wf_sentence_for_workflow (workflow, organisation);
  copy = wf_workflow_copy (workflow);
  text = wf_workflow_to_text (copy, FALSE);
  written = wf_json_document_parse (text, -1, 0, NULL);
  FUZZ_CHECK (written != NULL);
  again = wf_workflow_read (wf_json_document_get_root (written), NULL);
  text_again = wf_workflow_to_text (again, FALSE);
  FUZZ_CHECK (g_str_equal (text, text_again));
  return 0;
}
