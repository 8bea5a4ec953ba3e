/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The searchable list of steps that can be added: opened by the "+" of an edge, by "/" or the
 * header's button. */
#pragma once

#include "wf-workflow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: chosen (int kind): a WfStepKind. The popover closes itself. Typing searches names and
 * summaries in the user's language; arrows and Enter choose; grouped by the catalogue's groups. */
#define WF_TYPE_STEP_CHOOSER (wf_step_chooser_get_type ())
G_DECLARE_FINAL_TYPE (WfStepChooser, wf_step_chooser, WF, STEP_CHOOSER, GtkPopover)

WfStepChooser *wf_step_chooser_new (void);
/* Empties the search and selects the first. */
void wf_step_chooser_reset (WfStepChooser *self);

G_END_DECLS
