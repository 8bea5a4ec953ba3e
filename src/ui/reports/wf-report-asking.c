/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report's question as this window's account asks it, and its answer. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-report-asking.h"

#include "wf-calendar-layout.h"

/**
 * wf_report_make_query:
 * @runtime: whose activities are counted; it knows its organisation
 * @filter: what the report is about
 * @rule: (nullable): by which commissions are computed
 * @origin: (nullable): static: "web", "flow", or %NULL for all leads (R61)
 * @cancellable: (nullable): to cancel it
 *
 * Returns: (transfer full): the question, asked now by who is signed in, in this computer's zone and week
 */
WfReportQuery *
wf_report_make_query (WfRuntime *runtime, const WfReportFilter *filter,
                      const WfCommissionRule *rule, const char *origin, GCancellable *cancellable)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const WfReportQuery query = {
    .filter = (WfReportFilter *) filter,
    .organisation = wf_runtime_get_organisation (runtime),
    .rule = (WfCommissionRule *) rule,
    .viewer = (char *) wf_runtime_get_person (runtime),
    .origin = origin,
    .now = wf_clock_now (wf_runtime_get_clock (runtime)),
    .zone = zone,
    .first_weekday = wf_calendar_get_first_weekday (),
    .cancellable = cancellable,
  };

  return wf_report_query_copy (&query);
}

static gpointer
prepare (WfStore *store, gpointer cancellable, GError **error)
{
  return GINT_TO_POINTER (wf_report_prepare (store, cancellable, error));
}

/**
 * wf_report_read_ahead:
 * @runtime: whose store is read, in its reading thread
 * @cancellable: when nobody opens them any more
 *
 * What goes wrong is told by the report that is read next.
 */
void
wf_report_read_ahead (WfRuntime *runtime, GCancellable *cancellable)
{
  wf_runtime_read_async (runtime, WF_RIGHT_SEE_REPORTS, prepare, g_object_ref (cancellable),
                         g_object_unref, NULL, cancellable, NULL, NULL);
}

static gpointer
compute (WfStore *store, gpointer data, GError **error)
{
  return wf_report_compute (store, data, error);
}

/**
 * wf_report_read_async:
 * @runtime: whose store is read, in its reading thread
 * @query: the question; copied
 * @cancellable: (nullable): to cancel it
 * @callback: called with the answer; wf_runtime_read_finish() gives the #WfReport, owned by the caller
 * @user_data: for @callback
 *
 * Who may not see reports gets WF_RUNTIME_ERROR_NOT_ALLOWED.
 */
void
wf_report_read_async (WfRuntime *runtime, const WfReportQuery *query, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  wf_runtime_read_async (runtime, WF_RIGHT_SEE_REPORTS, compute, wf_report_query_copy (query),
                         (GDestroyNotify) wf_report_query_free, (GDestroyNotify) wf_report_free,
                         cancellable, callback, user_data);
}
