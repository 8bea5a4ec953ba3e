/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The edge-case bench (B19): one workflow against generated events at the dates and in the orders
 * on which others fail. Pure. */
#pragma once

#include "wf-replay.h"

G_BEGIN_DECLS

typedef struct
{
  /* (owned) "dst-gap", "month-end", "leap-day", "friday-17-59", "holiday", "twice", "out-of-order",
   * "deleted-lead", ... */
  char *name;
  char *text;       /* (owned) what is tried, in the user's language */
  GPtrArray *lines; /* (owned) of char*: JSON lines as of a replay */
  /* (owned) of char*: what a manager should look at, in the user's language; often none */
  GPtrArray *remarks;
  gboolean failed; /* a rule was broken: a remark says which */
} WfEdgeCase;
void wf_edge_case_free (WfEdgeCase *self);

/* now: around which dates are chosen. Of WfEdgeCase; owned by the caller. */
GPtrArray *wf_edge_bench_run (WfOrganisation *organisation, WfWorkflow *workflow, WfInstant now);

G_END_DECLS
