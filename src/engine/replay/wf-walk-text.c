/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened on a walk, in the user's language. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-walk-private.h"

#include "wf-event-catalogue.h"
#include "wf-explanation-private.h"
#include "wf-merge-text.h"
#include "wf-run-reason.h"
#include "wf-sentence.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>

/* ---- conditions ---- */

/* negated: below an odd number of "none": then the test holds for the workflow when it fails. */
static void
add_tests (const WfWalkWords *words, const WfCondition *condition,
           const WfConditionContext *context, gboolean negated, GPtrArray *tests)
{
  WfConditionKind kind = wf_condition_get_kind (condition);
  WfWalkTest *test;

  for (guint i = 0; kind != WF_CONDITION_TEST && i < wf_condition_get_n_children (condition); i++)
    add_tests (words, wf_condition_get_child (condition, i), context,
               negated != (kind == WF_CONDITION_NONE), tests);
  if (kind != WF_CONDITION_TEST)
    return;
  test = g_new0 (WfWalkTest, 1);
  test->sentence = wf_condition_to_text (condition, words->organisation);
  if (negated)
    {
      g_autofree char *sentence = g_steal_pointer (&test->sentence);

      /* Translators: a condition that must not hold */
      test->sentence = g_strdup_printf (_ ("not (%s)"), sentence);
    }
  test->value = wf_condition_value_to_text (
      condition, wf_condition_context_get_field (context, wf_condition_get_field (condition)),
      words->organisation);
  test->holds = wf_condition_holds (condition, context, NULL) != negated;
  g_ptr_array_add (tests, test);
}

static void
test_free (gpointer data)
{
  WfWalkTest *self = data;

  g_free (self->sentence);
  g_free (self->value);
  g_free (self);
}

GPtrArray *
wf_walk_list_tests (const WfWalkWords *words, const WfCondition *condition,
                    const WfConditionContext *context)
{
  GPtrArray *tests = g_ptr_array_new_with_free_func (test_free);

  if (condition != NULL)
    add_tests (words, condition, context, FALSE, tests);
  return tests;
}

/* ---- the trigger ---- */

static const char *
get_loop_text (const char *reason)
{
  if (g_strcmp0 (reason, "depth") == 0)
    return _ ("Workflows have caused one another too many times in a row.");
  if (g_strcmp0 (reason, "chain") == 0)
    return _ ("The workflow itself has caused this event.");
  return _ ("The workflow has started too often for the lead on this day.");
}

/* For people the place in the document says nothing. */
static char *
describe_problem (const WfVerdict *verdict)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);

  wf_workflow_validate (verdict->workflow, NULL, problems);
  for (guint i = 0; i < wf_problems_get_n (problems); i++)
    {
      const WfProblem *problem = wf_problems_get (problems, i);
      g_autofree char *told = wf_problem_to_text (problem);

      if (g_strcmp0 (told, verdict->reason) == 0)
        return g_strdup_printf (_ ("The workflow cannot run: %s"), problem->text);
    }
  return g_strdup_printf (_ ("The workflow cannot run: %s"), verdict->reason);
}

char *
wf_walk_describe_verdict (const WfVerdict *verdict, const WfEvent *event)
{
  switch (verdict->kind)
    {
    case WF_VERDICT_STARTED:
      /* Translators: the name of an event such as “Lead received” */
      return g_strdup_printf (_ ("%s: the workflow starts."),
                              wf_event_type_to_text (wf_event_get_event_type (event)));
    case WF_VERDICT_CONDITION_FAILED:
      return g_strdup (_ ("Its conditions do not hold."));
    case WF_VERDICT_PAUSED:
      return g_strdup (_ ("The workflow is paused."));
    case WF_VERDICT_HELD_PROBLEM:
      return describe_problem (verdict);
    case WF_VERDICT_HELD_STORM:
      return g_strdup (_ ("It would be held: too many events in a short time."));
    case WF_VERDICT_REENTRY:
      return g_strdup (_ ("The workflow has started for this lead before."));
    case WF_VERDICT_OWN_EVENT:
      return g_strdup (_ ("A workflow caused this event, and such events do not start it."));
    case WF_VERDICT_LOOP:
      return g_strdup (get_loop_text (verdict->reason));
    case WF_VERDICT_KNOWN:
      return g_strdup (_ ("The event has come before."));
    }
  g_return_val_if_reached (NULL);
}

/* ---- steps ---- */

static char *
describe_activity (const WfWalkWords *words, const WfEffect *effect)
{
  const WfActivity *activity = effect->activity;
  g_autofree char *due = activity->due != WF_INSTANT_NONE
                             ? wf_explanation_format_instant (activity->due, words->zone)
                             : NULL;
  const char *person = wf_organisation_get_person_name (words->organisation, effect->person);

  if (person != NULL && due != NULL)
    /* Translators: the title of an activity, a person, and a date with its time */
    return g_strdup_printf (_ ("“%1$s” for %2$s, due %3$s"), activity->title, person, due);
  if (person != NULL)
    /* Translators: the title of an activity, and a person */
    return g_strdup_printf (_ ("“%1$s” for %2$s"), activity->title, person);
  if (due != NULL)
    /* Translators: the title of an activity, and a date with its time */
    return g_strdup_printf (_ ("“%1$s” for whoever claims it, due %2$s"), activity->title, due);
  return g_strdup_printf (_ ("“%s” for whoever claims it"), activity->title);
}

static char *
join_names (const WfWalkWords *words, const WfEffect *effect)
{
  const char *one[] = { effect->person, NULL };
  const char *const *people = effect->people != NULL ? (const char *const *) effect->people : one;
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; people[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (names, C_ ("separator of a list", ", "));
      g_string_append (names, wf_organisation_get_person_name (words->organisation, people[i]));
    }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

/* Sentences are made of what is set; so what is set is filled in first. When it runs is told by the
 * way that led here. */
static char *
describe_action (const WfWalkWords *words, const WfStep *step, const WfConditionContext *context)
{
  const WfStepKindInfo *kind = wf_step_catalogue_get (step->kind);
  g_autoptr (WfStep) filled = wf_step_copy (step);

  for (guint i = 0; kind != NULL && wf_step_kind_has_settings (step->kind) && i < kind->n_settings;
       i++)
    {
      const WfSettingInfo *setting = &kind->settings[i];
      const char *text = wf_json_get_string (wf_step_get_setting (step, setting->name));
      g_autofree char *expanded = NULL;

      if (text == NULL ||
          (setting->type != WF_SETTING_TEXT && setting->type != WF_SETTING_LONG_TEXT &&
           setting->type != WF_SETTING_VALUE && setting->type != WF_SETTING_URL))
        continue;
      expanded = wf_merge_text_expand (text, context);
      wf_step_set_text (filled, setting->name, expanded);
    }
  g_clear_pointer (&filled->run.field, g_free);
  filled->run = (WfRunSettings) { .mode = WF_RUN_IMMEDIATELY };
  return wf_sentence_for_step (filled, words->organisation);
}

char *
wf_walk_describe_effect (const WfWalkWords *words, const WfEffect *effect, const WfStep *step,
                         const WfConditionContext *context)
{
  g_autofree char *names = NULL;

  switch (effect->kind)
    {
    case WF_EFFECT_CREATE_ACTIVITY:
      return describe_activity (words, effect);
    case WF_EFFECT_NOTIFY:
      names = join_names (words, effect);
      /* Translators: one or more people, and what they are told */
      return g_strdup_printf (_ ("%1$s: “%2$s”"), names, effect->text);
    case WF_EFFECT_ACTION:
      return describe_action (words, step, context);
    }
  g_return_val_if_reached (NULL);
}

char *
wf_walk_describe_outcome (const char *text, WfApplyOutcome outcome)
{
  switch (outcome)
    {
    case WF_APPLY_CHANGED:
    case WF_APPLY_NOTHING:
      return g_strdup (text);
    case WF_APPLY_SAME:
      /* Translators: a sentence such as “Move the lead to the stage “Filter 2”” */
      return g_strdup_printf (_ ("%s (it is so already)"), text);
    case WF_APPLY_FURTHER:
      /* Translators: a sentence such as “Move the lead to the stage “Filter 2”” */
      return g_strdup_printf (_ ("%s (ignored: it is further already)"), text);
    case WF_APPLY_UNKNOWN:
      return g_strdup (wf_run_reason_to_text ("unknown"));
    }
  g_return_val_if_reached (NULL);
}

char *
wf_walk_describe_joined (const char *title)
{
  return title != NULL ? g_strdup_printf (_ ("Joins “%s”, which is open already"), title)
                       : g_strdup (_ ("Joins the activity that is open already"));
}

/* ---- flow ---- */

char *
wf_walk_describe_wait (const WfWalkWords *words, const WfRunStep *wait)
{
  g_autofree char *until = wf_explanation_format_instant (wait->done, words->zone);

  if (g_strcmp0 (wait->reason, "timed-out") == 0)
    return g_strdup_printf (_ ("It waited until the time-out, %s."), until);
  if (wait->done == wait->base)
    return g_strdup (wait->step->wait.kind == WF_WAIT_UNTIL_CONDITION
                         ? _ ("The condition holds already.")
                         : _ ("There is nothing to wait for."));
  return g_strdup_printf (_ ("It waited until %s."), until);
}

char *
wf_walk_describe_choice (const WfRunStep *branch)
{
  const WfPath *path = branch->chosen != WF_NO_PATH
                           ? g_ptr_array_index (branch->step->paths, (guint) branch->chosen)
                           : NULL;

  if (path == NULL)
    return g_strdup (_ ("No path fits: the flow goes on after the branch."));
  return g_strdup_printf (_ ("The path “%s” was taken."), path->name);
}

char *
wf_walk_describe_path (const WfRunStep *branch, guint path)
{
  const WfPath *own = g_ptr_array_index (branch->step->paths, path);
  const WfPath *taken;

  if (branch->chosen == WF_NO_PATH || path < (guint) branch->chosen)
    return g_strdup (_ ("Its conditions do not hold."));
  if (path == (guint) branch->chosen)
    return g_strdup (own->condition != NULL ? _ ("Its conditions hold.")
                                            : _ ("It has no conditions."));
  taken = g_ptr_array_index (branch->step->paths, (guint) branch->chosen);
  return g_strdup_printf (_ ("The path “%s” comes before it and was taken."), taken->name);
}

char *
wf_walk_describe_pending (const WfWalkWords *words, const WfRunStep *step)
{
  g_autofree char *condition = NULL;

  if (step->status == WF_STEP_PENDING)
    return g_strdup (step->step->run.mode == WF_RUN_AFTER_PREVIOUS
                         ? _ ("It waits until the step before it is done.")
                         : _ ("It waits for what is above it."));
  if (step->step->kind == WF_STEP_WAIT && step->step->wait.condition != NULL)
    {
      condition = wf_condition_to_text (step->step->wait.condition, words->organisation);
      /* Translators: a condition such as “Score is at least 80” */
      return g_strdup_printf (_ ("It waits until this holds: %s."), condition);
    }
  return g_strdup (_ ("It waits for a change of the record."));
}
