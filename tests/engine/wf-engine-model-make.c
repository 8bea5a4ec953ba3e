/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An independent model of runs: making it up, writing it down, and making it small. */
#include "wf-engine-fixture.h"
#include "wf-engine-model.h"

const char *const wf_model_outcomes[] = { "approved", "rejected", NULL };
const char *const wf_model_stages[] = { "new", "filter-1", "filter-2" };

/* Making it up */

static gint32
roll (WfModel *self, gint32 n)
{
  return g_rand_int_range (self->rand, 0, n);
}

static WfModelSequence *make_sequence (WfModel *self, WfModelStep *branch, guint depth);

static WfModelKind
roll_kind (WfModel *self, guint depth)
{
  static const WfModelKind kinds[] = {
    MODEL_ACTIVITY,       MODEL_ACTIVITY,  MODEL_APPROVAL, MODEL_NOTIFY,
    MODEL_NOTIFY,         MODEL_ADD_SCORE, MODEL_CONTROL,  MODEL_WAIT,
    MODEL_WAIT_FOR_SCORE, MODEL_BRANCH,    MODEL_BRANCH,
  };

  return kinds[roll (self, depth < 3 ? 11 : 9)];
}

static WfModelStep *
make_step (WfModel *self, WfModelSequence *sequence, gboolean first, guint depth)
{
  WfModelStep *step = g_new0 (WfModelStep, 1);

  step->number = self->all_steps->len;
  g_snprintf (step->id, sizeof step->id, "s%u", step->number);
  step->kind = roll_kind (self, depth);
  step->mode = (WfModelMode) roll (self, 3);
  if (first && step->mode == MODEL_AFTER_PREVIOUS)
    step->mode = MODEL_IMMEDIATELY;
  step->delay = 1 + roll (self, 4);
  step->hours = 1 + roll (self, 4);
  step->threshold = roll (self, 100);
  step->points = 10 * (1 + roll (self, 5)) * (roll (self, 3) == 0 ? -1 : 1);
  step->groups = step->kind == MODEL_ACTIVITY && roll (self, 3) == 0;
  step->retires = step->kind == MODEL_ACTIVITY && roll (self, 3) == 0;
  step->goes_on = roll (self, 2) == 0;
  step->manager = roll (self, 2) == 0;
  step->watches = roll (self, 4) - 1;
  step->refusals = self->alone ? (guint) roll (self, 3) : 0;
  step->sequence = sequence;
  return step;
}

static WfModelSequence *
make_sequence (WfModel *self, WfModelStep *branch, guint depth)
{
  WfModelSequence *sequence = g_new0 (WfModelSequence, 1);
  guint n = (guint) roll (self, depth == 0 ? 5 : 4) + (depth == 0 ? 1 : 0);

  sequence->branch = branch;
  sequence->threshold = roll (self, 3) == 0 ? -1 : roll (self, 100);
  sequence->steps = g_ptr_array_new ();
  g_ptr_array_add (self->all_sequences, sequence);
  for (guint i = 0; i < n && self->all_steps->len < WF_MODEL_MOST_STEPS; i++)
    {
      WfModelStep *step = make_step (self, sequence, i == 0, depth);

      g_ptr_array_add (self->all_steps, step);
      g_ptr_array_add (sequence->steps, step);
      if (step->kind != MODEL_BRANCH)
        continue;
      step->paths = g_ptr_array_new ();
      for (guint j = 0; j < 1 + (guint) roll (self, 3); j++)
        g_ptr_array_add (step->paths, make_sequence (self, step, depth + 1));
    }
  return sequence;
}

/* Each in a minute of the hour of its own, in order. */
static void
make_minutes (WfModel *self)
{
  int minutes[60];

  for (int i = 0; i < 60; i++)
    minutes[i] = i;
  for (int i = 59; i > 0; i--)
    {
      int j = roll (self, i + 1), kept = minutes[i];

      minutes[i] = minutes[j];
      minutes[j] = kept;
    }
  for (guint i = 0; i < self->n_events; i++)
    self->events[i].minute = roll (self, 6) * 60 + minutes[i];
  for (guint i = 1; i < self->n_events; i++)
    for (guint j = i; j > 0 && self->events[j].minute < self->events[j - 1].minute; j--)
      {
        WfModelEvent kept = self->events[j];

        self->events[j] = self->events[j - 1];
        self->events[j - 1] = kept;
      }
}

static void
make_events (WfModel *self)
{
  static const WfModelEventType types[] = {
    MODEL_RECEIVED,  MODEL_RECEIVED,  MODEL_RECEIVED,  MODEL_SCORE,   MODEL_SCORE,
    MODEL_STAGE,     MODEL_STAGE,     MODEL_STAGE,     MODEL_REPLIED, MODEL_COMPLETED,
    MODEL_COMPLETED, MODEL_COMPLETED, MODEL_COMPLETED, MODEL_DELETED,
  };
  static const WfModelEventType alone[] = {
    MODEL_SCORE,     MODEL_STAGE,    MODEL_STAGE,    MODEL_COMPLETED, MODEL_COMPLETED,
    MODEL_COMPLETED, MODEL_RESOLVED, MODEL_RESOLVED, MODEL_RESOLVED,  MODEL_RESOLVED,
  };

  self->n_events = 1 + (guint) roll (self, WF_MODEL_MOST_EVENTS);
  make_minutes (self);
  for (guint i = 0; i < self->n_events; i++)
    {
      WfModelEvent *event = &self->events[i];

      event->type = self->alone ? alone[roll (self, G_N_ELEMENTS (alone))]
                                : types[roll (self, G_N_ELEMENTS (types))];
      if (i == 0)
        event->type = MODEL_RECEIVED;
      event->lead = self->alone ? 0 : (guint) roll (self, WF_MODEL_N_LEADS);
      event->score = roll (self, 100);
      event->stage = roll (self, 3);
      event->inbound = roll (self, 3) > 0;
      event->run = i > 0 && !self->alone ? (guint) roll (self, (gint32) i) : 0;
      event->step = (guint) roll (self, (gint32) self->all_steps->len);
      event->choice = roll (self, event->type == MODEL_RESOLVED ? 7 : 3);
      if (event->type == MODEL_RESOLVED) /* stopping ends it all: rarely */
        event->choice = event->choice == 6 ? 2 : event->choice % 2;
      if (event->type == MODEL_COMPLETED)
        event->lead = self->events[event->run].lead;
    }
}

static void
free_sequence (gpointer data)
{
  g_ptr_array_unref (((WfModelSequence *) data)->steps);
  g_free (data);
}

static void
free_step (gpointer data)
{
  g_clear_pointer (&((WfModelStep *) data)->paths, g_ptr_array_unref);
  g_free (data);
}

WfModel *
wf_model_new (guint32 seed, gboolean alone)
{
  static const char *const reentries[] = { "every-event", "every-event", "once-per-lead",
                                           "restart" };
  WfModel *self = g_new0 (WfModel, 1);

  self->rand = g_rand_new_with_seed (seed);
  self->alone = alone;
  self->all_steps = g_ptr_array_new_with_free_func (free_step);
  self->all_sequences = g_ptr_array_new_with_free_func (free_sequence);
  self->reentry = reentries[roll (self, alone ? 1 : 4)];
  self->top = make_sequence (self, NULL, 0);
  make_events (self);
  return self;
}

void
wf_model_free (WfModel *self)
{
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_ptr_array_unref (self->all_steps);
  g_ptr_array_unref (self->all_sequences);
  g_rand_free (self->rand);
  g_free (self);
}

/* Writing it down */

static void append_steps (GString *text, const WfModelSequence *sequence);

static void
append_paths (GString *text, const WfModelStep *step)
{
  g_string_append (text, "'kind':'branch','paths':[");
  for (guint i = 0; i < step->paths->len; i++)
    {
      const WfModelSequence *path = g_ptr_array_index (step->paths, i);

      g_string_append_printf (text, "%s{'name':'p%u',", i > 0 ? "," : "", i);
      if (path->threshold >= 0)
        g_string_append_printf (text, "'if':{'field':'lead.score','op':'ge','value':%d},",
                                path->threshold);
      g_string_append (text, "'steps':");
      append_steps (text, path);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "],");
}

static void
append_hours (GString *text, const char *member, int hours)
{
  g_string_append_printf (text, "'%s':{'amount':%d,'unit':'hours'},", member, hours);
}

static void
append_kind (GString *text, const WfModelStep *step)
{
  switch (step->kind)
    {
    case MODEL_ACTIVITY:
      g_string_append (text, "'kind':'create-activity','activity-type':'call',");
      append_hours (text, "complete-within", step->hours);
      if (step->groups)
        g_string_append (text, "'permission':{'scope':'groups','groups':['inbound']},");
      if (step->retires)
        g_string_append (text, "'retire-on':['email.replied'],");
      break;
    case MODEL_APPROVAL:
      g_string_append_printf (text, "'kind':'request-approval','text':'x',%s",
                              step->goes_on ? "'on-rejection':'continue'," : "");
      append_hours (text, "complete-within", step->hours);
      break;
    case MODEL_NOTIFY:
      g_string_append (text, "'kind':'notify','text':'x',");
      break;
    case MODEL_ADD_SCORE:
      g_string_append_printf (text, "'kind':'add-score','points':%d,", step->points);
      break;
    case MODEL_CONTROL:
      g_string_append_printf (text, "'kind':'control','recipient':'%s',",
                              step->manager ? "manager" : "responsible");
      if (step->watches >= 0)
        g_string_append_printf (text, "'stage':'%s',", wf_model_stages[step->watches]);
      append_hours (text, "at-most", step->hours);
      break;
    case MODEL_WAIT:
      g_string_append (text, "'kind':'wait',");
      append_hours (text, "for", step->hours);
      break;
    case MODEL_WAIT_FOR_SCORE:
      g_string_append_printf (
          text, "'kind':'wait','until-condition':{'field':'lead.score','op':'ge','value':%d},",
          step->threshold);
      append_hours (text, "time-out", step->hours);
      break;
    case MODEL_BRANCH:
      append_paths (text, step);
      break;
    }
}

static void
append_steps (GString *text, const WfModelSequence *sequence)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < sequence->steps->len; i++)
    {
      const WfModelStep *step = g_ptr_array_index (sequence->steps, i);

      g_string_append_printf (text, "%s{'id':'%s',", i > 0 ? "," : "", step->id);
      append_kind (text, step);
      if (step->mode == MODEL_DELAY)
        g_string_append_printf (
            text, "'run':{'mode':'delay','delay':{'amount':%d,'unit':'hours'}}}", step->delay);
      else
        g_string_append_printf (text, "'run':{'mode':'%s'}}",
                                step->mode == MODEL_IMMEDIATELY ? "immediately" : "after-previous");
    }
  g_string_append_c (text, ']');
}

char *
wf_model_make_steps (const WfModel *self)
{
  GString *text = g_string_new (NULL);

  append_steps (text, self->top);
  return g_string_free (text, FALSE);
}

char *
wf_model_format_minute (int minute)
{
  return g_strdup_printf ("2026-11-%02dT%02d:%02d:00-03:00", 20 + minute / 1440, minute / 60 % 24,
                          minute % 60);
}

WfEvent *
wf_model_make_event (const WfModel *self, guint i)
{
  static const char *const types[] = { "lead.received",      "lead.score-changed", "lead.updated",
                                       "activity.completed", "email.replied",      "lead.deleted" };
  const WfModelEvent *event = &self->events[i];
  g_autofree char *id = g_strdup_printf ("e%u", i), *time = wf_model_format_minute (event->minute),
                  *lead = NULL, *rest = NULL, *run = g_strdup_printf ("e%u", event->run),
                  *step = g_strdup_printf ("s%u", event->step);
  const char *outcome = NULL;
  char key[WF_UUID_LENGTH + 1];

  switch (event->type)
    {
    case MODEL_RECEIVED:
      lead = g_strdup_printf ("'id':'l%u','owner':'%s','score':%d,'stage':'%s'", event->lead,
                              event->inbound ? "ana" : "bruno", event->score,
                              wf_model_stages[event->stage]);
      break;
    case MODEL_SCORE:
      lead = g_strdup_printf ("'id':'l%u','score':%d", event->lead, event->score);
      break;
    case MODEL_STAGE:
      lead =
          g_strdup_printf ("'id':'l%u','stage':'%s'", event->lead, wf_model_stages[event->stage]);
      break;
    case MODEL_COMPLETED:
      wf_effect_make_key (WF_MODEL_WORKFLOW, "/crm/acme", run, step, 0, key);
      outcome = wf_model_outcomes[event->choice];
      lead = g_strdup_printf ("'id':'l%u'", event->lead);
      rest = outcome != NULL
                 ? g_strdup_printf ("'activity':{'id':'%s','outcome':'%s'}", key, outcome)
                 : g_strdup_printf ("'activity':{'id':'%s'}", key);
      break;
    case MODEL_REPLIED:
    case MODEL_DELETED:
      lead = g_strdup_printf ("'id':'l%u'", event->lead);
      break;
    case MODEL_RESOLVED:
      return NULL;
    }
  return wf_fixture_new_event (id, types[event->type], time, lead, rest);
}

/* Making it small: one thing after the other is left out or made plain; what it fails without
 * stays out. Round and round until nothing can be spared any more. */

static gboolean
leave_out_events (WfModel *self, WfModelFailsFunc fails, gpointer user_data)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->n_events; i++)
    {
      if (self->events[i].left_out)
        continue;
      self->events[i].left_out = TRUE;
      if (fails (self, user_data))
        changed = TRUE;
      else
        self->events[i].left_out = FALSE;
    }
  return changed;
}

static gboolean
leave_out_steps (WfModel *self, WfModelFailsFunc fails, gpointer user_data)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->all_steps->len; i++)
    {
      WfModelStep *step = g_ptr_array_index (self->all_steps, i);
      guint place;

      if (!g_ptr_array_find (step->sequence->steps, step, &place))
        continue;
      g_ptr_array_remove_index (step->sequence->steps, place);
      if (fails (self, user_data))
        changed = TRUE;
      else
        g_ptr_array_insert (step->sequence->steps, (int) place, step);
    }
  return changed;
}

static gboolean
make_plain (WfModel *self, int *number, int plain, WfModelFailsFunc fails, gpointer user_data)
{
  int kept = *number;

  if (kept == plain)
    return FALSE;
  *number = plain;
  if (fails (self, user_data))
    return TRUE;
  *number = kept;
  return FALSE;
}

static gboolean
make_steps_plain (WfModel *self, WfModelFailsFunc fails, gpointer user_data)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->all_steps->len; i++)
    {
      WfModelStep *step = g_ptr_array_index (self->all_steps, i);
      int *const numbers[] = { &step->groups, &step->retires, &step->goes_on, &step->manager };
      int mode = (int) step->mode;

      if (!g_ptr_array_find (step->sequence->steps, step, NULL))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
        changed |= make_plain (self, numbers[j], FALSE, fails, user_data);
      changed |= make_plain (self, &step->hours, 1, fails, user_data);
      step->mode = MODEL_IMMEDIATELY;
      if (mode != (int) MODEL_IMMEDIATELY && fails (self, user_data))
        changed = TRUE;
      else
        step->mode = (WfModelMode) mode;
    }
  for (guint i = 0; i < self->all_sequences->len; i++)
    changed |= make_plain (
        self, &((WfModelSequence *) g_ptr_array_index (self->all_sequences, i))->threshold, -1,
        fails, user_data);
  return changed;
}

void
wf_model_shrink (WfModel *self, WfModelFailsFunc fails, gpointer user_data)
{
  while (leave_out_events (self, fails, user_data) | leave_out_steps (self, fails, user_data) |
         make_steps_plain (self, fails, user_data))
    ;
}

static guint
count_steps (const WfModelSequence *sequence)
{
  guint n = sequence->steps->len;

  for (guint i = 0; i < sequence->steps->len; i++)
    {
      const WfModelStep *step = g_ptr_array_index (sequence->steps, i);

      for (guint j = 0; step->paths != NULL && j < step->paths->len; j++)
        n += count_steps (g_ptr_array_index (step->paths, j));
    }
  return n;
}

guint
wf_model_count_steps (const WfModel *self)
{
  return count_steps (self->top);
}

guint
wf_model_count_events (const WfModel *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_events; i++)
    n += self->events[i].left_out ? 0 : 1;
  return n;
}
