/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses by what Today's list is narrowed. */
#pragma once

#include "wf-filter-item.h"
#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (): the person chose or removed something. */
#define WF_TYPE_FILTER_POPOVER (wf_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (WfFilterPopover, wf_filter_popover, WF, FILTER_POPOVER, GtkPopover)

void wf_filter_popover_set_runtime (WfFilterPopover *self, WfRuntime *runtime);
/* Kept by both: what is chosen is written into it. */
void wf_filter_popover_set_filter (WfFilterPopover *self, WfActivityFilter *filter);
/* After somebody else changed the filter. */
void wf_filter_popover_read (WfFilterPopover *self);
/* What is active, in the order in which it is offered: of WfFilterItem. */
GPtrArray *wf_filter_popover_list_active (WfFilterPopover *self);

G_END_DECLS
