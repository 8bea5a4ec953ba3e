/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back what a workflow created (B13): untouched activities are withdrawn, touched ones are
 * listed. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_TAKE_BACK_DIALOG (wf_take_back_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfTakeBackDialog, wf_take_back_dialog, WF, TAKE_BACK_DIALOG, AdwDialog)

WfTakeBackDialog *wf_take_back_dialog_new (WfRuntime *runtime, WfWorkflow *workflow);

G_END_DECLS
