/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that a report can be narrowed to, with its names. Needs no display. */
#pragma once

#include "wf-report-choice.h"
#include "wf-runtime.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A list of WfReportChoice, filled from the organisation at once, with workflows and sources when they were read. Signal:
 * chosen (): the person changed an active one. */
#define WF_TYPE_REPORT_CHOICES (wf_report_choices_get_type ())
G_DECLARE_FINAL_TYPE (WfReportChoices, wf_report_choices, WF, REPORT_CHOICES, GObject)

WfReportChoices *wf_report_choices_new (WfRuntime *runtime);
GListModel *wf_report_choices_get_list (WfReportChoices *self); /* borrowed */
void wf_report_choices_reload (WfReportChoices *self);          /* workflows and sources */
/* Which are active; tells nobody. Copied. */
void wf_report_choices_show_filter (WfReportChoices *self, const WfReportFilter *filter);
/* What is active now, written into a filter. */
void wf_report_choices_write (WfReportChoices *self, WfReportFilter *filter);
/* "First contact, version 3"; an id that nobody knows stays. Owned by the caller. */
char *wf_report_choices_dup_name (WfReportChoices *self, WfDimension dimension, const char *id);

G_END_DECLS
