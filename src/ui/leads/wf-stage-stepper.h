/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a lead side by side: where it is, and one step away where it may go. */
#pragma once

#include "wf-stage-steps.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: chosen (const char *stage, gboolean needs_reason): the person wants the lead there; refused (const char *reason): they
 * wanted to go where the process does not let them (B25).
 *
 * One stop for Tab; the arrow keys go along the steps, Enter and Space choose. To a screen reader it is a group of radio buttons
 * of which the present stage is the checked one; what is refused stays within reach of the keyboard, so that its reason can be
 * read there. */
#define WF_TYPE_STAGE_STEPPER (wf_stage_stepper_get_type ())
G_DECLARE_FINAL_TYPE (WfStageStepper, wf_stage_stepper, WF, STAGE_STEPPER, GtkWidget)

GtkWidget *wf_stage_stepper_new (void);
/* steps: of WfStageStep, referenced. */
void wf_stage_stepper_set_steps (WfStageStepper *self, GPtrArray *steps);

G_END_DECLS
