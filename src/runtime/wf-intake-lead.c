/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What events of leads and meetings mean for activities that are there already: S5, S9, S10. */
#define G_LOG_DOMAIN "wf-runtime"

#include "wf-commit.h"

#include "wf-deadline.h"

#include <glib/gi18n-lib.h>

/* Returns the lead's open activities as cached here, visible or not yet. */
static GPtrArray *
list_open (WfCommit *self, const char *lead)
{
  WfActivityQuery query = {
    .scope = WF_ACTIVITIES_ALL,
    .lead = lead,
    .now = self->now,
    .due_from = WF_INSTANT_NONE,
    .due_until = WF_INSTANT_NONE,
  };
  GPtrArray *activities = wf_store_list_activities (self->store, &query);

  for (guint i = activities->len; i > 0; i--)
    if (((WfActivity *) g_ptr_array_index (activities, i - 1))->status != WF_ACTIVITY_OPEN)
      g_ptr_array_remove_index (activities, i - 1);
  return activities;
}

/* The step that made an activity; workflow receives what it belongs to (owned by the caller). */
static const WfStep *
find_step (WfCommit *self, const WfActivity *activity, WfWorkflow **workflow)
{
  *workflow = NULL;
  if (activity->workflow == NULL || activity->step == NULL)
    return NULL;
  *workflow = wf_commit_dup_version (self, activity->workflow, activity->workflow_version);
  if (*workflow == NULL)
    return NULL;

  const WfStep *step = wf_workflow_find_step (*workflow, activity->step);
  return step != NULL && step->kind == WF_STEP_CREATE_ACTIVITY ? step : NULL;
}

/* -- S10: the lead is gone or closed ----------------------------------------------------------- */

static gboolean
survives_closing (WfCommit *self, const WfActivity *activity, WfEvent *event)
{
  g_autoptr (WfWorkflow) workflow = NULL;
  const WfStep *step = find_step (self, activity, &workflow);

  if (step != NULL && step->create_activity.keep_when_closed)
    return TRUE;
  /* Made by this very event, on another computer that was faster, or after it. */
  if (g_strcmp0 (activity->event_id, wf_event_get_id (event)) == 0 &&
      g_strcmp0 (activity->event_source, wf_event_get_source (event)) == 0)
    return TRUE;
  return activity->created > wf_event_get_time (event);
}

static gboolean
close_activities (WfCommit *self, WfEvent *event, gboolean deleted, GError **error)
{
  g_autoptr (GPtrArray) open = list_open (self, wf_event_get_lead (event));

  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      gboolean done = TRUE;

      if (deleted)
        done = wf_commit_close_activity (self, activity, WF_ACTIVITY_CANCELLED,
                                         _ ("Cancelled: lead removed"), error);
      else if (!survives_closing (self, activity, event))
        done = wf_commit_close_activity (self, activity, WF_ACTIVITY_NO_LONGER_NEEDED,
                                         _ ("The lead was closed"), error);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

/* -- S9: the lead has another owner ------------------------------------------------------------ */

static const char *
get_previous_owner (WfEvent *event, const char *known)
{
  const WfJson *data = wf_event_get_data (event);
  const char *owner = wf_json_get_member_string (wf_json_get_member (data, "previous"), "owner");

  if (owner == NULL)
    owner = wf_json_get_member_string (data, "owner-from");
  return owner != NULL ? owner : known;
}

static gboolean
give_to (WfCommit *self, const WfActivity *activity, const char *owner, GError **error)
{
  g_autoptr (WfActivity) after = wf_activity_copy (activity);
  WfActivityChange change = {
    .person = owner,
    .due = WF_INSTANT_NONE,
    .remind = WF_INSTANT_NONE,
    .completed = WF_INSTANT_NONE,
  };

  g_set_str (&after->person, owner);
  return wf_commit_change_activity (self, activity, after, &change, error);
}

/* Both are told, each on their own computer; with one message a lead, not one an activity. */
static gboolean
tell_about_reassignment (WfCommit *self, WfEvent *event, const char *before, const char *owner,
                         guint n, GError **error)
{
  const WfJson *lead = wf_commit_get_lead (self, wf_event_get_lead (event));
  const char *name = wf_json_get_member_string (lead, "name");
  g_autofree char *id = g_strconcat ("reassigned/", wf_event_get_id (event), NULL);
  g_autofree char *text = NULL;

  if (!self->reminds || n == 0)
    return TRUE;
  if (wf_commit_is_own (self, before))
    text = g_strdup_printf (ngettext ("%u activity of %s is now somebody else’s.",
                                      "%u activities of %s are now somebody else’s.", n),
                            n, name != NULL ? name : wf_event_get_lead (event));
  else if (wf_commit_is_own (self, owner))
    text = g_strdup_printf (
        ngettext ("%u activity of %s is now yours.", "%u activities of %s are now yours.", n), n,
        name != NULL ? name : wf_event_get_lead (event));
  else
    return TRUE;
  return wf_commit_keep_message (self, id, _ ("Lead reassigned"), text, error);
}

static gboolean
follow_owner (WfCommit *self, WfEvent *event, const char *known, GError **error)
{
  const char *before = get_previous_owner (event, known), *owner = wf_event_get_owner (event);
  g_autoptr (GPtrArray) open = list_open (self, wf_event_get_lead (event));
  guint n = 0;

  if (before == NULL || owner == NULL || g_str_equal (before, owner))
    return TRUE;
  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);

      if (g_strcmp0 (activity->person, before) != 0)
        continue;
      if (!give_to (self, activity, owner, error))
        return FALSE;
      n++;
    }
  return tell_about_reassignment (self, event, before, owner, n, error);
}

/* -- S5: the date from which a deadline counts back moved or is off ---------------------------- */

static gboolean
is_same_meeting (WfCommit *self, const WfActivity *activity, WfEvent *event)
{
  g_autoptr (WfEvent) origin =
      activity->event_id != NULL && activity->event_source != NULL
          ? wf_store_get_event (self->store, activity->event_source, activity->event_id)
          : NULL;
  const char *here = wf_json_get_string (wf_event_get_field (event, "meeting.id"));
  const char *there =
      origin != NULL ? wf_json_get_string (wf_event_get_field (origin, "meeting.id")) : NULL;

  return here == NULL || there == NULL || g_str_equal (here, there);
}

static gboolean
recompute (WfCommit *self, const WfActivity *activity, const WfCreateActivity *settings,
           WfEvent *event, GError **error)
{
  g_autoptr (WfWorkingHours) hours = wf_commit_dup_hours (self, activity->person);
  WfDeadlineRequest request = {
    .now = self->now,
    .within = settings->complete_within,
    .before = TRUE,
    .business_hours = settings->business_hours,
    .business_time = settings->business_time,
    .notify = settings->notify,
  };

  if (!wf_event_get_instant (event, settings->before, wf_working_hours_get_zone (hours),
                             &request.from))
    return TRUE;

  WfDeadline deadline = wf_deadline_compute (&request, hours, NULL);
  if (deadline.outcome == WF_DEADLINE_ANCHOR_PAST)
    return wf_commit_close_activity (self, activity, WF_ACTIVITY_NO_LONGER_NEEDED,
                                     _ ("The date has passed"), error);
  if (deadline.outcome != WF_DEADLINE_OK || deadline.due == activity->due)
    return TRUE;

  g_autoptr (WfActivity) after = wf_activity_copy (activity);
  WfActivityChange change = {
    .due = deadline.due,
    .remind = deadline.remind,
    .reason = _ ("The date moved"),
    .completed = WF_INSTANT_NONE,
  };
  after->due = deadline.due;
  after->remind = deadline.remind;
  after->visible_from =
      wf_deadline_visible_from (deadline.due, settings->notify, activity->created);
  return wf_commit_change_activity (self, activity, after, &change, error);
}

static gboolean
follow_meeting (WfCommit *self, WfEvent *event, gboolean cancelled, GError **error)
{
  g_autoptr (GPtrArray) open = list_open (self, wf_event_get_lead (event));

  for (guint i = 0; i < open->len; i++)
    {
      const WfActivity *activity = g_ptr_array_index (open, i);
      g_autoptr (WfWorkflow) workflow = NULL;
      const WfStep *step = find_step (self, activity, &workflow);
      gboolean done = TRUE;

      if (step == NULL || step->create_activity.before == NULL ||
          !g_str_has_prefix (step->create_activity.before, "meeting.") ||
          !is_same_meeting (self, activity, event) ||
          g_strcmp0 (activity->event_id, wf_event_get_id (event)) == 0)
        continue;
      if (cancelled)
        done = wf_commit_close_activity (self, activity, WF_ACTIVITY_NO_LONGER_NEEDED,
                                         _ ("The meeting was cancelled"), error);
      else if (!activity->pinned)
        done = recompute (self, activity, &step->create_activity, event, error);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

gboolean
wf_commit_lead_event (WfCommit *self, WfEvent *event, const char *owner_before, GError **error)
{
  const char *type = wf_event_get_event_type (event);

  if (wf_event_get_lead (event) == NULL)
    return TRUE;
  if (wf_run_get_cancel_reason (event) != NULL)
    return close_activities (self, event, g_str_equal (type, "lead.deleted"), error);
  if (g_str_equal (type, "lead.reassigned"))
    return follow_owner (self, event, owner_before, error);
  if (g_str_equal (type, "meeting.rescheduled") || g_str_equal (type, "meeting.cancelled"))
    return follow_meeting (self, event, g_str_equal (type, "meeting.cancelled"), error);
  return TRUE;
}
