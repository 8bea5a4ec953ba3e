/* SPDX-License-Identifier: GPL-3.0-or-later */
/* {"action", "lead"}: an action is the same after writing and reading; done twice, it changes the
 * lead once, unless it counts up. */
#include "fuzz-target.h"
#include "wf-action-apply.h"

#include <string.h>

static WfAction *
read_text (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  FUZZ_CHECK (document != NULL);
  return wf_action_read (wf_json_document_get_root (document), NULL, NULL);
}

static void
check_written (const WfAction *action)
{
  g_autofree char *text = wf_action_to_text (action, TRUE);
  g_autoptr (WfAction) again = read_text (text);
  g_autofree char *text_again = NULL;

  FUZZ_CHECK (again != NULL);
  FUZZ_CHECK (again->kind == action->kind && strcmp (again->key, action->key) == 0);
  text_again = wf_action_to_text (again, TRUE);
  FUZZ_CHECK (strcmp (text, text_again) == 0);
}

static void
check_applied (const WfAction *action, const WfJson *lead, const WfOrganisation *organisation)
{
  g_autoptr (WfJsonDocument) after = NULL;
  g_autoptr (WfJsonDocument) later = NULL;
  WfApplyOutcome outcome = wf_action_apply (action, lead, organisation, &after);

  FUZZ_CHECK ((after != NULL) == (outcome == WF_APPLY_CHANGED));
  if (after == NULL || action->kind == WF_ACTION_ADD_SCORE)
    return;
  outcome = wf_action_apply (action, wf_json_document_get_root (after), organisation, &later);
  FUZZ_CHECK (outcome == WF_APPLY_SAME);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char key[] = "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11";
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (WfAction) action = NULL;
  const WfJson *root, *lead;

  if (document == NULL)
    return 0;
  problems = wf_problems_new (NULL);
  root = wf_json_document_get_root (document);
  lead = wf_json_get_member (root, "lead");
  action = wf_action_read (wf_json_get_member (root, "action"), key, problems);
  FUZZ_CHECK ((action == NULL) == wf_problems_has_errors (problems));
  if (action == NULL)
    return 0;
  organisation = wf_organisation_new_empty ();
  check_written (action);
  check_applied (action, lead, organisation);
  check_applied (action, lead, NULL);
  return 0;
}
