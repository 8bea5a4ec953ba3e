/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time of the window: moves on each full minute while somebody looks, and when the wall clock or the zone changes. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

/* Property, read-only, notified: now (int64, WfInstant). */
#define WF_TYPE_MINUTE_CLOCK (wf_minute_clock_get_type ())
G_DECLARE_FINAL_TYPE (WfMinuteClock, wf_minute_clock, WF, MINUTE_CLOCK, GObject)

WfMinuteClock *wf_minute_clock_new (WfClock *clock);
/* Counts: as many stops as starts end it. A start moves the time at once. */
void wf_minute_clock_start (WfMinuteClock *self);
void wf_minute_clock_stop (WfMinuteClock *self);
WfInstant wf_minute_clock_get_now (
    WfMinuteClock *self); /* the clock's present time, not that of the last minute */
GTimeZone *wf_minute_clock_get_zone (WfMinuteClock *self); /* the viewer's; borrowed */

G_END_DECLS
