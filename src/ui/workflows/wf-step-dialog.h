/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog of a notify or a wait step. */
#pragma once

#include "wf-workflow-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_STEP_DIALOG (wf_step_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfStepDialog, wf_step_dialog, WF, STEP_DIALOG, AdwDialog)

WfStepDialog *wf_step_dialog_new (WfWorkflowDocument *document, const WfStepPlace *place,
                                  const WfStep *step);

G_END_DECLS
