/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of the workflow that is being edited. Only the present one is whole; each change is
 * kept as the piece of the document's text that it replaced, so that a thousand changes of a
 * thousand steps cost little more than the changes themselves. A version that would not come back
 * byte for byte from its text is kept whole. Needs no display. */
#pragma once

#include "wf-selection-state.h"

G_BEGIN_DECLS

typedef struct _WfWorkflowHistory WfWorkflowHistory;

WfWorkflowHistory *wf_workflow_history_new (WfWorkflow *workflow);
void wf_workflow_history_free (WfWorkflowHistory *self);

WfWorkflow *wf_workflow_history_get_workflow (WfWorkflowHistory *self); /* borrowed */
const char *wf_workflow_history_get_text (WfWorkflowHistory *self);     /* of it, compact */

/* next: taken. merge, name: nullable. before, after: what is selected, referenced, nullable. */
void wf_workflow_history_push (WfWorkflowHistory *self, WfWorkflow *next, const char *merge,
                               const char *name, WfSelectionState *before, WfSelectionState *after);
/* by: -1 undoes, 1 does again. FALSE when there is nothing. selection: receives what was selected
 * then; borrowed. */
gboolean wf_workflow_history_step (WfWorkflowHistory *self, int by, WfSelectionState **selection);
/* Whether there is such a step; name: (optional): receives that of the change, NULL when it has
 * none; borrowed. */
gboolean wf_workflow_history_can_step (WfWorkflowHistory *self, int by, const char **name);
/* The next change is one of its own, whatever it is about. */
void wf_workflow_history_end_merging (WfWorkflowHistory *self);

/* Bytes that the changes take, about; for tests. */
gsize wf_workflow_history_get_size (WfWorkflowHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfWorkflowHistory, wf_workflow_history_free)

G_END_DECLS
