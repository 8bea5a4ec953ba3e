/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads on their way through the stages (R129, R144): how many came, left and are there, how long they
 * stayed, and where they are held up. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <string.h>

/* How it is counted. Coming into the first stage, by which a lead began, counts as coming too, unless the
 * lead was there before anybody told of it; then its time there is not known either. Who stays in its
 * stage did not move. The time in a stage is clock time, from coming to leaving, of those who left
 * in the period; who comes twice is two stays. The stage of a lead as it is now decides whether the
 * filter wants it, also for stays in other stages. */

#define LEAST_LEFT 3 /* fewer say nothing about a stage */

typedef struct
{
  WfFunnelRow *row; /* (owned) until it is in the report */
  GArray *times;    /* (owned) of gint64 */
  gboolean listed;  /* a stage of a pipeline */
} Stage;

typedef struct
{
  GPtrArray *stages;   /* (owned) of Stage, in the pipelines' order; unknown ones last */
  GHashTable *by_name; /* (owned) number -> Stage */
} Funnel;

void
wf_funnel_row_free (gpointer row)
{
  WfFunnelRow *self = row;

  g_free (self->stage);
  g_free (self->name);
  g_free (self);
}

static void
stage_free (gpointer data)
{
  Stage *self = data;

  g_clear_pointer (&self->row, wf_funnel_row_free);
  g_array_unref (self->times);
  g_free (self);
}

static Stage *
add_stage (Funnel *self, const char *id, const char *name, guint32 number, gboolean listed)
{
  Stage *stage = g_new0 (Stage, 1);

  stage->row = g_new0 (WfFunnelRow, 1);
  stage->row->stage = g_strdup (id);
  stage->row->name = g_strdup (name);
  stage->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  stage->listed = listed;
  g_ptr_array_add (self->stages, stage);
  if (number != 0)
    g_hash_table_insert (self->by_name, GUINT_TO_POINTER (number), stage);
  return stage;
}

static void
funnel_init (Funnel *self, WfReportScope *scope)
{
  guint n = 0;
  const WfPipeline *pipelines = wf_organisation_get_pipelines (scope->query->organisation, &n);

  self->stages = g_ptr_array_new_with_free_func (stage_free);
  self->by_name = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; strcmp (pipelines[i].record, "lead") == 0 && j < pipelines[i].n_stages; j++)
      {
        const WfEntry *entry = &pipelines[i].stages[j];
        guint32 number = wf_store_get_name_number (scope->store, entry->id);

        if (number == 0 || g_hash_table_lookup (self->by_name, GUINT_TO_POINTER (number)) == NULL)
          add_stage (self, entry->id, entry->name, number, TRUE);
      }
}

static void
funnel_clear (Funnel *self)
{
  g_ptr_array_unref (self->stages);
  g_hash_table_unref (self->by_name);
}

/* NULL: none. */
static Stage *
get_stage (Funnel *self, WfReportScope *scope, guint32 number)
{
  Stage *stage = g_hash_table_lookup (self->by_name, GUINT_TO_POINTER (number));
  const char *id;

  if (stage != NULL || number == 0)
    return stage;
  id = wf_store_get_name (scope->store, number);
  return id != NULL ? add_stage (self, id, id, number, FALSE) : NULL;
}

static gboolean
is_in_range (const WfTimeRange *range, WfInstant at)
{
  return at >= range->from && at < range->until;
}

/* One lead's moves. */
static void
count_moves (Funnel *self, WfReportScope *scope, const WfStageMove *moves, guint n, gboolean began)
{
  const WfTimeRange *range = scope->range;
  guint begun = 0; /* where it came into the stage in which it is */

  for (guint i = 0; i < n; i++)
    {
      Stage *into, *from;
      gint64 time;

      if (i > 0 && moves[i].stage == moves[begun].stage)
        continue;
      if (is_in_range (range, moves[i].at))
        {
          into = get_stage (self, scope, moves[i].stage);
          from = i > 0 ? get_stage (self, scope, moves[begun].stage) : NULL;
          time = MAX (moves[i].at - moves[begun].at, 0);
          if (into != NULL && (i > 0 || began))
            into->row->entered++;
          if (from != NULL)
            from->row->left++;
          if (from != NULL && (begun > 0 || began))
            g_array_append_val (from->times, time);
        }
      begun = i;
    }
}

static void
count_all_moves (Funnel *self, WfReportScope *scope, const GArray *moves)
{
  const WfStageMove *all = (const WfStageMove *) (gconstpointer) moves->data;
  guint32 number = 0;
  guint end;

  for (guint begin = 0; begin < moves->len; begin = end)
    {
      const WfLeadFacts *lead;

      for (end = begin + 1; end < moves->len && all[end].lead == all[begin].lead;)
        end++;
      if (all[end - 1].at < scope->range->from || all[begin].at >= scope->range->until ||
          !wf_report_lead_index_seek (&scope->leads.index, all[begin].lead, &number))
        continue;
      lead = &g_array_index (scope->leads.facts, WfLeadFacts, number);
      if (wf_report_scope_wants_lead (scope, lead))
        count_moves (self, scope, all + begin, end - begin,
                     wf_report_lead_began_with (lead, &all[begin]));
    }
}

static void
count_here (Funnel *self, WfReportScope *scope)
{
  for (guint i = 0; i < scope->leads.facts->len; i++)
    {
      const WfLeadFacts *lead = &g_array_index (scope->leads.facts, WfLeadFacts, i);
      Stage *stage = wf_report_scope_wants_lead (scope, lead) ? get_stage (self, scope, lead->stage)
                                                              : NULL;

      if (stage != NULL)
        stage->row->here++;
    }
}

/* The stage with the longest median, when it is at least twice as long as the middle one. */
static void
mark_bottleneck (Funnel *self)
{
  g_autoptr (GArray) medians = g_array_new (FALSE, FALSE, sizeof (gint64));
  WfFunnelRow *longest = NULL;
  gint64 middle;

  for (guint i = 0; i < self->stages->len; i++)
    {
      WfFunnelRow *row = ((Stage *) self->stages->pdata[i])->row;

      if (row->left < LEAST_LEFT)
        continue;
      g_array_append_val (medians, row->median);
      if (longest == NULL || row->median > longest->median)
        longest = row;
    }
  wf_report_get_percentiles (medians, &middle, NULL);
  if (longest != NULL && longest->median > 0 && longest->median >= 2 * middle)
    longest->bottleneck = TRUE;
}

void
wf_report_add_funnel (WfReportScope *self, const GArray *moves, WfReport *report)
{
  Funnel funnel;

  funnel_init (&funnel, self);
  count_all_moves (&funnel, self, moves);
  count_here (&funnel, self);
  for (guint i = 0; i < funnel.stages->len; i++)
    {
      Stage *stage = funnel.stages->pdata[i];

      wf_report_get_percentiles (stage->times, &stage->row->median, &stage->row->percentile_95);
    }
  mark_bottleneck (&funnel);
  for (guint i = 0; i < funnel.stages->len; i++)
    {
      Stage *stage = funnel.stages->pdata[i];

      if (stage->listed || stage->row->entered + stage->row->left + stage->row->here > 0)
        g_ptr_array_add (report->funnel, g_steal_pointer (&stage->row));
    }
  funnel_clear (&funnel);
}
