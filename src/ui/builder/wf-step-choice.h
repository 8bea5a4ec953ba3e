/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kind of step as one that can be chosen, and how well it answers a search. Needs no display. */
#pragma once

#include "wf-step-catalogue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WF_TYPE_STEP_CHOICE (wf_step_choice_get_type ())
G_DECLARE_FINAL_TYPE (WfStepChoice, wf_step_choice, WF, STEP_CHOICE, GObject)

/* Of WfStepChoice, all kinds in the order of their groups. Owned by the caller. */
GListStore *wf_step_choice_list_new (void);
const WfStepKindInfo *wf_step_choice_get_info (WfStepChoice *self);
/* 0: not found. Higher is better; among equals the order of the list counts. */
guint wf_step_choice_rank (WfStepChoice *self, const char *query);
/* Its place in the list, and that of its group. */
guint wf_step_choice_get_position (WfStepChoice *self);
guint wf_step_choice_get_group (WfStepChoice *self);

G_END_DECLS
