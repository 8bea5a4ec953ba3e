/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses the event that a test is run with: one of the past, or one that is written here. For
 * workflows that start by themselves or by hand, a lead is chosen. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: chosen (WfEvent *event, WfJsonDocument *lead, const char *title): lead is nullable. */
#define WF_TYPE_EVENT_DIALOG (wf_event_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfEventDialog, wf_event_dialog, WF, EVENT_DIALOG, AdwDialog)

WfEventDialog *wf_event_dialog_new (WfBuilderContext *context);
/* Opens with the form. */
void wf_event_dialog_write_one (WfEventDialog *self);

G_END_DECLS
