/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up of a step (R13): the form, Cancel and Save. An invalid form says what is wrong in
 * place and cannot be saved (R25). */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_STEP_DIALOG (wf_step_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfStepDialog, wf_step_dialog, WF, STEP_DIALOG, AdwDialog)

/* step: copied; with the id of one that is there it replaces it, else it is put at place.
 * Ctrl+Enter saves, Esc cancels. */
WfStepDialog *wf_step_dialog_new (WfBuilderContext *context, const WfStepPlace *place,
                                  const WfStep *step);

G_END_DECLS
