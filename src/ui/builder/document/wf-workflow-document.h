/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workflow that is being edited: every change is a new immutable version; undo goes back
 * through them. */
#pragma once

#include "wf-selection-state.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Properties: can-undo, can-redo, modified (booleans). Signals: changed (); saved (): by
 * mark_saved. */
#define WF_TYPE_WORKFLOW_DOCUMENT (wf_workflow_document_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowDocument, wf_workflow_document, WF, WORKFLOW_DOCUMENT, GObject)

WfWorkflowDocument *wf_workflow_document_new (WfWorkflow *workflow, WfOrganisation *organisation);
WfWorkflow *wf_workflow_document_get_workflow (WfWorkflowDocument *self);
WfOrganisation *wf_workflow_document_get_organisation (WfWorkflowDocument *self);
const WfProblems *wf_workflow_document_get_problems (WfWorkflowDocument *self);
void wf_workflow_document_change (WfWorkflowDocument *self, WfWorkflow *next, const char *merge);
/* As change; name: of the change, translated ("Delete Step"), for tooltips and announcements. */
void wf_workflow_document_change_named (WfWorkflowDocument *self, WfWorkflow *next,
                                        const char *merge, const char *name);
/* As change_named; selection: what is selected after it; taken, nullable: as before. */
void wf_workflow_document_change_selecting (WfWorkflowDocument *self, WfWorkflow *next,
                                            const char *merge, const char *name,
                                            WfSelectionState *selection);
void wf_workflow_document_undo (WfWorkflowDocument *self);
void wf_workflow_document_redo (WfWorkflowDocument *self);
/* Of the change that undo or redo is about; NULL when there is none or it has no name. Borrowed. */
const char *wf_workflow_document_get_undo_name (WfWorkflowDocument *self);
const char *wf_workflow_document_get_redo_name (WfWorkflowDocument *self);
/* What the latest change, undo or redo did, to be told: "Delete Step", "Undone: Delete Step"; NULL
 * when the change has no name. Borrowed, valid until the document changes. */
const char *wf_workflow_document_get_news (WfWorkflowDocument *self);
/* What is selected in the present version, as of the latest change, undo, redo or set_selection;
 * nullable, borrowed. */
WfSelectionState *wf_workflow_document_get_selection (WfWorkflowDocument *self);
/* Told by what keeps the selection; referenced. */
void wf_workflow_document_set_selection (WfWorkflowDocument *self, WfSelectionState *selection);
/* The present version as compact text, and the one that was saved last. Borrowed, valid until the
 * document changes. */
const char *wf_workflow_document_get_text (WfWorkflowDocument *self);
const char *wf_workflow_document_get_saved_text (WfWorkflowDocument *self);
gboolean wf_workflow_document_is_modified (WfWorkflowDocument *self);
void wf_workflow_document_mark_saved (WfWorkflowDocument *self, WfWorkflow *saved);
WfProblems *wf_workflow_document_try_step (WfWorkflowDocument *self, const WfStepPlace *place,
                                           const WfStep *step, char **pointer);

G_END_DECLS
