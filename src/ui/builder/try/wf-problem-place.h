/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a problem of a workflow is: what its pointer names on the canvas, and the place in words.
 * Needs no display. */
#pragma once

#include "wf-builder-target.h"

G_BEGIN_DECLS

/* pointer: RFC 6901, such as "/steps/1/paths/0/steps/2/notes". What is about no step is about the
 * trigger, where the workflow's own settings are. Owned by the caller. */
WfTarget *wf_problem_place_find (const WfWorkflow *workflow, const char *pointer);
/* The sentence of the step or trigger, or "Path “Score 80 or more”". Owned by the caller. */
char *wf_problem_place_to_text (const WfTarget *target, const WfWorkflow *workflow,
                                const WfOrganisation *organisation);

G_END_DECLS
