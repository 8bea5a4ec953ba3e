/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workflow in the list of workflows. Needs no display. */
#pragma once

#include "wf-runtime.h"

G_BEGIN_DECLS

#define WF_TYPE_WORKFLOW_ITEM (wf_workflow_item_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowItem, wf_workflow_item, WF, WORKFLOW_ITEM, GObject)

WfWorkflowItem *wf_workflow_item_new (WfRuntimeWorkflow *entry, WfOrganisation *organisation);
WfWorkflow *wf_workflow_item_get_workflow (WfWorkflowItem *self);
WfWorkflow *wf_workflow_item_get_latest (WfWorkflowItem *self);
const WfWorkflowFigures *wf_workflow_item_get_figures (WfWorkflowItem *self);
guint wf_workflow_item_get_n_errors (WfWorkflowItem *self);
gboolean wf_workflow_item_was_published (WfWorkflowItem *self);
WfSyncState wf_workflow_item_get_sync (WfWorkflowItem *self);
const char *wf_workflow_item_get_trigger (WfWorkflowItem *self);
gboolean wf_workflow_item_is_archived (WfWorkflowItem *self);
gboolean wf_workflow_item_is_in_conflict (WfWorkflowItem *self);
/* Why one would look at a list of workflows: each is an order of the list. */
typedef enum
{
  WF_WORKFLOW_ORDER_NAME,
  WF_WORKFLOW_ORDER_LAST_RUN,   /* latest first */
  WF_WORKFLOW_ORDER_ACTIVITIES, /* most in the last 30 days first */
  WF_WORKFLOW_ORDER_PROBLEMS,   /* most first */
} WfWorkflowOrder;
/* Names decide between equals, in the order of the user's language. */
int wf_workflow_item_compare (WfWorkflowItem *a, WfWorkflowItem *b, WfWorkflowOrder order);
/* The words of the text are in name or trigger, in any order. */
gboolean wf_workflow_item_matches (WfWorkflowItem *self, const char *text);

G_END_DECLS
