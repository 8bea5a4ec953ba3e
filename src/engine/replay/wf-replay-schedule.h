/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replay's ticks: when workflows with a schedule start on the virtual clock, by themselves or
 * for each lead that the events told of. */
#pragma once

#include "wf-engine.h"

G_BEGIN_DECLS

typedef struct _WfReplaySchedule WfReplaySchedule;
typedef struct _WfReplayTick WfReplayTick;

/* Enters a tick in the replay's agenda. tick: a reference is taken by the callee. */
typedef void (*WfReplayTickFunc) (WfInstant at, WfReplayTick *tick, gpointer user_data);
/* The lead as it is known; borrowed until the next call. */
typedef const WfJson *(*WfReplayLeadFunc) (const char *lead, gpointer user_data);

/* engine: borrowed, must outlive it. */
WfReplaySchedule *wf_replay_schedule_new (WfEngine *engine, WfReplayTickFunc enter,
                                          WfReplayLeadFunc get_lead, gpointer user_data);
void wf_replay_schedule_free (WfReplaySchedule *self);
/* The clock begins: intervals count from here, ticks come later than this. */
void wf_replay_schedule_begin (WfReplaySchedule *self, WfInstant at);
/* An event told of its lead, whose dates may be others now; it may be the last one
 * (lead.deleted). */
void wf_replay_schedule_tell (WfReplaySchedule *self, const WfEvent *event, WfInstant now);
/* The same for what an action made of a lead. lead: as it is now; NULL: it is gone. */
void wf_replay_schedule_set_lead (WfReplaySchedule *self, const char *id, const WfJson *lead,
                                  WfInstant now);
/* A tick fell due: enters the next one. What happens now, of WfEvent, in the order in which the
 * leads became known; empty when the date has changed since. Owned by the caller. */
GPtrArray *wf_replay_schedule_fire (WfReplaySchedule *self, const WfReplayTick *tick,
                                    WfInstant now);
void wf_replay_tick_release (gpointer tick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfReplaySchedule, wf_replay_schedule_free)

G_END_DECLS
