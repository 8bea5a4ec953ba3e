/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of Today's page share: the page itself, its list, its filters and its commands. */
#pragma once

#include "wf-today-page.h"

#include "wf-activity-details.h"
#include "wf-activity-source.h"
#include "wf-briefing-banner.h"
#include "wf-exceptions-view.h"
#include "wf-filter-popover.h"
#include "wf-minute-clock.h"
#include "wf-origin-switch.h"
#include "wf-paged-selection.h"
#include "wf-top-keeper.h"

G_BEGIN_DECLS

struct _WfTodayPage
{
  WfPage parent_instance;

  WfRuntime *runtime;          /* of the page; NULL when it is disposed of */
  WfMinuteClock *minutes;      /* of the page */
  WfActivitySource *source;    /* (owned) */
  WfPagedSelection *selection; /* (owned) */
  WfTopKeeper *top;            /* (owned) */
  WfActivityFilter *filter;    /* (owned) */
  GSettings *settings;         /* (owned) */
  GCancellable *cancellable;   /* of the page */
  char *offered;     /* (owned) (nullable) whose activities can be chosen, by the person's rights */
  gboolean offering; /* these are being filled in */
  gboolean selecting; /* the check buttons select */
  guint filling;      /* source of filling the rows that nobody sees */
  guint n_bound;      /* rows since the frame below */
  gint64 bound_frame; /* of the list's frame clock */
  AdwOverlaySplitView *split;
  AdwBanner *banner;
  WfBriefingBanner *briefing;
  GtkToggleButton *search_button;
  GtkMenuButton *filter_button;
  GtkToggleButton *select_button;
  GtkWidget *search_bar;
  GtkEditable *search;
  GtkWidget *filters;
  GtkWidget *people_box;
  AdwToggleGroup *people;
  WfOriginSwitch *origin;
  AdwWrapBox *chips;
  WfFilterPopover *popover;
  GtkStack *views;
  WfExceptionsView *exceptions;
  GtkStack *states;
  GtkListView *list;
  AdwStatusPage *empty;
  AdwStatusPage *error;
  AdwToolbarView *toolbars;
  GtkLabel *n_selected;
  WfActivityDetails *details;
};

/* wf-today-page.c */
void wf_today_page_show_state (WfTodayPage *self);
gboolean wf_today_page_sees_everyone (WfTodayPage *self);
gboolean wf_today_page_shows_details (WfTodayPage *self);
void wf_today_page_show_details (WfTodayPage *self, WfActivity *activity);
void wf_today_page_on_list_activated (WfTodayPage *self, guint position);

/* wf-today-list.c */
WfPagedList *wf_today_page_get_list (WfTodayPage *self);
void wf_today_page_set_up_list (WfTodayPage *self);
/* The only selected one. Borrowed; nullable. */
WfActivity *wf_today_page_get_selected (WfTodayPage *self);
/* What a command is about: the details when they are shown, else the selected row. Borrowed; nullable. */
WfActivity *wf_today_page_get_current (WfTodayPage *self);
/* The same when several are selected: all of them, by their deadlines; of WfActivity. */
GPtrArray *wf_today_page_list_targets (WfTodayPage *self);
gboolean wf_today_page_has_several (WfTodayPage *self);
/* The row after what is selected is selected and has the focus: work goes on there. */
void wf_today_page_select_next (WfTodayPage *self);
void wf_today_page_set_selecting (WfTodayPage *self, gboolean selecting);
/* Rows out of view are to say something else. */
void wf_today_page_fill_rows (WfTodayPage *self);
void wf_today_page_focus_list (WfTodayPage *self);

/* wf-today-filters.c */
void wf_today_page_set_up_filters (WfTodayPage *self);
/* After the rights may have changed. */
void wf_today_page_offer_people (WfTodayPage *self);
gboolean wf_today_page_shows_exceptions (WfTodayPage *self);
gboolean wf_today_page_shows_several_people (WfTodayPage *self);
void wf_today_page_on_filter_changed (WfTodayPage *self);
void wf_today_page_on_search_changed (WfTodayPage *self);
void wf_today_page_install_filter_actions (GtkWidgetClass *widget_class);

/* wf-today-actions.c */
void wf_today_page_install_actions (GtkWidgetClass *widget_class);
/* Enables what this person may do with the current activity; the runtime checks every command itself. */
void wf_today_page_update_actions (WfTodayPage *self);
void wf_today_page_on_comment (WfTodayPage *self, const char *text);

/* wf-today-ask.c: commands that ask for something first */
void wf_today_page_reschedule (WfTodayPage *self);
void wf_today_page_reassign (WfTodayPage *self);
void wf_today_page_start_workflow (WfTodayPage *self);
void wf_today_page_snooze_menu (WfTodayPage *self);

G_END_DECLS
