/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as rows: all, any or none of them (R98, R139). */
#pragma once

#include "wf-condition.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: changed (). */
#define WF_TYPE_CONDITION_EDITOR (wf_condition_editor_get_type ())
G_DECLARE_FINAL_TYPE (WfConditionEditor, wf_condition_editor, WF, CONDITION_EDITOR,
                      AdwPreferencesGroup)

void wf_condition_editor_set_event (WfConditionEditor *self, const char *event_type);
void wf_condition_editor_set_condition (WfConditionEditor *self, WfCondition *condition,
                                        const WfOrganisation *organisation);
WfCondition *wf_condition_editor_dup_condition (WfConditionEditor *self);

G_END_DECLS
