/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that change a record: "change-stage" (R81, R90), "set-field", "add-score",
 * "delete-record" (R78) and "close-activities". Whether the record already is so, or further, is
 * found where the record is: in the CRM (S17). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-decision.h"
#include "wf-merge-text.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>

WfEffect *
wf_decide_change_stage (const WfDecision *decision, const char **reason)
{
  gboolean deal;
  const char *record = wf_decision_find_record (decision, &deal, reason);
  const char *stage = wf_step_get_text (decision->step, "stage");
  g_autofree char *why = wf_decision_expand (decision, "reason");
  WfJsonWriter *writer;

  if (record == NULL)
    return NULL;
  *reason = "no-stage";
  if (stage == NULL)
    return NULL;
  writer = wf_decision_begin_members ();
  wf_json_writer_add_string (writer, "stage", stage);
  wf_json_writer_add_boolean (writer, "allow-back",
                              wf_step_get_flag (decision->step, "allow-back"));
  wf_json_writer_add_string (writer, "reason", why);
  return wf_decision_finish_action (decision, WF_ACTION_CHANGE_STAGE, writer, deal ? record : NULL);
}

WfEffect *
wf_decide_set_field (const WfDecision *decision, const char **reason)
{
  const char *field = wf_step_get_text (decision->step, "field");
  const WfJson *value = wf_step_get_setting (decision->step, "value");
  const char *text = wf_json_get_string (value);
  g_autofree char *expanded = text != NULL ? wf_merge_text_expand (text, decision->context) : NULL;
  WfJsonWriter *writer;

  *reason = "no-record";
  if (wf_event_get_lead (decision->event) == NULL)
    return NULL;
  *reason = "no-field";
  if (field == NULL || value == NULL)
    return NULL;
  writer = wf_decision_begin_members ();
  wf_json_writer_add_string (writer, "field", field);
  if (expanded != NULL)
    wf_json_writer_add_string (writer, "value", expanded);
  else
    wf_json_writer_add_value (writer, "value", value);
  return wf_decision_finish_action (decision, WF_ACTION_SET_FIELD, writer, NULL);
}

WfEffect *
wf_decide_add_score (const WfDecision *decision, const char **reason)
{
  gint64 points = wf_step_get_number (decision->step, "points", 0);
  WfJsonWriter *writer;

  *reason = "no-record";
  if (wf_event_get_lead (decision->event) == NULL)
    return NULL;
  *reason = "no-points";
  if (points == 0)
    return NULL;
  writer = wf_decision_begin_members ();
  wf_json_writer_add_int (writer, "points", points);
  return wf_decision_finish_action (decision, WF_ACTION_ADD_SCORE, writer, NULL);
}

/* What the audit will show of a record that is no more (R78): its name. The rest of the audit,
 * which record, by which step and why, is what every action carries. */
WfEffect *
wf_decide_delete_record (const WfDecision *decision, const char **reason)
{
  gboolean deal;
  const char *record = wf_decision_find_record (decision, &deal, reason);
  WfJsonWriter *writer;

  if (record == NULL)
    return NULL;
  *reason = "not-confirmed";
  if (!wf_step_get_flag (decision->step, "confirmed"))
    return NULL;
  writer = wf_decision_begin_members ();
  wf_json_writer_add_string (writer, "name",
                             wf_decision_get_field (decision, deal ? "deal.name" : "lead.name"));
  return wf_decision_finish_action (decision, WF_ACTION_DELETE_RECORD, writer,
                                    deal ? record : NULL);
}

WfEffect *
wf_decide_close_activities (const WfDecision *decision, const char **reason)
{
  const WfStep *step = decision->step;
  const WfJson *types = wf_step_get_setting (step, "activity-types");
  gboolean own = g_strcmp0 (wf_step_get_text (step, "created-by"), "this-workflow") == 0;
  g_autofree char *why = wf_decision_expand (decision, "reason");
  WfJsonWriter *writer;

  *reason = "no-record";
  if (wf_event_get_lead (decision->event) == NULL)
    return NULL;
  if (why == NULL)
    why = g_strdup_printf (_ ("Closed by the workflow “%s”"), decision->workflow->name);
  writer = wf_decision_begin_members ();
  if (wf_json_get_size (types) > 0)
    wf_json_writer_add_value (writer, "activity-types", types);
  wf_json_writer_add_string (writer, "workflow", own ? decision->workflow->id : NULL);
  wf_json_writer_add_string (writer, "reason", why);
  return wf_decision_finish_action (decision, WF_ACTION_CLOSE_ACTIVITIES, writer, NULL);
}
