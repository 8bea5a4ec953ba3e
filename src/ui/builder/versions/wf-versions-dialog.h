/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of a workflow (R132, B14): author, time, note; any two compared in sentences and on
 * the canvas; restore. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: restored (WfWorkflow *): the person wants this version's content in the editor (as a
 * change that can be undone). */
#define WF_TYPE_VERSIONS_DIALOG (wf_versions_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfVersionsDialog, wf_versions_dialog, WF, VERSIONS_DIALOG, AdwDialog)

WfVersionsDialog *wf_versions_dialog_new (WfBuilderContext *context);

G_END_DECLS
