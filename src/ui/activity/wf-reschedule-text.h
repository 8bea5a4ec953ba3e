/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new deadline as a person enters it, checked (S7). Needs no display. */
#pragma once

#include "wf-activity.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

/* What is to be rescheduled, and where and when it is asked. */
typedef struct
{
  const WfActivity *const *activities; /* at least one */
  guint n_activities;
  const WfOrganisation *organisation; /* (nullable) whose people and working hours are known */
  WfInstant now;
  GTimeZone *zone; /* of the viewer */
} WfRescheduleSubject;

typedef struct
{
  WfInstant due;                             /* WF_INSTANT_NONE when the time cannot be read */
  gboolean same;                             /* all of them are due then already: a time problem */
  const char *time_problem, *reason_problem; /* translated; NULL when right; borrowed */
  char *note; /* (owned) (nullable) what to consider, such as closed hours */
} WfRescheduleCheck;

/* year, month (1-12), day: of the viewer's calendar. Clear the check after use. */
WfRescheduleCheck wf_reschedule_check (const WfRescheduleSubject *subject, int year, int month,
                                       int day, const char *time, const char *reason);
void wf_reschedule_check_clear (WfRescheduleCheck *self);

/* What to consider of a time that is allowed: the responsible is away, a holiday, closed hours. NULL: nothing. Owned by the
 * caller. organisation: nullable. */
char *wf_reschedule_find_concern (const WfOrganisation *organisation, const WfActivity *activity,
                                  WfInstant due);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WfRescheduleCheck, wf_reschedule_check_clear)

G_END_DECLS
