/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All numbers of one report in one walk over the facts (R3, R59, R101, R115, R129, R144, B11, B20). */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <gio/gio.h>
#include <string.h>

#define AHEAD 16 /* as many activities later a lead's memory has come */

typedef struct
{
  WfReportScope *scope;
  WfReport *report;
  GArray *samples, *samples_before; /* (owned) of gint64: business latenesses of everything */
  WfCauseTally causes;
  WfEffectTally *effects; /* (owned) */
  gint64 *row_sums;       /* (owned) by row: lateness of the activity under way */
  GArray *row_order;      /* (owned) of guint: the rows that have one */
  guint n_row_sums;
  WfInstant from, until;
} Walk;

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

static WfReport *
report_new (const WfReportScope *scope)
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

/* -- lateness ---------------------------------------------------------------------------------- */

static void
add_to_row (Walk *self, guint row, gint64 lateness)
{
  if (row >= self->n_row_sums)
    {
      guint n = MAX (row + 1, self->n_row_sums * 2);

      self->row_sums = g_renew (gint64, self->row_sums, n);
      for (guint i = self->n_row_sums; i < n; i++)
        self->row_sums[i] = -1;
      self->n_row_sums = n;
    }
  if (self->row_sums[row] < 0)
    {
      self->row_sums[row] = 0;
      g_array_append_val (self->row_order, row);
    }
  self->row_sums[row] += lateness;
}

/* S9: a row about people gets what those of it held, any other what all of the filter did. */
static void
add_row_samples (Walk *self, const WfReportItem *item, gint64 lateness)
{
  if (!wf_dimension_is_of_people (self->scope->query->filter->by))
    {
      const WfRowTally *row = self->scope->rows.tallies->pdata[item->row];

      g_array_append_val (row->samples, lateness);
      return;
    }
  for (guint i = 0; i < MAX (item->n_holders, 1); i++)
    {
      const WfScopePerson *person;
      gint64 time;

      if (!wf_report_item_get_lateness_of_holder (item, self->scope, i, &person, &time) ||
          !person->allowed)
        continue;
      for (guint j = 0; j < person->n_rows; j++)
        add_to_row (self, person->rows[j], time);
    }
  for (guint i = 0; i < self->row_order->len; i++)
    {
      guint row = g_array_index (self->row_order, guint, i);
      const WfRowTally *tally = self->scope->rows.tallies->pdata[row];

      g_array_append_val (tally->samples, self->row_sums[row]);
      self->row_sums[row] = -1;
    }
  g_array_set_size (self->row_order, 0);
}

/* -- counting ---------------------------------------------------------------------------------- */

static void
count_in_rows (Walk *self, const WfReportItem *item, WfMeasure measure)
{
  GPtrArray *tallies = self->scope->rows.tallies;

  if (!wf_dimension_is_of_people (self->scope->query->filter->by))
    {
      ((WfRowTally *) tallies->pdata[item->row])->figures.counts[measure]++;
      return;
    }
  for (guint i = 0; i < item->person->n_rows; i++)
    ((WfRowTally *) tallies->pdata[item->person->rows[i]])->figures.counts[measure]++;
}

static gboolean
count_now (Walk *self, const WfReportItem *item, WfMeasure measure, WfInstant at)
{
  WfReport *report = self->report;
  guint point = wf_time_range_find (self->scope->range, at);

  if (point == self->scope->range->n)
    return FALSE;
  if (item->person->allowed)
    {
      report->now.counts[measure]++;
      report->trend[measure][point]++;
      count_in_rows (self, item, measure);
    }
  return TRUE;
}

/* A period before may have more points than this one; they are in its figures only. */
static gboolean
count_before (Walk *self, const WfReportItem *item, WfMeasure measure, WfInstant at)
{
  WfReport *report = self->report;
  guint point = wf_time_range_find (self->scope->previous, at);

  if (point == self->scope->previous->n)
    return FALSE;
  if (item->person->allowed)
    {
      report->before.counts[measure]++;
      if (point < self->scope->range->n)
        report->trend_before[measure][point]++;
    }
  return TRUE;
}

static void
add_hour (Walk *self, guint (*hours)[24], WfInstant at)
{
  guint weekday, hour;

  wf_report_get_local_hour (self->scope->zone, at, &weekday, &hour);
  hours[weekday][hour]++;
}

static void
walk_created (Walk *self, const WfReportItem *item)
{
  WfInstant created = item->facts->created[item->index], due = item->facts->due[item->index];

  if (count_now (self, item, WF_MEASURE_CREATED, created) && item->person->allowed)
    {
      if (due != WF_INSTANT_NONE)
        add_hour (self, self->report->due_hours, due);
      wf_effect_tally_add_created (self->effects, self->scope, item);
    }
  else
    count_before (self, item, WF_MEASURE_CREATED, created);
}

static void
add_late (Walk *self, const WfReportItem *item, gboolean found, gint64 lateness)
{
  WfCause cause;

  if (found)
    {
      g_array_append_val (self->samples, lateness);
      add_row_samples (self, item, lateness);
    }
  if (!item->person->allowed)
    return;
  cause = wf_report_item_get_cause (item);
  self->causes.n[cause]++;
  if (found)
    g_array_append_val (self->causes.samples[cause], lateness);
}

static void
walk_outcome (Walk *self, const WfReportItem *item)
{
  gboolean late = item->outcome == WF_MEASURE_LATE, found = FALSE;
  gint64 lateness = 0;

  if (late)
    found = wf_report_item_get_lateness (item, self->scope, &lateness);
  if (!count_now (self, item, (WfMeasure) item->outcome, item->at))
    {
      if (count_before (self, item, (WfMeasure) item->outcome, item->at) && found)
        g_array_append_val (self->samples_before, lateness);
      return;
    }
  if (late)
    add_late (self, item, found, lateness);
  if (!item->person->allowed)
    return;
  if (late || item->outcome == WF_MEASURE_ON_TIME)
    add_hour (self, self->report->hours, item->at);
  wf_effect_tally_add_outcome (self->effects, item, found ? &lateness : NULL);
}

static gboolean
on_facts (const WfActivityFacts *facts, gpointer user_data)
{
  Walk *self = user_data;
  WfReportItem item;

  for (guint i = 0; i < facts->n; i++)
    {
      if (i + AHEAD < facts->n)
        wf_report_map_prepare (&self->scope->leads.index, facts->lead[i + AHEAD]);
      if (!wf_report_item_init (&item, self->scope, facts, i, self->from, self->until))
        continue;
      walk_created (self, &item);
      if (item.outcome >= 0)
        walk_outcome (self, &item);
    }
  return TRUE;
}

static void
on_progress (guint n_read, guint n_to_read, gpointer user_data)
{
  const Walk *self = user_data;

  if (self->scope->query->progress != NULL)
    wf_report_progress_set (self->scope->query->progress, n_read, n_to_read);
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
finish_rows (Walk *self, GHashTable *workflow_names)
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
finish (Walk *self, GError **error)
{
  WfReportScope *scope = self->scope;
  WfReport *report = self->report;
  g_autoptr (GHashTable) workflow_names = wf_report_list_workflow_names (scope->store);
  const GArray *moves = scope->moves;

  wf_report_get_percentiles (self->samples, &report->now.median, &report->now.percentile_95);
  wf_report_get_percentiles (self->samples_before, &report->before.median,
                             &report->before.percentile_95);
  finish_rows (self, workflow_names);
  report->causes = wf_cause_tally_finish (&self->causes);
  wf_effect_tally_finish (self->effects, scope, moves, workflow_names, report);
  wf_report_add_funnel (scope, moves, report);
  wf_report_add_commissions (scope, moves, report);
  wf_report_add_contacts (scope, report);
  if (!wf_report_count_without_next (scope, report, error))
    return FALSE;
  report->range = g_steal_pointer (&scope->range);
  report->previous = g_steal_pointer (&scope->previous);
  return TRUE;
}

static void
walk_init (Walk *self, WfReportScope *scope, WfReport *report)
{
  *self = (Walk) { .scope = scope, .report = report };
  self->samples = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->samples_before = g_array_new (FALSE, FALSE, sizeof (gint64));
  wf_cause_tally_init (&self->causes);
  self->effects = wf_effect_tally_new ();
  self->row_order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->from = MIN (scope->previous->from, scope->range->from);
  self->until = MAX (scope->previous->until, scope->range->until);
}

static void
walk_clear (Walk *self)
{
  g_array_unref (self->samples);
  g_array_unref (self->samples_before);
  wf_cause_tally_clear (&self->causes);
  wf_effect_tally_free (self->effects);
  g_free (self->row_sums);
  g_array_unref (self->row_order);
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
  gboolean fine;
  Walk walk;

  if (g_cancellable_set_error_if_cancelled (query->cancellable, error) ||
      !wf_report_scope_init (&scope, store, query, FALSE, error))
    return NULL;
  report = report_new (&scope);
  walk_init (&walk, &scope, report);
  fine = wf_store_walk_activity_facts (store, walk.from, walk.until, query->cancellable, on_facts,
                                       on_progress, &walk, error) &&
         finish (&walk, error);
  walk_clear (&walk);
  return fine ? g_steal_pointer (&report) : NULL;
}
