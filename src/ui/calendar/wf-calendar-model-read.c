/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the days of the calendar, and keeping those that are likely to be shown next.
 *
 * Policy: the wanted span is read as soon as it is wanted; then, when nothing else is to do, the next
 * and the last one, so that a step shows its days in the same frame. A change of the store makes all
 * kept sheets stale: one of them is still shown at once when somebody steps to it, and read again. */
#define G_LOG_DOMAIN "wf-ui"

#include "wf-calendar-model-private.h"

#define MOST_SHEETS 8
#define DAYS_PER_DAY 500  /* of a day and a week */
#define AGENDA_PER_DAY 40 /* then a row leads to the day */
#define ROUND_UP 4        /* a cell that grows by a line is not read again each time */
/* While events come in by the dozen, the days are not read after each of them. */
#define CALM 250 /* ms */

struct _WfCalendarReading
{
  WfCalendarModel *model; /* NULL: not wanted any more */
  WfCalendarSpan span;    /* (owned) */
  guint per_day, changes;
  GCancellable *cancellable; /* (owned) */
};

void
wf_calendar_sheet_unref (WfCalendarSheet *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  wf_calendar_span_clear (&self->span);
  wf_calendar_days_free (self->days);
  g_free (self);
}

static void
reading_free (WfCalendarReading *self)
{
  wf_calendar_span_clear (&self->span);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WfCalendarReading, reading_free)

gboolean
wf_calendar_span_is (const WfCalendarSpan *a, const WfCalendarSpan *b)
{
  return a->view == b->view && a->n_days == b->n_days && g_date_compare (&a->first, &b->first) == 0;
}

static guint
get_per_day (WfCalendarModel *self)
{
  switch (self->view)
    {
    case WF_CALENDAR_MONTH:
      return (self->per_day + ROUND_UP - 1) / ROUND_UP * ROUND_UP;
    case WF_CALENDAR_AGENDA:
      return AGENDA_PER_DAY;
    case WF_CALENDAR_DAY:
    case WF_CALENDAR_WEEK:
    default:
      return DAYS_PER_DAY;
    }
}

/* ---- what was read ----------------------------------------------------------------------------- */

static guint
find_sheet (WfCalendarModel *self, const WfCalendarSpan *span)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const WfCalendarSheet *sheet = self->sheets->pdata[i];
      if (wf_calendar_span_is (&sheet->span, span))
        return i;
    }
  return G_MAXUINT;
}

WfCalendarSheet *
wf_calendar_model_find_sheet (WfCalendarModel *self)
{
  guint index = find_sheet (self, &self->wanted);
  WfCalendarSheet *sheet;

  if (index == G_MAXUINT)
    return NULL;
  sheet = self->sheets->pdata[index];
  if (sheet->per_day < get_per_day (self))
    return NULL;
  g_ptr_array_insert (self->sheets, 0, g_ptr_array_steal_index (self->sheets, index));
  return sheet;
}

static WfCalendarSheet *
keep_sheet (WfCalendarReading *reading, WfCalendarDays *days)
{
  WfCalendarModel *self = reading->model;
  WfCalendarSheet *sheet = g_new0 (WfCalendarSheet, 1);
  guint known = find_sheet (self, &reading->span);

  g_ref_count_init (&sheet->ref_count);
  sheet->span = reading->span;
  reading->span.bounds = NULL;
  sheet->days = days;
  sheet->per_day = reading->per_day;
  sheet->stale = reading->changes != self->changes;
  if (known != G_MAXUINT)
    g_ptr_array_remove_index (self->sheets, known);
  g_ptr_array_insert (self->sheets, 0, sheet);
  if (self->sheets->len > MOST_SHEETS)
    g_ptr_array_set_size (self->sheets, MOST_SHEETS);
  return sheet;
}

/* ---- the query --------------------------------------------------------------------------------- */

static gboolean
is_in_groups (const WfPerson *person, char *const *groups)
{
  for (guint i = 0; groups != NULL && groups[i] != NULL; i++)
    {
      if (wf_person_in_group (person, groups[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_list (char *const *list)
{
  return list != NULL && list[0] != NULL;
}

char **
wf_calendar_model_list_people (WfCalendarModel *self)
{
  const WfOrganisation *organisation = wf_runtime_get_organisation (self->runtime);
  const char *own = wf_runtime_get_person (self->runtime);
  g_autoptr (GStrvBuilder) people = g_strv_builder_new ();

  if (!is_list (self->filter->people) && !is_list (self->filter->groups))
    {
      if (self->filter->everyone)
        return NULL;
      g_strv_builder_add (people, own != NULL ? own : "");
      return g_strv_builder_end (people);
    }
  if (is_list (self->filter->people))
    g_strv_builder_addv (people, (const char **) self->filter->people);
  for (guint i = 0; organisation != NULL && i < wf_organisation_get_n_people (organisation); i++)
    {
      const WfPerson *person = wf_organisation_get_person_at (organisation, i);
      if (is_in_groups (person, self->filter->groups) &&
          (!is_list (self->filter->people) ||
           !g_strv_contains ((const char *const *) self->filter->people, person->id)))
        g_strv_builder_add (people, person->id);
    }
  /* A group without people has no activities, which is not the same as no limit. */
  if (!is_list (self->filter->people))
    g_strv_builder_add (people, "");
  return g_strv_builder_end (people);
}

static void on_days_read (GObject *object, GAsyncResult *result, gpointer user_data);

static const char *const *
list_or_null (char *const *list)
{
  return is_list (list) ? (const char *const *) list : NULL;
}

/* Takes the span's bounds over. */
static WfCalendarReading *
begin (WfCalendarModel *self, WfCalendarSpan *span)
{
  WfCalendarReading *reading = g_new0 (WfCalendarReading, 1);
  g_auto (GStrv) people = wf_calendar_model_list_people (self);
  gboolean is_one = people != NULL && people[1] == NULL; /* has an index of its own */
  const WfActivityQuery query = {
    .person = is_one ? people[0] : NULL,
    .scope = self->filter->closed ? WF_ACTIVITIES_ALL : WF_ACTIVITIES_OPEN,
    .origin = self->filter->origin,
    .now = wf_calendar_model_get_now (self),
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
    .people = is_one ? NULL : (const char *const *) people,
    .types = list_or_null (self->filter->types),
    .workflows = list_or_null (self->filter->workflows),
    .also_hidden = TRUE, /* a calendar is for what is planned */
  };

  reading->model = self;
  reading->span = *span;
  span->bounds = NULL;
  reading->per_day = get_per_day (self);
  reading->changes = self->changes;
  reading->cancellable = g_cancellable_new ();
  wf_runtime_list_days_async (self->runtime, &query, reading->span.bounds, reading->span.n_days,
                              reading->per_day, reading->cancellable, on_days_read, reading);
  return reading;
}

static void
init_span (WfCalendarModel *self, const GDate *date, WfCalendarSpan *span)
{
  wf_calendar_span_init (span, self->view, date, wf_calendar_get_first_weekday (), self->zone);
}

void
wf_calendar_model_read (WfCalendarModel *self)
{
  WfCalendarSpan span;

  if (!self->active || self->reading != NULL || self->calm != 0)
    return;
  if (self->ahead != NULL && wf_calendar_span_is (&self->ahead->span, &self->wanted) &&
      self->ahead->changes == self->changes && self->ahead->per_day >= get_per_day (self))
    {
      self->reading = g_steal_pointer (&self->ahead);
      return;
    }
  init_span (self, &self->date, &span);
  self->reading = begin (self, &span);
}

void
wf_calendar_model_read_ahead (WfCalendarModel *self)
{
  static const int directions[] = { 1, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      GDate date = self->date;
      WfCalendarSpan span;
      if (!self->active || self->reading != NULL || self->ahead != NULL)
        return;
      wf_calendar_step (self->view, directions[i], &date);
      init_span (self, &date, &span);
      if (find_sheet (self, &span) == G_MAXUINT)
        self->ahead = begin (self, &span);
      wf_calendar_span_clear (&span);
    }
}

static void
give_up (WfCalendarReading *reading)
{
  reading->model = NULL;
  g_cancellable_cancel (reading->cancellable);
}

void
wf_calendar_model_cancel_reading (WfCalendarModel *self)
{
  g_clear_handle_id (&self->calm, g_source_remove);
  g_clear_pointer (&self->reading, give_up);
  g_clear_pointer (&self->ahead, give_up);
}

static void
on_calm (gpointer user_data)
{
  WfCalendarModel *self = WF_CALENDAR_MODEL (user_data);

  self->calm = 0;
  wf_calendar_model_read (self);
}

static void
use_answer (WfCalendarReading *reading, WfCalendarDays *days)
{
  WfCalendarModel *self = reading->model;
  gboolean is_wanted = reading == self->reading;
  WfCalendarSheet *sheet = keep_sheet (reading, days);

  if (!is_wanted)
    {
      self->ahead = NULL;
      wf_calendar_model_read_ahead (self);
      return;
    }
  self->reading = NULL;
  if (sheet->stale && self->calm == 0)
    self->calm = g_timeout_add_once (CALM, on_calm, self);
  wf_calendar_model_show (self, sheet);
}

static void
on_days_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WfCalendarReading) reading = user_data;
  WfCalendarModel *self = reading->model;
  g_autoptr (GError) error = NULL;
  WfCalendarDays *days = wf_runtime_list_days_finish (WF_RUNTIME (object), result, &error);

  if (self == NULL) /* the answer may have been on its way when it was cancelled */
    g_clear_pointer (&days, wf_calendar_days_free);
  else if (days != NULL)
    use_answer (reading, days);
  else if (reading == self->reading)
    {
      self->reading = NULL;
      wf_calendar_model_fail (self, error);
    }
  else /* a neighbour is asked for again when it is wanted */
    self->ahead = NULL;
}
