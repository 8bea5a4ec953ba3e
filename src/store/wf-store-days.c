/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar: counts and first rows of days, of people and days, and of people. */
#define G_LOG_DOMAIN "wf-store"

#include "wf-store-private.h"

void
wf_calendar_days_free (WfCalendarDays *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_days; i++)
    g_clear_pointer (&self->first[i], g_ptr_array_unref);
  g_free (self->first);
  g_free (self->counts);
  g_free (self);
}

void
wf_person_count_free (WfPersonCount *self)
{
  if (self == NULL)
    return;
  g_free (self->person);
  g_free (self);
}

/* ---- days ---- */

/* Whether the counts of hours have all that is asked for. */
static gboolean
is_of_everything (const WfActivityQuery *query)
{
  return query->person == NULL && !query->unassigned && query->lead == NULL &&
         query->people == NULL && query->types == NULL && query->workflows == NULL &&
         (query->text == NULL || query->text[0] == '\0');
}

/* The day that an instant is in: bounds are not even. */
static guint
find_day (const WfInstant *bounds, guint n_days, WfInstant at)
{
  guint low = 0, high = n_days;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (bounds[middle] <= at)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* The hours count every open one: those that are not to be seen yet are taken off, all in one walk. */
static void
subtract_hidden (WfStore *self, const WfActivityQuery *query, const WfInstant *bounds, guint n_days,
                 WfDayFigures *counts)
{
  gint64 origin = query->origin != NULL ? wf_store_find_name (self, query->origin) : 0;
  g_auto (WfStatement) walk = wf_store_prepare (
      self,
      "SELECT due FROM activities INDEXED BY activities_visible WHERE status = 0 AND visible_from > ?1"
      " AND due >= ?2 AND due < ?3 AND (?4 = 0 OR origin = ?5 OR (origin IS NULL AND ?4 = 2))");

  sqlite3_bind_int64 (walk, 1, query->now);
  sqlite3_bind_int64 (walk, 2, bounds[0]);
  sqlite3_bind_int64 (walk, 3, bounds[n_days]);
  sqlite3_bind_int (walk, 4,
                    query->origin == NULL                ? 0
                    : g_str_equal (query->origin, "web") ? 2
                                                         : 1);
  sqlite3_bind_int64 (walk, 5, origin != 0 ? origin : -1);
  while (wf_store_step (self, walk))
    {
      WfInstant due = sqlite3_column_int64 (walk, 0);
      WfDayFigures *day = &counts[find_day (bounds, n_days, due)];

      day->open--;
      if (due < query->now)
        day->late--;
    }
}

static void
count_part (WfStore *self, const WfActivityQuery *query, gboolean by_hours, WfInstant from,
            WfInstant until, WfDayFigures *figures)
{
  if (by_hours)
    wf_store_add_hours (self, query, from, until, figures);
  else
    wf_store_count_figures (self, query, from, until, figures);
}

/* Late are those before now (S22): the day in which now lies is counted in two parts. */
static void
count_day (WfStore *self, const WfActivityQuery *query, gboolean by_hours, WfInstant from,
           WfInstant until, WfDayFigures *figures)
{
  WfInstant now = CLAMP (query->now, from, until);

  count_part (self, query, by_hours, from, now, figures);
  figures->late = figures->open;
  count_part (self, query, by_hours, now, until, figures);
}

/* Hours count everything; what the query leaves out goes. */
static void
keep_scope (const WfActivityQuery *query, WfDayFigures *figures)
{
  if (query->scope == WF_ACTIVITIES_CLOSED)
    figures->open = figures->late = 0;
  if (query->scope == WF_ACTIVITIES_OPEN || query->only_late)
    figures->done = figures->done_late = figures->closed = 0;
  if (query->only_late)
    figures->open = figures->late;
}

static void
count_days (WfStore *self, const WfActivityQuery *query, const WfInstant *bounds, guint n_days,
            WfDayFigures *counts)
{
  gboolean by_hours = is_of_everything (query);

  for (guint i = 0; i < n_days; i++)
    count_day (self, query, by_hours, bounds[i], bounds[i + 1], &counts[i]);
  if (by_hours && query->scope == WF_ACTIVITIES_OPEN && !query->also_hidden)
    subtract_hidden (self, query, bounds, n_days, counts);
  for (guint i = 0; i < n_days; i++)
    keep_scope (query, &counts[i]);
}

/**
 * wf_store_list_days:
 * @bounds: n_days + 1 rising instants; a day has those due in [bounds[i], bounds[i + 1])
 * @per_day: at most so many rows of each day, by due; 0: none
 *
 * Result: as many days; owned by the caller.
 */
WfCalendarDays *
wf_store_list_days (WfStore *self, const WfActivityQuery *query, const WfInstant *bounds,
                    guint n_days, guint per_day)
{
  WfCalendarDays *days = g_new0 (WfCalendarDays, 1);
  g_autoptr (GError) error = NULL;

  days->n_days = n_days;
  days->counts = g_new0 (WfDayFigures, n_days);
  days->first = g_new0 (GPtrArray *, n_days);
  if (self->in_transaction && !wf_store_flush_hours (self, &error))
    g_warning ("The counts of deadlines could not be stored: %s", error->message);
  if (n_days > 0)
    count_days (self, query, bounds, n_days, days->counts);
  for (guint i = 0; i < n_days; i++)
    {
      WfActivityQuery of_day = *query;
      const WfDayFigures *counts = &days->counts[i];

      of_day.due_from = bounds[i];
      of_day.due_until = bounds[i + 1];
      of_day.offset = 0;
      of_day.limit = per_day;
      days->first[i] = per_day > 0 && counts->open + counts->done + counts->closed > 0
                           ? wf_store_list_activities (self, &of_day)
                           : g_ptr_array_new_with_free_func ((GDestroyNotify) wf_activity_unref);
    }
  return days;
}

/* ---- people ---- */

/**
 * wf_store_count_load:
 * @people: NULL-terminated ids
 * @bounds: n_days + 1 rising instants
 * @counts: (out): n_days for each person, of open activities that are due then, also of those that are not to be seen yet
 */
void
wf_store_count_load (WfStore *self, const char *const *people, const WfInstant *bounds,
                     guint n_days, guint *counts)
{
  for (guint i = 0; people[i] != NULL; i++)
    for (guint j = 0; j < n_days; j++)
      {
        WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                                  .person = people[i],
                                  .also_hidden = TRUE };
        WfDayFigures figures = { 0 };

        wf_store_count_figures (self, &query, bounds[j], bounds[j + 1], &figures);
        counts[i * n_days + j] = figures.open;
      }
}

/**
 * wf_store_count_people:
 * @now: late are those due before it
 * @soon: and soon those due from now until before this
 * @origin: (nullable): "web" or "flow" (R61)
 *
 * Result: of WfPersonCount, of everybody who has open activities that are to be seen, in no particular order; owned by the
 * caller.
 */
GPtrArray *
wf_store_count_people (WfStore *self, WfInstant now, WfInstant soon, const char *origin)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) wf_person_count_free);
  gint64 number = origin != NULL ? wf_store_find_name (self, origin) : 0;
  g_auto (WfStatement) walk = wf_store_prepare (
      self,
      "SELECT person, count(*), total(due < ?1), total(due >= ?1 AND due < ?2), min(iif(due < ?1, due, NULL))"
      " FROM activities INDEXED BY activities_person WHERE status = 0 AND ifnull(visible_from, ?1) <= ?1"
      " AND (?3 = 0 OR origin = ?4 OR (origin IS NULL AND ?3 = 2)) GROUP BY person");

  sqlite3_bind_int64 (walk, 1, now);
  sqlite3_bind_int64 (walk, 2, soon);
  sqlite3_bind_int (walk, 3, origin == NULL ? 0 : g_str_equal (origin, "web") ? 2 : 1);
  sqlite3_bind_int64 (walk, 4, number != 0 ? number : -1);
  while (wf_store_step (self, walk))
    {
      WfPersonCount *count = g_new0 (WfPersonCount, 1);

      count->person = wf_column_dup_name (self, walk, 0);
      count->open = (guint) sqlite3_column_int64 (walk, 1);
      count->late = (guint) sqlite3_column_int64 (walk, 2);
      count->soon = (guint) sqlite3_column_int64 (walk, 3);
      count->oldest = wf_column_instant (walk, 4);
      g_ptr_array_add (people, count);
    }
  return people;
}
