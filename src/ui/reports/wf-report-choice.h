/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that a report can be narrowed to: a person, a stage, a version of a workflow. */
#pragma once

#include "wf-report-filter.h"

G_BEGIN_DECLS

/* Property: active (boolean, notified). */
#define WF_TYPE_REPORT_CHOICE (wf_report_choice_get_type ())
G_DECLARE_FINAL_TYPE (WfReportChoice, wf_report_choice, WF, REPORT_CHOICE, GObject)

/* name: as it stands in its section; whole: as it is named elsewhere; order: it is sorted by in its section. */
WfReportChoice *wf_report_choice_new (WfDimension dimension, const char *id, const char *name,
                                      const char *whole, const char *order);
WfDimension wf_report_choice_get_dimension (WfReportChoice *self);
/* Versions stand among the workflows. */
WfDimension wf_report_choice_get_section (WfReportChoice *self);
const char *wf_report_choice_get_id (WfReportChoice *self); /* borrowed, as are the next */
const char *wf_report_choice_get_name (WfReportChoice *self);
const char *wf_report_choice_get_whole (WfReportChoice *self);
const char *wf_report_choice_get_order (WfReportChoice *self);
gboolean wf_report_choice_is_active (WfReportChoice *self);
void wf_report_choice_set_active (WfReportChoice *self, gboolean active);

/* In the list of a filter; wf_report_filter_set_wanted() adds to it or takes from it, and an empty list is none. */
gboolean wf_report_filter_is_wanted (const WfReportFilter *filter, WfDimension dimension,
                                     const char *id);
void wf_report_filter_set_wanted (WfReportFilter *filter, WfDimension dimension, const char *id,
                                  gboolean wanted);
gboolean wf_report_filter_is_narrow (const WfReportFilter *filter);

G_END_DECLS
