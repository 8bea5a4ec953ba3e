/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where in the columns of a day or a week. By wall time: every day is 24 hours high and nine
 * o'clock is at the same height in all of them; the hour that the clocks skip stays empty, what happens
 * in one that comes twice stands side by side (S21). Needs no display. */
#pragma once

#include "wf-calendar-layout.h"
#include "wf-runtime-day.h"
#include "wf-zone-table.h"

G_BEGIN_DECLS

/* In pixels. */
typedef struct
{
  int hour_height;
  int column_width;
  int min_height; /* of a block, so that it can be read */
  int min_lane;   /* width of a block beside others */
  int more_width; /* of the lane for "+N" */
} WfDaysMetrics;

typedef struct
{
  guint day;
  WfActivity *activity;    /* (owned) (nullable) NULL: "+N" */
  GPtrArray *slot;         /* (owned) (nullable) of "+N": all of its hour, of WfActivity */
  guint hour, hour_until;  /* of "+N": which; seldom more than one */
  guint n_hidden;          /* of "+N": how many of them have no block */
  int x, y, width, height; /* in the column, from the side on which the language begins */
  guint position, size;    /* its place among the activities of the day, from 1 */
} WfDaysBlock;

/* What has no place in a column: it lasts a day or longer, or is due as the day begins. */
typedef struct
{
  guint day;
  WfActivity *activity; /* (owned) */
} WfDaysWhole;

typedef struct
{
  guint n_days;
  GPtrArray *blocks; /* (owned) of WfDaysBlock, by day, then from top to bottom */
  guint *first;      /* (owned) n_days + 1: where each day's begin */
  GPtrArray *whole;  /* (owned) of WfDaysWhole, by day */
} WfDaysLayout;

WfDaysLayout *wf_days_layout_new (const WfCalendarSpan *span, const WfCalendarDays *days,
                                  const WfZoneTable *zone, const WfDaysMetrics *metrics);
void wf_days_layout_free (WfDaysLayout *self);
/* The block of an activity, or of the "+N" that it is in; NULL: none. Borrowed. */
const WfDaysBlock *wf_days_layout_find (const WfDaysLayout *self, const char *activity);
/* From one block to the next: days 0 and steps 1 or -1 within its day, or days 1 or -1 to the nearest in
 * height of the next day that has any. NULL: there is none. Borrowed. */
const WfDaysBlock *wf_days_layout_step (const WfDaysLayout *self, const WfDaysBlock *from, int days,
                                        int steps);

/* zone: the viewer's. Microseconds since the midnight with which the day's name begins; may be outside of the day. */
gint64 wf_days_get_wall_time (const WfCalendarSpan *span, guint day, WfInstant at,
                              const WfZoneTable *zone);
WfInstant wf_days_get_instant (const WfCalendarSpan *span, guint day, gint64 wall_time,
                               const WfZoneTable *zone);
/* How the clocks change on a day: until > from: the wall times that are skipped; until < from: those from
 * until to from come twice. FALSE: they do not change. */
gboolean wf_days_get_clock_change (const WfCalendarSpan *span, guint day, const WfZoneTable *zone,
                                   gint64 *from, gint64 *until);
/* A landing of a move: the next wall time that is a multiple of so many minutes. direction: 0 the
 * nearest, 1 after it, -1 before it. */
gint64 wf_days_snap (gint64 wall_time, int minutes, int direction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfDaysLayout, wf_days_layout_free)

G_END_DECLS
