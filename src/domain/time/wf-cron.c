/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A crontab's time: five fields, or a shortcut such as @daily. A plain value, no zone. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-cron.h"

#include "wf-civil-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MINUTES (24 * 60)
#define N_FIELDS 5

typedef enum
{
  MINUTE,
  HOUR,
  DAY,
  MONTH,
  WEEKDAY,
} FieldKind;

typedef struct
{
  int least, most;
  const char *const *names; /* nullable; the first is the value `least` */
} Field;

static const char *const month_names[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul",
                                           "aug", "sep", "oct", "nov", "dec", NULL };
static const char *const weekday_names[] = {
  "sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL
};

static const Field fields[N_FIELDS] = {
  [MINUTE] = { 0, 59, NULL },
  [HOUR] = { 0, 23, NULL },
  [DAY] = { 1, 31, NULL },
  [MONTH] = { 1, 12, month_names },
  [WEEKDAY] = { 0, 7, weekday_names }, /* 0 and 7 are Sunday */
};

static const struct
{
  const char *name, *text;
} shortcuts[] = {
  { "@yearly", "0 0 1 1 *" }, { "@annually", "0 0 1 1 *" }, { "@monthly", "0 0 1 * *" },
  { "@weekly", "0 0 * * 0" }, { "@daily", "0 0 * * *" },    { "@midnight", "0 0 * * *" },
  { "@hourly", "0 * * * *" },
};

/* What is read, and the first mistake. */
typedef struct
{
  const char *start, *at;
  const Field *field;
  const char *mistake; /* (nullable) where */
  char *reason;        /* (owned) (nullable) */
} Reading;

G_GNUC_PRINTF (3, 4)
static gboolean
refuse (Reading *self, const char *where, const char *format, ...)
{
  va_list arguments;

  if (self->reason != NULL)
    return FALSE;
  va_start (arguments, format);
  self->mistake = where;
  self->reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

/* The text of a field is ASCII; whatever else it has is shown as it is, up to the next border. */
static char *
dup_word (const char *text)
{
  gsize length = strcspn (text, " \t,-/");

  return g_strndup (text, MAX (length, 1));
}

static gboolean
refuse_value (Reading *self, const char *where)
{
  g_autofree char *word = NULL;

  if (*where == '\0' || strchr (" \t,-/", *where) != NULL)
    return refuse (self, where, "%s", _ ("a value is missing"));
  word = dup_word (where);
  return refuse (self, where, _ ("“%s” is not between %d and %d"), word, self->field->least,
                 self->field->most);
}

static gboolean
read_number (Reading *self, int *number)
{
  const char *where = self->at;

  for (*number = 0; g_ascii_isdigit (*self->at); self->at++)
    *number = MIN (*number * 10 + (*self->at - '0'), 100000);
  return self->at > where;
}

static gboolean
read_name (Reading *self, int *value)
{
  for (int i = 0; self->field->names != NULL && self->field->names[i] != NULL; i++)
    {
      const char *name = self->field->names[i];

      if (g_ascii_strncasecmp (self->at, name, strlen (name)) != 0 ||
          g_ascii_isalnum (self->at[strlen (name)]))
        continue;
      self->at += strlen (name);
      *value = self->field->least + i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_value (Reading *self, int *value)
{
  const char *where = self->at;

  if (read_name (self, value))
    return TRUE;
  if (!read_number (self, value) || *value < self->field->least || *value > self->field->most)
    return refuse_value (self, where);
  return TRUE;
}

/* "*", "5", "1-5", each also with "/2"; "5/10" goes on to the field's end. */
static gboolean
read_element (Reading *self, guint64 *mask)
{
  int first = self->field->least, last = self->field->most, step = 1;
  const char *where = self->at;
  gboolean single = FALSE;

  if (*self->at == '*')
    self->at++;
  else
    {
      if (!read_value (self, &first))
        return FALSE;
      single = *self->at != '-';
      last = first;
      if (!single)
        {
          self->at++;
          if (!read_value (self, &last))
            return FALSE;
          if (last < first)
            return refuse (self, where, "%s", _ ("the range ends before it begins"));
        }
    }
  if (*self->at == '/')
    {
      const char *where_step = ++self->at;

      if (!read_number (self, &step) || step < 1)
        return refuse (self, where_step, "%s", _ ("after “/” there must be a number from 1 on"));
      if (single)
        last = self->field->most;
    }
  for (int value = first; value <= last; value += step)
    *mask |= G_GUINT64_CONSTANT (1) << value;
  return TRUE;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static gboolean
read_field (Reading *self, guint64 *mask)
{
  for (;;)
    {
      if (!read_element (self, mask))
        return FALSE;
      if (*self->at != ',')
        break;
      self->at++;
    }
  if (*self->at != '\0' && !is_blank (*self->at))
    return refuse_value (self, self->at);
  return TRUE;
}

static void
skip_blanks (Reading *self)
{
  while (is_blank (*self->at))
    self->at++;
}

static gboolean
read_fields (Reading *self, guint64 *masks, gboolean *stars)
{
  for (int i = 0; i < N_FIELDS; i++)
    {
      skip_blanks (self);
      if (*self->at == '\0')
        return refuse (
            self, self->at, "%s",
            _ ("there must be five fields: minute, hour, day of the month, month and weekday"));
      self->field = &fields[i];
      stars[i] = *self->at == '*';
      if (!read_field (self, &masks[i]))
        return FALSE;
    }
  skip_blanks (self);
  if (*self->at != '\0')
    return refuse (self, self->at, "%s", _ ("there is something after the five fields"));
  return TRUE;
}

/* From Sunday first, twice, to Monday first. */
static guint64
turn_weekdays (guint64 mask)
{
  guint64 turned = (mask >> 1) & 0x7f;

  return mask & 1 ? turned | 0x40 : turned;
}

static const char *
expand_shortcut (const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (g_ascii_strcasecmp (name, shortcuts[i].name) == 0)
      return shortcuts[i].text;
  return text;
}

/**
 * wf_cron_parse:
 * @text: "30 8 * * 1-5", "@daily"
 * @cron: (out): the time; untouched after a mistake
 * @place: (out): after a mistake the character at which it is, counted from 1
 * @reason: (out) (transfer full): after a mistake what it is, in the user's language
 *
 * Stars, values, lists, ranges and steps; names of months and weekdays in English, as crontabs have
 * them. 0 and 7 are Sunday.
 *
 * Returns: whether the text is such a time
 */
gboolean
wf_cron_parse (const char *text, WfCron *cron, guint *place, char **reason)
{
  guint64 masks[N_FIELDS] = { 0 };
  gboolean stars[N_FIELDS];
  Reading reading = { .start = text, .at = text };

  skip_blanks (&reading);
  if (*reading.at == '@')
    {
      reading.at = expand_shortcut (text);
      if (reading.at == text)
        {
          skip_blanks (&reading);
          refuse (&reading, reading.at, "%s",
                  _ ("the shortcuts are @hourly, @daily, @weekly, @monthly and @yearly"));
        }
    }
  if (reading.reason != NULL || !read_fields (&reading, masks, stars))
    {
      *place = (guint) g_utf8_pointer_to_offset (text, reading.mistake) + 1;
      *reason = reading.reason;
      return FALSE;
    }
  *cron = (WfCron) { .minutes = masks[MINUTE],
                     .hours = masks[HOUR],
                     .days = masks[DAY],
                     .months = masks[MONTH],
                     .weekdays = turn_weekdays (masks[WEEKDAY]),
                     .any_day = stars[DAY],
                     .any_weekday = stars[WEEKDAY] };
  return TRUE;
}

static gboolean
has (guint64 mask, int value)
{
  return (mask >> value & 1) != 0;
}

/**
 * wf_cron_has_day:
 * @self: a crontab's time
 * @day: a local day's number
 *
 * POSIX crontab: when the day of the month and the weekday are both restricted, a day that matches
 * either one will do.
 *
 * Returns: whether there are times on that day
 */
gboolean
wf_cron_has_day (const WfCron *self, gint64 day)
{
  WfCivilDate date = wf_civil_date_from_day (day);
  gboolean has_day = has (self->days, date.day);
  gboolean has_weekday = has (self->weekdays, wf_civil_date_get_weekday (day));

  if (!has (self->months, date.month))
    return FALSE;
  if (!self->any_day && !self->any_weekday)
    return has_day || has_weekday;
  return has_day && has_weekday;
}

/**
 * wf_cron_next_minute:
 * @self: a crontab's time
 * @minute: of the day, 0..1440
 *
 * Returns: the first minute of the day from @minute on at which it is time; -1 when there is none
 */
int
wf_cron_next_minute (const WfCron *self, int minute)
{
  while (minute < DAY_MINUTES)
    {
      if (!has (self->hours, minute / 60))
        minute = (minute / 60 + 1) * 60;
      else if (!has (self->minutes, minute % 60))
        minute++;
      else
        return minute;
    }
  return -1;
}
