/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay: the engine on a virtual clock over past events, without any effect (B1, workflowctl
 * replay). Streams: memory grows with what is waiting, not with the events. */
#pragma once

#include "wf-run.h"

G_BEGIN_DECLS

typedef struct _WfReplay WfReplay;

/* line: one JSON object without a newline; called in the order of time, then key. */
typedef void (*WfReplayLineFunc) (const char *line, gpointer user_data);

/* Live and draft and paused workflows all run in a replay: it asks what they would do. */
WfReplay *wf_replay_new (WfOrganisation *organisation, GPtrArray *workflows, gboolean explain,
                         WfReplayLineFunc func, gpointer user_data);
/* With other settings of the engine, for instance to hold storms and imports as a live one does
 * (S13). */
WfReplay *wf_replay_new_with_settings (WfOrganisation *organisation, GPtrArray *workflows,
                                       const WfEngineSettings *settings, gboolean explain,
                                       WfReplayLineFunc func, gpointer user_data);
/* Each effect as it is carried out, at the virtual clock's instant, beside its line: for those that
 * count. Borrowed. */
typedef void (*WfReplayEffectFunc) (const WfEffect *effect, WfInstant at, gpointer user_data);
void wf_replay_set_effect_func (WfReplay *self, WfReplayEffectFunc func, gpointer user_data);
void wf_replay_free (WfReplay *self);
/* Events in order of the log; the virtual clock never goes back: an older event is handled at
 * the clock's time (S26). */
void wf_replay_add (WfReplay *self, WfEvent *event);
/* Fires everything up to until (WF_INSTANT_NONE: the last event's time), delays, reminders and
 * lateness. */
void wf_replay_finish (WfReplay *self, WfInstant until);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReplay, wf_replay_free)

G_END_DECLS
