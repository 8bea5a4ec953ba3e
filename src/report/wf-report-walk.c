/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities counted into a report, by as many threads as the machine has. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

/* How it is shared. Each thread counts the activities that it meets into a report of its own, with tables of its own; what is
 * large and does not change, the leads, is everybody's. At the end all is added up: sums, and samples in any order. So the
 * result does not depend on who met what. */

#define AHEAD 16       /* as many activities later a lead's memory has come */
#define MOST_THREADS 4 /* reading is the limit soon */

/* -- lateness ---------------------------------------------------------------------------------- */

static void
add_to_row (WfReportWalk *self, guint row, gint64 lateness)
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
add_row_samples (WfReportWalk *self, const WfReportItem *item, gint64 lateness)
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
count_in_rows (WfReportWalk *self, const WfReportItem *item, WfMeasure measure)
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

/* As wf_time_range_find. Neighbours mostly lie in the same point: last is where the one before did. */
static guint
find_point (const WfTimeRange *range, WfInstant at, guint *last)
{
  guint point = *last;

  if (point < range->n && at >= range->bounds[point] && at < range->bounds[point + 1])
    return point;
  point = wf_time_range_find (range, at);
  if (point < range->n)
    *last = point;
  return point;
}

static gboolean
count_now (WfReportWalk *self, const WfReportItem *item, WfMeasure measure, WfInstant at)
{
  WfReport *report = self->report;
  guint point = find_point (self->scope->range, at, &self->point);

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
count_before (WfReportWalk *self, const WfReportItem *item, WfMeasure measure, WfInstant at)
{
  WfReport *report = self->report;
  guint point = find_point (self->scope->previous, at, &self->point_before);

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
add_hour (WfReportWalk *self, guint (*hours)[24], WfInstant at)
{
  guint weekday, hour;

  wf_local_hours_find (&self->local_hours, at, &weekday, &hour);
  hours[weekday][hour]++;
}

static void
walk_created (WfReportWalk *self, const WfReportItem *item)
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
add_late (WfReportWalk *self, const WfReportItem *item, gboolean found, gint64 lateness)
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
walk_outcome (WfReportWalk *self, const WfReportItem *item)
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
  WfReportWalk *self = user_data;
  WfReportItem item;

  wf_report_leads_find_all (self->scope, facts);
  for (guint i = 0; i < facts->n; i++)
    {
      if (self->scope->looks_at_leads && i + AHEAD < facts->n)
        wf_report_scope_prepare_lead (self->scope, i + AHEAD);
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
  const WfReportWalk *self = user_data;

  if (self->scope->query->progress != NULL)
    wf_report_progress_set (self->scope->query->progress, n_read, n_to_read);
}

void
wf_report_walk_init (WfReportWalk *self, WfReportScope *scope, WfReport *report)
{
  *self = (WfReportWalk) { .scope = scope, .report = report };
  self->samples = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->samples_before = g_array_new (FALSE, FALSE, sizeof (gint64));
  wf_cause_tally_init (&self->causes);
  self->effects = wf_effect_tally_new ();
  wf_local_hours_init (&self->local_hours, scope->zone);
  self->row_order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->from = MIN (scope->previous->from, scope->range->from);
  self->until = MAX (scope->previous->until, scope->range->until);
}

void
wf_report_walk_clear (WfReportWalk *self)
{
  g_array_unref (self->samples);
  g_array_unref (self->samples_before);
  wf_cause_tally_clear (&self->causes);
  wf_effect_tally_free (self->effects);
  g_free (self->row_sums);
  g_array_unref (self->row_order);
}

/* -- several threads --------------------------------------------------------------------------- */

typedef struct
{
  WfReportScope scope;
  WfReport *report; /* (owned) */
  WfReportWalk walk;
} Helper;

static void
helper_init (Helper *self, const WfReportScope *of)
{
  wf_report_scope_init_copy (&self->scope, of);
  self->report = wf_report_new (&self->scope);
  wf_report_walk_init (&self->walk, &self->scope, self->report);
}

static void
helper_clear (Helper *self)
{
  wf_report_walk_clear (&self->walk);
  wf_report_free (self->report);
  wf_report_scope_clear (&self->scope);
}

static void
add_report (WfReport *to, const WfReport *from, guint n_points)
{
  wf_report_add_counts (to->now.counts, from->now.counts, WF_N_MEASURES);
  wf_report_add_counts (to->before.counts, from->before.counts, WF_N_MEASURES);
  for (int i = 0; i < WF_N_MEASURES; i++)
    {
      wf_report_add_counts (to->trend[i], from->trend[i], n_points);
      wf_report_add_counts (to->trend_before[i], from->trend_before[i], n_points);
    }
  wf_report_add_counts (&to->hours[0][0], &from->hours[0][0], 7 * 24);
  wf_report_add_counts (&to->due_hours[0][0], &from->due_hours[0][0], 7 * 24);
}

static void
merge (WfReportWalk *self, const WfReportWalk *other)
{
  add_report (self->report, other->report, self->scope->range->n);
  wf_report_add_samples (self->samples, other->samples);
  wf_report_add_samples (self->samples_before, other->samples_before);
  wf_cause_tally_merge (&self->causes, &other->causes);
  wf_effect_tally_merge (self->effects, self->scope, other->effects, other->scope);
  wf_row_table_merge (&self->scope->rows, &other->scope->rows);
}

gboolean
wf_report_walk_run (WfReportWalk *self, GError **error)
{
  Helper helpers[MOST_THREADS - 1];
  gpointer walkers[MOST_THREADS] = { self };
  guint n = CLAMP (g_get_num_processors (), 1, MOST_THREADS);
  gboolean ok;

  for (guint i = 1; i < n; i++)
    {
      helper_init (&helpers[i - 1], self->scope);
      walkers[i] = &helpers[i - 1].walk;
    }
  ok = wf_store_walk_activity_facts (self->scope->store, self->from, self->until,
                                     self->scope->query->cancellable, on_facts, on_progress,
                                     walkers, n, error);
  for (guint i = 1; i < n; i++)
    {
      if (ok)
        merge (self, &helpers[i - 1].walk);
      helper_clear (&helpers[i - 1]);
    }
  return ok;
}
