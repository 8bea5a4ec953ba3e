/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pop-up of one path of a branch: its name and when it is taken. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: saved (). */
#define WF_TYPE_PATH_DIALOG (wf_path_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WfPathDialog, wf_path_dialog, WF, PATH_DIALOG, AdwDialog)

/* Saving only tells. context, organisation, condition: nullable. */
WfPathDialog *wf_path_dialog_new (WfBuilderContext *context, const char *event_type,
                                  WfOrganisation *organisation, const char *name,
                                  WfCondition *condition);
const char *wf_path_dialog_get_name (WfPathDialog *self);       /* borrowed */
WfCondition *wf_path_dialog_dup_condition (WfPathDialog *self); /* NULL: always taken */

G_END_DECLS
