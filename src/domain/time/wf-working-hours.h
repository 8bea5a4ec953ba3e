/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company's working hours: zone, week and holidays (S3). Immutable, atomic reference count. */
#pragma once

#include "wf-clock.h"
#include "wf-json-cursor.h"
#include "wf-json-writer.h"

G_BEGIN_DECLS

typedef struct _WfWorkingHours WfWorkingHours;

/* Reads the member "working-hours". Problems: unknown zone, unreadable or overlapping or reversed
 * spans, bad dates. NULL after an error. A missing value gives the always-open calendar in UTC
 * without a problem. */
WfWorkingHours *wf_working_hours_read (const WfJsonCursor *cursor);
WfWorkingHours *wf_working_hours_new_always_open (GTimeZone *zone);
WfWorkingHours *wf_working_hours_ref (WfWorkingHours *self);
void wf_working_hours_unref (WfWorkingHours *self);
void wf_working_hours_write (const WfWorkingHours *self, WfJsonWriter *writer, const char *name);

GTimeZone *wf_working_hours_get_zone (const WfWorkingHours *self);
gboolean wf_working_hours_is_always_open (const WfWorkingHours *self);
/* Intervals are half-open: at the closing instant it is closed. */
gboolean wf_working_hours_is_open (const WfWorkingHours *self, WfInstant at);
/* at itself when open, else the next opening. WF_INSTANT_NONE when there is none within ten
 * years. */
WfInstant wf_working_hours_next_open (const WfWorkingHours *self, WfInstant at);
/* at itself when open or a closing instant (S5), else the last closing before it. WF_INSTANT_NONE
 * likewise. */
WfInstant wf_working_hours_previous_close (const WfWorkingHours *self, WfInstant at);
/* Name of the holiday on the local day of the instant, or NULL. Borrowed. */
const char *wf_working_hours_get_holiday (const WfWorkingHours *self, WfInstant at);

/* The open spans that touch [from, until), in order: for rulers, calendars and reports.
 * spans: array of WfOpenSpan. Owned by the caller. */
typedef struct
{
  WfInstant open;
  WfInstant close;
} WfOpenSpan;
GArray *wf_working_hours_get_spans (const WfWorkingHours *self, WfInstant from, WfInstant until);
/* Open time between two instants, in microseconds. */
gint64 wf_working_hours_open_time_between (const WfWorkingHours *self, WfInstant from,
                                           WfInstant until);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfWorkingHours, wf_working_hours_unref)

G_END_DECLS
