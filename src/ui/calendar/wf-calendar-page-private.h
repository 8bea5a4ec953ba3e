/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the calendar's page share: the page itself, and its commands. */
#pragma once

#include "wf-calendar-page.h"

#include "wf-activity-actions.h"
#include "wf-activity-details.h"
#include "wf-calendar-filter-popover.h"
#include "wf-calendar-views.h"
#include "wf-origin-switch.h"

G_BEGIN_DECLS

/* For the header. */
typedef enum
{
  WF_CALENDAR_ROOM_SMALL,  /* a telephone: the date only */
  WF_CALENDAR_ROOM_SLIM,   /* a short date */
  WF_CALENDAR_ROOM_NARROW, /* the date, the views are below */
  WF_CALENDAR_ROOM_TIGHT,  /* a short date and the views */
  WF_CALENDAR_ROOM_WIDE,
} WfCalendarRoom;

struct _WfCalendarPage
{
  WfPage parent_instance;

  WfRuntime *runtime;        /* of the page; NULL when it is disposed of */
  WfMinuteClock *minutes;    /* of the page */
  WfCalendarModel *model;    /* (owned) */
  GSettings *settings;       /* (owned) */
  GActionGroup *actions;     /* (owned) "today" */
  GCancellable *cancellable; /* of the page */
  GtkWidget *made[4];        /* (nullable) the views, by WfCalendarView, once they were wanted */
  GtkWidget *load;           /* (nullable) the strip, in load_place */
  gboolean filter_chosen;    /* the default of the role was set */
  gboolean choosing;         /* the date chooser or the toggles are being set by us */
  double scrolled;           /* sideways, since the fingers came down */
  AdwOverlaySplitView *split;
  GtkLabel *title_label;
  GtkPopover *date_popover;
  GtkCalendar *chooser;
  GtkMenuButton *title_button;
  GtkMenuButton *filter_button;
  WfCalendarFilterPopover *filter_popover;
  AdwBanner *banner;
  GtkWidget *bars;
  AdwBreakpointBin *bin;
  AdwBreakpoint *medium, *tight, *lone, *narrow, *slim, *small;
  GtkWidget *today_button;
  GtkWidget *narrow_bar; /* the views once more, below the calendar */
  AdwToggleGroup *views;
  WfOriginSwitch *origin;
  GtkStack *states;
  AdwBin *load_place;
  GtkStack *stack;
  AdwStatusPage *error;
  GtkLabel *nothing;
  WfActivityDetails *details;
};

/* wf-calendar-page.c */
/* Shows the details of the activity beside or over the calendar. */
void wf_calendar_page_show_details (WfCalendarPage *self, WfActivity *activity);
void wf_calendar_page_open (WfCalendarPage *self, const char *activity);
GtkWidget *wf_calendar_page_get_view (WfCalendarPage *self); /* that is shown; nullable */
/* The model shows what the filter of the popover says. */
void wf_calendar_page_use_filter (WfCalendarPage *self);
void wf_calendar_page_update_actions (WfCalendarPage *self);

/* wf-calendar-page-commands.c */
extern const WfActivityActionsPage wf_calendar_page_activity_actions;
void wf_calendar_page_install_actions (GtkWidgetClass *widget_class);
/* Fingers: sideways on a touch screen or a touchpad; the wheel over a month. */
void wf_calendar_page_add_gestures (WfCalendarPage *self);

G_END_DECLS
