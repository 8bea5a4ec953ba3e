/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All numbers of one report in one walk over the facts (R3, R59, R101, R115, R129, R144, B11, B20). */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <gio/gio.h>
#include <string.h>

void
wf_report_row_free (gpointer row)
{
  WfReportRow *self = row;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * wf_report_figures_know_lateness:
 * @self: figures
 *
 * Returns: whether anything was late, and so a median of that says something
 */
gboolean
wf_report_figures_know_lateness (const WfReportFigures *self)
{
  return self->counts[WF_MEASURE_LATE] > 0 || self->percentile_95 > 0;
}

/**
 * wf_report_free:
 * @self: (transfer full) (nullable): a report
 */
void
wf_report_free (WfReport *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < WF_N_MEASURES; i++)
    {
      g_free (self->trend[i]);
      g_free (self->trend_before[i]);
    }
  wf_time_range_free (self->range);
  wf_time_range_free (self->previous);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->causes, g_array_unref);
  g_clear_pointer (&self->funnel, g_ptr_array_unref);
  g_clear_pointer (&self->effects, g_ptr_array_unref);
  g_clear_pointer (&self->commissions, g_ptr_array_unref);
  g_clear_pointer (&self->earners, g_ptr_array_unref);
  g_free (self);
}

/* Without any numbers yet. */
WfReport *
wf_report_new (const WfReportScope *scope)
{
  WfReport *self = g_new0 (WfReport, 1);

  self->at = scope->query->now;
  self->first_weekday = scope->query->first_weekday;
  for (int i = 0; i < WF_N_MEASURES; i++)
    {
      self->trend[i] = g_new0 (guint, scope->range->n);
      self->trend_before[i] = g_new0 (guint, scope->range->n);
    }
  self->rows = g_ptr_array_new_with_free_func (wf_report_row_free);
  self->funnel = g_ptr_array_new_with_free_func (wf_funnel_row_free);
  self->effects = g_ptr_array_new_with_free_func (wf_effect_row_free);
  self->commissions = g_ptr_array_new_with_free_func (wf_commission_row_free);
  self->earners = g_ptr_array_new_with_free_func (wf_commission_row_free);
  return self;
}

/* -- the end ----------------------------------------------------------------------------------- */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const WfReportRow *x = a, *y = b;
  guint n = x->figures.counts[WF_MEASURE_CREATED], m = y->figures.counts[WF_MEASURE_CREATED];
  int order;

  if (n != m)
    return n > m ? -1 : 1;
  order = g_utf8_collate (x->name, y->name);
  return order != 0 ? order : strcmp (x->id, y->id);
}

static gboolean
is_anything (const WfRowTally *tally)
{
  guint sum = tally->samples->len;

  for (int i = 0; i < WF_N_MEASURES; i++)
    sum += tally->figures.counts[i];
  return sum > 0;
}

static void
finish_rows (WfReportWalk *self, GHashTable *workflow_names)
{
  const WfReportScope *scope = self->scope;

  for (guint i = 0; i < scope->rows.tallies->len; i++)
    {
      WfRowTally *tally = scope->rows.tallies->pdata[i];
      WfReportRow *row;

      if (!is_anything (tally))
        continue;
      row = g_new0 (WfReportRow, 1);
      row->id = g_strdup (tally->id);
      row->name = wf_report_name_entry (scope->query->organisation, scope->query->filter->by,
                                        tally->id, workflow_names);
      row->figures = tally->figures;
      wf_report_get_percentiles (tally->samples, &row->figures.median, &row->figures.percentile_95);
      g_ptr_array_add (self->report->rows, row);
    }
  g_ptr_array_sort_values (self->report->rows, compare_rows);
}

static gboolean
finish (WfReportWalk *self, GError **error)
{
  WfReportScope *scope = self->scope;
  WfReport *report = self->report;
  g_autoptr (GHashTable) workflow_names = wf_report_list_workflow_names (scope->store);
  const GArray *moves = scope->moves;
  gboolean fine;

  wf_effect_tally_begin_to_finish (self->effects, scope, moves);
  wf_report_get_percentiles (self->samples, &report->now.median, &report->now.percentile_95);
  wf_report_get_percentiles (self->samples_before, &report->before.median,
                             &report->before.percentile_95);
  finish_rows (self, workflow_names);
  report->causes = wf_cause_tally_finish (&self->causes);
  wf_report_add_funnel (scope, moves, report);
  wf_report_add_commissions (scope, moves, report);
  wf_report_add_contacts (scope, report);
  fine = wf_report_count_without_next (scope, report, error);
  wf_effect_tally_finish (self->effects, scope, workflow_names, report);
  if (!fine)
    return FALSE;
  report->range = g_steal_pointer (&scope->range);
  report->previous = g_steal_pointer (&scope->previous);
  return TRUE;
}

/**
 * wf_report_compute:
 * @store: the store, in its thread
 * @query: what is asked
 * @error: receives why there is none
 *
 * Returns: (transfer full) (nullable): the report; %NULL when it was cancelled, when the viewer may not
 *   see reports (G_IO_ERROR_PERMISSION_DENIED), or when the store cannot be read
 */
WfReport *
wf_report_compute (WfStore *store, const WfReportQuery *query, GError **error)
{
  g_auto (WfReportScope) scope = { 0 };
  g_autoptr (WfReport) report = NULL;
  WfReportWalk walk;
  gboolean fine;

  if (g_cancellable_set_error_if_cancelled (query->cancellable, error) ||
      !wf_report_scope_init (&scope, store, query, FALSE, error))
    return NULL;
  report = wf_report_new (&scope);
  wf_report_walk_init (&walk, &scope, report);
  fine = wf_report_walk_run (&walk, error) && finish (&walk, error);
  wf_report_walk_clear (&walk);
  return fine ? g_steal_pointer (&report) : NULL;
}
