/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a run: its steps in reading order, and where each stands. */
#pragma once

#include "wf-engine-private.h"
#include "wf-run.h"

G_BEGIN_DECLS

#define WF_NO_STEP (-1)
#define WF_NO_PATH (-1) /* no path of the branch held, or none was chosen yet */

typedef struct
{
  const WfStep *step; /* borrowed from the workflow */
  int parent;         /* index of the branch around it, WF_NO_STEP at the top */
  int path;           /* index of its path in that branch */
  int previous;       /* the step above in the same sequence */
  int wait;           /* the nearest wait above in the same sequence: it holds this step */
  guint end;          /* behind the last step inside it; its own index + 1 unless it is a branch */

  WfStepStatus status;
  /* A wait that has begun: at is its end. A control that watches: at is when it tells, also while
   * it tells (RUNNING) if the record has come back meanwhile. */
  gboolean begun;
  gboolean in_stage; /* a control that watches: the record is where it is watched */
  char *stage;       /* (owned) (nullable) a control: the stage in which the record was found */
  guint iteration;   /* a control: how often it has told (S15) */
  int chosen;        /* a branch: index of the path taken */
  WfInstant at;      /* WAITING: when it is due; WF_INSTANT_NONE when only an event can end it */
  WfInstant base;    /* once reached: the instant at which it was due to run (S18) */
  /* SUCCEEDED: the instant that counts for what follows; also of a control that has told and goes
   * on watching */
  WfInstant done;
  char *reason; /* (owned) (nullable) machine word, or the shell's text */
} WfRunStep;

struct _WfRun
{
  WfWorkflow *workflow;         /* (owned) */
  WfEvent *event;               /* (owned) */
  WfInstant base;               /* from which its steps count: the event's time, mostly */
  WfJsonDocument *results;      /* (owned) (nullable) what it found out itself: approvals */
  WfJsonDocument *dates;        /* (owned) (nullable) dates that have moved since (S5), by field */
  char key[WF_UUID_LENGTH + 1]; /* empty until somebody asks */
  const WfJson
      *stage; /* the stage that the run is bound to (S19); borrowed from the workflow; nullable */
  gboolean of_deal;        /* that stage is the deal's */
  gboolean stopped;        /* S18: a person has decided that nothing more happens */
  gboolean keep_when_left; /* S19, option: the run goes on when the record leaves that stage */
  guint n_steps;
  WfRunStep *steps; /* (owned) */
};

/* A run with every step pending. */
WfRun *wf_run_new (WfWorkflow *workflow, WfEvent *event);
/* NULL when there is none. */
WfRunStep *wf_run_find_step (const WfRun *self, const char *id);
void wf_run_step_finish (WfRunStep *self, WfStepStatus status, const char *reason);
gboolean wf_step_status_is_final (WfStepStatus status);

/* What moves a run on: without an engine only what needs no calendar. */
typedef struct
{
  const WfEngine *engine; /* nullable */
  WfEvent *event;         /* what conditions see: the run's event, or the one that came just now */
  const WfJson *lead;     /* nullable */
  WfInstant now;
  GPtrArray *effects; /* of WfEffect */
} WfRunMove;

/* Gives an instant to every pending step that what is above it allows, and skips what can never
 * run. */
void wf_run_settle (WfRun *self, const WfRunMove *move);
/* Settles, and runs what is due at or before now, in the order of its instants. */
void wf_run_advance (WfRun *self, const WfRunMove *move);
/* A pending step that only the calendar holds: it is known from when it counts. */
gboolean wf_run_is_timed (const WfRun *self, const WfRunStep *step);
/* What advancing is made of: the waiting step that is due first, NULL without one; and what it
 * does then. */
WfRunStep *wf_run_find_due (const WfRun *self, WfInstant now);
void wf_run_fire (const WfRun *self, const WfRunMove *move, WfRunStep *step);
/* An event of the lead: ends waits whose condition it fulfils. */
void wf_run_check_conditions (WfRun *self, const WfRunMove *move);

/* S5: a step that is still to run, and hangs on a date. */
gboolean wf_run_waits_for_date (const WfRunStep *step);
/* An event of the lead may tell that such a date has moved or is gone. */
void wf_run_follow_dates (WfRun *self, const WfEvent *event, const WfRunMove *move);

/* The context in which a step that is due at base decides; view: receives what it borrows from.
 * The event tells of the lead as it was then; for what runs later the cached lead is newer and
 * goes first. */
typedef struct
{
  WfEvent *event; /* (owned) (nullable) */
} WfRunView;
WfConditionContext wf_run_make_context (const WfRun *self, const WfRunMove *move, WfInstant base,
                                        WfRunView *view);
void wf_run_view_clear (WfRunView *self);

/* S19, S28: the stage that the workflow's trigger is bound to, and whether the record is still
 * in it. *of_deal: it is the stage of the deal. */
const WfJson *wf_run_find_bound_stage (const WfWorkflow *workflow, gboolean *of_deal);
gboolean wf_run_is_same_stage (const char *a, const char *b);
/* The stage in which the event says that the run's lead or deal is; NULL when it does not say. */
const char *wf_run_get_told_stage (const WfRun *self, const WfEvent *event, gboolean of_deal);
/* As far as the cached lead tells. */
gboolean wf_run_has_left_stage (const WfRun *self, const WfJson *lead);

/* S23 */
void wf_run_begin_control (const WfRun *self, const WfRunMove *move, WfRunStep *step);
/* FALSE: the record has left meanwhile, the clock stands. */
gboolean wf_run_check_control (const WfRun *self, const WfRunMove *move, WfRunStep *step);
/* What is told when the step has no text of its own. Owned by the caller. */
char *wf_run_make_control_text (const WfRun *self, const WfRunStep *step,
                                const WfConditionContext *context);
void wf_run_control_told (const WfRun *self, WfRunStep *step);
/* An event of the lead: starts and stops the clocks. */
void wf_run_tell_controls (const WfRun *self, const WfRunMove *move);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfRunView, wf_run_view_clear)

G_END_DECLS
