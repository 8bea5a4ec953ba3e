/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search over everything (ui.md "Frame"): leads, activities, workflows and commands by a few letters. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_TYPE_SEARCH_DIALOG (wf_search_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfSearchDialog, wf_search_dialog, WF, SEARCH_DIALOG, AdwDialog)

/* place: where what is chosen is done, such as the widget that has the keyboard; not kept alive. text: what has been typed already. */
AdwDialog *wf_search_dialog_new (WfRuntime *runtime, GtkWidget *place, const char *text);

G_END_DECLS
