/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of calendars: days of a view, lanes of a day, closed stretches. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-layout.h"

#include "wf-zone-table.h"

#include <langinfo.h>

const char *const wf_calendar_view_names[] = { "day", "week", "month", "agenda", NULL };

#define WEEK 7
/* A month that begins with its first weekday and has 28 days is shown with a week more: the rows
 * do not grow and shrink from month to month more than they must. */
#define LEAST_WEEKS 5
#define JULIAN_OF_EPOCH 719163 /* 1970-01-01 */
#define LAST_YEAR 9998         /* GDateTime ends with 9999 */

#define CALL_MINUTES 30
#define TASK_MINUTES 15

/* ---- spans ------------------------------------------------------------------------------------- */

/* The locale's own rules, where the C library tells them: glibc gives a day of reference, which is a
 * Sunday or a Monday, and the place of the first weekday counted from it. */
GDateWeekday
wf_calendar_get_first_weekday (void)
{
#ifdef __GLIBC__
  union
  {
    const char *text;
    unsigned int word;
  } reference = { .text = nl_langinfo (_NL_TIME_WEEK_1STDAY) };
  int place = *nl_langinfo (_NL_TIME_FIRST_WEEKDAY);
  int sundays = reference.word == 19971201 ? 1 : 0;
  int weekday = (sundays + place - 1 + WEEK) % WEEK;

  return weekday == 0 ? G_DATE_SUNDAY : (GDateWeekday) weekday;
#else
  return G_DATE_MONDAY;
#endif
}

/**
 * wf_calendar_counts_weeks:
 *
 * Whether people of this locale number their weeks as ISO 8601 does: from Monday, the first week
 * is the one with four days of the year.
 *
 * Returns: whether the numbers of weeks are worth their room
 */
gboolean
wf_calendar_counts_weeks (void)
{
#ifdef __GLIBC__
  return *nl_langinfo (_NL_TIME_WEEK_1STWEEK) == 4 &&
         wf_calendar_get_first_weekday () == G_DATE_MONDAY;
#else
  return TRUE;
#endif
}

/**
 * wf_calendar_get_week:
 * @first: the first day of a row of seven
 *
 * Returns: the number of the ISO week that most of the row is in: that of its Thursday
 */
guint
wf_calendar_get_week (const GDate *first)
{
  GDate thursday = *first;
  guint ahead = (guint) (G_DATE_THURSDAY - g_date_get_weekday (first) + WEEK) % WEEK;

  g_date_add_days (&thursday, ahead);
  return g_date_get_iso8601_week_of_year (&thursday);
}

static void
go_back_to (GDate *date, GDateWeekday weekday)
{
  g_date_subtract_days (date, (guint) (g_date_get_weekday (date) - weekday + WEEK) % WEEK);
}

static void
set_month (WfCalendarSpan *self, const GDate *date, GDateWeekday first_weekday)
{
  GDate first = *date;
  guint days = g_date_get_days_in_month (g_date_get_month (date), g_date_get_year (date));

  g_date_set_day (&first, 1);
  self->first = first;
  go_back_to (&self->first, first_weekday);
  self->main_from = (guint) g_date_days_between (&self->first, &first);
  self->main_until = self->main_from + days;
  self->n_days = MAX ((self->main_until + WEEK - 1) / WEEK, LEAST_WEEKS) * WEEK;
}

static void
set_days (WfCalendarSpan *self, const GDate *date, GDateWeekday first_weekday)
{
  switch (self->view)
    {
    case WF_CALENDAR_WEEK:
      go_back_to (&self->first, first_weekday);
      self->n_days = WEEK;
      break;
    case WF_CALENDAR_MONTH:
      set_month (self, date, first_weekday);
      break;
    case WF_CALENDAR_AGENDA:
      self->n_days = WF_CALENDAR_AGENDA_DAYS;
      break;
    case WF_CALENDAR_DAY:
    default:
      self->n_days = 1;
      break;
    }
}

/**
 * wf_calendar_span_init:
 * @self: what to fill; clear it with wf_calendar_span_clear()
 * @view: which view
 * @date: a date of the years 2 to 9998 that is to be in it
 * @first_weekday: with which the weeks begin
 * @zone: the viewer's
 *
 * A day begins at its first instant: where the clocks skip midnight, when they go on; where midnight
 * comes twice, the earlier time (S21).
 */
void
wf_calendar_span_init (WfCalendarSpan *self, WfCalendarView view, const GDate *date,
                       GDateWeekday first_weekday, GTimeZone *zone)
{
  g_autoptr (WfZoneTable) table = wf_zone_table_new (zone);

  *self = (WfCalendarSpan) { .view = view, .first = *date };
  set_days (self, date, first_weekday);
  if (view != WF_CALENDAR_MONTH)
    self->main_until = self->n_days;
  self->bounds = g_new (WfInstant, self->n_days + 1);
  gint64 day = (gint64) g_date_get_julian (&self->first) - JULIAN_OF_EPOCH;
  for (guint i = 0; i <= self->n_days; i++)
    self->bounds[i] = wf_zone_table_to_instant (table, (day + i) * G_TIME_SPAN_DAY);
}

void
wf_calendar_span_clear (WfCalendarSpan *self)
{
  g_clear_pointer (&self->bounds, g_free);
  self->n_days = 0;
}

/**
 * wf_calendar_span_find:
 * @self: a span
 * @at: an instant
 *
 * Returns: the place of the day that it is in, or -1
 */
int
wf_calendar_span_find (const WfCalendarSpan *self, WfInstant at)
{
  guint low = 0, high = self->n_days;

  if (self->n_days == 0 || at < self->bounds[0] || at >= self->bounds[self->n_days])
    return -1;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;
      if (at < self->bounds[middle])
        high = middle;
      else
        low = middle;
    }
  return (int) low;
}

static void
add_days (GDate *date, int days)
{
  if (days > 0)
    g_date_add_days (date, (guint) days);
  else
    g_date_subtract_days (date, (guint) -days);
}

/**
 * wf_calendar_step:
 * @view: the view
 * @direction: 1 or -1
 * @date: (inout): what it is about; stays where the calendar ends
 *
 * One view further; in a shorter month its last day.
 */
void
wf_calendar_step (WfCalendarView view, int direction, GDate *date)
{
  GDateYear year = g_date_get_year (date);

  if ((direction < 0 && year <= 2) || (direction > 0 && year >= LAST_YEAR))
    return;
  switch (view)
    {
    case WF_CALENDAR_WEEK:
      add_days (date, direction * WEEK);
      break;
    case WF_CALENDAR_MONTH:
      if (direction > 0)
        g_date_add_months (date, 1);
      else
        g_date_subtract_months (date, 1);
      break;
    case WF_CALENDAR_AGENDA:
      add_days (date, direction * WF_CALENDAR_AGENDA_DAYS);
      break;
    case WF_CALENDAR_DAY:
    default:
      add_days (date, direction);
      break;
    }
}

/* ---- a day as a column ------------------------------------------------------------------------- */

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const WfCalendarBlock *first = a, *second = b;

  if (first->y != second->y)
    return first->y < second->y ? -1 : 1;
  return second->height - first->height;
}

static int
compare_times (gconstpointer a, gconstpointer b, gpointer data)
{
  const WfCalendarBlock *first = a, *second = b;

  if (first->from != second->from)
    return first->from < second->from ? -1 : 1;
  if (first->until != second->until)
    return first->until > second->until ? -1 : 1;
  return 0;
}

static gboolean
overlap (const WfCalendarBlock *a, const WfCalendarBlock *b)
{
  return a->y < b->y + b->height && b->y < a->y + a->height;
}

/* What is too short to be read is made taller, and moved up at the end of the day. */
static void
place_block (WfCalendarBlock *block, WfInstant day_from, WfInstant day_until, int day_height,
             int min_height)
{
  int top = wf_calendar_instant_to_y (block->from, day_from, day_until, day_height);
  int bottom = wf_calendar_instant_to_y (block->until, day_from, day_until, day_height);

  block->height = CLAMP (MAX (bottom - top, min_height), 1, MAX (day_height, 1));
  block->y = MAX (MIN (top, day_height - block->height), 0);
}

/* Blocks that overlap directly or through others share the width: as many lanes as ever stand side
 * by side. */
static void
share_width (WfCalendarBlock *cluster, guint n, guint n_lanes)
{
  for (guint i = 0; i < n; i++)
    {
      WfCalendarBlock *block = &cluster[i];
      guint until = n_lanes;

      for (guint j = 0; j < n; j++)
        {
          if (cluster[j].lane > block->lane && overlap (block, &cluster[j]))
            until = MIN (until, cluster[j].lane);
        }
      block->n_lanes = n_lanes;
      block->span = until - block->lane;
    }
}

/* The first lane that is free again; ends: of the last block of each lane. */
static guint
take_lane (GArray *ends, const WfCalendarBlock *block)
{
  int end = block->y + block->height;
  guint lane = 0;

  while (lane < ends->len && g_array_index (ends, int, lane) > block->y)
    lane++;
  if (lane == ends->len)
    g_array_append_val (ends, end);
  else
    g_array_index (ends, int, lane) = end;
  return lane;
}

/**
 * wf_calendar_layout_day:
 * @blocks: (inout): what stands in the day; item, from and until are given
 * @n: how many
 * @day_from: the day's beginning
 * @day_until: its end
 * @day_height: height of the whole day, in pixels
 * @min_height: what a block needs at least to be read
 *
 * What begins earlier or ends later than the day is cut. Two blocks of one lane never overlap as
 * they are drawn, also when they are made taller than their time.
 */
void
wf_calendar_layout_day (WfCalendarBlock *blocks, guint n, WfInstant day_from, WfInstant day_until,
                        int day_height, int min_height)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (int));
  int cluster_end = G_MININT;
  guint first = 0;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    place_block (&blocks[i], day_from, day_until, day_height, min_height);
  g_sort_array (blocks, n, sizeof *blocks, compare_places, NULL);
  for (guint i = 0; i < n; i++)
    {
      if (blocks[i].y >= cluster_end)
        {
          share_width (&blocks[first], i - first, ends->len);
          g_array_set_size (ends, 0);
          first = i;
        }
      blocks[i].lane = take_lane (ends, &blocks[i]);
      cluster_end = MAX (cluster_end, blocks[i].y + blocks[i].height);
    }
  share_width (&blocks[first], n - first, ends->len);
  g_sort_array (blocks, n, sizeof *blocks, compare_times, NULL);
}

/**
 * wf_calendar_instant_to_y:
 * @at: an instant; one outside of the day is put to its border
 * @day_from: the day's beginning
 * @day_until: its end
 * @day_height: in pixels
 *
 * Returns: the place from the day's top
 */
int
wf_calendar_instant_to_y (WfInstant at, WfInstant day_from, WfInstant day_until, int day_height)
{
  gint64 length = day_until - day_from;
  gint64 since = CLAMP (at, day_from, day_until) - day_from;

  if (length <= 0)
    return 0; /* a day that a zone left out when it crossed the date line */
  return (int) ((since * day_height + length / 2) / length);
}

/**
 * wf_calendar_y_to_instant:
 * @y: a place from the day's top; one outside of the day is put to its border
 * @day_from: the day's beginning
 * @day_until: its end
 * @day_height: in pixels
 * @snap: minutes to whose multiples the result is rounded, 0: none
 *
 * Returns: the instant; with @snap always one that is in the day
 */
WfInstant
wf_calendar_y_to_instant (int y, WfInstant day_from, WfInstant day_until, int day_height, int snap)
{
  gint64 length = day_until - day_from;
  gint64 step = snap * G_TIME_SPAN_MINUTE;
  gint64 since;

  if (length <= 0 || day_height <= 0)
    return day_from;
  since = CLAMP (y, 0, day_height) * length / day_height;
  if (step > 0)
    {
      since = (since + step / 2) / step * step;
      if (since >= length)
        since = (length - 1) / step * step;
    }
  return day_from + since;
}

/**
 * wf_calendar_get_extent:
 * @activity: an activity
 * @from: (out): where it begins in a calendar
 * @until: (out): where it ends
 *
 * A call or a meeting begins at its deadline; a task has to be done before it.
 */
void
wf_calendar_get_extent (const WfActivity *activity, WfInstant *from, WfInstant *until)
{
  gboolean begins = activity->kind == WF_ACTIVITY_CALL || activity->kind == WF_ACTIVITY_MEETING;

  *from = *until = activity->due;
  if (activity->due == WF_INSTANT_NONE)
    return;
  if (!begins)
    *from -= TASK_MINUTES * G_TIME_SPAN_MINUTE;
  else if (activity->ends != WF_INSTANT_NONE && activity->ends > activity->due)
    *until = activity->ends;
  else
    *until += CALL_MINUTES * G_TIME_SPAN_MINUTE;
}

/* ---- closed stretches -------------------------------------------------------------------------- */

static void
add_stretch (GArray *stretches, WfInstant from, WfInstant until)
{
  const WfCalendarStretch stretch = { from, until };

  if (from < until)
    g_array_append_val (stretches, stretch);
}

/**
 * wf_calendar_list_closed:
 * @hours: (nullable): working hours; none are always open
 * @day_from: the viewer's day
 * @day_until: its end
 * @holiday: (out) (optional) (nullable) (transfer full): name of the holiday that the day is
 *
 * Returns: (transfer full): when it is closed; of WfCalendarStretch, in order
 */
GArray *
wf_calendar_list_closed (WfWorkingHours *hours, WfInstant day_from, WfInstant day_until,
                         char **holiday)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (WfCalendarStretch));
  WfInstant at = day_from;

  if (holiday != NULL) /* by the middle of the day: the office's zone may be another one */
    *holiday = g_strdup (
        hours != NULL ? wf_working_hours_get_holiday (hours, day_from + (day_until - day_from) / 2)
                      : NULL);
  if (hours == NULL || wf_working_hours_is_always_open (hours))
    return stretches;
  g_autoptr (GArray) spans = wf_working_hours_get_spans (hours, day_from, day_until);
  for (guint i = 0; i < spans->len; i++)
    {
      const WfOpenSpan *span = &g_array_index (spans, WfOpenSpan, i);
      add_stretch (stretches, at, MIN (span->open, day_until));
      at = MAX (at, span->close);
    }
  add_stretch (stretches, at, day_until);
  return stretches;
}
