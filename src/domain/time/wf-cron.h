/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A crontab's time: five fields, or a shortcut such as @daily. A plain value, no zone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bit n of a mask is the value n. */
typedef struct
{
  guint64 minutes;  /* 0..59 */
  guint64 hours;    /* 0..23 */
  guint64 days;     /* 1..31 */
  guint64 months;   /* 1..12 */
  guint64 weekdays; /* 0 is Monday, unlike in the text */
  /* Fields that begin with a star restrict nothing when the days are chosen (POSIX crontab). */
  gboolean any_day, any_weekday;
} WfCron;

/* FALSE when the text is no such time; then *place is the character of the mistake, counted from
 * 1, and *reason says what is wrong, owned by the caller. */
gboolean wf_cron_parse (const char *text, WfCron *cron, guint *place, char **reason);
/* day: a local day's number. Both the day of the month and the weekday given: either will do. */
gboolean wf_cron_has_day (const WfCron *self, gint64 day);
/* The first minute of the day, from `minute` on, at which it is time; -1: none. */
int wf_cron_next_minute (const WfCron *self, int minute);

G_END_DECLS
