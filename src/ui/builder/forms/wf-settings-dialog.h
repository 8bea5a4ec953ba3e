/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up that configures a step of a kind that the catalogue describes (R13). */
#pragma once

#include "wf-workflow-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_SETTINGS_DIALOG (wf_settings_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfSettingsDialog, wf_settings_dialog, WF, SETTINGS_DIALOG, AdwDialog)

/* step: copied; without an id it is a new one, put at place. Saving changes the document. */
WfSettingsDialog *wf_settings_dialog_new (WfWorkflowDocument *document, const WfStepPlace *place,
                                          const WfStep *step);

G_END_DECLS
