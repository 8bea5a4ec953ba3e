/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activities behind a number of a report. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <gio/gio.h>

typedef struct
{
  WfInstant at;
  gint64 number;
} Found;

typedef struct
{
  WfReportScope *scope;
  const WfReportPart *part;
  guint row;
  guint32 workflow; /* number of its name */
  GArray *found;    /* (owned) of Found */
  WfLocalHours hours;
} Search;

/* What the number's hours are about: when it was done, or when one that was created is due. */
static gboolean
is_in_hour (Search *self, const WfReportItem *item, WfInstant at)
{
  const WfReportPart *part = self->part;
  guint weekday, hour;

  if (part->weekday < 0 && part->hour < 0)
    return TRUE;
  if (part->measure == WF_MEASURE_CREATED)
    at = item->facts->due[item->index];
  if (at == WF_INSTANT_NONE)
    return FALSE;
  wf_local_hours_find (&self->hours, at, &weekday, &hour);
  return (part->weekday < 0 || weekday == (guint) part->weekday) &&
         (part->hour < 0 || hour == (guint) part->hour);
}

static gboolean
is_part (Search *self, const WfReportItem *item, WfInstant at)
{
  const WfReportPart *part = self->part;
  guint point = wf_time_range_find (self->scope->range, at);

  if (!item->person->allowed || point == self->scope->range->n ||
      (part->point >= 0 && point != (guint) part->point))
    return FALSE;
  if (part->row != NULL && !wf_report_item_is_in_row (item, self->scope, self->row))
    return FALSE;
  if (part->workflow != NULL &&
      (self->workflow == 0 || item->facts->workflow[item->index] != self->workflow))
    return FALSE;
  if (part->cause >= 0 && (part->measure != WF_MEASURE_LATE ||
                           wf_report_item_get_cause (item) != (WfCause) part->cause))
    return FALSE;
  return is_in_hour (self, item, at);
}

static gboolean
is_outcome (const WfReportPart *part, int outcome)
{
  return outcome == (int) part->measure ||
         (part->all_done && part->measure == WF_MEASURE_ON_TIME && outcome == WF_MEASURE_LATE);
}

static gboolean
on_facts (const WfActivityFacts *facts, gpointer user_data)
{
  Search *self = user_data;
  const WfTimeRange *range = self->scope->range;
  gboolean created = self->part->measure == WF_MEASURE_CREATED;
  WfReportItem item;

  if (self->scope->looks_at_leads)
    wf_report_leads_find_all (self->scope, facts);
  for (guint i = 0; i < facts->n; i++)
    {
      Found found = { .number = facts->number[i] };

      if (!wf_report_item_init (&item, self->scope, facts, i, range->from, range->until) ||
          (!created && !is_outcome (self->part, item.outcome)))
        continue;
      found.at = created ? facts->created[i] : item.at;
      if (is_part (self, &item, found.at))
        g_array_append_val (self->found, found);
    }
  return TRUE;
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;

  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  return x->number > y->number ? -1 : x->number < y->number;
}

static GArray *
take_numbers (GArray *found)
{
  GArray *numbers = g_array_sized_new (FALSE, FALSE, sizeof (gint64), found->len);

  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    g_array_append_val (numbers, g_array_index (found, Found, i).number);
  return numbers;
}

/**
 * wf_report_list_numbers:
 * @store: the store, in its thread
 * @query: what the report was asked
 * @part: which of its numbers
 * @error: receives why there are none
 *
 * Latest is by what the number counts: creation, end, or deadline of what is open and late. Only what was
 * done late has a cause.
 *
 * Returns: (transfer full) (nullable): for wf_store_list_activities_by_number(), the latest first; %NULL
 *   when it was cancelled, when the viewer may not see others' activities
 *   (G_IO_ERROR_PERMISSION_DENIED), or when the store cannot be read
 */
GArray *
wf_report_list_numbers (WfStore *store, const WfReportQuery *query, const WfReportPart *part,
                        GError **error)
{
  g_auto (WfReportScope) scope = { 0 };
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  Search search = { .scope = &scope, .part = part, .found = found };

  if (g_cancellable_set_error_if_cancelled (query->cancellable, error) ||
      !wf_report_scope_init (&scope, store, query, TRUE, error))
    return NULL;
  wf_local_hours_init (&search.hours, scope.zone);
  if (part->row != NULL)
    search.row = wf_row_table_get (&scope.rows, part->row);
  search.workflow = wf_store_get_name_number (store, part->workflow);
  if (!wf_store_foreach_activity_facts (store, scope.range->from, scope.range->until,
                                        query->cancellable, on_facts, &search, error))
    return NULL;
  return take_numbers (found);
}
