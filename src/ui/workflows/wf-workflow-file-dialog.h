/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the workflow of a file as sentences, and the problems in it with their places. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_WORKFLOW_FILE_DIALOG (wf_workflow_file_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfWorkflowFileDialog, wf_workflow_file_dialog, WF, WORKFLOW_FILE_DIALOG,
                      AdwDialog)

/* runtime: nullable; without one the workflow cannot be kept. name: of the file. */
AdwDialog *wf_workflow_file_dialog_new (WfRuntime *runtime, const char *name,
                                        WfJsonDocument *document);

G_END_DECLS
