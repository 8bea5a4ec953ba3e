/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which activities Today's list shows. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-activity-filter.h"

WfActivityFilter *
wf_activity_filter_new (void)
{
  WfActivityFilter *self = g_new0 (WfActivityFilter, 1);

  for (guint i = 0; i < WF_N_FILTER_KINDS; i++)
    self->ids[i] = g_ptr_array_new_with_free_func (g_free);
  return self;
}

WfActivityFilter *
wf_activity_filter_copy (const WfActivityFilter *self)
{
  WfActivityFilter *copy = wf_activity_filter_new ();

  copy->whose = self->whose;
  copy->text = g_strdup (self->text);
  copy->origin = g_strdup (self->origin);
  copy->states = self->states;
  for (guint i = 0; i < WF_N_FILTER_KINDS; i++)
    g_ptr_array_extend (copy->ids[i], self->ids[i], (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  return copy;
}

void
wf_activity_filter_free (WfActivityFilter *self)
{
  for (guint i = 0; i < WF_N_FILTER_KINDS; i++)
    g_ptr_array_unref (self->ids[i]);
  g_free (self->text);
  g_free (self->origin);
  g_free (self);
}

static gboolean
find (GPtrArray *ids, const char *id, guint *index)
{
  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, index);
}

/* In any order. */
static gboolean
same_ids (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      if (!find (b, a->pdata[i], NULL))
        return FALSE;
    }
  return TRUE;
}

gboolean
wf_activity_filter_equal (const WfActivityFilter *a, const WfActivityFilter *b)
{
  if (a->whose != b->whose || a->states != b->states || g_strcmp0 (a->text, b->text) != 0 ||
      g_strcmp0 (a->origin, b->origin) != 0)
    return FALSE;
  for (guint i = 0; i < WF_N_FILTER_KINDS; i++)
    {
      if (!same_ids (a->ids[i], b->ids[i]))
        return FALSE;
    }
  return TRUE;
}

gboolean
wf_activity_filter_has (const WfActivityFilter *self, WfFilterKind kind, const char *id)
{
  return find (self->ids[kind], id, NULL);
}

void
wf_activity_filter_set (WfActivityFilter *self, WfFilterKind kind, const char *id, gboolean on)
{
  guint index;
  gboolean has = find (self->ids[kind], id, &index);

  if (has == on)
    return;
  if (on)
    g_ptr_array_add (self->ids[kind], g_strdup (id));
  else
    g_ptr_array_remove_index (self->ids[kind], index);
}

void
wf_activity_filter_clear (WfActivityFilter *self)
{
  for (guint i = 0; i < WF_N_FILTER_KINDS; i++)
    g_ptr_array_set_size (self->ids[i], 0);
  g_clear_pointer (&self->text, g_free);
  self->states = 0;
}

gboolean
wf_activity_filter_is_narrow (const WfActivityFilter *self)
{
  for (guint i = 0; i < WF_N_FILTER_KINDS; i++)
    {
      if (self->ids[i]->len > 0)
        return TRUE;
    }
  return self->text != NULL || (self->states & (WF_FILTER_LATE | WF_FILTER_AT_RISK)) != 0;
}

/* ---- as a query -------------------------------------------------------------------------------- */

/* NULL when there are none; else with its NULL at the end. */
static GPtrArray *
make_list (GPtrArray *ids)
{
  GPtrArray *list = g_ptr_array_new_null_terminated (ids->len, g_free, TRUE);

  g_ptr_array_extend (list, ids, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  return list;
}

static gboolean
is_in_any (const WfPerson *person, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      if (wf_person_in_group (person, groups->pdata[i]))
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
make_people (const WfActivityFilter *filter, const WfOrganisation *organisation)
{
  GPtrArray *people = make_list (filter->ids[WF_FILTER_PEOPLE]);
  guint n = organisation != NULL ? wf_organisation_get_n_people (organisation) : 0;

  for (guint i = 0; i < n; i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (is_in_any (person, filter->ids[WF_FILTER_GROUPS]) && !find (people, person->id, NULL))
        g_ptr_array_add (people, g_strdup (person->id));
    }
  return people;
}

static const char *const *
get_strv (GPtrArray *list)
{
  return list->len > 0 ? (const char *const *) list->pdata : NULL;
}

/* An empty group has nobody's activities, which is not everybody's. */
static const char *const nobody[] = { "", NULL };

void
wf_filter_query_init (WfFilterQuery *self, const WfActivityFilter *filter,
                      const WfOrganisation *organisation, const char *person)
{
  gboolean by_people = filter->ids[WF_FILTER_PEOPLE]->len > 0 ||
                       filter->ids[WF_FILTER_GROUPS]->len > 0;

  *self = (WfFilterQuery) {
    .query = { .scope = WF_ACTIVITIES_OPEN,
               .origin = filter->origin,
               .text = filter->text,
               .unassigned = filter->whose == WF_WHOSE_UNASSIGNED,
               .only_late = (filter->states & WF_FILTER_LATE) != 0,
               .due_from = WF_INSTANT_NONE,
               .due_until = WF_INSTANT_NONE },
    .lists = { make_list (filter->ids[WF_FILTER_TYPES]),
               make_list (filter->ids[WF_FILTER_WORKFLOWS]), make_people (filter, organisation) },
    .person = filter->whose == WF_WHOSE_MINE ? g_strdup (person) : NULL,
  };
  self->query.person = self->person;
  self->query.types = get_strv (self->lists[0]);
  self->query.workflows = get_strv (self->lists[1]);
  self->query.people = get_strv (self->lists[2]);
  if (by_people && self->query.people == NULL)
    self->query.people = nobody;
}

void
wf_filter_query_clear (WfFilterQuery *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_clear_pointer (&self->lists[i], g_ptr_array_unref);
  g_clear_pointer (&self->person, g_free);
}
