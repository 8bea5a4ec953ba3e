/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commissions on the deals that were closed in the period (R59, R166). */
#define G_LOG_DOMAIN "wf-report"

#include "wf-lead.h"
#include "wf-report-private.h"

#include <string.h>

/* How it is counted. A deal is a lead that came into a stage that closes as finalized within the period,
 * once, however often it came; a lead that began there counts as well (a sale at the counter, R58), but
 * not one that was there before anybody told of it. Its value, origin, product and owner are those of now. Without a rule deals are told apart by origin, and
 * nothing is paid. */

typedef struct
{
  GHashTable *rows;      /* id -> WfCommissionRow */
  GHashTable *earners;   /* owner of the lead -> WfCommissionRow */
  GHashTable *finalized; /* (owned) number of a stage -> 1 no, 2 yes */
  WfCommissionBy by;
} Deals;

void
wf_commission_row_free (gpointer row)
{
  WfCommissionRow *self = row;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static gboolean
is_finalized (Deals *self, WfReportScope *scope, guint32 stage)
{
  gpointer known = g_hash_table_lookup (self->finalized, GUINT_TO_POINTER (stage));
  gboolean finalized;

  if (known != NULL)
    return GPOINTER_TO_INT (known) == 2;
  finalized = g_strcmp0 (wf_stage_get_closing_event (scope->query->organisation,
                                                     wf_store_get_name (scope->store, stage)),
                         "lead.finalized") == 0;
  g_hash_table_insert (self->finalized, GUINT_TO_POINTER (stage),
                       GINT_TO_POINTER (finalized ? 2 : 1));
  return finalized;
}

static char *
get_id (Deals *self, WfReportScope *scope, const WfLeadFacts *lead)
{
  guint32 number = self->by == WF_COMMISSION_BY_ORIGIN    ? lead->origin
                   : self->by == WF_COMMISSION_BY_PRODUCT ? lead->product
                                                          : lead->owner;
  const char *id = wf_store_get_name (scope->store, number);

  if (id != NULL && id[0] != '\0')
    return g_strdup (id);
  return g_strdup (self->by == WF_COMMISSION_BY_ORIGIN ? "web" : "");
}

static char *
name_row (Deals *self, WfReportScope *scope, const char *id)
{
  switch (self->by)
    {
    case WF_COMMISSION_BY_ORIGIN:
      return wf_report_name_entry (scope->query->organisation, WF_DIMENSION_ORIGIN, id, NULL);
    case WF_COMMISSION_BY_PERSON:
      return wf_report_name_entry (scope->query->organisation, WF_DIMENSION_PERSON, id, NULL);
    case WF_COMMISSION_BY_PRODUCT:
      return wf_report_name_entry (scope->query->organisation, WF_DIMENSION_SOURCE, id, NULL);
    }
  g_assert_not_reached ();
}

static WfCommissionRow *
get_row (Deals *self, WfReportScope *scope, const char *id)
{
  const WfCommissionRule *rule = scope->query->rule;
  WfCommissionRow *row = g_hash_table_lookup (self->rows, id);

  if (row != NULL)
    return row;
  row = g_new0 (WfCommissionRow, 1);
  row->name = name_row (self, scope, id);
  row->id = g_strdup (id);
  row->percent = rule != NULL ? wf_commission_rule_get (rule, id) : 0;
  g_hash_table_insert (self->rows, row->id, row);
  return row;
}

static WfCommissionRow *
get_earner (Deals *self, WfReportScope *scope, const WfLeadFacts *lead)
{
  const char *id = wf_store_get_name (scope->store, lead->owner);
  WfCommissionRow *earner;

  if (id == NULL)
    id = "";
  earner = g_hash_table_lookup (self->earners, id);
  if (earner != NULL)
    return earner;
  earner = g_new0 (WfCommissionRow, 1);
  earner->id = g_strdup (id);
  earner->name = wf_report_name_entry (scope->query->organisation, WF_DIMENSION_PERSON, id, NULL);
  g_hash_table_insert (self->earners, earner->id, earner);
  return earner;
}

static void
add_deal (Deals *self, WfReportScope *scope, const WfLeadFacts *lead)
{
  g_autofree char *id = get_id (self, scope, lead);
  WfCommissionRow *row = get_row (self, scope, id);
  WfCommissionRow *earner = get_earner (self, scope, lead);

  row->deals++;
  row->value += lead->value;
  earner->deals++;
  earner->value += lead->value;
  earner->commission += lead->value * row->percent / 100;
}

static void
find_deals (Deals *self, WfReportScope *scope, const GArray *moves)
{
  guint64 last = 0;
  guint32 number = 0;

  for (guint i = 0; i < moves->len; i++)
    {
      const WfStageMove *move = &g_array_index (moves, WfStageMove, i);
      guint64 before = i > 0 ? move[-1].lead : 0;
      const WfLeadFacts *lead;

      if (move->at < scope->range->from || move->at >= scope->range->until ||
          (last != 0 && move->lead == last) || !is_finalized (self, scope, move->stage) ||
          !wf_report_lead_index_seek (&scope->leads.index, move->lead, &number))
        continue;
      lead = &g_array_index (scope->leads.facts, WfLeadFacts, number);
      if (move->lead != before && !wf_report_lead_began_with (lead, move))
        continue;
      if (wf_report_scope_wants_lead (scope, lead))
        add_deal (self, scope, lead);
      last = move->lead;
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const WfCommissionRow *x = a, *y = b;

  if (x->commission < y->commission || x->commission > y->commission)
    return x->commission > y->commission ? -1 : 1;
  if (x->value < y->value || x->value > y->value)
    return x->value > y->value ? -1 : 1;
  return strcmp (x->id, y->id);
}

static void
take_rows (GHashTable *rows, GPtrArray *sorted)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (sorted, value);
  g_ptr_array_sort_values (sorted, compare_rows);
}

void
wf_report_add_commissions (WfReportScope *self, const GArray *moves, WfReport *report)
{
  const WfCommissionRule *rule = self->query->rule;
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) earners = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) finalized = g_hash_table_new (NULL, NULL);
  Deals deals = { rows, earners, finalized, rule != NULL ? rule->by : WF_COMMISSION_BY_ORIGIN };
  GHashTableIter iter;
  gpointer value;

  find_deals (&deals, self, moves);
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      WfCommissionRow *row = value;
      row->commission = row->value * row->percent / 100;
    }
  g_hash_table_iter_init (&iter, earners);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      WfCommissionRow *earner = value;
      earner->percent = earner->value > 0 ? 100 * earner->commission / earner->value : 0;
    }
  take_rows (rows, report->commissions);
  take_rows (earners, report->earners);
  for (guint i = 0; i < report->commissions->len; i++)
    report->commission += ((WfCommissionRow *) report->commissions->pdata[i])->commission;
}
