/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edited workflow would change for whom (B1, B14): past events through the live version and
 * through the edited one. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: publish (): after the difference was seen, the person wants it published; the dialog has
 * closed. Its button is there only where somebody listens. */
#define WF_TYPE_COMPARE_DIALOG (wf_compare_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfCompareDialog, wf_compare_dialog, WF, COMPARE_DIALOG, AdwDialog)

WfCompareDialog *wf_compare_dialog_new (WfRuntime *runtime, WfWorkflow *edited);
/* A trial beside live (B21): started here when there is none yet. */
WfCompareDialog *wf_compare_dialog_new_for_trial (WfRuntime *runtime, WfWorkflow *edited);

G_END_DECLS
