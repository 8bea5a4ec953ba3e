/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workflow that is being edited: every change is a new immutable version, so undo is a stack of them. */
#pragma once

#include "wf-workflow-edit.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Properties: can-undo, can-redo, modified (booleans). Signal: changed (). */
#define WF_TYPE_WORKFLOW_DOCUMENT (wf_workflow_document_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowDocument, wf_workflow_document, WF, WORKFLOW_DOCUMENT, GObject)

WfWorkflowDocument *wf_workflow_document_new (WfWorkflow *workflow, WfOrganisation *organisation);
WfWorkflow *wf_workflow_document_get_workflow (WfWorkflowDocument *self);
WfOrganisation *wf_workflow_document_get_organisation (WfWorkflowDocument *self);
const WfProblems *wf_workflow_document_get_problems (WfWorkflowDocument *self);
void wf_workflow_document_change (WfWorkflowDocument *self, WfWorkflow *next, const char *merge);
void wf_workflow_document_put_step (WfWorkflowDocument *self, const WfStepPlace *place,
                                    const WfStep *step);
void wf_workflow_document_undo (WfWorkflowDocument *self);
void wf_workflow_document_redo (WfWorkflowDocument *self);
gboolean wf_workflow_document_is_modified (WfWorkflowDocument *self);
void wf_workflow_document_mark_saved (WfWorkflowDocument *self, WfWorkflow *saved);
WfProblems *wf_workflow_document_try_step (WfWorkflowDocument *self, const WfStepPlace *place,
                                           const WfStep *step, char **pointer);

G_END_DECLS
