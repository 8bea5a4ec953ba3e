/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount of time as people say it: 30 minutes, 3 months (R15-R17). */
#pragma once

#include "wf-json-cursor.h"
#include "wf-json-writer.h"

G_BEGIN_DECLS

typedef enum
{
  WF_TIME_UNIT_MINUTES,
  WF_TIME_UNIT_HOURS,
  WF_TIME_UNIT_DAYS,
  WF_TIME_UNIT_WEEKS,
  WF_TIME_UNIT_MONTHS,
} WfTimeUnit;
#define WF_N_TIME_UNITS 5

/* amount 0 = not set. */
typedef struct
{
  gint64 amount;
  WfTimeUnit unit;
} WfDuration;

#define WF_DURATION_NONE ((WfDuration) { 0, WF_TIME_UNIT_MINUTES })
#define WF_DURATION_MOST_AMOUNT 1000000
#define WF_COMPLETE_WITHIN_LEAST_MINUTES 30 /* R16 */

extern const char *const wf_time_unit_names[WF_N_TIME_UNITS + 1]; /* "minutes", ..., NULL */
gboolean wf_time_unit_parse (const char *name, WfTimeUnit *unit);
/* "30 minutes", "1 hour", in the user's language, right plural. Owned by the caller. */
char *wf_duration_to_text (WfDuration duration);
gboolean wf_duration_is_set (WfDuration duration);
/* S27: shorter than 30 minutes in its own time base. Days, weeks and months never are. */
gboolean wf_duration_is_below_minimum (WfDuration duration);
/* {"amount", "unit"}; problems: missing, wrong type, amount < 1, > WF_DURATION_MOST_AMOUNT, unknown
 * unit. */
WfDuration wf_duration_read (const WfJsonCursor *cursor, gboolean required);
void wf_duration_write (WfDuration duration, WfJsonWriter *writer, const char *name);

G_END_DECLS
