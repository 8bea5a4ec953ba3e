/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a person's reminder rules, shared with what reads and writes them. */
#pragma once

#include "wf-reminder-rules.h"

G_BEGIN_DECLS

#define WF_EVERY_DAY 0xfeu /* bits of GDateWeekday, Monday is 1 */

typedef struct
{
  char *type; /* (owned) (nullable) NULL: all that have none of their own */
  guint n;
  WfDuration times[WF_MOST_LEAD_TIMES];
} WfLeadTimes;

struct _WfReminderRules
{
  gatomicrefcount ref_count;
  gboolean at_due, quiet;
  int from, until;       /* minutes of the local day; equal: no hours, only days */
  guint days;            /* bits of GDateWeekday */
  GPtrArray *lead_times; /* (owned) of WfLeadTimes */
};

G_END_DECLS
