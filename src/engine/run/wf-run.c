/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as its owner sees it: started, woken, told what happened, asked what it waits for. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

#include "wf-step-kind.h"
#include "wf-step-settings.h"

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
  self->base = wf_event_get_time (event);
  self->stage = wf_run_find_bound_stage (workflow, &self->of_deal);
  self->keep_when_left = workflow->keep_when_left;
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
    {
      g_free (self->steps[i].reason);
      g_free (self->steps[i].stage);
    }
  g_free (self->steps);
  g_clear_pointer (&self->results, wf_json_document_unref);
  g_clear_pointer (&self->dates, wf_json_document_unref);
  wf_workflow_unref (self->workflow);
  wf_event_unref (self->event);
  g_free (self);
}

WfRunStep *
wf_run_find_step (const WfRun *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->n_steps; i++)
    if (g_strcmp0 (self->steps[i].step->id, id) == 0)
      return &self->steps[i];
  return NULL;
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
 * wf_run_start_from:
 * @engine: who decides
 * @workflow: the version that the run is pinned to (S12)
 * @event: what started it
 * @lead: (nullable): the lead as cached
 * @base: from which its steps count, instead of the event's time
 * @now: the instant of processing
 * @effects: (element-type WfEffect): receives what is to be done now
 *
 * What a storm held is spread over days (S13): until @base the run waits.
 *
 * Returns: (transfer full): the run
 */
WfRun *
wf_run_start_from (const WfEngine *engine, WfWorkflow *workflow, WfEvent *event, const WfJson *lead,
                   WfInstant base, WfInstant now, GPtrArray *effects)
{
  WfRun *self = wf_run_new (workflow, event);

  self->base = base;
  wf_run_advance (self, &(WfRunMove) { engine, event, lead, now, effects });
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
                          wf_event_get_id (self->event), step->step->id, step->iteration, own);
      if (g_ascii_strcasecmp (own, key) == 0)
        return step;
    }
  return NULL;
}

/* What later conditions and texts of the run see as "approval.outcome". */
static void
keep_answer (WfRun *self, const WfRunStep *step, const char *outcome)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_begin_object (writer, "approval");
  wf_json_writer_add_string (writer, "outcome", outcome);
  wf_json_writer_add_string (writer, "step", step->step->id);
  wf_json_writer_end (writer);
  wf_json_writer_end (writer);
  g_clear_pointer (&self->results, wf_json_document_unref);
  self->results = wf_json_writer_finish_document (writer);
}

/* Only a clear yes lets the flow go on: an approval that somebody merely ticked off has no
 * answer. */
static void
end_approval (WfRun *self, WfRunStep *step, const char *outcome)
{
  gboolean goes_on = g_strcmp0 (wf_step_get_text (step->step, "on-rejection"), "continue") == 0;
  const char *reason = NULL;

  keep_answer (self, step, outcome);
  if (g_strcmp0 (outcome, WF_OUTCOME_REJECTED) == 0)
    reason = "rejected";
  else if (g_strcmp0 (outcome, WF_OUTCOME_APPROVED) != 0)
    reason = "no-answer";
  wf_run_step_finish (step, reason == NULL || goes_on ? WF_STEP_SUCCEEDED : WF_STEP_FAILED, reason);
}

/**
 * wf_run_activity_done:
 * @self: a run
 * @engine: who decides
 * @lead: (nullable): the lead as cached
 * @key: the effect's key
 * @outcome: (nullable): what the person answered
 * @at: when the person did it; what the machine carries out succeeds at its own base time (S18)
 * @now: the instant of processing
 * @effects: (element-type WfEffect): receives what follows from it
 *
 * An approval without a clear answer fails with the reason "no-answer", a rejected one with
 * "rejected", unless the step says that the flow goes on.
 *
 * Returns: %FALSE when no step waits for this effect
 */
gboolean
wf_run_activity_done (WfRun *self, const WfEngine *engine, const WfJson *lead, const char *key,
                      const char *outcome, WfInstant at, WfInstant now, GPtrArray *effects)
{
  WfRunStep *step = find_running (self, key);

  if (step == NULL)
    return FALSE;
  if (step->step->kind == WF_STEP_REQUEST_APPROVAL)
    end_approval (self, step, outcome);
  else if (step->step->kind == WF_STEP_CONTROL)
    wf_run_control_told (self, step);
  else
    wf_run_step_finish (step, WF_STEP_SUCCEEDED, NULL);
  if (step->step->kind != WF_STEP_CONTROL)
    step->done = wf_step_kind_is_done_by_person (step->step->kind) ? at : step->base;
  wf_run_advance (self, &(WfRunMove) { engine, self->event, lead, MAX (now, step->done), effects });
  return TRUE;
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
 * As wf_run_activity_done() without an answer.
 *
 * Returns: %FALSE when no step waits for this effect
 */
gboolean
wf_run_effect_succeeded (WfRun *self, const WfEngine *engine, const WfJson *lead, const char *key,
                         WfInstant at, WfInstant now, GPtrArray *effects)
{
  return wf_run_activity_done (self, engine, lead, key, NULL, at, now, effects);
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
      step->begun = FALSE; /* a control that tells just now does not go on watching */
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
 * what hangs on a date follows it (S5); waits whose condition holds now end at the event's time.
 */
void
wf_run_event (WfRun *self, const WfEngine *engine, WfEvent *event, const WfJson *lead,
              WfInstant now, GPtrArray *effects)
{
  WfInstant at = MIN (now, wf_event_get_time (event));
  const char *stage;

  wf_run_advance (self, &(WfRunMove) { engine, self->event, lead, at, effects });
  stage = self->stage != NULL && !self->keep_when_left
              ? wf_run_get_told_stage (self, event, self->of_deal)
              : NULL;
  if (stage != NULL && !wf_run_is_same_stage (stage, wf_json_get_string (self->stage)))
    {
      wf_run_cancel (self, "left-stage");
      return;
    }
  wf_run_follow_dates (self, event, &(WfRunMove) { engine, self->event, lead, now, effects });
  wf_run_tell_controls (self, &(WfRunMove) { engine, event, lead, now, effects });
  wf_run_check_conditions (self, &(WfRunMove) { engine, event, lead, now, effects });
  wf_run_advance (self, &(WfRunMove) { engine, self->event, lead, now, effects });
}
