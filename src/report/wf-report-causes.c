/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why something was done late (B20, B11). */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <glib/gi18n-lib.h>

/* Who got an activity so shortly before its deadline could hardly keep it (S27: the shortest deadline). */
#define LEAST_TIME (30 * G_TIME_SPAN_MINUTE)

const char *
wf_cause_get_title (WfCause cause)
{
  static const char *const titles[] = {
    [WF_CAUSE_SYSTEM] = N_ ("The event came late"),
    [WF_CAUSE_ABSENCE] = N_ ("The person was away"),
    [WF_CAUSE_REASSIGNED] = N_ ("Reassigned too late"),
    [WF_CAUSE_NEVER_REMINDED] = N_ ("Never reminded"),
    [WF_CAUSE_REMINDED] = N_ ("Late although reminded"),
    [WF_CAUSE_UNKNOWN] = N_ ("Not known"),
  };

  return _ (titles[cause]);
}

static gboolean
is_reassigned_late (const WfReportItem *item)
{
  return item->n_holders > 1 &&
         item->holders[item->n_holders - 1].since > item->facts->due[item->index] - LEAST_TIME;
}

/* Of one that was done late. */
WfCause
wf_report_item_get_cause (const WfReportItem *self)
{
  guint8 flags = self->facts->flags[self->index];

  if (flags & WF_FACT_ARRIVED_LATE)
    return WF_CAUSE_SYSTEM;
  if (self->person->person != NULL &&
      wf_person_get_absence (self->person->person, self->facts->due[self->index]) != NULL)
    return WF_CAUSE_ABSENCE;
  if (is_reassigned_late (self))
    return WF_CAUSE_REASSIGNED;
  if (flags & WF_FACT_REMINDED)
    return WF_CAUSE_REMINDED;
  return flags & WF_FACT_REMINDER_KNOWN ? WF_CAUSE_NEVER_REMINDED : WF_CAUSE_UNKNOWN;
}

void
wf_cause_tally_init (WfCauseTally *self)
{
  for (int i = 0; i < WF_N_CAUSES; i++)
    {
      self->n[i] = 0;
      self->samples[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
}

void
wf_cause_tally_clear (WfCauseTally *self)
{
  for (int i = 0; i < WF_N_CAUSES; i++)
    g_clear_pointer (&self->samples[i], g_array_unref);
}

/* Adds what another thread counted. */
void
wf_cause_tally_merge (WfCauseTally *self, const WfCauseTally *other)
{
  wf_report_add_counts (self->n, other->n, WF_N_CAUSES);
  for (int i = 0; i < WF_N_CAUSES; i++)
    wf_report_add_samples (self->samples[i], other->samples[i]);
}

GArray *
wf_cause_tally_finish (WfCauseTally *self)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (WfCauseRow), WF_N_CAUSES);

  for (int i = 0; i < WF_N_CAUSES; i++)
    {
      WfCauseRow row = { .cause = (WfCause) i, .n = self->n[i] };

      for (guint j = 0; j < self->samples[i]->len; j++)
        row.total += g_array_index (self->samples[i], gint64, j);
      wf_report_get_percentiles (self->samples[i], &row.median, NULL);
      g_array_append_val (rows, row);
    }
  return rows;
}
