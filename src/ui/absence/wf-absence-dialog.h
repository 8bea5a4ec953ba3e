/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells that somebody is away (B10): when, and what becomes of what they have to do. */
#pragma once

#include "wf-runtime-day.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_ABSENCE_DIALOG (wf_absence_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfAbsenceDialog, wf_absence_dialog, WF, ABSENCE_DIALOG, AdwDialog)

/* person: who is away; NULL: the signed-in person. An absence that goes on or is to come is shown
 * and can be changed and ended. Only once the organisation is known. */
AdwDialog *wf_absence_dialog_new (WfRuntime *runtime, const char *person);

G_END_DECLS
