/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of one lead: where it stands, what is next, what was said and done. */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime-leads.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property, read-only, notified: ready (boolean: what is shown has been read). */
#define WF_TYPE_LEAD_PAGE (wf_lead_page_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadPage, wf_lead_page, WF, LEAD_PAGE, AdwNavigationPage)

/* Once. */
void wf_lead_page_set_up (WfLeadPage *self, WfRuntime *runtime, WfMinuteClock *minutes);
/* id: nullable: nothing is read any more. */
void wf_lead_page_show (WfLeadPage *self, const char *id);
const char *wf_lead_page_get_lead (WfLeadPage *self); /* its id; nullable, borrowed */
gboolean wf_lead_page_is_ready (WfLeadPage *self);

G_END_DECLS
