/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is first. Ties are fair: who is equal has the same place, and the places after them are left out (1, 2, 2, 4). */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-ranking-order.h"

#include <glib/gi18n-lib.h>

const char *const wf_ranking_names[] = { "on-time", "done", "rate", "deals", "commission", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (wf_ranking_names) == WF_N_RANKINGS + 1);

static void
ranking_free (gpointer data)
{
  WfRanking *ranking = data;

  g_free (ranking->id);
  g_free (ranking->name);
  g_free (ranking);
}

/* FALSE: there is nothing to rank, as no rate without anything done. */
static gboolean
get_value (const WfReportFigures *figures, WfRankingBy by, double *value)
{
  guint on_time = figures->counts[WF_MEASURE_ON_TIME];
  guint done = on_time + figures->counts[WF_MEASURE_LATE];

  if (by == WF_RANKING_RATE)
    *value = done > 0 ? 100.0 * on_time / done : 0;
  else
    *value = by == WF_RANKING_ON_TIME ? on_time : done;
  return by != WF_RANKING_RATE || done > 0;
}

static void
add (GPtrArray *rankings, const char *id, const char *name, double value)
{
  WfRanking *ranking = g_new0 (WfRanking, 1);

  ranking->id = g_strdup (id);
  ranking->name = g_strdup (name);
  ranking->value = value;
  g_ptr_array_add (rankings, ranking);
}

static void
add_people (GPtrArray *rankings, const WfReport *report, WfRankingBy by)
{
  for (guint i = 0; i < report->rows->len; i++)
    {
      const WfReportRow *row = report->rows->pdata[i];
      double value;

      if (row->id[0] != '\0' && get_value (&row->figures, by, &value))
        add (rankings, row->id, row->name, value);
    }
}

static void
add_earners (GPtrArray *rankings, const WfReport *report, WfRankingBy by)
{
  for (guint i = 0; i < report->earners->len; i++)
    {
      const WfCommissionRow *row = report->earners->pdata[i];
      if (row->id[0] != '\0')
        add (rankings, row->id, row->name,
             by == WF_RANKING_COMMISSION ? row->commission : row->deals);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const WfRanking *x = a, *y = b;

  if (x->value != y->value)
    return x->value > y->value ? -1 : 1;
  return g_utf8_collate (x->name, y->name);
}

static const WfRanking *
find (const GPtrArray *rankings, const char *id)
{
  for (guint i = 0; i < rankings->len; i++)
    if (g_str_equal (((const WfRanking *) rankings->pdata[i])->id, id))
      return rankings->pdata[i];
  return NULL;
}

static void
set_place (GPtrArray *rankings, guint index, const GPtrArray *before)
{
  WfRanking *ranking = rankings->pdata[index];
  const WfRanking *above = index > 0 ? rankings->pdata[index - 1] : NULL;
  const WfRanking *first = rankings->pdata[0];
  const WfRanking *old = before != NULL ? find (before, ranking->id) : NULL;

  ranking->place = above != NULL && above->value == ranking->value ? above->place : index + 1;
  ranking->share = first->value > 0 ? ranking->value / first->value : 0;
  ranking->is_new = before != NULL && old == NULL;
  if (old != NULL)
    ranking->moved = (int) old->place - (int) ranking->place;
}

GPtrArray *
wf_ranking_order (const WfReport *report, WfRankingBy by, const GPtrArray *before)
{
  GPtrArray *rankings = g_ptr_array_new_with_free_func (ranking_free);

  if (by == WF_RANKING_DEALS || by == WF_RANKING_COMMISSION)
    add_earners (rankings, report, by);
  else
    add_people (rankings, report, by);
  g_ptr_array_sort_values (rankings, compare);
  for (guint i = 0; i < rankings->len; i++)
    set_place (rankings, i, before);
  return rankings;
}

char *
wf_ranking_value_to_text (WfRankingBy by, double value)
{
  if (by == WF_RANKING_COMMISSION)
    return wf_value_to_text (WF_VALUE_MONEY, value);
  return wf_value_to_text (by == WF_RANKING_RATE ? WF_VALUE_PERCENT : WF_VALUE_COUNT, value);
}

char *
wf_ranking_to_words (const WfRanking *ranking, WfRankingBy by)
{
  g_autofree char *value = wf_ranking_value_to_text (by, ranking->value);
  /* Translators: a place, a person and a value: "2: Ana Souza, 12" */
  g_autofree char *text =
      g_strdup_printf (_ ("%1$u: %2$s, %3$s"), ranking->place, ranking->name, value);

  if (ranking->is_new)
    return g_strdup_printf (_ ("%s, new"), text);
  if (ranking->moved > 0)
    return g_strdup_printf (_ ("%1$s, up %2$d"), text, ranking->moved);
  if (ranking->moved < 0)
    return g_strdup_printf (_ ("%1$s, down %2$d"), text, -ranking->moved);
  return g_steal_pointer (&text);
}
