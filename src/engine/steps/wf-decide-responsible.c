/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step "change-responsible" (R82, R126, R147): by criteria, the first rule that holds. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-assignee.h"
#include "wf-decision.h"
#include "wf-step-settings.h"

/* TRUE when the rule holds; *readable: FALSE when its condition cannot be read. */
static gboolean
does_rule_hold (const WfDecision *decision, const WfJson *rule, gboolean *readable)
{
  const WfJson *value = wf_json_get_member (rule, "if");
  WfJsonCursor cursor = wf_json_cursor_root (value, NULL);
  g_autoptr (WfCondition) condition = value != NULL ? wf_condition_read (&cursor) : NULL;

  *readable = value == NULL || condition != NULL;
  return *readable &&
         (condition == NULL || wf_condition_holds (condition, decision->context, NULL));
}

/* The assignee of the first rule that holds, else the step's own (*held: 0; rules are counted from
 * 1). A rule that cannot be read must not be passed over: then nobody knows who was meant (NULL
 * with *reason). */
static const char *
find_assignee (const WfDecision *decision, guint *held, const char **reason)
{
  guint number = 0;
  const WfJson *rule;
  WfJsonIter iter;

  wf_json_iter_init (&iter, wf_step_get_setting (decision->step, "rules"));
  while (wf_json_iter_next (&iter, NULL, &rule))
    {
      gboolean readable;
      gboolean holds = does_rule_hold (decision, rule, &readable);

      number++;
      *reason = "unreadable-rule";
      if (!readable)
        return NULL;
      if (!holds)
        continue;
      *held = number;
      return wf_json_get_member_string (rule, "to");
    }
  *held = 0;
  *reason = "no-assignee";
  return wf_step_get_text (decision->step, "to");
}

static void
write_candidates (const WfDecision *decision, const char *assignee, WfJsonWriter *writer)
{
  const char *group;
  WfStrategy strategy = wf_assignee_get_strategy (assignee, &group);
  g_autoptr (GPtrArray) people = NULL;

  if (strategy == WF_STRATEGY_NONE)
    return;
  people = wf_group_list_active (decision->organisation, group);
  if (people->len == 0)
    return;
  wf_json_writer_add_string (writer, "strategy", wf_strategy_names[strategy]);
  wf_json_writer_add_string (writer, "group", group);
  wf_json_writer_begin_array (writer, "candidates");
  for (guint i = 0; i < people->len; i++)
    wf_json_writer_add_string (writer, NULL,
                               ((const WfPerson *) g_ptr_array_index (people, i))->id);
  wf_json_writer_end (writer);
}

WfEffect *
wf_decide_change_responsible (const WfDecision *decision, const char **reason)
{
  const char *assignee;
  WfResponsible responsible;
  WfJsonWriter *writer;
  WfEffect *effect;
  guint rule = 0;

  *reason = "no-record";
  if (wf_event_get_lead (decision->event) == NULL)
    return NULL;
  assignee = find_assignee (decision, &rule, reason);
  if (assignee == NULL || !wf_assignee_resolve (decision->organisation, decision->workflow,
                                                wf_decision_find_owner (decision), assignee,
                                                decision->key, &responsible, reason))
    return NULL;
  writer = wf_decision_begin_members ();
  wf_json_writer_add_string (writer, "owner", responsible.person);
  write_candidates (decision, assignee, writer);
  if (rule > 0)
    wf_json_writer_add_int (writer, "rule", rule);
  effect = wf_decision_finish_action (decision, WF_ACTION_CHANGE_RESPONSIBLE, writer, NULL);
  effect->person = g_strdup (responsible.person);
  return effect;
}
