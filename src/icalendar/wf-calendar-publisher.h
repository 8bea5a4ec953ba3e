/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a person's own calendar in step with their open activities (R87, R125, R169). */
#pragma once

#include "wf-calendar-store.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* Activities that are due later than this are not published yet. */
#define WF_CALENDAR_PUBLISHER_DAYS 90

typedef enum
{
  WF_PUBLISHER_OFF,
  WF_PUBLISHER_WORKING, /* something is put, removed or looked for */
  WF_PUBLISHER_UP_TO_DATE,
  WF_PUBLISHER_WAITING, /* tries again by itself; see get_problem */
  WF_PUBLISHER_PROBLEM, /* only the person can help; see get_problem */
} WfPublisherState;

/* Signal: changed (): anything that the getters tell. */
#define WF_TYPE_CALENDAR_PUBLISHER (wf_calendar_publisher_get_type ())
G_DECLARE_FINAL_TYPE (WfCalendarPublisher, wf_calendar_publisher, WF, CALENDAR_PUBLISHER, GObject)

/* Reads what was published before from the runtime's folder, and goes on with it. */
WfCalendarPublisher *wf_calendar_publisher_new (WfRuntime *runtime, WfCalendars *calendars);
/* Ends what is under way: call it before the last reference is given up. */
void wf_calendar_publisher_stop (WfCalendarPublisher *self);

/* Begins to publish; only while it is off. only_meetings: else tasks and approvals too, where the calendar
 * takes them. */
void wf_calendar_publisher_begin (WfCalendarPublisher *self, const WfCalendarTarget *target,
                                  gboolean only_meetings);
void wf_calendar_publisher_set_only_meetings (WfCalendarPublisher *self, gboolean only_meetings);
/* Removes everything that was published, then it is off: also over a restart. */
void wf_calendar_publisher_leave (WfCalendarPublisher *self);
/* It is off at once; what was published stays where it is. */
void wf_calendar_publisher_forget (WfCalendarPublisher *self);
/* Tries again now instead of at the end of a pause. */
void wf_calendar_publisher_poke (WfCalendarPublisher *self);

WfClock *wf_calendar_publisher_get_clock (WfCalendarPublisher *self);
WfPublisherState wf_calendar_publisher_get_state (WfCalendarPublisher *self);
const WfCalendarTarget *wf_calendar_publisher_get_target (WfCalendarPublisher *self); /* nullable */
gboolean wf_calendar_publisher_get_only_meetings (WfCalendarPublisher *self);
gboolean wf_calendar_publisher_is_busy (WfCalendarPublisher *self); /* a pass is under way */
gboolean wf_calendar_publisher_is_leaving (WfCalendarPublisher *self);
guint wf_calendar_publisher_get_n_published (WfCalendarPublisher *self);
guint wf_calendar_publisher_get_n_refused (WfCalendarPublisher *self); /* by the calendar */
/* When everything was last in step; WF_INSTANT_NONE: never yet. */
WfInstant wf_calendar_publisher_get_last (WfCalendarPublisher *self);
const char *wf_calendar_publisher_get_problem (WfCalendarPublisher *self); /* in words; nullable */

G_END_DECLS
