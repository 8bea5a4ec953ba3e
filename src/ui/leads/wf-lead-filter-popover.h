/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses which leads the table shows, and keeps such choices under a name. */
#pragma once

#include "wf-lead-filter.h"
#include "wf-runtime-leads.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (): the person chose something else. */
#define WF_TYPE_LEAD_FILTER_POPOVER (wf_lead_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadFilterPopover, wf_lead_filter_popover, WF, LEAD_FILTER_POPOVER,
                      GtkPopover)

/* Once. */
void wf_lead_filter_popover_set_up (WfLeadFilterPopover *self, WfRuntime *runtime);
const WfLeadFilter *wf_lead_filter_popover_get_filter (WfLeadFilterPopover *self); /* borrowed */
/* Copied; says nothing. */
void wf_lead_filter_popover_set_filter (WfLeadFilterPopover *self, const WfLeadFilter *filter);

G_END_DECLS
