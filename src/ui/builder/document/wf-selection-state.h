/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was selected and had the focus at one moment: kept with each change of the document, so that
 * undo and redo bring it back. Immutable, referenced. Needs no display. */
#pragma once

#include "wf-builder-target.h"

G_BEGIN_DECLS

typedef struct
{
  char **ids;      /* (owned) of the selected steps, in reading order */
  WfTarget *focus; /* (owned) (nullable) */
} WfSelectionState;

WfSelectionState *wf_selection_state_new_take (char **ids, WfTarget *focus);
WfSelectionState *wf_selection_state_ref (WfSelectionState *self); /* NULL gives NULL */
void wf_selection_state_unref (WfSelectionState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfSelectionState, wf_selection_state_unref)

G_END_DECLS
