/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder: a workflow as canvas and outline, with inspector, problems,
 * test, versions. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_WORKFLOW_EDITOR (wf_workflow_editor_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowEditor, wf_workflow_editor, WF, WORKFLOW_EDITOR, AdwNavigationPage)

WfWorkflowEditor *wf_workflow_editor_new (WfRuntime *runtime, WfWorkflow *workflow,
                                          WfWorkflow *published);
/* The workflow that the editor was made with is kept nowhere yet: it is a draft to be saved before
 * anything is changed. */
void wf_workflow_editor_mark_new (WfWorkflowEditor *self);
/* Goes on with work that an earlier process left behind; edited: a change of
 * the workflow that the editor was made with. */
void wf_workflow_editor_bring_back (WfWorkflowEditor *self, WfWorkflow *edited);

G_END_DECLS
