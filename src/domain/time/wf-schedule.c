/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a workflow starts by itself (R127): reading and writing. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-schedule-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const every_names[] = { "day", "week", "month", "year", NULL };
static const char *const weekday_names[] = {
  "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL
};
static const char *const direction_names[] = { "before", "after", NULL };
static const char *const known_every[] = { "every", "interval", "at",           "on",
                                           "day",   "month",    "working-days", NULL };
static const char *const known_cron[] = { "cron", NULL };
static const char *const known_date[] = { "date", "offset", "direction", "at", "yearly", NULL };

/* An interval of ten years at most: a schedule that never comes would be useless. */
static const int most_interval[] = {
  [WF_EVERY_DAY] = 3650, [WF_EVERY_WEEK] = 520, [WF_EVERY_MONTH] = 120, [WF_EVERY_YEAR] = 10
};

/* Reading */

/* FALSE after a problem; *number is untouched when the member is missing. */
static gboolean
read_number (const WfJsonCursor *parent, const char *name, int least, int most, int *number)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, name);
  gint64 value;

  if (wf_json_cursor_is_missing (&cursor))
    return TRUE;
  value = wf_json_cursor_get_int64 (&cursor, TRUE, G_MININT64);
  if (value == G_MININT64)
    return FALSE;
  if (value < least || value > most)
    {
      wf_json_cursor_problem (&cursor, "out-of-range", _ ("This must be between %d and %d."), least,
                              most);
      return FALSE;
    }
  *number = (int) value;
  return TRUE;
}

static gboolean
parse_time_of_day (const char *text, int *minute)
{
  int hours, minutes;

  if (strlen (text) != 5 || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      text[2] != ':' || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return FALSE;
  hours = (text[0] - '0') * 10 + (text[1] - '0');
  minutes = (text[3] - '0') * 10 + (text[4] - '0');
  *minute = hours * 60 + minutes;
  return hours < 24 && minutes < 60;
}

static gboolean
read_at (WfSchedule *self, const WfJsonCursor *parent, gboolean required)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, "at");
  const char *text;

  if (!required && wf_json_cursor_is_missing (&cursor))
    return TRUE;
  text = wf_json_cursor_get_string (&cursor, TRUE);
  if (text == NULL)
    return FALSE;
  if (parse_time_of_day (text, &self->at))
    return TRUE;
  wf_json_cursor_problem (&cursor, "bad-time-of-day",
                          _ ("“%s” is no time of day. Write hours and minutes, such as 09:00."),
                          text);
  return FALSE;
}

static gboolean
read_flag (const WfJsonCursor *parent, const char *name, gboolean *flag)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, name);

  if (wf_json_cursor_is_missing (&cursor))
    return TRUE;
  if (!wf_json_cursor_expect (&cursor, WF_JSON_BOOLEAN))
    return FALSE;
  *flag = wf_json_get_boolean (cursor.value, FALSE);
  return TRUE;
}

static gboolean
read_weekdays (WfSchedule *self, const WfJsonCursor *parent)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, "on");
  gboolean fine = TRUE;
  guint n;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_ARRAY))
    return FALSE;
  n = MIN (wf_json_get_size (cursor.value), 100);
  for (guint i = 0; i < n; i++)
    {
      WfJsonCursor element = wf_json_cursor_element (&cursor, i);
      int weekday = wf_json_cursor_get_enum (&element, weekday_names, TRUE);

      if (weekday < 0)
        fine = FALSE;
      else
        self->weekdays |= 1U << weekday;
    }
  if (fine && self->weekdays == 0)
    {
      wf_json_cursor_problem (&cursor, "no-weekday", "%s", _ ("Choose at least one weekday."));
      return FALSE;
    }
  return fine;
}

static gboolean
read_every (WfSchedule *self, const WfJsonCursor *cursor)
{
  WfJsonCursor every_cursor = wf_json_cursor_member (cursor, "every");
  int every = wf_json_cursor_get_enum (&every_cursor, every_names, TRUE);
  gboolean fine;

  self->kind = WF_SCHEDULE_EVERY;
  self->interval = self->day = self->month = 1;
  if (every < 0)
    return FALSE;
  self->every = (WfEvery) every;
  fine = read_at (self, cursor, TRUE);
  fine &= read_number (cursor, "interval", 1, most_interval[every], &self->interval);
  fine &= read_flag (cursor, "working-days", &self->working_days);
  if (self->every == WF_EVERY_WEEK)
    fine &= read_weekdays (self, cursor);
  if (self->every >= WF_EVERY_MONTH)
    fine &= read_number (cursor, "day", 1, 31, &self->day);
  if (self->every == WF_EVERY_YEAR)
    fine &= read_number (cursor, "month", 1, 12, &self->month);
  return fine;
}

static gboolean
read_cron (WfSchedule *self, const WfJsonCursor *cursor)
{
  WfJsonCursor text_cursor = wf_json_cursor_member (cursor, "cron");
  const char *text = wf_json_cursor_get_string (&text_cursor, TRUE);
  g_autofree char *reason = NULL;
  guint place;

  self->kind = WF_SCHEDULE_CRON;
  if (text == NULL)
    return FALSE;
  if (wf_cron_parse (text, &self->cron, &place, &reason))
    return TRUE;
  /* Translators: a place, and a reason such as “a value is missing” */
  wf_json_cursor_problem (&text_cursor, "bad-cron",
                          _ ("This is no cron text. At character %u: %s."), place, reason);
  return FALSE;
}

static gboolean
read_date (WfSchedule *self, const WfJsonCursor *cursor)
{
  WfJsonCursor date = wf_json_cursor_member (cursor, "date");
  WfJsonCursor offset = wf_json_cursor_member (cursor, "offset");
  WfJsonCursor direction_cursor = wf_json_cursor_member (cursor, "direction");
  const char *field = wf_json_cursor_get_string (&date, TRUE);
  int direction = 0;
  gboolean fine = field != NULL;

  self->kind = WF_SCHEDULE_DATE;
  if (field != NULL && field[0] == '\0')
    {
      wf_json_cursor_problem (&date, "missing", "%s", _ ("Choose a date of the lead."));
      fine = FALSE;
    }
  self->field = g_strdup (field);
  self->offset = wf_duration_read (&offset, FALSE);
  fine &= wf_json_cursor_is_missing (&offset) || wf_duration_is_set (self->offset);
  if (!wf_json_cursor_is_missing (&direction_cursor))
    direction = wf_json_cursor_get_enum (&direction_cursor, direction_names, TRUE);
  self->after = direction == 1;
  fine &= direction >= 0;
  fine &= read_at (self, cursor, FALSE);
  fine &= read_flag (cursor, "yearly", &self->yearly);
  return fine;
}

static gboolean
read_members (WfSchedule *self, const WfJsonCursor *cursor)
{
  static const struct
  {
    const char *name;
    gboolean (*read) (WfSchedule *self, const WfJsonCursor *cursor);
    const char *const *known;
  } kinds[] = {
    { "every", read_every, known_every },
    { "cron", read_cron, known_cron },
    { "date", read_date, known_date },
  };
  int kind = -1, n = 0;

  for (int i = 0; i < (int) G_N_ELEMENTS (kinds); i++)
    {
      if (wf_json_get_member (cursor->value, kinds[i].name) == NULL)
        continue;
      kind = i;
      n++;
    }
  if (n != 1)
    {
      wf_json_cursor_problem (cursor, "schedule-kind", "%s",
                              _ ("A schedule has one of “every”, “cron” and “date”."));
      return FALSE;
    }
  wf_json_document_unref (wf_json_cursor_dup_unknown (cursor, kinds[kind].known));
  return kinds[kind].read (self, cursor);
}

/**
 * wf_schedule_read:
 * @cursor: the place of the schedule
 *
 * Returns: (transfer full) (nullable): the schedule; %NULL after an error, which is among the
 *   problems then
 */
WfSchedule *
wf_schedule_read (const WfJsonCursor *cursor)
{
  g_autoptr (WfSchedule) self = NULL;

  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return NULL;
  self = g_new0 (WfSchedule, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->at = WF_TIME_OF_DAY_NONE;
  self->document = wf_json_document_extract (cursor->value);
  return read_members (self, cursor) ? g_steal_pointer (&self) : NULL;
}

/**
 * wf_schedule_ref:
 * @self: a schedule
 *
 * Returns: (transfer full): the same
 */
WfSchedule *
wf_schedule_ref (WfSchedule *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wf_schedule_unref:
 * @self: (transfer full): a schedule
 */
void
wf_schedule_unref (WfSchedule *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  wf_json_document_unref (self->document);
  g_free (self->field);
  g_free (self);
}

/**
 * wf_schedule_write:
 * @self: a schedule
 * @writer: where to
 * @name: (nullable): the member's name
 *
 * As it was read, unknown members included.
 */
void
wf_schedule_write (const WfSchedule *self, WfJsonWriter *writer, const char *name)
{
  wf_json_writer_add_value (writer, name, wf_json_document_get_root (self->document));
}

/**
 * wf_schedule_get_kind:
 * @self: a schedule
 *
 * Returns: which of the three it is
 */
WfScheduleKind
wf_schedule_get_kind (const WfSchedule *self)
{
  return self->kind;
}

/**
 * wf_schedule_get_date_field:
 * @self: a schedule
 *
 * Returns: (transfer none) (nullable): the field of the lead whose date counts; %NULL for other
 *   kinds
 */
const char *
wf_schedule_get_date_field (const WfSchedule *self)
{
  return self->field;
}
