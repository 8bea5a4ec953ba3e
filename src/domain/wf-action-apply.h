/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an action makes of a lead: the same rule for the demo CRM, for replay and for tests. */
#pragma once

#include "wf-action.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

typedef enum
{
  WF_APPLY_CHANGED, /* *after is the lead as it is then */
  WF_APPLY_SAME,    /* it already is so */
  WF_APPLY_NOTHING, /* this kind of action changes no member of a lead */
  WF_APPLY_FURTHER, /* S17: the record is in a later stage already, or out of the pipeline */
  WF_APPLY_UNKNOWN, /* no such stage, person or field */
} WfApplyOutcome;

/* lead: the lead's members, nullable (an empty one). organisation: nullable, then any stage may
 * follow any. after: receives a new document when CHANGED; owned by the caller. */
WfApplyOutcome wf_action_apply (const WfAction *action, const WfJson *lead,
                                const WfOrganisation *organisation, WfJsonDocument **after);
/* S17: TRUE when `to` comes after `from` in the pipeline that has both; also from nothing. */
gboolean wf_organisation_is_forward (const WfOrganisation *self, const char *from, const char *to);

G_END_DECLS
