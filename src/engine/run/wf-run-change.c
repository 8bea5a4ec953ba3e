/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decide about a run that is under way: a chain that is blocked (S18), another version
 * of its workflow, and the end of a pause (S12). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

#include <string.h>

/* Blocked chains */

/* The reasons that follow from another step: they are found out anew when that one has changed. */
static const char *const consequences[] = { "previous-failed",    "previous-skipped",
                                            "previous-cancelled", "wait-not-ended",
                                            "branch-not-reached", NULL };
/* Steps that were skipped for want of something that can be mended: a person or data that were
 * missing. What a rule of the workflow decided against is no blocked chain. */
static const char *const wants[] = {
  "no-email",      "no-phone",
  "no-contact",    "no-record",
  "no-manager",    "no-member",
  "no-owner",      "unknown-owner",
  "unknown-group", "unknown-person",
  "nobody-active", "anchor-missing",
  "no-stage",      NULL,
};

static gboolean
is_skipped_for (const WfRunStep *step, const char *const *reasons)
{
  return step->status == WF_STEP_SKIPPED && step->reason != NULL &&
         g_strv_contains (reasons, step->reason);
}

static gboolean
is_unsuccessful (const WfRunStep *step)
{
  return step->step->kind != WF_STEP_BRANCH &&
         (step->status == WF_STEP_FAILED || is_skipped_for (step, wants));
}

/* Something was skipped because of it, or because of a branch that failed with it. */
static gboolean
blocks (const WfRun *self, const WfRunStep *step)
{
  int index = (int) (step - self->steps);

  for (guint i = 0; i < self->n_steps; i++)
    {
      const WfRunStep *other = &self->steps[i];

      if ((other->previous == index || other->wait == index) &&
          is_skipped_for (other, consequences))
        return TRUE;
    }
  return step->parent != WF_NO_STEP && self->steps[step->parent].status == WF_STEP_FAILED &&
         step->status == WF_STEP_FAILED && blocks (self, &self->steps[step->parent]);
}

/**
 * wf_run_list_failed:
 * @self: a run
 *
 * S18: a failed step that something waited for blocks its chain visibly; so does one that was
 * skipped for want of something, such as an address.
 *
 * Returns: (transfer full): ids of the steps that block something, %NULL-terminated
 */
char **
wf_run_list_failed (const WfRun *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->n_steps && !self->stopped; i++)
    if (is_unsuccessful (&self->steps[i]) && blocks (self, &self->steps[i]))
      g_strv_builder_add (ids, self->steps[i].step->id);
  return g_strv_builder_end (ids);
}

static void
begin_again (WfRunStep *step)
{
  wf_run_step_finish (step, WF_STEP_PENDING, NULL);
  step->begun = step->in_stage = FALSE;
  step->base = step->done = WF_INSTANT_NONE;
}

/* What followed from the failure is open again; advancing finds out what still is blocked. */
static void
reopen_blocked (WfRun *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      WfRunStep *step = &self->steps[i];

      if (is_skipped_for (step, consequences))
        begin_again (step);
      else if (step->status == WF_STEP_FAILED && step->step->kind == WF_STEP_BRANCH)
        wf_run_step_finish (step, WF_STEP_RUNNING, NULL);
    }
}

static void
stop (WfRun *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (is_skipped_for (&self->steps[i], consequences) &&
        !g_str_equal (self->steps[i].reason, "branch-not-reached"))
      wf_run_step_finish (&self->steps[i], WF_STEP_CANCELLED, "stopped");
  wf_run_cancel (self, "stopped");
  self->stopped = TRUE;
}

/**
 * wf_run_resolve:
 * @self: a run
 * @engine: who decides
 * @lead: (nullable): the lead as cached
 * @step: id of a step that failed, or was skipped for want of something
 * @resolve: what a person decided
 * @now: the instant of processing
 * @effects: (element-type WfEffect): receives what follows from it
 *
 * Retry gives the effect again under the same key; skip lets what is below go on as if the step
 * had succeeded at @now; stop cancels every step that has not ended with the reason "stopped".
 *
 * Returns: %FALSE when no such step has failed, or a person has stopped the run before
 */
gboolean
wf_run_resolve (WfRun *self, const WfEngine *engine, const WfJson *lead, const char *step,
                WfResolve resolve, WfInstant now, GPtrArray *effects)
{
  WfRunStep *failed = wf_run_find_step (self, step);

  if (self->stopped || failed == NULL || !is_unsuccessful (failed))
    return FALSE;
  switch (resolve)
    {
    case WF_RESOLVE_RETRY:
      begin_again (failed);
      break;
    case WF_RESOLVE_SKIP:
      wf_run_step_finish (failed, WF_STEP_SUCCEEDED, "passed-over");
      failed->done = now;
      if (failed->base == WF_INSTANT_NONE)
        failed->base = now;
      break;
    case WF_RESOLVE_STOP:
      stop (self);
      return TRUE;
    }
  reopen_blocked (self);
  wf_run_advance (self, &(WfRunMove) { engine, self->event, lead, now, effects });
  return TRUE;
}

/* Another version */

/* The path of the newer branch that is the chosen one: by its name, else by its place. */
static int
find_path (const WfRunStep *older, const WfStep *newer)
{
  const WfPath *chosen;

  if (older->chosen == WF_NO_PATH || newer->paths == NULL)
    return WF_NO_PATH;
  chosen = g_ptr_array_index (older->step->paths, (guint) older->chosen);
  for (guint i = 0; i < newer->paths->len; i++)
    if (g_strcmp0 (((const WfPath *) g_ptr_array_index (newer->paths, i))->name, chosen->name) == 0)
      return (int) i;
  return older->chosen < (int) newer->paths->len ? older->chosen : WF_NO_PATH;
}

static gboolean
is_of_same_kind (const WfStep *a, const WfStep *b)
{
  return a->kind == b->kind && (a->kind != WF_STEP_WAIT || a->wait.kind == b->wait.kind);
}

static void
copy_state (const WfRunStep *from, WfRunStep *to)
{
  to->status = from->status;
  to->begun = from->begun;
  to->in_stage = from->in_stage;
  to->stage = g_strdup (from->stage);
  to->iteration = from->iteration;
  to->at = from->at;
  to->base = from->base;
  to->done = from->done;
  to->reason = g_strdup (from->reason);
  if (to->step->kind == WF_STEP_BRANCH)
    to->chosen = find_path (from, to->step);
}

/* It waits within branches that were taken. */
static gboolean
can_be_reached (const WfRun *self, const WfRunStep *step)
{
  for (; step->parent != WF_NO_STEP; step = &self->steps[step->parent])
    {
      const WfRunStep *branch = &self->steps[step->parent];

      if (branch->chosen != step->path ||
          (branch->status != WF_STEP_RUNNING && branch->status != WF_STEP_SUCCEEDED))
        return FALSE;
    }
  return TRUE;
}

/* FALSE when a step that waits now has no place in the newer version. */
static gboolean
take_over (const WfRun *self, WfRun *moved)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      const WfRunStep *step = &self->steps[i];
      WfRunStep *same = wf_run_find_step (moved, step->step->id);

      if (same != NULL && is_of_same_kind (step->step, same->step))
        copy_state (step, same);
      else if (step->status == WF_STEP_WAITING)
        return FALSE;
    }
  for (guint i = 0; i < moved->n_steps; i++)
    if (moved->steps[i].status == WF_STEP_WAITING && !can_be_reached (moved, &moved->steps[i]))
      return FALSE;
  return TRUE;
}

/* A step that only the newer version has, in a place that the run has reached already, would give
 * its effect all of a sudden for every run that moves: it is left out. One that something still
 * holds (a wait, a branch, the step above it) comes in its turn. */
static void
leave_out_passed (const WfRun *self, WfRun *moved)
{
  const WfRunMove still = { NULL, moved->event, NULL, WF_INSTANT_NONE, NULL };
  gboolean changed;

  do
    {
      changed = FALSE;
      wf_run_settle (moved, &still);
      for (guint i = 0; i < moved->n_steps; i++)
        {
          WfRunStep *step = &moved->steps[i];

          if (wf_run_find_step (self, step->step->id) != NULL ||
              (step->status != WF_STEP_WAITING && !wf_run_is_timed (moved, step)))
            continue;
          wf_run_step_finish (step, WF_STEP_SKIPPED, "added-later");
          changed = TRUE;
        }
    }
  while (changed);
}

/**
 * wf_run_move:
 * @self: a run
 * @newer: another version of its workflow
 *
 * S12: publishing while runs wait. Steps that both versions have keep their state. A new step
 * in a place that the run has reached already is left out, with the reason "added-later".
 *
 * Returns: (transfer full) (nullable): the run on the newer version; %NULL when a step that waits
 *   now is not there, or is another kind of step there
 */
WfRun *
wf_run_move (const WfRun *self, WfWorkflow *newer)
{
  g_autoptr (WfRun) moved = NULL;

  if (!g_str_equal (newer->id, self->workflow->id))
    return NULL;
  moved = wf_run_new (newer, self->event);
  moved->base = self->base;
  moved->stopped = self->stopped;
  moved->results = self->results != NULL ? wf_json_document_ref (self->results) : NULL;
  moved->dates = self->dates != NULL ? wf_json_document_ref (self->dates) : NULL;
  if (!take_over (self, moved))
    return NULL;
  leave_out_passed (self, moved);
  return g_steal_pointer (&moved);
}

/* The end of a pause */

/* Counted back from a date, or waiting for it: the date does not move. */
static gboolean
hangs_on_date (const WfRunStep *step)
{
  return step->begun ? step->step->kind == WF_STEP_WAIT && step->step->wait.kind == WF_WAIT_UNTIL
                     : step->step->run.mode == WF_RUN_BEFORE;
}

/**
 * wf_run_reschedule:
 * @self: a run
 * @paused: when its workflow was paused
 * @resumed: when it was resumed
 *
 * S12: every waiting step comes later by the length of the pause; those that hang on a date of the
 * record keep it.
 */
void
wf_run_reschedule (WfRun *self, WfInstant paused, WfInstant resumed)
{
  WfInstant length = resumed - paused;

  if (length <= 0)
    return;
  for (guint i = 0; i < self->n_steps; i++)
    {
      WfRunStep *step = &self->steps[i];

      if (step->status != WF_STEP_WAITING || step->at == WF_INSTANT_NONE || hangs_on_date (step))
        continue;
      step->at += length;
      if (!step->begun)
        step->base = step->at;
    }
}

/* Waits and branches give nothing: they only open the way to what is below them. */
static gboolean
gives_effect (const WfRunStep *step)
{
  switch (step->step->kind)
    {
    case WF_STEP_WAIT:
    case WF_STEP_BRANCH:
      return FALSE;
    case WF_STEP_CONTROL:
      return step->begun;
    default:
      return TRUE;
    }
}

/**
 * wf_run_skip_overdue:
 * @self: a run
 * @engine: who decides
 * @lead: (nullable): the lead as cached
 * @now: when its workflow was resumed
 * @effects: (element-type WfEffect): receives what follows from it
 *
 * S12: what came due during the pause is skipped with the reason "paused". Waits that ended in it
 * have ended.
 */
void
wf_run_skip_overdue (WfRun *self, const WfEngine *engine, const WfJson *lead, WfInstant now,
                     GPtrArray *effects)
{
  const WfRunMove move = { engine, self->event, lead, now, effects };
  WfRunStep *due;

  wf_run_settle (self, &move);
  while ((due = wf_run_find_due (self, now)) != NULL)
    {
      if (gives_effect (due))
        wf_run_step_finish (due, WF_STEP_SKIPPED, "paused");
      else
        wf_run_fire (self, &move, due);
      wf_run_settle (self, &move);
    }
}
