/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands about leads have in common, in the store's thread: who sees a lead, who may do what
 * with it, and doing it. */
#pragma once

#include "wf-lead-changes.h"
#include "wf-runtime-leads.h"

G_BEGIN_DECLS

/* Whether the signed-in person sees leads of this owner; NULL: of nobody. */
gboolean wf_lead_sees_owner (WfCommit *self, const char *owner);
/* Also those of which the person has an activity. */
gboolean wf_lead_is_seen (WfCommit *self, const WfLead *lead);
/* The lead as it is shown, when it is seen; else NULL with WF_RUNTIME_ERROR_NOT_FOUND. */
WfLead *wf_lead_find_seen (WfCommit *self, const char *id, GError **error);
/* Who is signed in; NULL with WF_RUNTIME_ERROR_NOT_ALLOWED when nobody of this organisation is. */
const WfPerson *wf_lead_get_actor (WfCommit *self, GError **error);

/* Why this person may not direct the lead there (R66); NULL when it is allowed. person NULL: the queue.
 * Owned by the caller. */
char *wf_lead_explain_direction (const WfLead *lead, const WfOrganisation *organisation,
                                 const WfPerson *actor, const char *person);
/* Why this person cannot be responsible for leads; NULL: they can, or person is the queue (NULL). Owned
 * by the caller. */
char *wf_lead_explain_owner (const WfOrganisation *organisation, const char *person);

typedef enum
{
  WF_LEAD_ASKED,   /* rights are checked */
  WF_LEAD_UNDOING, /* it puts back what this person did */
} WfLeadPurpose;
/* reason, person: nullable. FALSE with WF_RUNTIME_ERROR_NO_LONGER_APPLIES when it is so already. */
gboolean wf_lead_move (WfCommit *self, const WfLead *lead, const char *stage, const char *reason,
                       WfLeadPurpose purpose, GError **error);
gboolean wf_lead_direct (WfCommit *self, const WfLead *lead, const char *person, const char *reason,
                         WfLeadPurpose purpose, GError **error);

G_END_DECLS
