/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lead as events tell of it, put together from several of them. */
#pragma once

#include "wf-event.h"

G_BEGIN_DECLS

/* The lead's members that the event carries: data.lead, or data.snapshot beside a bare id. NULL when it has none. Borrowed. */
const WfJson *wf_lead_view_get_carried (const WfEvent *event);
/* The members of newer over those of older. Owned by the caller. older: nullable. */
WfJsonDocument *wf_lead_view_merge (const WfJson *older, const WfJson *newer);
/* The event as it would have been with the lead as it is now. Owned by the caller. */
WfEvent *wf_lead_view_renew_event (WfEvent *event, const WfJson *lead);

G_END_DECLS
