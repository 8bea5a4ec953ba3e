/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A problem of the edited workflow in the list of them, with its place. Needs no display. */
#pragma once

#include "wf-builder-target.h"

G_BEGIN_DECLS

/* Properties, read-only: icon, kind ("Error", "Warning"), text, place, spoken (strings),
 * css-classes (strings: of the icon). */
#define WF_TYPE_PROBLEM_ITEM (wf_problem_item_get_type ())
G_DECLARE_FINAL_TYPE (WfProblemItem, wf_problem_item, WF, PROBLEM_ITEM, GObject)

WfProblemItem *wf_problem_item_new (const WfProblem *problem, const WfWorkflow *workflow,
                                    const WfOrganisation *organisation);
const WfTarget *wf_problem_item_get_target (WfProblemItem *self);
const char *wf_problem_item_get_text (WfProblemItem *self);

G_END_DECLS
