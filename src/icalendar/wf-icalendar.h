/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities as iCalendar (RFC 5545): for files, and for what is published to other calendars. */
#pragma once

#include "wf-activity.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

/* The UID of an activity in every calendar: its id at our domain. Made of letters, digits, "-", "." and "@"
 * only, so that it can be part of an address. Owned by the caller. */
char *wf_icalendar_make_uid (const char *activity);
/* One VCALENDAR with an entry for each: meetings and calls are VEVENTs, tasks and approvals VTODOs with
 * DUE. organisation: for names; nullable. now: of DTSTAMP. Owned by the caller. */
char *wf_icalendar_write (GPtrArray *activities, const WfOrganisation *organisation, WfInstant now);
/* The same with one entry, for a calendar that keeps it. sequence: counted up with every change, so that
 * no calendar takes an older state for a newer one; it becomes SEQUENCE, and now LAST-MODIFIED. */
char *wf_icalendar_write_one (const WfActivity *activity, const WfOrganisation *organisation,
                              WfInstant now, guint sequence);

G_END_DECLS
