/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two versions of a workflow side by side: the differences in sentences (B14), and either version's
 * picture with marks. */
#pragma once

#include "wf-builder-context.h"
#include "wf-flow-marks.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property: narrow (boolean): sentences and picture one above the other. */
#define WF_TYPE_VERSION_COMPARISON (wf_version_comparison_get_type ())
G_DECLARE_FINAL_TYPE (WfVersionComparison, wf_version_comparison, WF, VERSION_COMPARISON, AdwBin)

/* runtime: for the pictures. All are referenced. */
void wf_version_comparison_show (WfVersionComparison *self, WfRuntime *runtime, WfWorkflow *older,
                                 WfWorkflow *newer);
void wf_version_comparison_clear (WfVersionComparison *self);
/* What the picture that is shown now is marked with. Borrowed; NULL before. */
WfFlowMarks *wf_version_comparison_get_marks (WfVersionComparison *self);
/* newer FALSE: the picture of the older one. */

/* The marks of one of the two. Owned by the caller. */
WfFlowMarks *wf_version_comparison_make_marks (const WfWorkflow *older, const WfWorkflow *newer,
                                               gboolean of_newer);

G_END_DECLS
