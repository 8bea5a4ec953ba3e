/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report's question as this window's account asks it, and its answer. */
#pragma once

#include "wf-report.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* Asked now, by who is signed in, in this computer's zone and week. rule, origin, cancellable: nullable; the runtime knows its
 * organisation. Owned by the caller. */
WfReportQuery *wf_report_make_query (WfRuntime *runtime, const WfReportFilter *filter,
                                     const WfCommissionRule *rule, const char *origin,
                                     GCancellable *cancellable);
/* Somebody opens the reports: what all of them need is read while the page is built. */
void wf_report_read_ahead (WfRuntime *runtime, GCancellable *cancellable);
/* wf_report_compute in the reading thread; wf_runtime_read_finish gives the WfReport. query: copied. */
void wf_report_read_async (WfRuntime *runtime, const WfReportQuery *query,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);

G_END_DECLS
