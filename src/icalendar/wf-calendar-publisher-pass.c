/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pass of the publisher: how it begins and ends. */
#define G_LOG_DOMAIN "wf-icalendar"

#include "wf-calendar-publisher-private.h"

#include "wf-backoff.h"

#include <string.h>

/* ---- the end of a pass ------------------------------------------------------------------------- */

static void
tell_success (WfCalendarPublisher *self)
{
  self->n_failures = 0;
  if (self->published->leaving && g_hash_table_size (self->published->entries) == 0)
    {
      wf_calendar_publisher_turn_off (self);
      return;
    }
  self->last = wf_clock_now (self->clock);
  wf_calendar_publisher_arm (self, WF_CALENDAR_PUBLISHER_PERIOD);
  wf_calendar_publisher_set_state (self, WF_PUBLISHER_UP_TO_DATE, NULL);
}

static void
tell_failure (WfCalendarPublisher *self, const GError *error)
{
  if (wf_crm_error_is_transient (error) ||
      g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN) ||
      g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT) ||
      g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS))
    {
      wf_calendar_publisher_arm (self, wf_backoff_delay (self->n_failures++,
                                                         wf_crm_error_get_retry_after (error),
                                                         g_random_double ()));
      wf_calendar_publisher_set_state (self, WF_PUBLISHER_WAITING, error->message);
      return;
    }
  g_clear_object (&self->store); /* the password may be another one next time */
  wf_calendar_publisher_arm (self, WF_CALENDAR_PUBLISHER_PERIOD);
  wf_calendar_publisher_set_state (self, WF_PUBLISHER_PROBLEM, error->message);
}

static void
conclude (WfCalendarPublisher *self)
{
  g_autoptr (WfCalendarPublisher) keep = self; /* the pass's reference */
  g_autoptr (GError) failure = g_steal_pointer (&self->failure);
  gboolean again = self->again;

  self->busy = self->again = FALSE;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  if (self->stopped)
    return;
  if (self->forgetting)
    {
      wf_calendar_publisher_turn_off (self);
      return;
    }
  if (failure != NULL)
    tell_failure (self, failure);
  else
    tell_success (self);
  if (again && failure == NULL && self->published->target != NULL)
    wf_calendar_publisher_begin_pass (self);
}

static void
on_final_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error) &&
      self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  conclude (self);
}

/* The file is whole or as it was before. */
void
wf_calendar_publisher_save (WfCalendarPublisher *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  char *text = wf_published_write (self->published);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  self->unsaved = FALSE;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       cancellable, callback, self);
}

/* Takes the error. What the calendar took is written down, however it ended. */
void
wf_calendar_publisher_end_pass (WfCalendarPublisher *self, GError *error)
{
  self->failure = error;
  if ((self->unsaved || (self->jobs != NULL && self->jobs->len > 0)) && !self->forgetting)
    wf_calendar_publisher_save (self, NULL, on_final_saved);
  else
    conclude (self);
}

/* ---- the beginning of a pass ------------------------------------------------------------------- */

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  GError *error = NULL;
  guint total;
  g_autoptr (GPtrArray) activities =
      wf_runtime_list_activities_finish (WF_RUNTIME (object), result, &total, &error);

  if (activities == NULL || g_cancellable_is_cancelled (self->cancellable))
    wf_calendar_publisher_end_pass (self, error);
  else
    wf_calendar_publisher_plan (self, activities);
}

static void
list_activities (WfCalendarPublisher *self)
{
  WfInstant now = wf_clock_now (self->clock);
  const WfActivityQuery query = {
    .scope = WF_ACTIVITIES_OPEN,
    .person = wf_runtime_get_person (self->runtime),
    .now = now,
    .due_from = WF_INSTANT_NONE,
    .due_until = now + WF_CALENDAR_PUBLISHER_DAYS * G_TIME_SPAN_DAY,
    .also_hidden = TRUE,
  };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->pass_leaving = self->published->leaving;
  if (self->pass_leaving)
    wf_calendar_publisher_plan (self, none);
  else
    wf_runtime_list_activities_async (self->runtime, &query, self->cancellable, on_listed, self);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  GError *error = NULL;

  self->store = wf_calendars_open_finish (WF_CALENDARS (object), result, &error);
  if (self->store == NULL)
    wf_calendar_publisher_end_pass (self, error);
  else
    list_activities (self);
}

/* Until it is known who is signed in nothing is published, and nothing is taken for closed. */
void
wf_calendar_publisher_begin_pass (WfCalendarPublisher *self)
{
  if (self->busy)
    {
      self->again = TRUE;
      return;
    }
  self->due = G_MAXINT64;
  wf_alarm_set (self->alarm, WF_INSTANT_NONE);
  if (self->stopped || self->published->target == NULL ||
      (wf_runtime_get_person (self->runtime) == NULL && !self->published->leaving))
    return;
  self->busy = TRUE;
  self->cancellable = g_cancellable_new ();
  g_object_ref (self);
  if (self->store != NULL)
    list_activities (self);
  else
    wf_calendars_open_async (self->calendars, self->published->target, self->cancellable, on_opened,
                             self);
}
