/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's time as this computer knows it: its own clock, and how far that is wrong. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

#define WF_TYPE_SERVER_CLOCK (wf_server_clock_get_type ())
G_DECLARE_FINAL_TYPE (WfServerClock, wf_server_clock, WF, SERVER_CLOCK, WfClock)

/* clock: this computer's. At first nothing is wrong with it. */
WfServerClock *wf_server_clock_new (WfClock *clock);
/* offset: the server's time minus the computer's, microseconds. When it is another than before,
 * every alarm gets WF_ALARM_CLOCK_CHANGED, as if the clock had been set. */
void wf_server_clock_set_offset (WfServerClock *self, gint64 offset);
gint64 wf_server_clock_get_offset (WfServerClock *self);

G_END_DECLS
