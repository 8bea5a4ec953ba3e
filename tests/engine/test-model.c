/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay, and a run by itself, against an independent model: random workflows and random events.
 * What differs is made as small as it gets before it is shown. */
#include "wf-engine-fixture.h"
#include "wf-engine-model.h"
#include "wf-replay.h"

#include <string.h>

#define N_CASES 3000

/* What the engine does: lines as the model's */

static void
on_line (const char *line, gpointer user_data)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (line, -1, 0, NULL);
  const WfJson *root = wf_json_document_get_root (document);
  const char *due = wf_json_get_member_string (root, "due"),
             *person = wf_json_get_member_string (root, "person");

  g_ptr_array_add (user_data,
                   g_strdup_printf ("%s %s %s %s %s %s", wf_json_get_member_string (root, "time"),
                                    wf_json_get_member_string (root, "key"),
                                    wf_json_get_member_string (root, "kind"),
                                    wf_json_get_member_string (root, "step"),
                                    person != NULL ? person : "(null)", due != NULL ? due : "-"));
}

static WfWorkflow *
make_workflow (const WfModel *model)
{
  g_autofree char *steps = wf_model_make_steps (model);
  g_autofree char *reentry = g_strdup_printf ("'reentry':'%s'", model->reentry);

  return wf_fixture_new_workflow_with (WF_MODEL_WORKFLOW, "lead.received", reentry, steps);
}

static GPtrArray *
replay (const WfModel *model)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wf_workflow_unref);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *until = wf_model_format_minute (WF_MODEL_HORIZON);
  g_autoptr (WfReplay) replaying = NULL;

  g_ptr_array_add (workflows, make_workflow (model));
  replaying = wf_replay_new (organisation, workflows, FALSE, on_line, lines);
  for (guint i = 0; i < model->n_events; i++)
    {
      g_autoptr (WfEvent) event = NULL;

      if (model->events[i].left_out)
        continue;
      event = wf_model_make_event (model, i);
      wf_replay_add (replaying, event);
    }
  wf_replay_finish (replaying, wf_fixture_instant (until));
  return lines;
}

/* A run by itself, with a CRM that refuses things, people who decide about it, and a store that
 * keeps it between any two of them. */

typedef struct
{
  const WfModel *model;
  WfEngine *engine;
  WfWorkflow *workflow;
  WfEvent *event;
  WfRun *run; /* NULL until the event comes */
  WfJsonDocument *lead;
  int score, stage, clock;
  guint refused[WF_MODEL_MOST_STEPS];
  GPtrArray *lines;
} Shell;

static void
note_lead (Shell *self)
{
  g_autofree char *text = g_strdup_printf ("{'id':'l0','owner':'%s','score':%d,'stage':'%s'}",
                                           self->model->events[0].inbound ? "ana" : "bruno",
                                           self->score, wf_model_stages[self->stage]);

  g_clear_pointer (&self->lead, wf_json_document_unref);
  self->lead = wf_fixture_new_json (text);
}

static const WfJson *
get_lead (const Shell *self)
{
  return wf_json_document_get_root (self->lead);
}

static void
add_line (Shell *self, int minute, const WfEffect *effect)
{
  g_autofree char *time = wf_model_format_minute (minute), *due = NULL;
  WfInstant start = wf_event_get_time (self->event);

  if (effect->activity != NULL)
    due = wf_model_format_minute (self->model->events[0].minute +
                                  (int) ((effect->activity->due - start) / G_TIME_SPAN_MINUTE));
  g_ptr_array_add (self->lines,
                   g_strdup_printf ("%s %s %s %s %s %s", time, effect->key,
                                    wf_step_kind_names[effect->step_kind], effect->step,
                                    effect->person != NULL ? effect->person : "(null)",
                                    due != NULL ? due : "-"));
}

static WfInstant
get_instant (int minute)
{
  g_autofree char *text = wf_model_format_minute (minute);

  return wf_fixture_instant (text);
}

static void
carry_out (Shell *self, int minute, GPtrArray *effects)
{
  WfInstant now = get_instant (minute);

  for (guint i = 0; i < effects->len; i++)
    {
      const WfEffect *effect = g_ptr_array_index (effects, i);
      guint number = (guint) g_ascii_strtoull (effect->step + 1, NULL, 10);
      const WfModelStep *step = g_ptr_array_index (self->model->all_steps, number);

      add_line (self, minute, effect);
      if (effect->kind == WF_EFFECT_CREATE_ACTIVITY)
        continue;
      if (step->kind == MODEL_NOTIFY && self->refused[number] < step->refusals)
        {
          self->refused[number]++;
          g_assert_true (wf_run_effect_failed (self->run, effect->key, "refused"));
          continue;
        }
      if (effect->kind == WF_EFFECT_ACTION)
        {
          self->score += step->points;
          note_lead (self);
        }
      g_assert_true (wf_run_effect_succeeded (self->run, self->engine, get_lead (self), effect->key,
                                              now, now, effects));
    }
}

/* What is due at or before this minute, each at its own instant; the clock does not go back. */
static void
wake (Shell *self, int minute)
{
  WfInstant start = wf_event_get_time (self->event), next;

  while (self->run != NULL && (next = wf_run_get_next_due (self->run)) != WF_INSTANT_NONE &&
         next <= get_instant (minute))
    {
      g_autoptr (GPtrArray) effects =
          g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
      int at = self->model->events[0].minute + (int) ((next - start) / G_TIME_SPAN_MINUTE);

      self->clock = MAX (self->clock, at);
      wf_run_wake (self->run, self->engine, get_lead (self), get_instant (self->clock), effects);
      carry_out (self, self->clock, effects);
    }
}

static void
save_and_load (Shell *self)
{
  g_autofree char *text = wf_run_save (self->run);
  g_autoptr (GError) error = NULL;
  WfRun *run = wf_run_load (text, self->workflow, self->event, &error);

  g_assert_no_error (error);
  wf_run_free (self->run);
  self->run = run;
}

static void
tell (Shell *self, guint i, GPtrArray *effects)
{
  g_autoptr (WfEvent) event = NULL;

  if (!wf_run_waits_for_event (self->run))
    return;
  event = wf_model_make_event (self->model, i);
  wf_run_event (self->run, self->engine, event, get_lead (self),
                get_instant (self->model->events[i].minute), effects);
}

static void
complete (Shell *self, const WfModelEvent *event, GPtrArray *effects)
{
  g_autofree char *step = g_strdup_printf ("s%u", event->step);
  char key[WF_UUID_LENGTH + 1];

  wf_effect_make_key (WF_MODEL_WORKFLOW, "/crm/acme", "e0", step, 0, key);
  wf_run_activity_done (self->run, self->engine, get_lead (self), key,
                        wf_model_outcomes[event->choice], get_instant (event->minute),
                        get_instant (event->minute), effects);
  carry_out (self, event->minute, effects);
  g_ptr_array_set_size (effects, 0);
}

static void
resolve (Shell *self, const WfModelEvent *event, GPtrArray *effects)
{
  const WfModelStep *step = g_ptr_array_index (self->model->all_steps, event->step);

  if (!wf_model_can_be_resolved (step))
    return;
  wf_run_resolve (self->run, self->engine, get_lead (self), step->id, (WfResolve) event->choice,
                  get_instant (event->minute), effects);
}

static void
happen (Shell *self, guint i)
{
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_effect_free);
  const WfModelEvent *event = &self->model->events[i];

  if (event->type == MODEL_RECEIVED || event->type == MODEL_SCORE)
    self->score = event->score;
  if (event->type == MODEL_RECEIVED || event->type == MODEL_STAGE)
    self->stage = event->stage;
  note_lead (self);
  if (event->type == MODEL_RECEIVED)
    self->run = wf_run_start (self->engine, self->workflow, self->event, get_lead (self),
                              get_instant (event->minute), effects);
  else if (event->type == MODEL_COMPLETED)
    complete (self, event, effects);
  if (event->type == MODEL_RESOLVED)
    resolve (self, event, effects);
  else if (event->type != MODEL_RECEIVED)
    tell (self, i, effects);
  carry_out (self, event->minute, effects);
}

static void
shell_clear (Shell *self)
{
  wf_engine_unref (self->engine);
  wf_workflow_unref (self->workflow);
  wf_event_unref (self->event);
  g_clear_pointer (&self->run, wf_run_free);
  g_clear_pointer (&self->lead, wf_json_document_unref);
}

static GPtrArray *
drive (const WfModel *model)
{
  g_autoptr (WfOrganisation) organisation = wf_fixture_new_organisation ();
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();
  Shell self = { .model = model, .lines = g_ptr_array_new_with_free_func (g_free) };

  self.workflow = make_workflow (model);
  g_ptr_array_add (workflows, self.workflow);
  self.engine = wf_engine_new (organisation, workflows);
  self.event = wf_model_make_event (model, 0);
  for (guint i = 0; i < model->n_events && !model->events[0].left_out; i++)
    {
      if (model->events[i].left_out)
        continue;
      wake (&self, model->events[i].minute);
      self.clock = model->events[i].minute;
      happen (&self, i);
      wake (&self, model->events[i].minute);
      if (i % 2 == 0)
        save_and_load (&self);
    }
  wake (&self, WF_MODEL_HORIZON);
  shell_clear (&self);
  return self.lines;
}

/* Comparing */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The first line in which they differ: "got, wanted"; NULL when they agree. Owned by the caller.
 * n: receives how many lines there were. */
static char *
find_difference (WfModel *model, guint *n)
{
  g_autoptr (GPtrArray) got = NULL;

  wf_model_simulate (model);
  *n = 0;
  if (model->in_doubt)
    return NULL;
  got = model->alone ? drive (model) : replay (model);
  g_ptr_array_sort (model->lines, compare_texts);
  g_ptr_array_sort (got, compare_texts);
  *n = got->len;
  for (guint i = 0; i < MAX (got->len, model->lines->len); i++)
    {
      const char *one = i < got->len ? g_ptr_array_index (got, i) : "(nothing)";
      const char *other = i < model->lines->len ? g_ptr_array_index (model->lines, i) : "(nothing)";

      if (!g_str_equal (one, other))
        return g_strdup_printf ("%s, and it should be %s", one, other);
    }
  return NULL;
}

/* What cannot run is no counter-example. */
static gboolean
is_valid (const WfModel *model)
{
  g_autoptr (WfWorkflow) workflow = make_workflow (model);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  wf_workflow_validate (workflow, NULL, problems);
  return !wf_problems_has_errors (problems);
}

static gboolean
differs (WfModel *model, gpointer user_data)
{
  g_autofree char *difference = NULL;
  guint n;

  if (!is_valid (model))
    return FALSE;
  difference = find_difference (model, &n);
  return difference != NULL;
}

static void
show (const WfModel *model)
{
  g_autofree char *steps = wf_model_make_steps (model);

  g_print ("# reentry %s, steps %s\n", model->reentry, steps);
  for (guint i = 0; i < model->all_steps->len; i++)
    {
      const WfModelStep *step = g_ptr_array_index (model->all_steps, i);

      if (step->refusals > 0 && step->kind == MODEL_NOTIFY)
        g_print ("# %s is refused %u times\n", step->id, step->refusals);
    }
  for (guint i = 0; i < model->n_events; i++)
    {
      const WfModelEvent *one = &model->events[i];
      g_autoptr (WfEvent) event = wf_model_make_event (model, i);
      g_autofree char *text = event != NULL ? wf_event_to_text (event) : NULL;

      if (one->left_out)
        continue;
      if (text != NULL)
        g_print ("# %s\n", text);
      else
        g_print ("# minute %d: resolve s%u, %d\n", one->minute, one->step, one->choice);
    }
}

/* Returns how many lines there were. */
static guint
run_case (guint32 seed, gboolean alone)
{
  g_autoptr (WfModel) model = wf_model_new (seed, alone);
  guint n;
  g_autofree char *difference = find_difference (model, &n), *smallest = NULL;

  if (difference == NULL)
    return n;
  wf_model_shrink (model, differs, NULL);
  smallest = find_difference (model, &n);
  g_print ("# seed %u%s, as small as it gets:\n", seed, alone ? ", alone" : "");
  show (model);
  g_error ("%s", smallest);
}

/* WF_TEST_SEED=N runs one case alone. */
static void
test_model (gconstpointer data)
{
  gboolean alone = GPOINTER_TO_INT (data);
  const char *only = g_getenv ("WF_TEST_SEED");
  guint n = 0;

  if (only != NULL)
    {
      run_case ((guint32) g_ascii_strtoull (only, NULL, 10), alone);
      return;
    }
  for (guint32 seed = 1; seed <= N_CASES; seed++)
    n += run_case (seed, alone);
  g_assert_cmpuint (n, >, N_CASES); /* else it would test nothing */
}

/* The shrinking itself, with a mistake that is made up: a control anywhere, and an event of the
 * second lead. */
static gboolean
has_mistake (WfModel *model, gpointer user_data)
{
  g_autofree char *steps = wf_model_make_steps (model);
  gboolean told = FALSE;

  for (guint i = 0; i < model->n_events; i++)
    told |= !model->events[i].left_out && model->events[i].lead == 1;
  ++*(guint *) user_data;
  return told && strstr (steps, "'control'") != NULL;
}

static void
test_shrink (void)
{
  guint n_tries = 0, n_shrunk = 0;

  for (guint32 seed = 1; seed <= 50; seed++)
    {
      g_autoptr (WfModel) model = wf_model_new (seed, FALSE);
      g_autofree char *steps = NULL;

      if (!has_mistake (model, &n_tries))
        continue;
      wf_model_shrink (model, has_mistake, &n_tries);
      steps = wf_model_make_steps (model);
      g_assert_cmpuint (wf_model_count_events (model), ==, 1);
      /* the control, and the branches around it that cannot be left out without it */
      g_assert_cmpuint (wf_model_count_steps (model), <=, 4);
      g_assert_nonnull (strstr (steps, "'control'"));
      g_assert_null (strstr (steps, "'notify'"));
      g_assert_null (strstr (steps, "'lead.score'"));
      n_shrunk++;
    }
  g_assert_cmpuint (n_shrunk, >, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/model/replay", GINT_TO_POINTER (FALSE), test_model);
  g_test_add_data_func ("/model/alone", GINT_TO_POINTER (TRUE), test_model);
  g_test_add_func ("/model/shrink", test_shrink);
  return g_test_run ();
}
