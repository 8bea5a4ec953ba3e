/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An activity's texts for rows and details. Needs no display. */
#pragma once

#include "wf-activity.h"
#include "wf-day-sections.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

/* Icon of a call, a meeting or an approval; else of the activity's type, for which the organisation (nullable) may name
 * one. Borrowed. */
const char *wf_activity_icon (const WfActivity *activity, const WfOrganisation *organisation);
/* "Call", "Meeting", "Approval"; NULL for what is only a task. Borrowed. */
const char *wf_activity_kind_to_text (WfActivityKind kind);
/* How a closed one ended: "Done late", "Approved", "No longer needed"; NULL while it is open. Borrowed. */
const char *wf_activity_end_to_text (const WfActivity *activity, WfInstant now);
/* What came out of a closed one: "Outcome: no answer", "No longer needed because the lead replied"; NULL when nothing is said
 * about it. organisation: nullable. Owned by the caller. */
char *wf_activity_ending_to_text (const WfActivity *activity, const WfOrganisation *organisation);
/* "Meeting · Padaria Sol · First contact"; with_person adds whose it is. Owned by the caller. */
char *wf_activity_subtitle (const WfActivity *activity, const WfOrganisation *organisation,
                            gboolean with_person);
/* The person's name, "Unassigned", or the id of somebody who is not known (any more). Borrowed. */
const char *wf_activity_person_name (const WfActivity *activity,
                                     const WfOrganisation *organisation);
/* A whole row for a screen reader: "Realizar Filtro 1, Padaria Sol, in 25 minutes, First contact". Owned by the caller. */
char *wf_activity_spoken (const WfActivity *activity, const WfOrganisation *organisation,
                          gboolean with_person, WfInstant now);

/* The deadline beside its section's heading, which names the day of today's and tomorrow's. Owned by the caller. */
char *wf_activity_due_in_section (const WfActivity *activity, WfDaySection section, WfInstant now,
                                  GTimeZone *zone);

typedef enum
{
  WF_URGENCY_NONE,
  WF_URGENCY_SOON, /* due within the hour */
  WF_URGENCY_LATE,
} WfUrgency;
WfUrgency wf_activity_urgency (const WfActivity *activity, WfInstant now);

G_END_DECLS
