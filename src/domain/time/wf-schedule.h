/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a workflow starts by itself (R127): every so many days, weeks, months or years, by a cron
 * text, or around a date that each lead has. Immutable, atomic reference count. Pure.
 *
 * {"every": "day" | "week" | "month" | "year", "interval": 2, "at": "09:00", "on": ["mon"],
 *  "day": 31, "month": 12, "working-days": true}
 * {"cron": "30 8 * * 1-5"}: five fields: minute, hour, day, month, weekday
 * {"date": "lead.custom.renewal", "offset": duration, "direction": "before" | "after",
 *  "at": "09:00", "yearly": true}
 *
 * Wall time in the zone of the working hours. A day that a month does not have is its last one
 * (S4); a wall time that a clock change leaves out is shifted by the gap, one that comes twice
 * counts once (S21). */
#pragma once

#include "wf-duration.h"
#include "wf-working-hours.h"

G_BEGIN_DECLS

typedef enum
{
  WF_SCHEDULE_EVERY,
  WF_SCHEDULE_CRON,
  WF_SCHEDULE_DATE, /* of each lead */
} WfScheduleKind;

typedef struct _WfSchedule WfSchedule;

/* Problems with paths: unknown words, times and days out of range, cron texts with the place of
 * the mistake. NULL after an error. */
WfSchedule *wf_schedule_read (const WfJsonCursor *cursor);
WfSchedule *wf_schedule_ref (WfSchedule *self);
void wf_schedule_unref (WfSchedule *self);
/* As it was read, unknown members included. */
void wf_schedule_write (const WfSchedule *self, WfJsonWriter *writer, const char *name);
WfScheduleKind wf_schedule_get_kind (const WfSchedule *self);

/* EVERY, CRON: the first instant after `after`; WF_INSTANT_NONE when there is none within ten
 * years ("30 2 30 2 *"). start: the instant from which intervals are counted (when the workflow
 * was published). */
WfInstant wf_schedule_next (const WfSchedule *self, WfInstant after, WfInstant start,
                            const WfWorkingHours *hours);
/* DATE: the instant for a lead with this value of the date ("2026-12-24" or RFC 3339). after:
 * only for yearly ones, the first that is later. WF_INSTANT_NONE when the value is no date, or
 * a single one is not after `after`. */
WfInstant wf_schedule_next_for_date (const WfSchedule *self, const char *date, WfInstant after,
                                     const WfWorkingHours *hours);
const char *wf_schedule_get_date_field (const WfSchedule *self); /* DATE; else NULL */
/* "Every Monday and Thursday at 09:00", "At 08:30, Monday to Friday", "3 days before Renewal at
 * 09:00", in the user's language. Owned by the caller. */
char *wf_schedule_to_text (const WfSchedule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfSchedule, wf_schedule_unref)

G_END_DECLS
