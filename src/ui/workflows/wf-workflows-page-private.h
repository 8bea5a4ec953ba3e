/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the page know of each other. */
#pragma once

#include "wf-workflow-item.h"
#include "wf-workflows-page.h"

G_BEGIN_DECLS

struct _WfWorkflowsPage
{
  AdwNavigationPage parent_instance;

  AdwToastOverlay *toasts;
  AdwNavigationView *view;
  AdwBreakpointBin *widths; /* its one breakpoint: a narrow window */
  GtkSearchBar *search_bar;
  GtkSearchEntry *search;
  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwBanner *recovered;
  GtkWidget *add_button;
  GtkWidget *templates_button;
  GtkWidget *empty_add;
  GtkListBox *list;

  WfRuntime *runtime; /* (nullable) */
  GListStore *items;
  GtkFilterListModel *shown;
  GtkCustomFilter *filter;
  GtkCustomSorter *sorter;
  char *searched; /* (nullable) what is searched for */
  char *wanted;   /* (nullable) workflow to be opened once the list is there */
  WfWorkflowOrder order;
  gboolean archived;                 /* the archive is shown */
  GCancellable *looking_for_unsaved; /* (owned) (nullable) NULL: not yet for this account */
  GPtrArray
      *left_behind; /* (owned) (nullable) of WfRecoveredDraft: unsaved work of an earlier process */
  GCancellable *cancellable;
};

void wf_workflows_page_say (WfWorkflowsPage *self, const char *text);
/* NULL when the list has no such workflow. */
WfWorkflowItem *wf_workflows_page_find_item (WfWorkflowsPage *self, const char *id);
void wf_workflows_page_open_item (WfWorkflowsPage *self, WfWorkflowItem *item, WfWorkflow *edited);

/* wf-workflows-page-commands.c: what can be done with a workflow of the list */
void wf_workflows_page_install_commands (GtkWidgetClass *widget_class);

/* wf-workflows-page-recovery.c: work that an earlier process left unsaved */
void wf_workflows_page_look_for_unsaved (WfWorkflowsPage *self);
void wf_workflows_page_bring_back (WfWorkflowsPage *self);
/* Those of another account are no longer offered. */
void wf_workflows_page_forget_unsaved (WfWorkflowsPage *self);

G_END_DECLS
