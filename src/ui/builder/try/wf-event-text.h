/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An event of the past in words: whose it is and what it carries. Needs no display. */
#pragma once

#include "wf-event.h"
#include "wf-organisation.h"

G_BEGIN_DECLS

/* The lead's name, else its id, else "No lead". lead: as cached, nullable. Owned by the caller. */
char *wf_event_text_lead (const WfEvent *event, const WfJson *lead);
/* One line of what it carries beside the name, what its type adds first: "New stage: Filtro 1 ·
 * Score: 35". now: for days in words. Owned by the caller; "" when it carries nothing. */
char *wf_event_text_line (const WfEvent *event, const WfJson *lead,
                          const WfOrganisation *organisation, WfInstant now, GTimeZone *zone);
/* A value as people read it: names of people and stages, times in words, "yes". field: nullable.
 * NULL when there is none. Owned by the caller. */
char *wf_event_text_value (const char *field, const WfJson *value,
                           const WfOrganisation *organisation, WfInstant now, GTimeZone *zone);

G_END_DECLS
