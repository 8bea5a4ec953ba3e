/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activities inside a transaction: what comes from the CRM, what is changed here, and the
 * reminders that follow. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-reminder-plan.h"

GPtrArray *
wf_commit_list_open (WfCommit *self, const char *lead)
{
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_OPEN,
    .lead = lead,
    .now = G_MAXINT64, /* also those that are not shown yet */
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };

  return wf_store_list_activities (self->store, &query);
}

static void
note_closing (WfCommit *self, const WfActivity *before, const WfActivity *after)
{
  if (after->status != WF_ACTIVITY_OPEN && (before == NULL || before->status == WF_ACTIVITY_OPEN))
    g_ptr_array_add (self->changes->closed, g_strdup (after->id));
}

static gboolean
tell_own_run (WfCommit *self, const WfActivity *after, GError **error)
{
  g_autofree char *run_key = wf_store_get_activity_run (self->store, after->id);

  if (after->status == WF_ACTIVITY_DONE)
    return wf_commit_activity_done (
        self, run_key, after->lead, after->id, after->outcome,
        after->completed != WF_INSTANT_NONE ? after->completed : self->now, error);
  return wf_commit_cancel_in_run (self, run_key, after->lead, after->id,
                                  wf_activity_status_names[after->status], error);
}

/* The run behind an activity, and those that joined it (B8), go on or end with it. */
static gboolean
tell_runs (WfCommit *self, const WfActivity *before, const WfActivity *after, GError **error)
{
  if (after->status == WF_ACTIVITY_OPEN || (before != NULL && before->status == after->status))
    return TRUE;
  return tell_own_run (self, after, error) && wf_commit_tell_followers (self, after, error);
}

/* A CRM may know less of an activity than we do: also of what kind it is. */
static void
keep_what_is_known (const WfActivity *before, WfActivity *after)
{
  char *const *from[] = { &before->workflow_name, &before->lead_name,  &before->lead_phone,
                          &before->lead_email,    &before->event_type, &before->zone,
                          &before->cause,         &before->place };
  char **to[] = { &after->workflow_name, &after->lead_name, &after->lead_phone, &after->lead_email,
                  &after->event_type,    &after->zone,      &after->cause,      &after->place };

  for (guint i = 0; i < G_N_ELEMENTS (to); i++)
    if (*to[i] == NULL)
      *to[i] = g_strdup (*from[i]);
  /* The CRM has it as it was when the activity was made; what joined it (B8) and how its deadline
   * moved is written down here. */
  if (before->explanation != NULL)
    g_set_str (&after->explanation, before->explanation);
  if (after->original_due == WF_INSTANT_NONE)
    after->original_due = before->original_due;
  if (after->visible_from == WF_INSTANT_NONE)
    after->visible_from = before->visible_from;
  if (after->kind == WF_ACTIVITY_TASK)
    after->kind = before->kind;
  if (after->ends == WF_INSTANT_NONE && after->due == before->due)
    after->ends = before->ends;
}

/* A CRM may say when something was done only: that it was cancelled is known from now on (reports count by that instant). */
static void
note_end (WfCommit *self, const WfActivity *before, WfActivity *activity)
{
  if (before != NULL && before->status == WF_ACTIVITY_OPEN &&
      activity->completed == WF_INSTANT_NONE &&
      (activity->status == WF_ACTIVITY_CANCELLED ||
       activity->status == WF_ACTIVITY_NO_LONGER_NEEDED))
    activity->completed = self->now;
}

/**
 * wf_commit_store_activity:
 * @self: a transaction
 * @activity: as the CRM has it; filled up with what only this computer knows
 * @error: return location
 *
 * A change made here that still waits in the outbox stays (the store sees to that). The run behind
 * the activity hears of its completion, also for somebody else's activity, which is not kept.
 */
gboolean
wf_commit_store_activity (WfCommit *self, WfActivity *activity, GError **error)
{
  g_autoptr (WfActivity) before = wf_store_get_activity (self->store, activity->id);
  g_autoptr (WfActivity) after = NULL;

  if (before == NULL && !wf_commit_keeps (self, activity->person))
    return tell_runs (self, NULL, activity, error);

  if (before != NULL)
    keep_what_is_known (before, activity);
  note_end (self, before, activity);
  activity->sync = WF_SYNC_CONFIRMED;
  wf_store_set_now (self->store, self->now);
  g_autofree char *run_key = wf_store_get_activity_run (self->store, activity->id);
  if (!wf_store_put_activity (self->store, activity, run_key, error))
    return FALSE;

  after = wf_store_get_activity (self->store, activity->id);
  if (after == NULL)
    return TRUE;
  self->changes->activities = TRUE;
  note_closing (self, before, after);
  if (before == NULL)
    {
      wf_commit_note_new_activity (self, after);
      if (!wf_commit_watch (self, after, error))
        return FALSE;
    }
  return wf_reminder_follow (self, before, after, TRUE, error) &&
         tell_runs (self, before, after, error);
}

static gboolean
queue_change (WfCommit *self, const WfActivity *before, const WfActivityChange *change,
              GError **error)
{
  g_autofree char *payload = wf_change_payload_write (before, change, self->automatic);
  WfOutboxItem item = {
    .kind = WF_OUTBOX_CHANGE_ACTIVITY,
    .subject = before->id,
    .lead = before->lead,
    .payload = payload,
    .cause = before->cause,
    .not_before = WF_INSTANT_NONE,
  };

  self->changes->outbox = TRUE;
  return wf_store_add_outbox (self->store, &item, self->now, error);
}

/**
 * wf_commit_change_activity:
 * @self: a transaction
 * @before: the activity as stored
 * @after: a changed copy
 * @change: the same for the CRM
 * @error: return location
 *
 * Durable here first (B18): the activity is "on this computer" until the CRM has confirmed the
 * change.
 */
gboolean
wf_commit_change_activity (WfCommit *self, const WfActivity *before, WfActivity *after,
                           const WfActivityChange *change, GError **error)
{
  g_autofree char *run_key = wf_store_get_activity_run (self->store, before->id);

  after->sync = WF_SYNC_LOCAL;
  g_clear_pointer (&after->sync_error, g_free);
  wf_store_set_now (self->store, self->now);
  self->changes->activities = TRUE;
  note_closing (self, before, after);
  return wf_store_put_activity (self->store, after, run_key, error) &&
         queue_change (self, before, change, error) &&
         wf_reminder_follow (self, before, after, self->automatic, error) &&
         tell_runs (self, before, after, error);
}

gboolean
wf_commit_close_activity (WfCommit *self, const WfActivity *activity, WfActivityStatus status,
                          const char *reason, GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (activity);
  WfActivityChange change = {
    .status = wf_activity_status_names[status],
    .outcome = reason,
    .due = WF_INSTANT_NONE,
    .remind = WF_INSTANT_NONE,
    .completed = self->now,
  };

  after->status = status;
  after->completed = self->now;
  g_set_str (&after->outcome, reason);
  return wf_commit_change_activity (self, activity, after, &change, error);
}
