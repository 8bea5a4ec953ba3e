/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On return: what happened meanwhile (B10). */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-absence-effects.h"
#include "wf-command.h"
#include "wf-instant.h"

#define LOOKED_BACK (7 * G_TIME_SPAN_DAY)
#define MOST_FIRST 5
#define FACT_READ "briefing" /* the id of the absence whose briefing was read last */

void
wf_briefing_free (WfBriefing *self)
{
  if (self == NULL)
    return;
  g_free (self->absence);
  g_free (self->cover);
  g_clear_pointer (&self->first, g_ptr_array_unref);
  g_free (self);
}

/* The last one that ended, unless another has begun. */
static const WfAbsence *
find_absence (WfCommit *self)
{
  WfOrganisation *organisation = wf_commit_get_organisation (self);
  const WfPerson *person = organisation != NULL && self->person != NULL
                               ? wf_organisation_get_person (organisation, self->person)
                               : NULL;
  g_autofree char *read = wf_store_get_fact (self->store, FACT_READ);

  if (person == NULL || wf_person_get_absence (person, self->now) != NULL)
    return NULL;
  for (guint i = person->n_absences; i > 0; i--)
    {
      const WfAbsence *absence = &person->absences[i - 1];

      if (absence->until <= self->now)
        return absence->until > self->now - LOOKED_BACK && g_strcmp0 (absence->id, read) != 0
                   ? absence
                   : NULL;
    }
  return NULL;
}

static WfInstant
find_end_of_day (WfCommit *self)
{
  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, self->person);
  GTimeZone *zone = wf_working_hours_get_zone (hours);
  g_autoptr (GDateTime) now = wf_instant_to_date_time (self->now, zone);
  g_autoptr (GDateTime) day = g_date_time_new (zone, g_date_time_get_year (now),
                                               g_date_time_get_month (now),
                                               g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);

  return g_date_time_to_unix_usec (next);
}

/* What came while the person was away: a deadline cannot lie before its activity. */
static guint
count_created (WfCommit *self, const WfAbsence *absence)
{
  WfActivityQuery query = { .scope = WF_ACTIVITIES_ALL,
                            .person = self->person,
                            .now = self->now,
                            .due_from = absence->from,
                            .due_until = WF_INSTANT_NONE };
  g_autoptr (GPtrArray) list = wf_store_list_activities (self->store, &query);
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (list, i);

      n += activity->created >= absence->from && activity->created < absence->until;
    }
  return n;
}

/* What can still be saved, most urgent first. */
static GPtrArray *
list_first (WfCommit *self)
{
  WfActivityQuery query = { .scope = WF_ACTIVITIES_OPEN,
                            .person = self->person,
                            .now = self->now,
                            .due_from = self->now,
                            .due_until = WF_INSTANT_NONE,
                            .limit = MOST_FIRST };

  return wf_store_list_activities (self->store, &query);
}

static gpointer
brief (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;
  g_auto (WfAbsenceFigures) figures = { 0 };
  const WfAbsence *absence;
  WfBriefing *briefing;

  self->store = store;
  absence = find_absence (self);
  if (absence == NULL)
    return NULL;
  briefing = g_new0 (WfBriefing, 1);
  briefing->absence = g_strdup (absence->id);
  briefing->from = absence->from;
  briefing->until = absence->until;
  briefing->created = count_created (self, absence);
  wf_store_count_today (store, self->person, self->now, find_end_of_day (self), &briefing->late,
                        &briefing->today);
  wf_absence_count (store, absence->id, &figures);
  briefing->shifted = figures.shifted;
  briefing->covered = figures.covered;
  briefing->completed = figures.completed;
  briefing->cover = g_steal_pointer (&figures.cover);
  briefing->first = list_first (self);
  return briefing;
}

static void
on_briefed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WfBriefing *briefing = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, briefing, (GDestroyNotify) wf_briefing_free);
}

void
wf_runtime_get_briefing_async (WfRuntime *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_query_begin (self, wf_runtime_get_briefing_async, cancellable, callback, user_data);

  if (task != NULL)
    wf_query_run (self, wf_runtime_get_briefing_async, brief, NULL, NULL,
                  (GDestroyNotify) wf_briefing_free, cancellable, on_briefed, task);
}

WfBriefing *
wf_runtime_get_briefing_finish (WfRuntime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
dismiss (WfStore *store, gpointer data, GError **error)
{
  WfCommit *self = data;

  self->store = store;
  self->changes->activities = TRUE;
  return wf_store_set_fact (store, FACT_READ, self->arguments, error)
             ? wf_commit_finish (self, error)
             : NULL;
}

/**
 * wf_runtime_dismiss_briefing_async:
 * @self: a runtime
 * @absence: of the briefing that the person has read
 * @cancellable: (nullable): gives up waiting, not the command
 * @callback: called once it is durable here
 * @user_data: for @callback
 */
void
wf_runtime_dismiss_briefing_async (WfRuntime *self, const char *absence, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task =
      wf_command_begin (self, wf_runtime_dismiss_briefing_async, cancellable, callback, user_data);

  if (task != NULL)
    wf_command_run (self, task, dismiss, g_strdup (absence), g_free);
}
