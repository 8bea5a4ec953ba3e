/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of the calendar: it is put, removed, or looked for. */
#define G_LOG_DOMAIN "wf-icalendar"

#include "wf-calendar-publisher-private.h"

#include "wf-icalendar.h"

#include <glib/gi18n-lib.h>

/* An entry that changes under our hands each time we look at it is left for the next pass. */
#define MOST_LOOKS 3

static void run_job (WfCalendarPublisher *self);

static WfPublisherJob *
get_job (WfCalendarPublisher *self)
{
  return self->jobs->pdata[self->n_done];
}

static void
finish_job (WfCalendarPublisher *self)
{
  self->n_done++;
  wf_calendar_publisher_next_job (self);
}

static void
on_found (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  WfPublisherJob *job = get_job (self);
  WfPublishedEntry *entry = wf_published_find (self->published, job->uid);
  GError *error = NULL;
  g_autofree char *etag =
      wf_calendar_store_find_finish (WF_CALENDAR_STORE (object), result, &error);

  if (error != NULL)
    {
      wf_calendar_publisher_end_pass (self, error);
      return;
    }
  g_set_str (&entry->etag, etag);
  if (etag == NULL && job->activity == NULL)
    {
      wf_published_remove (self->published, job->uid);
      finish_job (self);
    }
  else
    run_job (self);
}

/* Somebody else changed or deleted it, or an answer was lost: the same again with the state of now. */
static void
look (WfCalendarPublisher *self, WfPublisherJob *job)
{
  job->n_looks++;
  wf_calendar_store_find_async (self->store, job->uid, self->cancellable, on_found, self);
}

static gboolean
is_other_state (const GError *error)
{
  return g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_CONFLICT) ||
         g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_ALREADY_EXISTS);
}

/* Takes the error. */
static void
fail_job (WfCalendarPublisher *self, GError *error)
{
  WfPublisherJob *job = get_job (self);
  WfPublishedEntry *entry = wf_published_find (self->published, job->uid);

  if (is_other_state (error) && job->n_looks < MOST_LOOKS)
    {
      g_error_free (error);
      look (self, job);
    }
  else if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_INVALID))
    {
      g_info ("The calendar does not take an entry: %s", error->message);
      g_error_free (error);
      g_set_str (&entry->refused, job->digest != NULL ? job->digest : "");
      finish_job (self);
    }
  else
    {
      if (g_error_matches (error, WF_CRM_ERROR, WF_CRM_ERROR_UNCERTAIN))
        g_clear_pointer (&entry->etag, g_free);
      wf_calendar_publisher_end_pass (self, error);
    }
}

static void
on_put (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  WfPublisherJob *job = get_job (self);
  WfPublishedEntry *entry = wf_published_find (self->published, job->uid);
  GError *error = NULL;
  char *etag = wf_calendar_store_put_finish (WF_CALENDAR_STORE (object), result, &error);

  if (etag == NULL)
    {
      fail_job (self, error);
      return;
    }
  g_free (entry->etag);
  entry->etag = etag;
  g_set_str (&entry->digest, job->digest);
  g_clear_pointer (&entry->refused, g_free);
  entry->sequence++;
  finish_job (self);
}

static void
on_removed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  GError *error = NULL;

  if (!wf_calendar_store_remove_finish (WF_CALENDAR_STORE (object), result, &error))
    {
      fail_job (self, error);
      return;
    }
  wf_published_remove (self->published, get_job (self)->uid);
  finish_job (self);
}

static void
run_job (WfCalendarPublisher *self)
{
  WfPublisherJob *job = get_job (self);
  WfPublishedEntry *entry = wf_published_find (self->published, job->uid);

  if (job->activity == NULL && entry->etag == NULL)
    look (self, job);
  else if (job->activity == NULL)
    wf_calendar_store_remove_async (self->store, job->uid, entry->etag, self->cancellable,
                                    on_removed, self);
  else
    {
      g_autofree char *text = wf_icalendar_write_one (job->activity,
                                                      wf_runtime_get_organisation (self->runtime),
                                                      wf_clock_now (self->clock), entry->sequence);
      wf_calendar_store_put_async (self->store, job->uid, text, entry->etag, self->cancellable,
                                   on_put, self);
    }
}

void
wf_calendar_publisher_next_job (WfCalendarPublisher *self)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    wf_calendar_publisher_end_pass (
        self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled")));
  else if (self->n_done >= self->jobs->len || self->published->leaving != self->pass_leaving)
    wf_calendar_publisher_end_pass (self, NULL);
  else
    run_job (self);
}
