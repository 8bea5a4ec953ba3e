/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Divides the time ahead into the sections of Today. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-day-sections.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

#define NOW_LASTS G_TIME_SPAN_HOUR

static WfInstant
midnight_after (GDateTime *local, GTimeZone *zone, int days)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (local, days);
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, g_date_time_get_year (day),
                                                    g_date_time_get_month (day),
                                                    g_date_time_get_day_of_month (day), 0, 0, 0);

  return g_date_time_to_unix (midnight) * G_TIME_SPAN_SECOND;
}

void
wf_day_sections_get_bounds (WfInstant now, GTimeZone *zone, WfInstant bounds[WF_N_DAY_SECTIONS + 1])
{
  g_autoptr (GDateTime) local = wf_instant_to_date_time (now, zone);
  WfInstant hour = now + NOW_LASTS;
  WfInstant tomorrow = midnight_after (local, zone, 1);
  WfInstant day_after = midnight_after (local, zone, 2);
  WfInstant next_week = midnight_after (local, zone, 8 - g_date_time_get_day_of_week (local));

  bounds[WF_DAY_SECTION_LATE] = WF_INSTANT_NONE;
  bounds[WF_DAY_SECTION_NOW] = now;
  bounds[WF_DAY_SECTION_LATER_TODAY] = hour;
  bounds[WF_DAY_SECTION_TOMORROW] = MAX (hour, tomorrow);
  bounds[WF_DAY_SECTION_THIS_WEEK] = MAX (hour, day_after);
  bounds[WF_DAY_SECTION_LATER] = MAX (bounds[WF_DAY_SECTION_THIS_WEEK], next_week);
  bounds[WF_DAY_SECTION_CLOSED] = WF_INSTANT_NONE;
  bounds[WF_N_DAY_SECTIONS] = WF_INSTANT_NONE;
}

const char *
wf_day_section_to_text (WfDaySection section)
{
  switch (section)
    {
    case WF_DAY_SECTION_LATE:
      return _ ("Late");
    case WF_DAY_SECTION_NOW:
      return _ ("Now");
    case WF_DAY_SECTION_LATER_TODAY:
      return _ ("Later today");
    case WF_DAY_SECTION_TOMORROW:
      return _ ("Tomorrow");
    case WF_DAY_SECTION_THIS_WEEK:
      return _ ("This week");
    case WF_DAY_SECTION_LATER:
      return _ ("Later");
    case WF_DAY_SECTION_CLOSED:
      /* Translators: activities that were done or are no longer needed */
      return C_ ("activities", "Closed");
    default:
      g_return_val_if_reached ("");
    }
}
