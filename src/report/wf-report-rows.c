/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a break-down while they are counted. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

static void
tally_free (gpointer data)
{
  WfRowTally *self = data;

  g_free (self->id);
  g_array_unref (self->samples);
  g_free (self);
}

void
wf_row_table_init (WfRowTable *self)
{
  self->tallies = g_ptr_array_new_with_free_func (tally_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

void
wf_row_table_clear (WfRowTable *self)
{
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->tallies, g_ptr_array_unref);
}

guint
wf_row_table_get (WfRowTable *self, const char *id)
{
  gpointer known = g_hash_table_lookup (self->by_id, id);
  WfRowTally *tally;

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  tally = g_new0 (WfRowTally, 1);
  tally->id = g_strdup (id);
  tally->samples = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (self->tallies, tally);
  g_hash_table_insert (self->by_id, tally->id, GUINT_TO_POINTER (self->tallies->len));
  return self->tallies->len - 1;
}

/* What another thread counted in rows of its own. */
void
wf_row_table_merge (WfRowTable *self, const WfRowTable *other)
{
  for (guint i = 0; i < other->tallies->len; i++)
    {
      const WfRowTally *from = other->tallies->pdata[i];
      guint row = wf_row_table_get (self, from->id); /* which may move them */
      WfRowTally *to = self->tallies->pdata[row];

      wf_report_add_counts (to->figures.counts, from->figures.counts, WF_N_MEASURES);
      wf_report_add_samples (to->samples, from->samples);
    }
}
