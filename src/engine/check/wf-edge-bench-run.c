/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running one case of the edge-case bench, and the rules that always hold (B19). */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-edge-bench-private.h"

#include "wf-event-catalogue.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINIMUM (WF_COMPLETE_WITHIN_LEAST_MINUTES * WF_BENCH_MINUTE)

static void
effect_clear (gpointer data)
{
  WfBenchEffect *self = data;

  g_free (self->step);
  g_free (self->lead);
  g_free (self->person);
  g_free (self->title);
}

void
wf_bench_run_init (WfBenchRun *self, const WfBench *bench, const char *name, char *text)
{
  *self = (WfBenchRun) { .bench = bench, .arrival = WF_INSTANT_NONE };
  self->edge = g_new0 (WfEdgeCase, 1);
  self->edge->name = g_strdup (name);
  self->edge->text = text;
  self->edge->lines = g_ptr_array_new_with_free_func (g_free);
  self->edge->remarks = g_ptr_array_new_with_free_func (g_free);
  self->effects = g_array_new (FALSE, FALSE, sizeof (WfBenchEffect));
  g_array_set_clear_func (self->effects, effect_clear);
}

WfEdgeCase *
wf_bench_run_end (WfBenchRun *self)
{
  g_clear_pointer (&self->effects, g_array_unref);
  g_clear_pointer (&self->refusal, g_free);
  return g_steal_pointer (&self->edge);
}

void
wf_bench_run_remark (WfBenchRun *self, char *remark)
{
  for (guint i = 0; i < self->edge->remarks->len; i++)
    if (strcmp (g_ptr_array_index (self->edge->remarks, i), remark) == 0)
      {
        g_free (remark); /* once is enough for two hundred leads */
        return;
      }
  g_ptr_array_add (self->edge->remarks, remark);
}

void
wf_bench_run_fail (WfBenchRun *self, char *remark)
{
  self->edge->failed = TRUE;
  wf_bench_run_remark (self, remark);
}

guint
wf_bench_run_count (const WfBenchRun *self, const char *lead)
{
  guint n = 0;

  for (guint i = 0; i < self->effects->len; i++)
    n += lead == NULL ||
         g_strcmp0 (g_array_index (self->effects, WfBenchEffect, i).lead, lead) == 0;
  return n;
}

/* ---- running ---- */

/* "Score is at least 80" that the event did not fulfil, or another verdict's name. */
static char *
tell_refusal (const WfJson *line, const char *verdict)
{
  const char *field = wf_json_get_member_string (line, "field");

  if (strcmp (verdict, "condition-failed") == 0 && field != NULL)
    return g_strdup_printf (_ ("Nothing happens: “%s” does not fit the conditions."),
                            wf_field_to_text (field));
  if (strcmp (verdict, "held-problem") == 0)
    return g_strdup_printf (_ ("Nothing happens: the workflow has problems and is held: %s"),
                            wf_json_get_member_string (line, "reason"));
  if (strcmp (verdict, "held-storm") == 0)
    return g_strdup (_ ("Held until somebody decides."));
  return NULL;
}

static void
on_line (const char *line, gpointer user_data)
{
  WfBenchRun *self = user_data;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (line, -1, 0, NULL);
  const WfJson *root = document != NULL ? wf_json_document_get_root (document) : NULL;
  const char *verdict = wf_json_get_member_string (root, "verdict");
  char *refusal = verdict != NULL ? tell_refusal (root, verdict) : NULL;

  self->started |= g_strcmp0 (verdict, "started") == 0;
  g_ptr_array_add (self->edge->lines, g_strdup (line));
  if (refusal == NULL)
    return;
  g_free (self->refusal);
  self->refusal = refusal;
}

static void
on_effect (const WfEffect *effect, WfInstant at, gpointer user_data)
{
  WfBenchRun *self = user_data;
  WfBenchEffect kept = { .kind = effect->kind, .at = at, .base = effect->time };

  g_strlcpy (kept.key, effect->key, sizeof kept.key);
  kept.step = g_strdup (effect->step);
  kept.lead = g_strdup (effect->lead);
  kept.person = g_strdup (effect->person);
  kept.due = kept.remind = WF_INSTANT_NONE;
  if (effect->activity != NULL)
    {
      kept.activity = TRUE;
      kept.title = g_strdup (effect->activity->title);
      kept.due = effect->activity->due;
      kept.remind = effect->activity->remind;
      kept.business_hours = effect->activity->business_hours;
      kept.arrived_late = effect->activity->arrived_late;
    }
  if (kept.title == NULL)
    kept.title = g_strdup (effect->step);
  g_array_append_val (self->effects, kept);
}

void
wf_bench_run_events (WfBenchRun *self, GPtrArray *events, gboolean hold_imports,
                     guint storm_most_runs)
{
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();
  const WfEngineSettings settings = {
    .storm_most_runs = storm_most_runs,
    .hold_imports = hold_imports,
    .run_unpublished = TRUE,
    .no_explanations = TRUE,
  };
  g_autoptr (WfReplay) replay = NULL;
  WfInstant latest = WF_INSTANT_NONE;

  g_ptr_array_add (workflows, self->bench->workflow);
  replay = wf_replay_new_with_settings (self->bench->organisation, workflows, &settings, TRUE,
                                        on_line, self);
  wf_replay_set_effect_func (replay, on_effect, self);
  for (guint i = 0; i < events->len; i++)
    {
      WfEvent *event = g_ptr_array_index (events, i);

      latest = MAX (latest, wf_event_get_time (event));
      wf_replay_add (replay, event);
    }
  wf_replay_finish (replay,
                    latest != WF_INSTANT_NONE ? latest + self->bench->horizon : WF_INSTANT_NONE);
}

/* ---- rules ---- */

static const WfStep *
find_step (const WfBenchRun *self, const WfBenchEffect *effect)
{
  return wf_workflow_find_step (self->bench->workflow, effect->step);
}

/* S16 */
static void
check_twice (WfBenchRun *self)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->effects->len; i++)
    {
      WfBenchEffect *effect = &g_array_index (self->effects, WfBenchEffect, i);

      if (!g_hash_table_add (keys, effect->key))
        wf_bench_run_fail (
            self, g_strdup_printf (_ ("The step “%s” did the same thing twice."), effect->title));
    }
}

static gboolean
fits (const WfWorkingHours *hours, WfInstant at)
{
  return wf_working_hours_is_open (hours, at) ||
         wf_working_hours_previous_close (hours, at) == at; /* the closing instant counts (S5) */
}

/* Whose calendar counts (S3): the owner's or the person's own, else the company's. */
static gboolean
fits_somebody (const WfBenchRun *self, const WfBenchEffect *effect, WfInstant at)
{
  const WfOrganisation *organisation = self->bench->organisation;
  const char *const people[] = { effect->person, self->bench->owner };

  if (fits (self->bench->hours, at))
    return TRUE;
  for (guint i = 0; organisation != NULL && i < G_N_ELEMENTS (people); i++)
    {
      const WfPerson *person =
          people[i] != NULL ? wf_organisation_get_person (organisation, people[i]) : NULL;

      if (person != NULL && fits (wf_organisation_get_hours_for (organisation, person), at))
        return TRUE;
    }
  return FALSE;
}

static gboolean
counts_back (const WfStep *step)
{
  if (step == NULL)
    return FALSE;
  if (wf_step_kind_is_activity (step->kind))
    return step->create_activity.before != NULL;
  return wf_step_kind_has_settings (step->kind) &&
         wf_json_get_member (wf_step_get_setting (step, "complete-within"), "before") != NULL;
}

/* S5: what should have been made long ago reminds at once; S6: and so does what is due before the
 * next opening. */
static gboolean
may_remind_at_once (const WfBenchRun *self, const WfBenchEffect *effect)
{
  WfInstant open = wf_working_hours_next_open (self->bench->hours, effect->at);

  return effect->remind <= effect->at &&
         (counts_back (find_step (self, effect)) || open == WF_INSTANT_NONE || open > effect->due);
}

/* S6: with the flag no reminder in closed time. */
static void
check_reminder (WfBenchRun *self, const WfBenchEffect *effect)
{
  g_autofree char *when = NULL;

  if (effect->remind == WF_INSTANT_NONE || fits_somebody (self, effect, effect->remind))
    return;
  when = wf_bench_format (self->bench, effect->remind);
  if (effect->business_hours && !may_remind_at_once (self, effect))
    wf_bench_run_fail (
        self, g_strdup_printf (_ ("“%1$s” reminds at %2$s, in closed time."), effect->title, when));
  else
    wf_bench_run_remark (self,
                         g_strdup_printf (_ ("“%1$s” reminds at %2$s, when the company is closed."),
                                          effect->title, when));
}

static WfDuration
get_duration (const WfStep *step)
{
  if (step != NULL && wf_step_kind_is_activity (step->kind))
    return step->create_activity.complete_within;
  return step != NULL && wf_step_kind_has_settings (step->kind)
             ? wf_step_get_duration (step, "complete-within")
             : WF_DURATION_NONE;
}

/* What somebody has between two instants. */
static gint64
get_time_left (const WfBenchRun *self, const WfBenchEffect *effect, WfInstant from)
{
  const WfOrganisation *organisation = self->bench->organisation;
  const WfPerson *person = NULL;

  if (!effect->business_hours)
    return effect->due - from;
  if (organisation != NULL && self->bench->owner != NULL)
    person = wf_organisation_get_person (organisation, self->bench->owner);
  if (person != NULL)
    return wf_working_hours_open_time_between (wf_organisation_get_hours_for (organisation, person),
                                               from, effect->due);
  return wf_working_hours_open_time_between (self->bench->hours, from, effect->due);
}

/* S27 in the duration's own time base; S26: of what arrived late, from its arrival. Days, weeks and
 * months are never shorter. */
static void
check_minimum (WfBenchRun *self, const WfBenchEffect *effect)
{
  const WfStep *step = find_step (self, effect);
  WfDuration duration = get_duration (step);
  WfInstant from = effect->arrived_late ? effect->at : effect->base;

  if (counts_back (step) || !wf_duration_is_set (duration) || duration.unit > WF_TIME_UNIT_HOURS)
    return;
  if (effect->due - from < MINIMUM ||
      (!effect->arrived_late && get_time_left (self, effect, from) < MINIMUM))
    wf_bench_run_fail (self,
                       g_strdup_printf (_ ("“%s” leaves less than 30 minutes."), effect->title));
}

static void
check_due (WfBenchRun *self, const WfBenchEffect *effect)
{
  g_autofree char *when = wf_bench_format (self->bench, effect->due);

  if (effect->due < effect->at ||
      (!counts_back (find_step (self, effect)) && effect->due < effect->base))
    wf_bench_run_fail (self, g_strdup_printf (_ ("“%1$s” is due at %2$s, before it could begin."),
                                              effect->title, when));
  else if (self->arrival != WF_INSTANT_NONE && effect->due < self->arrival)
    wf_bench_run_fail (self,
                       g_strdup_printf (_ ("“%1$s” is due at %2$s, before its event arrived."),
                                        effect->title, when));
  else if (!fits_somebody (self, effect, effect->due))
    wf_bench_run_remark (self,
                         g_strdup_printf (_ ("“%1$s” is due at %2$s, when the company is closed."),
                                          effect->title, when));
}

void
wf_bench_run_check (WfBenchRun *self)
{
  check_twice (self);
  for (guint i = 0; i < self->effects->len; i++)
    {
      const WfBenchEffect *effect = &g_array_index (self->effects, WfBenchEffect, i);

      if (!effect->activity)
        continue;
      check_due (self, effect);
      check_minimum (self, effect);
      check_reminder (self, effect);
    }
  if (self->effects->len > 0 || self->expects_nothing)
    return;
  if (self->refusal != NULL && !self->started)
    wf_bench_run_remark (self, g_strdup (self->refusal));
  else
    wf_bench_run_remark (self, g_strdup (_ ("Nothing happens.")));
}
