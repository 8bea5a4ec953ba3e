/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stage of a stepper. */
#pragma once

#include "wf-stage-steps.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WF_TYPE_STAGE_BUTTON (wf_stage_button_get_type ())
G_DECLARE_FINAL_TYPE (WfStageButton, wf_stage_button, WF, STAGE_BUTTON, GtkButton)

GtkWidget *wf_stage_button_new (void);
/* step: borrowed until the next one. position: from 0. */
void wf_stage_button_set_step (WfStageButton *self, const WfStageStep *step, guint position,
                               guint n_steps);
const WfStageStep *wf_stage_button_get_step (WfStageButton *self); /* borrowed */

G_END_DECLS
