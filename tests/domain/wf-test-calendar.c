/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars and instants for tests about time. */
#include "wf-test-calendar.h"

#include "wf-instant.h"

WfJsonDocument *
wf_test_document (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  WfJsonDocument *document = wf_json_document_parse (json, -1, 0, &error);

  g_assert_no_error (error);
  return document;
}

WfWorkingHours *
wf_test_hours (const char *text)
{
  g_autoptr (WfJsonDocument) document = wf_test_document (text);
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  WfWorkingHours *hours = wf_working_hours_read (&cursor);

  if (wf_problems_get_n (problems) > 0)
    g_test_message ("%s: %s", wf_problems_get (problems, 0)->path,
                    wf_problems_get (problems, 0)->text);
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_nonnull (hours);
  return hours;
}

WfInstant
wf_test_instant (const char *text)
{
  WfInstant at = WF_INSTANT_NONE;

  if (text != NULL)
    g_assert_true (wf_instant_parse (text, &at));
  return at;
}

char *
wf_test_instant_text (WfInstant at, const WfWorkingHours *hours)
{
  if (at == WF_INSTANT_NONE)
    return g_strdup ("none");
  return wf_instant_format_zone (at, wf_working_hours_get_zone (hours));
}
