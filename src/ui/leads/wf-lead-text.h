/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lead's texts for the table, the page and a file. Needs no display. */
#pragma once

#include "wf-lead.h"

G_BEGIN_DECLS

typedef enum
{
  WF_LEAD_COLUMN_CHECK,
  WF_LEAD_COLUMN_NAME,
  WF_LEAD_COLUMN_STAGE,
  WF_LEAD_COLUMN_OWNER,
  WF_LEAD_COLUMN_SCORE,
  WF_LEAD_COLUMN_ORIGIN,
  WF_LEAD_COLUMN_NEXT,
  WF_LEAD_COLUMN_CONTACT,
  WF_N_LEAD_COLUMNS,
} WfLeadColumn;

/* Owned by the caller unless borrowed. organisation: nullable. */

const char *wf_lead_stage_name (const WfLead *lead,
                                const WfOrganisation *organisation); /* borrowed; "" without */
const char *wf_lead_owner_name (const WfLead *lead,
                                const WfOrganisation *organisation); /* borrowed; "Nobody" */
const char *wf_lead_origin_name (const WfLead *lead);                /* borrowed */
char *wf_lead_score_text (const WfLead *lead);                       /* "80", "" without */
/* "Call back · Tomorrow, 09:20", "Call back · 2 h late", "No next activity" */
char *wf_lead_next_text (const WfLead *lead, WfInstant now, GTimeZone *zone);
gboolean wf_lead_is_next_late (const WfLead *lead, WfInstant now);
/* "3 h ago"; "Never" */
char *wf_lead_contact_text (const WfLead *lead, WfInstant now, GTimeZone *zone);
/* How fresh it is (R170): "As of 14:02", with the day when it was another; "" when it is not known. synced: when the CRM was last
 * heard to the end: a lead of which it told nothing since is as of then. */
char *wf_lead_freshness_text (const WfLead *lead, WfInstant synced, WfInstant now, GTimeZone *zone);
/* What stands below the name where there is one column: "Filter 1 · Call back · Tomorrow, 09:20". */
char *wf_lead_subtitle (const WfLead *lead, const WfOrganisation *organisation, WfInstant now,
                        GTimeZone *zone);
/* A whole row for a screen reader. */
char *wf_lead_spoken (const WfLead *lead, const WfOrganisation *organisation, WfInstant now,
                      GTimeZone *zone);
/* "120 leads", "1 lead", "No leads" */
char *wf_leads_count_text (guint n);

/* What the CRM told beside the named ones: each of an object's own fields, with a name for people. Of WfLeadFieldText. */
typedef struct
{
  char *name, *value; /* (owned) */
} WfLeadFieldText;
void wf_lead_field_text_free (WfLeadFieldText *self);
GPtrArray *wf_lead_list_fields (const WfLead *lead, const WfOrganisation *organisation,
                                WfInstant now, GTimeZone *zone);

/* The head, and a line, of a table (RFC 4180). columns: of WfLeadColumn; the id comes before them and company, phone, e-mail and
 * source behind them in any case, and the next activity is two columns, what and when. */
void wf_leads_append_csv_head (GString *csv, const GArray *columns);
void wf_lead_append_csv (GString *csv, const WfLead *lead, const WfOrganisation *organisation,
                         GTimeZone *zone, const GArray *columns);

G_END_DECLS
