/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading, writing and checking of workflow documents share. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

#define WF_WORKFLOW_FORMAT 1
#define WF_WORKFLOW_MOST_DEPTH 16 /* of branches in branches */
#define WF_WORKFLOW_MOST_STEPS 10000

/* The members that an object of the format has. members: those of a member that is an object
 * itself. */
typedef struct _WfKnown
{
  const char *name;
  const struct _WfKnown *members; /* NULL: not looked into */
} WfKnown;

extern const WfKnown wf_known_workflow[], wf_known_trigger[], wf_known_path[];
/* The members of a step of this kind. */
const WfKnown *wf_known_step (WfStepKind kind);
const WfKnown *wf_known_find (const WfKnown *known, const char *name);

extern const char *const wf_permission_scope_names[]; /* "all", "groups", NULL */

WfWorkflow *wf_workflow_alloc (void);

G_END_DECLS
