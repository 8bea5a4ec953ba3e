/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as its owner sees it: started, woken, told what happened, asked what it waits for. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

#include "wf-step-kind.h"

#include <string.h>

const char *const wf_step_status_names[] = {
  "pending", "waiting", "running", "succeeded", "skipped", "failed", "cancelled", NULL,
};

/**
 * wf_run_make_key:
 * @workflow: id of the workflow
 * @source: the event's source
 * @event: the event's id
 * @key: receives the UUID
 *
 * S15: the same event starts a workflow once, however often it comes.
 */
void
wf_run_make_key (const char *workflow, const char *source, const char *event,
                 char key[WF_UUID_LENGTH + 1])
{
  g_autofree char *name = g_strconcat (workflow, "\n", source, "\n", event, NULL);

  wf_uuid_v5 (workflow, name, (gssize) strlen (name), key);
}

static guint
count_steps (const GPtrArray *steps)
{
  guint n = 0;

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const WfStep *step = g_ptr_array_index (steps, i);

      n++;
      for (guint j = 0; step->kind == WF_STEP_BRANCH && step->paths != NULL && j < step->paths->len;
           j++)
        n += count_steps (((const WfPath *) g_ptr_array_index (step->paths, j))->steps);
    }
  return n;
}

/* Recursion is bounded by the document's depth. */
static guint
lay_out (WfRun *self, guint next, const GPtrArray *steps, int parent, int path)
{
  int previous = WF_NO_STEP, wait = WF_NO_STEP;

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      guint index = next++;
      WfRunStep *run_step = &self->steps[index];
      const WfStep *step = g_ptr_array_index (steps, i);

      *run_step = (WfRunStep) {
        .step = step, .parent = parent, .path = path, .previous = previous, .wait = wait
      };
      run_step->chosen = WF_NO_PATH;
      run_step->at = run_step->base = run_step->done = WF_INSTANT_NONE;
      for (guint j = 0; step->kind == WF_STEP_BRANCH && step->paths != NULL && j < step->paths->len;
           j++)
        next = lay_out (self, next, ((const WfPath *) g_ptr_array_index (step->paths, j))->steps,
                        (int) index, (int) j);
      run_step->end = next;
      previous = (int) index;
      if (step->kind == WF_STEP_WAIT)
        wait = (int) index;
    }
  return next;
}

WfRun *
wf_run_new (WfWorkflow *workflow, WfEvent *event)
{
  WfRun *self = g_new0 (WfRun, 1);

  self->workflow = wf_workflow_ref (workflow);
  self->event = wf_event_ref (event);
  self->stage = wf_run_find_bound_stage (workflow);
  self->n_steps = count_steps (workflow->steps);
  self->steps = g_new (WfRunStep, self->n_steps);
  lay_out (self, 0, workflow->steps, WF_NO_STEP, WF_NO_PATH);
  return self;
}

/**
 * wf_run_free:
 * @self: (nullable) (transfer full): a run
 */
void
wf_run_free (WfRun *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_steps; i++)
    g_free (self->steps[i].reason);
  g_free (self->steps);
  wf_workflow_unref (self->workflow);
  wf_event_unref (self->event);
  g_free (self);
}

void
wf_run_step_finish (WfRunStep *self, WfStepStatus status, const char *reason)
{
  self->status = status;
  self->at = WF_INSTANT_NONE;
  g_free (self->reason);
  self->reason = g_strdup (reason);
}

gboolean
wf_step_status_is_final (WfStepStatus status)
{
  return status == WF_STEP_SUCCEEDED || status == WF_STEP_SKIPPED || status == WF_STEP_FAILED ||
         status == WF_STEP_CANCELLED;
}

/**
 * wf_run_start:
 * @engine: who decides
 * @workflow: the version that the run is pinned to (S12)
 * @event: what started it
 * @lead: (nullable): the lead as cached
 * @now: the instant of processing
 * @effects: (element-type WfEffect): receives what is to be done now
 *
 * A CRM's clock may be ahead of ours: what is to be done immediately is done now all the same.
 *
 * Returns: (transfer full): the run
 */
WfRun *
wf_run_start (const WfEngine *engine, WfWorkflow *workflow, WfEvent *event, const WfJson *lead,
              WfInstant now, GPtrArray *effects)
{
  WfRun *self = wf_run_new (workflow, event);

  wf_run_advance (
      self, &(WfRunMove) { engine, event, lead, MAX (now, wf_event_get_time (event)), effects });
  return self;
}

/**
 * wf_run_wake:
 * @self: a run
 * @engine: who decides
 * @lead: (nullable): the lead as cached
 * @now: the instant of processing
 * @effects: (element-type WfEffect): receives what is to be done now
 *
 * Fires what is due at or before @now.
 */
void
wf_run_wake (WfRun *self, const WfEngine *engine, const WfJson *lead, WfInstant now,
             GPtrArray *effects)
{
  wf_run_advance (self, &(WfRunMove) { engine, self->event, lead, now, effects });
}

/* The step that gave the effect and still waits for how it goes. */
static WfRunStep *
find_running (WfRun *self, const char *key)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      WfRunStep *step = &self->steps[i];
      char own[WF_UUID_LENGTH + 1];

      if (step->status != WF_STEP_RUNNING || step->step->kind == WF_STEP_BRANCH)
        continue;
      wf_effect_make_key (self->workflow->id, wf_event_get_source (self->event),
                          wf_event_get_id (self->event), step->step->id, 0, own);
      if (g_ascii_strcasecmp (own, key) == 0)
        return step;
    }
  return NULL;
}

/**
 * wf_run_effect_succeeded:
 * @self: a run
 * @engine: who decides
 * @lead: (nullable): the lead as cached
 * @key: the effect's key
 * @at: when the person did it; what the machine carries out succeeds at its own base time (S18)
 * @now: the instant of processing
 * @effects: (element-type WfEffect): receives what follows from it
 *
 * Returns: %FALSE when no step waits for this effect
 */
gboolean
wf_run_effect_succeeded (WfRun *self, const WfEngine *engine, const WfJson *lead, const char *key,
                         WfInstant at, WfInstant now, GPtrArray *effects)
{
  WfRunStep *step = find_running (self, key);

  if (step == NULL)
    return FALSE;
  wf_run_step_finish (step, WF_STEP_SUCCEEDED, NULL);
  step->done = wf_step_kind_is_done_by_person (step->step->kind) ? at : step->base;
  wf_run_advance (self, &(WfRunMove) { engine, self->event, lead, MAX (now, step->done), effects });
  return TRUE;
}

static gboolean
end_effect (WfRun *self, const char *key, WfStepStatus status, const char *reason)
{
  WfRunStep *step = find_running (self, key);

  if (step == NULL)
    return FALSE;
  wf_run_step_finish (step, status, reason);
  wf_run_settle (self, &(WfRunMove) { NULL, self->event, NULL, WF_INSTANT_NONE, NULL });
  return TRUE;
}

/**
 * wf_run_effect_failed:
 * @self: a run
 * @key: the effect's key
 * @reason: why, for people
 *
 * Refused for good: what runs after it is skipped with a reason. It may set a step free (one after
 * the branch around it):
 * wf_run_get_next_due() then names an instant that has passed.
 *
 * Returns: %FALSE when no step waits for this effect
 */
gboolean
wf_run_effect_failed (WfRun *self, const char *key, const char *reason)
{
  return end_effect (self, key, WF_STEP_FAILED, reason);
}

/**
 * wf_run_effect_cancelled:
 * @self: a run
 * @key: the effect's key
 * @reason: why, for people
 *
 * The activity was cancelled or is no longer needed: what runs after it is skipped, as with
 * wf_run_effect_failed().
 *
 * Returns: %FALSE when no step waits for this effect
 */
gboolean
wf_run_effect_cancelled (WfRun *self, const char *key, const char *reason)
{
  return end_effect (self, key, WF_STEP_CANCELLED, reason);
}

/**
 * wf_run_cancel:
 * @self: a run
 * @reason: why, for people
 *
 * Nothing more happens by itself (S10, S15 restart, S19). Activities that are open stay as they
 * are.
 */
void
wf_run_cancel (WfRun *self, const char *reason)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      WfRunStep *step = &self->steps[i];

      if (step->status == WF_STEP_PENDING || step->status == WF_STEP_WAITING ||
          (step->status == WF_STEP_RUNNING && step->step->kind == WF_STEP_BRANCH))
        wf_run_step_finish (step, WF_STEP_CANCELLED, reason);
    }
}

/**
 * wf_run_event:
 * @self: a run
 * @engine: who decides
 * @event: a later event of the same lead
 * @lead: (nullable): the lead as cached
 * @now: the instant of processing
 * @effects: (element-type WfEffect): receives what follows from it
 *
 * What was due before the event comes first. A record that leaves the stage to which the run is
 * bound ends it (S19);
 * waits whose condition holds now end at the event's time.
 */
void
wf_run_event (WfRun *self, const WfEngine *engine, WfEvent *event, const WfJson *lead,
              WfInstant now, GPtrArray *effects)
{
  WfInstant at = MIN (now, wf_event_get_time (event));
  const WfJson *carried = wf_event_get_lead_members (event);

  wf_run_advance (self, &(WfRunMove) { engine, self->event, lead, at, effects });
  if (wf_run_has_left_stage (self, carried))
    {
      wf_run_cancel (self, "left-stage");
      return;
    }
  wf_run_check_conditions (self, &(WfRunMove) { engine, event, lead, now, effects });
  wf_run_advance (self, &(WfRunMove) { engine, self->event, lead, now, effects });
}

/**
 * wf_run_get_next_due:
 * @self: a run
 *
 * Returns: the earliest instant at which wf_run_wake() has something to do, or WF_INSTANT_NONE
 */
WfInstant
wf_run_get_next_due (const WfRun *self)
{
  WfInstant next = WF_INSTANT_NONE;

  for (guint i = 0; i < self->n_steps; i++)
    if (self->steps[i].status == WF_STEP_WAITING && self->steps[i].at != WF_INSTANT_NONE &&
        (next == WF_INSTANT_NONE || self->steps[i].at < next))
      next = self->steps[i].at;
  return next;
}

/**
 * wf_run_is_finished:
 * @self: a run
 *
 * Returns: %TRUE when every step has ended; an open activity keeps its run unfinished
 */
gboolean
wf_run_is_finished (const WfRun *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (!wf_step_status_is_final (self->steps[i].status))
      return FALSE;
  return TRUE;
}

/**
 * wf_run_has_waiting_steps:
 * @self: a run
 *
 * Returns: %TRUE when a step is still to run, now or after something else
 */
gboolean
wf_run_has_waiting_steps (const WfRun *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (self->steps[i].status == WF_STEP_PENDING || self->steps[i].status == WF_STEP_WAITING)
      return TRUE;
  return FALSE;
}

/**
 * wf_run_waits_for_event:
 * @self: a run
 *
 * Returns: %TRUE when events of its lead must be given to wf_run_event()
 */
gboolean
wf_run_waits_for_event (const WfRun *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      const WfRunStep *step = &self->steps[i];

      if (step->begun && step->status == WF_STEP_WAITING &&
          step->step->wait.kind == WF_WAIT_UNTIL_CONDITION)
        return TRUE;
    }
  return self->stage != NULL && wf_run_has_waiting_steps (self);
}

/**
 * wf_run_get_key:
 * @self: a run
 *
 * Returns: the run's id (S15)
 */
const char *
wf_run_get_key (const WfRun *self)
{
  char *key = ((WfRun *) self)->key; /* made here, once: a run belongs to one thread */

  if (*key == '\0')
    wf_run_make_key (self->workflow->id, wf_event_get_source (self->event),
                     wf_event_get_id (self->event), key);
  return key;
}

/**
 * wf_run_get_workflow:
 * @self: a run
 *
 * Returns: (transfer none): the version that it is pinned to
 */
WfWorkflow *
wf_run_get_workflow (const WfRun *self)
{
  return self->workflow;
}

/**
 * wf_run_get_event:
 * @self: a run
 *
 * Returns: (transfer none): the event that started it
 */
WfEvent *
wf_run_get_event (const WfRun *self)
{
  return self->event;
}

/**
 * wf_run_get_cancel_reason:
 * @event: an event of a lead
 *
 * S10: a lead that is deleted, discarded or finalized ends the waiting steps of the runs that began
 * before this event.
 *
 * Returns: (nullable): the reason for wf_run_cancel(), or %NULL when this event closes no lead
 */
const char *
wf_run_get_cancel_reason (const WfEvent *event)
{
  const char *type = wf_event_get_event_type (event);

  if (g_str_equal (type, "lead.deleted"))
    return "lead-deleted";
  if (g_str_equal (type, "lead.discarded"))
    return "lead-discarded";
  if (g_str_equal (type, "lead.finalized"))
    return "lead-finalized";
  return NULL;
}
