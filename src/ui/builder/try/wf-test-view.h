/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The test of a workflow: an event is chosen, and its way lights up stop by stop on the virtual
 * clock, without any effect (R143). */
#pragma once

#include "wf-builder-context.h"
#include "wf-flow-marks.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: marks-changed (), reveal (WfTarget *). */
#define WF_TYPE_TEST_VIEW (wf_test_view_get_type ())
G_DECLARE_FINAL_TYPE (WfTestView, wf_test_view, WF, TEST_VIEW, AdwBin)

void wf_test_view_set_context (WfTestView *self, WfBuilderContext *context);
/* NULL without a test. Borrowed. */
WfFlowMarks *wf_test_view_get_marks (WfTestView *self);
/* Runs it with the event. lead: nullable. title: what the button says. */
void wf_test_view_run (WfTestView *self, WfEvent *event, WfJsonDocument *lead, const char *title);
/* How many stops there are, and how many have lit up. */
guint wf_test_view_get_n_stops (WfTestView *self);
guint wf_test_view_get_n_shown (WfTestView *self);
/* The first place to go for who uses the keyboard. */
void wf_test_view_focus_first (WfTestView *self);

G_END_DECLS
