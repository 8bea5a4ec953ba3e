/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durations: reading, writing, text and the minimum of half an hour (R15-R17, S27). */
#include "wf-duration.h"
#include "wf-test-calendar.h"

static void
test_units (void)
{
  WfTimeUnit unit = WF_TIME_UNIT_WEEKS;

  for (guint i = 0; i < WF_N_TIME_UNITS; i++)
    {
      g_assert_true (wf_time_unit_parse (wf_time_unit_names[i], &unit));
      g_assert_cmpint (unit, ==, i);
    }
  g_assert_null (wf_time_unit_names[WF_N_TIME_UNITS]);
  unit = WF_TIME_UNIT_WEEKS;
  g_assert_false (wf_time_unit_parse ("fortnights", &unit));
  g_assert_false (wf_time_unit_parse ("Minutes", &unit));
  g_assert_false (wf_time_unit_parse ("", &unit));
  g_assert_false (wf_time_unit_parse (NULL, &unit));
  g_assert_cmpint (unit, ==, WF_TIME_UNIT_WEEKS);
}

static const struct
{
  gint64 amount;
  WfTimeUnit unit;
  const char *text;
  gboolean below_minimum;
} durations[] = {
  { 29, WF_TIME_UNIT_MINUTES, "29 minutes", TRUE },
  { 30, WF_TIME_UNIT_MINUTES, "30 minutes", FALSE },
  { 1, WF_TIME_UNIT_MINUTES, "1 minute", TRUE },
  { 1, WF_TIME_UNIT_HOURS, "1 hour", FALSE },
  { 4, WF_TIME_UNIT_HOURS, "4 hours", FALSE },
  { 1, WF_TIME_UNIT_DAYS, "1 day", FALSE },
  { 2, WF_TIME_UNIT_DAYS, "2 days", FALSE },
  { 1, WF_TIME_UNIT_WEEKS, "1 week", FALSE },
  { 21, WF_TIME_UNIT_WEEKS, "21 weeks", FALSE },
  { 1, WF_TIME_UNIT_MONTHS, "1 month", FALSE },
  { 1000000, WF_TIME_UNIT_MONTHS, "1000000 months", FALSE },
};

static void
test_text_and_minimum (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      WfDuration duration = { durations[i].amount, durations[i].unit };
      g_autofree char *text = wf_duration_to_text (duration);

      g_assert_cmpstr (text, ==, durations[i].text);
      g_assert_cmpint (wf_duration_is_below_minimum (duration), ==, durations[i].below_minimum);
      g_assert_true (wf_duration_is_set (duration));
    }
  g_assert_false (wf_duration_is_set (WF_DURATION_NONE));
  g_assert_true (wf_duration_is_below_minimum (WF_DURATION_NONE));
}

static const struct
{
  const char *json;
  gint64 amount; /* 0: refused */
  WfTimeUnit unit;
  const char *path, *code;
} documents[] = {
  { "{'amount':30,'unit':'minutes'}", 30, WF_TIME_UNIT_MINUTES, NULL, NULL },
  { "{'amount':1000000,'unit':'months'}", 1000000, WF_TIME_UNIT_MONTHS, NULL, NULL },
  { "{'amount':30.0,'unit':'hours'}", 30, WF_TIME_UNIT_HOURS, NULL, NULL },
  { "{'amount':0,'unit':'minutes'}", 0, 0, "/amount", "amount-out-of-range" },
  { "{'amount':-30,'unit':'minutes'}", 0, 0, "/amount", "amount-out-of-range" },
  { "{'amount':1000001,'unit':'minutes'}", 0, 0, "/amount", "amount-out-of-range" },
  { "{'amount':9223372036854775807,'unit':'minutes'}", 0, 0, "/amount", "amount-out-of-range" },
  { "{'amount':1.5,'unit':'minutes'}", 0, 0, "/amount", "wrong-type" },
  { "{'amount':'30','unit':'minutes'}", 0, 0, "/amount", "wrong-type" },
  { "{'unit':'minutes'}", 0, 0, "/amount", "missing" },
  { "{'amount':30}", 0, 0, "/unit", "missing" },
  { "{'amount':30,'unit':'seconds'}", 0, 0, "/unit", "unknown-value" },
  { "{'amount':30,'unit':5}", 0, 0, "/unit", "wrong-type" },
  { "[30,'minutes']", 0, 0, "", "wrong-type" },
  { "'30 minutes'", 0, 0, "", "wrong-type" },
  { "null", 0, 0, "", "wrong-type" },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (WfJsonDocument) document = wf_test_document (documents[i].json);
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      WfJsonCursor cursor = wf_json_cursor_root (wf_json_document_get_root (document), problems);
      WfDuration duration = wf_duration_read (&cursor, TRUE);

      g_test_message ("%s", documents[i].json);
      g_assert_cmpint (duration.amount, ==, documents[i].amount);
      if (documents[i].code == NULL)
        {
          g_assert_cmpint (duration.unit, ==, documents[i].unit);
          g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
          continue;
        }
      g_assert_cmpuint (wf_problems_get_n (problems), ==, 1);
      g_assert_cmpstr (wf_problems_get (problems, 0)->path, ==, documents[i].path);
      g_assert_cmpstr (wf_problems_get (problems, 0)->code, ==, documents[i].code);
    }
}

static void
test_read_missing (void)
{
  g_autoptr (WfJsonDocument) document = wf_test_document ("{}");
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  WfJsonCursor root = wf_json_cursor_root (wf_json_document_get_root (document), problems);
  WfJsonCursor member = wf_json_cursor_member (&root, "notify");

  g_assert_false (wf_duration_is_set (wf_duration_read (&member, FALSE)));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
  g_assert_false (wf_duration_is_set (wf_duration_read (&member, TRUE)));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 1);
  g_assert_cmpstr (wf_problems_get (problems, 0)->path, ==, "/notify");
}

static void
test_write (void)
{
  g_autoptr (WfJsonWriter) writer = wf_json_writer_new ();
  g_autofree char *text = NULL;

  wf_json_writer_begin_object (writer, NULL);
  wf_duration_write ((WfDuration) { 10, WF_TIME_UNIT_HOURS }, writer, "notify");
  wf_duration_write (WF_DURATION_NONE, writer, "none");
  wf_json_writer_end (writer);
  text = wf_json_writer_finish (writer, FALSE);
  g_assert_cmpstr (text, ==, "{\"notify\":{\"amount\":10,\"unit\":\"hours\"}}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duration/units", test_units);
  g_test_add_func ("/duration/text-and-minimum", test_text_and_minimum);
  g_test_add_func ("/duration/read", test_read);
  g_test_add_func ("/duration/read-missing", test_read_missing);
  g_test_add_func ("/duration/write", test_write);
  return g_test_run ();
}
