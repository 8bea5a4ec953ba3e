/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay against an independent model: random workflows and random events. The model knows
 * nothing of states and agendas: at each minute it asks every step, by recursion upwards,
 * whether it may run by now.
 *
 * Every event has a minute of the hour of its own and all durations are whole hours, so that
 * nothing that follows from one event falls on the instant of another. */
#include "wf-engine-fixture.h"
#include "wf-replay.h"

#include <string.h>

#define W1 "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define N_CASES 3000
#define MOST_EVENTS 24
#define MOST_STEPS 40
#define HORIZON (14 * 60)
#define NEVER G_MAXINT

typedef enum
{
  ACTIVITY,
  NOTIFY,
  WAIT,
  WAIT_FOR_SCORE,
  BRANCH,
} Kind;

typedef enum
{
  IMMEDIATELY,
  AFTER_PREVIOUS,
  DELAY,
} Mode;

typedef struct _Step Step;

typedef struct
{
  Step *branch;  /* around it; NULL at the top */
  int threshold; /* of the path: score at least; -1 always */
  GPtrArray *steps;
} Sequence;

struct _Step
{
  char id[8];
  guint number;
  Kind kind;
  Mode mode;
  int delay, hours; /* hours: complete within, wait or time-out */
  int threshold;    /* WAIT_FOR_SCORE */
  gboolean groups;  /* ACTIVITY: only for inbound */
  Sequence *sequence;
  guint place;
  GPtrArray *paths; /* BRANCH: of Sequence */
};

typedef enum
{
  RECEIVED,
  SCORE,
  COMPLETED,
  DELETED,
} EventType;

typedef struct
{
  EventType type;
  int minute;
  guint lead;
  int score;
  gboolean inbound; /* who owns the lead: ana or bruno */
  guint run, step;  /* COMPLETED: of which event's run, which step */
} Event;

/* What is known of a run so far, by step. Minutes; NEVER until it happens. */
typedef struct
{
  guint event;
  int fired[MOST_STEPS], base[MOST_STEPS], done[MOST_STEPS], chosen[MOST_STEPS], due[MOST_STEPS];
  gboolean skipped[MOST_STEPS];
  gboolean closed; /* lead deleted, or restarted */
  int gone;        /* minute of the deletion */
} Run;

typedef struct
{
  GRand *rand;
  const char *reentry;
  GPtrArray *all_steps; /* of Step */
  GPtrArray *all_sequences;
  Sequence *top;
  Event events[MOST_EVENTS];
  guint n_events;
  GPtrArray *runs;  /* of Run */
  int scores[4];    /* of the leads, as last told */
  GPtrArray *lines; /* of char */
} Model;

/* Making it up */

static gint32
roll (Model *self, gint32 n)
{
  return g_rand_int_range (self->rand, 0, n);
}

static Sequence *
make_sequence (Model *self, Step *branch, guint depth)
{
  Sequence *sequence = g_new0 (Sequence, 1);
  guint n = (guint) roll (self, depth == 0 ? 5 : 4) + (depth == 0 ? 1 : 0);

  sequence->branch = branch;
  sequence->threshold = roll (self, 3) == 0 ? -1 : roll (self, 100);
  sequence->steps = g_ptr_array_new ();
  g_ptr_array_add (self->all_sequences, sequence);
  for (guint i = 0; i < n && self->all_steps->len < MOST_STEPS; i++)
    {
      Step *step = g_new0 (Step, 1);
      static const Kind kinds[] = { ACTIVITY, ACTIVITY,       NOTIFY, NOTIFY,
                                    WAIT,     WAIT_FOR_SCORE, BRANCH, BRANCH };

      step->number = self->all_steps->len;
      g_snprintf (step->id, sizeof step->id, "s%u", step->number);
      step->kind = kinds[roll (self, depth < 3 ? 8 : 6)];
      step->mode = (Mode) roll (self, 3);
      if (i == 0 && step->mode == AFTER_PREVIOUS)
        step->mode = IMMEDIATELY;
      step->delay = 1 + roll (self, 4);
      step->hours = 1 + roll (self, 4);
      step->threshold = roll (self, 100);
      step->groups = roll (self, 3) == 0;
      step->sequence = sequence;
      step->place = i;
      g_ptr_array_add (self->all_steps, step);
      g_ptr_array_add (sequence->steps, step);
      if (step->kind != BRANCH)
        continue;
      step->paths = g_ptr_array_new ();
      for (guint j = 0; j < 1 + (guint) roll (self, 3); j++)
        g_ptr_array_add (step->paths, make_sequence (self, step, depth + 1));
    }
  return sequence;
}

static void
make_events (Model *self)
{
  int minutes[60];

  self->n_events = 1 + (guint) roll (self, MOST_EVENTS);
  for (int i = 0; i < 60; i++)
    minutes[i] = i;
  for (int i = 59; i > 0; i--)
    {
      int j = roll (self, i + 1), kept = minutes[i];

      minutes[i] = minutes[j];
      minutes[j] = kept;
    }
  for (guint i = 0; i < self->n_events; i++)
    {
      Event *event = &self->events[i];

      event->minute = roll (self, 6) * 60 + minutes[i];
    }
  for (guint i = 1; i < self->n_events; i++)
    for (guint j = i; j > 0 && self->events[j].minute < self->events[j - 1].minute; j--)
      {
        Event kept = self->events[j];

        self->events[j] = self->events[j - 1];
        self->events[j - 1] = kept;
      }
  for (guint i = 0; i < self->n_events; i++)
    {
      Event *event = &self->events[i];
      static const EventType types[] = { RECEIVED,  RECEIVED,  RECEIVED,  SCORE,     SCORE,
                                         COMPLETED, COMPLETED, COMPLETED, COMPLETED, DELETED };

      event->type = i == 0 ? RECEIVED : types[roll (self, 10)];
      event->lead = (guint) roll (self, 3);
      event->score = roll (self, 100);
      event->inbound = roll (self, 2) == 0;
      event->run = i > 0 ? (guint) roll (self, (gint32) i) : 0;
      event->step = (guint) roll (self, (gint32) self->all_steps->len);
    }
}

static void append_steps (GString *text, const Sequence *sequence);

static void
append_step (GString *text, const Step *step)
{
  g_string_append_printf (text, "{'id':'%s',", step->id);
  switch (step->kind)
    {
    case ACTIVITY:
      g_string_append_printf (
          text,
          "'kind':'create-activity','activity-type':'call','complete-within':{'amount':%d,'unit':'hours'},",
          step->hours);
      if (step->groups)
        g_string_append (text, "'permission':{'scope':'groups','groups':['inbound']},");
      break;
    case NOTIFY:
      g_string_append (text, "'kind':'notify','text':'x',");
      break;
    case WAIT:
      g_string_append_printf (text, "'kind':'wait','for':{'amount':%d,'unit':'hours'},",
                              step->hours);
      break;
    case WAIT_FOR_SCORE:
      g_string_append_printf (
          text,
          "'kind':'wait','until-condition':{'field':'lead.score','op':'ge','value':%d},"
          "'time-out':{'amount':%d,'unit':'hours'},",
          step->threshold, step->hours);
      break;
    case BRANCH:
      g_string_append (text, "'kind':'branch','paths':[");
      for (guint i = 0; i < step->paths->len; i++)
        {
          const Sequence *path = g_ptr_array_index (step->paths, i);

          g_string_append_printf (text, "%s{'name':'p%u',", i > 0 ? "," : "", i);
          if (path->threshold >= 0)
            g_string_append_printf (text, "'if':{'field':'lead.score','op':'ge','value':%d},",
                                    path->threshold);
          g_string_append (text, "'steps':");
          append_steps (text, path);
          g_string_append_c (text, '}');
        }
      g_string_append (text, "],");
      break;
    }
  if (step->mode == DELAY)
    g_string_append_printf (text, "'run':{'mode':'delay','delay':{'amount':%d,'unit':'hours'}}}",
                            step->delay);
  else
    g_string_append_printf (text, "'run':{'mode':'%s'}}",
                            step->mode == IMMEDIATELY ? "immediately" : "after-previous");
}

static void
append_steps (GString *text, const Sequence *sequence)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < sequence->steps->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_step (text, g_ptr_array_index (sequence->steps, i));
    }
  g_string_append_c (text, ']');
}

static char *
format_minute (int minute)
{
  return g_strdup_printf ("2026-11-%02dT%02d:%02d:00-03:00", 20 + minute / 1440, minute / 60 % 24,
                          minute % 60);
}

static WfEvent *
make_event (const Model *self, guint i)
{
  static const char *const types[] = { "lead.received", "lead.score-changed", "activity.completed",
                                       "lead.deleted" };
  const Event *event = &self->events[i];
  g_autofree char *id = g_strdup_printf ("e%u", i), *time = format_minute (event->minute),
                  *lead = NULL, *rest = NULL;
  g_autofree char *run = g_strdup_printf ("e%u", event->run),
                  *step = g_strdup_printf ("s%u", event->step);
  char key[WF_UUID_LENGTH + 1];

  switch (event->type)
    {
    case RECEIVED:
      lead = g_strdup_printf ("'id':'l%u','owner':'%s','score':%d", event->lead,
                              event->inbound ? "ana" : "bruno", event->score);
      break;
    case SCORE:
      lead = g_strdup_printf ("'id':'l%u','score':%d", event->lead, event->score);
      break;
    case COMPLETED:
      wf_effect_make_key (W1, "/crm/acme", run, step, 0, key);
      lead = g_strdup_printf ("'id':'l%u'", self->events[event->run].lead);
      rest = g_strdup_printf ("'activity':{'id':'%s'}", key);
      break;
    case DELETED:
      lead = g_strdup_printf ("'id':'l%u'", event->lead);
      break;
    }
  return wf_fixture_new_event (id, types[event->type], time, lead, rest);
}

/* The model: pure questions */

static const Step *
step_above (const Step *step)
{
  return step->place > 0 ? g_ptr_array_index (step->sequence->steps, step->place - 1) : NULL;
}

/* The instant from which the step counts; NEVER while it is not known. */
static int
ask_from (const Model *self, const Run *run, const Step *step)
{
  const Step *branch = step->sequence->branch;

  for (int i = (int) step->place - 1; i >= 0; i--)
    {
      const Step *above = g_ptr_array_index (step->sequence->steps, (guint) i);

      if (above->kind == WAIT || above->kind == WAIT_FOR_SCORE)
        return run->done[above->number];
    }
  if (branch == NULL)
    return self->events[run->event].minute;
  if (run->chosen[branch->number] < 0 ||
      g_ptr_array_index (branch->paths, (guint) run->chosen[branch->number]) != step->sequence)
    return NEVER;
  return run->base[branch->number];
}

/* When the step is due to run, as far as is known. */
static int
ask_run (const Model *self, const Run *run, const Step *step)
{
  int from = ask_from (self, run, step);

  if (from == NEVER || step->mode == IMMEDIATELY)
    return from;
  if (step->mode == DELAY)
    return from + step->delay * 60;
  return run->done[step_above (step)->number];
}

/* It can never run: what it depends on was skipped. */
static gboolean
ask_blocked (const Run *run, const Step *step)
{
  if (step->mode == AFTER_PREVIOUS && run->skipped[step_above (step)->number])
    return TRUE;
  for (guint i = 0; i < step->place; i++)
    {
      const Step *above = g_ptr_array_index (step->sequence->steps, i);

      if ((above->kind == WAIT || above->kind == WAIT_FOR_SCORE) && run->skipped[above->number])
        return TRUE;
    }
  return step->sequence->branch != NULL && run->skipped[step->sequence->branch->number];
}

/* Nothing in the chosen path is left for the machine. */
static gboolean
ask_path_done (const Run *run, const Step *branch)
{
  const Sequence *path;

  if (run->chosen[branch->number] < 0)
    return TRUE;
  path = g_ptr_array_index (branch->paths, (guint) run->chosen[branch->number]);
  for (guint i = 0; i < path->steps->len; i++)
    {
      const Step *step = g_ptr_array_index (path->steps, i);

      if (run->skipped[step->number])
        continue;
      if (step->kind == ACTIVITY ? run->fired[step->number] == NEVER
                                 : run->done[step->number] == NEVER)
        return FALSE;
    }
  return TRUE;
}

/* The model: what happens */

static int
see_score (const Model *self, const Run *run, int base)
{
  const Event *event = &self->events[run->event];

  return base == event->minute ? event->score : self->scores[event->lead];
}

static void
add_line (Model *self, int minute, const char *kind, const Run *run, const Step *step)
{
  const Event *event = &self->events[run->event];
  g_autofree char *time = format_minute (minute), *id = g_strdup_printf ("e%u", run->event),
                  *due = NULL;
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (W1, "/crm/acme", id, step->id, 0, key);
  due = step->kind == ACTIVITY ? format_minute (run->due[step->number]) : g_strdup ("-");
  g_ptr_array_add (self->lines, g_strdup_printf ("%s %s %s %s %s %s", time, key, kind, step->id,
                                                 event->inbound ? "ana" : "bruno", due));
}

static void
fire (Model *self, Run *run, const Step *step, int now)
{
  guint n = step->number;
  int due = run->base[n] + step->hours * 60;

  run->fired[n] = now;
  switch (step->kind)
    {
    case ACTIVITY:
      if (step->groups && !self->events[run->event].inbound)
        {
          run->skipped[n] = TRUE;
          return;
        }
      run->due[n] = due >= now ? due : now + 30; /* S26 */
      add_line (self, now, "create-activity", run, step);
      break;
    case NOTIFY:
      run->done[n] = run->base[n];
      add_line (self, now, "notify", run, step);
      break;
    case WAIT:
      break; /* look_at_wait() */
    case WAIT_FOR_SCORE:
      if (see_score (self, run, run->base[n]) >= step->threshold)
        run->done[n] = run->base[n];
      break;
    case BRANCH:
      for (guint i = 0; i < step->paths->len && run->chosen[n] < 0; i++)
        {
          const Sequence *path = g_ptr_array_index (step->paths, i);

          if (path->threshold < 0 || see_score (self, run, run->base[n]) >= path->threshold)
            run->chosen[n] = (int) i;
        }
      break;
    }
}

static gboolean
look_at (Model *self, Run *run, const Step *step, int now)
{
  guint n = step->number;

  if (run->skipped[n])
    return FALSE;
  if (run->fired[n] == NEVER)
    {
      if (ask_blocked (run, step))
        return run->skipped[n] = TRUE;
      run->base[n] = ask_run (self, run, step);
      if (run->base[n] > now)
        return FALSE;
      fire (self, run, step, now);
      return TRUE;
    }
  if (run->done[n] != NEVER || step->kind == ACTIVITY)
    return FALSE;
  if ((step->kind == WAIT || step->kind == WAIT_FOR_SCORE) &&
      run->base[n] + step->hours * 60 <= now)
    run->done[n] = run->base[n] + step->hours * 60;
  else if (step->kind == BRANCH && ask_path_done (run, step))
    run->done[n] = run->base[n];
  return run->done[n] != NEVER;
}

/* Time passes within a run from instant to instant: what is due earlier goes first. */
static void
look_at_all (Model *self, int now)
{
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < self->runs->len; i++)
        {
          Run *run = g_ptr_array_index (self->runs, i);

          for (guint j = 0; j < self->all_steps->len && !run->closed; j++)
            changed |= look_at (self, run, g_ptr_array_index (self->all_steps, j), now);
        }
    }
}

static gboolean
ran_before (const Model *self, guint lead)
{
  for (guint i = 0; i < self->runs->len; i++)
    if (self->events[((Run *) g_ptr_array_index (self->runs, i))->event].lead == lead)
      return TRUE;
  return FALSE;
}

static void
close_runs (Model *self, guint lead, int gone)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (self->events[run->event].lead != lead)
        continue;
      run->closed = TRUE;
      run->gone = MIN (run->gone, gone);
    }
}

static void
start (Model *self, guint event)
{
  Run *run;

  if (g_str_equal (self->reentry, "once-per-lead") && ran_before (self, self->events[event].lead))
    return;
  if (g_str_equal (self->reentry, "restart"))
    close_runs (self, self->events[event].lead, NEVER);
  run = g_new0 (Run, 1);
  run->event = event;
  run->gone = NEVER;
  for (guint i = 0; i < MOST_STEPS; i++)
    {
      run->fired[i] = run->base[i] = run->done[i] = run->due[i] = NEVER;
      run->chosen[i] = -1;
    }
  g_ptr_array_add (self->runs, run);
}

static void
complete (Model *self, const Event *event)
{
  const Step *step = g_ptr_array_index (self->all_steps, event->step);

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (run->event == event->run && step->kind == ACTIVITY && run->due[step->number] != NEVER &&
          run->done[step->number] == NEVER && run->gone == NEVER)
        run->done[step->number] = event->minute;
    }
}

static void
tell_waits (Model *self, const Event *event)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      for (guint j = 0;
           j < self->all_steps->len && !run->closed && self->events[run->event].lead == event->lead;
           j++)
        {
          const Step *step = g_ptr_array_index (self->all_steps, j);

          if (step->kind == WAIT_FOR_SCORE && run->fired[j] != NEVER && !run->skipped[j] &&
              run->done[j] == NEVER && event->score >= step->threshold)
            run->done[j] = event->minute;
        }
    }
}

static void
happen (Model *self, guint i)
{
  const Event *event = &self->events[i];

  switch (event->type)
    {
    case RECEIVED:
      self->scores[event->lead] = event->score;
      tell_waits (self, event);
      look_at_all (self, event->minute);
      start (self, i);
      break;
    case SCORE:
      self->scores[event->lead] = event->score;
      tell_waits (self, event);
      break;
    case COMPLETED:
      complete (self, event);
      break;
    case DELETED:
      close_runs (self, event->lead, event->minute);
      break;
    }
}

static void
add_late_lines (Model *self)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      const Run *run = g_ptr_array_index (self->runs, i);

      for (guint j = 0; j < self->all_steps->len; j++)
        if (run->due[j] < HORIZON && run->done[j] > run->due[j] && run->gone > run->due[j])
          add_line (self, run->due[j], "became-late", run, g_ptr_array_index (self->all_steps, j));
    }
}

static void
simulate (Model *self)
{
  guint next = 0;

  for (int minute = 0; minute <= HORIZON; minute++)
    {
      look_at_all (self, minute);
      while (next < self->n_events && self->events[next].minute == minute)
        {
          happen (self, next++);
          look_at_all (self, minute);
        }
    }
  add_late_lines (self);
}

/* Comparing */

static void
on_line (const char *line, gpointer user_data)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (line, -1, 0, NULL);
  const WfJson *root = wf_json_document_get_root (document);
  const char *due = wf_json_get_member_string (root, "due");

  g_ptr_array_add (user_data,
                   g_strdup_printf ("%s %s %s %s %s %s", wf_json_get_member_string (root, "time"),
                                    wf_json_get_member_string (root, "key"),
                                    wf_json_get_member_string (root, "kind"),
                                    wf_json_get_member_string (root, "step"),
                                    wf_json_get_member_string (root, "person"),
                                    due != NULL ? due : "-"));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
free_sequence (gpointer data)
{
  g_ptr_array_unref (((Sequence *) data)->steps);
  g_free (data);
}

static void
free_step (gpointer data)
{
  g_clear_pointer (&((Step *) data)->paths, g_ptr_array_unref);
  g_free (data);
}

static GPtrArray *
replay (const Model *self, const char *steps)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *reentry = g_strdup_printf ("'reentry':'%s'", self->reentry);
  g_autofree char *until = format_minute (HORIZON);
  g_autoptr (WfReplay) replaying = NULL;

  g_ptr_array_add (workflows, wf_fixture_new_workflow_with (W1, "lead.received", reentry, steps));
  replaying = wf_replay_new (organisation, workflows, FALSE, on_line, lines);
  for (guint i = 0; i < self->n_events; i++)
    {
      g_autoptr (WfEvent) event = make_event (self, i);

      wf_replay_add (replaying, event);
    }
  wf_replay_finish (replaying, wf_fixture_instant (until));
  return lines;
}

static void
assert_same (guint32 seed, const Model *self, GPtrArray *lines, const char *steps)
{
  guint n = MAX (lines->len, self->lines->len);

  for (guint i = 0; i < n; i++)
    {
      const char *got = i < lines->len ? g_ptr_array_index (lines, i) : "(nothing)";
      const char *wanted = i < self->lines->len ? g_ptr_array_index (self->lines, i) : "(nothing)";

      if (g_str_equal (got, wanted))
        continue;
      g_print ("# seed %u, reentry %s, steps %s\n", seed, self->reentry, steps);
      for (guint j = 0; j < self->n_events; j++)
        {
          g_autoptr (WfEvent) event = make_event (self, j);
          g_autofree char *text = wf_event_to_text (event);

          g_print ("# %s\n", text);
        }
      g_assert_cmpstr (got, ==, wanted);
    }
}

/* Returns how many lines there were. */
static guint
run_case (guint32 seed)
{
  static const char *const reentries[] = { "every-event", "every-event", "once-per-lead",
                                           "restart" };
  Model self = { .rand = g_rand_new_with_seed (seed) };
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = NULL;
  guint n;

  self.all_steps = g_ptr_array_new_with_free_func (free_step);
  self.all_sequences = g_ptr_array_new_with_free_func (free_sequence);
  self.runs = g_ptr_array_new_with_free_func (g_free);
  self.lines = g_ptr_array_new_with_free_func (g_free);
  self.reentry = reentries[roll (&self, 4)];
  self.top = make_sequence (&self, NULL, 0);
  make_events (&self);
  append_steps (steps, self.top);
  simulate (&self);
  lines = replay (&self, steps->str);
  g_ptr_array_sort (self.lines, compare_texts);
  g_ptr_array_sort (lines, compare_texts);
  assert_same (seed, &self, lines, steps->str);
  n = lines->len;
  g_ptr_array_unref (self.all_steps);
  g_ptr_array_unref (self.all_sequences);
  g_ptr_array_unref (self.runs);
  g_ptr_array_unref (self.lines);
  g_rand_free (self.rand);
  return n;
}

/* WF_TEST_SEED=N runs one case alone. */
static void
test_model (void)
{
  const char *only = g_getenv ("WF_TEST_SEED");
  guint n = 0;

  if (only != NULL)
    {
      run_case ((guint32) g_ascii_strtoull (only, NULL, 10));
      return;
    }
  for (guint32 seed = 1; seed <= N_CASES; seed++)
    n += run_case (seed);
  g_assert_cmpuint (n, >, N_CASES * 5); /* else it would test nothing */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/model", test_model);
  return g_test_run ();
}
