/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Absences in words (B10). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-absence-text.h"

#include "wf-instant.h"

#include <glib/gi18n-lib.h>

/* Where the clocks skip midnight, the day begins at the first hour that there is. */
WfInstant
wf_absence_find_midnight (int year, int month, int day, int plus, GTimeZone *zone)
{
  g_autoptr (GDateTime) noon = g_date_time_new (zone, year, month, day, 12, 0, 0);
  g_autoptr (GDateTime) wanted = noon != NULL ? g_date_time_add_days (noon, plus) : NULL;

  for (int hour = 0; wanted != NULL && hour < 12; hour++)
    {
      g_autoptr (GDateTime) start =
          g_date_time_new (zone, g_date_time_get_year (wanted), g_date_time_get_month (wanted),
                           g_date_time_get_day_of_month (wanted), hour, 0, 0);

      if (start != NULL)
        return g_date_time_to_unix_usec (start);
    }
  return WF_INSTANT_NONE;
}

static char *
format_day (WfInstant at, GTimeZone *zone, const char *format)
{
  g_autoptr (GDateTime) time = wf_instant_to_date_time (at, zone);
  char *text = time != NULL ? g_date_time_format (time, format) : NULL;

  return text != NULL ? text : g_strdup ("");
}

char *
wf_absence_text_period (WfInstant from, WfInstant until, GTimeZone *zone)
{
  /* Translators: a day, strftime format: "19 November 2026" */
  const char *format = _ ("%-d %B %Y");
  g_autofree char *first = format_day (from, zone, format);
  g_autofree char *last = format_day (until - 1, zone, format);

  if (g_str_equal (first, last))
    return g_steal_pointer (&first);
  /* Translators: the first and the last day of an absence */
  return g_strdup_printf (_ ("%s to %s"), first, last);
}

static guint
count (const GPtrArray *effects, WfAbsenceTreatment treatment)
{
  guint n = 0;

  for (guint i = 0; i < effects->len; i++)
    {
      const WfAbsenceEffect *effect = g_ptr_array_index (effects, i);

      if (effect->treatment == treatment)
        n += effect->n;
    }
  return n;
}

static void
add (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, "\n");
  g_string_append (text, part);
  g_free (part);
}

char *
wf_absence_text_preview (const GPtrArray *effects, const char *cover, WfInstant until,
                         WfWorkingHours *hours)
{
  guint n_cover = count (effects, WF_ABSENCE_COVER), n_shift = count (effects, WF_ABSENCE_SHIFT);
  guint n_hold = count (effects, WF_ABSENCE_HOLD);
  WfInstant open = wf_working_hours_next_open (hours, until);
  /* Translators: a day without its year, strftime format: "Monday, 23 November" */
  g_autofree char *day = format_day (open != WF_INSTANT_NONE ? open : until,
                                     wf_working_hours_get_zone (hours), _ ("%A, %-d %B"));
  GString *text = g_string_new (NULL);

  if (n_cover > 0)
    add (text, g_strdup_printf (g_dngettext (NULL, "%u activity goes to %s.",
                                             "%u activities go to %s.", n_cover),
                                n_cover, cover != NULL ? cover : _ ("nobody")));
  if (n_shift > 0)
    add (text, g_strdup_printf (g_dngettext (NULL, "%u activity moves to %s or later.",
                                             "%u activities move to %s or later.", n_shift),
                                n_shift, day));
  if (n_hold > 0)
    add (text, g_strdup_printf (g_dngettext (NULL, "%u activity stays as it is.",
                                             "%u activities stay as they are.", n_hold),
                                n_hold));
  if (text->len == 0)
    g_string_append (text, _ ("No open activity is due in this time."));
  return g_string_free (text, FALSE);
}

char *
wf_absence_text_treatment (const WfAbsence *absence, const char *cover)
{
  switch (absence->treatment)
    {
    case WF_ABSENCE_COVER:
      return g_strdup_printf (_ ("Activities go to %s"), cover != NULL ? cover : _ ("nobody"));
    case WF_ABSENCE_SHIFT:
      return g_strdup (_ ("Deadlines move to the return"));
    case WF_ABSENCE_HOLD:
    default:
      return g_strdup (_ ("Activities wait, without reminders"));
    }
}

/* -- on return --------------------------------------------------------------------------------- */

static void
add_covered (GString *text, const WfBriefing *briefing, const WfOrganisation *organisation)
{
  const char *cover = wf_organisation_get_person_name (organisation, briefing->cover);

  if (briefing->covered == 0)
    return;
  add (text, g_strdup_printf (g_dngettext (NULL, "%u activity went to %s.",
                                           "%u activities went to %s.", briefing->covered),
                              briefing->covered, cover != NULL ? cover : _ ("somebody else")));
  if (briefing->completed == 0)
    return;
  g_string_append_c (text, ' ');
  g_string_append_printf (
      text, g_dngettext (NULL, "%u of them is done.", "%u of them are done.", briefing->completed),
      briefing->completed);
}

char *
wf_briefing_text (const WfBriefing *briefing, const WfOrganisation *organisation)
{
  GString *text = g_string_new (NULL);

  if (briefing->late > 0)
    add (text, g_strdup_printf (g_dngettext (NULL, "%u activity is late.",
                                             "%u activities are late.", briefing->late),
                                briefing->late));
  if (briefing->today > 0)
    add (text, g_strdup_printf (g_dngettext (NULL, "%u activity is due today.",
                                             "%u activities are due today.", briefing->today),
                                briefing->today));
  if (briefing->created > 0)
    add (text, g_strdup_printf (g_dngettext (NULL, "%u activity came in meanwhile.",
                                             "%u activities came in meanwhile.", briefing->created),
                                briefing->created));
  if (briefing->shifted > 0)
    add (text, g_strdup_printf (g_dngettext (NULL, "%u activity was moved to your return.",
                                             "%u activities were moved to your return.",
                                             briefing->shifted),
                                briefing->shifted));
  add_covered (text, briefing, organisation);
  if (text->len == 0)
    g_string_append (text, _ ("Nothing waits for you."));
  return g_string_free (text, FALSE);
}
