/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar days as numbers: day 0 is 1970-01-01, proleptic Gregorian. Pure arithmetic, no zone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WF_SECONDS_A_DAY 86400
#define WF_MICROSECONDS G_GINT64_CONSTANT (1000000)

/* The years that an RFC 3339 time can write. */
#define WF_CIVIL_FIRST_DAY G_GINT64_CONSTANT (-719162) /* 0001-01-01 */
#define WF_CIVIL_LAST_DAY G_GINT64_CONSTANT (2932896)  /* 9999-12-31 */

typedef struct
{
  gint64 year;
  int month; /* 1..12 */
  int day;   /* 1..31 */
} WfCivilDate;

gint64 wf_civil_date_to_day (WfCivilDate date);
WfCivilDate wf_civil_date_from_day (gint64 day);
/* 0 is Monday. */
int wf_civil_date_get_weekday (gint64 day);
int wf_civil_date_get_month_length (gint64 year, int month);
/* The day that many months on (negative: back), clamped to the target month's last day (S4). */
gint64 wf_civil_date_add_months (gint64 day, gint64 months);
/* Reads "2026-10-12" (with_year) or "12-25"; 29 February is a date of every year then. FALSE when
 * there is no such day. */
gboolean wf_civil_date_parse (const char *text, gboolean with_year, WfCivilDate *date);

/* Division that rounds down, for times before 1970. divisor > 0. */
static inline gint64
wf_floor_divide (gint64 number, gint64 divisor)
{
  gint64 quotient = number / divisor;

  return number % divisor < 0 ? quotient - 1 : quotient;
}

G_END_DECLS
