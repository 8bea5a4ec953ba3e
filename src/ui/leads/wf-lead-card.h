/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a lead: the properties of its card, and in an expander what else the CRM told. */
#pragma once

#include "wf-lead.h"
#include "wf-minute-clock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_LEAD_CARD (wf_lead_card_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadCard, wf_lead_card, WF, LEAD_CARD, AdwBin)

/* organisation: nullable. */
void wf_lead_card_show (WfLeadCard *self, const WfLead *lead, const WfOrganisation *organisation,
                        WfMinuteClock *minutes);

G_END_DECLS
