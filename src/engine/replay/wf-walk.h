/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One event's way through one workflow on the virtual clock, place by place, with every condition's
 * value and without any effect: what the builder's test lights up (R143). Pure. */
#pragma once

#include "wf-replay.h"

G_BEGIN_DECLS

typedef enum
{
  WF_WALK_TRIGGER,
  WF_WALK_STEP,
  WF_WALK_PATH, /* of a branch */
} WfWalkPlace;

typedef enum
{
  WF_WALK_PASSED,  /* the trigger matched, the step ran, the path was taken */
  WF_WALK_WAITS,   /* it still waited when the walk ended */
  WF_WALK_SKIPPED, /* the engine decided not to, text says why */
  /* of a path: its condition did not hold, or an earlier one was taken; of the trigger: no match */
  WF_WALK_NOT_TAKEN,
  WF_WALK_STOPPED, /* the run ended here */
} WfWalkOutcome;

typedef struct
{
  char *sentence; /* (owned) the condition in the user's language: "Score is at least 80" */
  char *value;    /* (owned) (nullable) what the field had; NULL: nothing */
  gboolean holds;
} WfWalkTest;

typedef struct
{
  WfWalkPlace place;
  char *step; /* (owned) (nullable) STEP: its id; PATH: the branch's */
  guint path; /* PATH */
  WfWalkOutcome outcome;
  WfInstant at; /* the virtual clock */
  /* (owned) what happened, in the user's language: "“Call” for Ana, due Mon 23 Nov 09:30" */
  char *text;
  GPtrArray *tests; /* (owned) of WfWalkTest, in reading order; empty without conditions */
} WfWalkStop;
void wf_walk_stop_free (WfWalkStop *self);

/* workflow: run whatever its state; event: must be of its trigger's type, else the only stop is the
 * trigger, not taken. lead: as cached, for fields that the event does not carry; nullable. succeed:
 * activities that later steps wait for are completed in time (so that the whole path is seen); else
 * they stay open and the walk ends there. Of WfWalkStop, in the order of the virtual clock. Owned
 * by the caller. */
GPtrArray *wf_walk_run (WfOrganisation *organisation, WfWorkflow *workflow, WfEvent *event,
                        const WfJson *lead, gboolean succeed);

G_END_DECLS
