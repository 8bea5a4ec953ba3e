/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page Workflows: the list, and the editor behind it (R8, R9). */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property: runtime (WfRuntime, nullable). Action: workflows.add. */
#define WF_TYPE_WORKFLOWS_PAGE (wf_workflows_page_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowsPage, wf_workflows_page, WF, WORKFLOWS_PAGE, AdwNavigationPage)

/* Opens the editor with a workflow, such as one read from a file; referenced. */
void wf_workflows_page_edit (WfWorkflowsPage *self, WfWorkflow *workflow);
/* Opens the editor with a workflow of the list; once the list was read. */
void wf_workflows_page_show (WfWorkflowsPage *self, const char *workflow);
/* The list with this in its search. */
void wf_workflows_page_find (WfWorkflowsPage *self, const char *text);

G_END_DECLS
