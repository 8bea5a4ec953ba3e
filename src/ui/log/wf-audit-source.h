/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail as a paged list. */
#pragma once

#include "wf-audit-text.h"
#include "wf-paged-list.h"
#include "wf-runtime.h"

G_BEGIN_DECLS

typedef struct _WfAuditSource WfAuditSource;

WfAuditSource *wf_audit_source_new (WfRuntime *runtime);
void wf_audit_source_free (WfAuditSource *self);
WfPagedList *wf_audit_source_get_list (WfAuditSource *self); /* borrowed */
const WfLogEntry *wf_audit_row_get_entry (gpointer row);     /* of a row of the list */
/* offset and limit are not looked at. */
void wf_audit_source_set_query (WfAuditSource *self, const WfAuditQuery *query);

/* Everything that the query finds, as CSV. names: must stay as long. */
void wf_audit_source_export_async (WfAuditSource *self, const WfLogNames *names,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
GBytes *wf_audit_source_export_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfAuditSource, wf_audit_source_free)

G_END_DECLS
