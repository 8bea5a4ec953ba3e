/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time zone as a table of offsets, for quick conversion between instants and wall time (S21).
 * Immutable. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WfZoneTable WfZoneTable;

WfZoneTable *wf_zone_table_new (GTimeZone *zone);
void wf_zone_table_free (WfZoneTable *self);
GTimeZone *wf_zone_table_get_zone (const WfZoneTable *self);
/* Wall time of an instant; both in microseconds since 1970-01-01T00:00. */
gint64 wf_zone_table_to_local (const WfZoneTable *self, gint64 instant);
/* The instant of a wall time. A wall time that does not exist is shifted by the gap, a repeated one
 * is the earlier. */
gint64 wf_zone_table_to_instant (const WfZoneTable *self, gint64 local);

/* Local days around which the clocks do not change: days first..last have this offset, and so have
 * their neighbours. */
typedef struct
{
  gint64 first, last; /* first > last: none */
  gint64 offset;      /* microseconds */
} WfSteadyDays;
/* The steady days around this one, or an empty range when the clocks change close to it. */
WfSteadyDays wf_zone_table_get_steady_days (const WfZoneTable *self, gint64 day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfZoneTable, wf_zone_table_free)

G_END_DECLS
