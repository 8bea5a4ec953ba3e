/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as RFC 3339 text. */
#pragma once

#include "wf-clock.h"

G_BEGIN_DECLS

/* Reads an RFC 3339 time with offset. FALSE (and *instant untouched) when it is none or out of
 * years 1..9999. */
gboolean wf_instant_parse (const char *text, WfInstant *instant);
/* Reads a bare date, "2026-11-20". FALSE when it is none. */
gboolean wf_instant_parse_date (const char *text, int *year, int *month, int *day);
/* The next three give NULL for WF_INSTANT_NONE and beyond the years 1..9999. */
/* As "2026-11-20T20:50:00Z"; fractions only when there are any. Owned by the caller. */
char *wf_instant_format_utc (WfInstant instant);
/* As "2026-11-20T17:50:00-03:00" in the given zone. Owned by the caller. */
char *wf_instant_format_zone (WfInstant instant, GTimeZone *zone);
/* The local wall time of the instant. Owned by the caller. */
GDateTime *wf_instant_to_date_time (WfInstant instant, GTimeZone *zone);

G_END_DECLS
