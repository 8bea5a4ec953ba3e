/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every part of the builder works on: the document, its selection, and the account behind
 * them. Lives as long as its editor. */
#pragma once

#include "wf-runtime.h"
#include "wf-step-selection.h"

G_BEGIN_DECLS

#define WF_TYPE_BUILDER_CONTEXT (wf_builder_context_get_type ())
G_DECLARE_FINAL_TYPE (WfBuilderContext, wf_builder_context, WF, BUILDER_CONTEXT, GObject)

/* selection: made for the document when NULL. */
WfBuilderContext *wf_builder_context_new (WfRuntime *runtime, WfWorkflowDocument *document,
                                          gboolean editable);
WfRuntime *wf_builder_context_get_runtime (WfBuilderContext *self);
WfWorkflowDocument *wf_builder_context_get_document (WfBuilderContext *self);
WfStepSelection *wf_builder_context_get_selection (WfBuilderContext *self);
WfWorkflow *wf_builder_context_get_workflow (WfBuilderContext *self);         /* borrowed */
WfOrganisation *wf_builder_context_get_organisation (WfBuilderContext *self); /* nullable */
WfClock *wf_builder_context_get_clock (WfBuilderContext *self);
gboolean wf_builder_context_is_editable (WfBuilderContext *self);

G_END_DECLS
