/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes to a workflow that is not shared yet: insert, replace, remove and move steps. Needs no display. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

/* A place in the document: the sequence at the top (branch NULL) or that of a branch's path, and a position in it. */
typedef struct
{
  const char *branch; /* (nullable) step id */
  guint path;
  guint position; /* G_MAXUINT = at the end */
} WfStepPlace;

/* FALSE for a step that was made and not yet put into a document. */
gboolean wf_workflow_edit_has_id (const WfStep *step);
GPtrArray *wf_workflow_edit_get_sequence (WfWorkflow *workflow, const WfStepPlace *place);
gboolean wf_workflow_edit_insert (WfWorkflow *workflow, const WfStepPlace *place, WfStep *step);
gboolean wf_workflow_edit_replace (WfWorkflow *workflow, const char *id, WfStep *step);
gboolean wf_workflow_edit_remove (WfWorkflow *workflow, const char *id);
gboolean wf_workflow_edit_move (WfWorkflow *workflow, const char *id, int by);
gboolean wf_workflow_edit_can_move (WfWorkflow *workflow, const char *id, int by);
gboolean wf_workflow_edit_duplicate (WfWorkflow *workflow, const char *id);
/* RFC 6901 pointer of a step, such as "/steps/1/paths/0/steps/2". Owned by the caller; NULL when there is none. */
char *wf_workflow_edit_make_pointer (const WfWorkflow *workflow, const char *id);

G_END_DECLS
