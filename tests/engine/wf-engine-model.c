/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An independent model of runs: what must happen. Written to be read, not to be fast. */
#include "wf-engine-model.h"

#include "wf-effect.h"

#define NEVER G_MAXINT

/* What is known of a run so far, by step. Minutes; NEVER until it happens. */
typedef struct
{
  guint event;
  int fired[WF_MODEL_MOST_STEPS], base[WF_MODEL_MOST_STEPS], done[WF_MODEL_MOST_STEPS];
  int chosen[WF_MODEL_MOST_STEPS], due[WF_MODEL_MOST_STEPS], gone[WF_MODEL_MOST_STEPS];
  int since[WF_MODEL_MOST_STEPS];     /* CONTROL: of the stay in which it began; NEVER: elsewhere */
  int watched[WF_MODEL_MOST_STEPS];   /* CONTROL: the stage */
  guint told[WF_MODEL_MOST_STEPS];    /* CONTROL: how often */
  int told_at[WF_MODEL_MOST_STEPS];   /* CONTROL: when last, or when it is to */
  guint refused[WF_MODEL_MOST_STEPS]; /* NOTIFY: how often */
  gboolean unwanted[WF_MODEL_MOST_STEPS], failed[WF_MODEL_MOST_STEPS];
  GQueue effects;  /* of WfModelStep: given to the machine, not yet carried out */
  gboolean closed; /* lead deleted, restarted or stopped: nothing more happens by itself */
  int ended;       /* minute of the deletion */
} Run;

/* Questions */

static const WfModelStep *
step_above (const WfModelStep *step)
{
  const WfModelStep *above = NULL;

  for (guint i = 0; g_ptr_array_index (step->sequence->steps, i) != step; i++)
    above = g_ptr_array_index (step->sequence->steps, i);
  return above;
}

static gboolean
is_wait (const WfModelStep *step)
{
  return step->kind == MODEL_WAIT || step->kind == MODEL_WAIT_FOR_SCORE;
}

/* The nearest wait above in the same sequence. */
static const WfModelStep *
wait_above (const WfModelStep *step)
{
  for (step = step_above (step); step != NULL; step = step_above (step))
    if (is_wait (step))
      return step;
  return NULL;
}

static gboolean ask_blocked (const Run *run, const WfModelStep *step);

/* It has ended without success. */
static gboolean
ask_dead (const Run *run, const WfModelStep *step)
{
  guint n = step->number;

  if (run->unwanted[n] || run->failed[n] || run->gone[n] != NEVER)
    return TRUE;
  return run->fired[n] == NEVER && ask_blocked (run, step);
}

/* It can never run: what it depends on has ended without success. */
static gboolean
ask_blocked (const Run *run, const WfModelStep *step)
{
  const WfModelStep *above = step_above (step), *wait = wait_above (step);
  const WfModelStep *branch = step->sequence->branch;

  if (branch != NULL && run->fired[branch->number] == NEVER && ask_dead (run, branch))
    return TRUE;
  if (wait != NULL && ask_dead (run, wait))
    return TRUE;
  return step->mode == MODEL_AFTER_PREVIOUS && above != NULL && ask_dead (run, above);
}

/* The instant from which the step counts; NEVER while it is not known. */
static int
ask_from (const WfModel *self, const Run *run, const WfModelStep *step)
{
  const WfModelStep *branch = step->sequence->branch, *wait = wait_above (step);

  if (branch != NULL &&
      (run->chosen[branch->number] < 0 ||
       g_ptr_array_index (branch->paths, (guint) run->chosen[branch->number]) != step->sequence))
    return NEVER;
  if (wait != NULL)
    return run->done[wait->number];
  return branch != NULL ? run->base[branch->number] : self->events[run->event].minute;
}

/* When the step is due to run, as far as is known. */
static int
ask_run (const WfModel *self, const Run *run, const WfModelStep *step)
{
  int from = ask_from (self, run, step);
  const WfModelStep *above = step_above (step);

  if (from == NEVER || step->mode == MODEL_IMMEDIATELY)
    return from;
  if (step->mode == MODEL_DELAY)
    return from + step->delay * 60;
  return above != NULL ? run->done[above->number] : from;
}

/* Nothing of it is left for the machine. */
static gboolean
ask_at_rest (const Run *run, const WfModelStep *step)
{
  guint n = step->number;

  if (run->done[n] != NEVER || ask_dead (run, step))
    return TRUE;
  return run->fired[n] != NEVER && (step->kind == MODEL_ACTIVITY || step->kind == MODEL_APPROVAL ||
                                    step->kind == MODEL_CONTROL);
}

/* The stage that an event of the lead tells, -1 when it tells none. */
static int
get_told_stage (const WfModel *self, guint event, guint lead)
{
  const WfModelEvent *one = &self->events[event];

  if (one->left_out || one->lead != lead ||
      (one->type != MODEL_RECEIVED && one->type != MODEL_STAGE))
    return -1;
  return one->stage;
}

/* When the control tells for the number-th time (from 0), as far as events up to now say: once in
 * each stay that is long enough. NEVER: not that one knows. */
static int
ask_telling (const WfModel *self, const Run *run, const WfModelStep *step, guint number, int now)
{
  guint n = step->number, lead = self->events[run->event].lead, told = 0;
  int since = run->since[n];

  for (guint i = 0; i < self->n_events && self->events[i].minute <= now; i++)
    {
      int stage = get_told_stage (self, i, lead);

      if (stage < 0 || self->events[i].minute <= run->fired[n])
        continue;
      if (stage == run->watched[n])
        {
          since = since == NEVER ? self->events[i].minute : since;
          continue;
        }
      if (since != NEVER && since + step->hours * 60 < self->events[i].minute && told++ == number)
        return since + step->hours * 60;
      since = NEVER;
    }
  return since != NEVER && told == number ? since + step->hours * 60 : NEVER;
}

/* What happens */

static int
see_score (const WfModel *self, const Run *run, int base)
{
  const WfModelEvent *event = &self->events[run->event];

  return base == event->minute ? event->score : self->scores[event->lead];
}

static int
see_stage (const WfModel *self, const Run *run, int base)
{
  const WfModelEvent *event = &self->events[run->event];

  return base == event->minute ? event->stage : self->stages[event->lead];
}

static void
add_line (WfModel *self, int minute, const char *kind, const Run *run, const WfModelStep *step,
          const char *person)
{
  g_autofree char *time = wf_model_format_minute (minute),
                  *id = g_strdup_printf ("e%u", run->event), *due = NULL;
  guint iteration = step->kind == MODEL_CONTROL ? run->told[step->number] : 0;
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (WF_MODEL_WORKFLOW, "/crm/acme", id, step->id, iteration, key);
  due = run->due[step->number] != NEVER ? wf_model_format_minute (run->due[step->number])
                                        : g_strdup ("-");
  g_ptr_array_add (self->lines,
                   g_strdup_printf ("%s %s %s %s %s %s", time, key, kind, step->id, person, due));
}

static const char *
get_owner (const WfModel *self, const Run *run)
{
  return self->events[run->event].inbound ? "ana" : "bruno";
}

/* Bruno has no manager. */
static void
fire_for_person (WfModel *self, Run *run, const WfModelStep *step, int now)
{
  gboolean inbound = self->events[run->event].inbound, approval = step->kind == MODEL_APPROVAL;
  int due = run->base[step->number] + step->hours * 60;

  if (!inbound && (approval || step->groups))
    {
      run->unwanted[step->number] = TRUE;
      return;
    }
  run->due[step->number] = due >= now ? due : now + 30; /* S26 */
  add_line (self, now, approval ? "request-approval" : "create-activity", run, step,
            approval ? "carla" : get_owner (self, run));
}

static void
fire_control (WfModel *self, Run *run, const WfModelStep *step, int now)
{
  if (step->manager && !self->events[run->event].inbound)
    {
      run->unwanted[step->number] = TRUE;
      return;
    }
  add_line (self, now, "control", run, step, step->manager ? "carla" : get_owner (self, run));
  g_queue_push_tail (&run->effects, (gpointer) step);
}

/* Where the lead is now counts; if it was elsewhere at the base time, from now. */
static void
begin_control (WfModel *self, Run *run, const WfModelStep *step, int now)
{
  guint n = step->number;
  int present = self->stages[self->events[run->event].lead];

  run->watched[n] = step->watches >= 0 ? step->watches : present;
  run->since[n] = see_stage (self, run, run->base[n]) == run->watched[n] ? run->base[n] : now;
  if (present != run->watched[n])
    run->since[n] = NEVER;
}

static void
fire (WfModel *self, Run *run, const WfModelStep *step, int now)
{
  guint n = step->number;

  run->fired[n] = now;
  switch (step->kind)
    {
    case MODEL_ACTIVITY:
    case MODEL_APPROVAL:
      fire_for_person (self, run, step, now);
      break;
    case MODEL_NOTIFY:
      add_line (self, now, "notify", run, step, get_owner (self, run));
      g_queue_push_tail (&run->effects, (gpointer) step);
      break;
    case MODEL_ADD_SCORE:
      add_line (self, now, "add-score", run, step, "(null)");
      g_queue_push_tail (&run->effects, (gpointer) step);
      break;
    case MODEL_CONTROL:
      begin_control (self, run, step, now);
      break;
    case MODEL_WAIT:
      break;
    case MODEL_WAIT_FOR_SCORE:
      if (see_score (self, run, run->base[n]) >= step->threshold)
        run->done[n] = run->base[n];
      break;
    case MODEL_BRANCH:
      for (guint i = 0; i < step->paths->len && run->chosen[n] < 0; i++)
        {
          const WfModelSequence *path = g_ptr_array_index (step->paths, i);

          if (path->threshold < 0 || see_score (self, run, run->base[n]) >= path->threshold)
            run->chosen[n] = (int) i;
        }
      break;
    }
}

/* The instant at which the step has something to do next, NEVER when it waits for others. */
static int
ask_next (const WfModel *self, Run *run, const WfModelStep *step, int now)
{
  guint n = step->number;

  if (ask_dead (run, step))
    return NEVER;
  if (run->fired[n] == NEVER)
    return ask_run (self, run, step);
  if (is_wait (step) && run->done[n] == NEVER)
    return run->base[n] + step->hours * 60;
  if (step->kind == MODEL_CONTROL && g_queue_find (&run->effects, step) == NULL)
    return ask_telling (self, run, step, run->told[n], now);
  return NEVER;
}

static void
do_next (WfModel *self, Run *run, const WfModelStep *step, int at, int now)
{
  guint n = step->number;

  self->n_acts++;
  if (run->fired[n] == NEVER)
    {
      run->base[n] = at;
      fire (self, run, step, now);
    }
  else if (is_wait (step))
    {
      run->done[n] = at;
    }
  else
    {
      run->told_at[n] = at;
      fire_control (self, run, step, now);
    }
}

/* A branch has ended when nothing of the path taken is left for the machine. */
static gboolean
settle_branch (Run *run, const WfModelStep *branch)
{
  guint n = branch->number;
  const WfModelSequence *path;
  gboolean failed = FALSE;

  if (branch->kind != MODEL_BRANCH || run->fired[n] == NEVER || run->done[n] != NEVER ||
      run->failed[n])
    return FALSE;
  path = run->chosen[n] >= 0 ? g_ptr_array_index (branch->paths, (guint) run->chosen[n]) : NULL;
  for (guint i = 0; path != NULL && i < path->steps->len; i++)
    {
      const WfModelStep *step = g_ptr_array_index (path->steps, i);

      if (!ask_at_rest (run, step))
        return FALSE;
      failed |= run->failed[step->number];
    }
  if (failed)
    run->failed[n] = TRUE;
  else
    run->done[n] = run->base[n];
  return TRUE;
}

static gboolean
is_left_out (const WfModelStep *step)
{
  for (; step != NULL; step = step->sequence->branch)
    if (!g_ptr_array_find (step->sequence->steps, step, NULL))
      return TRUE;
  return FALSE;
}

/* What is due earlier goes first, in reading order at one instant. */
static void
advance (WfModel *self, Run *run, int now)
{
  while (!run->closed)
    {
      const WfModelStep *first = NULL;
      int at = NEVER;
      gboolean settled = FALSE;

      for (guint i = 0; i < self->all_steps->len; i++)
        {
          const WfModelStep *step = g_ptr_array_index (self->all_steps, i);
          int next;

          if (is_left_out (step))
            continue;
          settled |= settle_branch (run, step);
          next = ask_next (self, run, step, now);
          if (next <= now && next < at)
            {
              at = next;
              first = step;
            }
        }
      if (settled)
        continue;
      if (first == NULL)
        return;
      do_next (self, run, first, at, now);
    }
}

/* The machine's effects, in the order in which they were given; what follows from one sees what
 * it has done. */
static void
carry_out (WfModel *self, Run *run, int now)
{
  const WfModelStep *step;

  while ((step = g_queue_pop_head (&run->effects)) != NULL)
    {
      guint n = step->number;

      if (step->kind == MODEL_NOTIFY && run->refused[n] < step->refusals)
        {
          run->refused[n]++;
          run->failed[n] = TRUE;
          continue;
        }
      if (step->kind == MODEL_ADD_SCORE)
        self->scores[self->events[run->event].lead] += step->points;
      if (step->kind == MODEL_CONTROL)
        {
          run->done[n] = run->done[n] == NEVER ? run->told_at[n] : run->done[n];
          run->told[n]++;
        }
      else
        {
          run->done[n] = run->base[n];
        }
      advance (self, run, now);
    }
}

/* Two runs of a lead with something to do at one instant: an event has started the one and ended
 * a wait of the other, hours ago. Which of them goes first nobody promises, and it matters when
 * one changes the score. */
static void
look_for_doubt (WfModel *self, const guint *acted, const gboolean *scored)
{
  for (guint i = 0; i < WF_MODEL_N_LEADS; i++)
    self->in_doubt |= acted[i] > 1 && scored[i];
}

static void
look_at_all (WfModel *self, int now)
{
  guint acted[WF_MODEL_N_LEADS] = { 0 };
  gboolean scored[WF_MODEL_N_LEADS] = { FALSE };

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);
      guint lead = self->events[run->event].lead, n_acts = self->n_acts;
      int score = self->scores[lead];

      do
        {
          advance (self, run, now);
          carry_out (self, run, now);
          advance (self, run, now);
        }
      while (!g_queue_is_empty (&run->effects));
      acted[lead] += self->n_acts > n_acts ? 1 : 0;
      scored[lead] |= self->scores[lead] != score;
    }
  look_for_doubt (self, acted, scored);
}

static gboolean
ran_before (const WfModel *self, guint lead)
{
  for (guint i = 0; i < self->runs->len; i++)
    if (self->events[((Run *) g_ptr_array_index (self->runs, i))->event].lead == lead)
      return TRUE;
  return FALSE;
}

static void
close_runs (WfModel *self, guint lead, int ended)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (self->events[run->event].lead != lead)
        continue;
      run->closed = TRUE;
      run->ended = MIN (run->ended, ended);
    }
}

static void
run_free (gpointer data)
{
  g_queue_clear (&((Run *) data)->effects);
  g_free (data);
}

static void
start (WfModel *self, guint event)
{
  Run *run;

  if (g_str_equal (self->reentry, "once-per-lead") && ran_before (self, self->events[event].lead))
    return;
  if (g_str_equal (self->reentry, "restart"))
    close_runs (self, self->events[event].lead, NEVER);
  run = g_new0 (Run, 1);
  run->event = event;
  run->ended = NEVER;
  g_queue_init (&run->effects);
  for (guint i = 0; i < WF_MODEL_MOST_STEPS; i++)
    {
      run->fired[i] = run->base[i] = run->done[i] = run->due[i] = run->gone[i] = NEVER;
      run->chosen[i] = -1;
    }
  g_ptr_array_add (self->runs, run);
}

static gboolean
is_open (const Run *run, const WfModelStep *step)
{
  guint n = step->number;

  return (step->kind == MODEL_ACTIVITY || step->kind == MODEL_APPROVAL) && run->due[n] != NEVER &&
         run->done[n] == NEVER && run->gone[n] == NEVER && run->ended == NEVER && !run->failed[n];
}

static void
complete (WfModel *self, const WfModelEvent *event)
{
  const WfModelStep *step = g_ptr_array_index (self->all_steps, event->step);

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (run->event != event->run || !is_open (run, step))
        continue;
      if (step->kind == MODEL_APPROVAL && event->choice != 0 && !step->goes_on)
        run->failed[step->number] = TRUE;
      else
        run->done[step->number] = event->minute;
    }
}

static void
retire (WfModel *self, const WfModelEvent *event)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      for (guint j = 0; j < self->all_steps->len; j++)
        {
          const WfModelStep *step = g_ptr_array_index (self->all_steps, j);

          if (self->events[run->event].lead == event->lead && step->retires && is_open (run, step))
            run->gone[j] = event->minute;
        }
    }
}

/* Whether events of its lead are told to it: then what is due before comes first. */
static gboolean
ask_listens (const WfModel *self, const Run *run)
{
  for (guint i = 0; i < self->all_steps->len && !run->closed; i++)
    {
      const WfModelStep *step = g_ptr_array_index (self->all_steps, i);

      if (run->fired[i] != NEVER && !ask_dead (run, step) &&
          (step->kind == MODEL_CONTROL ||
           (step->kind == MODEL_WAIT_FOR_SCORE && run->done[i] == NEVER)))
        return TRUE;
    }
  return FALSE;
}

/* An event that says no score lets the known one be seen. */
static void
tell_waits (WfModel *self, const WfModelEvent *event)
{
  gboolean says_score = event->type == MODEL_RECEIVED || event->type == MODEL_SCORE;

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);
      guint lead = self->events[run->event].lead;
      int score = says_score ? event->score : self->scores[lead];

      if (lead != event->lead || !ask_listens (self, run))
        continue;
      advance (self, run, event->minute);
      for (guint j = 0; j < self->all_steps->len && !run->closed; j++)
        {
          const WfModelStep *step = g_ptr_array_index (self->all_steps, j);

          if (step->kind == MODEL_WAIT_FOR_SCORE && run->fired[j] != NEVER &&
              !ask_dead (run, step) && run->done[j] == NEVER && score >= step->threshold)
            run->done[j] = event->minute;
        }
      advance (self, run, event->minute);
      carry_out (self, run, event->minute);
    }
}

gboolean
wf_model_can_be_resolved (const WfModelStep *step)
{
  return step->kind != MODEL_BRANCH && step->kind != MODEL_CONTROL;
}

/* S18: of what failed, and of an approval for which there was nobody. Nothing is stored of what
 * was blocked, so nothing has to be
 * opened again. */
static void
resolve (WfModel *self, const WfModelEvent *event)
{
  const WfModelStep *step = g_ptr_array_index (self->all_steps, event->step);
  Run *run = self->runs->len > 0 ? g_ptr_array_index (self->runs, 0) : NULL;
  guint n = step->number;

  if (run == NULL || run->closed || !wf_model_can_be_resolved (step) ||
      (!run->failed[n] && (step->kind != MODEL_APPROVAL || !run->unwanted[n])))
    return;
  if (event->choice == 2)
    {
      run->closed = TRUE;
      return;
    }
  for (guint i = 0; i < self->all_steps->len; i++)
    if (((WfModelStep *) g_ptr_array_index (self->all_steps, i))->kind == MODEL_BRANCH)
      run->failed[i] = FALSE;
  run->failed[n] = run->unwanted[n] = FALSE;
  if (event->choice == 1)
    {
      run->done[n] = event->minute;
      return;
    }
  run->fired[n] = run->base[n] = run->due[n] = NEVER;
}

static void
happen (WfModel *self, guint i)
{
  const WfModelEvent *event = &self->events[i];

  switch (event->type)
    {
    case MODEL_RECEIVED:
      self->scores[event->lead] = event->score;
      self->stages[event->lead] = event->stage;
      tell_waits (self, event);
      look_at_all (self, event->minute);
      if (!self->alone || i == 0)
        start (self, i);
      break;
    case MODEL_SCORE:
      self->scores[event->lead] = event->score;
      tell_waits (self, event);
      break;
    case MODEL_STAGE:
      self->stages[event->lead] = event->stage;
      tell_waits (self, event);
      break;
    case MODEL_COMPLETED:
      complete (self, event);
      look_at_all (self, event->minute);
      tell_waits (self, event);
      break;
    case MODEL_REPLIED:
      retire (self, event);
      tell_waits (self, event);
      break;
    case MODEL_DELETED:
      close_runs (self, event->lead, event->minute);
      break;
    case MODEL_RESOLVED:
      resolve (self, event);
      break;
    }
}

/* Whatever happens falls on an event's minute of the hour, or on that of a deadline, whose passing is
 * an event too. */
static gboolean
may_matter (const WfModel *self, int minute)
{
  for (guint i = 0; i < self->n_events; i++)
    if (self->events[i].minute % 60 == minute % 60)
      return TRUE;
  for (guint i = 0; i < self->runs->len; i++)
    for (guint j = 0; j < self->all_steps->len; j++)
      {
        int due = ((const Run *) g_ptr_array_index (self->runs, i))->due[j];

        if (due != NEVER && due < minute && due % 60 == minute % 60)
          return TRUE;
      }
  return FALSE;
}

/* When the activity was open no more. */
static int
ask_closed (const WfModel *self, const Run *run, const WfModelStep *step)
{
  guint n = step->number;
  int closed = MIN (MIN (run->done[n], run->gone[n]), run->ended);

  for (guint i = 0; run->failed[n] && i < self->n_events; i++)
    {
      const WfModelEvent *event = &self->events[i];

      if (!event->left_out && event->type == MODEL_COMPLETED && event->run == run->event &&
          event->step == n && event->minute >= run->fired[n])
        return MIN (closed, event->minute);
    }
  return closed;
}

static gboolean
ask_late (const WfModel *self, const Run *run, const WfModelStep *step)
{
  guint n = step->number;

  return (step->kind == MODEL_ACTIVITY || step->kind == MODEL_APPROVAL) &&
         run->due[n] < WF_MODEL_HORIZON && ask_closed (self, run, step) > run->due[n];
}

/* The minute is over: each activity that was to be done by then is late, which its lead's runs hear
 * of. */
static void
tell_late (WfModel *self, int minute)
{
  for (guint i = 0; i < self->runs->len; i++)
    for (guint j = 0; j < self->all_steps->len; j++)
      {
        const Run *run = g_ptr_array_index (self->runs, i);
        WfModelEvent late = { .type = MODEL_REPLIED,
                              .minute = minute,
                              .lead = self->events[run->event].lead };

        if (run->due[j] != minute || !ask_late (self, run, g_ptr_array_index (self->all_steps, j)))
          continue;
        tell_waits (self, &late);
        look_at_all (self, minute);
      }
}

static void
add_late_lines (WfModel *self)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      const Run *run = g_ptr_array_index (self->runs, i);

      for (guint j = 0; j < self->all_steps->len; j++)
        {
          const WfModelStep *step = g_ptr_array_index (self->all_steps, j);

          if (ask_late (self, run, step))
            add_line (self, run->due[j], "became-late", run, step,
                      step->kind == MODEL_APPROVAL ? "carla" : get_owner (self, run));
        }
    }
}

void
wf_model_simulate (WfModel *self)
{
  guint next = 0;

  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  self->runs = g_ptr_array_new_with_free_func (run_free);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->in_doubt = FALSE;
  self->n_acts = 0;
  for (guint i = 0; i < WF_MODEL_N_LEADS; i++)
    self->scores[i] = self->stages[i] = 0;
  for (int minute = 0; minute <= WF_MODEL_HORIZON; minute++)
    {
      if (may_matter (self, minute))
        look_at_all (self, minute);
      for (; next < self->n_events && self->events[next].minute == minute; next++)
        {
          if (self->events[next].left_out)
            continue;
          happen (self, next);
          look_at_all (self, minute);
        }
      if (!self->alone)
        tell_late (self, minute);
    }
  if (!self->alone)
    add_late_lines (self);
}
