/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a replay remembers of the past: the engine's questions answered from tables in memory. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

typedef struct _WfReplayMemory WfReplayMemory;

/* storms: whether the engine will ask how many runs began lately (S13). */
WfReplayMemory *wf_replay_memory_new (gboolean storms);
void wf_replay_memory_free (WfReplayMemory *self);
/* To be given to wf_engine_evaluate(); lives as long as the memory. */
const WfEngineMemory *wf_replay_memory_get (WfReplayMemory *self);

/* FALSE when the event came before. */
gboolean wf_replay_memory_add_event (WfReplayMemory *self, const WfEvent *event);
/* An activity that the replay makes, for ever: also once it is over. */
void wf_replay_memory_add_activity (WfReplayMemory *self, const char *key);
gboolean wf_replay_memory_has_activity (WfReplayMemory *self, const char *key);
/* The lead as the events told of it so far. NULL when unknown; borrowed until the next call.
 * lead: nullable. */
const WfJson *wf_replay_memory_get_lead (WfReplayMemory *self, const char *lead);
/* Takes over what the event tells of its lead, unless something newer is known. */
void wf_replay_memory_update_lead (WfReplayMemory *self, const WfEvent *event);
/* An effect of our own changed the lead. after: taken over. */
void wf_replay_memory_set_lead (WfReplayMemory *self, const char *lead, WfJsonDocument *after,
                                WfInstant at);
/* A run began, or has neither open activities nor waiting steps any more. lead: nullable. */
void wf_replay_memory_add_run (WfReplayMemory *self, const WfWorkflow *workflow, const char *lead,
                               WfInstant now);
void wf_replay_memory_end_run (WfReplayMemory *self, const WfWorkflow *workflow, const char *lead);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReplayMemory, wf_replay_memory_free)

G_END_DECLS
