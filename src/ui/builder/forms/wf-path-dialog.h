/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog of one path of a branch: its name and when it is taken. */
#pragma once

#include "wf-workflow-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_PATH_DIALOG (wf_path_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfPathDialog, wf_path_dialog, WF, PATH_DIALOG, AdwDialog)

WfPathDialog *wf_path_dialog_new (WfWorkflowDocument *document, const char *branch, guint path);

G_END_DECLS
