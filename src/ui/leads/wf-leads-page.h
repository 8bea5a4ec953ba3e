/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leads: a table, and a page for each. */
#pragma once

#include "wf-page.h"
#include "wf-runtime-leads.h"

G_BEGIN_DECLS

#define WF_TYPE_LEADS_PAGE (wf_leads_page_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadsPage, wf_leads_page, WF, LEADS_PAGE, WfPage)

/* The page of one lead, as win.show-lead (s: id) does. */
void wf_leads_page_show_lead (WfLeadsPage *self, const char *lead);
/* Only those without a next activity (R4), as Today's exceptions do. */
void wf_leads_page_show_without_next (WfLeadsPage *self);

/* The table of all leads, closed ones too, with this in its search. */
void wf_leads_page_find (WfLeadsPage *self, const char *text);

/* What happened to a lead: also a part of an activity's details. */
#define WF_TYPE_LEAD_HISTORY (wf_lead_history_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadHistory, wf_lead_history, WF, LEAD_HISTORY, AdwBin)
GtkWidget *wf_lead_history_new (void);
/* runtime, lead: nullable. most: rows at the beginning; further ones by a button. */
void wf_lead_history_set_lead (WfLeadHistory *self, WfRuntime *runtime, const char *lead,
                               guint most);

G_END_DECLS
