/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads and what is said about them, as they come in from the CRM. */
#pragma once

#include "wf-runtime-private.h"

G_BEGIN_DECLS

/* In the transaction of an event, once its lead was learnt: members that it took away, and a comment
 * that it brought. */
gboolean wf_lead_intake_event (WfCommit *self, WfEvent *event, GError **error);
/* Asks the CRM for comments that are not known here, once in a few minutes. */
void wf_lead_comments_refresh (WfRuntime *self, const char *lead);

#define WF_FACT_LEADS "leads" /* instant up to which leads were read from the CRM */

G_END_DECLS
