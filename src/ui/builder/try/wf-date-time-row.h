/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for a date and a time of day: typed as "2026-11-20 17:50", or the day chosen in a
 * calendar. */
#pragma once

#include "wf-clock.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is typed is told by GtkEditable::changed. */
#define WF_TYPE_DATE_TIME_ROW (wf_date_time_row_get_type ())
G_DECLARE_FINAL_TYPE (WfDateTimeRow, wf_date_time_row, WF, DATE_TIME_ROW, AdwEntryRow)

/* zone: of what is shown and typed. Referenced. */
void wf_date_time_row_set_zone (WfDateTimeRow *self, GTimeZone *zone);
/* WF_INSTANT_NONE: empty. */
void wf_date_time_row_set_instant (WfDateTimeRow *self, WfInstant at);
/* WF_INSTANT_NONE when it is empty; FALSE when it is no date. A date alone is its midnight. */
gboolean wf_date_time_row_get_instant (WfDateTimeRow *self, WfInstant *at);

G_END_DECLS
