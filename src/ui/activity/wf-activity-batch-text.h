/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done with activities, and what was left, in words. Needs no display. */
#pragma once

#include "wf-runtime-day.h"

G_BEGIN_DECLS

/* One that could not be done. */
typedef struct
{
  WfActivity *activity; /* (owned) */
  char *reason;         /* (owned) */
} WfLeftActivity;
WfLeftActivity *wf_left_activity_new (WfActivity *activity, const char *reason);
void wf_left_activity_free (WfLeftActivity *self);

/* All owned by the caller. */
/* "Completed “Realizar Filtro 1”", "New deadline: Tomorrow, 09:20", "Reminds you again: Today, 15:30". */
/* remind: of a snooze: when it will remind, or WF_INSTANT_NONE. */
char *wf_batch_text_for_one (const WfDone *done, const WfBulkChange *change, WfInstant remind,
                             WfRuntime *runtime);
/* "12 completed". */
char *wf_batch_text_for_many (guint n, const WfBulkChange *change, WfRuntime *runtime);
/* "2 were left: The activity is done already." */
char *wf_batch_text_for_left (GPtrArray *left);

G_END_DECLS
