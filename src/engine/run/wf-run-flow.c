/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flow of a run: run modes, waits, branches and controls. It knows no kind of step beyond
 * these. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

#include "wf-deadline.h"
#include "wf-step-kind.h"

/* The rules (S18), in one place.
 *
 * A step counts from the base of its sequence: the event's time at the top, the base of the
 * branch inside a path, and below a wait that wait's end. Immediately: due then. Delay: that
 * much later in clock time. Before: counted back from a date (S5); a date that is missing or
 * past skips the step. After previous: due when the step above has succeeded; a step above that
 * did not blocks it for good, which is written down as skipped with the reason.
 *
 * A person's step succeeds when the person has done it. What the machine carries out succeeds at
 * its own base time, a wait at its end, a branch at its base once nothing in the path taken is
 * left for the machine to do.
 *
 * A control succeeds when it has told for the first time; a branch does not wait for it.
 *
 * A wait whose date is missing can never end: what is below is skipped with it. */

static gboolean
skip (WfRunStep *step, const char *reason)
{
  wf_run_step_finish (step, WF_STEP_SKIPPED, reason);
  return TRUE;
}

static gboolean
schedule (WfRunStep *step, WfInstant at)
{
  if (at == WF_INSTANT_NONE)
    return skip (step, "out-of-range");
  step->status = WF_STEP_WAITING;
  step->at = step->base = at;
  return TRUE;
}

/* S5: the instant at which the step runs, not before what it counts from; FALSE with *reason
 * without a date ahead. */
static gboolean
find_before (const WfRun *self, const WfRunMove *move, const WfRunStep *step, WfInstant from,
             WfInstant *at, const char **reason)
{
  WfWorkingHours *hours = wf_engine_get_hours (move->engine);
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self, move, from, &view);
  WfInstant anchor;

  *reason = "anchor-missing";
  if (!wf_context_get_instant (&context, step->step->run.field, wf_working_hours_get_zone (hours),
                               &anchor))
    return FALSE;
  *reason = "anchor-past";
  if (anchor <= move->now || anchor <= from)
    return FALSE;
  *at = wf_deadline_subtract (anchor, step->step->run.offset, FALSE, FALSE, hours);
  if (*at != WF_INSTANT_NONE)
    *at = MAX (*at, from);
  return TRUE;
}

static gboolean
settle_before (const WfRun *self, const WfRunMove *move, WfRunStep *step, WfInstant from)
{
  const char *reason;
  WfInstant at;

  if (move->engine == NULL)
    return FALSE;
  if (!find_before (self, move, step, from, &at, &reason))
    return skip (step, reason);
  return schedule (step, at);
}

static gboolean
settle_after_previous (const WfRun *self, WfRunStep *step, WfInstant from)
{
  const WfRunStep *previous;

  if (step->previous == WF_NO_STEP)
    return schedule (step, from);
  previous = &self->steps[step->previous];
  switch (previous->status)
    {
    case WF_STEP_SUCCEEDED:
      return schedule (step, previous->done);
    case WF_STEP_WAITING:
    case WF_STEP_RUNNING:
      if (previous->step->kind == WF_STEP_CONTROL && previous->done != WF_INSTANT_NONE)
        return schedule (step, previous->done);
      return FALSE;
    case WF_STEP_PENDING:
      return FALSE;
    case WF_STEP_SKIPPED:
      return skip (step, "previous-skipped");
    case WF_STEP_FAILED:
      return skip (step, "previous-failed");
    case WF_STEP_CANCELLED:
      return skip (step, "previous-cancelled");
    }
  g_return_val_if_reached (FALSE);
}

/* The instant from which the step counts. FALSE while it is not known; *blocked tells why it
 * never will be. */
static gboolean
find_from (const WfRun *self, const WfRunStep *step, WfInstant *from, const char **blocked)
{
  *blocked = NULL;
  if (step->parent != WF_NO_STEP)
    {
      const WfRunStep *branch = &self->steps[step->parent];
      gboolean reached = branch->status == WF_STEP_RUNNING || branch->status == WF_STEP_SUCCEEDED;

      if (reached ? branch->chosen != step->path : wf_step_status_is_final (branch->status))
        *blocked = reached ? "path-not-taken" : "branch-not-reached";
      if (!reached || *blocked != NULL)
        return FALSE;
      *from = branch->base;
    }
  else
    {
      *from = self->base;
    }
  if (step->wait != WF_NO_STEP)
    {
      const WfRunStep *wait = &self->steps[step->wait];

      if (wait->status != WF_STEP_SUCCEEDED)
        {
          *blocked = wf_step_status_is_final (wait->status) ? "wait-not-ended" : NULL;
          return FALSE;
        }
      *from = wait->done;
    }
  return TRUE;
}

gboolean
wf_run_is_timed (const WfRun *self, const WfRunStep *step)
{
  WfRunMode mode = step->step->run.mode;
  const char *blocked;
  WfInstant from;

  return step->status == WF_STEP_PENDING && (mode == WF_RUN_DELAY || mode == WF_RUN_BEFORE) &&
         find_from (self, step, &from, &blocked);
}

static gboolean
settle_pending (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  const char *blocked;
  WfInstant from;

  if (!find_from (self, step, &from, &blocked))
    return blocked != NULL ? skip (step, blocked) : FALSE;
  switch (step->step->run.mode)
    {
    case WF_RUN_IMMEDIATELY:
      return schedule (step, from);
    case WF_RUN_AFTER_PREVIOUS:
      return settle_after_previous (self, step, from);
    case WF_RUN_DELAY:
      if (move->engine == NULL)
        return FALSE;
      return schedule (step, wf_deadline_add (from, step->step->run.delay, FALSE,
                                              wf_engine_get_hours (move->engine)));
    case WF_RUN_BEFORE:
      return settle_before (self, move, step, from);
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
is_left_to_machine (const WfRunStep *step)
{
  WfStepKind kind = step->step->kind;

  switch (step->status)
    {
    case WF_STEP_PENDING:
      return TRUE;
    case WF_STEP_WAITING:
      return kind != WF_STEP_CONTROL || !step->begun;
    case WF_STEP_RUNNING:
      return kind == WF_STEP_BRANCH ||
             (kind != WF_STEP_CONTROL && !wf_step_kind_is_done_by_person (kind));
    case WF_STEP_SUCCEEDED:
    case WF_STEP_SKIPPED:
    case WF_STEP_FAILED:
    case WF_STEP_CANCELLED:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

/* A branch that has chosen: done when nothing of its path is left for the machine; failed when
 * something in it did. */
static gboolean
settle_branch (const WfRun *self, WfRunStep *branch)
{
  guint index = (guint) (branch - self->steps);
  gboolean failed = FALSE;

  for (guint i = index + 1; i < branch->end; i = self->steps[i].end)
    {
      const WfRunStep *inside = &self->steps[i];

      if (inside->path != branch->chosen)
        continue;
      if (is_left_to_machine (inside))
        return FALSE;
      failed |= inside->status == WF_STEP_FAILED;
    }
  if (failed)
    {
      wf_run_step_finish (branch, WF_STEP_FAILED, "path-failed");
      return TRUE;
    }
  wf_run_step_finish (branch, WF_STEP_SUCCEEDED, NULL);
  branch->done = branch->base;
  return TRUE;
}

/* A change may allow steps above it in reading order (a branch whose path is done), so it goes
 * round until nothing changes; each round makes at least one step's status final or scheduled. */
void
wf_run_settle (WfRun *self, const WfRunMove *move)
{
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < self->n_steps; i++)
        {
          WfRunStep *step = &self->steps[i];

          if (step->status == WF_STEP_PENDING)
            changed |= settle_pending (self, move, step);
          else if (step->status == WF_STEP_RUNNING && step->step->kind == WF_STEP_BRANCH)
            changed |= settle_branch (self, step);
        }
    }
}

static void
end_wait (WfRunStep *step, WfInstant at, const char *reason)
{
  wf_run_step_finish (step, WF_STEP_SUCCEEDED, reason);
  step->done = at;
}

/* "Until" a date that has passed ends at once. */
static void
begin_wait (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  const WfWait *wait = &step->step->wait;
  WfWorkingHours *hours = wf_engine_get_hours (move->engine);
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self, move, step->base, &view);
  WfInstant end = WF_INSTANT_NONE;

  switch (wait->kind)
    {
    case WF_WAIT_FOR:
      end = wf_deadline_add (step->base, wait->duration, wait->business_hours, hours);
      break;
    case WF_WAIT_UNTIL:
      if (!wf_context_get_instant (&context, wait->until, wf_working_hours_get_zone (hours), &end))
        {
          skip (step, "anchor-missing");
          return;
        }
      end = MAX (end, step->base);
      break;
    case WF_WAIT_UNTIL_CONDITION:
      if (wf_condition_holds (wait->condition, &context, NULL))
        {
          end_wait (step, step->base, NULL);
          return;
        }
      if (wf_duration_is_set (wait->time_out))
        end = wf_deadline_add (step->base, wait->time_out, wait->business_hours, hours);
      break;
    }
  if (end == WF_INSTANT_NONE &&
      (wait->kind != WF_WAIT_UNTIL_CONDITION || wf_duration_is_set (wait->time_out)))
    {
      skip (step, "out-of-range");
      return;
    }
  step->begun = TRUE;
  step->at = end;
}

/* The first path whose condition holds; without one the flow goes on after the branch. */
static void
choose_path (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  const GPtrArray *paths = step->step->paths;
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self, move, step->base, &view);

  step->at = WF_INSTANT_NONE;
  step->status = WF_STEP_RUNNING;
  for (guint i = 0; paths != NULL && i < paths->len; i++)
    {
      const WfPath *path = g_ptr_array_index (paths, i);

      if (path->condition != NULL && !wf_condition_holds (path->condition, &context, NULL))
        continue;
      step->chosen = (int) i;
      return;
    }
}

static void
give_effect (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self, move, step->base, &view);
  g_autofree char *text =
      step->step->kind == WF_STEP_CONTROL ? wf_run_make_control_text (self, step, &context) : NULL;
  WfDecision decision = {
    .engine = move->engine,
    .organisation = context.organisation,
    .run = self,
    .index = (guint) (step - self->steps),
    .workflow = self->workflow,
    .step = step->step,
    .event = self->event,
    .lead = move->lead,
    .context = &context,
    .base = step->base,
    .now = move->now,
    .iteration = step->iteration,
    .text = text,
  };
  const char *reason;
  WfEffect *effect = wf_step_decide (&decision, &reason);

  if (effect == NULL)
    {
      skip (step, reason);
      return;
    }
  step->status = WF_STEP_RUNNING;
  step->at = WF_INSTANT_NONE;
  g_ptr_array_add (move->effects, effect);
}

/* S28: a step that waited looks again whether it still applies. */
static gboolean
is_still_wanted (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  const char *reason;
  WfInstant at;

  if (step->base > wf_event_get_time (self->event) && wf_run_has_left_stage (self, move->lead))
    {
      skip (step, "left-stage");
      return FALSE;
    }
  if (step->step->run.mode == WF_RUN_BEFORE &&
      !find_before (self, move, step, step->base, &at, &reason))
    {
      skip (step, reason);
      return FALSE;
    }
  return TRUE;
}

/* What has begun and is due now: a wait ends, a control tells. */
static void
fire_begun (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  if (step->step->kind == WF_STEP_WAIT)
    {
      end_wait (step, step->at,
                step->step->wait.kind == WF_WAIT_UNTIL_CONDITION ? "timed-out" : NULL);
      return;
    }
  if (!wf_run_check_control (self, move, step))
    return;
  step->base = step->at;
  give_effect (self, move, step);
}

void
wf_run_fire (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  if (step->begun)
    {
      fire_begun (self, move, step);
      return;
    }
  if (!is_still_wanted (self, move, step))
    return;
  switch (step->step->kind)
    {
    case WF_STEP_WAIT:
      begin_wait (self, move, step);
      break;
    case WF_STEP_BRANCH:
      choose_path (self, move, step);
      break;
    case WF_STEP_CONTROL:
      wf_run_begin_control (self, move, step);
      break;
    default:
      give_effect (self, move, step);
      break;
    }
}

WfRunStep *
wf_run_find_due (const WfRun *self, WfInstant now)
{
  WfRunStep *due = NULL;

  for (guint i = 0; i < self->n_steps; i++)
    {
      WfRunStep *step = &self->steps[i];

      if (step->status == WF_STEP_WAITING && step->at != WF_INSTANT_NONE && step->at <= now &&
          (due == NULL || step->at < due->at))
        due = step;
    }
  return due;
}

/* S12: what waits in a paused workflow's runs is held, whatever moves them on; it fires once the
 * workflow goes on. */
static gboolean
is_held (const WfRun *self, const WfEngine *engine)
{
  const WfWorkflow *current = engine != NULL && !wf_engine_get_settings (engine)->run_unpublished
                                  ? wf_engine_get_workflow (engine, self->workflow->id)
                                  : NULL;

  return current != NULL && current->state == WF_WORKFLOW_PAUSED;
}

/* Ends: each round takes one step out of the waiting ones, or begins a wait or a control; and a
 * control tells once in a stay. */
void
wf_run_advance (WfRun *self, const WfRunMove *move)
{
  WfRunStep *due;

  wf_run_settle (self, move);
  if (is_held (self, move->engine))
    return;
  while ((due = wf_run_find_due (self, move->now)) != NULL)
    {
      wf_run_fire (self, move, due);
      wf_run_settle (self, move);
    }
}

void
wf_run_check_conditions (WfRun *self, const WfRunMove *move)
{
  const WfConditionContext context = {
    .event = move->event,
    .lead = move->lead,
    .organisation = wf_engine_get_organisation (move->engine),
    .now = move->now,
    .results = self->results != NULL ? wf_json_document_get_root (self->results) : NULL,
    .dates = self->dates != NULL ? wf_json_document_get_root (self->dates) : NULL,
  };

  for (guint i = 0; i < self->n_steps; i++)
    {
      WfRunStep *step = &self->steps[i];

      if (step->begun && step->status == WF_STEP_WAITING && step->step->kind == WF_STEP_WAIT &&
          step->step->wait.kind == WF_WAIT_UNTIL_CONDITION &&
          wf_condition_holds (step->step->wait.condition, &context, NULL))
        end_wait (step, MAX (step->base, wf_event_get_time (move->event)), NULL);
    }
}
