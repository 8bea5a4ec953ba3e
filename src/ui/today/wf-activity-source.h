/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open activities of Today as a paged list with a section a part of the day. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-paged-list.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

typedef struct _WfActivitySource WfActivitySource;

WfActivitySource *wf_activity_source_new (WfRuntime *runtime, WfMinuteClock *minutes);
void wf_activity_source_free (WfActivitySource *self);
WfPagedList *wf_activity_source_get_list (
    WfActivitySource *self); /* borrowed; its rows are WfActivity */

/* Whose activities, and of which leads (R61). person NULL: everyone's. origin: "web", "flow" or NULL for both. Reads anew
 * when something changed. */
void wf_activity_source_set_filter (WfActivitySource *self, const char *person, gboolean unassigned,
                                    const char *origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfActivitySource, wf_activity_source_free)

G_END_DECLS
