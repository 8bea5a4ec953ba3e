/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An independent model of runs: random workflows and events, and what must come of them. It knows
 * nothing of states and agendas: at each instant it asks every step, by recursion upwards, whether
 * it may run by now.
 *
 * Every event has a minute of the hour of its own and all durations are whole hours, so that
 * nothing that follows from one event falls on the instant of another. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

#define WF_MODEL_WORKFLOW "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define WF_MODEL_MOST_EVENTS 24
#define WF_MODEL_MOST_STEPS 40
#define WF_MODEL_HORIZON (14 * 60) /* minutes */
#define WF_MODEL_N_LEADS 3

typedef enum
{
  MODEL_ACTIVITY,
  MODEL_APPROVAL,
  MODEL_NOTIFY,
  MODEL_ADD_SCORE,
  MODEL_CONTROL,
  MODEL_WAIT,
  MODEL_WAIT_FOR_SCORE,
  MODEL_BRANCH,
} WfModelKind;

typedef enum
{
  MODEL_IMMEDIATELY,
  MODEL_AFTER_PREVIOUS,
  MODEL_DELAY,
} WfModelMode;

typedef struct _WfModelStep WfModelStep;

typedef struct
{
  WfModelStep *branch; /* around it; NULL at the top */
  int threshold;       /* of the path: score at least; -1 always */
  GPtrArray *steps;    /* (owned) of WfModelStep, borrowed */
} WfModelSequence;

struct _WfModelStep
{
  char id[8];
  guint number;
  WfModelKind kind;
  WfModelMode mode;
  int delay, hours; /* hours: complete within, wait, time-out or at most */
  int threshold;    /* WAIT_FOR_SCORE */
  int points;       /* ADD_SCORE */
  gboolean groups;  /* ACTIVITY: only for inbound */
  gboolean retires; /* ACTIVITY: pointless once the lead has replied */
  gboolean goes_on; /* APPROVAL: also when it is rejected */
  gboolean manager; /* CONTROL: tells the manager, else the responsible */
  int watches;      /* CONTROL: a named stage; -1: where the lead is */
  guint refusals;   /* NOTIFY: how often the CRM refuses it */
  WfModelSequence *sequence;
  GPtrArray *paths; /* (owned) BRANCH: of WfModelSequence, borrowed */
};

typedef enum
{
  MODEL_RECEIVED,
  MODEL_SCORE,
  MODEL_STAGE,
  MODEL_COMPLETED,
  MODEL_REPLIED,
  MODEL_DELETED,
  MODEL_RESOLVED, /* a person decides about a failed step; only of a run by itself */
} WfModelEventType;

typedef struct
{
  WfModelEventType type;
  gboolean left_out;
  int minute;
  guint lead;
  int score, stage;
  gboolean inbound; /* who owns the lead: ana or bruno */
  guint run, step;  /* COMPLETED: of which event's run, which step; RESOLVED: which step */
  int choice;       /* COMPLETED: approved, rejected, nothing; RESOLVED: retry, skip, stop */
} WfModelEvent;

typedef struct
{
  GRand *rand;
  gboolean alone; /* one run, driven by hand, and a CRM that refuses */
  const char *reentry;
  GPtrArray *all_steps; /* (owned) of WfModelStep, by number; those left out are in no sequence */
  GPtrArray *all_sequences; /* (owned) of WfModelSequence */
  WfModelSequence *top;
  WfModelEvent events[WF_MODEL_MOST_EVENTS];
  guint n_events;
  /* While it is simulated. */
  GPtrArray *runs;                                        /* (owned) */
  int scores[WF_MODEL_N_LEADS], stages[WF_MODEL_N_LEADS]; /* as last told */
  GPtrArray *lines;                                       /* (owned) of char */
  guint n_acts;
  gboolean in_doubt; /* what happened depends on an order that nobody promises */
} WfModel;

WfModel *wf_model_new (guint32 seed, gboolean alone);
void wf_model_free (WfModel *self);
/* Fills self->lines anew: "time key kind step person due", in no order. */
void wf_model_simulate (WfModel *self);

/* Whether people decide about such steps here. */
gboolean wf_model_can_be_resolved (const WfModelStep *step);

/* With single quotes; owned by the caller. */
char *wf_model_make_steps (const WfModel *self);
/* NULL for RESOLVED. */
WfEvent *wf_model_make_event (const WfModel *self, guint event);
char *wf_model_format_minute (int minute);
extern const char *const wf_model_outcomes[]; /* of COMPLETED by choice; NULL for nothing */
extern const char *const wf_model_stages[];

/* Leaves out what it can while fails() still holds; fails must not change the model. */
typedef gboolean (*WfModelFailsFunc) (WfModel *self, gpointer user_data);
void wf_model_shrink (WfModel *self, WfModelFailsFunc fails, gpointer user_data);
guint wf_model_count_steps (const WfModel *self);
guint wf_model_count_events (const WfModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfModel, wf_model_free)

G_END_DECLS
