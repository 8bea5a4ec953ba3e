/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Round steps for an axis. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-chart-data.h"

#include <math.h>

#define MINUTE ((double) G_TIME_SPAN_MINUTE)
#define HOUR ((double) G_TIME_SPAN_HOUR)
#define DAY ((double) G_TIME_SPAN_DAY)
#define SLACK 1e-9     /* of a step: what a division loses */
#define GREATEST 1e200 /* more than anything counted, and steps of it are still finite */

static const double duration_steps[] = {
  1 * MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, 1 * HOUR,
  2 * HOUR,   4 * HOUR,   8 * HOUR,   1 * DAY,     2 * DAY,     7 * DAY,
};
static const double percent_steps[] = {
  1, 2, 5, 10, 20, 25, 50, 100
}; /* all but 1 and 2 end at 100 early */

static guint
count_ticks (double most, double step)
{
  double ticks = ceil (most / step - SLACK);

  return ticks < 1 ? 1 : (guint) MIN (ticks, (double) G_MAXUINT);
}

/* 1, 2, 5 times a power of ten times unit. */
static double
find_decimal_step (double unit, double most, guint most_ticks)
{
  static const double digits[] = { 1, 2, 5 };

  for (;; unit *= 10)
    {
      for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
        {
          if (count_ticks (most, unit * digits[i]) <= most_ticks)
            return unit * digits[i];
        }
    }
}

/* Above the last step of a table, decimal multiples of it. */
static double
find_table_step (const double *steps, guint n, double most, guint most_ticks)
{
  for (guint i = 0; i < n; i++)
    {
      if (count_ticks (most, steps[i]) <= most_ticks)
        return steps[i];
    }
  return find_decimal_step (steps[n - 1], most, most_ticks);
}

static double
find_step (WfValueKind kind, double most, guint most_ticks)
{
  switch (kind)
    {
    case WF_VALUE_DURATION:
      return find_table_step (duration_steps, G_N_ELEMENTS (duration_steps), most, most_ticks);
    case WF_VALUE_PERCENT:
      return find_table_step (percent_steps, G_N_ELEMENTS (percent_steps), most, most_ticks);
    case WF_VALUE_MONEY:
      return find_decimal_step (0.01, most, most_ticks);
    case WF_VALUE_COUNT:
    default:
      return find_decimal_step (1, most, most_ticks);
    }
}

/**
 * wf_axis_init:
 * @self: (out): gets the axis
 * @kind: what is drawn along it
 * @most: the greatest value; without one, the axis has one step
 * @most_ticks: how many labels have room besides the one at 0
 */
void
wf_axis_init (WfAxis *self, WfValueKind kind, double most, guint most_ticks)
{
  double reach = isnan (most) || most < 0 ? 0 : MIN (most, GREATEST);

  g_return_if_fail (self != NULL);
  self->step = find_step (kind, reach, MAX (most_ticks, 1));
  self->n_ticks = count_ticks (reach, self->step);
  self->top = self->step * self->n_ticks;
}

/**
 * wf_axis_get_text:
 * @self: an axis
 * @kind: that it was made with
 * @tick: 0 is the beginning
 *
 * Returns: (transfer full): what stands at the tick
 */
char *
wf_axis_get_text (const WfAxis *self, WfValueKind kind, guint tick)
{
  double value;

  g_return_val_if_fail (self != NULL, NULL);
  value = self->step * tick;
  /* With whole steps the cents are all 0. */
  return wf_value_to_text (kind == WF_VALUE_MONEY && self->step >= 1 ? WF_VALUE_COUNT : kind,
                           value);
}

/**
 * wf_axis_get_label_stride:
 * @n: how many labels there are
 * @most: how many have room
 *
 * Returns: every how many-th is shown, from the first on
 */
guint
wf_axis_get_label_stride (guint n, guint most)
{
  if (n == 0)
    return 1;
  return most == 0 ? n : (n - 1) / most + 1;
}
