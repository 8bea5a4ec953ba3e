/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where in the columns of a day or a week.
 *
 * The policy when there is more than fits: blocks that overlap share the width while each has at least
 * min_lane; beyond that the first lanes keep their blocks and the last one becomes narrow and has for
 * each hour a "+N" that lists the hour. So a full hour is as readable as an empty one, and nothing is
 * hidden without saying so. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-days-layout.h"

#define HOURS 24
#define LANE_GAP 2             /* pixels beside a block */
#define JULIAN_OF_EPOCH 719163 /* 1970-01-01 */

/* ---- wall time --------------------------------------------------------------------------------- */

/* In the wall time of WfZoneTable. */
static gint64
get_midnight (const WfCalendarSpan *span, guint day)
{
  return ((gint64) g_date_get_julian (&span->first) - JULIAN_OF_EPOCH + day) * G_TIME_SPAN_DAY;
}

gint64
wf_days_get_wall_time (const WfCalendarSpan *span, guint day, WfInstant at, const WfZoneTable *zone)
{
  return wf_zone_table_to_local (zone, at) - get_midnight (span, day);
}

WfInstant
wf_days_get_instant (const WfCalendarSpan *span, guint day, gint64 wall_time,
                     const WfZoneTable *zone)
{
  return wf_zone_table_to_instant (zone, get_midnight (span, day) + wall_time);
}

/* The offset at the end of the day is that of its last instant: the next day may begin with a change. */
gboolean
wf_days_get_clock_change (const WfCalendarSpan *span, guint day, const WfZoneTable *zone,
                          gint64 *from, gint64 *until)
{
  WfInstant low = span->bounds[day], high = span->bounds[day + 1] - 1;
  gint64 before = wf_zone_table_to_local (zone, low) - low;
  gint64 after = wf_zone_table_to_local (zone, high) - high;

  *from = *until = 0;
  if (low - (get_midnight (span, day) - before) > 0) /* midnight itself is skipped */
    {
      *until = low + before - get_midnight (span, day);
      return TRUE;
    }
  if (before == after)
    return FALSE;
  while (high - low > 1)
    {
      WfInstant middle = low + (high - low) / 2;
      if (wf_zone_table_to_local (zone, middle) - middle == before)
        low = middle;
      else
        high = middle;
    }
  *from = high + before - get_midnight (span, day);
  *until = high + after - get_midnight (span, day);
  return TRUE;
}

gint64
wf_days_snap (gint64 wall_time, int minutes, int direction)
{
  gint64 step = minutes * G_TIME_SPAN_MINUTE;
  gint64 below = wall_time - ((wall_time % step) + step) % step;

  if (direction > 0)
    return below + step;
  if (direction < 0)
    return below < wall_time ? below : below - step;
  return wall_time - below < step - (wall_time - below) ? below : below + step;
}

/* ---- blocks ------------------------------------------------------------------------------------ */

static void
block_free (gpointer data)
{
  WfDaysBlock *self = data;

  g_clear_pointer (&self->activity, wf_activity_unref);
  g_clear_pointer (&self->slot, g_ptr_array_unref);
  g_free (self);
}

static void
whole_free (gpointer data)
{
  WfDaysWhole *self = data;

  wf_activity_unref (self->activity);
  g_free (self);
}

typedef struct
{
  WfDaysLayout *layout;
  const WfCalendarSpan *span;
  const WfZoneTable *table;
  const WfDaysMetrics *metrics;
  guint day;
} Builder;

static WfDaysBlock *
add_block (const Builder *self, const WfCalendarBlock *placed)
{
  WfDaysBlock *block = g_new0 (WfDaysBlock, 1);

  block->day = self->day;
  block->y = placed->y;
  block->height = placed->height;
  g_ptr_array_add (self->layout->blocks, block);
  return block;
}

static void
add_activity (const Builder *self, const WfCalendarBlock *placed, int x, int width)
{
  WfDaysBlock *block = add_block (self, placed);

  block->activity = wf_activity_ref (placed->item);
  block->x = x;
  block->width = MAX (width - LANE_GAP, 1);
}

static guint
get_hour (const Builder *self, const WfCalendarBlock *placed)
{
  return (guint) CLAMP (placed->y / self->metrics->hour_height, 0, HOURS - 1);
}

/* What an hour of a cluster has without a lane. */
typedef struct
{
  guint n_hidden;
  int y; /* of the first of them */
} HiddenHour;

static void
count_hidden (const Builder *self, const WfCalendarBlock *cluster, guint n, guint shown,
              HiddenHour *hours)
{
  for (guint i = 0; i < n; i++)
    {
      HiddenHour *hour = &hours[get_hour (self, &cluster[i])];

      if (cluster[i].lane < shown)
        continue;
      hour->y = hour->n_hidden > 0 ? MIN (hour->y, cluster[i].y) : cluster[i].y;
      hour->n_hidden++;
    }
}

static WfDaysBlock *
add_one_more (const Builder *self, guint hour, int y)
{
  const WfDaysMetrics *metrics = self->metrics;
  WfDaysBlock *block =
      add_block (self, &(WfCalendarBlock) { .y = y, .height = metrics->min_height });

  block->slot = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
  block->hour = hour;
  block->width = metrics->more_width;
  block->x = metrics->column_width - metrics->more_width;
  return block;
}

/* One "+N" for each hour that has blocks without a lane; where there is no room for another one before
 * the cluster ends, the one before lists both hours. shown: how many lanes there are. */
static void
add_more (const Builder *self, const WfCalendarBlock *cluster, guint n, guint shown)
{
  HiddenHour hours[HOURS] = { { 0 } };
  WfDaysBlock *of_hour[HOURS] = { NULL }, *last = NULL;
  int bottom = 0;

  for (guint i = 0; i < n; i++)
    bottom = MAX (bottom, cluster[i].y + cluster[i].height);
  count_hidden (self, cluster, n, shown, hours);
  for (guint i = 0; i < HOURS; i++)
    {
      int y = last != NULL ? MAX (hours[i].y, last->y + last->height) : hours[i].y;

      if (hours[i].n_hidden == 0)
        continue;
      if (last == NULL || y + self->metrics->min_height <= bottom)
        last = add_one_more (self, i, y);
      last->n_hidden += hours[i].n_hidden;
      last->hour_until = i + 1;
      of_hour[i] = last;
    }
  for (guint i = 0; i < n; i++)
    {
      WfDaysBlock *block = of_hour[get_hour (self, &cluster[i])];
      if (block != NULL)
        g_ptr_array_add (block->slot, wf_activity_ref (cluster[i].item));
    }
}

static void
add_cluster (const Builder *self, const WfCalendarBlock *cluster, guint n)
{
  const WfDaysMetrics *metrics = self->metrics;
  guint n_lanes = cluster[0].n_lanes, shown = n_lanes;
  int width = metrics->column_width;

  if ((int) n_lanes * metrics->min_lane > width && n_lanes > 1)
    {
      width -= metrics->more_width;
      shown = (guint) MAX (1, width / metrics->min_lane);
    }
  for (guint i = 0; i < n; i++)
    {
      int from = width * (int) cluster[i].lane / (int) shown;
      guint last = MIN (cluster[i].lane + cluster[i].span, shown);

      if (cluster[i].lane < shown)
        add_activity (self, &cluster[i], from, width * (int) last / (int) shown - from);
    }
  if (shown < n_lanes)
    add_more (self, cluster, n, shown);
}

static int
compare_tops (gconstpointer a, gconstpointer b, gpointer data)
{
  const WfCalendarBlock *first = a, *second = b;

  return first->y != second->y ? first->y - second->y : (int) first->lane - (int) second->lane;
}

static int
compare_blocks (gconstpointer a, gconstpointer b, gpointer data)
{
  const WfDaysBlock *first = *(WfDaysBlock *const *) a, *second = *(WfDaysBlock *const *) b;

  if (first->day != second->day)
    return first->day < second->day ? -1 : 1;
  if (first->y != second->y)
    return first->y - second->y;
  return first->x - second->x;
}

/* Blocks that touch each other, directly or through others, have as many lanes as ever stand side by
 * side. */
static void
add_clusters (const Builder *self, WfCalendarBlock *blocks, guint n)
{
  guint first = 0;
  int bottom = G_MININT;

  g_sort_array (blocks, n, sizeof *blocks, compare_tops, NULL);
  for (guint i = 0; i < n; i++)
    {
      if (blocks[i].y >= bottom && i > first)
        {
          add_cluster (self, &blocks[first], i - first);
          first = i;
        }
      bottom = MAX (bottom, blocks[i].y + blocks[i].height);
    }
  if (n > first)
    add_cluster (self, &blocks[first], n - first);
}

/* FALSE: it has no place in the column. */
static gboolean
place (const Builder *self, WfActivity *activity, WfCalendarBlock *block)
{
  gint64 midnight = get_midnight (self->span, self->day), from, until;
  WfInstant starts, ends;

  wf_calendar_get_extent (activity, &starts, &ends);
  from = wf_zone_table_to_local (self->table, starts) - midnight;
  /* As long as it lasts, also where the clocks go back meanwhile. */
  until = MAX (wf_zone_table_to_local (self->table, ends) - midnight, from + (ends - starts));
  if (until <= 0 || from >= G_TIME_SPAN_DAY || until - from >= G_TIME_SPAN_DAY)
    return FALSE;
  *block = (WfCalendarBlock) { .item = activity,
                               .from = MAX (from, 0),
                               .until = MIN (until, G_TIME_SPAN_DAY) };
  return TRUE;
}

static void
add_whole (const Builder *self, WfActivity *activity)
{
  WfDaysWhole *whole = g_new (WfDaysWhole, 1);

  *whole = (WfDaysWhole) { .day = self->day, .activity = wf_activity_ref (activity) };
  g_ptr_array_add (self->layout->whole, whole);
}

static void
number_blocks (WfDaysLayout *layout, guint from)
{
  guint size = 0;

  for (guint i = from; i < layout->blocks->len; i++)
    size += ((WfDaysBlock *) layout->blocks->pdata[i])->activity != NULL;
  for (guint i = from, position = 1; i < layout->blocks->len; i++)
    {
      WfDaysBlock *block = layout->blocks->pdata[i];

      block->size = size;
      block->position = block->activity != NULL ? position++ : 0;
    }
}

static void
add_day (const Builder *self, GPtrArray *activities)
{
  g_autofree WfCalendarBlock *blocks = g_new (WfCalendarBlock, activities->len);
  guint from = self->layout->blocks->len, n = 0;

  for (guint i = 0; i < activities->len; i++)
    {
      WfActivity *activity = g_ptr_array_index (activities, i);

      if (activity->due == WF_INSTANT_NONE)
        continue;
      if (place (self, activity, &blocks[n]))
        n++;
      else
        add_whole (self, activity);
    }
  wf_calendar_layout_day (blocks, n, 0, G_TIME_SPAN_DAY, HOURS * self->metrics->hour_height,
                          self->metrics->min_height);
  add_clusters (self, blocks, n);
  if (self->layout->blocks->len > from)
    g_sort_array (self->layout->blocks->pdata + from, self->layout->blocks->len - from,
                  sizeof (gpointer), compare_blocks, NULL);
  number_blocks (self->layout, from);
}

/**
 * wf_days_layout_new:
 * @span: the days
 * @days: (nullable): what is in them; NULL: not known yet
 * @zone: the viewer's
 * @metrics: sizes
 *
 * Returns: (transfer full): where everything stands
 */
WfDaysLayout *
wf_days_layout_new (const WfCalendarSpan *span, const WfCalendarDays *days, const WfZoneTable *zone,
                    const WfDaysMetrics *metrics)
{
  WfDaysLayout *self = g_new0 (WfDaysLayout, 1);
  Builder builder = { self, span, zone, metrics, 0 };

  self->n_days = span->n_days;
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->whole = g_ptr_array_new_with_free_func (whole_free);
  self->first = g_new0 (guint, span->n_days + 1);
  for (guint i = 0; i < span->n_days; i++)
    {
      self->first[i] = self->blocks->len;
      builder.day = i;
      if (days != NULL && i < days->n_days)
        add_day (&builder, days->first[i]);
    }
  self->first[span->n_days] = self->blocks->len;
  return self;
}

void
wf_days_layout_free (WfDaysLayout *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->whole);
  g_free (self->first);
  g_free (self);
}

/* ---- looking and going ------------------------------------------------------------------------- */

static gboolean
has_in_slot (const WfDaysBlock *block, const char *activity)
{
  for (guint i = 0; block->slot != NULL && i < block->slot->len; i++)
    {
      if (g_str_equal (((WfActivity *) block->slot->pdata[i])->id, activity))
        return TRUE;
    }
  return FALSE;
}

const WfDaysBlock *
wf_days_layout_find (const WfDaysLayout *self, const char *activity)
{
  const WfDaysBlock *more = NULL;

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const WfDaysBlock *block = self->blocks->pdata[i];

      if (block->activity != NULL && g_str_equal (block->activity->id, activity))
        return block;
      if (more == NULL && has_in_slot (block, activity))
        more = block;
    }
  return more;
}

static guint
get_index (const WfDaysLayout *self, const WfDaysBlock *block)
{
  guint index = 0;

  g_ptr_array_find (self->blocks, block, &index);
  return index;
}

static const WfDaysBlock *
find_nearest (const WfDaysLayout *self, guint day, const WfDaysBlock *to)
{
  const WfDaysBlock *nearest = NULL;

  for (guint i = self->first[day]; i < self->first[day + 1]; i++)
    {
      const WfDaysBlock *block = self->blocks->pdata[i];
      if (nearest == NULL || ABS (block->y - to->y) < ABS (nearest->y - to->y))
        nearest = block;
    }
  return nearest;
}

const WfDaysBlock *
wf_days_layout_step (const WfDaysLayout *self, const WfDaysBlock *from, int days, int steps)
{
  gint64 index = (gint64) get_index (self, from) + steps;

  if (days == 0)
    return index >= self->first[from->day] && index < self->first[from->day + 1]
               ? self->blocks->pdata[index]
               : NULL;
  for (gint64 day = (gint64) from->day + days; day >= 0 && day < self->n_days; day += days)
    {
      if (self->first[day + 1] > self->first[day])
        return find_nearest (self, (guint) day, from);
    }
  return NULL;
}
