/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers a client who is served in the store (R58). */
#pragma once

#include "wf-runtime-leads.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: created (const char *id): it is on this computer; the dialog closes itself. */
#define WF_TYPE_NEW_LEAD_DIALOG (wf_new_lead_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfNewLeadDialog, wf_new_lead_dialog, WF, NEW_LEAD_DIALOG, AdwDialog)

AdwDialog *wf_new_lead_dialog_new (WfRuntime *runtime);
/* Why nobody with this person's role, or in this person's units, may do that now; NULL when they may. Owned by the caller. */
char *wf_new_lead_explain (WfRuntime *runtime);

G_END_DECLS
