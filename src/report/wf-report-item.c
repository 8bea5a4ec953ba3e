/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One activity in a report: what it counts as and when, whether it is wanted, and how late it was. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

/* What became of it, beside its creation. What ended without anybody knowing when lies in no period. */
static int
get_outcome (const WfActivityFacts *facts, guint i, WfInstant now, WfInstant *at)
{
  WfInstant due = facts->due[i];

  *at = facts->closed[i];
  switch ((WfActivityStatus) facts->status[i])
    {
    case WF_ACTIVITY_OPEN:
      *at = due;
      return due != WF_INSTANT_NONE && now > due ? WF_MEASURE_OPEN_LATE : -1;
    case WF_ACTIVITY_DONE:
      if (*at == WF_INSTANT_NONE)
        return -1;
      return due != WF_INSTANT_NONE && *at > due ? WF_MEASURE_LATE : WF_MEASURE_ON_TIME;
    case WF_ACTIVITY_CANCELLED:
      return *at != WF_INSTANT_NONE ? WF_MEASURE_CANCELLED : -1;
    case WF_ACTIVITY_NO_LONGER_NEEDED:
      return *at != WF_INSTANT_NONE ? WF_MEASURE_NOT_NEEDED : -1;
    }
  return -1;
}

static void
find_holders (WfReportItem *self, const GArray *holders)
{
  const WfHolder *all = (const WfHolder *) (gconstpointer) holders->data;
  gint64 number = self->facts->number[self->index];
  guint low = 0, high = holders->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (all[middle].number < number)
        low = middle + 1;
      else
        high = middle;
    }
  self->holders = all + low;
  while (low < holders->len && all[low].number == number)
    low++;
  self->n_holders = (guint) (all + low - self->holders);
}

static guint
get_row (WfReportItem *self, WfReportScope *scope)
{
  const WfActivityFacts *facts = self->facts;
  WfDimension by = scope->query->filter->by;
  guint i = self->index;

  switch (by)
    {
    case WF_DIMENSION_TYPE:
      return wf_report_scope_get_name (scope, by, facts->type[i])->row;
    case WF_DIMENSION_WORKFLOW:
      return wf_report_scope_get_name (scope, by, facts->workflow[i])->row;
    case WF_DIMENSION_VERSION:
      return wf_report_scope_get_version (scope, facts->workflow[i], facts->version[i])->row;
    case WF_DIMENSION_ORIGIN:
      return wf_report_scope_get_name (scope, by, facts->origin[i])->row;
    case WF_DIMENSION_STAGE:
    case WF_DIMENSION_SOURCE:
      return wf_report_scope_get_lead (scope, self->lead)->row;
    case WF_DIMENSION_PERSON:
    case WF_DIMENSION_GROUP:
    case WF_DIMENSION_TEAM:
    case WF_DIMENSION_UNIT:
      break;
    }
  return 0;
}

static gboolean
is_wanted (WfReportItem *self, WfReportScope *scope)
{
  const WfActivityFacts *facts = self->facts;
  guint i = self->index;

  if (!wf_report_scope_get_name (scope, WF_DIMENSION_TYPE, facts->type[i])->allowed ||
      !wf_report_scope_get_name (scope, WF_DIMENSION_WORKFLOW, facts->workflow[i])->allowed ||
      !wf_report_scope_get_name (scope, WF_DIMENSION_ORIGIN, facts->origin[i])->allowed)
    return FALSE;
  if (scope->only[WF_DIMENSION_VERSION] != NULL &&
      !wf_report_scope_get_version (scope, facts->workflow[i], facts->version[i])->allowed)
    return FALSE;
  if (!scope->looks_at_leads)
    return TRUE;
  self->lead = scope->leads.numbers[i];
  return wf_report_scope_get_lead (scope, self->lead)->allowed;
}

gboolean
wf_report_item_init (WfReportItem *self, WfReportScope *scope, const WfActivityFacts *facts,
                     guint index, WfInstant from, WfInstant until)
{
  WfInstant created = facts->created[index];

  self->facts = facts;
  self->index = index;
  self->outcome = get_outcome (facts, index, scope->query->now, &self->at);
  if (self->outcome >= 0 && (self->at < from || self->at >= until))
    self->outcome = -1;
  if (self->outcome < 0 && (created < from || created >= until))
    return FALSE;
  if (!is_wanted (self, scope))
    return FALSE;
  self->person = wf_report_scope_get_person (scope, facts->person[index]);
  self->row = get_row (self, scope);
  self->n_holders = 0;
  if (self->outcome == WF_MEASURE_LATE && facts->flags[index] & WF_FACT_REASSIGNED)
    find_holders (self, scope->holders);
  return TRUE;
}

/* S9: each holder answers for the time in which it held a late activity, by its own calendar; what was
 * before the first known holder is the first one's.
 * Returns: FALSE when the holder held it for no moment after the deadline. */
gboolean
wf_report_item_get_lateness_of_holder (const WfReportItem *self, WfReportScope *scope, guint holder,
                                       const WfScopePerson **person, gint64 *lateness)
{
  WfInstant from = self->facts->due[self->index], until = self->at;

  *person = self->person;
  if (self->n_holders > 0)
    {
      *person = wf_report_scope_get_person (scope, self->holders[holder].person);
      if (holder > 0)
        from = MAX (from, self->holders[holder].since);
      if (holder + 1 < self->n_holders)
        until = MIN (until, self->holders[holder + 1].since);
    }
  if (until <= from)
    return FALSE;
  *lateness = wf_open_table_get_time_between ((*person)->open, from, until);
  return TRUE;
}

gboolean
wf_report_item_get_lateness (const WfReportItem *self, WfReportScope *scope, gint64 *lateness)
{
  gboolean found = FALSE;

  *lateness = 0;
  for (guint i = 0; i < MAX (self->n_holders, 1); i++)
    {
      const WfScopePerson *person;
      gint64 time;

      if (!wf_report_item_get_lateness_of_holder (self, scope, i, &person, &time) ||
          !person->allowed)
        continue;
      *lateness += time;
      found = TRUE;
    }
  return found;
}

gboolean
wf_report_item_is_in_row (const WfReportItem *self, const WfReportScope *scope, guint row)
{
  if (!wf_dimension_is_of_people (scope->query->filter->by))
    return self->row == row;
  for (guint i = 0; i < self->person->n_rows; i++)
    if (self->person->rows[i] == row)
      return TRUE;
  return FALSE;
}
