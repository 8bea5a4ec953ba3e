/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report's question, whole and copied, for another thread. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report.h"

/**
 * wf_report_query_copy:
 * @self: a question
 *
 * Returns: (transfer full): the same, sharing nothing that changes
 */
WfReportQuery *
wf_report_query_copy (const WfReportQuery *self)
{
  WfReportQuery *copy = g_memdup2 (self, sizeof *self);

  copy->filter = wf_report_filter_copy (self->filter);
  copy->organisation = wf_organisation_ref (self->organisation);
  copy->rule = self->rule != NULL ? wf_commission_rule_copy (self->rule) : NULL;
  copy->viewer = g_strdup (self->viewer);
  copy->zone = g_time_zone_ref (self->zone);
  copy->cancellable = self->cancellable != NULL ? g_object_ref (self->cancellable) : NULL;
  return copy;
}

/**
 * wf_report_query_free:
 * @self: (transfer full) (nullable): a question, all of whose members are owned
 */
void
wf_report_query_free (WfReportQuery *self)
{
  if (self == NULL)
    return;
  wf_report_filter_free (self->filter);
  g_clear_pointer (&self->organisation, wf_organisation_unref);
  wf_commission_rule_free (self->rule);
  g_free (self->viewer);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}
