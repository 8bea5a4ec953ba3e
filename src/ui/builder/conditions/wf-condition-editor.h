/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as a tree of lines: groups of all, any or none, nested to any depth that the format
 * allows, and comparisons (R98, R139). Lines are moved by dragging or by Alt with the arrow keys.
 * Under them stands the whole as a sentence. */
#pragma once

#include "wf-builder-context.h"
#include "wf-condition.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (): the person changed something. */
#define WF_TYPE_CONDITION_EDITOR (wf_condition_editor_get_type ())
G_DECLARE_FINAL_TYPE (WfConditionEditor, wf_condition_editor, WF, CONDITION_EDITOR,
                      AdwPreferencesGroup)

/* Whose organisation gives the names, whose runtime the values that are suggested; who may not edit
 * sees the conditions only. nullable; referenced. */
void wf_condition_editor_set_context (WfConditionEditor *self, WfBuilderContext *context);
void wf_condition_editor_set_event (WfConditionEditor *self, const char *event_type);
/* What is shown already is left alone, also what is not finished in it. */
void wf_condition_editor_set_condition (WfConditionEditor *self, WfCondition *condition,
                                        const WfOrganisation *organisation);
WfCondition *wf_condition_editor_dup_condition (WfConditionEditor *self);
/* TRUE when every line is finished and right. */
gboolean wf_condition_editor_is_complete (WfConditionEditor *self);

G_END_DECLS
