/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runtime's commands and questions about leads, each run to its end. */
#pragma once

#include "wf-runtime-leads.h"

G_BEGIN_DECLS

gboolean wf_lead_calls_change_stage (WfRuntime *runtime, const char *lead, const char *stage,
                                     const char *reason, GError **error);
gboolean wf_lead_calls_direct (WfRuntime *runtime, const char *lead, const char *person,
                               GError **error);
gboolean wf_lead_calls_comment (WfRuntime *runtime, const char *lead, const char *text,
                                const char *const *mentions, GError **error);
char *wf_lead_calls_create (WfRuntime *runtime, const WfNewLead *lead, GError **error);
WfLeadsResult *wf_lead_calls_change (WfRuntime *runtime, const char *const *leads,
                                     const WfLeadChange *change);
WfLeadsResult *wf_lead_calls_undo (WfRuntime *runtime, const WfLeadsResult *result);
gboolean wf_lead_calls_save_filter (WfRuntime *runtime, const char *page, const char *name,
                                    const char *text, GError **error);

/* NULL when it is not seen. */
WfLead *wf_lead_calls_get (WfRuntime *runtime, const char *id);
/* All that the query finds, by name: "l-1 l-2". query: nullable. Owned by the caller. */
char *wf_lead_calls_list (WfRuntime *runtime, const WfLeadQuery *query);
/* Comments of a lead, newest first: "ana: text (2)" a line, with its sync. Owned by the caller. */
char *wf_lead_calls_list_comments (WfRuntime *runtime, const char *lead);
/* "name=text" a line. Owned by the caller. */
char *wf_lead_calls_list_filters (WfRuntime *runtime, const char *page);

G_END_DECLS
