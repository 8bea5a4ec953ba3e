/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Past events of the account through two documents, page by page off the main loop. */
#pragma once

#include "wf-runtime-private.h"

G_BEGIN_DECLS

/* Events of [from, until) through the live version and through this one; the task returns the
 * result as a pointer. Takes the task. */
typedef void (*WfComparisonDone) (GTask *task, WfCompareResult *result, GError *error);
/* done: takes the task, and the result or the error. */
void wf_comparison_run (WfRuntime *self, WfWorkflow *edited, WfInstant from, WfInstant until,
                        GTask *task, WfComparisonDone done);

G_END_DECLS
