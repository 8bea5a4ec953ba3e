/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A canvas in a window, as the editor puts it, over a runtime in memory: for tests of what it shows. */
#pragma once

#include "wf-builder-context.h"
#include "wf-canvas-sample.h"
#include "wf-fake-clock.h"

G_BEGIN_DECLS

#define WF_CANVAS_FIXTURE_WIDTH 900
#define WF_CANVAS_FIXTURE_HEIGHT 700

typedef struct
{
  WfFakeClock *clock;
  WfRuntime *runtime;
  WfWorkflowDocument *document;
  WfBuilderContext *context;
  WfCanvasSampleWindow view;
} WfCanvasFixture;

/* Without animations; it has been drawn once. workflow: borrowed. */
void wf_canvas_fixture_set_up (WfCanvasFixture *self, WfWorkflow *workflow, gboolean is_editable);
/* Everything has to go with the window; text goes from left to right again. */
void wf_canvas_fixture_tear_down (WfCanvasFixture *self);

/* Everything that waits for a frame has happened. */
void wf_canvas_fixture_wait_for_frame (WfCanvasFixture *self);

G_END_DECLS
