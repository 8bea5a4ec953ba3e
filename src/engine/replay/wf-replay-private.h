/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a replay: its runs and their open activities. */
#pragma once

#include "wf-engine-private.h"
#include "wf-replay-agenda.h"
#include "wf-replay-lines.h"
#include "wf-replay-memory.h"
#include "wf-replay-schedule.h"
#include "wf-replay.h"

G_BEGIN_DECLS

/* A run in the replay: kept while a step waits or an activity is open. A reference count box. */
typedef struct
{
  WfRun *run;            /* (owned) (nullable) NULL once no step waits any more */
  WfWorkflow *workflow;  /* (owned) */
  char *lead;            /* (owned) (nullable) */
  GPtrArray *activities; /* (owned) of WfReplayActivity (a reference each): the open ones */
  gboolean ended;
} WfReplayRun;

/* What waits for an open activity: the step that created it, and those that joined it (B8). */
typedef struct _WfReplayClaim WfReplayClaim;
struct _WfReplayClaim
{
  char key[WF_UUID_LENGTH + 1]; /* of the effect */
  WfReplayActivity *activity;   /* (owned) a reference */
  WfReplayRun *run;             /* (owned) a reference */
  WfReplayClaim *next;          /* of the same activity */
};

typedef enum
{
  WF_REPLAY_WAKE,   /* subject: WfReplayRun */
  WF_REPLAY_REMIND, /* subject: WfReplayActivity */
  WF_REPLAY_LATE,   /* subject: WfReplayActivity */
  WF_REPLAY_TICK,   /* subject: WfReplayTick */
} WfReplayDue;

/* Who looks on while runs move. Each nullable. */
typedef struct
{
  /* The run has decided, and nothing of it is carried out so far; effects: what it wanted until
   * now, the newest last; NULL: nothing new. */
  void (*moved) (WfReplayRun *run, const GPtrArray *effects, gpointer user_data);
  /* The CRM would have answered so. */
  void (*acted) (const WfReplayRun *run, const WfEffect *effect, WfApplyOutcome outcome,
                 gpointer user_data);
  /* B8: instead of one of its own, the effect has a part in this activity. */
  void (*joined) (const WfReplayRun *run, const WfEffect *effect, const WfReplayActivity *activity,
                  gpointer user_data);
} WfReplayWatch;

struct _WfReplay
{
  WfEngine *engine;       /* (owned) */
  WfReplayMemory *memory; /* (owned) */
  WfReplayLines *lines;   /* (owned) */
  WfAgenda *agenda;       /* (owned) */
  GHashTable *runs; /* (owned) lead -> GPtrArray of WfReplayRun, in the order in which they began */
  GHashTable *claims;             /* (owned) key -> WfReplayClaim; the key is the claim's own */
  GArray *verdicts;               /* (owned) of WfVerdict, reused */
  WfReplaySchedule *schedule;     /* (owned) */
  WfReplayEffectFunc effect_func; /* nullable */
  gpointer effect_data;
  char *source; /* (owned) (nullable) of the last event: whose CRM also tells of lateness */
  const WfReplayWatch *watch; /* nullable */
  gpointer watch_data;
  gboolean explain, begun;
  gboolean tells_late;     /* somebody may do something because an activity became late */
  WfInstant clock, latest; /* latest: of the events */
};

/* Keeps a reference on the subject until its time has come. */
void wf_replay_enter (WfReplay *self, WfInstant at, WfReplayDue due, gpointer subject);
const WfJson *wf_replay_get_lead (WfReplay *self, const WfReplayRun *run);

/* Runs */

void wf_replay_run_release (gpointer run);
/* After each change: enters when the run is next due, lets go of what is not needed any more. */
void wf_replay_settle_run (WfReplay *self, WfReplayRun *run);
/* Writes and carries out effects of the run, also those that follow from them, and settles it. */
void wf_replay_carry_out (WfReplay *self, WfReplayRun *run, GPtrArray *effects);
/* An effect is carried out now: tells those that count. */
void wf_replay_note_effect (WfReplay *self, const WfEffect *effect);
void wf_replay_start_run (WfReplay *self, WfWorkflow *workflow, WfEvent *event);
/* The lead's runs, safe against what happens to the list meanwhile. Owned by the caller. */
GPtrArray *wf_replay_copy_runs (WfReplay *self, const char *lead);
/* The lead is gone or closed (S10). current: a run that is settled later by the caller;
 * nullable. */
void wf_replay_close_runs (WfReplay *self, GPtrArray *runs, const char *reason,
                           const WfReplayRun *current);

/* Activities */

void wf_replay_activity_release (gpointer activity);
void wf_replay_claim_free (gpointer claim);
/* A new activity, or one that joins an open one (B8); writes the line. */
void wf_replay_open_activity (WfReplay *self, WfReplayRun *run, const WfEffect *effect);
/* S15, once while open: what the event would have created brings the deadline nearer. */
void wf_replay_join_open (WfReplay *self, WfWorkflow *workflow, WfEvent *event);
/* The open activity with this key, or NULL. */
WfReplayActivity *wf_replay_find_activity (WfReplay *self, const char *key);
/* A person has done it. outcome: nullable. */
void wf_replay_complete (WfReplay *self, WfReplayActivity *activity, const char *outcome,
                         WfInstant at);
/* S9: open activities of the previous owner follow the lead. previous, owner: nullable. */
void wf_replay_follow_owner (WfReplay *self, GPtrArray *runs, const char *previous,
                             const char *owner);
/* S5: deadlines that count back from a date follow it; without the date they are pointless. */
void wf_replay_follow_dates (WfReplay *self, const WfEvent *event, GPtrArray *runs);
/* B9: what the event makes pointless. */
void wf_replay_retire (WfReplay *self, const WfEvent *event, GPtrArray *runs);
/* S10: what is not kept when a lead is closed. */
void wf_replay_drop_activities (WfReplay *self, WfReplayRun *run, gboolean deleted);

/* Lateness */

/* Whether it makes a difference to any of them (of WfWorkflow) that an activity became late. */
gboolean wf_replay_is_lateness_heard (const GPtrArray *workflows);
/* What the CRM would tell now: the activity became late. Owned by the caller. */
WfEvent *wf_replay_make_late_event (WfReplay *self, const WfReplayActivity *activity);
/* The log tells so of an activity that the replay has made: it tells of it itself. */
gboolean wf_replay_is_own_lateness (WfReplay *self, const WfEvent *event);

/* Actions */

/* What the CRM would make of it, as far as the replay knows the lead; current: the run that it is
 * an effect of. */
WfApplyOutcome wf_replay_perform (WfReplay *self, WfReplayRun *current, const WfAction *action);

G_END_DECLS
