/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of commission: shares and JSON. */
#include "wf-commission.h"

#include <math.h>

static WfCommissionRule *
read_rule (const char *text, WfProblems *problems)
{
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);

  g_assert_nonnull (document);
  return wf_commission_rule_read (wf_json_document_get_root (document), problems);
}

static void
test_shares (void)
{
  g_autoptr (WfCommissionRule) rule = wf_commission_rule_new (WF_COMMISSION_BY_PRODUCT, 2.5);
  static const double wrong[] = { -0.1, 100.1, NAN, INFINITY };

  g_assert_cmpfloat (wf_commission_rule_get (rule, "a"), ==, 2.5);
  g_assert_true (wf_commission_rule_set (rule, "m", 3));
  g_assert_true (wf_commission_rule_set (rule, "a", 0));
  g_assert_true (wf_commission_rule_set (rule, "z", 100));
  g_assert_true (wf_commission_rule_set (rule, "", 7));
  g_assert_true (wf_commission_rule_set (rule, "m", 4));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (wf_commission_rule_set (rule, "m", wrong[i]));
  g_assert_cmpuint (rule->shares->len, ==, 4);
  for (guint i = 1; i < rule->shares->len; i++)
    g_assert_cmpstr (g_array_index (rule->shares, WfCommissionShare, i - 1).id, <,
                     g_array_index (rule->shares, WfCommissionShare, i).id);
  g_assert_cmpfloat (wf_commission_rule_get (rule, "m"), ==, 4);
  g_assert_cmpfloat (wf_commission_rule_get (rule, "a"), ==, 0);
  g_assert_cmpfloat (wf_commission_rule_get (rule, "z"), ==, 100);
  g_assert_cmpfloat (wf_commission_rule_get (rule, NULL), ==, 7);
  g_assert_cmpfloat (wf_commission_rule_get (rule, "b"), ==, 2.5);
}

static void
test_round_trip (void)
{
  for (int by = WF_COMMISSION_BY_ORIGIN; by <= WF_COMMISSION_BY_PERSON; by++)
    {
      g_autoptr (WfCommissionRule) rule = wf_commission_rule_new ((WfCommissionBy) by, 12.25);
      g_autoptr (WfCommissionRule) again = NULL;
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);
      g_autofree char *text = NULL, *same = NULL;

      wf_commission_rule_set (rule, "web", 3.5);
      wf_commission_rule_set (rule, "flow", 1);
      text = wf_commission_rule_to_text (rule);
      again = read_rule (text, problems);
      g_assert_cmpuint (wf_problems_get_n (problems), ==, 0);
      g_assert_cmpint (again->by, ==, by);
      g_assert_cmpfloat (again->otherwise, ==, 12.25);
      same = wf_commission_rule_to_text (again);
      g_assert_cmpstr (text, ==, same);
    }
}

static const struct
{
  const char *json, *path;
} wrong[] = {
  { "[]", "" },
  { "{}", "/by" },
  { "{\"by\":\"colour\"}", "/by" },
  { "{\"by\":\"origin\",\"otherwise\":101}", "/otherwise" },
  { "{\"by\":\"origin\",\"otherwise\":\"3\"}", "/otherwise" },
  { "{\"by\":\"origin\",\"shares\":{}}", "/shares" },
  { "{\"by\":\"origin\",\"shares\":[3]}", "/shares/0" },
  { "{\"by\":\"origin\",\"shares\":[{\"id\":\"web\"}]}", "/shares/0/percent" },
  { "{\"by\":\"origin\",\"shares\":[{\"percent\":3}]}", "/shares/0/id" },
  { "{\"by\":\"origin\",\"shares\":[{\"id\":\"web\",\"percent\":-1}]}", "/shares/0/percent" },
  { "{\"by\":\"origin\",\"shares\":[{\"id\":\"a\",\"percent\":1},{\"id\":\"a\",\"percent\":2}]}",
    "/shares/1/id" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (WfProblems) problems = wf_problems_new (NULL);

      g_test_message ("%s", wrong[i].json);
      g_assert_null (read_rule (wrong[i].json, problems));
      g_assert_nonnull (wf_problems_find (problems, wrong[i].path));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/commission/shares", test_shares);
  g_test_add_func ("/report/commission/round-trip", test_round_trip);
  g_test_add_func ("/report/commission/wrong", test_wrong);
  return g_test_run ();
}
