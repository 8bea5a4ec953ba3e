/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved report's filter, and a rule of commission: what can be read is written as it was read, and its
 * period means some days. */
#include "fuzz-target.h"
#include "wf-commission.h"
#include "wf-report-filter.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1774746000000000) /* 29 March 2026 01:00Z, a clock change */

static void
check_range (const WfTimeRange *range)
{
  FUZZ_CHECK (range->n > 0);
  FUZZ_CHECK (range->from <= range->until);
  FUZZ_CHECK (range->bounds[0] == range->from && range->bounds[range->n] == range->until);
  FUZZ_CHECK (range->from == range->until || wf_time_range_find (range, range->from) == 0);
  FUZZ_CHECK (wf_time_range_find (range, range->until) == range->n);
}

static void
check_filter (const WfReportFilter *filter)
{
  g_autofree char *text = wf_report_filter_to_text (filter);
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (WfReportFilter) again = NULL;
  g_autoptr (WfTimeRange) range = NULL, before = NULL;

  FUZZ_CHECK (document != NULL);
  again = wf_report_filter_read (wf_json_document_get_root (document), NULL);
  FUZZ_CHECK (again != NULL && wf_report_filter_equal (filter, again));
  range = wf_period_resolve (&filter->period, NOW, zone, G_DATE_SUNDAY);
  before = wf_period_resolve_previous (&filter->period, NOW, zone, G_DATE_SUNDAY);
  check_range (range);
  check_range (before);
}

static void
check_rule (const WfCommissionRule *rule)
{
  g_autofree char *text = wf_commission_rule_to_text (rule), *same = NULL;
  g_autoptr (WfJsonDocument) document = wf_json_document_parse (text, -1, 0, NULL);
  g_autoptr (WfCommissionRule) again = NULL;

  FUZZ_CHECK (document != NULL);
  again = wf_commission_rule_read (wf_json_document_get_root (document), NULL);
  FUZZ_CHECK (again != NULL);
  same = wf_commission_rule_to_text (again);
  FUZZ_CHECK (strcmp (text, same) == 0);
  for (guint i = 0; i < rule->shares->len; i++)
    {
      const WfCommissionShare *share = &g_array_index (rule->shares, WfCommissionShare, i);

      FUZZ_CHECK (share->percent >= 0 && share->percent <= 100);
      FUZZ_CHECK (wf_commission_rule_get (again, share->id) >= share->percent);
      FUZZ_CHECK (wf_commission_rule_get (again, share->id) <= share->percent);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (WfJsonDocument) document =
      wf_json_document_parse ((const char *) data, (gssize) size, 0, NULL);
  g_autoptr (WfProblems) problems = NULL, others = NULL;
  g_autoptr (WfReportFilter) filter = NULL;
  g_autoptr (WfCommissionRule) rule = NULL;

  if (document == NULL)
    return 0;
  problems = wf_problems_new (NULL);
  others = wf_problems_new (NULL);
  filter = wf_report_filter_read (wf_json_document_get_root (document), problems);
  rule = wf_commission_rule_read (wf_json_document_get_root (document), others);
  FUZZ_CHECK ((filter == NULL) == wf_problems_has_errors (problems));
  FUZZ_CHECK ((rule == NULL) == wf_problems_has_errors (others));
  if (filter != NULL)
    check_filter (filter);
  if (rule != NULL)
    check_rule (rule);
  return 0;
}
