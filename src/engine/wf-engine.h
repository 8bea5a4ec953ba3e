/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pure engine: which workflows an event starts, and why others did not. Immutable after
 * building, so that any thread may evaluate with it. Reads no clock, disk or network
 * (architecture, semantics). */
#pragma once

#include "wf-effect.h"

G_BEGIN_DECLS

typedef struct _WfEngine WfEngine;

/* workflows: of WfWorkflow in any state; only live ones run, paused and held ones answer with
 * their verdict. organisation: nullable. Builds the trigger index: by event type, then by an
 * indexable equality or threshold of the conditions, so that cost grows with matches and not
 * with workflows (performance.md). */
WfEngine *wf_engine_new (WfOrganisation *organisation, GPtrArray *workflows);

#define WF_STORM_MOST_RUNS 100 /* S13: in ten minutes */
typedef struct
{
  guint storm_most_runs;    /* S13: more than these in ten minutes are held; 0: no limit */
  gboolean hold_imports;    /* S13: events marked as import are held */
  gboolean run_unpublished; /* draft and paused workflows run too: what would they do? */
  gboolean no_explanations; /* activities come without: nobody will read them */
} WfEngineSettings;
WfEngine *wf_engine_new_with_settings (WfOrganisation *organisation, GPtrArray *workflows,
                                       const WfEngineSettings *settings);
WfEngine *wf_engine_ref (WfEngine *self);
void wf_engine_unref (WfEngine *self);
WfOrganisation *wf_engine_get_organisation (const WfEngine *self);
/* The current version; NULL when unknown. */
WfWorkflow *wf_engine_get_workflow (const WfEngine *self, const char *id);

typedef enum
{
  WF_VERDICT_STARTED,
  WF_VERDICT_CONDITION_FAILED,
  WF_VERDICT_PAUSED,       /* S12 */
  WF_VERDICT_HELD_PROBLEM, /* the document cannot run; reason tells */
  WF_VERDICT_HELD_STORM,   /* S13 */
  WF_VERDICT_REENTRY,      /* S15: once-per-lead, once-while-open */
  WF_VERDICT_OWN_EVENT,    /* S14: caused by our own effect */
  WF_VERDICT_LOOP,         /* S14: depth, chain or daily limit */
  WF_VERDICT_KNOWN,        /* this run exists already: the event came twice */
} WfVerdictKind;
extern const char *const wf_verdict_names[]; /* "started", "condition-failed", ..., NULL */

typedef struct
{
  WfVerdictKind kind;
  WfWorkflow *workflow;      /* borrowed from the engine */
  const WfCondition *failed; /* CONDITION_FAILED: the first that failed; borrowed */
  const WfJson *seen;        /* what it saw, NULL when missing; borrowed from event or lead */
  const char *reason;        /* HELD_PROBLEM, LOOP: machine word or text; borrowed; nullable */
} WfVerdict;

/* What the engine asks about the past; carried out by a store query, by replay's memory, or by a
 * test's table. */
typedef struct
{
  gpointer user_data;
  /* S15. Number of runs of this workflow for this lead; only_open: with open activities or
   * waiting steps. NULL func: 0. */
  guint (*count_runs) (const char *workflow, const char *lead, gboolean only_open,
                       gpointer user_data);
  /* S14: runs of this workflow and lead on the UTC day of the instant. */
  guint (*count_runs_on_day) (const char *workflow, const char *lead, WfInstant at,
                              gpointer user_data);
  /* S13: runs started by this workflow in the ten minutes before. */
  guint (*count_recent_runs) (const char *workflow, WfInstant at, gpointer user_data);
  /* The lead as cached. Borrowed until the next call. */
  const WfJson *(*get_lead) (const char *lead, gpointer user_data);
} WfEngineMemory;

/* S15 restart: the waiting steps of earlier unfinished runs of this workflow and lead must be
 * cancelled (wf_run_cancel) before the run starts. */
gboolean wf_verdict_cancels_earlier (const WfVerdict *verdict);

/* Appends a WfVerdict for every workflow that listens to the event's type when all is TRUE (B3),
 * else only for those whose conditions hold. verdicts: GArray of WfVerdict, reused by the
 * caller. */
void wf_engine_evaluate (const WfEngine *self, const WfEvent *event, WfInstant now,
                         const WfEngineMemory *memory, gboolean all, GArray *verdicts);

/* {"event","workflow","version","verdict","field","op","value","seen"}. Owned by the caller. */
char *wf_verdict_to_text (const WfVerdict *verdict, const WfEvent *event);
/* The same of all verdicts of one event, as an array: its trace. Owned by the caller. */
char *wf_verdicts_to_text (const GArray *verdicts, const WfEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfEngine, wf_engine_unref)

G_END_DECLS
