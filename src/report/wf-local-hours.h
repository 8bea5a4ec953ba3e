/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weekdays and hours of many instants, one after the other, as the clock on the wall shows them. */
#pragma once

#include "wf-instant.h"
#include "wf-zone-table.h"

G_BEGIN_DECLS

/* Remembers between which instants the clocks did not change: neighbours mostly lie there too. One thread's own. */
typedef struct
{
  const WfZoneTable *zone;
  WfInstant from, until;
  gint64 offset; /* microseconds */
} WfLocalHours;

/* zone: borrowed. */
void wf_local_hours_init (WfLocalHours *self, const WfZoneTable *zone);
/* weekday: Monday is 0. */
void wf_local_hours_find (WfLocalHours *self, WfInstant at, guint *weekday, guint *hour);

G_END_DECLS
