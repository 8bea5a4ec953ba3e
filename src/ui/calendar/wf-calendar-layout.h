/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of calendars: which days a view shows, where in a day something stands, and what
 * overlaps. Needs no display. Pixels are whole ones of the widget; instants are UTC. */
#pragma once

#include "wf-activity.h"
#include "wf-working-hours.h"

G_BEGIN_DECLS

typedef enum
{
  WF_CALENDAR_DAY,
  WF_CALENDAR_WEEK,
  WF_CALENDAR_MONTH,
  WF_CALENDAR_AGENDA,
} WfCalendarView;
extern const char *const wf_calendar_view_names[]; /* "day", "week", "month", "agenda", NULL */

#define WF_CALENDAR_AGENDA_DAYS 28

/* The days that a view shows around a date. first_weekday: as the locale begins weeks. bounds: n_days
 * + 1 instants, the days' local beginnings: a day may have 23 or 25 hours (S21). */
typedef struct
{
  WfCalendarView view;
  GDate first; /* the first day shown */
  guint n_days;
  guint main_from, main_until; /* of a month: the days that belong to it, half-open */
  WfInstant *bounds;           /* (owned) */
} WfCalendarSpan;
void wf_calendar_span_init (WfCalendarSpan *self, WfCalendarView view, const GDate *date,
                            GDateWeekday first_weekday, GTimeZone *zone);
void wf_calendar_span_clear (WfCalendarSpan *self);
/* The day that an instant is in; -1: none. */
int wf_calendar_span_find (const WfCalendarSpan *self, WfInstant at);
/* One view further; direction 1 or -1. */
void wf_calendar_step (WfCalendarView view, int direction, GDate *date);
GDateWeekday wf_calendar_get_first_weekday (void); /* of the locale (R171) */
gboolean wf_calendar_counts_weeks (void);          /* people of the locale number weeks */
guint wf_calendar_get_week (const GDate *first);   /* ISO 8601, of a row of seven days */

/* A day as a column of time. What has no end takes shown_minutes. Blocks that overlap stand side by
 * side: lane of n_lanes, as wide as the lanes to the right that are free (span). */
typedef struct
{
  gpointer item; /* as given */
  WfInstant from, until;
  int y, height; /* from the top of the day */
  guint lane, n_lanes, span;
} WfCalendarBlock;
/* blocks: item, from and until are given; the rest is filled in. day_height: of the whole day.
 * Sorted by from afterwards. */
void wf_calendar_layout_day (WfCalendarBlock *blocks, guint n, WfInstant day_from,
                             WfInstant day_until, int day_height, int min_height);
/* A position and back, over a day that may not have 24 hours. snap: minutes, 0: none. */
int wf_calendar_instant_to_y (WfInstant at, WfInstant day_from, WfInstant day_until,
                              int day_height);
WfInstant wf_calendar_y_to_instant (int y, WfInstant day_from, WfInstant day_until, int day_height,
                                    int snap);
/* How long an activity is in a calendar: until its end, else 30 minutes for a call or a meeting, and
 * 15 before the deadline for a task: then from is before due. */
void wf_calendar_get_extent (const WfActivity *activity, WfInstant *from, WfInstant *until);

/* The closed stretches of a day, for shading; of WfCalendarStretch, in order. holiday: the whole day's
 * name, nullable (owned). */
typedef struct
{
  WfInstant from, until;
} WfCalendarStretch;
GArray *wf_calendar_list_closed (WfWorkingHours *hours, WfInstant day_from, WfInstant day_until,
                                 char **holiday);

G_END_DECLS
