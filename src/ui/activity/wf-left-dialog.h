/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names the activities with which something could not be done, and why. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_LEFT_DIALOG (wf_left_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfLeftDialog, wf_left_dialog, WF, LEFT_DIALOG, AdwDialog)

/* left: of WfLeftActivity. */
AdwDialog *wf_left_dialog_new (GPtrArray *left);

G_END_DECLS
