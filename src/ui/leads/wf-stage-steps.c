/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a lead through its pipeline. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-stage-steps.h"

#include <glib/gi18n-lib.h>

void
wf_stage_step_free (WfStageStep *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->refusal);
  g_free (self);
}

/* The index of the stage, -1 when it is not in the pipeline. */
static int
find_stage (const WfPipeline *pipeline, const char *stage)
{
  for (guint i = 0; i < pipeline->n_stages; i++)
    {
      if (g_strcmp0 (pipeline->stages[i].id, stage) == 0)
        return (int) i;
    }
  return -1;
}

static const WfPipeline *
find_pipeline (const WfOrganisation *organisation, const char *stage)
{
  const WfPipeline *first = NULL;
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (organisation, &n);

  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (pipelines[i].record, "lead") != 0)
        continue;
      if (find_stage (&pipelines[i], stage) >= 0)
        return &pipelines[i];
      if (first == NULL)
        first = &pipelines[i];
    }
  return first;
}

/* Policy: moving back asks for a reason (S17), and so does what the client is lost by: the team learns from it. */
static gboolean
asks_reason (const WfOrganisation *organisation, const WfEntry *stage, gboolean needs_reason)
{
  return needs_reason ||
         g_strcmp0 (wf_stage_get_closing_event (organisation, stage->id), "lead.discarded") == 0;
}

static WfStageStep *
make_step (const WfLead *lead, const WfOrganisation *organisation, const WfPerson *person,
           const WfEntry *stage, WfStepPlace place)
{
  WfStageStep *step = g_new0 (WfStageStep, 1);
  gboolean needs_reason = FALSE;

  step->id = g_strdup (stage->id);
  step->name = g_strdup (stage->name);
  step->place = place;
  step->is_closing = wf_stage_is_closing (organisation, stage->id);
  if (place == WF_STEP_CURRENT)
    return step;
  step->refusal = wf_lead_explain_stage (lead, organisation, person, stage->id, &needs_reason);
  step->needs_reason = asks_reason (organisation, stage, needs_reason);
  return step;
}

GPtrArray *
wf_stage_steps_list (const WfLead *lead, const WfOrganisation *organisation, const WfPerson *person)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_stage_step_free);
  const WfPipeline *pipeline = organisation != NULL ? find_pipeline (organisation, lead->stage)
                                                    : NULL;

  if (pipeline == NULL)
    return steps;
  int current = find_stage (pipeline, lead->stage);
  for (guint i = 0; i < pipeline->n_stages; i++)
    {
      WfStepPlace place = (int) i == current  ? WF_STEP_CURRENT
                          : (int) i < current ? WF_STEP_PASSED
                                              : WF_STEP_AHEAD;
      /* A lead that was lost has not been won before, although that stage stands before it. */
      if (place == WF_STEP_PASSED && wf_stage_is_closing (organisation, pipeline->stages[i].id))
        place = WF_STEP_AHEAD;
      g_ptr_array_add (steps, make_step (lead, organisation, person, &pipeline->stages[i], place));
    }
  return steps;
}

static gboolean
has_current (GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      if (((const WfStageStep *) steps->pdata[i])->place == WF_STEP_CURRENT)
        return TRUE;
    }
  return FALSE;
}

const WfStageStep *
wf_stage_steps_find_next (GPtrArray *steps)
{
  gboolean passed = !has_current (steps);

  for (guint i = 0; i < steps->len; i++)
    {
      const WfStageStep *step = steps->pdata[i];
      passed |= step->place == WF_STEP_CURRENT;
      if (passed && step->place == WF_STEP_AHEAD && step->refusal == NULL && !step->is_closing)
        return step;
    }
  return NULL;
}

char *
wf_stage_step_describe (const WfStageStep *self)
{
  if (self->place == WF_STEP_CURRENT)
    return g_strdup (_ ("The lead is here"));
  if (self->refusal != NULL)
    return g_strdup (self->refusal);
  if (self->place == WF_STEP_PASSED)
    return g_strdup (_ ("Done. Moving back needs a reason"));
  return self->needs_reason ? g_strdup (_ ("Needs a reason")) : NULL;
}
