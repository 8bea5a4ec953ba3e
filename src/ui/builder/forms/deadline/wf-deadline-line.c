/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deadline as a line of time. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-deadline-line.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY
#define LEAST_LENGTH HOUR
#define MARGIN 25 /* a part of the length before and after, so that marks at the ends are seen */

/* Stretches that would be thinner than a few pixels are left out: they would only be noise. */
#define DAYS_WITH_HOURS 14
#define DAYS_WITH_DAYS 130

/* ---- stretches ---- */

typedef struct
{
  WfDeadlineLine *line;
  const WfWorkingHours *hours;
  GTimeZone *zone;
  GPtrArray *holidays; /* of char * */
} Drawing;

/* Joins what is next to each other and the same. */
static void
add_stretch (Drawing *self, WfInstant from, WfInstant until, WfStretchKind kind)
{
  GArray *stretches = self->line->stretches;
  WfStretch stretch = { MAX (from, self->line->from), MIN (until, self->line->until), kind };

  if (stretch.from >= stretch.until)
    return;
  if (stretches->len > 0)
    {
      WfStretch *last = &g_array_index (stretches, WfStretch, stretches->len - 1);

      if (last->kind == kind && last->until == stretch.from)
        {
          last->until = stretch.until;
          return;
        }
    }
  g_array_append_val (stretches, stretch);
}

static void
add_holiday (Drawing *self, GDateTime *day, const char *name)
{
  /* Translators: day and month of a holiday, for g_date_time_format: "25 Dec" */
  g_autofree char *date = g_date_time_format (day, _ ("%-d %b"));

  /* Translators: a holiday’s name and its date */
  g_ptr_array_add (self->holidays, g_strdup_printf (_ ("%1$s (%2$s)"), name, date));
}

/* A day of which only the part on the line is added. */
static void
add_day (Drawing *self, GDateTime *day, WfInstant from, WfInstant until, gboolean with_hours)
{
  g_autoptr (GArray) spans = wf_working_hours_get_spans (self->hours, from, until);
  const char *holiday = wf_working_hours_get_holiday (self->hours, from);
  WfInstant at = from;

  if (spans->len == 0)
    {
      if (holiday != NULL)
        add_holiday (self, day, holiday);
      add_stretch (self, from, until, holiday != NULL ? WF_STRETCH_HOLIDAY : WF_STRETCH_CLOSED_DAY);
      return;
    }
  if (!with_hours)
    {
      add_stretch (self, from, until, WF_STRETCH_OPEN);
      return;
    }
  for (guint i = 0; i < spans->len; i++)
    {
      const WfOpenSpan *span = &g_array_index (spans, WfOpenSpan, i);

      add_stretch (self, at, MAX (span->open, at), i == 0 ? WF_STRETCH_NIGHT : WF_STRETCH_BREAK);
      add_stretch (self, MAX (span->open, at), MIN (span->close, until), WF_STRETCH_OPEN);
      at = MIN (span->close, until);
    }
  add_stretch (self, at, until, WF_STRETCH_NIGHT);
}

static GDateTime *
get_midnight (GTimeZone *zone, GDateTime *day)
{
  return g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day), 0, 0, 0);
}

static void
add_stretches (Drawing *self)
{
  WfDeadlineLine *line = self->line;
  gint64 days = (line->until - line->from) / DAY;
  g_autoptr (GDateTime) first = wf_instant_to_date_time (line->from, self->zone);
  g_autoptr (GDateTime) day = NULL;

  if (wf_working_hours_is_always_open (self->hours) || days > DAYS_WITH_DAYS)
    {
      add_stretch (self, line->from, line->until, WF_STRETCH_OPEN);
      return;
    }
  day = get_midnight (self->zone, first);
  while (g_date_time_to_unix_usec (day) < line->until)
    {
      g_autoptr (GDateTime) noon = g_date_time_add_hours (day, 36); /* of the next day */
      g_autoptr (GDateTime) next = get_midnight (self->zone, noon);

      add_day (self, day, g_date_time_to_unix_usec (day), g_date_time_to_unix_usec (next),
               days <= DAYS_WITH_HOURS);
      g_date_time_unref (day);
      day = g_steal_pointer (&next);
    }
}

/* ---- what counts ---- */

/* Minutes and hours count open time with the flag (S1, S5); everything else counts all of it. */
static gboolean
counts_open_time (const WfCreateActivity *action)
{
  return action->complete_within.unit <= WF_TIME_UNIT_HOURS && action->business_hours &&
         (action->before == NULL || action->business_time);
}

static void
add_counted (Drawing *self, const WfCreateActivity *action)
{
  WfInstant from = MIN (self->line->event, self->line->due);
  WfInstant until = MAX (self->line->event, self->line->due);
  g_autoptr (GArray) spans = NULL;
  WfOpenSpan whole = { from, until };

  if (!counts_open_time (action) || self->line->until - self->line->from > DAYS_WITH_DAYS * DAY)
    {
      g_array_append_val (self->line->counted, whole);
      return;
    }
  spans = wf_working_hours_get_spans (self->hours, from, until);
  for (guint i = 0; i < spans->len; i++)
    {
      const WfOpenSpan *span = &g_array_index (spans, WfOpenSpan, i);
      WfOpenSpan part = { MAX (span->open, from), MIN (span->close, until) };

      if (part.open < part.close)
        g_array_append_val (self->line->counted, part);
    }
}

/* ---- ticks ---- */

typedef struct
{
  gint64 most; /* length of the line */
  int minutes; /* between ticks; 0: days, months or years */
  int days, months;
  const char *format;
} Scale;

/* Translators: the following are for labels of a time axis, see g_date_time_format */
static const Scale scales[] = {
  { 3 * HOUR, 30, 0, 0, "%H:%M" },      { 6 * HOUR, 60, 0, 0, "%H:%M" },
  { 14 * HOUR, 2 * 60, 0, 0, "%H:%M" }, { 40 * HOUR, 6 * 60, 0, 0, "%H:%M" },
  { 7 * DAY, 0, 1, 0, "%a" },           { 14 * DAY, 0, 2, 0, N_ ("%a %-d") },
  { 45 * DAY, 0, 7, 0, N_ ("%-d %b") }, { 100 * DAY, 0, 14, 0, N_ ("%-d %b") },
  { 200 * DAY, 0, 0, 1, "%b" },         { 800 * DAY, 0, 0, 4, N_ ("%b %Y") },
  { G_MAXINT64, 0, 0, 12, "%Y" },
};

static void
tick_free (gpointer data)
{
  WfDeadlineTick *tick = data;

  g_free (tick->label);
  g_free (tick);
}

/* A midnight among hours is named by its day. */
static void
add_tick (Drawing *self, GDateTime *at, const Scale *scale)
{
  WfDeadlineLine *line = self->line;
  const WfDeadlineTick *last =
      line->ticks->len > 0 ? g_ptr_array_index (line->ticks, line->ticks->len - 1) : NULL;
  gboolean midnight = g_date_time_get_hour (at) == 0 && g_date_time_get_minute (at) == 0;
  WfInstant instant = g_date_time_to_unix_usec (at);
  WfDeadlineTick *tick;

  if (instant < line->from || instant > line->until || (last != NULL && instant <= last->at))
    return;
  tick = g_new0 (WfDeadlineTick, 1);
  tick->at = instant;
  tick->label = g_date_time_format (at, scale->minutes > 0 && midnight ? "%a" : _ (scale->format));
  g_ptr_array_add (line->ticks, tick);
}

/* By wall time: a day of a clock change has its ticks at the same hours. */
static void
add_hour_ticks (Drawing *self, GDateTime *day, const Scale *scale)
{
  for (int minute = 0; minute < 24 * 60; minute += scale->minutes)
    {
      g_autoptr (GDateTime) at =
          g_date_time_new (self->zone, g_date_time_get_year (day), g_date_time_get_month (day),
                           g_date_time_get_day_of_month (day), minute / 60, minute % 60, 0);

      if (at != NULL)
        add_tick (self, at, scale);
    }
}

/* The first of a year's months of which there is a tick. */
static GDateTime *
get_first_month (Drawing *self, GDateTime *day, const Scale *scale)
{
  int month = (g_date_time_get_month (day) - 1) / scale->months * scale->months + 1;

  return g_date_time_new (self->zone, g_date_time_get_year (day), month, 1, 0, 0, 0);
}

static GDateTime *
get_next_day (Drawing *self, GDateTime *day, const Scale *scale)
{
  g_autoptr (GDateTime) next = scale->months > 0 ? g_date_time_add_months (day, scale->months)
                                                 : g_date_time_add_days (day, MAX (scale->days, 1));

  return next != NULL ? get_midnight (self->zone, next) : NULL;
}

static void
add_ticks (Drawing *self)
{
  g_autoptr (GDateTime) first = wf_instant_to_date_time (self->line->from, self->zone);
  g_autoptr (GDateTime) day = NULL;
  const Scale *scale = scales;

  while (scale->most < self->line->until - self->line->from)
    scale++;
  day = scale->months > 0 ? get_first_month (self, first, scale) : get_midnight (self->zone, first);
  while (day != NULL && g_date_time_to_unix_usec (day) <= self->line->until)
    {
      GDateTime *next;

      if (scale->minutes > 0)
        add_hour_ticks (self, day, scale);
      else
        add_tick (self, day, scale);
      next = get_next_day (self, day, scale);
      g_date_time_unref (day);
      day = next;
    }
}

/* ---- the line ---- */

static void
set_ends (WfDeadlineLine *self)
{
  WfInstant from = MIN (self->event, self->due), until = MAX (self->event, self->due);
  gint64 margin;

  if (self->remind != WF_INSTANT_NONE)
    {
      from = MIN (from, self->remind);
      until = MAX (until, self->remind);
    }
  if (until - from < LEAST_LENGTH)
    until = from + LEAST_LENGTH;
  margin = (until - from) / MARGIN;
  self->from = from - margin;
  self->until = until + margin;
}

WfDeadlineLine *
wf_deadline_line_new (const WfDeadlineSample *sample, const WfCreateActivity *action,
                      const WfWorkingHours *hours)
{
  g_autoptr (GPtrArray) holidays = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  WfDeadlineLine *self;
  Drawing drawing;

  if (sample->deadline.outcome != WF_DEADLINE_OK)
    return NULL;
  self = g_new0 (WfDeadlineLine, 1);
  self->event = sample->from;
  self->due = sample->deadline.due;
  self->remind = sample->deadline.remind;
  self->backward = action->before != NULL;
  self->stretches = g_array_new (FALSE, FALSE, sizeof (WfStretch));
  self->counted = g_array_new (FALSE, FALSE, sizeof (WfOpenSpan));
  self->ticks = g_ptr_array_new_with_free_func (tick_free);
  set_ends (self);
  drawing = (Drawing) { self, hours, wf_working_hours_get_zone (hours), holidays };
  add_stretches (&drawing);
  add_counted (&drawing, action);
  add_ticks (&drawing);
  if (holidays->len > 0)
    self->holidays = g_strjoinv (C_ ("separator of a list", ", "), (char **) holidays->pdata);
  return self;
}

void
wf_deadline_line_free (WfDeadlineLine *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->stretches);
  g_array_unref (self->counted);
  g_ptr_array_unref (self->ticks);
  g_free (self->holidays);
  g_free (self);
}

double
wf_deadline_line_get_place (const WfDeadlineLine *self, WfInstant at)
{
  return CLAMP ((double) (at - self->from) / (double) (self->until - self->from), 0, 1);
}
