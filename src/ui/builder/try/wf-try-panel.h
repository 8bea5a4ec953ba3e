/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder's bottom panel: problems, and the test. A past event or one that is written here runs
 * through the edited workflow on a virtual clock, without any effect; the path lights up step by
 * step on the canvas with every condition's value. */
#pragma once

#include "wf-builder-context.h"
#include "wf-flow-marks.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: marks-changed (): see get_marks; reveal (WfTarget *): a problem or a stop of the test
 * was activated. */
#define WF_TYPE_TRY_PANEL (wf_try_panel_get_type ())
G_DECLARE_FINAL_TYPE (WfTryPanel, wf_try_panel, WF, TRY_PANEL, AdwBin)

void wf_try_panel_set_context (WfTryPanel *self, WfBuilderContext *context);
/* The test's path as far as it lit up; NULL without one. Borrowed. */
WfFlowMarks *wf_try_panel_get_marks (WfTryPanel *self);
void wf_try_panel_show_problems (WfTryPanel *self);
void wf_try_panel_show_test (WfTryPanel *self);
/* "No problems", "2 problems, first: ...": for the bar. Owned by the caller. */
char *wf_try_panel_dup_summary (WfTryPanel *self);

G_END_DECLS
