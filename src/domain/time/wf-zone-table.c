/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time zone as a table of offsets, for quick conversion between instants and wall time (S21).
 * Immutable. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-zone-table.h"

#include "wf-civil-date.h"

/* GTimeZone answers only for single instants, and walks its list each time. The table is made once
 * for a calendar; a look-up is then a binary search without allocation. The rules are GLib's, so
 * that times shown through GDateTime agree. To find all changes since the first railways would take
 * several milliseconds: the table begins in 2010, and older instants are asked one by one. */

#define DAY (WF_SECONDS_A_DAY * WF_MICROSECONDS)
#define TABLE_FIRST_DAY G_GINT64_CONSTANT (14610) /* 2010-01-01 */
#define TABLE_LAST_DAY G_GINT64_CONSTANT (25567)  /* 2040-01-01; GLib's rules end before it */
#define GRID 900 /* seconds: clocks change at full quarters of an hour, hardly ever in between */

typedef struct
{
  gint64 start;  /* first instant, microseconds */
  gint64 offset; /* microseconds east of UTC */
} Stretch;

struct _WfZoneTable
{
  GTimeZone *zone; /* (owned) */
  /* (owned) of Stretch, by start; neighbours differ in offset; the last has no end */
  GArray *stretches;
};

static int
find_interval (const WfZoneTable *self, gint64 second)
{
  return g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, second);
}

static gint64
ask_offset (const WfZoneTable *self, gint64 instant)
{
  int interval = find_interval (self, wf_floor_divide (instant, WF_MICROSECONDS));

  return g_time_zone_get_offset (self->zone, interval) * WF_MICROSECONDS;
}

static void
append_stretch (WfZoneTable *self, gint64 second)
{
  Stretch stretch = { second * WF_MICROSECONDS, ask_offset (self, second * WF_MICROSECONDS) };
  const Stretch *last = NULL;

  if (self->stretches->len > 0)
    last = &g_array_index (self->stretches, Stretch, self->stretches->len - 1);
  if (last == NULL || last->offset != stretch.offset)
    g_array_append_val (self->stretches, stretch);
}

/* Appends what starts in (low, high]: both belong to known intervals, so halving finds each change
 * in between. */
static void
find_changes (WfZoneTable *self, gint64 low, int low_interval, gint64 high, int high_interval)
{
  gint64 middle;
  int interval;

  if (low_interval == high_interval)
    return;
  if (high - low == 1)
    {
      append_stretch (self, high);
      return;
    }
  middle = low + (high - low) / 2;
  if (high - low > GRID)
    middle -= middle % GRID;
  else if (high - low == GRID)
    middle = high - 1;
  interval = find_interval (self, middle);
  find_changes (self, low, low_interval, middle, interval);
  find_changes (self, middle, interval, high, high_interval);
}

/**
 * wf_zone_table_new:
 * @zone: a time zone
 *
 * Returns: (transfer full): the table of its offsets
 */
WfZoneTable *
wf_zone_table_new (GTimeZone *zone)
{
  WfZoneTable *self = g_new0 (WfZoneTable, 1);
  gint64 low = TABLE_FIRST_DAY * WF_SECONDS_A_DAY;
  gint64 high = TABLE_LAST_DAY * WF_SECONDS_A_DAY;

  self->zone = g_time_zone_ref (zone);
  self->stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  append_stretch (self, low);
  find_changes (self, low, find_interval (self, low), high, find_interval (self, high));
  return self;
}

/**
 * wf_zone_table_free:
 * @self: (transfer full): a table
 */
void
wf_zone_table_free (WfZoneTable *self)
{
  g_time_zone_unref (self->zone);
  g_array_unref (self->stretches);
  g_free (self);
}

/**
 * wf_zone_table_get_zone:
 * @self: a table
 *
 * Returns: (transfer none): the zone that it was made from
 */
GTimeZone *
wf_zone_table_get_zone (const WfZoneTable *self)
{
  return self->zone;
}

/* instant must not be before the table. */
static guint
find_stretch (const WfZoneTable *self, gint64 instant)
{
  const Stretch *stretches = &g_array_index (self->stretches, Stretch, 0);
  guint low = 0, high = self->stretches->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (stretches[middle].start <= instant)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_in_table (gint64 instant)
{
  return instant >= TABLE_FIRST_DAY * DAY;
}

/**
 * wf_zone_table_to_local:
 * @self: a table
 * @instant: microseconds since 1970-01-01T00:00Z
 *
 * Returns: the wall time, microseconds since 1970-01-01T00:00 of the wall clock
 */
gint64
wf_zone_table_to_local (const WfZoneTable *self, gint64 instant)
{
  if (!is_in_table (instant))
    return instant + ask_offset (self, instant);
  return instant + g_array_index (self->stretches, Stretch, find_stretch (self, instant)).offset;
}

/* Before the table: within a day of the wall time the clocks change once at most. What is before
 * that change in the old offset, or in the gap, has the old offset. */
static gint64
ask_instant (const WfZoneTable *self, gint64 local)
{
  gint64 low = wf_floor_divide (local - DAY, WF_MICROSECONDS);
  gint64 high = wf_floor_divide (local + DAY, WF_MICROSECONDS);
  gint64 before = ask_offset (self, low * WF_MICROSECONDS),
         after = ask_offset (self, high * WF_MICROSECONDS);

  while (before != after && high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (ask_offset (self, middle * WF_MICROSECONDS) == before)
        low = middle;
      else
        high = middle;
    }
  high *= WF_MICROSECONDS; /* the change, if there is one */
  return local < high + before || local < high + after ? local - before : local - after;
}

/**
 * wf_zone_table_to_instant:
 * @self: a table
 * @local: a wall time, microseconds since 1970-01-01T00:00 of the wall clock
 *
 * S21: a wall time in a gap is shifted by the gap (02:30 becomes 03:30); of a repeated one the
 * earlier is taken.
 *
 * Returns: the instant
 */
gint64
wf_zone_table_to_instant (const WfZoneTable *self, gint64 local)
{
  const Stretch *stretches = &g_array_index (self->stretches, Stretch, 0);
  guint i;

  /* No offset reaches a day: no earlier stretch can hold this wall time. */
  if (!is_in_table (local - DAY))
    return ask_instant (self, local);
  i = find_stretch (self, local - DAY);
  while (i + 1 < self->stretches->len)
    {
      gint64 change = stretches[i + 1].start;

      if (local < change + stretches[i].offset || local < change + stretches[i + 1].offset)
        break; /* before the change, or in the gap that it makes */
      i++;
    }
  return local - stretches[i].offset;
}

/* A day before the table is steady alone, when the clocks do not change around it. */
static WfSteadyDays
ask_steady_day (const WfZoneTable *self, gint64 day)
{
  int interval = find_interval (self, (day - 3) * WF_SECONDS_A_DAY);

  if (interval != find_interval (self, (day + 4) * WF_SECONDS_A_DAY))
    return (WfSteadyDays) { 1, 0, 0 };
  return (WfSteadyDays) { day, day,
                          g_time_zone_get_offset (self->zone, interval) * WF_MICROSECONDS };
}

/**
 * wf_zone_table_get_steady_days:
 * @self: a table
 * @day: a local day's number
 *
 * Returns: the days around it on which, and next to which, the clocks do not change; an empty range
 * when there are none
 */
WfSteadyDays
wf_zone_table_get_steady_days (const WfZoneTable *self, gint64 day)
{
  const Stretch *stretches = &g_array_index (self->stretches, Stretch, 0);
  WfSteadyDays steady = { G_MININT64, G_MAXINT64, 0 };
  guint i;

  if (day <= TABLE_FIRST_DAY + 4)
    return ask_steady_day (self, day);
  i = find_stretch (self, day * DAY);
  steady.offset = stretches[i].offset;
  /* Three days of distance: one for the offset, one for a gap of a whole day, one for the
   * neighbour. */
  steady.first = wf_floor_divide (stretches[i].start, DAY) + 4;
  if (i + 1 < self->stretches->len)
    steady.last = wf_floor_divide (stretches[i + 1].start, DAY) - 3;
  if (day < steady.first || day > steady.last)
    return (WfSteadyDays) { 1, 0, 0 };
  return steady;
}
