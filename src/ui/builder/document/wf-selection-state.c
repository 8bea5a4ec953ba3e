/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was selected and had the focus at one moment. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-selection-state.h"

/* ids: nullable, none. */
WfSelectionState *
wf_selection_state_new_take (char **ids, WfTarget *focus)
{
  WfSelectionState *self = g_rc_box_new0 (WfSelectionState);

  self->ids = ids != NULL ? ids : g_new0 (char *, 1);
  self->focus = focus;
  return self;
}

WfSelectionState *
wf_selection_state_ref (WfSelectionState *self)
{
  return self != NULL ? g_rc_box_acquire (self) : NULL;
}

static void
state_clear (gpointer data)
{
  WfSelectionState *self = data;

  g_strfreev (self->ids);
  wf_target_free (self->focus);
}

void
wf_selection_state_unref (WfSelectionState *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, state_clear);
}
