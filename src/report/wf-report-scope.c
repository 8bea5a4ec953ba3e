/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report's question worked out: ranges of time, and of each name whether it is wanted. */
#define G_LOG_DOMAIN "wf-report"

#include "wf-report-private.h"

#include <string.h>

static gboolean
is_named_by_number (int dimension)
{
  return dimension >= WF_DIMENSION_TYPE;
}

static void
scope_person_free (gpointer data)
{
  WfScopePerson *person = data;

  if (person != NULL)
    g_free (person->rows);
  g_free (person);
}

/* Borrows the ids; an empty list leaves nothing out. */
static GHashTable *
make_set (GStrv ids)
{
  GHashTable *set;

  if (ids == NULL || ids[0] == NULL)
    return NULL;
  set = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (set, ids[i]);
  return set;
}

/* What each thread works out for itself. */
static void
init_tables (WfReportScope *self)
{
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    self->names[i] = is_named_by_number (i) ? g_array_new (FALSE, TRUE, sizeof (WfScopeName))
                                            : NULL;
  self->people = g_ptr_array_new_with_free_func (scope_person_free);
  self->open_tables = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) wf_open_table_free);
  wf_report_map_init (&self->versions, 0);
  wf_row_table_init (&self->rows);
}

static gboolean
looks_at_leads (const WfReportScope *self)
{
  WfDimension by = self->query->filter->by;

  return by == WF_DIMENSION_STAGE || by == WF_DIMENSION_SOURCE ||
         self->only[WF_DIMENSION_STAGE] != NULL || self->only[WF_DIMENSION_SOURCE] != NULL;
}

gboolean
wf_report_scope_init (WfReportScope *self, WfStore *store, const WfReportQuery *query,
                      gboolean of_activities, GError **error)
{
  const WfPeriod *period = &query->filter->period;

  *self = (WfReportScope) { .store = store, .query = query };
  if (!wf_report_scope_may_show (query, of_activities, error))
    return FALSE;
  self->range = wf_period_resolve (period, query->now, query->zone, query->first_weekday);
  self->previous =
      wf_period_resolve_previous (period, query->now, query->zone, query->first_weekday);
  self->zone = wf_zone_table_new (query->zone);
  if (query->viewer != NULL)
    self->viewer = wf_organisation_get_person (query->organisation, query->viewer);
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    self->only[i] = make_set (query->filter->only[i]);
  init_tables (self);
  self->looks_at_leads = looks_at_leads (self);
  self->holders = wf_store_list_holders (store, query->cancellable, error);
  /* The activities behind a number are found without leads, unless the question is about those. */
  return self->holders != NULL &&
         wf_report_leads_load (self, !of_activities || self->looks_at_leads, error);
}

void
wf_report_scope_init_copy (WfReportScope *self, const WfReportScope *of)
{
  *self = *of;
  self->is_copy = TRUE;
  init_tables (self);
  wf_report_leads_init_copy (&self->leads);
}

static void
clear_shared (WfReportScope *self)
{
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    g_clear_pointer (&self->only[i], g_hash_table_unref);
  g_clear_pointer (&self->range, wf_time_range_free);
  g_clear_pointer (&self->previous, wf_time_range_free);
  g_clear_pointer (&self->zone, wf_zone_table_free);
  g_clear_pointer (&self->holders, g_array_unref);
  g_clear_pointer (&self->moves, g_array_unref);
}

void
wf_report_scope_clear (WfReportScope *self)
{
  if (self->people == NULL)
    return;
  for (int i = 0; i < WF_N_DIMENSIONS; i++)
    g_clear_pointer (&self->names[i], g_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->open_tables, g_hash_table_unref);
  wf_report_map_clear (&self->versions);
  wf_row_table_clear (&self->rows);
  wf_report_leads_clear (&self->leads, self->is_copy);
  if (!self->is_copy)
    clear_shared (self);
}

gboolean
wf_report_scope_wants (const WfReportScope *self, WfDimension dimension, const char *id)
{
  return self->only[dimension] == NULL || g_hash_table_contains (self->only[dimension], id);
}

/* R59, R61: a lead whose origin is unknown counts as "web", and with "" too. */
static gboolean
wants_origin (const WfReportScope *self, const char *id)
{
  const char *counted = id[0] != '\0' ? id : "web";

  return (self->query->origin == NULL || strcmp (self->query->origin, counted) == 0) &&
         (wf_report_scope_wants (self, WF_DIMENSION_ORIGIN, counted) ||
          (id[0] == '\0' && wf_report_scope_wants (self, WF_DIMENSION_ORIGIN, id)));
}

char *
wf_report_scope_dup_id (WfReportScope *self, guint32 number)
{
  char *id = wf_store_dup_name (self->store, number);

  return id != NULL ? id : g_strdup ("");
}

WfScopeName *
wf_report_scope_add_name (WfReportScope *self, WfDimension dimension, guint32 number)
{
  GArray *names = self->names[dimension];
  g_autofree char *id = wf_report_scope_dup_id (self, number);
  WfScopeName *name;

  if (number >= names->len)
    g_array_set_size (names, MAX (number + 1, names->len * 2));
  name = &g_array_index (names, WfScopeName, number);
  name->known = TRUE;
  name->allowed = dimension == WF_DIMENSION_ORIGIN ? wants_origin (self, id)
                                                   : wf_report_scope_wants (self, dimension, id);
  if (self->query->filter->by == dimension)
    name->row = wf_row_table_get (&self->rows,
                                  dimension == WF_DIMENSION_ORIGIN && id[0] == '\0' ? "web" : id);
  return name;
}

/* What no workflow created has no version. */
guint
wf_report_scope_add_version (WfReportScope *self, guint32 workflow, guint32 version)
{
  GArray *names = self->names[WF_DIMENSION_VERSION];
  g_autofree char *text = wf_store_dup_name (self->store, workflow);
  g_autofree char *id = text != NULL ? g_strdup_printf ("%s/%u", text, version) : g_strdup ("");
  WfScopeName name = { .known = TRUE,
                       .allowed = wf_report_scope_wants (self, WF_DIMENSION_VERSION, id) };

  if (self->query->filter->by == WF_DIMENSION_VERSION)
    name.row = wf_row_table_get (&self->rows, id);
  g_array_append_val (names, name);
  wf_report_map_add (&self->versions, (guint64) workflow << 32 | version, names->len - 1);
  return names->len - 1;
}
