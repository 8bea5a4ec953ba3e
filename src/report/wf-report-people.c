/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People in a report: whom the viewer may see, whom the filter wants, and in which rows they count. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <gio/gio.h>
#include <string.h>

/* Policy. Who may see reports (R3, A7) sees the figures of the teams and units that are granted
 * (R40, R46); of all where none is granted, and always the own ones and those of the queue, which
 * everybody sees. Media and Ranking have no right to see others' activities: their reports are numbers
 * for a wall, and the activities behind a number are not shown to them. */

#define LATENESS_BEFORE (400 * G_TIME_SPAN_DAY) /* deadlines that long before the period are rare */
#define LATENESS_MOST (4 * 366 * G_TIME_SPAN_DAY)

static gboolean
share_one (const char *const *a, const char *const *b)
{
  for (guint i = 0; a[i] != NULL; i++)
    if (g_strv_contains (b, a[i]))
      return TRUE;
  return FALSE;
}

static gboolean
may_see (const WfPerson *viewer, guint32 number, const WfPerson *person)
{
  if (viewer == NULL || number == 0 || person == viewer || viewer->role == WF_ROLE_ADMINISTRATOR ||
      (viewer->teams[0] == NULL && viewer->units[0] == NULL))
    return TRUE;
  return person != NULL &&
         (share_one (viewer->teams, person->teams) || share_one (viewer->units, person->units) ||
          share_one (viewer->groups, person->groups));
}

gboolean
wf_report_scope_may_show (const WfReportQuery *query, gboolean of_activities, GError **error)
{
  const WfPerson *viewer;
  g_autofree char *refusal = NULL;

  if (query->viewer == NULL)
    return TRUE;
  viewer = wf_organisation_get_person (query->organisation, query->viewer);
  refusal = wf_organisation_explain_right (query->organisation, viewer, WF_RIGHT_SEE_REPORTS);
  if (refusal == NULL && of_activities)
    refusal = wf_organisation_explain_right (query->organisation, viewer, WF_RIGHT_SEE_EVERYONE);
  if (refusal != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, refusal);
  return refusal == NULL;
}

gboolean
wf_dimension_is_of_people (WfDimension dimension)
{
  return dimension <= WF_DIMENSION_UNIT;
}

/* The ids of a person in a dimension; none: it counts as "". */
static const char *const *
get_ids (const WfPerson *person, WfDimension dimension)
{
  static const char *const none[] = { NULL };

  if (person == NULL)
    return none;
  switch (dimension)
    {
    case WF_DIMENSION_GROUP:
      return person->groups;
    case WF_DIMENSION_TEAM:
      return person->teams;
    case WF_DIMENSION_UNIT:
      return person->units;
    case WF_DIMENSION_PERSON:
    case WF_DIMENSION_TYPE:
    case WF_DIMENSION_WORKFLOW:
    case WF_DIMENSION_VERSION:
    case WF_DIMENSION_STAGE:
    case WF_DIMENSION_SOURCE:
    case WF_DIMENSION_ORIGIN:
      break;
    }
  return none;
}

static gboolean
wants_any (const WfReportScope *self, WfDimension dimension, const WfPerson *person)
{
  const char *const *ids = get_ids (person, dimension);

  if (ids[0] == NULL)
    return wf_report_scope_wants (self, dimension, "");
  for (guint i = 0; ids[i] != NULL; i++)
    if (wf_report_scope_wants (self, dimension, ids[i]))
      return TRUE;
  return FALSE;
}

/* A group that a document names twice is one row. */
static void
add_row (WfScopePerson *person, guint row)
{
  for (guint i = 0; i < person->n_rows; i++)
    if (person->rows[i] == row)
      return;
  person->rows = g_renew (guint, person->rows, person->n_rows + 1);
  person->rows[person->n_rows++] = row;
}

/* Who is wanted for one group and is in another one too is no row of the other. */
static void
add_rows (WfReportScope *self, WfScopePerson *person, const char *id)
{
  WfDimension by = self->query->filter->by;
  const char *const *ids = get_ids (person->person, by);

  if (by == WF_DIMENSION_PERSON)
    add_row (person, wf_row_table_get (&self->rows, id));
  else if (wf_dimension_is_of_people (by) && ids[0] == NULL)
    add_row (person, wf_row_table_get (&self->rows, ""));
  for (guint i = 0; ids[i] != NULL; i++)
    if (wf_report_scope_wants (self, by, ids[i]))
      add_row (person, wf_row_table_get (&self->rows, ids[i]));
}

/* One table for each calendar. Those who are nobody, or unknown, have the company's. */
static const WfOpenTable *
get_open_table (WfReportScope *self, const WfPerson *person)
{
  WfWorkingHours *hours = wf_organisation_get_hours_for (self->query->organisation, person);
  WfOpenTable *table = g_hash_table_lookup (self->open_tables, hours);
  WfInstant until = MIN (self->range->until, self->query->now) + G_TIME_SPAN_DAY;
  WfInstant from = MIN (self->previous->from, self->range->from) - LATENESS_BEFORE;

  if (table != NULL)
    return table;
  table = wf_open_table_new (hours, MAX (from, until - LATENESS_MOST), until);
  g_hash_table_insert (self->open_tables, hours, table);
  return table;
}

WfScopePerson *
wf_report_scope_add_person (WfReportScope *self, guint32 number)
{
  g_autofree char *id = wf_report_scope_dup_id (self, number);
  WfScopePerson *person = g_new0 (WfScopePerson, 1);

  person->person = wf_organisation_get_person (self->query->organisation, id);
  person->open = get_open_table (self, person->person);
  person->allowed = may_see (self->viewer, number, person->person) &&
                    wf_report_scope_wants (self, WF_DIMENSION_PERSON, id) &&
                    wants_any (self, WF_DIMENSION_GROUP, person->person) &&
                    wants_any (self, WF_DIMENSION_TEAM, person->person) &&
                    wants_any (self, WF_DIMENSION_UNIT, person->person);
  add_rows (self, person, id);
  if (number >= self->people->len)
    g_ptr_array_set_size (self->people, (int) MAX (number + 1, self->people->len * 2));
  self->people->pdata[number] = person;
  return person;
}
