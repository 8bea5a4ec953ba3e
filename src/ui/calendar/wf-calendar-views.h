/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of the calendar. Each takes a WfCalendarModel and shows it; what is done with an
 * activity is left to the page by the actions "calendar.open" (s: id), "calendar.reschedule-to"
 * ((sx): id, instant), "calendar.show-day" (s: "2026-11-23"), "calendar.step" (i). Never a widget an
 * activity that is not seen: a view has no more of them than fit into the window. */
#pragma once

#include "wf-calendar-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One activity in a calendar: a focusable widget that draws itself; pooled by the views. Accessible: a
 * button with the whole sentence as its name. Property "activity" (pointer). */
#define WF_TYPE_CALENDAR_CHIP (wf_calendar_chip_get_type ())
G_DECLARE_FINAL_TYPE (WfCalendarChip, wf_calendar_chip, WF, CALENDAR_CHIP, GtkWidget)
GtkWidget *wf_calendar_chip_new (void);
/* tall: title and lead on lines of their own, as a block of a day; else one line. */
void wf_calendar_chip_bind (WfCalendarChip *self, WfActivity *activity, WfCalendarModel *model,
                            gboolean tall);
WfActivity *wf_calendar_chip_get_activity (WfCalendarChip *self); /* borrowed; nullable */
/* The name for a screen reader: "Call, Padaria Sol, 14:30, 2 hours late". Owned by the caller. */
char *wf_calendar_chip_describe (WfActivity *activity, WfCalendarModel *model);

#define WF_TYPE_MONTH_VIEW (wf_month_view_get_type ())
G_DECLARE_FINAL_TYPE (WfMonthView, wf_month_view, WF, MONTH_VIEW, GtkWidget)
GtkWidget *wf_month_view_new (WfCalendarModel *model);

/* A day or a week as columns of time. */
#define WF_TYPE_DAYS_VIEW (wf_days_view_get_type ())
G_DECLARE_FINAL_TYPE (WfDaysView, wf_days_view, WF, DAYS_VIEW, GtkWidget)
GtkWidget *wf_days_view_new (WfCalendarModel *model);

#define WF_TYPE_AGENDA_VIEW (wf_agenda_view_get_type ())
G_DECLARE_FINAL_TYPE (WfAgendaView, wf_agenda_view, WF, AGENDA_VIEW, AdwBin)
GtkWidget *wf_agenda_view_new (WfCalendarModel *model);

/* B6, for managers: a strip above the days, a row a person, a cell a day: workload against capacity. */
#define WF_TYPE_LOAD_STRIP (wf_load_strip_get_type ())
G_DECLARE_FINAL_TYPE (WfLoadStrip, wf_load_strip, WF, LOAD_STRIP, GtkWidget)
GtkWidget *wf_load_strip_new (WfCalendarModel *model);

/* The colour of a type: one of a colour-blind-safe row by its place in the organisation; late is red
 * and a sign, done is dimmed and struck. */
void wf_calendar_get_type_color (const WfOrganisation *organisation, const char *type,
                                 gboolean dark, GdkRGBA *color);

G_END_DECLS
