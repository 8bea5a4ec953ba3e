/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadline and reminder arithmetic: S1-S6, S21, S24, S26. Pure. */
#pragma once

#include "wf-duration.h"
#include "wf-working-hours.h"

G_BEGIN_DECLS

typedef struct
{
  WfInstant from; /* base time, or with before the anchor date */
  WfInstant
      now; /* creation; WF_INSTANT_NONE: pure arithmetic from `from` alone (workflowctl deadline) */
  WfDuration within;       /* complete within */
  gboolean before;         /* S5: count back from the anchor */
  gboolean business_hours; /* R24: the flag */
  gboolean business_time;  /* S5: minutes and hours before count in open time too */
  WfDuration notify;       /* amount 0: no reminder */
} WfDeadlineRequest;

typedef enum
{
  WF_DEADLINE_OK,
  WF_DEADLINE_ANCHOR_PAST,  /* S5: nothing is created */
  WF_DEADLINE_NO_OPEN_TIME, /* the calendar has no open time within ten years */
  WF_DEADLINE_OUT_OF_RANGE, /* beyond the year 9999 */
} WfDeadlineOutcome;

typedef struct
{
  WfDeadlineOutcome outcome;
  WfInstant due;    /* whole minutes, rounded up (S24) */
  WfInstant remind; /* WF_INSTANT_NONE without notify; with now: never before now (S6: at once) */
  gboolean remind_at_once; /* S6: due - notify <= creation */
  gboolean shortened;    /* S5: the counted-back date had passed, due = min(anchor, now + 30 min) */
  gboolean arrived_late; /* S26 */
} WfDeadline;

/* steps: NULL, or an array that receives the sum line by line (B2, B5) in the user's language; each
 * string is owned by it. */
WfDeadline wf_deadline_compute (const WfDeadlineRequest *request, const WfWorkingHours *hours,
                                GPtrArray *steps);

/* from + duration: business_hours FALSE is clock time for minutes and hours, wall time for days,
 * weeks, months (S21). */
WfInstant wf_deadline_add (WfInstant from, WfDuration duration, gboolean business_hours,
                           const WfWorkingHours *hours);
/* from - duration (S5, S6). open_time: minutes and hours count back in open time; roll_back: a
 * result in closed time goes to the last closing instant before it. */
WfInstant wf_deadline_subtract (WfInstant from, WfDuration duration, gboolean open_time,
                                gboolean roll_back, const WfWorkingHours *hours);
/* A2: due - max(notify, 7 days), not before created. */
WfInstant wf_deadline_visible_from (WfInstant due, WfDuration notify, WfInstant created);

G_END_DECLS
