/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's reminder rules: what can be read is written as it was read, and its reminders go on in time,
 * never later than the manager's. */
#include "fuzz-target.h"
#include "wf-reminder-rules.h"

#include <string.h>

#define DUE G_GINT64_CONSTANT (1774746000000000) /* 29 March 2026 01:00Z, a clock change */

static void
check_written (const WfReminderRules *rules)
{
  g_autofree char *text = wf_reminder_rules_to_text (rules);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfReminderRules) again = NULL;
  g_autofree char *same = NULL;

  FUZZ_CHECK (document != NULL);
  again = wf_reminder_rules_read (wf_json_document_get_root (document), NULL);
  FUZZ_CHECK (again != NULL);
  same = wf_reminder_rules_to_text (again);
  FUZZ_CHECK (strcmp (text, same) == 0);
}

static void
check_reminders (const WfReminderRules *rules)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (WfWorkingHours) hours = wf_working_hours_new_always_open (zone);
  g_autoptr (WfActivity) activity = wf_activity_new ("a");
  WfInstant at = G_MININT64 + 1;
  guint n = 0;

  activity->due = DUE;
  activity->remind = DUE - G_TIME_SPAN_HOUR;
  for (; at != WF_INSTANT_NONE; n++)
    {
      WfInstant next = wf_reminder_rules_get_next (rules, activity, at, hours, zone);

      FUZZ_CHECK (next == WF_INSTANT_NONE || (next > at && next <= DUE));
      FUZZ_CHECK (n > 0 || next <= activity->remind);
      at = next;
    }
  FUZZ_CHECK (n <= WF_MOST_LEAD_TIMES + 3);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (WfProblems) problems = NULL;
  g_autoptr (WfReminderRules) rules = NULL;

  if (document == NULL)
    return 0;
  problems = wf_problems_new (NULL);
  rules = wf_reminder_rules_read (wf_json_document_get_root (document), problems);
  FUZZ_CHECK ((rules == NULL) == wf_problems_has_errors (problems));
  if (rules == NULL)
    return 0;
  check_written (rules);
  check_reminders (rules);
  return 0;
}
