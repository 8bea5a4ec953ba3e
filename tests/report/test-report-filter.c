/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters of reports: copies, comparison, JSON. */
#include "wf-report-filter.h"

static WfReportFilter *
read_filter (const char *text, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  g_assert_nonnull (document);
  return wf_report_filter_read (wf_json_document_get_root (document), problems);
}

static void
test_round_trip (void)
{
  g_autoptr (WfReportFilter) filter = wf_report_filter_new (), copy = NULL;

  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (WfReportFilter) again = NULL;
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);

      filter->by = (WfDimension) i;
      filter->only[i] = g_strdupv ((char **) (const char *const[]) { "ana", "", "w/3", NULL });
      text = wf_report_filter_to_text (filter);
      again = read_filter (text, problems);
      g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
      g_assert_nonnull (again);
      g_assert_true (wf_report_filter_equal (filter, again));
      g_assert_cmpstr (wf_dimension_get_title ((WfDimension) i), !=, "");
      g_clear_pointer (&copy, wf_report_filter_free);
      copy = wf_report_filter_copy (filter);
      g_assert_true (wf_report_filter_equal (filter, copy));
    }
  g_assert_null (wf_dimension_names[WF_N_DIMENSIONS]);
}

static void
test_equal (void)
{
  g_autoptr (WfReportFilter) a = wf_report_filter_new (), b = wf_report_filter_new ();

  g_assert_cmpint (a->period.kind, ==, WF_PERIOD_LAST_30_DAYS);
  g_assert_cmpint (a->by, ==, WF_DIMENSION_PERSON);
  g_assert_true (wf_report_filter_equal (a, b));
  a->only[WF_DIMENSION_TYPE] = g_strdupv ((char **) (const char *const[]) { NULL });
  g_assert_true (wf_report_filter_equal (a, b));
  g_strfreev (a->only[WF_DIMENSION_TYPE]);
  a->only[WF_DIMENSION_TYPE] = g_strdupv ((char **) (const char *const[]) { "x", "y", NULL });
  g_assert_false (wf_report_filter_equal (a, b));
  b->only[WF_DIMENSION_TYPE] = g_strdupv ((char **) (const char *const[]) { "y", "x", NULL });
  g_assert_true (wf_report_filter_equal (a, b));
  b->by = WF_DIMENSION_TEAM;
  g_assert_false (wf_report_filter_equal (a, b));
  b->by = WF_DIMENSION_PERSON;
  b->period.kind = WF_PERIOD_TODAY;
  g_assert_false (wf_report_filter_equal (a, b));
}

static const struct
{
  const char *json, *path; /* path of the error; NULL: none */
} inputs[] = {
  { "{}", NULL },
  { "{\"period\":\"this-month\",\"by\":\"origin\",\"only\":{\"origin\":[]}}", NULL },
  { "[]", "" },
  { "{\"period\":\"soon\"}", "/period" },
  { "{\"period\":7}", "/period" },
  { "{\"period\":\"2026-11-02/2026-11-01\"}", "/period" },
  { "{\"by\":\"colour\"}", "/by" },
  { "{\"only\":[]}", "/only" },
  { "{\"only\":{\"person\":\"ana\"}}", "/only/person" },
  { "{\"only\":{\"person\":[\"ana\",3]}}", "/only/person/1" },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autoptr (WfReportFilter) filter = read_filter (inputs[i].json, problems);

      g_test_message ("%s", inputs[i].json);
      g_assert_cmpint (filter != NULL, ==, inputs[i].path == NULL);
      g_assert_cmpint (wf_problems_has_errors (problems), ==, inputs[i].path != NULL);
      if (inputs[i].path != NULL)
        g_assert_nonnull (wf_problems_find (problems, inputs[i].path));
    }
}

static void
test_unknown (void)
{
  g_autoptr (WfProblems) problems = wf_problems_new (NULL);
  g_autoptr (WfReportFilter) filter =
      read_filter ("{\"colour\":1,\"only\":{\"shape\":[]}}", problems);

  g_assert_nonnull (filter);
  g_assert_false (wf_problems_has_errors (problems));
  g_assert_cmpuint (wf_problems_get_n (problems), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/filter/round-trip", test_round_trip);
  g_test_add_func ("/report/filter/equal", test_equal);
  g_test_add_func ("/report/filter/read", test_read);
  g_test_add_func ("/report/filter/unknown", test_unknown);
  return g_test_run ();
}
