/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report's question, whole and copied, for another thread; and how far its answer is. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report.h"

/* ---- how far it is ---- */

struct _WfReportProgress
{
  gint n_read, n_to_read; /* atomic */
};

WfReportProgress *
wf_report_progress_new (void)
{
  return g_atomic_rc_box_new0 (WfReportProgress);
}

WfReportProgress *
wf_report_progress_ref (WfReportProgress *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
wf_report_progress_unref (WfReportProgress *self)
{
  g_atomic_rc_box_release (self);
}

/**
 * wf_report_progress_set:
 * @self: a progress
 * @n_read: how much has been read, in any unit
 * @n_to_read: of how much; more than 0
 *
 * In any thread.
 */
void
wf_report_progress_set (WfReportProgress *self, guint n_read, guint n_to_read)
{
  g_atomic_int_set (&self->n_read, (gint) n_read);
  g_atomic_int_set (&self->n_to_read, (gint) n_to_read);
}

/**
 * wf_report_progress_get:
 * @self: a progress
 *
 * In any thread.
 *
 * Returns: from 0 to 1; -1 while nothing takes long, or it is not known whether it does
 */
double
wf_report_progress_get (const WfReportProgress *self)
{
  gint n_to_read = g_atomic_int_get (&self->n_to_read);

  return n_to_read > 0 ? (double) g_atomic_int_get (&self->n_read) / n_to_read : -1;
}

/* ---- the question ---- */

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
  copy->progress = self->progress != NULL ? wf_report_progress_ref (self->progress) : NULL;
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
  g_clear_pointer (&self->progress, wf_report_progress_unref);
  g_free (self);
}
