/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rescheduling from a calendar: the one command of all views. It checks, asks the reason (S7), does it
 * and offers the way back. */
#pragma once

#include "wf-calendar-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is to be said of a new deadline before it is one. */
typedef enum
{
  WF_MOVE_SAME,   /* nothing changes */
  WF_MOVE_FINE,   /* within the working hours */
  WF_MOVE_CLOSED, /* allowed; the note says that it is outside of them, or that the person is away */
  WF_MOVE_REFUSED, /* the note says why: it has passed, or is not this person's to move */
} WfMoveVerdict;

/* Open, and one's own or of somebody whom the person may see. */
gboolean wf_calendar_can_move (WfCalendarModel *model, const WfActivity *activity);
/* note: (out) (optional) in words, NULL without; owned by the caller. Needs no display. */
WfMoveVerdict wf_calendar_check_move (WfCalendarModel *model, const WfActivity *activity,
                                      WfInstant due, char **note);
/* Open, a call or a meeting, and of those that the person may move. */
gboolean wf_calendar_can_set_length (WfCalendarModel *model, const WfActivity *activity);
/* As check_move, of another end; at least five minutes, at most a day. */
WfMoveVerdict wf_calendar_check_length (WfCalendarModel *model, const WfActivity *activity,
                                        WfInstant ends, char **note);
/* The same time of day, days later or earlier, in the zone: what a drag between the days of a month
 * does (S21). */
WfInstant wf_calendar_move_days (WfInstant due, int days, GTimeZone *zone);
/* "Tuesday, 24 November, 10:30". Owned by the caller. */
char *wf_calendar_describe_move (WfCalendarModel *model, WfInstant due);

/* moved: FALSE when the person changed their mind or it was refused. Called once, in any case, while
 * over is in a window. */
typedef void (*WfRescheduleDone) (gboolean moved, gpointer data);
/* A small question for the reason at a place of a widget (at NULL: the whole of it), then the command,
 * a message with Undo, and an announcement for screen readers. What is refused is said at once. done:
 * nullable. */
void wf_calendar_reschedule (GtkWidget *over, const GdkRectangle *at, WfCalendarModel *model,
                             WfActivity *activity, WfInstant due, WfRescheduleDone done,
                             gpointer data);
/* How long a call or a meeting lasts. No reason is asked: its deadline stays. */
void wf_calendar_set_length (GtkWidget *over, WfCalendarModel *model, WfActivity *activity,
                             WfInstant ends, WfRescheduleDone done, gpointer data);
/* "Until 11:30, 45 minutes". Owned by the caller. */
char *wf_calendar_describe_length (WfCalendarModel *model, WfInstant from, WfInstant until);

G_END_DECLS
