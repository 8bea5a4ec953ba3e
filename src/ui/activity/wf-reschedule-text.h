/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new deadline as a person enters it, checked (S7). Needs no display. */
#pragma once

#include "wf-working-hours.h"

G_BEGIN_DECLS

typedef struct
{
  WfInstant due;                             /* WF_INSTANT_NONE when the time cannot be read */
  const char *time_problem, *reason_problem; /* translated; NULL when right; borrowed */
  const char *note; /* what to consider, such as closed hours; nullable; borrowed */
} WfRescheduleCheck;

/* year, month (1-12), day: of the viewer's calendar. hours: of the person; nullable. */
WfRescheduleCheck wf_reschedule_check (int year, int month, int day, const char *time,
                                       const char *reason, WfInstant now, GTimeZone *zone,
                                       const WfWorkingHours *hours);

G_END_DECLS
