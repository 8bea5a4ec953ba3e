/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which steps of the edited workflow are selected and what has the focus: one for the canvas, the
 * outline and the inspector (B17). What goes away in the document goes away here by itself; an
 * undone deletion is selected again. Needs no display. */
#pragma once

#include "wf-builder-target.h"
#include "wf-workflow-document.h"

G_BEGIN_DECLS

typedef enum
{
  WF_SELECT_REPLACE, /* only this */
  WF_SELECT_TOGGLE,  /* Ctrl */
  WF_SELECT_EXTEND,  /* Shift: all steps of the reading order from the anchor to this */
} WfSelectMode;

/* Signals: changed (): the selected steps; focus-changed (). */
#define WF_TYPE_STEP_SELECTION (wf_step_selection_get_type ())
G_DECLARE_FINAL_TYPE (WfStepSelection, wf_step_selection, WF, STEP_SELECTION, GObject)

WfStepSelection *wf_step_selection_new (WfWorkflowDocument *document);
WfWorkflowDocument *wf_step_selection_get_document (WfStepSelection *self);

/* Never NULL: a new one points at the trigger. Borrowed. */
const WfTarget *wf_step_selection_get_focus (WfStepSelection *self);
/* The focus goes to the target; a step becomes selected as mode says, anything else clears the
 * selection (REPLACE) or leaves it. */
void wf_step_selection_focus (WfStepSelection *self, const WfTarget *target, WfSelectMode mode);
/* The focus goes to the target, the selection stays as it is: Ctrl with an arrow key. */
void wf_step_selection_move_focus (WfStepSelection *self, const WfTarget *target);
gboolean wf_step_selection_is_selected (WfStepSelection *self, const char *id);
guint wf_step_selection_get_n (WfStepSelection *self);
/* Of ids, in reading order. With only_roots, steps inside of a selected branch are left out: what a
 * command works on. Owned by the caller. */
char **wf_step_selection_dup_ids (WfStepSelection *self, gboolean only_roots);
/* Ids that do not exist are ignored; the last one gets the focus. */
void wf_step_selection_set_ids (WfStepSelection *self, const char *const *ids);
/* The same, but the focus stays where it is: a range in a list. */
void wf_step_selection_select_ids (WfStepSelection *self, const char *const *ids);
void wf_step_selection_select_all (WfStepSelection *self);
void wf_step_selection_clear (WfStepSelection *self);

G_END_DECLS
