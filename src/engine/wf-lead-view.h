/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lead as events tell of it, put together from several of them. */
#pragma once

#include "wf-event.h"

G_BEGIN_DECLS

/* The members of newer over those of older. Owned by the caller. older: nullable. */
WfJsonDocument *wf_lead_view_merge (const WfJson *older, const WfJson *newer);
/* The event as it would have been with the lead as it is now. Owned by the caller. */
WfEvent *wf_lead_view_renew_event (WfEvent *event, const WfJson *lead);

G_END_DECLS
