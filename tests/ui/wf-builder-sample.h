/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows to edit in tests of the builder. */
#pragma once

#include "wf-step-selection.h"

G_BEGIN_DECLS

/* a; b: branch of three paths (b1, b2: branch with c1 | nothing | b3); d; e. */
WfWorkflow *wf_builder_sample_new (void);
/* Steps as in a document, without the brackets; text is one workflow. */
WfWorkflow *wf_builder_sample_read (const char *steps);
/* With members that nobody knows, a condition and a kind that cannot be read, and settings that are wrong. */
WfWorkflow *wf_builder_sample_new_damaged (void);
/* Of n steps, every tenth a branch of three. */
WfWorkflow *wf_builder_sample_new_large (guint n);
/* "a b(b1 b2(c1|)||b3) d e": the ids with what is inside of their paths. Owned by the caller. */
char *wf_builder_sample_outline (const WfWorkflow *workflow);
/* Of the selected steps, separated by spaces. Owned by the caller. */
char *wf_builder_sample_selected (WfStepSelection *selection);
/* "trigger", "step a", "path b 1", "place b 1 0". Owned by the caller. */
char *wf_builder_sample_target (const WfTarget *target);
void wf_builder_sample_select (WfStepSelection *selection, const char *ids);

G_END_DECLS
