/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What starts the workflow: name, objective, event (searchable, R10), schedule, how often, other
 * settings, and its conditions. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows and changes the document by itself. */
#define WF_TYPE_TRIGGER_FORM (wf_trigger_form_get_type ())
G_DECLARE_FINAL_TYPE (WfTriggerForm, wf_trigger_form, WF, TRIGGER_FORM, AdwBin)

void wf_trigger_form_set_context (WfTriggerForm *self, WfBuilderContext *context);
/* The event when there is none yet, else the name. */
void wf_trigger_form_focus_first (WfTriggerForm *self);

G_END_DECLS
