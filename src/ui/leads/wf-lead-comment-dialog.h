/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one comment for several leads. */
#pragma once

#include "wf-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: written (const char *text, GStrv mentions); the dialog closes itself. */
#define WF_TYPE_LEAD_COMMENT_DIALOG (wf_lead_comment_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfLeadCommentDialog, wf_lead_comment_dialog, WF, LEAD_COMMENT_DIALOG,
                      AdwDialog)

/* about: "3 leads". */
AdwDialog *wf_lead_comment_dialog_new (WfRuntime *runtime, const char *about);

G_END_DECLS
