/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The deadline sum line by line, for people (B2, B5). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-deadline-steps.h"

#include "wf-civil-date.h"
#include "wf-instant.h"
#include "wf-open-days.h"

#include <glib/gi18n-lib.h>

/* A long duration has thousands of openings: the first few and the last one are told, the others
 * summed up in a line. */
#define SPANS_TOLD_MOST 6
#define SPANS_TOLD_FIRST 3
#define REASONS_MOST 4
#define REASON_DAYS_MOST 400 /* further days would hardly add a new reason */

#define MINUTE (60 * WF_MICROSECONDS)
#define DAY (WF_SECONDS_A_DAY * WF_MICROSECONDS)
#define SATURDAY 5

typedef struct
{
  GPtrArray *lines;
  const WfDeadlineRequest *request;
  const WfWorkingHours *hours;
} Sum;

static void add_line (Sum *sum, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_line (Sum *sum, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (sum->lines, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static char *
format_instant (Sum *sum, WfInstant at, const char *format)
{
  g_autoptr (GDateTime) time = wf_instant_to_date_time (at, wf_working_hours_get_zone (sum->hours));
  char *text = time != NULL ? g_date_time_format (time, format) : NULL;

  return text != NULL ? text : g_strdup ("");
}

static char *
format_full (Sum *sum, WfInstant at)
{
  /* Translators: a date with its time, as in "Fri 20 Nov 2026 17:50"; see the manual of strftime */
  return format_instant (sum, at, _ ("%a %-d %b %Y %H:%M"));
}

static char *
format_short (Sum *sum, WfInstant at)
{
  /* Translators: a date without year and its time, as in "Mon 23 Nov 09:00"; see the manual of
   * strftime */
  return format_instant (sum, at, _ ("%a %-d %b %H:%M"));
}

static char *
format_time (Sum *sum, WfInstant at)
{
  /* Translators: a time of day, as in "18:00"; see the manual of strftime */
  return format_instant (sum, at, _ ("%H:%M"));
}

/* "10 min", "2 h 30 min", "9 min 30 s" */
static char *
format_amount (gint64 amount)
{
  long seconds = (long) (amount / WF_MICROSECONDS);
  long hours = seconds / 3600, minutes = seconds % 3600 / 60;

  seconds %= 60;
  if (seconds != 0)
    return g_strdup_printf (_ ("%ld min %ld s"), hours * 60 + minutes, seconds);
  if (hours == 0)
    return g_strdup_printf (_ ("%ld min"), minutes);
  if (minutes == 0)
    return g_strdup_printf (_ ("%ld h"), hours);
  return g_strdup_printf (_ ("%ld h %ld min"), hours, minutes);
}

/* Why it is closed */

static gint64
get_local_day (Sum *sum, WfInstant at)
{
  const WfZoneTable *zone = wf_working_hours_get_open_days (sum->hours)->zone;

  return wf_floor_divide (wf_zone_table_to_local (zone, at), DAY);
}

static gboolean
is_open_before (Sum *sum, gint64 day, WfInstant at)
{
  WfDayWalk walk;

  wf_day_walk_init (&walk, wf_working_hours_get_open_days (sum->hours));
  wf_day_walk_load (&walk, day);
  return walk.n > 0 && walk.spans[0].open < at;
}

static gboolean
is_closed_all_day (Sum *sum, gint64 day)
{
  return !is_open_before (sum, day, G_MAXINT64);
}

static const char *
get_day_reason (Sum *sum, gint64 day)
{
  const char *holiday = wf_open_days_get_holiday (wf_working_hours_get_open_days (sum->hours), day);

  if (holiday != NULL)
    return holiday;
  return wf_civil_date_get_weekday (day) >= SATURDAY ? _ ("weekend")
                                                     : _ ("day without working hours");
}

/* The reasons of the days first..last that are closed, each once; NULL when they are all open. */
static char *
join_day_reasons (Sum *sum, gint64 first, gint64 last)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();

  last = MIN (last, first + REASON_DAYS_MOST);
  for (gint64 day = first; day <= last && reasons->len < REASONS_MOST; day++)
    {
      const char *reason = is_closed_all_day (sum, day) ? get_day_reason (sum, day) : NULL;

      if (reason != NULL && !g_ptr_array_find_with_equal_func (reasons, reason, g_str_equal, NULL))
        g_ptr_array_add (reasons, (gpointer) reason);
    }
  if (reasons->len == 0)
    return NULL;
  g_ptr_array_add (reasons, NULL);
  return g_strjoinv (", ", (char **) reasons->pdata);
}

/* Why there is nothing open from one instant to the other. */
static void
add_closed_line (Sum *sum, WfInstant from, WfInstant until)
{
  gint64 first = get_local_day (sum, from), last = get_local_day (sum, until);
  g_autofree char *days = join_day_reasons (sum, first, last);
  const char *reason = days;

  if (reason == NULL && first != last)
    reason = _ ("night");
  else if (reason == NULL)
    reason = is_open_before (sum, first, from) ? _ ("break") : _ ("before opening");
  add_line (sum, _ ("Closed: %s"), reason);
}

/* A result in closed time, and where it goes. */
static void
add_forward_lines (Sum *sum, WfInstant from, WfInstant open)
{
  g_autofree char *text = format_short (sum, open);

  add_closed_line (sum, from, open);
  add_line (sum, _ ("Next opening: %s"), text);
}

static void
add_backward_lines (Sum *sum, WfInstant from, WfInstant close)
{
  g_autofree char *text = format_short (sum, close);

  add_closed_line (sum, close, from);
  add_line (sum, _ ("Last closing before it: %s"), text);
}

/* Open time (S1, S5) */

static void
add_span_line (Sum *sum, const WfOpenSpan *span, gint64 left)
{
  gboolean back = sum->request->before;
  g_autofree char *time = format_time (sum, back ? span->open : span->close);
  g_autofree char *counted = format_amount (span->close - span->open);
  g_autofree char *rest = format_amount (left);

  if (back)
    add_line (sum, _ ("Open since %s: %s counted, %s left"), time, counted, rest);
  else
    add_line (sum, _ ("Open until %s: %s counted, %s left"), time, counted, rest);
}

static void
add_summary_line (Sum *sum, guint n, WfInstant until, gint64 counted, gint64 left)
{
  g_autofree char *time = format_full (sum, until);
  g_autofree char *amount = format_amount (counted);
  g_autofree char *rest = format_amount (left);
  const char *format;

  if (sum->request->before)
    format = ngettext ("%u more opening back to %s: %s counted, %s left",
                       "%u more openings back to %s: %s counted, %s left", n);
  else
    format = ngettext ("%u more opening until %s: %s counted, %s left",
                       "%u more openings until %s: %s counted, %s left", n);
  add_line (sum, format, n, time, amount, rest);
}

/* The spans in the order of counting: those of a count backward are turned round. */
static GArray *
get_counted_spans (Sum *sum, WfInstant result)
{
  const WfDeadlineRequest *request = sum->request;
  GArray *spans;

  if (!request->before)
    return wf_working_hours_get_spans (sum->hours, request->from, result);
  spans = wf_working_hours_get_spans (sum->hours, result, request->from);
  for (guint i = 0; i < spans->len / 2; i++)
    {
      WfOpenSpan *a = &g_array_index (spans, WfOpenSpan, i);
      WfOpenSpan *b = &g_array_index (spans, WfOpenSpan, spans->len - 1 - i);
      WfOpenSpan kept = *a;

      *a = *b;
      *b = kept;
    }
  return spans;
}

/* From where the count stands to the opening (or back to the closing) where it goes on. */
static void
add_gap_lines (Sum *sum, WfInstant at, const WfOpenSpan *next)
{
  if (!sum->request->before && next->open > at)
    add_forward_lines (sum, at, next->open);
  else if (sum->request->before && next->close < at)
    add_backward_lines (sum, at, next->close);
}

static void
add_open_time_lines (Sum *sum, WfInstant result)
{
  const WfDeadlineRequest *request = sum->request;
  g_autoptr (GArray) spans = get_counted_spans (sum, result);
  WfInstant at = request->from;
  guint told = spans->len > SPANS_TOLD_MOST ? SPANS_TOLD_FIRST : spans->len;
  gint64 left = 0, skipped = 0, length;
  g_autofree char *whole = NULL;

  for (guint i = 0; i < spans->len; i++)
    left += g_array_index (spans, WfOpenSpan, i).close - g_array_index (spans, WfOpenSpan, i).open;
  length = left;
  for (guint i = 0; i < spans->len; i++)
    {
      const WfOpenSpan *span = &g_array_index (spans, WfOpenSpan, i);
      gboolean last = i + 1 == spans->len;

      left -= span->close - span->open;
      if (i < told || last)
        add_gap_lines (sum, at, span);
      else
        skipped += span->close - span->open;
      at = request->before ? span->open : span->close;
      if (i < told && !last)
        add_span_line (sum, span, left);
      else if (skipped > 0 && i + 2 == spans->len)
        add_summary_line (sum, spans->len - 1 - told, at, skipped, left);
    }
  if (request->from + (request->before ? -length : length) != result)
    return;
  whole = format_amount (length);
  add_line (sum, _ ("Open all along: %s counted"), whole);
}

/* The other units */

static void
add_later_line (Sum *sum, WfInstant at)
{
  g_autofree char *duration = wf_duration_to_text (sum->request->within);
  g_autofree char *time = format_full (sum, at);

  /* Translators: the first is a duration, as in "2 weeks later: Mon 23 Nov 2026 09:00" */
  add_line (sum, _ ("%s later: %s"), duration, time);
}

/* S2. The same wall time on the day that was found, then that day's hours. */
static void
add_working_days_lines (Sum *sum, WfInstant result)
{
  const WfZoneTable *zone = wf_working_hours_get_open_days (sum->hours)->zone;
  const WfDeadlineRequest *request = sum->request;
  WfInstant start = wf_working_hours_next_open (sum->hours, request->from), plain;
  gint64 first = get_local_day (sum, start), last = get_local_day (sum, result);
  g_autofree char *reasons = join_day_reasons (sum, first, last);
  g_autofree char *duration = NULL, *time = NULL, *moved = NULL;

  if (start != request->from)
    add_forward_lines (sum, request->from, start);
  if (reasons != NULL)
    add_line (sum, _ ("Not counted: %s"), reasons);
  plain =
      wf_zone_table_to_instant (zone, wf_zone_table_to_local (zone, start) + (last - first) * DAY);
  duration = g_strdup_printf (
      ngettext ("%ld working day", "%ld working days", (gulong) request->within.amount),
      (long) request->within.amount);
  time = format_full (sum, plain);
  /* Translators: the first is a duration, as in "2 working days later: Wed 25 Nov 2026 09:00" */
  add_line (sum, _ ("%s later: %s"), duration, time);
  if (plain == result)
    return;
  moved = format_time (sum, result);
  add_line (sum, _ ("Moved into the working hours of that day: %s"), moved);
}

static void
add_after_lines (Sum *sum, WfInstant result)
{
  const WfDeadlineRequest *request = sum->request;
  WfInstant plain;

  if (request->business_hours && request->within.unit <= WF_TIME_UNIT_HOURS)
    {
      add_open_time_lines (sum, result);
      return;
    }
  if (request->business_hours && request->within.unit == WF_TIME_UNIT_DAYS)
    {
      add_working_days_lines (sum, result);
      return;
    }
  plain = wf_deadline_add (request->from, request->within, FALSE, sum->hours);
  add_later_line (sum, plain);
  if (plain != result)
    add_forward_lines (sum, plain, result);
}

static void
add_before_lines (Sum *sum, WfInstant result)
{
  const WfDeadlineRequest *request = sum->request;
  g_autofree char *duration = wf_duration_to_text (request->within);
  g_autofree char *time = NULL;
  WfInstant plain;

  if (request->business_time && request->within.unit <= WF_TIME_UNIT_HOURS)
    {
      add_open_time_lines (sum, result);
      return;
    }
  plain = wf_deadline_subtract (request->from, request->within, FALSE, FALSE, sum->hours);
  time = format_full (sum, plain);
  /* Translators: the first is a duration, as in "120 minutes before: Mon 23 Nov 2026 07:30" */
  add_line (sum, _ ("%s before: %s"), duration, time);
  if (plain != result)
    add_backward_lines (sum, plain, result);
}

static void
add_reminder_line (Sum *sum, const WfDeadline *deadline)
{
  g_autofree char *time = NULL, *duration = NULL;

  if (deadline->remind == WF_INSTANT_NONE)
    return;
  time = format_full (sum, deadline->remind);
  duration = wf_duration_to_text (sum->request->notify);
  if (deadline->remind_at_once)
    add_line (sum, _ ("Reminder: %s, because %s before the deadline is not ahead"), time, duration);
  else
    add_line (sum, _ ("Reminder: %s, %s before the deadline"), time, duration);
}

static void
add_result_lines (Sum *sum, const WfDeadline *deadline, WfInstant uncut)
{
  g_autofree char *due = format_full (sum, deadline->due);

  if (deadline->shortened)
    add_line (sum, "%s",
              _ ("This has passed: half an hour from now counts, but not beyond the date"));
  else if (deadline->arrived_late)
    add_line (
        sum, "%s",
        _ ("The event arrived after this: the time counts from its arrival, at most half an hour"));
  else if (deadline->due != uncut)
    add_line (sum, "%s", _ ("Rounded up to a whole minute"));
  add_line (sum, _ ("Due: %s"), due);
  add_reminder_line (sum, deadline);
}

/**
 * wf_deadline_steps_write:
 * @lines: (element-type utf8): receives the lines, owned by it
 * @request: what was computed
 * @hours: with which calendar
 * @deadline: the result
 * @uncut: the result before rounding and before the rules about what has passed; WF_INSTANT_NONE
 * without one
 */
void
wf_deadline_steps_write (GPtrArray *lines, const WfDeadlineRequest *request,
                         const WfWorkingHours *hours, const WfDeadline *deadline, WfInstant uncut)
{
  Sum sum = { lines, request, hours };
  g_autofree char *from = format_full (&sum, request->from);
  const char *zone = g_time_zone_get_identifier (wf_working_hours_get_zone (hours));

  if (request->before)
    add_line (&sum, _ ("Date: %s (%s)"), from, zone);
  else
    add_line (&sum, _ ("Start: %s (%s)"), from, zone);
  switch (deadline->outcome)
    {
    case WF_DEADLINE_OK:
      if (request->before)
        add_before_lines (&sum, uncut);
      else
        add_after_lines (&sum, uncut);
      add_result_lines (&sum, deadline, uncut);
      break;
    case WF_DEADLINE_ANCHOR_PAST:
      add_line (&sum, "%s", _ ("This date has passed: nothing is created"));
      break;
    case WF_DEADLINE_NO_OPEN_TIME:
      add_line (&sum, "%s", _ ("There is no open time within ten years"));
      break;
    case WF_DEADLINE_OUT_OF_RANGE:
      add_line (&sum, "%s", _ ("The result is beyond the years 1 to 9999"));
      break;
    }
}
