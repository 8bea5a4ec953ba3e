/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading, writing and checking of workflow documents share. */
#pragma once

#include "wf-step-catalogue.h"

G_BEGIN_DECLS

#define WF_WORKFLOW_FORMAT 1
#define WF_WORKFLOW_MOST_STEPS 10000

/* What is checked without a problem can be read again: a branch costs four levels of JSON, a level
 * of a condition two; the rest is for settings and for what the workflow is wrapped in. */
G_STATIC_ASSERT (4 * WF_WORKFLOW_MOST_DEPTH + 2 * WF_CONDITION_MOST_DEPTH + 16 <=
                 WF_JSON_MOST_DEPTH);

/* The members that an object of the format has. members: those of a member that is an object
 * itself, NULL where it is not looked into. */
typedef struct _WfKnownMember
{
  const char *name;
  const struct _WfKnownMember *members;
} WfKnownMember;

/* step: the settings of this kind are known too, as the catalogue describes them. */
typedef struct
{
  const WfKnownMember *members; /* ended by one without a name */
  const WfStepKindInfo *step;   /* (nullable) */
} WfKnown;

extern const WfKnown wf_known_workflow, wf_known_trigger, wf_known_path;
/* The members of a step of this kind. */
WfKnown wf_known_step (WfStepKind kind);
/* inner: (optional): receives what is known inside; without members when it is not looked into. */
gboolean wf_known_find (WfKnown known, const char *name, WfKnown *inner);

extern const char *const wf_permission_scope_names[]; /* "all", "groups", NULL */

WfWorkflow *wf_workflow_alloc (void);

G_END_DECLS
