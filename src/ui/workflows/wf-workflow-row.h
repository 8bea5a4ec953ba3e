/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the list of workflows. */
#pragma once

#include "wf-workflow-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property: narrow (boolean): there is no room for the small picture of the last 30 days, whose
   figures are in the text as well.
   Signal: state-wanted (int WfWorkflowState): the person moved the switch. */
#define WF_TYPE_WORKFLOW_ROW (wf_workflow_row_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowRow, wf_workflow_row, WF, WORKFLOW_ROW, AdwActionRow)

WfWorkflowRow *wf_workflow_row_new (WfWorkflowItem *item, gboolean editable, WfInstant now);
WfWorkflowItem *wf_workflow_row_get_item (WfWorkflowRow *self);

G_END_DECLS
