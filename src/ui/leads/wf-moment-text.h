/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a lead, in words: one sentence a moment, and what there is to add to it. Needs no display. */
#pragma once

#include "wf-organisation.h"
#include "wf-store.h"

G_BEGIN_DECLS

/* Who reads it, and where names for ids come from. */
typedef struct
{
  const WfOrganisation *organisation; /* nullable */
  const char *person;                 /* the viewer: nullable */
  WfInstant now;
  GTimeZone *zone; /* the viewer's */
} WfMomentReader;

/* All texts are owned by the caller. */

/* "Workflow “Filter 1” ran (version 3)", "Ana completed “Call back”", "Stage changed from “New” to “Filter 1”". */
char *wf_moment_title (const WfLeadMoment *moment, const WfMomentReader *reader);
/* What a comment says, the reason, the outcome, whose it is; NULL: there is nothing to add. */
char *wf_moment_details (const WfLeadMoment *moment, const WfMomentReader *reader);
/* The heading of its day: "Today", "Yesterday", "Monday, 16 November", with the year when it is another. */
char *wf_moment_day (const WfLeadMoment *moment, const WfMomentReader *reader);
/* Relative within the last hours, then the time of day: the day stands above it. */
char *wf_moment_time (const WfLeadMoment *moment, const WfMomentReader *reader);
/* The whole line for a screen reader. */
char *wf_moment_spoken (const WfLeadMoment *moment, const WfMomentReader *reader);
/* Borrowed. */
const char *wf_moment_icon (const WfLeadMoment *moment, const WfMomentReader *reader);
/* A run that failed, a comment that the CRM refuses. */
gboolean wf_moment_is_problem (const WfLeadMoment *moment);
/* The same for the same thing that happened, also when its words changed since. */
char *wf_moment_key (const WfLeadMoment *moment);

G_END_DECLS
