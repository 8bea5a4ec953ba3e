/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of Today's page share: the page itself, and its commands. */
#pragma once

#include "wf-today-page.h"

#include "wf-activity-details.h"
#include "wf-activity-source.h"
#include "wf-minute-clock.h"
#include "wf-origin-switch.h"

G_BEGIN_DECLS

struct _WfTodayPage
{
  AdwNavigationPage parent_instance;

  WfRuntime *runtime;            /* (owned) */
  WfMinuteClock *minutes;        /* (owned) */
  WfActivitySource *source;      /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  GCancellable *cancellable;     /* (owned) of reading one activity */
  gboolean filter_chosen;        /* the default of the role was set */
  gboolean ready;
  AdwOverlaySplitView *split;
  AdwBanner *banner;
  GtkWidget *filters;
  AdwToggleGroup *people;
  AdwToggle *everyone;
  WfOriginSwitch *origin;
  GtkStack *states;
  GtkListView *list;
  AdwStatusPage *empty;
  AdwStatusPage *error;
  WfActivityDetails *details;
};

/* wf-today-page.c */
WfPagedList *wf_today_page_get_list (WfTodayPage *self);
WfActivity *wf_today_page_get_selected (WfTodayPage *self); /* borrowed; nullable */
/* What a command is about: the details when they are shown, else the selected row. Borrowed; nullable. */
WfActivity *wf_today_page_get_current (WfTodayPage *self);
gboolean wf_today_page_sees_everyone (WfTodayPage *self);
void wf_today_page_on_list_activated (WfTodayPage *self, guint position);

/* wf-today-actions.c */
void wf_today_page_install_actions (GtkWidgetClass *widget_class);
/* Enables what this person may do with the current activity; the runtime checks every command itself. */
void wf_today_page_update_actions (WfTodayPage *self);
void wf_today_page_on_comment (WfTodayPage *self, const char *text);

G_END_DECLS
