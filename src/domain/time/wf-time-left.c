/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says how much time is left, or how late something is. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-time-left.h"

#include <glib/gi18n-lib.h>

#define MINUTES_A_DAY (24 * 60)
#define SHOW_MINUTES_BELOW (3 * 60) /* from three hours on, the minutes say nothing any more */

static gint64
round_up_minutes (gint64 microseconds)
{
  return (microseconds + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE;
}

char *
wf_time_amount_to_text (gint64 minutes)
{
  if (minutes < 60)
    {
      /* Translators: a short amount of time */
      return g_strdup_printf (_ ("%d min"), (int) minutes);
    }
  if (minutes < SHOW_MINUTES_BELOW && minutes % 60 != 0)
    {
      /* Translators: a short amount of time, hours and minutes */
      return g_strdup_printf (_ ("%d h %d min"), (int) (minutes / 60), (int) (minutes % 60));
    }
  if (minutes < MINUTES_A_DAY)
    {
      /* Translators: a short amount of time */
      return g_strdup_printf (_ ("%d h"), (int) (minutes / 60));
    }
  int days = (int) MIN (minutes / MINUTES_A_DAY, G_MAXINT);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
}

static char *
amount_to_speech (gint64 minutes)
{
  int hours = (int) (minutes / 60);
  int rest = (int) (minutes % 60);

  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), (int) minutes);
  if (minutes >= MINUTES_A_DAY)
    return wf_time_amount_to_text (minutes);
  g_autofree char *hours_text =
      g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) hours), hours);
  if (minutes >= SHOW_MINUTES_BELOW || rest == 0)
    return g_steal_pointer (&hours_text);
  g_autofree char *rest_text =
      g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) rest), rest);
  /* Translators: "1 hour" and "20 minutes" */
  return g_strdup_printf (_ ("%s and %s"), hours_text, rest_text);
}

static char *
late_to_text (WfInstant due, WfInstant now, char *(*amount) (gint64 minutes))
{
  g_autofree char *late = amount (round_up_minutes (now - due));

  /* Translators: %s is an amount of time such as "2 h" */
  return g_strdup_printf (_ ("%s late"), late);
}

static char *
left_to_text (WfInstant due, WfInstant now, char *(*amount) (gint64 minutes))
{
  gint64 minutes = round_up_minutes (due - now);

  if (now > due)
    return late_to_text (due, now, amount);
  if (minutes == 0)
    return g_strdup (_ ("due now"));
  g_autofree char *rest = amount (minutes);
  /* Translators: %s is an amount of time such as "25 min" */
  return g_strdup_printf (_ ("in %s"), rest);
}

char *
wf_time_left_to_text (WfInstant due, WfInstant now)
{
  return left_to_text (due, now, wf_time_amount_to_text);
}

char *
wf_time_left_to_speech (WfInstant due, WfInstant now)
{
  return left_to_text (due, now, amount_to_speech);
}

char *
wf_time_left_to_sentence (WfInstant due, WfInstant now)
{
  gint64 minutes = round_up_minutes (due - now);

  if (now > due)
    return late_to_text (due, now, amount_to_speech);
  if (minutes == 0)
    return g_strdup (_ ("Due now"));
  g_autofree char *rest = amount_to_speech (minutes);
  /* Translators: %s is an amount of time such as "25 minutes" */
  return g_strdup_printf (_ ("Due in %s"), rest);
}
