/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads by their hashes: a million look-ups a report, in so little memory that it stays in the processor's cache. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hashes are as good as random: in as many buckets, by their highest bits, as there are hashes there are few each. */
typedef struct
{
  guint64 *hashes; /* (owned) ascending */
  guint32 *
      first; /* (owned) of each bucket, and behind the last one: the first hash that is not before it */
  guint n, shift;
} WfReportLeadIndex;

/* facts: of WfLeadFacts, in the order of lead, each once. */
void wf_report_lead_index_init (WfReportLeadIndex *self, const GArray *facts);
void wf_report_lead_index_clear (WfReportLeadIndex *self);

/* number: its place in facts. */
static inline gboolean
wf_report_lead_index_find (const WfReportLeadIndex *self, guint64 lead, guint32 *number)
{
  const guint32 *bucket = &self->first[lead >> self->shift];

  for (guint32 i = bucket[0]; i < bucket[1]; i++)
    if (self->hashes[i] == lead)
      {
        *number = i;
        return TRUE;
      }
  return FALSE;
}

/* The same for those who ask in the order of the hashes. at: where the last one was found, at first 0; moves on. */
static inline gboolean
wf_report_lead_index_seek (const WfReportLeadIndex *self, guint64 lead, guint32 *at)
{
  while (*at < self->n && self->hashes[*at] < lead)
    ++*at;
  return *at < self->n && self->hashes[*at] == lead;
}

/* The lead is looked for soon: the memory may come meanwhile. */
static inline void
wf_report_lead_index_prepare (const WfReportLeadIndex *self, guint64 lead)
{
  __builtin_prefetch (&self->first[lead >> self->shift]);
}

G_END_DECLS
