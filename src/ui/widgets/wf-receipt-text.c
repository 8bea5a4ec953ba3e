/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what became of a reminder: delivery facts, nothing else (B11). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-receipt-text.h"

#include "wf-instant.h"
#include "wf-time-text.h"

#include <glib/gi18n-lib.h>

static gboolean
is_same_day (WfInstant a, WfInstant b, GTimeZone *zone)
{
  g_autoptr (GDateTime) first = wf_instant_to_date_time (a, zone);
  g_autoptr (GDateTime) second = wf_instant_to_date_time (b, zone);

  return first != NULL && second != NULL &&
         g_date_time_get_year (first) == g_date_time_get_year (second) &&
         g_date_time_get_day_of_year (first) == g_date_time_get_day_of_year (second);
}

/* today: the sentence for an instant of the same day as base; other: with the day. */
static char *
fill (const char *today, const char *other, WfInstant at, WfInstant base, WfInstant now,
      GTimeZone *zone)
{
  gboolean same = is_same_day (at, base, zone);
  g_autofree char *when = same ? wf_time_text_clock (at, zone)
                               : wf_time_text_day_and_time (at, now, zone);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (same ? today : other, when);
#pragma GCC diagnostic pop
}

static char *
late_to_text (const WfReceipt *receipt, WfInstant now, GTimeZone *zone)
{
  /* Translators: %s is a time of day: "14:02" */
  g_autofree char *shown = fill (_ ("Reminded at %s, late"),
                                 /* Translators: %s is a day and a time: "Yesterday, 14:02" */
                                 _ ("Reminded late: %s"), receipt->shown, now, now, zone);
  g_autofree char *due =
      /* Translators: when the reminder should have come; %s is a time of day: "09:50" */
      fill (_ ("planned for %s"),
            /* Translators: when the reminder should have come; %s is a day and a time */
            _ ("planned for: %s"), receipt->at, receipt->shown, now, zone);

  /* Translators: "Reminded at 14:02, late" and "planned for 09:50", as one sentence */
  return g_strdup_printf (_ ("%s (%s)."), shown, due);
}

char *
wf_receipt_to_text (const WfReceipt *receipt, WfInstant now, GTimeZone *zone)
{
  switch (receipt->kind)
    {
    case WF_RECEIPT_SHOWN:
      return fill (_ ("Reminded at %s."), _ ("Reminded: %s."), receipt->shown, now, now, zone);
    case WF_RECEIPT_SHOWN_LATE:
      return late_to_text (receipt, now, zone);
    case WF_RECEIPT_SNOOZED:
      return fill (_ ("Snoozed until %s."), _ ("Snoozed until: %s."), receipt->shown, now, now,
                   zone);
    case WF_RECEIPT_NOT_NEEDED:
      return fill (_ ("The reminder of %s was not needed."), _ ("A reminder was not needed: %s."),
                   receipt->at, now, now, zone);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
wf_next_reminder_to_text (WfInstant next, WfInstant now, GTimeZone *zone)
{
  if (next == WF_INSTANT_NONE)
    return NULL;
  return fill (_ ("Will remind at %s."), _ ("Will remind: %s."), next, now, now, zone);
}
