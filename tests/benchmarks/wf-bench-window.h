/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks of pages have in common: a window over the real store and runtime, offline, at a fixed time, and what its
 * frames cost. */
#pragma once

#include "wf-runtime.h"
#include "wf-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WF_BENCH_NOW "2026-11-18T12:00:00Z"
#define WF_BENCH_PERSON "person-7"

typedef struct
{
  WfClock *clock;                    /* (owned) stands still */
  WfRuntime *runtime;                /* (owned) started */
  GtkWidget *window;                 /* (nullable) owned by GTK */
  gint64 frame_began, frame;         /* µs: of the last frame, until it was painted */
  gint64 frame_cpu_began, frame_cpu; /* the same of this thread's processor time */
  gint64 layout_cpu;                 /* of that, until it was to be painted: layout and rows */
  guint n_frames;
} WfBenchWindow;

/* Puts what is numbered from first to before end into the open transaction. FALSE with an error. */
typedef gboolean (*WfBenchPut) (WfStore *store, guint first, guint end, guint n, GError **error);

/* Ends the program when something is wrong. */
void wf_bench_check (gboolean ok, const GError *error);
/* GTK with the program's own style, as it is without a graphics card. */
void wf_bench_window_start_up (void);
/* A new store with an organisation of WF_BENCH_PEOPLE administrators, one of whom uses it, and what is put into it n times. */
void wf_bench_fill (const char *path, guint n, WfBenchPut put);

void wf_bench_window_init (WfBenchWindow *self, const char *path);
/* Shows the page in a window of that size. page: taken. */
void wf_bench_window_open (WfBenchWindow *self, GtkWidget *page, int width, int height);
/* Follows the frames of a widget that is shown. */
void wf_bench_window_watch (WfBenchWindow *self, GtkWidget *widget);
void wf_bench_window_clear (WfBenchWindow *self);

/* What this thread had of the processor, µs: other programs do not count. */
gint64 wf_bench_get_processor_time (void);
double wf_bench_to_ms (gint64 microseconds);
/* Runs the main loop until the counter is above, a minute at most. */
void wf_bench_wait_until_more (const guint *counter, guint than);
/* Until the next frame has been painted. */
void wf_bench_window_wait_frame (WfBenchWindow *self);
/* Runs the main loop until nothing is left of what was before. */
void wf_bench_rest (void);

G_END_DECLS
