/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up that configures an action (R13-R25). */
#pragma once

#include "wf-workflow-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_ACTION_DIALOG (wf_action_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfActionDialog, wf_action_dialog, WF, ACTION_DIALOG, AdwDialog)

WfActionDialog *wf_action_dialog_new (WfWorkflowDocument *document, const WfStepPlace *place,
                                      const WfStep *step, WfClock *clock);

G_END_DECLS
