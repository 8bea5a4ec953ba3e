/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting open time and working days forward and backward (S1, S2, S5). */
#pragma once

#include "wf-working-hours.h"

G_BEGIN_DECLS

typedef enum
{
  WF_OPEN_TIME_OK,
  WF_OPEN_TIME_NONE,         /* ten years without an opening */
  WF_OPEN_TIME_OUT_OF_RANGE, /* before the year 1 or after 9999 */
} WfOpenTimeResult;

/* amount: microseconds of open time, > 0. The result may be a closing instant. */
WfOpenTimeResult wf_open_time_add (const WfWorkingHours *hours, WfInstant from, gint64 amount,
                                   WfInstant *result);
/* The result may be an opening instant. */
WfOpenTimeResult wf_open_time_subtract (const WfWorkingHours *hours, WfInstant from, gint64 amount,
                                        WfInstant *result);
WfOpenTimeResult wf_open_time_find_next_open (const WfWorkingHours *hours, WfInstant at,
                                              WfInstant *result);
WfOpenTimeResult wf_open_time_find_previous_close (const WfWorkingHours *hours, WfInstant at,
                                                   WfInstant *result);
/* S2: the same wall time on the Nth following working day, put into that day's hours. from must be
 * open. */
WfOpenTimeResult wf_open_time_add_working_days (const WfWorkingHours *hours, WfInstant from,
                                                gint64 days, WfInstant *result);

G_END_DECLS
