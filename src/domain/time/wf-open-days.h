/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which spans of a local day are open: the week, the holidays, and the zone that turns wall times
 * into instants (S3). */
#pragma once

#include "wf-working-hours.h"
#include "wf-zone-table.h"

G_BEGIN_DECLS

#define WF_SPANS_A_DAY_MOST 24
#define WF_DAYS_WITHOUT_OPENING_MOST 3653 /* ten years: after that there is none */
#define WF_WEEK_DAYS 7

typedef struct
{
  int open, close; /* minutes of the local day; close may be 24:00 */
} WfMinuteSpan;

/* Sorted, apart from each other. */
typedef struct
{
  guint n;
  WfMinuteSpan spans[WF_SPANS_A_DAY_MOST];
} WfWeekdaySpans;

typedef struct
{
  gint64 day;
  const char *name; /* borrowed */
} WfDatedHoliday;

/* Filled by wf-working-hours.c, never changed afterwards. */
typedef struct
{
  WfZoneTable *zone;                 /* (owned) */
  WfWeekdaySpans week[WF_WEEK_DAYS]; /* Monday first */
  GArray *dated;                     /* (owned) of WfDatedHoliday, by day */
  const char *yearly[12][31];        /* names, borrowed; NULL: none */
  gboolean has_yearly;
  gboolean always_open;
} WfOpenDays;

/* The holiday's name on a local day, or NULL. Borrowed. */
const char *wf_open_days_get_holiday (const WfOpenDays *self, gint64 day);

/* A walk over days. Lives on the stack; holds the open spans of the day that was loaded last, as
 * instants. */
typedef struct
{
  const WfOpenDays *days;
  WfSteadyDays steady;
  guint n;
  WfOpenSpan spans[3 * WF_SPANS_A_DAY_MOST];
} WfDayWalk;

void wf_day_walk_init (WfDayWalk *self, const WfOpenDays *days);
/* The spans that start and end on this local day, in order and apart. */
void wf_day_walk_load (WfDayWalk *self, gint64 day);
/* The first day at which a walk forward from this instant has to look; back: the last one for a
 * walk backward. */
gint64 wf_day_walk_get_first_day (WfDayWalk *self, WfInstant at, gboolean back);

/* The insides of a calendar, for the arithmetic on it. */
const WfOpenDays *wf_working_hours_get_open_days (const WfWorkingHours *self);

G_END_DECLS
