/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as RFC 3339 text. Calendar arithmetic is done here, without allocation: event streams
 * are full of times. */
#define G_LOG_DOMAIN "wf-base"

#include "wf-instant.h"

#define SECONDS_A_DAY 86400
#define LEAST_SECONDS G_GINT64_CONSTANT (-62135596800) /* 0001-01-01T00:00:00Z */
#define MOST_SECONDS G_GINT64_CONSTANT (253402300799)  /* 9999-12-31T23:59:59Z */

/* Days since 1970-01-01 of a date in the Gregorian calendar. Years are counted from March, so
 * that the leap day is last. */
static gint64
days_from_date (int year, int month, int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

static void
date_from_days (gint64 days, int *year, int *month, int *day)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 day_of_era = z - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
                       365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 shifted = (5 * day_of_year + 2) / 153;

  *day = (int) (day_of_year - (153 * shifted + 2) / 5 + 1);
  *month = (int) (shifted < 10 ? shifted + 3 : shifted - 9);
  *year = (int) (year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

/* Exactly n digits; moves *text behind them. */
static gboolean
read_digits (const char **text, int n, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return TRUE;
}

static gboolean
read_char (const char **text, char upper)
{
  if (g_ascii_toupper (**text) != upper)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* Digits beyond microseconds are cut off. */
static gboolean
read_fraction (const char **text, int *microseconds)
{
  int unit = 100000;

  *microseconds = 0;
  if (!read_char (text, '.'))
    return TRUE;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    *microseconds += (**text - '0') * unit;
  return TRUE;
}

static gboolean
read_offset (const char **text, int *seconds)
{
  int sign, hours, minutes;

  *seconds = 0;
  if (read_char (text, 'Z'))
    return TRUE;
  if (**text != '+' && **text != '-')
    return FALSE;
  sign = **text == '-' ? -1 : 1;
  (*text)++;
  if (!read_digits (text, 2, &hours) || !read_char (text, ':') ||
      !read_digits (text, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *seconds = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

static gboolean
read_date (const char **text, int *year, int *month, int *day)
{
  return read_digits (text, 4, year) && read_char (text, '-') && read_digits (text, 2, month) &&
         read_char (text, '-') && read_digits (text, 2, day) && *year >= 1 && *month >= 1 &&
         *month <= 12 && *day >= 1 &&
         *day <= g_date_get_days_in_month ((GDateMonth) *month, (GDateYear) *year);
}

/**
 * wf_instant_parse:
 * @text: (nullable): RFC 3339 time with offset; "t" and "z" may be lower case
 * @instant: receives the instant
 *
 * A leap second (23:59:60 UTC) is read as the second after it, because no clock here knows leap
 * seconds.
 *
 * Returns: FALSE, and @instant untouched, when it is no such time or outside the years 1 to 9999
 */
gboolean
wf_instant_parse (const char *text, WfInstant *instant)
{
  int year, month, day, hour, minute, second, microseconds, offset;
  gint64 seconds;

  if (text == NULL || !read_date (&text, &year, &month, &day) || !read_char (&text, 'T') ||
      !read_digits (&text, 2, &hour) || !read_char (&text, ':') ||
      !read_digits (&text, 2, &minute) || !read_char (&text, ':') ||
      !read_digits (&text, 2, &second) || !read_fraction (&text, &microseconds) ||
      !read_offset (&text, &offset) || *text != '\0' || hour > 23 || minute > 59 || second > 60)
    return FALSE;
  seconds = days_from_date (year, month, day) * SECONDS_A_DAY + hour * 3600 + minute * 60 + second -
            offset;
  if (second == 60 && seconds % SECONDS_A_DAY != 0)
    return FALSE;
  if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS)
    return FALSE;
  *instant = seconds * G_USEC_PER_SEC + microseconds;
  return TRUE;
}

/* Reads "2026-11-20", nothing behind it. */
gboolean
wf_instant_parse_date (const char *text, int *year, int *month, int *day)
{
  return text != NULL && read_date (&text, year, month, day) && *text == '\0';
}

static gboolean
is_in_range (WfInstant instant)
{
  return instant >= LEAST_SECONDS * G_USEC_PER_SEC && instant / G_USEC_PER_SEC <= MOST_SECONDS;
}

/* Exactly n digits; returns what is behind them. Event streams are full of times: printf takes longer than all the rest. */
static char *
write_digits (char *to, int n, guint value)
{
  for (int i = n - 1; i >= 0; i--, value /= 10)
    to[i] = (char) ('0' + value % 10);
  return to + n;
}

static char *
write_fraction (char *to, guint microseconds)
{
  if (microseconds == 0)
    return to;
  *to++ = '.';
  to = write_digits (to, 6, microseconds);
  while (to[-1] == '0')
    to--;
  return to;
}

/* local: microseconds of the wall time as if it were UTC; suffix: "Z" or the offset. */
static char *
format_local (gint64 local, const char *suffix)
{
  gint64 seconds = local / G_USEC_PER_SEC, microseconds = local % G_USEC_PER_SEC, days, rest;
  int year, month, day;
  char text[sizeof "9999-12-31T23:59:59.999999+00:00"], *to = text;

  if (microseconds < 0)
    {
      microseconds += G_USEC_PER_SEC;
      seconds--;
    }
  days = seconds / SECONDS_A_DAY;
  rest = seconds % SECONDS_A_DAY;
  if (rest < 0)
    {
      rest += SECONDS_A_DAY;
      days--;
    }
  date_from_days (days, &year, &month, &day);
  to = write_digits (to, 4, (guint) year);
  *to++ = '-';
  to = write_digits (to, 2, (guint) month);
  *to++ = '-';
  to = write_digits (to, 2, (guint) day);
  *to++ = 'T';
  to = write_digits (to, 2, (guint) (rest / 3600));
  *to++ = ':';
  to = write_digits (to, 2, (guint) (rest / 60 % 60));
  *to++ = ':';
  to = write_digits (to, 2, (guint) (rest % 60));
  to = write_fraction (to, (guint) microseconds);
  g_strlcpy (to, suffix, (gsize) (text + sizeof text - to));
  return g_strdup (text);
}

char *
wf_instant_format_utc (WfInstant instant)
{
  return is_in_range (instant) ? format_local (instant, "Z") : NULL;
}

/* RFC 3339 has no seconds in an offset: local mean times of long ago are written with whole
 * minutes. */
char *
wf_instant_format_zone (WfInstant instant, GTimeZone *zone)
{
  char suffix[8];
  gint64 seconds;
  int interval, minutes;

  if (!is_in_range (instant))
    return NULL;
  seconds = instant / G_USEC_PER_SEC - (instant % G_USEC_PER_SEC < 0 ? 1 : 0);
  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  minutes = g_time_zone_get_offset (zone, interval) / 60;
  if (!is_in_range (instant + minutes * G_TIME_SPAN_MINUTE))
    return wf_instant_format_utc (instant);
  suffix[0] = minutes < 0 ? '-' : '+';
  write_digits (suffix + 1, 2, (guint) ABS (minutes) / 60 % 100);
  suffix[3] = ':';
  write_digits (suffix + 4, 2, (guint) ABS (minutes) % 60);
  suffix[6] = '\0';
  return format_local (instant + minutes * G_TIME_SPAN_MINUTE, suffix);
}

GDateTime *
wf_instant_to_date_time (WfInstant instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;

  if (!is_in_range (instant))
    return NULL;
  utc = g_date_time_new_from_unix_utc_usec (instant);
  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}
