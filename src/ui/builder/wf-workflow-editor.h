/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor of a workflow as an outline (R9-R26, B17). */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_WORKFLOW_EDITOR (wf_workflow_editor_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowEditor, wf_workflow_editor, WF, WORKFLOW_EDITOR, AdwNavigationPage)

WfWorkflowEditor *wf_workflow_editor_new (WfRuntime *runtime, WfWorkflow *workflow,
                                          WfWorkflow *published);

G_END_DECLS
