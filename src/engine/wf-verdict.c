/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts as text: why a workflow started, and why it did not (B3). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-engine-private.h"

const char *const wf_verdict_names[] = {
  "started", "condition-failed", "paused", "held-problem", "held-storm",
  "reentry", "own-event",        "loop",   "known",        NULL,
};

void
wf_verdict_write (const WfVerdict *self, const WfEvent *event, WfJsonWriter *writer)
{
  wf_json_writer_add_string (writer, "event", wf_event_get_id (event));
  wf_json_writer_add_string (writer, "workflow", self->workflow->id);
  wf_json_writer_add_int (writer, "version", self->workflow->version);
  wf_json_writer_add_string (writer, "verdict", wf_verdict_names[self->kind]);
  if (self->kind == WF_VERDICT_CONDITION_FAILED && self->failed != NULL)
    {
      wf_json_writer_add_string (writer, "field", wf_condition_get_field (self->failed));
      wf_json_writer_add_string (writer, "op",
                                 wf_operator_names[wf_condition_get_operator (self->failed)]);
      wf_json_writer_add_value (writer, "value", wf_condition_get_value (self->failed));
      if (self->seen != NULL)
        wf_json_writer_add_value (writer, "seen", self->seen);
      else
        wf_json_writer_add_null (writer, "seen");
    }
  wf_json_writer_add_string (writer, "reason", self->reason);
}

/**
 * wf_verdict_to_text:
 * @verdict: what the engine said
 * @event: of which event
 *
 * Returns: (transfer full): compact JSON
 */
char *
wf_verdict_to_text (const WfVerdict *verdict, const WfEvent *event)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_verdict_write (verdict, event, writer);
  return wf_json_writer_finish (writer, FALSE);
}

/**
 * wf_verdicts_to_text:
 * @verdicts: (element-type WfVerdict): what the engine said of one event
 * @event: the event
 *
 * Returns: (transfer full): an array of the same objects as compact JSON, the trace of the event
 */
char *
wf_verdicts_to_text (const GArray *verdicts, const WfEvent *event)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < verdicts->len; i++)
    {
      wf_json_writer_begin_object (writer, NULL);
      wf_verdict_write (&g_array_index (verdicts, WfVerdict, i), event, writer);
      wf_json_writer_end (writer);
    }
  return wf_json_writer_finish (writer, FALSE);
}

/**
 * wf_verdict_cancels_earlier:
 * @verdict: what the engine said
 *
 * Returns: %TRUE when earlier runs of this workflow and lead must be cancelled before this one
 *   starts (S15)
 */
gboolean
wf_verdict_cancels_earlier (const WfVerdict *verdict)
{
  return verdict->kind == WF_VERDICT_STARTED && verdict->workflow->reentry == WF_REENTRY_RESTART;
}
