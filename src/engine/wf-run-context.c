/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run's conditions and texts see: the event, the lead as it is by then, and the stage
 * that the run is bound to. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

#include "wf-instant.h"
#include "wf-lead-view.h"
#include "wf-text-fold.h"

#include <string.h>

WfConditionContext
wf_run_make_context (const WfRun *self, const WfRunMove *move, WfInstant base, WfRunView *view)
{
  WfConditionContext context = {
    .event = move->event,
    .lead = move->lead,
    .organisation = wf_engine_get_organisation (move->engine),
    .now = base,
  };

  if (base > wf_event_get_time (self->event) && move->lead != NULL && move->event == self->event &&
      !wf_json_equal (wf_event_get_lead_members (self->event), move->lead))
    context.event = view->event = wf_lead_view_renew_event (self->event, move->lead);
  return context;
}

void
wf_run_view_clear (WfRunView *self)
{
  g_clear_pointer (&self->event, wf_event_unref);
}

static gboolean
read_instant (const char *text, GTimeZone *zone, WfInstant *instant)
{
  g_autoptr (GDateTime) midnight = NULL;
  int year, month, day;

  if (text == NULL)
    return FALSE;
  if (wf_instant_parse (text, instant))
    return TRUE;
  if (!wf_instant_parse_date (text, &year, &month, &day))
    return FALSE;
  midnight = g_date_time_new (zone, year, month, day, 0, 0, 0);
  if (midnight == NULL)
    return FALSE;
  *instant = g_date_time_to_unix_usec (midnight);
  return TRUE;
}

gboolean
wf_context_get_instant (const WfConditionContext *context, const char *field, GTimeZone *zone,
                        WfInstant *instant)
{
  if (wf_event_get_field (context->event, field) != NULL || g_str_has_prefix (field, "event."))
    return wf_event_get_instant (context->event, field, zone, instant);
  return read_instant (wf_json_get_string (wf_condition_context_get_field (context, field)), zone,
                       instant);
}

/* The value that a test demands of the stage, or NULL. */
static const WfJson *
find_stage_value (const WfCondition *condition, const char *field)
{
  WfOperator op;

  if (wf_condition_get_kind (condition) != WF_CONDITION_TEST ||
      !g_str_equal (wf_condition_get_field (condition), field))
    return NULL;
  op = wf_condition_get_operator (condition);
  if ((op != WF_OP_EQ && op != WF_OP_CHANGED_TO) ||
      !wf_json_is (wf_condition_get_value (condition), WF_JSON_STRING))
    return NULL;
  return wf_condition_get_value (condition);
}

/* A rule is bound to a stage when it starts as a lead comes into it (R69): "lead.stage-changed"
 * with "lead.stage is X". */
const WfJson *
wf_run_find_bound_stage (const WfWorkflow *workflow)
{
  const WfCondition *conditions = workflow->conditions;
  const WfJson *value = NULL;

  if (conditions == NULL || g_strcmp0 (workflow->event, "lead.stage-changed") != 0)
    return NULL;
  if (wf_condition_get_kind (conditions) != WF_CONDITION_ALL)
    return find_stage_value (conditions, "lead.stage");
  for (guint i = 0; value == NULL && i < wf_condition_get_n_children (conditions); i++)
    value = find_stage_value (wf_condition_get_child (conditions, i), "lead.stage");
  return value;
}

/* lead: nullable, and it may not tell: then the lead is taken as still there. */
gboolean
wf_run_has_left_stage (const WfRun *self, const WfJson *lead)
{
  const char *stage = self->stage != NULL ? wf_json_get_member_string (lead, "stage") : NULL;
  g_autofree char *bound = NULL;

  if (stage == NULL)
    return FALSE;
  bound = wf_text_fold (wf_json_get_string (self->stage));
  return wf_text_compare_folded (stage, bound) != 0;
}
