/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leads that the table shows, read a page at a time; sorting and finding are the query's. */
#pragma once

#include "wf-lead-filter.h"
#include "wf-paged-list.h"
#include "wf-runtime-leads.h"

G_BEGIN_DECLS

typedef struct _WfLeadSource WfLeadSource;

WfLeadSource *wf_lead_source_new (WfRuntime *runtime);
void wf_lead_source_free (WfLeadSource *self);
WfPagedList *wf_lead_source_get_list (WfLeadSource *self); /* rows: WfLead; borrowed */
/* The first one begins the reading. text, origin: nullable; filter: copied. What changes nothing reads nothing. The rows of the query
 * before stay until the answer. */
void wf_lead_source_set_query (WfLeadSource *self, const WfLeadFilter *filter, const char *text,
                               const char *origin, WfLeadOrder order, gboolean descending);
/* FALSE: the rows are not yet those of the query. */
gboolean wf_lead_source_is_answered (WfLeadSource *self);
/* All that the table shows, as comma-separated values. After the first query. columns: of WfLeadColumn, in the order of the file. */
void wf_lead_source_export_async (WfLeadSource *self, GArray *columns, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GBytes *wf_lead_source_export_finish (WfLeadSource *self, GAsyncResult *result, GError **error);

G_END_DECLS
