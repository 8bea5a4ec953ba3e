/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people did with leads here and the CRM has not confirmed yet: it lies over what the CRM tells,
 * until it is confirmed or refused (B18). In the store's thread. */
#pragma once

#include "wf-commit.h"

G_BEGIN_DECLS

/* What the CRM told, with what waits over it; only what the CRM's object has. NULL: unknown. Owned by
 * the caller. */
WfLead *wf_lead_changes_dup_lead (WfCommit *self, const char *id);
/* The CRM did not take the new lead: it exists nowhere but here. */
gboolean wf_lead_changes_is_refused_lead (WfStore *store, const char *id);

/* Puts the action into the outbox, and members over the lead. members: nullable; what waits of it
 * changes nothing that is shown. */
gboolean wf_lead_changes_add (WfCommit *self, const WfAction *action, const WfJson *members,
                              GError **error);
/* A comment that lies here until it is on its way; id: see wf_store_add_comment. */
gboolean wf_lead_changes_add_comment (WfCommit *self, const WfAction *action, const char *id,
                                      const char *text, GError **error);

/* What became of an action that no run has asked for: SENT when it is on its way, LOCAL when it waits
 * for another try. *changed: something that is shown. */
gboolean wf_lead_changes_mark (WfStore *store, const WfOutboxItem *item, const WfAction *action,
                               WfSyncState sync, gboolean *changed, GError **error);
/* The CRM has carried it out; at: no older than what it told of the lead (nullable). note: why it
 * did nothing, nullable. */
gboolean wf_lead_changes_confirm (WfCommit *self, const WfOutboxItem *item, const WfAction *action,
                                  const WfJson *lead, const char *note, WfInstant at,
                                  GError **error);
gboolean wf_lead_changes_refuse (WfCommit *self, const WfOutboxItem *item, const WfAction *action,
                                 const char *reason, GError **error);
/* A person lets the CRM's state count: nothing of the refused item is left. */
gboolean wf_lead_changes_drop (WfStore *store, const WfOutboxItem *item, GError **error);

#define WF_FACT_LEAD_CHANGES "lead-changes/" /* + lead's id: JSON: what waits, in its order */

G_END_DECLS
