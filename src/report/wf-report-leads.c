/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads in a report: which are wanted, how soon they were contacted, and which have nothing planned. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <string.h>

#define AHEAD 16 /* as many activities later a lead's memory has come */

/* Numbers about leads follow what of the filter leads have: the owner in place of the person, stage,
 * source and origin. Types and workflows are of activities and leave them as they are. */

/* What each thread has for itself. */
void
wf_report_leads_init_copy (WfScopeLeads *self)
{
  self->others = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->answers = g_array_new (FALSE, TRUE, sizeof (WfScopeLead));
  wf_report_map_init (&self->others_index, 0);
  self->numbers = NULL;
  self->n_numbers = 0;
}

void
wf_report_leads_clear (WfScopeLeads *self, gboolean is_copy)
{
  g_clear_pointer (&self->others, g_array_unref);
  g_clear_pointer (&self->answers, g_array_unref);
  wf_report_map_clear (&self->others_index);
  g_clear_pointer (&self->numbers, g_free);
  if (is_copy)
    return;
  g_clear_pointer (&self->facts, g_array_unref);
  wf_report_lead_index_clear (&self->index);
}

/**
 * wf_report_prepare:
 * @store: the store, in its thread
 * @cancellable: (nullable): to cancel it
 * @error: receives why it was not read
 *
 * Leads and their moves are read from their rows once, and kept.
 *
 * Returns: whether they are there
 */
gboolean
wf_report_prepare (WfStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) leads = wf_store_list_lead_facts (store, cancellable, error);

  return leads != NULL;
}

gboolean
wf_report_leads_load (WfReportScope *self, gboolean all, GError **error)
{
  WfScopeLeads *leads = &self->leads;

  wf_report_leads_init_copy (leads);
  leads->facts = all ? wf_store_list_lead_facts (self->store, self->query->cancellable, error)
                     : g_array_new (FALSE, FALSE, sizeof (WfLeadFacts));
  if (leads->facts == NULL)
    return FALSE;
  if (all)
    self->moves = wf_store_list_stage_moves (self->store, self->query->cancellable, error);
  if (all && self->moves == NULL)
    return FALSE;
  wf_report_lead_index_init (&leads->index, leads->facts);
  return TRUE;
}

void
wf_report_leads_find_all (WfReportScope *self, const WfActivityFacts *facts)
{
  WfScopeLeads *leads = &self->leads;

  if (leads->n_numbers < facts->n)
    {
      leads->numbers = g_renew (guint32, leads->numbers, facts->n);
      leads->n_numbers = facts->n;
    }
  for (guint i = 0; i < facts->n; i++)
    {
      if (i + AHEAD < facts->n)
        wf_report_lead_index_prepare (&leads->index, facts->lead[i + AHEAD]);
      if (!wf_report_lead_index_find (&leads->index, facts->lead[i], &leads->numbers[i]))
        leads->numbers[i] = wf_report_leads_find (self, facts->lead[i]);
    }
}

guint32
wf_report_leads_find (WfReportScope *self, guint64 lead)
{
  WfScopeLeads *leads = &self->leads;
  guint32 number;

  if (wf_report_lead_index_find (&leads->index, lead, &number) ||
      wf_report_map_find (&leads->others_index, lead, &number))
    return number;
  number = wf_report_leads_get_n (self);
  g_array_append_val (leads->others, lead);
  wf_report_map_add (&leads->others_index, lead, number);
  return number;
}

guint
wf_report_leads_get_n (const WfReportScope *self)
{
  return self->leads.facts->len + self->leads.others->len;
}

guint64
wf_report_leads_get_hash (const WfReportScope *self, guint32 number)
{
  const WfScopeLeads *leads = &self->leads;

  return number < leads->facts->len
             ? g_array_index (leads->facts, WfLeadFacts, number).lead
             : g_array_index (leads->others, guint64, number - leads->facts->len);
}

/* Of one that only activities know there are none. */
static const WfLeadFacts *
get_facts (const WfReportScope *self, guint32 number)
{
  static const WfLeadFacts unknown = { .created = WF_INSTANT_NONE,
                                       .first_contact = WF_INSTANT_NONE,
                                       .stage_since = WF_INSTANT_NONE };

  return number < self->leads.facts->len ? &g_array_index (self->leads.facts, WfLeadFacts, number)
                                         : &unknown;
}

/* Whether the filter wants activities of this lead, by what leads have and activities have not, and their row; looked up
 * once a lead. */
const WfScopeLead *
wf_report_scope_answer_lead (WfReportScope *self, guint32 number)
{
  const WfLeadFacts *lead = get_facts (self, number);
  const WfScopeName *stage, *source;
  WfScopeLead *answer;
  gboolean allowed;

  if (number >= self->leads.answers->len)
    g_array_set_size (self->leads.answers, MAX (number + 1, wf_report_leads_get_n (self)));
  answer = &g_array_index (self->leads.answers, WfScopeLead, number);
  stage = wf_report_scope_get_name (self, WF_DIMENSION_STAGE, lead->stage);
  allowed = stage->allowed;
  if (self->query->filter->by == WF_DIMENSION_STAGE)
    answer->row = stage->row;
  source = wf_report_scope_get_name (self, WF_DIMENSION_SOURCE, lead->source);
  if (self->query->filter->by == WF_DIMENSION_SOURCE)
    answer->row = source->row;
  answer->allowed = allowed && source->allowed;
  answer->known = TRUE;
  return answer;
}

gboolean
wf_report_scope_wants_lead (WfReportScope *self, const WfLeadFacts *lead)
{
  return wf_report_scope_get_person (self, lead->owner)->allowed &&
         wf_report_scope_get_name (self, WF_DIMENSION_STAGE, lead->stage)->allowed &&
         wf_report_scope_get_name (self, WF_DIMENSION_SOURCE, lead->source)->allowed &&
         wf_report_scope_get_name (self, WF_DIMENSION_ORIGIN, lead->origin)->allowed;
}

/* An account that is connected today tells leads of years: that they are in a stage says nothing about
 * when they came. What is heard of within a day of its creation began there. */
gboolean
wf_report_lead_began_with (const WfLeadFacts *lead, const WfStageMove *first)
{
  return lead->created == WF_INSTANT_NONE || first->at - lead->created < G_TIME_SPAN_DAY;
}

/* -- the first contact ------------------------------------------------------------------------- */

/* In clock time, as speed-to-lead is measured everywhere: a client waits at night too. A contact before
 * the CRM's record, such as a call that led to it, is one without any waiting. */
void
wf_report_add_contacts (WfReportScope *self, WfReport *report)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->leads.facts->len; i++)
    {
      const WfLeadFacts *lead = &g_array_index (self->leads.facts, WfLeadFacts, i);
      gint64 time;

      if (lead->created == WF_INSTANT_NONE || lead->created < self->range->from ||
          lead->created >= self->range->until || !wf_report_scope_wants_lead (self, lead))
        continue;
      if (lead->first_contact == WF_INSTANT_NONE)
        {
          report->not_contacted++;
          continue;
        }
      time = MAX (lead->first_contact - lead->created, 0);
      g_array_append_val (times, time);
    }
  report->contacted = times->len;
  wf_report_get_percentiles (times, &report->contact_median, &report->contact_percentile_95);
}

/* -- nothing planned (R4) ---------------------------------------------------------------------- */

typedef enum
{
  STAGE_NOT_SEEN,
  STAGE_OPEN,
  STAGE_CLOSING,
} StageKind;

/* kinds: by number of the name. */
static gboolean
is_open (WfReportScope *self, GByteArray *kinds, guint32 stage)
{
  guint before = kinds->len;
  const char *id;

  if (stage >= before)
    {
      g_byte_array_set_size (kinds, MAX (stage + 1, before * 2));
      memset (kinds->data + before, STAGE_NOT_SEEN, kinds->len - before);
    }
  if (kinds->data[stage] == STAGE_NOT_SEEN)
    {
      id = wf_store_get_name (self->store, stage);
      kinds->data[stage] = id != NULL && wf_stage_is_closing (self->query->organisation, id)
                               ? STAGE_CLOSING
                               : STAGE_OPEN;
    }
  return kinds->data[stage] == STAGE_OPEN;
}

/* By index of the lead; owned by the caller. NULL with an error. */
static guint8 *
find_planned (WfReportScope *self, GError **error)
{
  g_autoptr (GArray) with_next =
      wf_store_list_leads_with_next (self->store, self->query->cancellable, error);
  guint8 *planned;
  guint32 lead;

  if (with_next == NULL)
    return NULL;
  planned = g_new0 (guint8, MAX (self->leads.facts->len, 1));
  for (guint i = 0; i < with_next->len; i++)
    if (wf_report_lead_index_find (&self->leads.index, g_array_index (with_next, guint64, i),
                                   &lead))
      planned[lead] = TRUE;
  return planned;
}

gboolean
wf_report_count_without_next (WfReportScope *self, WfReport *report, GError **error)
{
  g_autofree guint8 *planned = find_planned (self, error);
  g_autoptr (GByteArray) kinds = g_byte_array_new ();

  if (planned == NULL)
    return FALSE;
  for (guint i = 0; i < self->leads.facts->len; i++)
    {
      const WfLeadFacts *lead = &g_array_index (self->leads.facts, WfLeadFacts, i);

      if (!planned[i] && wf_report_scope_wants_lead (self, lead) &&
          is_open (self, kinds, lead->stage))
        report->without_next++;
    }
  return TRUE;
}
