/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window over one workflow and a runtime in memory, for tests of the builder's panels and dialogs. */
#pragma once

#include "wf-builder-context.h"
#include "wf-fake-clock.h"
#include "wf-fake-runtime.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_BUILDER_FIXTURE_ID "6f0c4a0e-6d0a-4b67-9a55-3f3f6f1b0c11"
#define WF_BUILDER_FIXTURE_NOW "2026-11-18T10:00:00Z"

typedef struct
{
  WfFakeClock *clock;
  WfOrganisation *organisation;
  WfRuntime *runtime;
  GtkWidget *window;
  WfWorkflowDocument *document;
  WfBuilderContext *context;
} WfBuilderFixture;

/* The document as JSON text, without problems. */
WfWorkflow *wf_builder_fixture_read (const char *text);

/* carla edits the workflow, or only sees it; her window is empty. */
void wf_builder_fixture_set_up (WfBuilderFixture *self, WfWorkflow *workflow, int width, int height,
                                gboolean is_editable);
/* Everything has to go with the window. */
void wf_builder_fixture_tear_down (WfBuilderFixture *self, gconstpointer data);

void wf_builder_fixture_present (WfBuilderFixture *self, gpointer dialog);
/* Within some seconds. */
void wf_builder_fixture_assert_shows (WfBuilderFixture *self, const char *text);

G_END_DECLS
