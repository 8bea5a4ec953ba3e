/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One event's way through one workflow (R143): a replay of a single event that is looked at while
 * it moves. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-walk-private.h"

#include "wf-event-catalogue.h"
#include "wf-replay-private.h"
#include "wf-run-reason.h"
#include "wf-step-kind.h"
#include "wf-tick.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A person does what is waited for at the last moment that is still in time. */
#define IN_TIME G_TIME_SPAN_MINUTE

/* Every stop is made at the moment at which its decision was: later the lead may be another one. */
typedef struct
{
  WfReplay *replay; /* (owned) */
  WfWalkWords words;
  GPtrArray *stops;  /* (owned) of WfWalkStop */
  WfReplayRun *run;  /* (owned) (nullable) a reference, once it has moved */
  GHashTable *shown; /* (owned) ids of the steps that have a stop, or need none; borrowed */
  GHashTable *tests; /* (owned) id of a wait that has begun -> GPtrArray of WfWalkTest */
  gboolean succeed;
} Walk;

/**
 * wf_walk_stop_free:
 * @self: (nullable) (transfer full): a stop
 */
void
wf_walk_stop_free (WfWalkStop *self)
{
  if (self == NULL)
    return;
  g_free (self->step);
  g_free (self->text);
  g_ptr_array_unref (self->tests);
  g_free (self);
}

/* Takes text and tests; tests: nullable. */
static WfWalkStop *
add_stop (Walk *self, WfWalkPlace place, const char *step, WfWalkOutcome outcome, WfInstant at,
          char *text, GPtrArray *tests)
{
  WfWalkStop *stop = g_new0 (WfWalkStop, 1);

  stop->place = place;
  stop->step = g_strdup (step);
  stop->outcome = outcome;
  stop->at = at;
  stop->text = text;
  stop->tests = tests != NULL ? tests : g_ptr_array_new ();
  g_ptr_array_add (self->stops, stop);
  return stop;
}

static WfRunMove
make_move (Walk *self)
{
  const WfRun *run = self->run->run;

  return (WfRunMove) { self->replay->engine, run->event,
                       wf_replay_get_lead (self->replay, self->run), self->replay->clock, NULL };
}

/* ---- steps ---- */

static const WfEffect *
find_effect (const GPtrArray *effects, const char *step)
{
  for (guint i = effects != NULL ? effects->len : 0; i > 0; i--)
    {
      const WfEffect *effect = g_ptr_array_index (effects, i - 1);

      if (strcmp (effect->step, step) == 0)
        return effect;
    }
  return NULL;
}

static void
add_effect (Walk *self, const WfRunStep *step, const GPtrArray *effects)
{
  const WfEffect *effect = find_effect (effects, step->step->id);
  WfRunMove move = make_move (self);
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self->run->run, &move, step->base, &view);

  g_return_if_fail (effect != NULL);
  add_stop (self, WF_WALK_STEP, step->step->id, WF_WALK_PASSED, step->base,
            wf_walk_describe_effect (&self->words, effect, step->step, &context), NULL);
}

/* The engine asks the paths one after the other, and stops at the first that holds; what the others
 * would have seen is worth knowing too. */
static void
add_branch (Walk *self, const WfRunStep *branch)
{
  WfRunMove move = make_move (self);
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self->run->run, &move, branch->base, &view);
  const GPtrArray *paths = branch->step->paths;

  add_stop (self, WF_WALK_STEP, branch->step->id, WF_WALK_PASSED, branch->base,
            wf_walk_describe_choice (branch), NULL);
  for (guint i = 0; i < paths->len; i++)
    {
      const WfPath *path = g_ptr_array_index (paths, i);
      WfWalkStop *stop = add_stop (self, WF_WALK_PATH, branch->step->id,
                                   (int) i == branch->chosen ? WF_WALK_PASSED : WF_WALK_NOT_TAKEN,
                                   branch->base, wf_walk_describe_path (branch, i),
                                   wf_walk_list_tests (&self->words, path->condition, &context));

      stop->path = i;
    }
}

/* What a wait sees when it begins: it looks again only when an event comes. */
static void
note_wait (Walk *self, const WfRunStep *wait)
{
  WfRunMove move = make_move (self);
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self->run->run, &move, wait->base, &view);

  if (!g_hash_table_contains (self->tests, wait->step->id))
    g_hash_table_insert (self->tests, wait->step->id,
                         wf_walk_list_tests (&self->words, wait->step->wait.condition, &context));
}

static GPtrArray *
take_tests (Walk *self, const WfRunStep *step)
{
  gpointer tests = NULL;

  g_hash_table_steal_extended (self->tests, step->step->id, NULL, &tests);
  return tests;
}

static void
add_wait (Walk *self, const WfRunStep *wait)
{
  note_wait (self, wait);
  add_stop (self, WF_WALK_STEP, wait->step->id, WF_WALK_PASSED, wait->done,
            wf_walk_describe_wait (&self->words, wait), take_tests (self, wait));
}

/* Inside what was not reached nothing is told: the place around it tells. */
static gboolean
is_reached (const WfRun *run, const WfRunStep *step)
{
  const WfRunStep *branch = step->parent != WF_NO_STEP ? &run->steps[step->parent] : NULL;

  return branch == NULL || branch->chosen == step->path;
}

static void
add_end (Walk *self, const WfRunStep *step)
{
  if (is_reached (self->run->run, step))
    add_stop (self, WF_WALK_STEP, step->step->id,
              step->status == WF_STEP_SKIPPED ? WF_WALK_SKIPPED : WF_WALK_STOPPED,
              self->replay->clock, g_strdup (wf_run_reason_to_text (step->reason)),
              take_tests (self, step));
}

/* FALSE: it is still to come. */
static gboolean
look_at_step (Walk *self, const WfRunStep *step, const GPtrArray *effects)
{
  WfStepKind kind = step->step->kind;

  switch (step->status)
    {
    case WF_STEP_PENDING:
      return FALSE;
    case WF_STEP_WAITING:
      if (kind == WF_STEP_WAIT && step->begun)
        note_wait (self, step);
      return FALSE;
    case WF_STEP_RUNNING:
    case WF_STEP_SUCCEEDED:
      if (kind == WF_STEP_BRANCH)
        add_branch (self, step);
      else if (kind == WF_STEP_WAIT)
        add_wait (self, step);
      else
        add_effect (self, step, effects);
      return TRUE;
    case WF_STEP_SKIPPED:
    case WF_STEP_FAILED:
    case WF_STEP_CANCELLED:
      if (kind == WF_STEP_BRANCH && step->status == WF_STEP_FAILED)
        add_branch (self, step); /* a step of the path it took failed at once */
      else
        add_end (self, step);
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static void
on_moved (WfReplayRun *run, const GPtrArray *effects, gpointer user_data)
{
  Walk *self = user_data;

  if (self->run == NULL)
    self->run = g_rc_box_acquire (run);
  if (run != self->run)
    return; /* its own lateness may start it again */
  for (guint i = 0; i < run->run->n_steps; i++)
    {
      const WfRunStep *step = &run->run->steps[i];

      if (!g_hash_table_contains (self->shown, step->step->id) &&
          look_at_step (self, step, effects))
        g_hash_table_add (self->shown, step->step->id);
    }
}

static WfWalkStop *
find_stop (Walk *self, const char *step)
{
  for (guint i = self->stops->len; i > 0; i--)
    {
      WfWalkStop *stop = g_ptr_array_index (self->stops, i - 1);

      if (stop->place == WF_WALK_STEP && strcmp (stop->step, step) == 0)
        return stop;
    }
  return NULL;
}

static void
on_acted (const WfReplayRun *run, const WfEffect *effect, WfApplyOutcome outcome,
          gpointer user_data)
{
  Walk *self = user_data;
  WfWalkStop *stop = run == self->run ? find_stop (self, effect->step) : NULL;
  g_autofree char *text = NULL;

  if (stop == NULL)
    return;
  text = g_steal_pointer (&stop->text);
  stop->text = wf_walk_describe_outcome (text, outcome);
  if (outcome == WF_APPLY_UNKNOWN)
    stop->outcome = WF_WALK_STOPPED;
}

static void
on_joined (const WfReplayRun *run, const WfEffect *effect, const WfReplayActivity *activity,
           gpointer user_data)
{
  Walk *self = user_data;
  WfWalkStop *stop = run == self->run ? find_stop (self, effect->step) : NULL;

  if (stop == NULL)
    return;
  g_free (stop->text);
  stop->text = wf_walk_describe_joined (activity->title);
}

static const WfReplayWatch watch = { on_moved, on_acted, on_joined };

/* ---- the clock ---- */

static gboolean
is_waited_for (const WfRun *run, guint index)
{
  for (guint i = 0; i < run->n_steps; i++)
    if (run->steps[i].previous == (int) index && run->steps[i].status == WF_STEP_PENDING &&
        run->steps[i].step->run.mode == WF_RUN_AFTER_PREVIOUS)
      return TRUE;
  return FALSE;
}

static void
make_key (const WfRun *run, const WfRunStep *step, char key[WF_UUID_LENGTH + 1])
{
  wf_effect_make_key (run->workflow->id, wf_event_get_source (run->event),
                      wf_event_get_id (run->event), step->step->id, step->iteration, key);
}

/* The open activity that a person does next. *at: when. NULL: none has to be done. */
static WfReplayActivity *
find_next_done (Walk *self, const WfRunStep **step, WfInstant *at)
{
  const WfRun *run = self->run->run;
  WfReplayActivity *next = NULL;

  for (guint i = 0; self->succeed && i < run->n_steps; i++)
    {
      WfStepKind kind = run->steps[i].step->kind;
      WfReplayActivity *activity;
      char key[WF_UUID_LENGTH + 1];
      WfInstant then;

      if (run->steps[i].status != WF_STEP_RUNNING || !wf_step_kind_is_done_by_person (kind) ||
          (kind != WF_STEP_REQUEST_APPROVAL && !is_waited_for (run, i)))
        continue;
      make_key (run, &run->steps[i], key);
      activity = wf_replay_find_activity (self->replay, key);
      if (activity == NULL)
        continue;
      then = activity->due != WF_INSTANT_NONE ? activity->due - IN_TIME : self->replay->clock;
      then = MAX (then, self->replay->clock);
      if (next != NULL && then >= *at)
        continue;
      next = activity;
      *step = &run->steps[i];
      *at = then;
    }
  return next;
}

/* What falls due until then comes first, and may have closed it. */
static void
complete (Walk *self, const WfRunStep *step, WfInstant at)
{
  gboolean approval = step->step->kind == WF_STEP_REQUEST_APPROVAL;
  WfReplayActivity *activity;
  char key[WF_UUID_LENGTH + 1];

  make_key (self->run->run, step, key);
  wf_replay_finish (self->replay, at);
  activity = wf_replay_find_activity (self->replay, key);
  if (activity != NULL)
    wf_replay_complete (self->replay, activity, approval ? WF_OUTCOME_APPROVED : NULL, at);
}

/* Ends: each round fires a step that waited, or closes an activity; a control tells once. */
static void
go_on (Walk *self)
{
  while (self->run != NULL && self->run->run != NULL)
    {
      WfInstant due = wf_run_get_next_due (self->run->run), at = WF_INSTANT_NONE;
      const WfRunStep *step = NULL;
      WfReplayActivity *activity = find_next_done (self, &step, &at);

      if (activity != NULL && (due == WF_INSTANT_NONE || at < due))
        complete (self, step, at);
      else if (due != WF_INSTANT_NONE)
        wf_replay_finish (self->replay, MAX (due, self->replay->clock));
      else
        return;
    }
}

static void
add_waiting (Walk *self)
{
  const WfRun *run = self->run != NULL ? self->run->run : NULL;

  for (guint i = 0; run != NULL && i < run->n_steps; i++)
    {
      const WfRunStep *step = &run->steps[i];

      if (!wf_step_status_is_final (step->status) && is_reached (run, step) &&
          !g_hash_table_contains (self->shown, step->step->id))
        add_stop (self, WF_WALK_STEP, step->step->id, WF_WALK_WAITS, self->replay->clock,
                  wf_walk_describe_pending (&self->words, step), take_tests (self, step));
    }
}

/* ---- the trigger ---- */

static WfWalkOutcome
get_outcome (WfVerdictKind kind)
{
  if (kind == WF_VERDICT_STARTED)
    return WF_WALK_PASSED;
  return kind == WF_VERDICT_CONDITION_FAILED ? WF_WALK_NOT_TAKEN : WF_WALK_SKIPPED;
}

static gboolean
is_started (Walk *self, WfWorkflow *workflow, WfEvent *event)
{
  WfReplay *replay = self->replay;
  const WfVerdict *verdict = NULL;
  WfConditionContext context = {
    .event = event,
    .lead = wf_replay_memory_get_lead (replay->memory, wf_event_get_lead (event)),
    .organisation = self->words.organisation,
    .now = replay->clock,
  };

  wf_engine_evaluate (replay->engine, event, replay->clock, wf_replay_memory_get (replay->memory),
                      TRUE, replay->verdicts);
  for (guint i = 0; verdict == NULL && i < replay->verdicts->len; i++)
    verdict = &g_array_index (replay->verdicts, WfVerdict, i);
  if (verdict == NULL)
    {
      add_stop (self, WF_WALK_TRIGGER, NULL, WF_WALK_NOT_TAKEN, replay->clock,
                g_strdup_printf (_ ("The event does not start the workflow: it waits for “%s”."),
                                 wf_event_type_to_text (workflow->event)),
                NULL);
      return FALSE;
    }
  add_stop (self, WF_WALK_TRIGGER, NULL, get_outcome (verdict->kind), replay->clock,
            wf_walk_describe_verdict (verdict, event),
            wf_walk_list_tests (&self->words, workflow->conditions, &context));
  return verdict->kind == WF_VERDICT_STARTED;
}

/* Nobody reads the lines. */
static void
on_line (const char *line, gpointer user_data)
{
}

/* A schedule of its own is left out: only this event counts. */
static void
begin (Walk *self, WfOrganisation *organisation, WfWorkflow *workflow, WfEvent *event,
       const WfJson *lead)
{
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();

  g_ptr_array_add (workflows, workflow);
  self->replay = wf_replay_new (organisation, workflows, FALSE, on_line, NULL);
  self->replay->watch = &watch;
  self->replay->watch_data = self;
  self->replay->begun = TRUE;
  self->replay->clock = self->replay->latest = wf_event_get_time (event);
  g_set_str (&self->replay->source, wf_event_get_source (event));
  self->words.organisation = organisation;
  self->words.zone = wf_working_hours_get_zone (wf_engine_get_hours (self->replay->engine));
  if (lead != NULL && wf_event_get_lead (event) != NULL)
    wf_replay_memory_set_lead (self->replay->memory, wf_event_get_lead (event),
                               wf_json_document_extract (lead), WF_INSTANT_NONE);
  wf_replay_memory_add_event (self->replay->memory, event);
  wf_replay_memory_update_lead (self->replay->memory, event);
}

/* A tick names the workflow that it starts; one that was written by hand may not know. */
static WfEvent *
name_workflow (WfWorkflow *workflow, WfEvent *event, const WfJson *lead)
{
  if (strcmp (wf_event_get_event_type (event), "schedule.tick") != 0 ||
      wf_json_get_member (wf_event_get_data (event), "workflow") != NULL)
    return wf_event_ref (event);
  return wf_tick_make_event (workflow, wf_event_get_time (event), wf_event_get_lead (event),
                             lead != NULL ? lead : wf_event_get_lead_members (event));
}

static int
compare_stops (gconstpointer a, gconstpointer b)
{
  const WfWalkStop *x = *(const WfWalkStop *const *) a, *y = *(const WfWalkStop *const *) b;

  return x->at < y->at ? -1 : x->at > y->at;
}

/**
 * wf_walk_run:
 * @organisation: (nullable): people, groups and working hours
 * @workflow: what is tried, whatever its state
 * @event: what comes
 * @lead: (nullable): the lead as cached, for fields that the event does not carry
 * @succeed: activities that later steps wait for are done in time, and approvals are approved
 *
 * Nothing outside changes, and the same always gives the same.
 *
 * Returns: (transfer container) (element-type WfWalkStop): what happened, in the order of the
 *   virtual clock
 */
GPtrArray *
wf_walk_run (WfOrganisation *organisation, WfWorkflow *workflow, WfEvent *event, const WfJson *lead,
             gboolean succeed)
{
  g_autoptr (WfWorkflow) live = wf_workflow_copy (workflow);
  g_autoptr (WfEvent) own = name_workflow (live, event, lead);
  Walk self = {
    .stops = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_walk_stop_free),
    .shown = g_hash_table_new (g_str_hash, g_str_equal),
    .tests =
        g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref),
    .succeed = succeed,
  };

  live->state = WF_WORKFLOW_LIVE;
  begin (&self, organisation, live, own, lead);
  if (is_started (&self, live, own))
    {
      wf_replay_start_run (self.replay, live, own);
      go_on (&self);
      add_waiting (&self);
    }
  g_ptr_array_sort (self.stops, compare_stops); /* stable: at one instant in reading order */
  g_clear_pointer (&self.run, wf_replay_run_release);
  wf_replay_free (self.replay);
  g_hash_table_unref (self.shown);
  g_hash_table_unref (self.tests);
  return self.stops;
}
