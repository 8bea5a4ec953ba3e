/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses a live workflow by searching (R104). */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: chosen (const char *id, const char *name); the dialog closes itself. */
#define WF_TYPE_WORKFLOWS_DIALOG (wf_workflows_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowsDialog, wf_workflows_dialog, WF, WORKFLOWS_DIALOG, AdwDialog)

/* Reads them by itself. */
AdwDialog *wf_workflows_dialog_new (WfRuntime *runtime);

G_END_DECLS
