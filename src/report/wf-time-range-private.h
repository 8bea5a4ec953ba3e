/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How ranges of time are made. */
#pragma once

#include "wf-period.h"
#include "wf-zone-table.h"

G_BEGIN_DECLS

#define WF_DAY_SPAN G_TIME_SPAN_DAY

WfTimeStep wf_time_step_of_days (gint64 n_days);
/* Days as in wf-civil-date.h, both included. */
WfTimeRange *wf_time_range_new (const WfZoneTable *zone, gint64 first, gint64 last, WfTimeStep step,
                                GDateWeekday first_weekday);
/* Ends at this instant, when that is within. */
void wf_time_range_cut (WfTimeRange *self, WfInstant until);

G_END_DECLS
