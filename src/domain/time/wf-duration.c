/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount of time as people say it: 30 minutes, 3 months (R15-R17). */
#define G_LOG_DOMAIN "wf-domain"

#include "wf-duration.h"

#include <glib/gi18n-lib.h>

const char *const wf_time_unit_names[WF_N_TIME_UNITS + 1] = {
  [WF_TIME_UNIT_MINUTES] = "minutes", [WF_TIME_UNIT_HOURS] = "hours",
  [WF_TIME_UNIT_DAYS] = "days",       [WF_TIME_UNIT_WEEKS] = "weeks",
  [WF_TIME_UNIT_MONTHS] = "months",
};

/**
 * wf_time_unit_parse:
 * @name: (nullable): a unit as in documents
 * @unit: (out): the unit; untouched when there is no such one
 *
 * Returns: whether the name is one of wf_time_unit_names
 */
gboolean
wf_time_unit_parse (const char *name, WfTimeUnit *unit)
{
  if (name == NULL)
    return FALSE;
  for (int i = 0; i < WF_N_TIME_UNITS; i++)
    {
      if (g_str_equal (name, wf_time_unit_names[i]))
        {
          *unit = (WfTimeUnit) i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * wf_duration_to_text:
 * @duration: a duration
 *
 * Returns: (transfer full): "30 minutes", "1 hour" in the user's language
 */
char *
wf_duration_to_text (WfDuration duration)
{
  long amount = (long) CLAMP (duration.amount, 0, G_MAXINT32);
  gulong n = (gulong) amount;

  switch (duration.unit)
    {
    case WF_TIME_UNIT_MINUTES:
      return g_strdup_printf (ngettext ("%ld minute", "%ld minutes", n), amount);
    case WF_TIME_UNIT_HOURS:
      return g_strdup_printf (ngettext ("%ld hour", "%ld hours", n), amount);
    case WF_TIME_UNIT_DAYS:
      return g_strdup_printf (ngettext ("%ld day", "%ld days", n), amount);
    case WF_TIME_UNIT_WEEKS:
      return g_strdup_printf (ngettext ("%ld week", "%ld weeks", n), amount);
    case WF_TIME_UNIT_MONTHS:
      return g_strdup_printf (ngettext ("%ld month", "%ld months", n), amount);
    }
  g_return_val_if_reached (g_strdup (""));
}

/**
 * wf_duration_is_set:
 * @duration: a duration
 *
 * Returns: whether it is more than nothing
 */
gboolean
wf_duration_is_set (WfDuration duration)
{
  return duration.amount > 0;
}

/**
 * wf_duration_is_below_minimum:
 * @duration: how long an activity may take
 *
 * R16, S27: the minimum is 30 minutes in the duration's own time base, so working minutes are not
 * converted.
 *
 * Returns: whether it is too short; a duration that is not set is
 */
gboolean
wf_duration_is_below_minimum (WfDuration duration)
{
  switch (duration.unit)
    {
    case WF_TIME_UNIT_MINUTES:
      return duration.amount < WF_COMPLETE_WITHIN_LEAST_MINUTES;
    case WF_TIME_UNIT_HOURS:
    case WF_TIME_UNIT_DAYS:
    case WF_TIME_UNIT_WEEKS:
    case WF_TIME_UNIT_MONTHS:
      return duration.amount < 1;
    }
  g_return_val_if_reached (TRUE);
}

/**
 * wf_duration_read:
 * @cursor: the place of {"amount", "unit"}
 * @required: whether a missing one is a problem
 *
 * Other members are left to the caller: a duration may carry more ("before").
 *
 * Returns: the duration, or WF_DURATION_NONE after a problem and for a missing one
 */
WfDuration
wf_duration_read (const WfJsonCursor *cursor, gboolean required)
{
  WfJsonCursor amount_cursor, unit_cursor;
  gint64 amount;
  int unit;

  if (wf_json_cursor_is_missing (cursor) && !required)
    return WF_DURATION_NONE;
  if (!wf_json_cursor_expect (cursor, WF_JSON_OBJECT))
    return WF_DURATION_NONE;
  amount_cursor = wf_json_cursor_member (cursor, "amount");
  unit_cursor = wf_json_cursor_member (cursor, "unit");
  /* A wrong amount has its problem already, and falls back to one that adds no second. */
  amount = wf_json_cursor_get_int64 (&amount_cursor, TRUE, G_MININT64);
  unit = wf_json_cursor_get_enum (&unit_cursor, wf_time_unit_names, TRUE);
  if (amount == G_MININT64)
    return WF_DURATION_NONE;
  if (amount < 1 || amount > WF_DURATION_MOST_AMOUNT)
    {
      wf_json_cursor_problem (&amount_cursor, "amount-out-of-range",
                              _ ("The amount must be between 1 and %d."), WF_DURATION_MOST_AMOUNT);
      return WF_DURATION_NONE;
    }
  if (unit < 0)
    return WF_DURATION_NONE;
  return (WfDuration) { amount, (WfTimeUnit) unit };
}

/**
 * wf_duration_write:
 * @duration: a duration; one that is not set writes nothing
 * @writer: where to
 * @name: (nullable): the member's name
 */
void
wf_duration_write (WfDuration duration, WfJsonWriter *writer, const char *name)
{
  if (!wf_duration_is_set (duration))
    return;
  wf_json_writer_begin_object (writer, name);
  wf_json_writer_add_int (writer, "amount", duration.amount);
  wf_json_writer_add_string (writer, "unit", wf_time_unit_names[duration.unit]);
  wf_json_writer_end (writer);
}
