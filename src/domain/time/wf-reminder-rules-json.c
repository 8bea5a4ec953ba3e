/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's reminder rules as JSON text, which the account's store keeps. */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-reminder-rules-private.h"

#include "wf-json-cursor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EVERY_TYPE "*"

static const char *const members[] = { "at-due", "lead-times", "quiet", NULL };
static const char *const quiet_members[] = { "from", "until", "days", NULL };
/* In the order of GDateWeekday, Monday is 1. */
static const char *const weekday_names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                             "friday", "saturday", "sunday",    NULL };
static const char *const singular_names[WF_N_TIME_UNITS + 1] = { "minute", "hour",  "day",
                                                                 "week",   "month", NULL };

static void
warn_of_unknown (const WfJsonCursor *cursor, const char *const *known)
{
  g_autoptr (WfJsonDocument) unknown = wf_json_cursor_dup_unknown (cursor, known);
}

/* -- lead times -------------------------------------------------------------------------------- */

static gboolean
parse_unit (const char *name, WfTimeUnit *unit)
{
  for (guint i = 0; i < WF_N_TIME_UNITS; i++)
    if (g_str_equal (name, singular_names[i]))
      {
        *unit = (WfTimeUnit) i;
        return TRUE;
      }
  return wf_time_unit_parse (name, unit);
}

/* "10 minutes", "1 day". */
static gboolean
parse_duration (const char *text, WfDuration *duration)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 2);
  guint64 amount;

  if (g_strv_length (words) != 2 || !parse_unit (words[1], &duration->unit) ||
      !g_ascii_string_to_unsigned (words[0], 10, 1, WF_DURATION_MOST_AMOUNT, &amount, NULL))
    return FALSE;
  duration->amount = (gint64) amount;
  return TRUE;
}

static gboolean
read_duration (const WfJsonCursor *cursor, WfDuration *duration)
{
  const char *text = wf_json_cursor_get_string (cursor, TRUE);

  if (text == NULL)
    return FALSE;
  if (parse_duration (text, duration))
    return TRUE;
  wf_json_cursor_problem (cursor, "bad-duration",
                          _ ("“%s” is no amount of time. Write a number and a unit, such as "
                             "“10 minutes”."),
                          text);
  return FALSE;
}

/* Takes rules; NULL after a problem. */
static WfReminderRules *
read_type (WfReminderRules *rules, const WfJsonCursor *cursor, const char *type)
{
  WfDuration times[WF_MOST_LEAD_TIMES];
  guint n = wf_json_get_size (cursor->value);
  gboolean good = wf_json_cursor_expect (cursor, WF_JSON_ARRAY);

  if (good && n > WF_MOST_LEAD_TIMES)
    {
      wf_json_cursor_problem (cursor, "too-many", _ ("There can be %d at most."),
                              WF_MOST_LEAD_TIMES);
      good = FALSE;
    }
  for (guint i = 0; good && i < n; i++)
    {
      WfJsonCursor element = wf_json_cursor_element (cursor, i);

      good = read_duration (&element, &times[i]);
    }
  WfReminderRules *changed =
      good ? wf_reminder_rules_with (rules, g_str_equal (type, EVERY_TYPE) ? NULL : type, times, n)
           : NULL;
  wf_reminder_rules_unref (rules);
  return changed;
}

static WfReminderRules *
read_lead_times (WfReminderRules *rules, const WfJsonCursor *root)
{
  WfJsonCursor cursor = wf_json_cursor_member (root, "lead-times");
  WfJsonIter iter;
  const char *name;
  const WfJson *value;

  if (wf_json_cursor_is_missing (&cursor))
    return rules;
  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT))
    {
      wf_reminder_rules_unref (rules);
      return NULL;
    }
  wf_json_iter_init (&iter, cursor.value);
  while (rules != NULL && wf_json_iter_next (&iter, &name, &value))
    {
      WfJsonCursor member = wf_json_cursor_member (&cursor, name);

      rules = read_type (rules, &member, name);
    }
  return rules;
}

/* -- quiet hours ------------------------------------------------------------------------------- */

static gboolean
read_time_of_day (const WfJsonCursor *parent, const char *name, int *minute)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, name);
  const char *text = wf_json_cursor_get_string (&cursor, TRUE);
  guint64 hours = 24, minutes = 60;

  if (text == NULL)
    return FALSE;
  if (strlen (text) == 5 && text[2] == ':')
    {
      char hours_text[3] = { text[0], text[1], '\0' };

      if (!g_ascii_string_to_unsigned (hours_text, 10, 0, 23, &hours, NULL) ||
          !g_ascii_string_to_unsigned (text + 3, 10, 0, 59, &minutes, NULL))
        hours = 24;
    }
  *minute = (int) (hours * 60 + minutes);
  if (hours < 24 && minutes < 60)
    return TRUE;
  wf_json_cursor_problem (&cursor, "bad-time-of-day",
                          _ ("“%s” is no time of day. Write hours and minutes, such as 09:00."),
                          text);
  return FALSE;
}

static gboolean
read_days (const WfJsonCursor *parent, guint *days)
{
  WfJsonCursor cursor = wf_json_cursor_member (parent, "days");

  if (wf_json_cursor_is_missing (&cursor))
    return TRUE;
  if (!wf_json_cursor_expect (&cursor, WF_JSON_ARRAY))
    return FALSE;
  for (guint i = 0; i < wf_json_get_size (cursor.value); i++)
    {
      WfJsonCursor element = wf_json_cursor_element (&cursor, i);
      int day = wf_json_cursor_get_enum (&element, weekday_names, TRUE);

      if (day < 0)
        return FALSE;
      *days |= 1u << (day + 1);
    }
  if (*days != WF_EVERY_DAY)
    return TRUE;
  wf_json_cursor_problem (&cursor, "always-quiet", _ ("At least one day must not be quiet."));
  return FALSE;
}

/* FALSE after a problem. */
static gboolean
read_hours (const WfJsonCursor *cursor, int *from, int *until)
{
  WfJsonCursor from_cursor = wf_json_cursor_member (cursor, "from");
  WfJsonCursor until_cursor = wf_json_cursor_member (cursor, "until");

  if (wf_json_cursor_is_missing (&from_cursor) && wf_json_cursor_is_missing (&until_cursor))
    return TRUE;
  if (!read_time_of_day (cursor, "from", from) || !read_time_of_day (cursor, "until", until))
    return FALSE;
  if (*from != *until)
    return TRUE;
  wf_json_cursor_problem (&until_cursor, "no-hours",
                          _ ("Quiet hours must end at another time than they begin."));
  return FALSE;
}

static WfReminderRules *
read_quiet (WfReminderRules *rules, const WfJsonCursor *root)
{
  WfJsonCursor cursor = wf_json_cursor_member (root, "quiet");
  WfReminderRules *changed = NULL;
  int from = 0, until = 0;
  guint days = 0;

  if (wf_json_cursor_is_missing (&cursor))
    return rules;
  if (wf_json_cursor_expect (&cursor, WF_JSON_OBJECT) && read_hours (&cursor, &from, &until) &&
      read_days (&cursor, &days))
    {
      warn_of_unknown (&cursor, quiet_members);
      changed = wf_reminder_rules_with_quiet (rules, TRUE, from, until, days);
    }
  wf_reminder_rules_unref (rules);
  return changed;
}

/* -- the whole --------------------------------------------------------------------------------- */

/**
 * wf_reminder_rules_read:
 * @root: (nullable): a JSON object
 * @problems: (nullable): receives what is wrong, with its path
 *
 * Returns: (transfer full) (nullable): the rules, or %NULL after an error
 */
WfReminderRules *
wf_reminder_rules_read (const WfJson *root, WfProblems *problems)
{
  WfJsonCursor cursor = wf_json_cursor_root (root, problems);
  WfJsonCursor at_due = wf_json_cursor_member (&cursor, "at-due");
  WfReminderRules *rules;

  if (!wf_json_cursor_expect (&cursor, WF_JSON_OBJECT) ||
      (!wf_json_cursor_is_missing (&at_due) && !wf_json_cursor_expect (&at_due, WF_JSON_BOOLEAN)))
    return NULL;
  rules = wf_reminder_rules_new_default ();
  rules->at_due = wf_json_get_boolean (at_due.value, FALSE);
  rules = read_lead_times (rules, &cursor);
  if (rules != NULL)
    rules = read_quiet (rules, &cursor);
  if (rules != NULL)
    warn_of_unknown (&cursor, members);
  return rules;
}

static void
write_lead_times (const WfLeadTimes *entry, WfJsonWriter *writer)
{
  wf_json_writer_begin_array (writer, entry->type != NULL ? entry->type : EVERY_TYPE);
  for (guint i = 0; i < entry->n; i++)
    {
      WfDuration time = entry->times[i];
      const char *unit = time.amount == 1 ? singular_names[time.unit]
                                          : wf_time_unit_names[time.unit];
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", time.amount, unit);

      wf_json_writer_add_string (writer, NULL, text);
    }
  wf_json_writer_end (writer);
}

static void
write_quiet (const WfReminderRules *self, WfJsonWriter *writer)
{
  wf_json_writer_begin_object (writer, "quiet");
  if (self->from != self->until)
    {
      g_autofree char *from = g_strdup_printf ("%02d:%02d", self->from / 60, self->from % 60);
      g_autofree char *until = g_strdup_printf ("%02d:%02d", self->until / 60, self->until % 60);

      wf_json_writer_add_string (writer, "from", from);
      wf_json_writer_add_string (writer, "until", until);
    }
  if (self->days != 0)
    wf_json_writer_begin_array (writer, "days");
  for (guint day = G_DATE_MONDAY; day <= G_DATE_SUNDAY; day++)
    if ((self->days & 1u << day) != 0)
      wf_json_writer_add_string (writer, NULL, weekday_names[day - 1]);
  if (self->days != 0)
    wf_json_writer_end (writer);
  wf_json_writer_end (writer);
}

/* Compact JSON, the same for the same rules; owned by the caller. */
char *
wf_reminder_rules_to_text (const WfReminderRules *self)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();

  wf_json_writer_begin_object (writer, NULL);
  wf_json_writer_add_boolean (writer, "at-due", self->at_due);
  if (self->lead_times->len > 0)
    wf_json_writer_begin_object (writer, "lead-times");
  for (guint i = 0; i < self->lead_times->len; i++)
    write_lead_times (g_ptr_array_index (self->lead_times, i), writer);
  if (self->lead_times->len > 0)
    wf_json_writer_end (writer);
  if (self->quiet)
    write_quiet (self, writer);
  wf_json_writer_end (writer);
  return wf_json_writer_finish (writer, FALSE);
}
