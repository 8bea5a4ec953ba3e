/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clock that stands still until a test moves it. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

#define WF_TYPE_FAKE_CLOCK (wf_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (WfFakeClock, wf_fake_clock, WF, FAKE_CLOCK, WfClock)

/* start: the first wall-clock instant. */
WfFakeClock *wf_fake_clock_new (WfInstant start);
/* As RFC 3339 text; a wrong one ends the test. */
WfFakeClock *wf_fake_clock_new_at (const char *start);
/* Time passes: stops at each alarm on the way, in order, and lets the thread-default main
 * context run there until it is idle, so that an alarm that is armed again on the way is due on
 * the way too. Never backwards. */
void wf_fake_clock_advance_to (WfFakeClock *self, WfInstant at);
void wf_fake_clock_advance (WfFakeClock *self, gint64 microseconds);
/* The same without stopping on the way and without running anything: a busy computer, which comes
 * to what is due when it next runs. */
void wf_fake_clock_pass_over (WfFakeClock *self, gint64 microseconds);
/* Somebody sets the wall clock (or the computer wakes up): every alarm gets
 * WF_ALARM_CLOCK_CHANGED in its main context when that runs next; what is due then comes after
 * it. Forward or backward; the monotonic clock does not move. */
void wf_fake_clock_jump (WfFakeClock *self, WfInstant at);
guint wf_fake_clock_get_n_alarms (WfFakeClock *self);
/* The nearest armed alarm, WF_INSTANT_NONE without one. */
WfInstant wf_fake_clock_get_next_alarm (WfFakeClock *self);
/* Runs the thread-default main context until it is idle, at most 10,000 rounds. */
void wf_fake_clock_run_idle (void);

G_END_DECLS
