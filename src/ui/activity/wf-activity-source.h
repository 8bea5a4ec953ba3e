/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open activities of Today as a paged list with a section a part of the day. */
#pragma once

#include "wf-activity-filter.h"
#include "wf-minute-clock.h"
#include "wf-paged-list.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

typedef struct _WfActivitySource WfActivitySource;

WfActivitySource *wf_activity_source_new (WfRuntime *runtime, WfMinuteClock *minutes);
void wf_activity_source_free (WfActivitySource *self);
WfPagedList *wf_activity_source_get_list (
    WfActivitySource *self); /* borrowed; its rows are WfActivity */

/* Reads anew when something changed. */
void wf_activity_source_set_filter (WfActivitySource *self, const WfActivityFilter *filter);
/* NULL before the first one was set. */
const WfActivityFilter *wf_activity_source_get_filter (WfActivitySource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfActivitySource, wf_activity_source_free)

G_END_DECLS
