/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weekdays and hours of many instants, one after the other, as the clock on the wall shows them. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-local-hours.h"

#include "wf-civil-date.h"

#define HOURS_A_DAY 24
#define HOURS_A_WEEK (7 * HOURS_A_DAY)
#define FIRST_HOUR (3 * HOURS_A_DAY) /* 1970 began on a Thursday */
#define MOST_DAYS 10000              /* at a time: the last stretch of a zone has no end */

void
wf_local_hours_init (WfLocalHours *self, const WfZoneTable *zone)
{
  *self = (WfLocalHours) { .zone = zone };
}

static gint64
get_offset (WfLocalHours *self, WfInstant at)
{
  gint64 offset = wf_zone_table_to_local (self->zone, at) - at;
  gint64 day = wf_floor_divide (at + offset, G_TIME_SPAN_DAY);
  WfSteadyDays steady = wf_zone_table_get_steady_days (self->zone, day);

  if (day < steady.first || day > steady.last)
    return offset;
  self->offset = steady.offset;
  self->from = MAX (steady.first, day - MOST_DAYS) * G_TIME_SPAN_DAY - offset;
  self->until = (MIN (steady.last, day + MOST_DAYS) + 1) * G_TIME_SPAN_DAY - offset;
  return offset;
}

void
wf_local_hours_find (WfLocalHours *self, WfInstant at, guint *weekday, guint *hour)
{
  gint64 offset = at >= self->from && at < self->until ? self->offset : get_offset (self, at);
  gint64 hours = wf_floor_divide (at + offset, G_TIME_SPAN_HOUR) + FIRST_HOUR;
  guint of_week = (guint) (hours - wf_floor_divide (hours, HOURS_A_WEEK) * HOURS_A_WEEK);

  *weekday = of_week / HOURS_A_DAY;
  *hour = of_week % HOURS_A_DAY;
}
