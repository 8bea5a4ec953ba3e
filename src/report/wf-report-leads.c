/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads in a report: which are wanted, how soon they were contacted, and which have nothing planned. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <string.h>

/* Numbers about leads follow what of the filter leads have: the owner in place of the person, stage,
 * source and origin. Types and workflows are of activities and leave them as they are. */

gboolean
wf_report_leads_load (WfReportScope *self, gboolean all, GError **error)
{
  WfScopeLeads *leads = &self->leads;

  leads->facts = all ? wf_store_list_lead_facts (self->store, self->query->cancellable, error)
                     : g_array_new (FALSE, FALSE, sizeof (WfLeadFacts));
  if (leads->facts == NULL)
    return FALSE;
  wf_report_map_init (&leads->index, leads->facts->len);
  for (guint i = 0; i < leads->facts->len; i++)
    {
      guint64 lead = g_array_index (leads->facts, WfLeadFacts, i).lead;
      guint32 known;

      if (!wf_report_map_find (&leads->index, lead, &known))
        wf_report_map_add (&leads->index, lead, i);
    }
  return TRUE;
}

guint32
wf_report_leads_find (WfReportScope *self, guint64 lead)
{
  WfScopeLeads *leads = &self->leads;
  guint32 index;

  if (!wf_report_map_find (&leads->index, lead, &index))
    {
      WfLeadFacts unknown = { .lead = lead,
                              .created = WF_INSTANT_NONE,
                              .first_contact = WF_INSTANT_NONE,
                              .stage_since = WF_INSTANT_NONE };

      index = leads->facts->len;
      g_array_append_val (leads->facts, unknown);
      wf_report_map_add (&leads->index, lead, index);
    }
  return index;
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

static void
see (GByteArray *seen, guint32 name)
{
  guint before = seen->len;

  if (name >= before)
    {
      g_byte_array_set_size (seen, MAX (name + 1, before * 2));
      memset (seen->data + before, 0, seen->len - before);
    }
  seen->data[name] = 1;
}

/* The names, of those that leads have, that are wanted; NULL: all of them. number: of a lead's member. */
static GStrv
list_wanted (WfReportScope *self, WfDimension dimension, gsize number, gboolean *also_none)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GByteArray) seen = g_byte_array_new ();
  gboolean all = TRUE;

  *also_none = FALSE;
  for (guint i = 0; i < self->leads.facts->len; i++)
    {
      guint32 name =
          G_STRUCT_MEMBER (guint32, &g_array_index (self->leads.facts, WfLeadFacts, i), number);
      const char *text;
      gboolean wanted;

      if (name < seen->len && seen->data[name])
        continue;
      see (seen, name);
      wanted = dimension == WF_DIMENSION_PERSON
                   ? wf_report_scope_get_person (self, name)->allowed
                   : wf_report_scope_get_name (self, dimension, name)->allowed;
      text = wf_store_get_name (self->store, name);
      all &= wanted;
      if (wanted && text != NULL)
        g_strv_builder_add (builder, text);
      *also_none |= wanted && name == 0;
    }
  return all ? NULL : g_strv_builder_end (builder);
}

/* As the store asks for it: an unknown one counts as "web". FALSE: it cannot. */
static gboolean
get_origin (WfReportScope *self, const char **origin)
{
  gboolean none = wf_report_scope_get_name (self, WF_DIMENSION_ORIGIN, 0)->allowed;
  guint32 web_number = wf_store_get_name_number (self->store, "web");
  guint32 flow_number = wf_store_get_name_number (self->store, "flow");
  gboolean web = wf_report_scope_get_name (self, WF_DIMENSION_ORIGIN, web_number)->allowed;
  gboolean flow = flow_number != 0 &&
                  wf_report_scope_get_name (self, WF_DIMENSION_ORIGIN, flow_number)->allowed;

  *origin = self->query->origin;
  if (self->only[WF_DIMENSION_ORIGIN] == NULL || *origin != NULL)
    return self->only[WF_DIMENSION_ORIGIN] == NULL;
  if (web == none && web != flow)
    *origin = flow ? "flow" : "web";
  return web == none && web != flow;
}

static void
add_nobody (GStrv *owners)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) *owners);
  g_strv_builder_add (builder, "");
  g_strfreev (*owners);
  *owners = g_strv_builder_end (builder);
}

/* Some of the wanted leads have no name where others are left out: the store cannot be asked so, and the
 * leads are looked at one by one. */
static guint
count_one_by_one (WfReportScope *self, const WfLeadQuery *query)
{
  g_autoptr (GPtrArray) leads = wf_store_query_leads (self->store, query);
  guint n = 0;

  for (guint i = 0; i < leads->len; i++)
    {
      const WfLead *lead = leads->pdata[i];
      WfLeadFacts facts = {
        .owner = wf_store_get_name_number (self->store, lead->owner),
        .stage = wf_store_get_name_number (self->store, lead->stage),
        .source = wf_store_get_name_number (self->store, lead->source),
        .origin = wf_store_get_name_number (self->store, lead->origin),
      };

      n += wf_report_scope_wants_lead (self, &facts) ? 1 : 0;
    }
  return n;
}

gboolean
wf_report_count_without_next (WfReportScope *self, WfReport *report, GError **error)
{
  gboolean nobodys, without_stage, without_source;
  g_auto (GStrv) owners =
      list_wanted (self, WF_DIMENSION_PERSON, G_STRUCT_OFFSET (WfLeadFacts, owner), &nobodys);
  g_auto (GStrv) stages =
      list_wanted (self, WF_DIMENSION_STAGE, G_STRUCT_OFFSET (WfLeadFacts, stage), &without_stage);
  g_auto (GStrv) sources = list_wanted (self, WF_DIMENSION_SOURCE,
                                        G_STRUCT_OFFSET (WfLeadFacts, source), &without_source);
  WfLeadQuery query = { .without_next = TRUE, .only_open = TRUE, .now = self->query->now };
  gboolean exact = get_origin (self, &query.origin);

  if (owners != NULL && nobodys)
    add_nobody (&owners);
  query.owners = (const char *const *) owners;
  query.stages = without_stage ? NULL : (const char *const *) stages;
  query.sources = without_source ? NULL : (const char *const *) sources;
  if ((owners != NULL && owners[0] == NULL) || (query.stages != NULL && stages[0] == NULL) ||
      (query.sources != NULL && sources[0] == NULL))
    report->without_next = 0;
  else if ((stages != NULL && without_stage) || (sources != NULL && without_source) || !exact)
    report->without_next = count_one_by_one (self, &query);
  else
    report->without_next = wf_store_count_leads (self->store, &query);
  return !g_cancellable_set_error_if_cancelled (self->query->cancellable, error);
}
