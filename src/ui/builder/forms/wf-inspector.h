/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The side panel of the builder: the form of what has the focus (trigger, step, path), or what is
 * selected together. Changes go to the document at once; changes in a row of one setting are undone
 * as one. */
#pragma once

#include "wf-builder-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* For several steps it offers the editor's commands (editor.delete, editor.duplicate, ...), which
 * its ancestors carry out. */
#define WF_TYPE_INSPECTOR (wf_inspector_get_type ())
G_DECLARE_FINAL_TYPE (WfInspector, wf_inspector, WF, INSPECTOR, AdwBin)

void wf_inspector_set_context (WfInspector *self, WfBuilderContext *context);
/* The focus goes to the first field. */
void wf_inspector_focus_first (WfInspector *self);

G_END_DECLS
