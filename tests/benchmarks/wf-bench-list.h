/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks of long lists measure: a frame of scrolling beside a bare list, and a query until it is drawn. */
#pragma once

#include "wf-bench-window.h"
#include "wf-paged-list.h"

G_BEGIN_DECLS

#define WF_BENCH_LIST_WIDTH 1024
#define WF_BENCH_LIST_HEIGHT 720

typedef struct
{
  WfBenchWindow window;
  const char *name;  /* of the benchmark */
  char **only;       /* (nullable) borrowed: how the names of the measures that are wanted begin */
  guint size;        /* rows */
  GtkWidget *list;   /* what scrolls; owned by the window */
  guint n_refreshed; /* how often the rows of a query came */
  GtkWidget *(*make_bare) (guint n); /* a list of as many rows and nothing else */
} WfBenchList;

typedef void (*WfBenchAsk) (WfBenchList *self, guint round);

/* Counts what is read for the list. */
void wf_bench_list_follow (WfBenchList *self, WfPagedList *rows);
void wf_bench_list_print (WfBenchList *self, const char *what, double value, double reference);
/* By a wheel's quick steps, and by jumps to rows that were not read before. */
void wf_bench_list_measure_scroll (WfBenchList *self);
/* From the command until the frame with the rows of the query has been painted. What is printed is the first time, the median of the
 * others, and the longest time for which the main loop did nothing else. */
void wf_bench_list_measure_query (WfBenchList *self, const char *what, WfBenchAsk ask);

G_END_DECLS
