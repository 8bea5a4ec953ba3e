/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which workflows an event starts. The trigger index says whose conditions hold; the guards here
 * say what the past allows. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-engine-private.h"

#include "wf-cause.h"
#include "wf-tick.h"
#include "wf-trigger-index.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_RUNS_A_DAY 20 /* S14: of a workflow for a lead */

struct _WfEngine
{
  gatomicrefcount ref_count;
  WfOrganisation *organisation; /* (owned) (nullable) */
  WfWorkingHours *hours;        /* (owned) */
  WfEngineSettings settings;
  GPtrArray *workflows;  /* (owned) of WfWorkflow */
  GPtrArray *reasons;    /* (owned) of char: why workflows are held */
  GHashTable *by_id;     /* (owned) id -> WfWorkflow, both borrowed */
  WfTextIds *type_names; /* (owned) event types, by the place of their index in types */
  GPtrArray *types;      /* (owned) of WfTriggerType */
};

/* Recursion is bounded by the document's depth. */
static const WfStep *
find_unknown_step (const GPtrArray *steps)
{
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i), *found = NULL;

      if (step->kind == WF_STEP_OTHER)
        return step;
      for (guint j = 0; step->kind == WF_STEP_BRANCH && step->paths != NULL &&
                        j < step->paths->len && found == NULL;
           j++)
        found = find_unknown_step (((const WfPath *) g_ptr_array_index (step->paths, j))->steps);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Why the workflow cannot run, for people; NULL when it can. Owned by the caller. Only what is
 * wrong with the document itself holds it: a group, person or activity type that the
 * organisation does not know (any more) has a rule of its own where it is met (S11), and must
 * not stop the rest. */
static char *
find_reason_to_hold (const WfWorkflow *workflow)
{
  const WfStep *unknown = find_unknown_step (workflow->steps);
  g_autoptr (WfProblems) problems = NULL;

  if (unknown != NULL)
    return g_strdup_printf (
        _ ("The step “%s” is of the kind “%s”, which this version cannot carry out."), unknown->id,
        unknown->kind_name != NULL ? unknown->kind_name : "");
  problems = wf_problems_new (NULL);
  wf_workflow_validate (workflow, NULL, problems);
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    if (wf_problems_get (problems, i)->severity == WF_PROBLEM_ERROR)
      return wf_problem_to_text (wf_problems_get (problems, i));
  return NULL;
}

static gboolean
listens (const WfEngine *self, const WfWorkflow *workflow)
{
  if (workflow->event == NULL || *workflow->event == '\0')
    return FALSE;
  switch (workflow->state)
    {
    case WF_WORKFLOW_LIVE:
    case WF_WORKFLOW_PAUSED:
      return TRUE;
    case WF_WORKFLOW_DRAFT:
      return self->settings.run_unpublished;
    case WF_WORKFLOW_ARCHIVED:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

/* What a match is answered with before the past is asked. */
static WfVerdict
make_verdict (WfEngine *self, WfWorkflow *workflow)
{
  WfVerdict verdict = { .kind = WF_VERDICT_STARTED, .workflow = workflow };
  char *reason = find_reason_to_hold (workflow);

  if (reason != NULL)
    {
      g_ptr_array_add (self->reasons, reason);
      verdict.kind = WF_VERDICT_HELD_PROBLEM;
      verdict.reason = reason;
    }
  else if (workflow->state == WF_WORKFLOW_PAUSED && !self->settings.run_unpublished)
    {
      verdict.kind = WF_VERDICT_PAUSED;
    }
  return verdict;
}

static void
build_types (WfEngine *self)
{
  g_autoptr (GPtrArray) heaps = g_ptr_array_new (); /* of GArray of WfVerdict, by type */

  for (guint i = 0; i < self->workflows->len; i++)
    {
      WfWorkflow *workflow = g_ptr_array_index (self->workflows, i);
      WfVerdict verdict;
      guint32 type;

      if (!listens (self, workflow))
        continue;
      type = wf_text_ids_add (self->type_names, workflow->event);
      if (type == heaps->len)
        g_ptr_array_add (heaps, g_array_new (FALSE, FALSE, sizeof (WfVerdict)));
      verdict = make_verdict (self, workflow);
      g_array_append_val ((GArray *) g_ptr_array_index (heaps, type), verdict);
    }
  for (guint i = 0; i < heaps->len; i++)
    g_ptr_array_add (self->types, wf_trigger_type_new (g_ptr_array_index (heaps, i)));
}

static WfWorkingHours *
get_always_open (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return wf_working_hours_new_always_open (utc);
}

/**
 * wf_engine_new_with_settings:
 * @organisation: (nullable): people, groups and working hours
 * @workflows: (element-type WfWorkflow): in any state, each id once
 * @settings: limits; copied
 *
 * Returns: (transfer full): an engine with its trigger index
 */
WfEngine *
wf_engine_new_with_settings (WfOrganisation *organisation, GPtrArray *workflows,
                             const WfEngineSettings *settings)
{
  WfEngine *self = g_new0 (WfEngine, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->settings = *settings;
  self->organisation = organisation != NULL ? wf_organisation_ref (organisation) : NULL;
  self->hours = organisation != NULL
                    ? wf_working_hours_ref (wf_organisation_get_hours (organisation))
                    : get_always_open ();
  self->workflows = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->type_names = wf_text_ids_new (FALSE);
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_trigger_type_free);
  for (guint i = 0; i < workflows->len; i++)
    {
      WfWorkflow *workflow = wf_workflow_ref (g_ptr_array_index (workflows, i));

      g_ptr_array_add (self->workflows, workflow);
      g_hash_table_replace (self->by_id, workflow->id, workflow);
    }
  build_types (self);
  return self;
}

/**
 * wf_engine_new:
 * @organisation: (nullable): people, groups and working hours
 * @workflows: (element-type WfWorkflow): in any state, each id once
 *
 * Returns: (transfer full): an engine for live events: storms and imports are held (S13)
 */
WfEngine *
wf_engine_new (WfOrganisation *organisation, GPtrArray *workflows)
{
  return wf_engine_new_with_settings (organisation, workflows,
                                      &(WfEngineSettings) { WF_STORM_MOST_RUNS, TRUE, FALSE });
}

/**
 * wf_engine_ref:
 * @self: an engine
 *
 * Returns: (transfer full): a new reference
 */
WfEngine *
wf_engine_ref (WfEngine *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wf_engine_unref:
 * @self: (nullable) (transfer full): an engine
 */
void
wf_engine_unref (WfEngine *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  wf_text_ids_free (self->type_names);
  g_ptr_array_unref (self->types);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->workflows);
  g_ptr_array_unref (self->reasons);
  wf_working_hours_unref (self->hours);
  wf_organisation_unref (self->organisation);
  g_free (self);
}

/**
 * wf_engine_get_organisation:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): the organisation
 */
WfOrganisation *
wf_engine_get_organisation (const WfEngine *self)
{
  return self->organisation;
}

WfWorkingHours *
wf_engine_get_hours (const WfEngine *self)
{
  return self->hours;
}

const WfEngineSettings *
wf_engine_get_settings (const WfEngine *self)
{
  return &self->settings;
}

const GPtrArray *
wf_engine_get_workflows (const WfEngine *self)
{
  return self->workflows;
}

/**
 * wf_engine_get_workflow:
 * @self: an engine
 * @id: a workflow's id
 *
 * Returns: (transfer none) (nullable): the version that the engine was made with
 */
WfWorkflow *
wf_engine_get_workflow (const WfEngine *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/* What is asked about the past for each match. */
typedef struct
{
  const WfEngine *engine;
  const WfEvent *event;
  const WfEngineMemory *memory;
  WfInstant now;
} Guard;

static gboolean
refuse (WfVerdict *verdict, WfVerdictKind kind, const char *reason)
{
  verdict->kind = kind;
  verdict->reason = reason;
  return TRUE;
}

/* S14 */
static gboolean
is_own_or_loop (const Guard *self, WfVerdict *verdict)
{
  const char *cause = wf_event_get_cause (self->event);

  if (cause == NULL)
    return FALSE;
  if (!verdict->workflow->own_events)
    return refuse (verdict, WF_VERDICT_OWN_EVENT, NULL);
  if (wf_event_get_depth (self->event) >= WF_CAUSE_MOST_DEPTH)
    return refuse (verdict, WF_VERDICT_LOOP, "depth");
  if (wf_cause_names_workflow (cause, verdict->workflow->id))
    return refuse (verdict, WF_VERDICT_LOOP, "chain");
  return FALSE;
}

/* S15; the daily limit of S14 */
static gboolean
ran_before (const Guard *self, WfVerdict *verdict)
{
  const WfEngineMemory *memory = self->memory;
  const char *workflow = verdict->workflow->id, *lead = wf_event_get_lead (self->event);
  WfReentry reentry = verdict->workflow->reentry;

  if (lead == NULL)
    return FALSE;
  if ((reentry == WF_REENTRY_ONCE_PER_LEAD || reentry == WF_REENTRY_ONCE_WHILE_OPEN) &&
      memory->count_runs != NULL &&
      memory->count_runs (workflow, lead, reentry == WF_REENTRY_ONCE_WHILE_OPEN,
                          memory->user_data) > 0)
    return refuse (verdict, WF_VERDICT_REENTRY, NULL);
  if (memory->count_runs_on_day != NULL &&
      memory->count_runs_on_day (workflow, lead, self->now, memory->user_data) >= MOST_RUNS_A_DAY)
    return refuse (verdict, WF_VERDICT_LOOP, "daily-limit");
  return FALSE;
}

/* S13 */
static gboolean
is_storm (const Guard *self, WfVerdict *verdict)
{
  const WfEngineMemory *memory = self->memory;
  guint most = self->engine->settings.storm_most_runs;

  if (self->engine->settings.hold_imports && wf_event_is_import (self->event))
    return refuse (verdict, WF_VERDICT_HELD_STORM, "import");
  if (most > 0 && memory->count_recent_runs != NULL &&
      memory->count_recent_runs (verdict->workflow->id, self->now, memory->user_data) >= most)
    return refuse (verdict, WF_VERDICT_HELD_STORM, "storm");
  return FALSE;
}

/* A tick or a start by hand is nothing to the workflows that it does not name. */
static void
remove_unnamed (const WfEvent *event, GArray *verdicts, guint first)
{
  guint n = first;

  for (guint i = first; i < verdicts->len; i++)
    if (wf_tick_is_for (event, g_array_index (verdicts, WfVerdict, i).workflow))
      g_array_index (verdicts, WfVerdict, n++) = g_array_index (verdicts, WfVerdict, i);
  g_array_set_size (verdicts, n);
}

/* R104: a start by hand starts the workflow that it names whatever its trigger is. The trigger's
 * conditions are about another event: they do not count. */
static void
add_named (const WfEngine *self, const WfEvent *event, GArray *verdicts)
{
  const char *type = wf_event_get_event_type (event);
  const char *id = wf_json_get_member_string (wf_event_get_data (event), "workflow");
  const WfWorkflow *workflow =
      id != NULL && strcmp (type, "manual.started") == 0 ? wf_engine_get_workflow (self, id) : NULL;
  const WfTriggerType *rules;
  guint32 place;

  if (workflow == NULL || workflow->event == NULL || strcmp (workflow->event, type) == 0)
    return;
  place = wf_text_ids_find (self->type_names, workflow->event, strlen (workflow->event));
  rules = place != WF_TEXT_NO_ID ? g_ptr_array_index (self->types, place) : NULL;
  for (guint i = 0; rules != NULL && i < rules->n_rules; i++)
    if (rules->verdicts[i].workflow == workflow)
      g_array_append_val (verdicts, rules->verdicts[i]);
}

static void
apply_guards (const Guard *self, GArray *verdicts, guint first)
{
  for (guint i = first; i < verdicts->len; i++)
    {
      WfVerdict *verdict = &g_array_index (verdicts, WfVerdict, i);

      if (verdict->kind == WF_VERDICT_STARTED && !is_own_or_loop (self, verdict) &&
          !ran_before (self, verdict))
        is_storm (self, verdict);
    }
}

/**
 * wf_engine_evaluate:
 * @self: an engine
 * @event: what happened
 * @now: the instant of processing
 * @memory: (nullable): answers about the past; without it nothing ran before
 * @all: verdicts of every workflow that listens to the event's type, else of those whose
 *   conditions hold
 * @verdicts: (element-type WfVerdict): is appended to; what it borrows lives as long as the
 *   engine and the event
 *
 * May be called from any thread.
 */
void
wf_engine_evaluate (const WfEngine *self, const WfEvent *event, WfInstant now,
                    const WfEngineMemory *memory, gboolean all, GArray *verdicts)
{
  static const WfEngineMemory nothing = { NULL };
  const char *type_name = wf_event_get_event_type (event), *lead = wf_event_get_lead (event);
  guint32 type = wf_text_ids_find (self->type_names, type_name, strlen (type_name));
  Guard guard = { self, event, memory != NULL ? memory : &nothing, now };
  WfConditionContext context = { .event = event, .organisation = self->organisation, .now = now };
  guint first = verdicts->len;

  if (type != WF_TEXT_NO_ID)
    {
      if (guard.memory->get_lead != NULL && lead != NULL)
        context.lead = guard.memory->get_lead (lead, guard.memory->user_data);
      wf_trigger_type_match (g_ptr_array_index (self->types, type), &context, all, verdicts);
    }
  if (wf_tick_names_workflow (event))
    {
      remove_unnamed (event, verdicts, first);
      add_named (self, event, verdicts);
    }
  if (memory != NULL || wf_event_get_cause (event) != NULL || wf_event_is_import (event))
    apply_guards (&guard, verdicts, first);
}
