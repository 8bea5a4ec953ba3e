/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts two people's changes of one workflow together (S30). Pure. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

/* Member by member of the document, steps by their ids: what only one side changed is taken from
 * that side; what both changed alike is taken once. conflicts: receives a sentence for each place
 * that both changed differently (of char*; nullable); there "mine" is kept. The result is valid to
 * be validated, with the version of theirs. Owned by the caller. */
WfWorkflow *wf_workflow_merge (const WfWorkflow *base, const WfWorkflow *mine,
                               const WfWorkflow *theirs, GPtrArray *conflicts);

G_END_DECLS
