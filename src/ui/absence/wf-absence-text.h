/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Absences in words, and the days that a person enters for one (B10). Needs no display. */
#pragma once

#include "wf-runtime-day.h"

G_BEGIN_DECLS

/* All texts are owned by the caller. zone: of the person who is away; borrowed. */

/* Midnight at the beginning of the day, plus so many days. */
WfInstant wf_absence_find_midnight (int year, int month, int day, int plus, GTimeZone *zone);
/* "19 November to 23 November 2026", "19 November 2026": the days, the last one included. */
char *wf_absence_text_period (WfInstant from, WfInstant until, GTimeZone *zone);
/* "12 activities go to Bruno Castro, 3 move to Monday, 23 November, 1 stays as it is." effects: of
 * WfAbsenceEffect. cover: name, nullable. */
char *wf_absence_text_preview (const GPtrArray *effects, const char *cover, WfInstant until,
                               WfWorkingHours *hours);
/* "Activities go to Bruno Castro", "Deadlines move to the return", "Activities wait". */
char *wf_absence_text_treatment (const WfAbsence *absence, const char *cover);
/* What happened meanwhile: a sentence each, joined. organisation: nullable. */
char *wf_briefing_text (const WfBriefing *briefing, const WfOrganisation *organisation);

G_END_DECLS
