/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows for the tests of the canvas's geometry and drawing. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

/* From "steps" as in a document. */
WfWorkflow *wf_flow_sample_read (const char *trigger, const char *steps);
WfOrganisation *wf_flow_sample_organisation (void);
/* Of about that many steps, with branches in branches; the same seed gives the same. */
WfWorkflow *wf_flow_sample_random (guint32 seed, guint n_steps);

G_END_DECLS
