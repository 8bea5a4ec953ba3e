/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for the ids of leads, looked up when somebody looks: from the activities that are known of them. */
#pragma once

#include "wf-runtime.h"

G_BEGIN_DECLS

/* Signal: found (const char *lead), with the lead as its detail. */
#define WF_TYPE_LEAD_NAMES (wf_lead_names_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadNames, wf_lead_names, WF, LEAD_NAMES, GObject)

WfLeadNames *wf_lead_names_new (WfRuntime *runtime);
/* The name, or NULL while it is looked up and when there is none. Borrowed. */
const char *wf_lead_names_get (WfLeadNames *self, const char *lead);

G_END_DECLS
