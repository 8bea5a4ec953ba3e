/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses to what a report is narrowed, in all of its dimensions. */
#pragma once

#include "wf-report-choices.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: clear (): the person wants everything again. */
#define WF_TYPE_REPORT_FILTER_POPOVER (wf_report_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (WfReportFilterPopover, wf_report_filter_popover, WF, REPORT_FILTER_POPOVER,
                      GtkPopover)

void wf_report_filter_popover_set_choices (WfReportFilterPopover *self, WfReportChoices *choices);
void wf_report_filter_popover_set_narrow (WfReportFilterPopover *self, gboolean narrow);

G_END_DECLS
