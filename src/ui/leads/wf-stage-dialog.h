/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks why a lead goes back, or why it is lost (S17). */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: answered (const char *reason): not empty; the dialog closes itself. */
#define WF_TYPE_STAGE_DIALOG (wf_stage_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfStageDialog, wf_stage_dialog, WF, STAGE_DIALOG, AdwAlertDialog)

/* lead: its name, or how many; stage: where it goes. */
AdwDialog *wf_stage_dialog_new (const char *lead, const char *stage);

G_END_DECLS
