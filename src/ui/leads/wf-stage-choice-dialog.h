/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses a stage of the pipelines of leads. */
#pragma once

#include "wf-organisation.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: chosen (const char *stage); the dialog closes itself. */
#define WF_TYPE_STAGE_CHOICE_DIALOG (wf_stage_choice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfStageChoiceDialog, wf_stage_choice_dialog, WF, STAGE_CHOICE_DIALOG,
                      AdwDialog)

AdwDialog *wf_stage_choice_dialog_new (WfOrganisation *organisation);

G_END_DECLS
