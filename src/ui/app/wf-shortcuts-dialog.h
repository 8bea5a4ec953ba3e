/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the shortcuts of the table of actions. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_SHORTCUTS_DIALOG (wf_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfShortcutsDialog, wf_shortcuts_dialog, WF, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *wf_shortcuts_dialog_new (void);

G_END_DECLS
