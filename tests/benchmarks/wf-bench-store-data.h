/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks of the store put in: events, runs, activities and outbox items of a believable size. */
#pragma once

#include "wf-store.h"

G_BEGIN_DECLS

#define WF_BENCH_LEADS 100000
#define WF_BENCH_PEOPLE 50
#define WF_BENCH_WORKFLOWS 200

typedef struct
{
  WfEvent *event;                              /* (owned) */
  WfActivity *activity;                        /* (owned) */
  char *verdicts, *run_key, *workflow, *state; /* (owned) */
  char *content; /* (owned) everything of it that is text, for a plain row of the same size */
} WfBenchItem;

/* The n-th: a year holds about a million, ids are as good as random, leads and people too. */
void wf_bench_item_init (WfBenchItem *self, guint n);
void wf_bench_item_clear (WfBenchItem *self);
WfInstant wf_bench_get_time (guint n);

/* One event with all that follows from it, in the open transaction. FALSE with an error. */
gboolean wf_bench_item_store (const WfBenchItem *self, WfStore *store, GError **error);
/* A batch in one transaction, with the cursor. Ends the program after an error. Result: seconds. */
double wf_bench_store_batch (WfStore *store, const WfBenchItem *items, guint n_items);

double wf_bench_get_median (double *values, guint n_values);
/* One JSON line. reference 0: none. */
void wf_bench_print (const char *name, const char *unit, double value, double reference);

G_END_DECLS
