/* SPDX-License-Identifier: GPL-3.0-or-later */
/* {"condition", "event", "lead", "results"}: a condition decides, explains itself, and decides the same
 * after writing and reading. */
#include "fuzz-target.h"
#include "wf-condition.h"

static gboolean
decide (const WfCondition *condition, const WfConditionContext *context)
{
  const WfCondition *failed = NULL;
  gboolean holds = wf_condition_holds (condition, context, &failed);

  FUZZ_CHECK (!holds || failed == NULL);
  FUZZ_CHECK (failed == NULL || wf_condition_get_kind (failed) == WF_CONDITION_TEST);
  return holds;
}

static void
check_written (const WfCondition *condition, const WfConditionContext *context)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autoptr (WfJsonDocument) document = NULL;
  g_autoptr (WfCondition) again = NULL;
  WfJsonCursor cursor;

  wf_condition_write (condition, writer, NULL);
  document = wf_json_writer_finish_document (writer);
  cursor = wf_json_cursor_root (wf_json_document_get_root (document), NULL);
  again = wf_condition_read (&cursor);
  FUZZ_CHECK (again != NULL);
  FUZZ_CHECK (decide (condition, context) == decide (again, context));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfOrganisation) organisation = NULL;
  g_autoptr (WfCondition) condition = NULL;
  g_autoptr (WfEvent) event = NULL;
  g_autofree char *text = NULL;
  WfConditionContext context = { NULL };
  WfJsonCursor root, cursor;

  if (document == NULL)
    return 0;
  problems = wf_problems_new (NULL);
  organisation = wf_organisation_new_empty ();
  root = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  cursor = wf_json_cursor_member (&root, "condition");
  condition = wf_condition_read (&cursor);
  if (condition == NULL)
    {
      FUZZ_CHECK (wf_problems_has_errors (problems));
      return 0;
    }
  event = wf_event_read (document, wf_json_get_member (root.value, "event"), 7, NULL);
  context.event = event;
  context.lead = wf_json_get_member (root.value, "lead");
  context.results = wf_json_get_member (root.value, "results");
  context.organisation = organisation;
  if (event != NULL)
    check_written (condition, &context);
  text = wf_condition_to_text (condition, organisation);
  FUZZ_CHECK (text != NULL);
  return 0;
}
