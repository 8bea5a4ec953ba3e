/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the calendar shows: date, view, filter; the days read for it, read again when something
 * changed, and the days beside them read ahead. */
#pragma once

#include "wf-calendar-layout.h"
#include "wf-minute-clock.h"
#include "wf-runtime-day.h"

G_BEGIN_DECLS

typedef struct
{
  char **people;             /* (owned) (nullable) ids; NULL: see mine */
  char **groups;             /* (owned) (nullable): people of them are added */
  char **types, **workflows; /* (owned) (nullable) */
  gboolean everyone;         /* else, without people and groups: only the person's own */
  gboolean closed;           /* also what is done or closed */
  char *origin;              /* (owned) (nullable) R61 */
} WfCalendarFilter;
WfCalendarFilter *wf_calendar_filter_copy (const WfCalendarFilter *self);
void wf_calendar_filter_free (WfCalendarFilter *self);
gboolean wf_calendar_filter_equal (const WfCalendarFilter *a, const WfCalendarFilter *b);
char *wf_calendar_filter_to_text (const WfCalendarFilter *self);
WfCalendarFilter *wf_calendar_filter_parse (const char *text); /* default where it cannot be read */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCalendarFilter, wf_calendar_filter_free)

/* Properties: "view" (int), "date" (boxed GDate), "loaded" (boolean: the days shown are as the store),
 * "error" (boxed GError, nullable). Signals: changed (): span, days or now are others; each minute
 * too, while it is active. selected ().
 *
 * Nothing goes blank between two views: what was shown stays until the new days are read, at most a
 * fifth of a second. So the span's own view and days count for what is drawn: a view whose kind
 * is not that of the span leaves its picture as it is. get_view and get_date are what is wanted. */
#define WF_TYPE_CALENDAR_MODEL (wf_calendar_model_get_type ())
G_DECLARE_FINAL_TYPE (WfCalendarModel, wf_calendar_model, WF, CALENDAR_MODEL, GObject)

WfCalendarModel *wf_calendar_model_new (WfRuntime *runtime, WfMinuteClock *minutes);
WfRuntime *wf_calendar_model_get_runtime (WfCalendarModel *self);
void wf_calendar_model_set_view (WfCalendarModel *self, WfCalendarView view);
WfCalendarView wf_calendar_model_get_view (WfCalendarModel *self);
void wf_calendar_model_set_date (WfCalendarModel *self, const GDate *date);
const GDate *wf_calendar_model_get_date (WfCalendarModel *self);
void wf_calendar_model_step (WfCalendarModel *self, int direction);
void wf_calendar_model_set_filter (WfCalendarModel *self, const WfCalendarFilter *filter);
const WfCalendarFilter *wf_calendar_model_get_filter (WfCalendarModel *self);
/* How many of each day are wanted: as many as a cell of the month has room for; a day and a week take
 * all, up to 500 a day. */
void wf_calendar_model_set_per_day (WfCalendarModel *self, guint per_day);

const WfCalendarSpan *wf_calendar_model_get_span (WfCalendarModel *self);
/* NULL while they are read for the first time. Borrowed until "changed". */
const WfCalendarDays *wf_calendar_model_get_days (WfCalendarModel *self);
/* While it is not active nothing is read: the page is not seen. It begins active. */
void wf_calendar_model_set_active (WfCalendarModel *self, gboolean active);
/* Read again, as after an error. */
void wf_calendar_model_reload (WfCalendarModel *self);
WfInstant wf_calendar_model_get_now (WfCalendarModel *self);
void wf_calendar_model_get_today (WfCalendarModel *self, GDate *today);
GTimeZone *wf_calendar_model_get_zone (WfCalendarModel *self); /* the viewer's */
/* Activities of several people may be in it: each says whose it is. */
gboolean wf_calendar_model_shows_several (WfCalendarModel *self);
/* Whose hours are shaded: the one person shown, else the company. Borrowed; NULL until known. */
WfWorkingHours *wf_calendar_model_get_hours (WfCalendarModel *self);
/* Names of those shown who are away on a day, in words; NULL: nobody. Owned by the caller. */
char *wf_calendar_model_describe_absences (WfCalendarModel *self, guint day);
/* The title of what is wanted: "November 2026", "16–22 November 2026". Owned by the caller. */
char *wf_calendar_model_describe_span (WfCalendarModel *self);
char *wf_calendar_model_describe_span_briefly (WfCalendarModel *self); /* "Nov 2026" */

/* "Wednesday, 18 November 2026". Owned by the caller. */
char *wf_calendar_date_to_text (const GDate *date, gboolean with_year);

/* The selected activity is shared by all views: its id, NULL: none. Signal "selected" (). */
void wf_calendar_model_select (WfCalendarModel *self, const char *activity);
const char *wf_calendar_model_get_selected (WfCalendarModel *self);
WfActivity *wf_calendar_model_get_selected_activity (
    WfCalendarModel *self); /* borrowed; nullable */

G_END_DECLS
