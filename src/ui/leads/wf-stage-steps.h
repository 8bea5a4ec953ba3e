/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a lead through its pipeline: where it is, where it may go, and why it may not (B25). Needs no display. */
#pragma once

#include "wf-lead.h"

G_BEGIN_DECLS

typedef enum
{
  WF_STEP_PASSED,  /* before the present one */
  WF_STEP_CURRENT, /* where the lead is */
  WF_STEP_AHEAD,   /* after it, or the present one is not known */
} WfStepPlace;

typedef struct
{
  char *id, *name; /* (owned) */
  WfStepPlace place;
  char *refusal;         /* (owned) (nullable) why this person may not move the lead there */
  gboolean needs_reason; /* to move there: back, or discarded */
  gboolean is_closing;
} WfStageStep;
void wf_stage_step_free (WfStageStep *self);

/* The steps of the pipeline that the lead is in, of the first one of leads when it is in none; of WfStageStep. organisation,
 * person: nullable: then nothing is known, or nothing allowed. Owned by the caller. */
GPtrArray *wf_stage_steps_list (const WfLead *lead, const WfOrganisation *organisation,
                                const WfPerson *person);
/* The first step ahead that is allowed and does not close the lead, or NULL. Borrowed. */
const WfStageStep *wf_stage_steps_find_next (GPtrArray *steps);
/* What the step is besides its name: "done", "the present stage", the refusal, or what choosing it asks. Owned by the
 * caller; NULL: nothing. */
char *wf_stage_step_describe (const WfStageStep *self);

G_END_DECLS
