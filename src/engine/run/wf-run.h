/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of a workflow for one event: a state machine over its steps (S12, S18, S28). Pure:
 * what happens comes in, effects come out; the shell keeps the state as text in the store. A run
 * is pinned to its version. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

typedef struct _WfRun WfRun;

typedef enum
{
  WF_STEP_PENDING, /* below a wait or a step that has not succeeded */
  WF_STEP_WAITING, /* due at a known instant */
  WF_STEP_RUNNING, /* its effect was given out; for an activity: it is open */
  WF_STEP_SUCCEEDED,
  WF_STEP_SKIPPED, /* decided against, with a reason (S5 anchor past, S11, S28) */
  WF_STEP_FAILED,  /* refused for good: blocks after-previous (S18) */
  WF_STEP_CANCELLED,
} WfStepStatus;
extern const char *const wf_step_status_names[];

/* S15: "workflow id LF source LF event id", hashed like an effect key: the run's id. */
void wf_run_make_key (const char *workflow, const char *source, const char *event,
                      char key[WF_UUID_LENGTH + 1]);

/* effects: array that receives WfEffect (owned by it). lead: cached lead, nullable. now: the
 * instant of processing, for lateness (S26) and reminders (S6): effects carry base times from
 * the event, never from now. */
WfRun *wf_run_start (const WfEngine *engine, WfWorkflow *workflow, WfEvent *event,
                     const WfJson *lead, WfInstant now, GPtrArray *effects);
/* Fires what is due at or before now, in order of its instants. */
void wf_run_wake (WfRun *self, const WfEngine *engine, const WfJson *lead, WfInstant now,
                  GPtrArray *effects);
/* An effect succeeded: for an activity when the person completed it, at that instant; for what
 * the machine carries out when the CRM accepted it. Starts after-previous steps. Unknown keys
 * are ignored (FALSE). */
gboolean wf_run_effect_succeeded (WfRun *self, const WfEngine *engine, const WfJson *lead,
                                  const char *key, WfInstant at, WfInstant now, GPtrArray *effects);
/* The same with what a person answered: an approval that is rejected, or that has no clear answer,
 * fails its step ("rejected", "no-answer"), unless the step says that the flow goes on; later
 * steps see it as "approval.outcome". outcome: nullable. */
gboolean wf_run_activity_done (WfRun *self, const WfEngine *engine, const WfJson *lead,
                               const char *key, const char *outcome, WfInstant at, WfInstant now,
                               GPtrArray *effects);
/* S13 spread, S12 resume "reschedule": a run whose steps count from another instant than the
 * event's time. */
WfRun *wf_run_start_from (const WfEngine *engine, WfWorkflow *workflow, WfEvent *event,
                          const WfJson *lead, WfInstant base, WfInstant now, GPtrArray *effects);

/* A chain that a failed step blocks (S18): what a person decides. FALSE when no such step has
 * failed, or the run was stopped before: that is final. Retry gives the effect again under the same
 * key; skip lets what is below go on as if it had succeeded at now; stop cancels every step that
 * has not ended, with the reason. */
typedef enum
{
  WF_RESOLVE_RETRY,
  WF_RESOLVE_SKIP,
  WF_RESOLVE_STOP,
} WfResolve;
gboolean wf_run_resolve (WfRun *self, const WfEngine *engine, const WfJson *lead, const char *step,
                         WfResolve resolve, WfInstant now, GPtrArray *effects);
/* Ids of the steps that failed, or were skipped for want of something (an address, a person), and
 * block something. Owned by the caller, NULL-terminated. */
char **wf_run_list_failed (const WfRun *self);

/* S12: publishing while runs wait. A run on the newer version, with the state of every step that
 * both have; new steps in places that it has reached already are left out ("added-later"). NULL
 * when a step that waits now is not there (or is of another kind). Effects that were given out
 * stay given out: their keys do not depend on the version (S15). */
WfRun *wf_run_move (const WfRun *self, WfWorkflow *newer);
/* S12: resuming a paused workflow. What is overdue runs now by itself at the next wake. Reschedule
 * moves every waiting step by the length of the pause, but for those that hang on a date; skip
 * ends those that came due in it, with the reason "paused". */
void wf_run_reschedule (WfRun *self, WfInstant paused, WfInstant resumed);
void wf_run_skip_overdue (WfRun *self, const WfEngine *engine, const WfJson *lead, WfInstant now,
                          GPtrArray *effects);

/* reason: shown to people. What it blocks is skipped; look at wf_run_get_next_due afterwards: it
 * may also set a step free. */
gboolean wf_run_effect_failed (WfRun *self, const char *key, const char *reason);
/* The activity was cancelled or is no longer needed: blocks what runs after it. */
gboolean wf_run_effect_cancelled (WfRun *self, const char *key, const char *reason);
/* S10: the lead is gone or closed, or (S15) a newer run starts over: waiting steps are cancelled
 * with the reason. */
void wf_run_cancel (WfRun *self, const char *reason);
/* The reason for wf_run_cancel of the lead's earlier runs when the event closes the lead (S10),
 * else NULL. */
const char *wf_run_get_cancel_reason (const WfEvent *event);
/* An event of the same lead, for waits until a condition, for dates that move (S5) and for runs
 * bound to a stage (S19). */
void wf_run_event (WfRun *self, const WfEngine *engine, WfEvent *event, const WfJson *lead,
                   WfInstant now, GPtrArray *effects);

WfInstant wf_run_get_next_due (const WfRun *self); /* WF_INSTANT_NONE when nothing waits for time */
/* Every step has ended; an open activity keeps its run unfinished. */
gboolean wf_run_is_finished (const WfRun *self);
gboolean wf_run_has_waiting_steps (const WfRun *self); /* pending or waiting ones */
gboolean wf_run_waits_for_event (const WfRun *self);
const char *wf_run_get_key (const WfRun *self);
WfWorkflow *wf_run_get_workflow (const WfRun *self);
WfEvent *wf_run_get_event (const WfRun *self);
void wf_run_free (WfRun *self);

/* The state as compact JSON, without workflow and event, which the store keeps once. It is also
 * the trace of the path taken (B2): every step reached, its status, instants, branch chosen and
 * why. Owned by the caller. */
char *wf_run_save (const WfRun *self);
#define WF_RUN_ERROR (wf_run_error_quark ())
typedef enum
{
  WF_RUN_ERROR_DAMAGED,
} WfRunError;
GQuark wf_run_error_quark (void);
/* NULL with an error when the text is damaged or does not fit the workflow. */
WfRun *wf_run_load (const char *text, WfWorkflow *workflow, WfEvent *event, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfRun, wf_run_free)

G_END_DECLS
