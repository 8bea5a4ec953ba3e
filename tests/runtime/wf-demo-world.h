/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM over HTTP, and up to three programs that use it. */
#pragma once

#include "wf-demo-server.h"
#include "wf-fake-clock.h"
#include "wf-runtime-fixture.h"
#include "wf-test-folder.h"

G_BEGIN_DECLS

#define WF_DEMO_WORLD_MOST 3

/* The first member of a test's own world. */
typedef struct
{
  WfFakeClock *clock;
  WfTestFolder *folder;
  WfDemoServer *server;
  WfRecordingNotifier *notifiers[WF_DEMO_WORLD_MOST]; /* (nullable) each */
  WfRuntime *runtimes[WF_DEMO_WORLD_MOST];            /* (nullable) each: of those that run */
  const char *tokens[WF_DEMO_WORLD_MOST];             /* whose */
} WfDemoWorld;

/* With tokens; no program runs. */
void wf_demo_world_begin (WfDemoWorld *self, WfDemoFlags flags);
void wf_demo_world_end (WfDemoWorld *self);
void wf_demo_world_start (WfDemoWorld *self, guint index);
void wf_demo_world_stop (WfDemoWorld *self, guint index);

/* Time goes on meanwhile. condition: called with the world. */
void wf_demo_world_wait (gpointer world, gboolean (*condition) (gpointer world));
/* A condition: no program has anything left to do. */
gboolean wf_demo_world_is_settled (gpointer world);

G_END_DECLS
