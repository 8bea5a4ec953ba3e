/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads by their hashes: a million look-ups a report, in so little memory that it stays in the processor's cache. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-lead-index.h"

#include "wf-store-facts.h"

#define LEAST_BITS 1
#define MOST_BITS 24

void
wf_report_lead_index_init (WfReportLeadIndex *self, const GArray *facts)
{
  guint bits = CLAMP (g_bit_storage (facts->len), LEAST_BITS, MOST_BITS);
  guint n_buckets = 1u << bits;

  self->n = facts->len;
  self->shift = 64 - bits;
  self->hashes = g_new (guint64, MAX (self->n, 1));
  self->first = g_new (guint32, n_buckets + 1);
  for (guint i = 0, bucket = 0; i <= self->n; i++)
    {
      guint end = n_buckets;

      if (i < self->n)
        {
          self->hashes[i] = g_array_index (facts, WfLeadFacts, i).lead;
          end = (guint) (self->hashes[i] >> self->shift);
        }
      while (bucket <= end)
        self->first[bucket++] = i;
    }
}

void
wf_report_lead_index_clear (WfReportLeadIndex *self)
{
  g_clear_pointer (&self->hashes, g_free);
  g_clear_pointer (&self->first, g_free);
}
