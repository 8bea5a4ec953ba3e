/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants in words, as a person reads them in the window: "2 min ago", "Tomorrow, 09:20"; what is left until a deadline is in
 * wf-time-left.h. Needs no display. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

/* All results are owned by the caller. zone: the viewer's, borrowed. */

/* "just now", "2 min ago", "3 h ago", then the day as in wf_time_text_day_and_time. */
char *wf_time_text_ago (WfInstant then, WfInstant now, GTimeZone *zone);
/* "Today, 15:30", "Tomorrow, 09:20", "Yesterday, 17:00", "Monday, 09:20" within six days, else with the date. */
char *wf_time_text_day_and_time (WfInstant at, WfInstant now, GTimeZone *zone);
/* "15:30" */
char *wf_time_text_clock (WfInstant at, GTimeZone *zone);
/* "Friday, 20 November 2026, 17:50". */
char *wf_time_text_full (WfInstant at, GTimeZone *zone);
/* The full text in the zone in which a deadline was computed, with the zone's name; NULL when zone_name is no zone (S3). */
char *wf_time_text_original (WfInstant at, const char *zone_name);
/* Reads "9:20", "09:20", "0920", "9h20" or "9". FALSE when it is no time of day. */
gboolean wf_time_text_parse_clock (const char *text, int *hour, int *minute);

G_END_DECLS
