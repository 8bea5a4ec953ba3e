/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an action's settings would mean for some instants: now, Friday evening, Saturday (B5). Needs no display. */
#pragma once

#include "wf-workflow.h"

G_BEGIN_DECLS

typedef struct
{
  char *when;   /* (owned) "An event now" */
  char *result; /* (owned) "Due Mon 23 Nov, 09:20 · reminder 09:10" */
} WfDeadlineExample;

GPtrArray *wf_deadline_examples_make (const WfCreateActivity *action,
                                      const WfOrganisation *organisation, WfInstant now);

G_END_DECLS
