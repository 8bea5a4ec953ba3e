/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company's working hours: zone, week and holidays (S3). Immutable, atomic reference count. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-working-hours.h"

#include "wf-civil-date.h"
#include "wf-open-days.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MINUTES (24 * 60)

typedef struct
{
  char *date; /* (owned) as in the document: "2026-10-12", or "12-25" for every year */
  char *name; /* (owned) (nullable) */
  gboolean yearly;
  WfJsonDocument *extra; /* (owned) (nullable) unknown members */
} Holiday;

struct _WfWorkingHours
{
  WfOpenDays days;
  GPtrArray *holidays;                /* (owned) of Holiday, as in the document */
  gboolean implied;                   /* nobody wrote it down, nor is it written */
  WfJsonDocument *extra, *week_extra; /* (owned) (nullable) unknown members */
  gatomicrefcount ref_count;
};

static const char *const weekday_names[] = {
  "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL
};
static const char *const known_members[] = { "time-zone", "week", "holidays", NULL };
static const char *const known_holiday_members[] = { "date", "every", "name", NULL };

static void
holiday_free (Holiday *holiday)
{
  g_free (holiday->date);
  g_free (holiday->name);
  g_clear_pointer (&holiday->extra, wf_json_document_unref);
  g_free (holiday);
}

static WfWorkingHours *
working_hours_new (void)
{
  WfWorkingHours *self = g_new0 (WfWorkingHours, 1);

  self->days.dated = g_array_new (FALSE, FALSE, sizeof (WfDatedHoliday));
  self->holidays = g_ptr_array_new_with_free_func ((GDestroyNotify) holiday_free);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/* Reading */

/* Identifiers of the zone database only: GTimeZone would take "EST5EDT,M3.2.0" and file names,
 * too. */
static gboolean
is_zone_identifier (const char *text)
{
  if (!g_ascii_isalpha (text[0]) || strstr (text, "..") != NULL)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("/_+-", *c) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_zone (WfWorkingHours *self, const WfJsonCursor *parent)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, "time-zone");
  const char *identifier = wf_json_cursor_get_string (&cursor, TRUE);
  g_autoptr (GTimeZone) zone = NULL;

  if (identifier == NULL)
    return FALSE;
  if (is_zone_identifier (identifier))
    zone = g_time_zone_new_identifier (identifier);
  if (zone == NULL)
    {
      wf_json_cursor_problem (
          &cursor, "unknown-zone",
          _ ("“%s” is no time zone that this computer knows, such as America/Sao_Paulo."),
          identifier);
      return FALSE;
    }
  self->days.zone = wf_zone_table_new (zone);
  return TRUE;
}

/* "09:30" as minutes of the day; "24:00" too. */
static gboolean
parse_minute (const char *text, int *minute)
{
  int hours, minutes;

  if (text == NULL || strlen (text) != 5 || text[2] != ':')
    return FALSE;
  for (int i = 0; i < 5; i++)
    {
      if (i != 2 && !g_ascii_isdigit (text[i]))
        return FALSE;
    }
  hours = (text[0] - '0') * 10 + (text[1] - '0');
  minutes = (text[3] - '0') * 10 + (text[4] - '0');
  *minute = hours * 60 + minutes;
  return minutes < 60 && *minute <= DAY_MINUTES;
}

static gboolean
read_minute (const WfJsonCursor *parent, guint index, int most, int *minute)
{
  WfJsonCursor cursor = wf_json_cursor_element (parent, index);
  const char *text = wf_json_cursor_get_string (&cursor, TRUE);

  if (text == NULL)
    return FALSE;
  if (parse_minute (text, minute) && *minute <= most)
    return TRUE;
  wf_json_cursor_problem (
      &cursor, "bad-time-of-day",
      _ ("“%s” is no time of day. Write hours and minutes, such as 09:00; a span may end at 24:00."),
      text);
  return FALSE;
}

static gboolean
read_span (const WfJsonCursor *cursor, WfMinuteSpan *span)
{
  gboolean fine;

  if (!wf_json_cursor_expect (cursor, WF_JSON_ARRAY))
    return FALSE;
  if (wf_json_get_size (cursor->value) != 2)
    {
      wf_json_cursor_problem (cursor, "bad-span",
                              _ ("A span has two times, its opening and its closing."));
      return FALSE;
    }
  fine = read_minute (cursor, 0, DAY_MINUTES - 1, &span->open);
  fine &= read_minute (cursor, 1, DAY_MINUTES, &span->close);
  if (!fine)
    return FALSE;
  if (span->open >= span->close)
    {
      wf_json_cursor_problem (
          cursor, "reversed-span",
          _ ("A span must end after it begins. Hours over midnight are two spans: "
             "one until 24:00 and one from 00:00 of the next day."));
      return FALSE;
    }
  return TRUE;
}

/* Puts the span where it belongs, and joins spans that touch. FALSE when it overlaps one. */
static gboolean
insert_span (WfWeekdaySpans *weekday, WfMinuteSpan span)
{
  WfMinuteSpan *spans = weekday->spans;
  guint i = 0;

  while (i < weekday->n && spans[i].close < span.open)
    i++;
  if (i < weekday->n && spans[i].close == span.open)
    {
      span.open = spans[i].open; /* becomes longer: taken out, to be put in again */
      memmove (&spans[i], &spans[i + 1], (weekday->n - i - 1) * sizeof (WfMinuteSpan));
      weekday->n--;
    }
  if (i < weekday->n && spans[i].open < span.close)
    return FALSE;
  if (i < weekday->n && spans[i].open == span.close)
    {
      spans[i].open = span.open;
      return TRUE;
    }
  memmove (&spans[i + 1], &spans[i], (weekday->n - i) * sizeof (WfMinuteSpan));
  spans[i] = span;
  weekday->n++;
  return TRUE;
}

static gboolean
read_weekday (WfWeekdaySpans *weekday, const WfJsonCursor *cursor)
{
  gboolean fine = TRUE;
  guint n;

  if (wf_json_cursor_is_missing (cursor))
    return TRUE; /* closed */
  if (!wf_json_cursor_expect (cursor, WF_JSON_ARRAY))
    return FALSE;
  n = wf_json_get_size (cursor->value);
  if (n > WF_SPANS_A_DAY_MOST)
    {
      wf_json_cursor_problem (cursor, "too-many-spans", _ ("A day can have at most %d spans."),
                              WF_SPANS_A_DAY_MOST);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      WfJsonCursor element = wf_json_cursor_element (cursor, i);
      WfMinuteSpan span;

      if (!read_span (&element, &span))
        fine = FALSE;
      else if (!insert_span (weekday, span))
        {
          wf_json_cursor_problem (&element, "overlapping-spans",
                                  _ ("This span overlaps another one of the same day."));
          fine = FALSE;
        }
    }
  return fine;
}

static gboolean
read_week (WfWorkingHours *self, const WfJsonCursor *parent)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, "week");
  gboolean fine = TRUE, open = FALSE;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    return FALSE;
  self->week_extra = wf_json_cursor_dup_unknown (&cursor, weekday_names);
  for (guint i = 0; i < WF_WEEK_DAYS; i++)
    {
      WfJsonCursor day = wf_json_cursor_member (&cursor, weekday_names[i]);

      fine &= read_weekday (&self->days.week[i], &day);
      open |= self->days.week[i].n > 0;
    }
  if (fine && !open)
    {
      wf_json_cursor_problem (&cursor, "never-open",
                              _ ("This week is never open. Give at least one day a span."));
      return FALSE;
    }
  return fine;
}

static gboolean
read_holiday (WfWorkingHours *self, const WfJsonCursor *cursor)
{
  WfJsonCursor date_cursor, every_cursor, name_cursor;
  WfCivilDate date;
  const char *text, *name;
  gboolean yearly;
  Holiday *holiday;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return FALSE;
  date_cursor = wf_json_cursor_member (cursor, "date");
  every_cursor = wf_json_cursor_member (cursor, "every");
  name_cursor = wf_json_cursor_member (cursor, "name");
  yearly = !wf_json_cursor_is_missing (&every_cursor);
  if (yearly == !wf_json_cursor_is_missing (&date_cursor))
    {
      wf_json_cursor_problem (cursor, "bad-holiday", _ ("A holiday has either “date” or “every”."));
      return FALSE;
    }
  text = wf_json_cursor_get_string (yearly ? &every_cursor : &date_cursor, TRUE);
  name = wf_json_cursor_get_string (&name_cursor, FALSE);
  if (text == NULL || (name == NULL && !wf_json_cursor_is_missing (&name_cursor)))
    return FALSE;
  if (!wf_civil_date_parse (text, !yearly, &date))
    {
      wf_json_cursor_problem (
          yearly ? &every_cursor : &date_cursor, "bad-date",
          yearly ? _ ("“%s” is no day of the year. Write month and day, such as 12-25.")
                 : _ ("“%s” is no date. Write year, month and day, such as 2026-10-12."),
          text);
      return FALSE;
    }
  holiday = g_new0 (Holiday, 1);
  holiday->date = g_strdup (text);
  holiday->name = g_strdup (name);
  holiday->yearly = yearly;
  holiday->extra = wf_json_cursor_dup_unknown (cursor, known_holiday_members);
  g_ptr_array_add (self->holidays, holiday);
  return TRUE;
}

static int
compare_dated (const void *a, const void *b)
{
  const WfDatedHoliday *first = a, *second = b;

  return first->day < second->day ? -1 : first->day > second->day;
}

/* The list as it is asked: dates sorted, yearly days in a table. */
static void
index_holidays (WfWorkingHours *self)
{
  for (guint i = 0; i < self->holidays->len; i++)
    {
      const Holiday *holiday = g_ptr_array_index (self->holidays, i);
      const char *name = holiday->name != NULL ? holiday->name : _ ("Holiday");
      WfCivilDate date = { 0 };

      wf_civil_date_parse (holiday->date, !holiday->yearly, &date);
      if (holiday->yearly)
        {
          self->days.yearly[date.month - 1][date.day - 1] = name;
          self->days.has_yearly = TRUE;
        }
      else
        {
          WfDatedHoliday dated = { wf_civil_date_to_day (date), name };

          g_array_append_val (self->days.dated, dated);
        }
    }
  g_array_sort (self->days.dated, compare_dated);
}

static gboolean
read_holidays (WfWorkingHours *self, const WfJsonCursor *parent)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, "holidays");
  const WfJson *value;
  gboolean fine = TRUE;
  WfJsonIter iter;

  if (wf_json_cursor_is_missing (&cursor))
    return TRUE;
  if (!wf_json_cursor_expect (&cursor, WF_JSON_ARRAY))
    return FALSE;
  /* Not element by element: finding one in an array of objects walks over those before it. */
  wf_json_iter_init (&iter, cursor.value);
  for (guint i = 0; wf_json_iter_next (&iter, NULL, &value); i++)
    {
      const WfJsonCursor element = { &cursor, NULL, i, value, cursor.problems };

      fine &= read_holiday (self, &element);
    }
  index_holidays (self);
  return fine;
}

static gboolean
has_no_closing (const WfOpenDays *days)
{
  for (guint i = 0; i < WF_WEEK_DAYS; i++)
    {
      const WfWeekdaySpans *weekday = &days->week[i];

      if (weekday->n != 1 || weekday->spans[0].open != 0 || weekday->spans[0].close != DAY_MINUTES)
        return FALSE;
    }
  return days->dated->len == 0 && !days->has_yearly;
}

/**
 * wf_working_hours_read:
 * @cursor: the member "working-hours"
 *
 * Problems: "unknown-zone", "bad-time-of-day", "bad-span", "reversed-span", "overlapping-spans",
 * "too-many-spans", "never-open", "bad-holiday", "bad-date", and those of wrong types; warnings:
 * "unknown-member".
 *
 * Returns: (transfer full) (nullable): the calendar; NULL after an error; open all the time in UTC
 * for a missing value
 */
WfWorkingHours *
wf_working_hours_read (const WfJsonCursor *cursor)
{
  g_autoptr (WfWorkingHours) self = NULL;
  gboolean fine;

  if (wf_json_cursor_is_missing (cursor) || wf_json_is (cursor->value, WF_JSON_NULL))
    {
      g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

      return wf_working_hours_new_always_open (utc);
    }
  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return NULL;
  self = working_hours_new ();
  fine = read_zone (self, cursor);
  fine &= read_week (self, cursor);
  fine &= read_holidays (self, cursor);
  self->extra = wf_json_cursor_dup_unknown (cursor, known_members);
  if (!fine)
    return NULL;
  self->days.always_open = has_no_closing (&self->days);
  return g_steal_pointer (&self);
}

/**
 * wf_working_hours_new_always_open:
 * @zone: the company's zone
 *
 * In UTC it stands for hours that nobody has configured, and is not written.
 *
 * Returns: (transfer full): a calendar without a closing
 */
WfWorkingHours *
wf_working_hours_new_always_open (GTimeZone *zone)
{
  WfWorkingHours *self = working_hours_new ();

  self->days.zone = wf_zone_table_new (zone);
  for (guint i = 0; i < WF_WEEK_DAYS; i++)
    self->days.week[i] = (WfWeekdaySpans) { 1, { { 0, DAY_MINUTES } } };
  self->days.always_open = TRUE;
  self->implied = g_str_equal (g_time_zone_get_identifier (zone), "UTC");
  return self;
}

/**
 * wf_working_hours_ref:
 * @self: a calendar
 *
 * Any thread.
 *
 * Returns: (transfer full): the same
 */
WfWorkingHours *
wf_working_hours_ref (WfWorkingHours *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wf_working_hours_unref:
 * @self: (transfer full) (nullable): a calendar
 */
void
wf_working_hours_unref (WfWorkingHours *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->days.zone, wf_zone_table_free);
  g_array_unref (self->days.dated);
  g_ptr_array_unref (self->holidays);
  g_clear_pointer (&self->extra, wf_json_document_unref);
  g_clear_pointer (&self->week_extra, wf_json_document_unref);
  g_free (self);
}

/* Writing */

static void
write_weekday (const WfWeekdaySpans *weekday, WfJsonWriter *writer, const char *name)
{
  wf_json_writer_begin_array (writer, name);
  for (guint i = 0; i < weekday->n; i++)
    {
      const int minutes[] = { weekday->spans[i].open, weekday->spans[i].close };

      wf_json_writer_begin_array (writer, NULL);
      for (guint j = 0; j < G_N_ELEMENTS (minutes); j++)
        {
          g_autofree char *text = g_strdup_printf ("%02d:%02d", minutes[j] / 60, minutes[j] % 60);

          wf_json_writer_add_string (writer, NULL, text);
        }
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
}

static void
write_extra (WfJsonDocument *extra, WfJsonWriter *writer)
{
  if (extra != NULL)
    wf_json_writer_add_members (writer, wf_json_document_get_root (extra));
}

/**
 * wf_working_hours_write:
 * @self: a calendar
 * @writer: where to
 * @name: (nullable): the member's name
 *
 * Writes nothing for hours that were never configured.
 */
void
wf_working_hours_write (const WfWorkingHours *self, WfJsonWriter *writer, const char *name)
{
  if (self->implied)
    return;
  wf_json_writer_begin_object (writer, name);
  wf_json_writer_add_string (writer, "time-zone",
                             g_time_zone_get_identifier (wf_working_hours_get_zone (self)));
  wf_json_writer_begin_object (writer, "week");
  for (guint i = 0; i < WF_WEEK_DAYS; i++)
    write_weekday (&self->days.week[i], writer, weekday_names[i]);
  write_extra (self->week_extra, writer);
  wf_json_writer_end (writer);
  wf_json_writer_begin_array (writer, "holidays");
  for (guint i = 0; i < self->holidays->len; i++)
    {
      const Holiday *holiday = g_ptr_array_index (self->holidays, i);

      wf_json_writer_begin_object (writer, NULL);
      wf_json_writer_add_string (writer, holiday->yearly ? "every" : "date", holiday->date);
      wf_json_writer_add_string (writer, "name", holiday->name);
      write_extra (holiday->extra, writer);
      wf_json_writer_end (writer);
    }
  wf_json_writer_end (writer);
  write_extra (self->extra, writer);
  wf_json_writer_end (writer);
}

/* Asking */

/**
 * wf_working_hours_get_open_days:
 * @self: a calendar
 *
 * Returns: (transfer none): its insides, for the arithmetic on it
 */
const WfOpenDays *
wf_working_hours_get_open_days (const WfWorkingHours *self)
{
  return &self->days;
}

/**
 * wf_working_hours_get_zone:
 * @self: a calendar
 *
 * Returns: (transfer none): the company's zone
 */
GTimeZone *
wf_working_hours_get_zone (const WfWorkingHours *self)
{
  return wf_zone_table_get_zone (self->days.zone);
}

/**
 * wf_working_hours_is_always_open:
 * @self: a calendar
 *
 * Returns: whether it never closes; the editor then warns that no hours are configured (S3)
 */
gboolean
wf_working_hours_is_always_open (const WfWorkingHours *self)
{
  return self->days.always_open;
}
