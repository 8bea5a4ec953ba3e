/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the leads, as its parts share it. */
#pragma once

#include "wf-lead-filter-popover.h"
#include "wf-lead-page.h"
#include "wf-lead-source.h"
#include "wf-lead-text.h"
#include "wf-leads-page.h"
#include "wf-minute-clock.h"
#include "wf-origin-switch.h"
#include "wf-paged-selection.h"
#include "wf-top-keeper.h"

G_BEGIN_DECLS

/* How much room the window has for columns. */
typedef enum
{
  WF_LEADS_ROOM_ONE_COLUMN,
  WF_LEADS_ROOM_HALF,
  WF_LEADS_ROOM_MOST,
  WF_LEADS_ROOM_ALL,
} WfLeadsRoom;

struct _WfLeadsPage
{
  WfPage parent_instance;

  WfRuntime *runtime;          /* of the page; NULL when it is disposed of */
  WfMinuteClock *minutes;      /* of the page */
  WfLeadSource *source;        /* (owned) */
  WfPagedSelection *selection; /* (owned) */
  WfTopKeeper *top;            /* (owned) */
  GCancellable *cancellable;   /* of the page */
  GSettings *settings;         /* (owned) */
  GActionMap *shown;           /* (owned) an action for each column that may be hidden */
  WfLeadsRoom room;
  gboolean selecting; /* the check marks are shown */
  AdwNavigationView *navigation;
  AdwNavigationPage *table_page;
  WfLeadPage *lead_page;
  AdwBanner *banner;
  GtkWidget *add;
  GtkSearchBar *search_bar;
  GtkEditable *search;
  WfOriginSwitch *origin;
  GtkWidget *filter_button;
  WfLeadFilterPopover *filter;
  GtkLabel *count;
  GtkWidget *clear;
  GtkStack *states;
  GtkColumnView *table;
  GtkColumnViewColumn *columns[WF_N_LEAD_COLUMNS];
  GtkWidget *bulk_bar;
  GtkLabel *selected;
  AdwStatusPage *empty;
  AdwStatusPage *error;
};

/* wf-leads-page.c */
WfPagedList *wf_leads_page_get_list (WfLeadsPage *self);

/* wf-lead-columns.c: the table's cells and rows, and how its heads sort. */
void wf_lead_columns_set_up (WfLeadsPage *self);
WfLeadOrder wf_lead_columns_get_order (WfLeadsPage *self, gboolean *descending);
/* order: "name", "stage", ... */
void wf_lead_columns_sort (WfLeadsPage *self, const char *order);

/* wf-lead-columns-shown.c: which of them are chosen, and which of those there is room for. */
void wf_lead_columns_shown_set_up (WfLeadsPage *self);
void wf_lead_columns_shown_update (WfLeadsPage *self);
/* Those that are chosen, however narrow the window, in the order in which the person put them. Of WfLeadColumn; owned by the caller. */
GArray *wf_lead_columns_shown_list (WfLeadsPage *self);

/* wf-leads-bulk.c: what is done with the selected leads. */
void wf_leads_bulk_install_actions (GtkWidgetClass *widget_class);
void wf_leads_bulk_update (WfLeadsPage *self);

G_END_DECLS
