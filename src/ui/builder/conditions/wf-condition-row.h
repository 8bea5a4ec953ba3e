/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the condition editor: the head of a group, a comparison, or one that is only shown as
 * its sentence. */
#pragma once

#include "wf-condition-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  WF_CONDITION_ADD_TEST,
  WF_CONDITION_ADD_GROUP,
  WF_CONDITION_DUPLICATE,
  WF_CONDITION_REMOVE,
  WF_CONDITION_MOVE_UP,
  WF_CONDITION_MOVE_DOWN,
  WF_CONDITION_OUTDENT,
  WF_CONDITION_INDENT,
} WfConditionCommand;

/* Signals: changed (): the draft was changed by the row; command (WfConditionCommand): the person
 * asks for an edit of the tree; suggest (const char *field): values of the field are wanted. */
#define WF_TYPE_CONDITION_ROW (wf_condition_row_get_type ())
G_DECLARE_FINAL_TYPE (WfConditionRow, wf_condition_row, WF, CONDITION_ROW, AdwPreferencesRow)

/* node: lives as long as the row. event_type: nullable. */
GtkWidget *wf_condition_row_new (WfConditionDraft *node, const char *event_type);
WfConditionDraft *wf_condition_row_get_node (WfConditionRow *self);
void wf_condition_row_set_event (WfConditionRow *self, const char *event_type);
/* Shows the node as it is now, its place in the tree and what is wrong with it. */
void wf_condition_row_update (WfConditionRow *self, const WfOrganisation *organisation);
void wf_condition_row_set_suggestions (WfConditionRow *self, const char *field,
                                       const char *const *values);
/* Where the person goes on: the field while there is none, else the value. */
void wf_condition_row_focus_first (WfConditionRow *self);
/* What a drag begins at. */
GtkWidget *wf_condition_row_get_handle (WfConditionRow *self);
/* Distance of the line's beginning from the edge, in pixels. */
int wf_condition_row_get_indent (guint level);

G_END_DECLS
