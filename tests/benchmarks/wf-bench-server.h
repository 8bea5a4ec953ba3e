/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo CRM in a thread of its own, so that what is measured has the main thread. */
#pragma once

#include "wf-demo-server.h"

G_BEGIN_DECLS

typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  WfDemoServer *server; /* used in its thread, but for its constant strings */
  GMutex lock;
  GCond ready;
  char *uri, *engine, *manager; /* (owned) its address, and tokens of an engine and of a manager */
} WfBenchServer;

/* Returns once it answers. */
void wf_bench_server_start (WfBenchServer *self);
void wf_bench_server_stop (WfBenchServer *self);
/* Does something in the server's thread, and waits for it. */
void wf_bench_server_run (WfBenchServer *self, void (*func) (WfDemoServer *server, gpointer data),
                          gpointer data);

G_END_DECLS
