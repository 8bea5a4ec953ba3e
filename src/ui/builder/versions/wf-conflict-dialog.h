/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody else published the workflow while this person edited it (S30): both sides in sentences;
 * keep mine, take theirs, put both together where they do not touch the same, or keep mine as a
 * copy. Nothing is overwritten silently. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: resolved (WfWorkflow *result): what the editor goes on with; it is based on theirs
 * now. */
#define WF_TYPE_CONFLICT_DIALOG (wf_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfConflictDialog, wf_conflict_dialog, WF, CONFLICT_DIALOG, AdwDialog)

/* base: what both began with; nullable when unknown. */
WfConflictDialog *wf_conflict_dialog_new (WfBuilderContext *context, WfWorkflow *base,
                                          WfWorkflow *mine, WfWorkflow *theirs,
                                          const char *their_author);

G_END_DECLS
