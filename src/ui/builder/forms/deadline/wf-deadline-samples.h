/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an action's settings give for some instants (B5): now, Friday evening, Saturday, the eve of
 * a holiday, the end of a month; before a date, for some such dates. The sums are the domain's.
 * Needs no display. */
#pragma once

#include "wf-deadline.h"
#include "wf-workflow.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;     /* (owned) "An event on Friday" */
  char *when;     /* (owned) "Fri 20 Nov, 17:50" */
  char *result;   /* (owned) "Due Mon 23 Nov, 09:20 · reminder 09:10" */
  WfInstant from; /* the event, or the date that is counted back from */
  WfDeadline deadline;
} WfDeadlineSample;

/* organisation: nullable, clock time of this computer. Of WfDeadlineSample; empty while the
 * settings cannot be computed. Owned by the caller. */
GPtrArray *wf_deadline_samples_make (const WfCreateActivity *action,
                                     const WfOrganisation *organisation, WfInstant now);
/* The company's hours, or those of a computer that is always open. Owned by the caller. */
WfWorkingHours *wf_deadline_samples_dup_hours (const WfOrganisation *organisation);
/* "Fri 20 Nov, 17:50", with the year when it is not that of `near`. Owned by the caller. */
char *wf_deadline_samples_format (WfInstant at, GTimeZone *zone, WfInstant near);

G_END_DECLS
