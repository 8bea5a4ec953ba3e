/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time that a report is about: one that moves along with the days, or one that stays. Needs no
 * display. A value. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

typedef enum
{
  WF_PERIOD_TODAY,
  WF_PERIOD_YESTERDAY,
  WF_PERIOD_LAST_7_DAYS, /* up to and with today, as all of these */
  WF_PERIOD_LAST_15_DAYS,
  WF_PERIOD_LAST_30_DAYS,
  WF_PERIOD_THIS_WEEK, /* whole: also the days ahead */
  WF_PERIOD_LAST_WEEK,
  WF_PERIOD_THIS_MONTH,
  WF_PERIOD_LAST_MONTH,
  WF_PERIOD_THIS_QUARTER,
  WF_PERIOD_LAST_QUARTER,
  WF_PERIOD_THIS_YEAR,
  WF_PERIOD_LAST_YEAR,
  WF_PERIOD_FIXED,
} WfPeriodKind;
#define WF_N_PERIODS (WF_PERIOD_FIXED + 1)

typedef struct
{
  WfPeriodKind kind;
  GDate first, last; /* of FIXED, both included */
} WfPeriod;

/* How a period is cut into points of a line. */
typedef enum
{
  WF_TIME_STEP_HOUR,
  WF_TIME_STEP_DAY,
  WF_TIME_STEP_WEEK,
  WF_TIME_STEP_MONTH,
} WfTimeStep;

/* Half-open instants; bounds: n + 1 of them, the beginnings of the points and the end. Days without
 * midnight or with two begin as S21 says. */
typedef struct
{
  WfInstant from, until;
  GTimeZone *zone; /* (owned) */
  GDate first, last;
  WfTimeStep step;
  guint n;
  WfInstant *bounds; /* (owned) */
} WfTimeRange;

/* first_weekday: where weeks begin. */
WfTimeRange *wf_period_resolve (const WfPeriod *self, WfInstant now, GTimeZone *zone,
                                GDateWeekday first_weekday);
/* The time before, of the same length: of this month the last one, of the last seven days the seven
 * before; a period that is not over yet is compared with as much of the one before. */
WfTimeRange *wf_period_resolve_previous (const WfPeriod *self, WfInstant now, GTimeZone *zone,
                                         GDateWeekday first_weekday);
void wf_time_range_free (WfTimeRange *self);
guint wf_time_range_find (const WfTimeRange *self, WfInstant at); /* the point; n when outside */
/* "3 Nov", "14:00", "November": of a point's beginning. Owned by the caller, translated. */
char *wf_time_range_get_label (const WfTimeRange *self, guint point);
char *wf_time_range_to_text (const WfTimeRange *self); /* "1 – 30 November 2026", translated */

const char *wf_period_kind_get_title (WfPeriodKind kind); /* translated: "Last 7 Days" */
/* "last-7-days", "2026-11-01/2026-11-30" (ISO 8601). Owned by the caller. */
char *wf_period_to_text (const WfPeriod *self);
/* FALSE: unknown, or the last day is before the first. */
gboolean wf_period_from_text (const char *text, WfPeriod *period);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfTimeRange, wf_time_range_free)

G_END_DECLS
