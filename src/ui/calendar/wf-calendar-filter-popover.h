/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses to what the calendar is limited: people, groups, types, workflows; by names, too. */
#pragma once

#include "wf-calendar-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: changed (): the person chose something. */
#define WF_TYPE_CALENDAR_FILTER_POPOVER (wf_calendar_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (WfCalendarFilterPopover, wf_calendar_filter_popover, WF,
                      CALENDAR_FILTER_POPOVER, GtkPopover)

void wf_calendar_filter_popover_set_runtime (WfCalendarFilterPopover *self, WfRuntime *runtime);
/* The origin is left alone: it is the switch's. */
void wf_calendar_filter_popover_set_filter (WfCalendarFilterPopover *self,
                                            const WfCalendarFilter *filter);
const WfCalendarFilter *wf_calendar_filter_popover_get_filter (WfCalendarFilterPopover *self);

G_END_DECLS
