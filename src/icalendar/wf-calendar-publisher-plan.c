/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pass of the publisher has to do: what should be there, compared with what was published. */
#define G_LOG_DOMAIN "wf-icalendar"

#include "wf-calendar-publisher-private.h"

#include "wf-icalendar.h"

void
wf_publisher_job_free (gpointer data)
{
  WfPublisherJob *job = data;

  g_free (job->uid);
  g_free (job->digest);
  g_clear_pointer (&job->activity, wf_activity_unref);
  g_free (job);
}

/* Of what an entry says, without the time at which it is written. Owned by the caller. */
static char *
make_digest (WfCalendarPublisher *self, const WfActivity *activity)
{
  g_autofree char *text =
      wf_icalendar_write_one (activity, wf_runtime_get_organisation (self->runtime), 0, 0);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean
is_wanted (WfCalendarPublisher *self, const WfActivity *activity)
{
  gboolean event = activity->kind == WF_ACTIVITY_MEETING || activity->kind == WF_ACTIVITY_CALL;

  return activity->status == WF_ACTIVITY_OPEN && activity->due != WF_INSTANT_NONE &&
         (event || (!self->published->only_meetings && self->published->target->takes_tasks));
}

static void
add_job (WfCalendarPublisher *self, const char *uid, WfActivity *activity, char *digest)
{
  WfPublisherJob *job = g_new0 (WfPublisherJob, 1);

  job->uid = g_strdup (uid);
  job->activity = activity != NULL ? wf_activity_ref (activity) : NULL;
  job->digest = digest;
  g_ptr_array_add (self->jobs, job);
}

static void
plan_removals (WfCalendarPublisher *self, GHashTable *wanted)
{
  GHashTableIter iter;
  gpointer uid;

  g_hash_table_iter_init (&iter, self->published->entries);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    if (!g_hash_table_contains (wanted, uid))
      add_job (self, uid, NULL, NULL);
}

static void
plan_one (WfCalendarPublisher *self, const char *uid, WfActivity *activity)
{
  WfPublishedEntry *entry = wf_published_add (self->published, uid);
  g_autofree char *digest = make_digest (self, activity);

  if (g_strcmp0 (entry->digest, digest) != 0 && g_strcmp0 (entry->refused, digest) != 0)
    add_job (self, uid, activity, g_steal_pointer (&digest));
}

static void
on_planned_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WfCalendarPublisher *self = WF_CALENDAR_PUBLISHER (user_data);
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    wf_calendar_publisher_next_job (self);
  else
    wf_calendar_publisher_end_pass (self, error);
}

/* activities: by due; the soonest are put first, after room was made. */
void
wf_calendar_publisher_plan (WfCalendarPublisher *self, GPtrArray *activities)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) uids = g_ptr_array_new ();

  self->jobs = g_ptr_array_new_with_free_func (wf_publisher_job_free);
  self->n_done = 0;
  for (guint i = 0; i < activities->len; i++)
    {
      const WfActivity *activity = activities->pdata[i];
      char *uid = is_wanted (self, activity) ? wf_icalendar_make_uid (activity->id) : NULL;
      g_ptr_array_add (uids, uid);
      if (uid != NULL)
        g_hash_table_add (wanted, uid);
    }
  plan_removals (self, wanted);
  for (guint i = 0; i < activities->len; i++)
    if (uids->pdata[i] != NULL)
      plan_one (self, uids->pdata[i], activities->pdata[i]);
  if (self->jobs->len == 0)
    {
      wf_calendar_publisher_end_pass (self, NULL);
      return;
    }
  wf_calendar_publisher_set_state (self, WF_PUBLISHER_WORKING, NULL);
  wf_calendar_publisher_save (self, self->cancellable, on_planned_saved);
}
