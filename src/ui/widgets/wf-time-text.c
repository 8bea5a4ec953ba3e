/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says instants in words. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-time-text.h"

#include "wf-instant.h"
#include "wf-time-left.h"

#include <glib/gi18n-lib.h>

static int
days_between (GDateTime *from, GDateTime *to)
{
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, (GDateDay) g_date_time_get_day_of_month (from), g_date_time_get_month (from),
                  (GDateYear) g_date_time_get_year (from));
  g_date_set_dmy (&b, (GDateDay) g_date_time_get_day_of_month (to), g_date_time_get_month (to),
                  (GDateYear) g_date_time_get_year (to));
  return g_date_days_between (&a, &b);
}

/* Some languages write the names of days in lower case; a label begins with a capital letter. */
static char *
capitalized (char *text)
{
  gunichar first = g_utf8_get_char (text);
  GString *result = g_string_new (NULL);

  g_string_append_unichar (result, g_unichar_totitle (first));
  g_string_append (result, g_utf8_next_char (text));
  g_free (text);
  return g_string_free_and_steal (result);
}

static char *
format_day (GDateTime *at, GDateTime *now)
{
  int days = days_between (now, at);

  if (days == 0)
    return g_strdup (_ ("Today"));
  if (days == 1)
    return g_strdup (_ ("Tomorrow"));
  if (days == -1)
    return g_strdup (_ ("Yesterday"));
  if (days > 1 && days < 7)
    return capitalized (g_date_time_format (at, "%A"));
  if (g_date_time_get_year (at) == g_date_time_get_year (now))
    {
      /* Translators: short date without a year, strftime format: "20 Nov" */
      return g_date_time_format (at, _ ("%-d %b"));
    }
  /* Translators: short date with a year, strftime format: "20 Nov 2026" */
  return g_date_time_format (at, _ ("%-d %b %Y"));
}

char *
wf_time_text_day_and_time (WfInstant at, WfInstant now, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (at, zone);
  g_autoptr (GDateTime) local_now = wf_instant_to_date_time (now, zone);

  if (local == NULL || local_now == NULL)
    return g_strdup ("");
  g_autofree char *day = format_day (local, local_now);
  g_autofree char *clock = g_date_time_format (local, "%H:%M");
  /* Translators: a day and a time of day: "Tomorrow, 09:20" */
  return g_strdup_printf (_ ("%s, %s"), day, clock);
}

char *
wf_time_text_ago (WfInstant then, WfInstant now, GTimeZone *zone)
{
  gint64 minutes = (now - then) / G_TIME_SPAN_MINUTE;

  if (minutes < 1)
    return g_strdup (_ ("just now"));
  if (minutes < 12 * 60)
    {
      g_autofree char *amount = wf_time_amount_to_text (minutes < 60 ? minutes : minutes / 60 * 60);
      /* Translators: %s is an amount of time such as "2 min" */
      return g_strdup_printf (_ ("%s ago"), amount);
    }
  return wf_time_text_day_and_time (then, now, zone);
}

char *
wf_time_text_clock (WfInstant at, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (at, zone);

  return local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("");
}

char *
wf_time_text_full (WfInstant at, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (at, zone);

  if (local == NULL)
    return g_strdup ("");
  /* Translators: a complete date and time, strftime format: "Friday, 20 November 2026, 17:50" */
  return capitalized (g_date_time_format (local, _ ("%A, %-d %B %Y, %H:%M")));
}

char *
wf_time_text_original (WfInstant at, const char *zone_name)
{
  g_autoptr (GTimeZone) zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;

  if (zone == NULL)
    return NULL;
  g_autofree char *full = wf_time_text_full (at, zone);
  /* Translators: a complete date and time, and the name of the time zone: "… 17:50 (America/Sao_Paulo)" */
  return g_strdup_printf (_ ("%s (%s)"), full, zone_name);
}

gboolean
wf_time_text_parse_clock (const char *text, int *hour, int *minute)
{
  g_autoptr (GRegex) regex = g_regex_new ("^\\s*(\\d{1,2})(?:\\s*[:h.]?\\s*(\\d{2})?)?\\s*h?\\s*$",
                                          G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return FALSE;
  g_autofree char *hours = g_match_info_fetch (match, 1);
  g_autofree char *minutes = g_match_info_fetch (match, 2);
  int h = (int) g_ascii_strtoll (hours, NULL, 10);
  int m = minutes != NULL ? (int) g_ascii_strtoll (minutes, NULL, 10) : 0;
  if (h > 23 || m > 59)
    return FALSE;
  *hour = h;
  *minute = m;
  return TRUE;
}
