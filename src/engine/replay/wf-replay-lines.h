/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replay's output: one JSON object a line, in the order of time; at one instant verdicts
 * first, then effects by key. */
#pragma once

#include "wf-action-apply.h"
#include "wf-effect.h"
#include "wf-engine.h"
#include "wf-replay.h"

G_BEGIN_DECLS

typedef struct _WfReplayLines WfReplayLines;

/* What reminders and lateness are about: what is kept of an activity. */
typedef struct
{
  char key[WF_UUID_LENGTH + 1];
  WfWorkflow *workflow; /* (owned) */
  const WfStep *step;   /* borrowed from the workflow */
  const char *type;     /* borrowed from the step */
  char *lead;           /* (owned) (nullable) */
  char *person;         /* (owned) (nullable) */
  char *title;          /* (owned) (nullable) */
  char *record;         /* (owned) (nullable) the meeting that its deadline counts back from */
  WfInstant due, remind;
  gboolean open;
  struct _WfReplayClaim *claims; /* what waits for it, while it is open; owned by the replay */
} WfReplayActivity;

WfReplayLines *wf_replay_lines_new (GTimeZone *zone, WfReplayLineFunc func, gpointer user_data);
void wf_replay_lines_free (WfReplayLines *self);
void wf_replay_lines_add_verdict (WfReplayLines *self, WfInstant at, const WfVerdict *verdict,
                                  const WfEvent *event);
void wf_replay_lines_add_effect (WfReplayLines *self, WfInstant at, const WfEffect *effect);
/* What became of it is told when it is not what was asked for. */
void wf_replay_lines_add_action (WfReplayLines *self, WfInstant at, const WfEffect *effect,
                                 WfApplyOutcome outcome);
/* B8: instead of an activity of its own, the effect has a part in another. */
void wf_replay_lines_add_joined (WfReplayLines *self, WfInstant at, const WfEffect *effect,
                                 const WfReplayActivity *activity);
void wf_replay_lines_add_reminder (WfReplayLines *self, WfInstant at,
                                   const WfReplayActivity *activity);
void wf_replay_lines_add_late (WfReplayLines *self, WfInstant at, const WfReplayActivity *activity);
/* The instant has passed: gives out its lines. */
void wf_replay_lines_flush (WfReplayLines *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReplayLines, wf_replay_lines_free)

G_END_DECLS
