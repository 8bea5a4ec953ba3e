/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the CRM refused for good, to be decided: sent again, or given up (B18). */
#pragma once

#include "wf-minute-clock.h"
#include "wf-runtime-day.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_REFUSED_DIALOG (wf_refused_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfRefusedDialog, wf_refused_dialog, WF, REFUSED_DIALOG, AdwDialog)

AdwDialog *wf_refused_dialog_new (WfRuntime *runtime, WfMinuteClock *minutes);

G_END_DECLS
