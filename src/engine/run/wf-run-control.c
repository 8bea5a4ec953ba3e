/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control of the time in a stage. */
#define G_LOG_DOMAIN "wf-engine"

#include "wf-run-private.h"

#include "wf-deadline.h"
#include "wf-step-settings.h"

#include <glib/gi18n-lib.h>

/* The rule (S23, R85), in one place.
 *
 * The watched stage is the one that the step names, else the one to which the run is bound, else
 * the one in which the record is when the step runs. The clock starts as the record enters it: of
 * a run that is bound to it, that is what the run counts from; else the step's base time, or the
 * time of the event that tells of the entry. It stops as the record leaves; whatever else changes
 * does not touch it. It tells once in a stay.
 *
 * When the record comes back, the clock starts again. A run bound to the stage need not see that:
 * its workflow starts anew then. So its control ends when it has told or the record has left;
 * any other goes on watching as long as the run lives. */

static const char *
get_watched_stage (const WfRun *self, const WfRunStep *step)
{
  const char *named = wf_step_get_text (step->step, "stage");

  if (named != NULL)
    return named;
  return self->stage != NULL ? wf_json_get_string (self->stage) : step->stage;
}

static gboolean
is_bound (const WfRun *self, const WfRunStep *step)
{
  const char *watched = get_watched_stage (self, step);

  return self->stage != NULL && watched != NULL &&
         wf_run_is_same_stage (watched, wf_json_get_string (self->stage));
}

static const WfPipeline *
find_pipeline (const WfOrganisation *organisation, const char *stage)
{
  guint n = 0;
  const WfPipeline *pipelines =
      organisation != NULL ? wf_organisation_get_pipelines (organisation, &n) : NULL;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < pipelines[i].n_stages; j++)
      if (wf_run_is_same_stage (stage, pipelines[i].stages[j].id))
        return &pipelines[i];
  return NULL;
}

/* Whether it is the stage of the deal that is watched: in a run that a deal started, unless the
 * step names a stage of leads. */
static gboolean
is_of_deal (const WfRun *self, const WfRunStep *step, const WfOrganisation *organisation)
{
  const char *named = wf_step_get_text (step->step, "stage");
  const WfPipeline *pipeline;

  if (wf_event_get_field (self->event, "deal") == NULL)
    return FALSE;
  pipeline = named != NULL ? find_pipeline (organisation, named) : NULL;
  if (pipeline != NULL)
    return g_strcmp0 (pipeline->record, "deal") == 0;
  return self->stage != NULL ? self->of_deal
                             : g_str_has_prefix (wf_event_get_event_type (self->event), "deal.");
}

static WfInstant
find_end (const WfRunStep *step, const WfEngine *engine, WfInstant from)
{
  return wf_deadline_add (from, wf_step_get_duration (step->step, "at-most"),
                          wf_step_get_flag (step->step, "business-hours"),
                          wf_engine_get_hours (engine));
}

static gboolean
is_stage (const char *stage, const char *watched)
{
  return stage != NULL && watched != NULL && wf_run_is_same_stage (stage, watched);
}

/* A step may run later than its base time, for instance behind a branch: where the record is now
 * decides, and if it was elsewhere at the base time, nothing older than now is known of its
 * stay. */
void
wf_run_begin_control (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  gboolean of_deal = is_of_deal (self, step, wf_engine_get_organisation (move->engine));
  gboolean bound = is_bound (self, step);
  g_auto (WfRunView) view = { NULL };
  WfConditionContext context = wf_run_make_context (self, move, step->base, &view);
  const char *then =
      wf_json_get_string (of_deal ? wf_event_get_field (self->event, "deal.stage")
                                  : wf_condition_context_get_field (&context, "lead.stage"));
  const char *present = of_deal ? NULL : wf_json_get_member_string (move->lead, "stage");
  WfInstant from = bound ? self->base : step->base;

  if (present == NULL)
    present = then;
  if (get_watched_stage (self, step) == NULL)
    g_set_str (&step->stage, present);
  if (get_watched_stage (self, step) == NULL)
    {
      wf_run_step_finish (step, WF_STEP_SKIPPED, "no-stage");
      return;
    }
  if (!bound && !is_stage (then, get_watched_stage (self, step)))
    from = MAX (from, move->now);
  step->begun = TRUE;
  step->in_stage = bound || is_stage (present, get_watched_stage (self, step));
  step->at = step->in_stage ? find_end (step, move->engine, from) : WF_INSTANT_NONE;
  if (step->in_stage && step->at == WF_INSTANT_NONE)
    wf_run_step_finish (step, WF_STEP_SKIPPED, "out-of-range");
}

static void
leave (const WfRun *self, WfRunStep *step)
{
  if (is_bound (self, step) && step->status == WF_STEP_WAITING)
    {
      wf_run_step_finish (step, WF_STEP_SKIPPED, "left-stage");
      return;
    }
  step->in_stage = FALSE;
  step->at = WF_INSTANT_NONE;
}

gboolean
wf_run_check_control (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  gboolean of_deal = is_of_deal (self, step, wf_engine_get_organisation (move->engine));
  const char *stage = of_deal ? NULL : wf_json_get_member_string (move->lead, "stage");
  const char *watched = get_watched_stage (self, step);

  if (stage == NULL || watched == NULL || wf_run_is_same_stage (stage, watched))
    return TRUE;
  leave (self, step);
  return FALSE;
}

char *
wf_run_make_control_text (const WfRun *self, const WfRunStep *step,
                          const WfConditionContext *context)
{
  const char *stage = get_watched_stage (self, step);
  const char *lead = wf_json_get_string (wf_condition_context_get_field (context, "lead.name"));
  g_autofree char *time = wf_duration_to_text (wf_step_get_duration (step->step, "at-most"));

  if (lead == NULL)
    lead = wf_event_get_lead (context->event);
  /* Translators: the name of a lead, of a stage, and a time such as “3 days” */
  return g_strdup_printf (
      _ ("“%s” has been in the stage “%s” for %s."), lead != NULL ? lead : "?",
      stage != NULL ? wf_organisation_get_stage_name (context->organisation, stage) : "?", time);
}

void
wf_run_control_told (const WfRun *self, WfRunStep *step)
{
  step->done = step->base;
  if (!step->begun || is_bound (self, step))
    {
      wf_run_step_finish (step, WF_STEP_SUCCEEDED, NULL);
      return;
    }
  step->status = WF_STEP_WAITING;
  step->iteration++;
}

static void
tell (const WfRun *self, const WfRunMove *move, WfRunStep *step)
{
  gboolean of_deal = is_of_deal (self, step, wf_engine_get_organisation (move->engine));
  const char *stage = wf_run_get_told_stage (self, move->event, of_deal);
  const char *watched = get_watched_stage (self, step);
  gboolean there = is_stage (stage, watched);

  if (stage == NULL || there == step->in_stage)
    return;
  if (!there)
    {
      leave (self, step);
      return;
    }
  step->in_stage = TRUE;
  step->at = find_end (step, move->engine, wf_event_get_time (move->event));
}

void
wf_run_tell_controls (const WfRun *self, const WfRunMove *move)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      WfRunStep *step = &self->steps[i];

      if (step->step->kind == WF_STEP_CONTROL && step->begun &&
          !wf_step_status_is_final (step->status))
        tell (self, move, step);
    }
}
