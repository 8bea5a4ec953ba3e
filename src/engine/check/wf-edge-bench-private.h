/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the edge-case bench (B19) share. */
#pragma once

#include "wf-edge-bench.h"

G_BEGIN_DECLS

#define WF_BENCH_MINUTE G_TIME_SPAN_MINUTE
#define WF_BENCH_HOUR G_TIME_SPAN_HOUR
#define WF_BENCH_DAY G_TIME_SPAN_DAY

typedef struct
{
  WfOrganisation *organisation; /* (nullable) */
  WfWorkflow *workflow;         /* (owned) as if it were live; its own schedule stands still */
  WfWorkingHours *hours;        /* (owned) the company's, or always open */
  GTimeZone *zone;              /* borrowed from hours */
  WfInstant now;
  GHashTable *fields;     /* (owned) dotted name -> WfJsonDocument: what the conditions ask for */
  GHashTable *changed;    /* (owned) names of fields that change with the event */
  gboolean solved;        /* the events fulfil the conditions */
  GPtrArray *anchors;     /* (owned) of char*: date fields from which steps count */
  const char *owner;      /* (nullable) who owns the leads; borrowed from the organisation */
  gint64 anchor_distance; /* from an event to those dates, in microseconds; may be negative */
  gint64 horizon;         /* how long after the last event delays are followed, in microseconds */
} WfBench;

void wf_bench_init (WfBench *self, WfOrganisation *organisation, WfWorkflow *workflow,
                    WfInstant now);
void wf_bench_clear (WfBench *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfBench, wf_bench_clear)

typedef struct
{
  const char *id;
  WfInstant time;
  const char *type;   /* NULL: the trigger's */
  const char *lead;   /* NULL: "lead-1" */
  const char *owner;  /* NULL: the usual one; "": nobody */
  const char *stage;  /* NULL: the usual one */
  WfInstant anchor;   /* of every date from which steps count; 0: as far away as usual */
  gboolean no_anchor; /* those dates are empty */
  gboolean import;
  gboolean empty; /* nothing but what the conditions ask for */
} WfBenchEvent;
/* Owned by the caller. */
WfEvent *wf_bench_make_event (const WfBench *self, const WfBenchEvent *spec);
/* Fills fields and changed. FALSE when it does not know how. */
gboolean wf_bench_solve (WfBench *self);
/* Whether the trigger's conditions hold for an event of this spec. */
gboolean wf_bench_holds (const WfBench *self, const WfBenchEvent *spec);
/* The first stage beside this one; NULL without one. */
const char *wf_bench_find_other_stage (const WfBench *self, const char *stage);

/* ---- dates; WF_INSTANT_NONE where the calendar has no such thing ---- */

WfInstant wf_bench_find_week_end (const WfBench *self); /* the closing before a long pause */
WfInstant wf_bench_find_saturday (const WfBench *self); /* at ten */
WfInstant wf_bench_find_break (const WfBench *self);    /* the middle of a pause in a day */
WfInstant wf_bench_find_holiday_eve (const WfBench *self, const char **name);
WfInstant wf_bench_find_month_end (const WfBench *self); /* 31 January at ten */
WfInstant wf_bench_find_leap_day (const WfBench *self);  /* 29 February at ten */
WfInstant wf_bench_find_open (const WfBench *self);      /* in the middle of an ordinary day */
/* When the clocks next go forward or back, within two years. *by: microseconds. */
WfInstant wf_bench_find_transition (const WfBench *self, gboolean forward, gint64 *by);
/* "2026-11-20 17:59" in the company's zone. Owned by the caller. */
char *wf_bench_format (const WfBench *self, WfInstant at);

/* ---- running ---- */

/* What is kept of an effect. */
typedef struct
{
  char key[WF_UUID_LENGTH + 1];
  WfEffectKind kind;
  char *step, *lead, *person; /* (owned) (nullable) */
  char *title;                /* (owned) what people know it by */
  WfInstant at;               /* when it was carried out */
  WfInstant base;
  WfInstant due, remind; /* of activities */
  gboolean activity, business_hours, arrived_late;
} WfBenchEffect;

typedef struct
{
  const WfBench *bench;
  WfEdgeCase *edge;
  GArray *effects;   /* (owned) of WfBenchEffect */
  char *refusal;     /* (owned) (nullable) why nothing started, as the last verdict says */
  WfInstant arrival; /* of the events that count: nothing can be due before */
  gboolean expects_nothing;
  gboolean started; /* a run began */
} WfBenchRun;

void wf_bench_run_init (WfBenchRun *self, const WfBench *bench, const char *name, char *text);
/* The case, owned by the caller. */
WfEdgeCase *wf_bench_run_end (WfBenchRun *self);
/* events: of WfEvent. */
void wf_bench_run_events (WfBenchRun *self, GPtrArray *events, gboolean hold_imports,
                          guint storm_most_runs);
/* The rules that always hold: nothing twice, nothing due too early, no reminder in closed time. */
void wf_bench_run_check (WfBenchRun *self);
/* Remarks are taken. */
void wf_bench_run_remark (WfBenchRun *self, char *remark);
void wf_bench_run_fail (WfBenchRun *self, char *remark);
guint wf_bench_run_count (const WfBenchRun *self, const char *lead);

G_END_DECLS
