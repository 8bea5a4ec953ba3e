/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The health check across workflows (B16): cycles, the same activity twice, groups without members, people who left, workflows that
 * never fired. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: open (const char *workflow): the person wants to see a finding's workflow; the dialog closes itself. */
#define WF_TYPE_HEALTH_DIALOG (wf_health_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfHealthDialog, wf_health_dialog, WF, HEALTH_DIALOG, AdwDialog)

WfHealthDialog *wf_health_dialog_new (WfRuntime *runtime);

G_END_DECLS
