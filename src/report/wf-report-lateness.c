/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Business time quickly: by how much deadlines were missed, and what is usual (B20, S3). */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

/* The open time up to an instant is the sum of the days before it, which is in a table, and a few spans
 * of its own day; the time between two instants is a difference of two such. Days are those of UTC:
 * which calendar day it is says nothing here, and so there are no clock changes. */

#define DAY G_TIME_SPAN_DAY
#define MOST_DAYS (20 * 366) /* beyond, the calendar is asked itself */

struct _WfOpenTable
{
  const WfWorkingHours *hours;
  gboolean always;
  WfInstant from, until; /* full days */
  GArray *spans;         /* (owned) of WfOpenSpan */
  guint32 *first_span;   /* (owned) of each day: the first one that ends in it or later */
  gint64 *before;        /* (owned) open time from `from` to the day's beginning */
};

static void
fill (WfOpenTable *self, guint n_days)
{
  const WfOpenSpan *spans;
  gint64 sum = 0;
  guint next = 0;

  self->spans = wf_working_hours_get_spans (self->hours, self->from, self->until);
  spans = (const WfOpenSpan *) (gpointer) self->spans->data;
  self->first_span = g_new (guint32, n_days);
  self->before = g_new (gint64, n_days);
  for (guint day = 0; day < n_days; day++)
    {
      WfInstant begin = self->from + day * DAY, end = begin + DAY;

      while (next < self->spans->len && spans[next].close <= begin)
        next++;
      self->first_span[day] = next;
      self->before[day] = sum;
      for (guint i = next; i < self->spans->len && spans[i].open < end; i++)
        sum += MIN (spans[i].close, end) - MAX (spans[i].open, begin);
    }
}

WfOpenTable *
wf_open_table_new (const WfWorkingHours *hours, WfInstant from, WfInstant until)
{
  WfOpenTable *self = g_new0 (WfOpenTable, 1);

  self->hours = hours;
  self->always = wf_working_hours_is_always_open (hours);
  if (self->always || until <= from || (until - from) / DAY > MOST_DAYS)
    return self;
  self->from = from;
  self->until = from + ((until - from) / DAY + 1) * DAY;
  fill (self, (guint) ((self->until - self->from) / DAY));
  return self;
}

void
wf_open_table_free (WfOpenTable *self)
{
  g_clear_pointer (&self->spans, g_array_unref);
  g_free (self->first_span);
  g_free (self->before);
  g_free (self);
}

/* at: in [from, until). */
static gint64
get_time_before (const WfOpenTable *self, WfInstant at)
{
  const WfOpenSpan *spans = (const WfOpenSpan *) (gpointer) self->spans->data;
  gint64 day = (at - self->from) / DAY, sum = self->before[day];
  WfInstant begin = self->from + day * DAY;

  for (guint i = self->first_span[day]; i < self->spans->len && spans[i].open < at; i++)
    sum += MIN (spans[i].close, at) - MAX (spans[i].open, begin);
  return sum;
}

gint64
wf_open_table_get_time_between (const WfOpenTable *self, WfInstant from, WfInstant until)
{
  gint64 sum = 0;

  if (until <= from)
    return 0;
  if (self->always)
    return until - from;
  if (self->spans == NULL || until < self->from || from >= self->until)
    return wf_working_hours_open_time_between (self->hours, from, until);
  if (from < self->from)
    {
      sum += wf_working_hours_open_time_between (self->hours, from, self->from);
      from = self->from;
    }
  if (until >= self->until)
    {
      sum += wf_working_hours_open_time_between (self->hours, self->until - 1, until);
      until = self->until - 1;
    }
  return sum + get_time_before (self, until) - get_time_before (self, from);
}

/* -- what is usual ----------------------------------------------------------------------------- */

/* Puts the k-th smallest where it belongs. Three parts, as many are equal; the pivot is the middle of
 * three that lie where a simple generator says, so that no order of the input is a slow one. */
static gint64
select_nth (gint64 *values, guint n, guint k)
{
  guint32 seed = 2463534242u;
  guint low = 0, high = n;

  while (high - low > 1)
    {
      gint64 a, b, c, pivot;
      guint less = low, more = high, i = low;

      seed = seed * 1664525u + 1013904223u;
      a = values[low + (seed >> 8) % (high - low)];
      seed = seed * 1664525u + 1013904223u;
      b = values[low + (seed >> 8) % (high - low)];
      c = values[low + (high - low) / 2];
      pivot = MAX (MIN (a, b), MIN (MAX (a, b), c));
      while (i < more)
        {
          gint64 value = values[i];

          if (value < pivot)
            {
              values[i++] = values[less];
              values[less++] = value;
            }
          else if (value > pivot)
            {
              values[i] = values[--more];
              values[more] = value;
            }
          else
            i++;
        }
      if (k < less)
        high = less;
      else if (k >= more)
        low = more;
      else
        return pivot;
    }
  return values[low];
}

void
wf_report_get_percentiles (GArray *samples, gint64 *median, gint64 *percentile_95)
{
  gint64 *values = (gint64 *) (gpointer) samples->data;
  guint n = samples->len;

  *median = n > 0 ? select_nth (values, n, (n - 1) / 2) : 0;
  if (percentile_95 != NULL)
    *percentile_95 = n > 0 ? select_nth (values, n, (guint) (((guint64) n * 95 + 99) / 100) - 1)
                           : 0;
}
