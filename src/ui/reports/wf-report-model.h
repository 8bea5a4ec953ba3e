/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report that is looked at: what it is about, and its numbers, read again off the main loop when either changes. Needs no
 * display. */
#pragma once

#include "wf-report.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

/* Signal: changed (): the report, its state or its filter is another. Numbers stay until the new ones have come, so that
 * nothing flickers; a newer question cancels the older one. Follows the runtime's activities-changed and the day's end. */
#define WF_TYPE_REPORT_MODEL (wf_report_model_get_type ())
G_DECLARE_FINAL_TYPE (WfReportModel, wf_report_model, WF, REPORT_MODEL, GObject)

WfReportModel *wf_report_model_new (void);
void wf_report_model_set_runtime (WfReportModel *self,
                                  WfRuntime *runtime); /* nullable: not any more */
WfRuntime *wf_report_model_get_runtime (WfReportModel *self);
/* Nothing is read while nobody looks. */
void wf_report_model_set_active (WfReportModel *self, gboolean active);
void wf_report_model_reload (WfReportModel *self);

void wf_report_model_set_filter (WfReportModel *self, const WfReportFilter *filter);
const WfReportFilter *wf_report_model_get_filter (WfReportModel *self);
void wf_report_model_set_origin (WfReportModel *self,
                                 const char *origin); /* "web", "flow", NULL (R61) */

const WfReport *wf_report_model_get_report (WfReportModel *self); /* NULL: not yet */
gboolean wf_report_model_is_loading (WfReportModel *self);
/* From 0 to 1; -1: no numbers are under way, or they do not take long. To be asked now and then while it is loading. */
double wf_report_model_get_progress (WfReportModel *self);
const GError *wf_report_model_get_error (
    WfReportModel *self); /* of the last reading; NULL: it went well */

/* Commissions: kept with the account on this computer. Never NULL: nothing per cent at first. */
const WfCommissionRule *wf_report_model_get_rule (WfReportModel *self);
void wf_report_model_set_rule (WfReportModel *self, const WfCommissionRule *rule);

/* What the present report was computed with; NULL before the first. */
const WfReportQuery *wf_report_model_get_query (WfReportModel *self);

/* The activities behind a number (drill-down): *total of all; at most most of them, from the offset. Of WfActivity. */
void wf_report_model_list_part_async (WfReportModel *self, const WfReportPart *part, guint offset,
                                      guint most, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wf_report_model_list_part_finish (WfReportModel *self, GAsyncResult *result,
                                             guint *total, GError **error);

G_END_DECLS
