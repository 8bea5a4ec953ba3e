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
    .results = self->results != NULL ? wf_json_document_get_root (self->results) : NULL,
    .dates = self->dates != NULL ? wf_json_document_get_root (self->dates) : NULL,
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
  const WfJson *moved = wf_json_get_member (context->dates, field);

  if (moved != NULL)
    return read_instant (wf_json_get_string (moved), zone, instant);
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

/* A rule is bound to a stage when it starts as a lead or a deal comes into it (R69):
 * "lead.stage-changed" with "lead.stage is X", "deal.stage-changed" with "deal.stage is X". */
const WfJson *
wf_run_find_bound_stage (const WfWorkflow *workflow, gboolean *of_deal)
{
  const WfCondition *conditions = workflow->conditions;
  const char *field;
  const WfJson *value = NULL;

  *of_deal = g_strcmp0 (workflow->event, "deal.stage-changed") == 0;
  field = *of_deal ? "deal.stage" : "lead.stage";
  if (conditions == NULL || (!*of_deal && g_strcmp0 (workflow->event, "lead.stage-changed") != 0))
    return NULL;
  if (wf_condition_get_kind (conditions) != WF_CONDITION_ALL)
    return find_stage_value (conditions, field);
  for (guint i = 0; value == NULL && i < wf_condition_get_n_children (conditions); i++)
    value = find_stage_value (wf_condition_get_child (conditions, i), field);
  return value;
}

/* As conditions compare texts. */
gboolean
wf_run_is_same_stage (const char *a, const char *b)
{
  g_autofree char *folded = wf_text_fold (b);

  return wf_text_compare_folded (a, folded) == 0;
}

/* A lead may have several deals: those of others say nothing. */
const char *
wf_run_get_told_stage (const WfRun *self, const WfEvent *event, gboolean of_deal)
{
  const char *own, *told;

  if (!of_deal)
    return wf_json_get_member_string (wf_event_get_lead_members (event), "stage");
  own = wf_json_get_string (wf_event_get_field (self->event, "deal.id"));
  told = wf_json_get_string (wf_event_get_field (event, "deal.id"));
  if (own != NULL && told != NULL && !g_str_equal (own, told))
    return NULL;
  return wf_json_get_string (wf_event_get_field (event, "deal.stage"));
}

/* lead: nullable, and it may not tell: then the record is taken as still there. */
gboolean
wf_run_has_left_stage (const WfRun *self, const WfJson *lead)
{
  const char *stage = self->stage != NULL && !self->of_deal && !self->keep_when_left
                          ? wf_json_get_member_string (lead, "stage")
                          : NULL;

  return stage != NULL && !wf_run_is_same_stage (stage, wf_json_get_string (self->stage));
}
